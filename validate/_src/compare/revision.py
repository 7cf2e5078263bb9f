"""Packages as they were at a revision of the repository that holds the working folder."""

import subprocess
import tarfile
from pathlib import Path

from validate._src.words.errors import PackageError
from validate._src.words.scratch import ScratchFolder

GIT = "git:"
"""What an argument begins with that names a revision."""


def unpacked(given: str, scratch: ScratchFolder) -> Path:
    """The working folder as it was at a revision, below a scratch folder.

    Args:
        given: `git:` and a revision, such as a tag, a branch or a commit.
        scratch: a folder in which nothing is yet.

    Raises:
        PackageError: there is no git, no repository, no such revision, or the working folder was
            not in it.
    """
    revision = given.removeprefix(GIT)
    if not revision or revision.startswith("-"):
        raise PackageError(f"{given}: name a revision after git:, such as a tag or a commit")
    _git(given, "rev-parse", "--show-toplevel")
    commit = _git(given, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").strip()
    archive = scratch.path / "revision.tar"
    _git(given, "archive", "--format=tar", f"--output={archive}", commit)
    folder = scratch.path / "revision"
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    archive.unlink()
    return folder


def _git(given: str, *arguments: str) -> str:
    """What git says.

    Raises:
        PackageError: it cannot be run, or says that something is wrong.
    """
    try:
        done = subprocess.run(  # noqa: S603
            ["git", *arguments],  # noqa: S607
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="backslashreplace",
            check=False,
        )
    except FileNotFoundError:
        raise PackageError(f"{given}: needs git, which is not installed") from None
    if done.returncode:
        why = done.stderr.strip().partition("\n")[0] or f"there is no revision {given[len(GIT) :]}"
        raise PackageError(f"{given}: {why.removeprefix('fatal: ')}")
    return done.stdout
