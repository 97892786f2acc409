"""The tools: how they are installed, run, and understood."""

import json
import os
import re
import shutil
import subprocess
import tempfile
import threading
import time
from pathlib import Path

HERE = Path(__file__).parent
#: Seconds after which a comparison is given up.
LIMIT = 300
DRIFT = """[package]
name = "drift-comparison"
version = "0.1.0"
edition = "2021"
[dependencies]
drift = "=0.2.0"
serde_json = "1"
[workspace]
"""


def run(command, **options):
    return subprocess.run(command, capture_output=True, text=True, **options)


class Tool:
    """A tool. `compare` returns `True` for a break, `False` for none, `None` for no verdict."""

    name = ""
    #: `True` if the tool reads JSON only.
    json_only = False

    def install(self, folder):
        """Installs the tool and returns its version."""
        raise NotImplementedError

    def command(self, base, head):
        raise NotImplementedError

    def verdict(self, code, output):
        raise NotImplementedError

    def verdicts(self, pairs):
        """Returns the verdict on each pair."""
        return [self.compare(*pair)[0] for pair in pairs]

    def compare(self, base, head):
        """Returns the verdict, the seconds, and the peak memory in MiB."""
        with tempfile.TemporaryFile() as output:
            begin = time.monotonic()
            process = subprocess.Popen(
                self.command(base, head), stdout=output, stderr=subprocess.DEVNULL
            )
            timer = threading.Timer(LIMIT, process.kill)
            timer.start()
            _, status, usage = os.wait4(process.pid, 0)
            timer.cancel()
            process.returncode = os.waitstatus_to_exitcode(status)
            seconds = time.monotonic() - begin
            output.seek(0)
            text = output.read().decode(errors="replace")
        verdict = self.verdict(process.returncode, text)
        return verdict, seconds, usage.ru_maxrss / 1024


class Ours(Tool):
    name = "openapi-compat"

    def __init__(self, binary):
        self.binary = binary

    def install(self, folder):
        if not self.binary:
            root = HERE.parent.parent
            build = ["cargo", "build", "--release", "-p", "openapi-compat"]
            subprocess.run(build, cwd=root, check=True)
            target = os.environ.get("CARGO_TARGET_DIR", root / "target")
            self.binary = Path(target) / "release" / "openapi-compat"
        manifest = (HERE.parent.parent / "Cargo.toml").read_text()
        return re.search(r'^version = "(.*)"', manifest, re.M)[1]

    def command(self, base, head):
        return [self.binary, base, head, "--format", "json", "--fail-on", "breaking"]

    def verdict(self, code, output):
        return {0: False, 1: True}.get(code)


class Oasdiff(Tool):
    """An `oasdiff` on the path: no registry that this script uses has it."""

    name = "oasdiff"

    def install(self, folder):
        if not shutil.which("oasdiff"):
            raise FileNotFoundError("no `oasdiff` on the path")
        return run(["oasdiff", "--version"]).stdout.split()[-1]

    def command(self, base, head):
        return ["oasdiff", "breaking", "--fail-on", "ERR", base, head]

    def verdict(self, code, output):
        return {0: False, 1: True}.get(code)


class Drift(Tool):
    """A library. `drift.rs` prints the class of each change."""

    name = "drift"
    json_only = True

    def install(self, folder):
        project = folder / "drift"
        (project / "src").mkdir(parents=True, exist_ok=True)
        (project / "Cargo.toml").write_text(DRIFT)
        shutil.copy(HERE / "drift.rs", project / "src" / "main.rs")
        target = str(project / "target")
        environment = {**os.environ, "CARGO_TARGET_DIR": target}
        build = ["cargo", "build", "--release", "--quiet"]
        subprocess.run(build, cwd=project, check=True, env=environment)
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


class Node(Tool):
    """A tool from npm, run by `tool.cjs` if it is a library."""

    package = ""
    version = ""

    def install(self, folder):
        self.folder = folder / self.name.replace("/", "_")
        self.folder.mkdir(exist_ok=True)
        command = ["npm", "install", "--no-audit", "--no-fund", "--prefix", self.folder]
        packages = [f"{self.name}@{self.version}", "js-yaml@4.1.0"]
        done = run([*command, *packages])
        if done.returncode:
            raise FileNotFoundError(done.stderr)
        return self.version

    def command(self, base, head):
        return ["node", HERE / "tool.cjs", self.folder, self.name, f"{base}\t{head}"]

    def verdict(self, code, output):
        return {"breaking": True, "compatible": False}.get(output.strip())

    def verdicts(self, pairs):
        """Compares all pairs in one process, because Node.js needs long to start."""
        pairs = [f"{base}\t{head}" for base, head in pairs]
        done = run(["node", HERE / "tool.cjs", self.folder, self.name, *pairs])
        found = [self.verdict(0, line) for line in done.stdout.splitlines()]
        return found + [None] * (len(pairs) - len(found))


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
