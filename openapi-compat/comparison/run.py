#!/usr/bin/env python3
"""Runs openapi-compat and other tools over the cases and over public documents.

Prints a table as Markdown. `--write` writes it to the README of the crate.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from cases import comparisons
from edits import documents, edited
from packages import pairs
from processes import Failed, run
from table import Row, markdown
from tools import Ours, tools

HERE = Path(__file__).parent
README = HERE.parent / "README.md"
BEGIN, END = "<!-- comparison: begin -->", "<!-- comparison: end -->"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, help="keeps what is installed in this folder")
    parser.add_argument("--binary", help="a built openapi-compat; built with Cargo if omitted")
    parser.add_argument("--only", action="append", help="a tool; all if omitted")
    parser.add_argument("--wrong", action="store_true", help="lists each wrong verdict")
    parser.add_argument("--pairs", action="store_true", help="lists each public pair of each tool")
    parser.add_argument("--no-public", action="store_true", help="skips the public documents")
    parser.add_argument("--edits", action="store_true", help="compares edited public documents instead")
    parser.add_argument("--write", action="store_true", help="writes the table to the README")
    arguments = parser.parse_args()
    if arguments.write and (arguments.only or arguments.no_public or arguments.edits):
        parser.error("--write needs all tools, all cases and the public documents")
    with tempfile.TemporaryDirectory() as temporary:
        folder = (arguments.folder or Path(temporary)).absolute()
        folder.mkdir(parents=True, exist_ok=True)
        try:
            table = (edits if arguments.edits else compare_all)(arguments, folder)
        except Failed as error:
            raise SystemExit(f"error: {error}") from error
    print(table)
    if arguments.write:
        write(table)


def compare_all(arguments, folder):
    cases = list(written(comparisons(), folder / "cases"))
    public, notes, rows, ours = [], [], [], None
    if not arguments.no_public:
        try:
            public = pairs(folder / "public")
        except Failed as error:
            notes.append(f"The public documents could not be installed: {error}.")
    for tool in tools(arguments.binary):
        if arguments.only and tool.name not in arguments.only:
            continue
        try:
            rows.append(row(tool, cases, public, arguments, folder))
            ours = rows[-1] if isinstance(tool, Ours) else ours
        except Failed as error:
            if isinstance(tool, Ours):
                raise
            notes.append(f"{tool.title()} was not run: {error}.")
    breaking = sum(case.breaking for case, _, _ in cases)
    summary = f"{len(cases)} comparisons of cases, {breaking} of them breaking"
    if public:
        summary += f", and {len(public)} pairs of versions of public documents"
    return "\n".join([f"{summary}.", "", markdown(rows, ours), "", *notes]).strip()


def edits(arguments, folder):
    """Compares public documents with edited copies, both ways. Fails if one has no verdict."""
    ours = Ours(arguments.binary)
    ours.install(folder)
    lines = ["| Document | MiB | comparisons | seconds, slowest | MiB of memory |", "|---|---:|---:|---:|---:|"]
    for title, file in documents(folder / "public"):
        results = []
        for name, copy in edited(file, folder / "edits"):
            for base, head in ((file, copy), (copy, file)):
                result = ours.compare(base, head)
                if result[0] is None:
                    raise SystemExit(f"{title}, {name}: no verdict for {base} and {head}")
                results.append(result)
        size = file.stat().st_size / 2**20
        slowest = max(cost.seconds for _, cost in results)
        memory = max(cost.memory for _, cost in results)
        lines.append(f"| {title} | {size:.2f} | {len(results)} | {slowest:.2f} | {memory:.0f} |")
    return "\n".join(lines)


def written(comparisons, folder):
    """Writes the documents of the cases, as YAML and as JSON."""
    folder.mkdir(exist_ok=True)
    for number, case in enumerate(comparisons):
        files = []
        for revision in ("base", "head"):
            file = folder / f"{number}-{revision}.yaml"
            file.write_text(getattr(case, revision))
            files.append(file)
        yield case, *files


def row(tool, cases, public, arguments, folder):
    """Installs a tool, runs it over the cases and the public pairs, and returns its row."""
    version = tool.install(folder)
    row = Row(tool.title(version))
    print(row.title, file=sys.stderr)
    files = [(base, head) for _, base, head in cases]
    if tool.json_only:
        files = as_json(files)
    for (case, _, _), verdict in zip(cases, tool.verdicts(files)):
        row.count(case.breaking, verdict)
        if arguments.wrong and verdict is not case.breaking:
            words = {True: "breaking", False: "compatible", None: "no verdict"}
            print(f"  {case.name}: {words[verdict]}")
    for title, base, head in public:
        verdict, cost = tool.compare(base, head)
        row.public.append((verdict, cost))
        if arguments.pairs:
            size = (base.stat().st_size + head.stat().st_size) / 2**20
            print(f"  {title}: {cost.seconds:.2f} s, {cost.memory:.0f} MiB for {size:.2f} MiB, {verdict}")
    return row


def as_json(pairs):
    """Writes the JSON file beside each YAML file, with js-yaml, and returns the pairs of these."""
    targets = {file: file.with_suffix(".json") for pair in pairs for file in pair}
    folder = next(iter(targets)).parent.parent
    modules = next(folder.glob("*/node_modules/js-yaml"), None)
    if modules is None:
        raise Failed("js-yaml comes with a tool from npm, which must be run, too")
    arguments = [f"{file}\t{target}" for file, target in targets.items()]
    run(["node", HERE / "tool.cjs", modules.parent.parent, "json", *arguments])
    return [(targets[base], targets[head]) for base, head in pairs]


def write(table):
    before, begin, rest = README.read_text().partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"{README} has no `{BEGIN}` and `{END}`")
    README.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}")


if __name__ == "__main__":
    main()
