"""The cases in `tests/cases`, which the tests of the crate read, too."""

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "tests" / "cases"
START = "openapi: {}\ninfo: {{ title: Items, version: 1.0.0 }}\n"


@dataclass
class Comparison:
    """A case in one direction."""

    name: str
    #: `True` for a break, `False` for none.
    breaking: bool
    base: str
    head: str


def comparisons():
    """Returns every case in both directions, without those that allow both verdicts."""
    found = []
    for file in sorted(FOLDER.glob("*.md")):
        for section in file.read_text().split("\n## ")[1:]:
            found += directions(section)
    return found


def directions(section):
    name, rest = section.split("\n", 1)
    expectations, fence = rest.split("```diff ", 1)
    verdicts = {}
    for line in expectations.splitlines():
        key, colon, value = line.removeprefix("- ").partition(": ")
        if colon and key in ("Forward", "Back"):
            verdicts[key] = value.split(" or ")
    kind, fence = fence.split("\n", 1)
    lines = fence.split("\n```", 1)[0].splitlines()
    base, head = (
        document(kind, [line[2:] for line in lines if not line.startswith(other)])
        for other in "+-"
    )
    for key, first, second in (("Forward", base, head), ("Back", head, base)):
        breaking = {"breaking" in verdict for verdict in verdicts[key]}
        if len(breaking) == 1:
            yield Comparison(f"{name}, {key.lower()}", breaking.pop(), first, second)


def document(kind, lines):
    """Returns the document around a fragment, as `tests/it/cases/markdown.rs` does."""
    kind, _, version = kind.partition(" ")
    start = START.format(f"{version}.0" if version else "3.0.3")

    def indented(depth):
        return "".join(f"{'':{depth}}{line}\n" for line in lines)

    if kind == "whole":
        return indented(0)
    if kind == "document":
        return start + indented(0)
    if kind == "operation":
        head = "paths:\n  /items/{id}:\n    post:\n      operationId: change_item\n"
        return start + head + indented(6)

    def content(name):
        reference = f"{{ $ref: '#/components/schemas/{name}' }}"
        return f"content: {{ application/json: {{ schema: {reference} }} }}"

    def has(name):
        return any(line.startswith(name) for line in lines)

    operation = "paths:\n  /items:\n    post:\n      operationId: add_item\n"
    if has("Request:"):
        operation += f"      requestBody: {{ required: true, {content('Request')} }}\n"
    response = "'204': { description: Done. }"
    if has("Response:"):
        response = f"'200': {{ description: Done., {content('Response')} }}"
    operation += f"      responses: {{ {response} }}\n"
    return start + operation + "components:\n  schemas:\n" + indented(4)
