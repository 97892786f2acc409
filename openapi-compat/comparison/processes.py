"""Other programs: run to their end, or measured."""

import os
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

#: Seconds after which a measured program is ended.
LIMIT = 120
#: Seconds after which an installation or a run over all cases is ended.
LONG_LIMIT = 3600


class Failed(Exception):
    """A program that could not be started, or failed. The message is one line."""


def run(command, **options):
    """Runs a command and returns its output."""
    name = Path(command[0]).name
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, errors="replace", timeout=LONG_LIMIT, **options
        )
    except OSError as error:
        raise Failed(f"`{name}` cannot be started: {error.strerror}") from error
    except subprocess.TimeoutExpired as error:
        raise Failed(f"`{name}` did not end in {LONG_LIMIT} seconds") from error
    if done.returncode:
        lines = (done.stderr.strip() or done.stdout.strip()).splitlines()
        reason = f": {lines[-1].strip()}" if lines else ""
        raise Failed(f"`{name}` ended with {done.returncode}{reason}")
    return done.stdout


@dataclass
class Measurement:
    """The outcome of a measured program."""

    code: int
    output: str
    #: The wall time in seconds.
    seconds: float
    #: The user and system time in seconds, on which other programs have little influence.
    cpu: float
    #: The peak memory in MiB.
    memory: float


def measured(command):
    """Runs a command and measures it."""
    with tempfile.TemporaryFile() as output:
        begin = time.monotonic()
        try:
            process = subprocess.Popen(command, stdout=output, stderr=subprocess.DEVNULL)
        except OSError as error:
            name = Path(command[0]).name
            raise Failed(f"`{name}` cannot be started: {error.strerror}") from error
        timer = threading.Timer(LIMIT, process.kill)
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - begin
        output.seek(0)
        text = output.read().decode(errors="replace")
    cpu = usage.ru_utime + usage.ru_stime
    return Measurement(process.returncode, text, seconds, cpu, usage.ru_maxrss / 1024)
