"""Runs a tool in a process of its own and measures it."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from time import perf_counter

from answers import Answer
from memory import Watch
from tools import PEERS, Tool

BYTES_OF_MAXRSS = 1 if sys.platform == "darwin" else 1024
MIB = 2**20
# What tools print goes to memory where there is a folder for it: the disk is no part of them.
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108


@dataclass(frozen=True)
class Run:
    """One run of a tool.

    Attributes:
        wall: seconds from start to end.
        processor: seconds of processor time, user and system.
        memory: peak resident memory in MiB, with that of the processes it starts.
        answer: what it found; None when it failed, or once the answer is scored.
        failure: the last line it wrote, when it failed.
    """

    wall: float
    processor: float
    memory: float
    answer: Answer | None
    failure: str | None = None


def run(tool: Tool, folder: Path, table: str) -> Run:
    """Runs a tool on the package in a folder, to judge a table.

    The memory that the kernel reports for a process includes what its parent had when it
    started it, which is why whoever calls this must stay small, and imports no Polars.
    """
    command = [tool.python, str(PEERS / tool.script), str(folder), *tool.options]
    with TemporaryFile(dir=MEMORY) as output, TemporaryFile() as errors:
        start = perf_counter()
        process = subprocess.Popen(command, stdout=output, stderr=errors)  # noqa: S603
        watch = Watch(process.pid)
        _, status, usage = os.wait4(process.pid, 0)
        wall = perf_counter() - start
        # Popen must not wait for a process that is gone.
        process.returncode = os.waitstatus_to_exitcode(status)
        together = watch.end()
        output.seek(0)
        errors.seek(0)
        failed = process.returncode not in tool.exit_codes
        return Run(
            wall=wall,
            processor=usage.ru_utime + usage.ru_stime,
            memory=max(usage.ru_maxrss * BYTES_OF_MAXRSS, together) / MIB,
            answer=None if failed else tool.answer(output, table),
            failure=last_line(errors.read(), process.returncode) if failed else None,
        )


def last_line(errors: bytes, exit_code: int) -> str:
    """The last line of a text that says something, or else how the process ended."""
    lines = [line for line in errors.decode(errors="replace").splitlines() if line.strip()]
    return lines[-1].strip() if lines else f"exit code {exit_code}"


def say(text: str) -> None:
    """Tells whoever waits what is going on."""
    print(text, file=sys.stderr, flush=True)
