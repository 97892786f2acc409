"""The tools: how they are installed, run, and understood."""

import json
import os
import re
import shutil
from pathlib import Path

from processes import Failed, measured, run

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
DRIFT = """[package]
name = "drift-comparison"
version = "0.1.0"
edition = "2021"
[dependencies]
drift = "=0.2.0"
serde_json = "1"
[workspace]
"""


class Tool:
    """A tool. A verdict is `True` for a break, `False` for none, `None` for no verdict."""

    #: The name in the registry, or of the program.
    name = ""
    #: Options that differ between two rows of the table.
    variant = ""
    #: `True` if the tool reads JSON only.
    json_only = False

    def title(self, version=""):
        """Returns the title of its row."""
        return " ".join(filter(None, (self.name, version, self.variant)))

    def install(self, folder):
        """Installs the tool and returns its version. Raises `Failed`."""
        raise NotImplementedError

    def command(self, base, head):
        raise NotImplementedError

    def verdict(self, code, output):
        raise NotImplementedError

    def verdicts(self, pairs):
        """Returns the verdict on each pair."""
        return [self.compare(*pair)[0] for pair in pairs]

    def compare(self, base, head):
        """Returns the verdict and the measurement."""
        measurement = measured(self.command(base, head))
        return self.verdict(measurement.code, measurement.output), measurement

    def has_compared(self, verdict, measurement):
        """Returns `True` if the tool compared the whole documents."""
        return verdict is not None


class Ours(Tool):
    name = "openapi-compat"

    def __init__(self, binary):
        self.binary = binary

    def install(self, folder):
        if not self.binary:
            run(["cargo", "build", "--release", "--quiet", "-p", "openapi-compat"], cwd=ROOT)
            target = os.environ.get("CARGO_TARGET_DIR", ROOT / "target")
            self.binary = Path(target) / "release" / "openapi-compat"
        return re.search(r'^version = "(.*)"', (ROOT / "Cargo.toml").read_text(), re.M)[1]

    def command(self, base, head):
        return [self.binary, base, head, "--format", "json", "--fail-on", "breaking"]

    def verdict(self, code, output):
        return {0: False, 1: True}.get(code)


class Oasdiff(Tool):
    """An `oasdiff` on the path: no registry that this script uses has it."""

    name = "oasdiff"
    options = ["--fail-on", "ERR"]

    def install(self, folder):
        if not shutil.which("oasdiff"):
            raise Failed("no `oasdiff` is on the path")
        words = run(["oasdiff", "--version"]).split()
        if not words:
            raise Failed("`oasdiff --version` prints nothing")
        return words[-1]

    def command(self, base, head):
        return ["oasdiff", "breaking", *self.options, base, head]

    def verdict(self, code, output):
        return {0: False, 1: True}.get(code)


class OasdiffStrict(Oasdiff):
    """Its warnings count as breaking, and `allOf` and the parameters of paths are merged."""

    variant = "strict"
    options = ["--fail-on", "WARN", "--flatten-allof", "--flatten-params", "--auto-upgrade"]


class Drift(Tool):
    """A library. `drift.rs` prints the class of each change."""

    name = "drift"
    json_only = True

    def install(self, folder):
        project = folder / "drift"
        (project / "src").mkdir(parents=True, exist_ok=True)
        (project / "Cargo.toml").write_text(DRIFT)
        shutil.copy(HERE / "drift.rs", project / "src" / "main.rs")
        environment = {**os.environ, "CARGO_TARGET_DIR": str(project / "target")}
        run(["cargo", "build", "--release", "--quiet"], cwd=project, env=environment)
        self.binary = project / "target" / "release" / "drift-comparison"
        return "0.2.0"

    def command(self, base, head):
        return [self.binary, base, head]

    def verdict(self, code, output):
        classes = set(output.split())
        if code != 0:
            return None
        if classes & {"BackwardIncompatible", "Incompatible"}:
            return True
        return None if "Unhandled" in classes else False

    def has_compared(self, verdict, measurement):
        return measurement.code == 0


class Node(Tool):
    """A tool from npm, run by `tool.cjs` if it is a library."""

    version = ""

    def install(self, folder):
        self.folder = folder / self.name.replace("/", "_")
        self.folder.mkdir(exist_ok=True)
        command = ["npm", "install", "--no-audit", "--no-fund", "--prefix", self.folder]
        run([*command, f"{self.name}@{self.version}", "js-yaml@4.1.0"])
        return self.version

    def command(self, base, head):
        return ["node", HERE / "tool.cjs", self.folder, self.name, f"{base}\t{head}"]

    def verdict(self, code, output):
        return {"breaking": True, "compatible": False}.get(output.strip())

    def verdicts(self, pairs):
        """Compares all pairs in one process, because Node.js needs long to start."""
        pairs = [f"{base}\t{head}" for base, head in pairs]
        output = run(["node", HERE / "tool.cjs", self.folder, self.name, *pairs])
        found = [self.verdict(0, line) for line in output.splitlines()]
        if len(found) != len(pairs):
            raise Failed(f"it printed {len(found)} verdicts on {len(pairs)} pairs")
        return found


class OpenapiDiff(Node):
    name, version = "openapi-diff", "0.24.1"


class ApiSmartDiff(Node):
    name, version = "api-smart-diff", "1.0.6"


class Redocly(Node):
    name, version = "@redocly/cli", "2.77.0"

    def command(self, base, head):
        program = self.folder / "node_modules" / ".bin" / "redocly"
        return [program, "diff", base, head, "--format", "json", "--fail-on", "none"]

    def verdicts(self, pairs):
        return Tool.verdicts(self, pairs)

    def verdict(self, code, output):
        start = output.find("{")
        try:
            report = json.loads(output[start:]) if code == 0 and start >= 0 else None
        except json.JSONDecodeError:
            report = None
        if report is None:
            return None
        return report.get("bump") == "major"


def tools(binary):
    """Returns all tools. The first one is ours."""
    return [
        Ours(binary),
        Oasdiff(),
        OasdiffStrict(),
        Redocly(),
        ApiSmartDiff(),
        OpenapiDiff(),
        Drift(),
    ]
