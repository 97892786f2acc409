"""Edited copies of public documents, to show that each comparison ends and how long it takes."""

import copy
import json
import multiprocessing
import tarfile

from packages import DOCUMENTS, archive, document

#: A package with many small documents.
EXAMPLES = ("@readme/oas-examples", "8.2.2")
METHODS = ("get", "put", "post", "delete", "patch")


def documents(folder):
    """Returns a title and a file for each document: the newest versions, and the examples."""
    folder.mkdir(exist_ok=True)
    found = []
    for package, path, versions in DOCUMENTS:
        if package != EXAMPLES[0]:
            found.append((f"{package} {versions[-1]}", document(folder, package, versions[-1], path)))
    with tarfile.open(archive(folder, *EXAMPLES)) as examples:
        names = [name.removeprefix("package/") for name in examples.getnames()]
    for name in sorted(names):
        if name.startswith("3.") and name.endswith(".json") and "/json/" in name:
            found.append((f"{EXAMPLES[0]} {name}", document(folder, *EXAMPLES, name)))
    return found


def edited(file, folder):
    """Writes the edited copies of a document and returns a title and a file for each.

    Another process does so, because the peak memory of this one would count for those that it starts.
    """
    folder.mkdir(exist_ok=True)
    copies = {name: folder / f"{file.stem}-{name.replace(' ', '-')}.json" for name in EDITS}
    process = multiprocessing.Process(target=write, args=(file, copies))
    process.start()
    process.join()
    if process.exitcode:
        raise SystemExit(f"{file} cannot be edited")
    return copies.items()


def write(file, copies):
    original = json.loads(file.read_text(encoding="utf-8-sig"))
    for name, target in copies.items():
        changed = copy.deepcopy(original)
        EDITS[name](changed)
        target.write_text(json.dumps(changed))


def operations(root):
    for item in root.get("paths", {}).values():
        for method in METHODS:
            if method in item:
                yield item[method]


def schemas(node):
    """Returns every mapping that looks like a schema with properties or listed values."""
    if isinstance(node, dict):
        if isinstance(node.get("properties"), dict) or isinstance(node.get("enum"), list):
            yield node
        for child in node.values():
            yield from schemas(child)
    elif isinstance(node, list):
        for child in node:
            yield from schemas(child)


def add_parameters(root):
    for operation in operations(root):
        parameter = {"name": "x-added", "in": "query", "required": True, "schema": {"type": "string"}}
        operation.setdefault("parameters", []).append(parameter)


def remove_properties(root):
    for schema in schemas(root.get("components", {})):
        properties = schema.get("properties")
        if isinstance(properties, dict) and len(properties) > 1:
            properties.popitem()


def narrow_values(root):
    for schema in schemas(root):
        if isinstance(schema.get("enum"), list) and len(schema["enum"]) > 1:
            schema["enum"].pop()


def remove_operations(root):
    for item in list(root.get("paths", {}).values())[::3]:
        for method in METHODS:
            item.pop(method, None)


EDITS = {
    "a required parameter in each operation": add_parameters,
    "a property less in each schema": remove_properties,
    "a value less in each enum": narrow_values,
    "a third of the paths without operations": remove_operations,
}
