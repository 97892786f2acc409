"""Public documents in several versions, from npm packages."""

import shutil
import tarfile

from processes import Failed, run

#: Package, file in it, and the versions that are compared one after the other.
DOCUMENTS = [
    ("@directus/specs", "dist/openapi.json",
     ["9.26.0", "10.2.11", "11.2.0", "12.0.1", "13.0.0", "14.0.0", "15.0.0", "15.2.0"]),
    ("@digdir/dialogporten-schema", "swagger.verified.json",
     ["1.0.7", "1.0.11", "1.18.0-162ce9a", "1.23.2", "1.40.0", "1.118.6"]),
    ("@octokit/openapi", "generated/api.github.com.json", ["22.0.0", "23.0.2"]),
    ("@octokit/openapi-webhooks", "generated/api.github.com.json", ["8.5.1", "11.0.0", "12.1.0"]),
    ("@readme/oas-examples", "3.0/json/petstore.json", ["5.0.0", "8.2.2"]),
    ("@readme/oas-examples", "3.0/json/discriminators.json", ["5.12.0", "8.2.2"]),
    ("@readme/oas-examples", "3.0/json/polymorphism.json", ["5.0.0", "8.2.2"]),
    ("@scalar/galaxy", "dist/3.1.json",
     ["0.1.0", "0.2.5", "0.2.20", "0.6.4", "0.6.9", "0.6.12"]),
]


def pairs(folder):
    """Installs the packages and returns a title and two files for each pair of versions."""
    folder.mkdir(exist_ok=True)
    found = []
    for package, path, versions in DOCUMENTS:
        files = [document(folder, package, version, path) for version in versions]
        steps = zip(zip(versions, files), zip(versions[1:], files[1:]))
        for (base, base_file), (head, head_file) in steps:
            if base_file and head_file:
                stem = path.rsplit("/", 1)[-1].removesuffix(".json")
                found.append((f"{package} {stem} {base} to {head}", base_file, head_file))
    return found


def document(folder, package, version, path):
    """Returns the file of a package, or `None` if this version does not have it."""
    file = folder / f"{package}-{version}-{path}".replace("/", "_")
    if file.exists():
        return file
    with tarfile.open(archive(folder, package, version)) as files:
        try:
            member = files.extractfile(f"package/{path}")
        except KeyError:
            print(f"{package} {version} has no {path}")
            return None
        with file.open("wb") as target:
            shutil.copyfileobj(member, target)
    return file


def archive(folder, package, version):
    """Returns the archive of a package, as npm has it."""
    target = folder / "archives" / f"{package}-{version}".replace("/", "_")
    target.mkdir(parents=True, exist_ok=True)
    if not any(target.glob("*.tgz")):
        run(["npm", "pack", "--silent", f"{package}@{version}"], cwd=target)
    file = next(target.glob("*.tgz"), None)
    if file is None:
        raise Failed(f"`npm pack` wrote no archive of {package} {version}")
    return file
