#!/usr/bin/env python3
"""Measures the tools on public documents, for `cargo xtask bench`, and prints the figures as JSON.

The tools run in turn, so that a disturbance of the machine affects all of them alike.
"""

import argparse
import json
from pathlib import Path
from statistics import median

from packages import document
from processes import Failed
from tools import ApiSmartDiff, Drift, Oasdiff, Ours

ROUNDS = 3
#: Package, file in it, and two versions, by size.
PAIRS = [
    ("@directus/specs", "dist/openapi.json", "15.0.0", "15.2.0"),
    ("@octokit/openapi-webhooks", "generated/api.github.com.json", "11.0.0", "12.1.0"),
    ("@octokit/openapi", "generated/api.github.com.json", "22.0.0", "23.0.2"),
]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, required=True, help="keeps what is installed")
    parser.add_argument("--binary", required=True, help="a built openapi-compat")
    parser.add_argument("--brief", action="store_true", help="skips the largest documents")
    arguments = parser.parse_args()
    folder = arguments.folder.absolute()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        pairs = documents(folder / "public", PAIRS[:-1] if arguments.brief else PAIRS)
    except Failed as error:
        raise SystemExit(f"error: {error}") from error
    tools, skipped = [], {}
    for tool in (Ours(arguments.binary), Oasdiff(), ApiSmartDiff(), Drift()):
        try:
            tools.append((tool, tool.title(tool.install(folder))))
        except Failed as error:
            skipped[tool.name] = str(error)
    figures = {title: [None] * len(pairs) for _, title in tools}
    for place, (_, base, head) in enumerate(pairs):
        for title, figure in measure(tools, base, head):
            figures[title][place] = figure
    sizes = [size(base, head) for _, base, head in pairs]
    names = [name for name, _, _ in pairs]
    tools = list(figures.items())
    print(json.dumps({"pairs": names, "sizes": sizes, "tools": tools, "skipped": skipped}))


def documents(folder, pairs):
    """Returns a title and two files for each pair."""
    folder.mkdir(exist_ok=True)
    found = []
    for package, path, *versions in pairs:
        base, head = (document(folder, package, version, path) for version in versions)
        if base is None or head is None:
            raise Failed(f"{package} has no {path}")
        found.append((f"{package} {' to '.join(versions)}", base, head))
    return found


def measure(tools, base, head):
    """Returns the median CPU time in seconds and the peak memory in MiB of each tool
    that compared the whole documents."""
    costs = {title: [] for _, title in tools}
    for _ in range(ROUNDS):
        for tool, title in tools:
            verdict, cost = tool.compare(base, head)
            if tool.has_compared(verdict, cost):
                costs[title].append(cost)
    for title, known in costs.items():
        if len(known) == ROUNDS:
            memory = max(cost.memory for cost in known)
            yield title, {"cpu": median(cost.cpu for cost in known), "memory": memory}


def size(base, head):
    """Returns the size of the larger document in MiB."""
    return max(file.stat().st_size for file in (base, head)) / 2**20


if __name__ == "__main__":
    main()
