"""What a session is run with: the machine, the versions, and what of the tools is there."""

import os
import platform
import subprocess
import sys
from dataclasses import replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from shutil import which

from tools import DISTRIBUTIONS, FAIRSPEC, FAST, ONE_JOB, Tool

ROOT = Path(__file__).parent.parent
GIB = 2**30
FAIRSPEC_VERSION = "0.1.7"
PYTHONS = ("python3.12", "python3.13", "python3.14")


def told(rounds: int) -> str:
    """On which machine and with which versions a session runs.

    Args:
        rounds: how often each tool is to run.
    """
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / GIB
    versions = ", ".join(f"{name} {version_of(name)}" for name in DISTRIBUTIONS)
    return (
        f"rounds: {rounds}. {os.cpu_count()} cores ({platform.machine()}), {memory:.0f} GiB, "
        f"{platform.system()} {platform.release()}, load {os.getloadavg()[0]:.1f} at the start. "
        f"Python {platform.python_version()}, {versions}; validate at {commit()}."
    )


def version_of(distribution: str) -> str:
    """The version of a distribution."""
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "not installed"


def commit() -> str:
    """The commit of this repository, with a word if `validate/` differs from it."""
    head = said("git", "rev-parse", "--short", "HEAD")
    changed = said("git", "status", "--porcelain", "--", "validate")
    return f"{head or 'an unknown commit'}{' with changes' if changed else ''}"


def said(*command: str) -> str:
    """What a command says, run at the root of the repository; nothing where it fails."""
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)  # noqa: S603
    except OSError:
        return ""
    return "" if done.returncode else done.stdout.strip()


def readied(tool: Tool, parent: Path) -> Tool | str:
    """A tool as it can be run here, or why it cannot.

    Args:
        tool: the tool.
        parent: where an environment of its own is made.
    """
    if tool.name in {ONE_JOB, FAST} and tool.options[0] not in our_help():
        return f"this validate has no {tool.options[0]}"
    if tool.name == FAIRSPEC:
        python = python_with_fairspec(parent / f"fairspec-{FAIRSPEC_VERSION}")
        return (
            replace(tool, python=str(python))
            if python
            else "it wants Python 3.12, and none is at hand"
        )
    return tool


@cache
def our_help() -> str:
    """What our command says of its options."""
    return said(sys.executable, "-m", "validate", "run", "--help")


def python_with_fairspec(folder: Path) -> Path | None:
    """The interpreter of an environment with fairspec, which is made once; None without Python."""
    python = folder / "bin" / "python"
    if said(str(python), "-c", "import fairspec; print('it is there')"):
        return python
    for name in PYTHONS:
        if which(name) and said(name, "-c", "print('it runs')"):
            subprocess.run([name, "-m", "venv", folder], check=True)  # noqa: S603
            wanted = f"fairspec=={FAIRSPEC_VERSION}"
            subprocess.run([python, "-m", "pip", "install", "--quiet", wanted], check=True)  # noqa: S603
            return python
    return None
