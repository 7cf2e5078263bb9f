"""Packages as they were at a revision of the repository that holds their folder."""

import subprocess
import tarfile
from pathlib import Path

from validate._src.words.errors import PackageError
from validate._src.words.scratch import ScratchFolder

GIT = "git:"
"""What an argument begins with that names a revision."""


def unpacked(given: str, scratch: ScratchFolder, of: Path | None = None) -> Path:
    """A folder as it was at a revision, below a scratch folder.

    Args:
        given: `git:` and a revision, such as a tag, a branch or a commit.
        scratch: a folder in which nothing is yet.
        of: the folder; the working one by default.

    Raises:
        PackageError: there is no git, no repository, no such revision, or the folder was not in
            it.
    """
    revision = given.removeprefix(GIT)
    if not revision or revision.startswith("-"):
        raise PackageError(f"{given}: name a revision after git:, such as a tag or a commit")
    git(given, "rev-parse", "--show-toplevel", folder=of)
    verify = ("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    commit = git(given, *verify, folder=of).strip()
    archive = scratch.path / "revision.tar"
    git(given, "archive", "--format=tar", f"--output={archive}", commit, folder=of)
    folder = scratch.path / "revision"
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    archive.unlink()
    return folder


def git(given: str, *arguments: str, folder: Path | None = None) -> str:
    """What git says.

    Args:
        given: what messages begin with.
        arguments: those of git.
        folder: where it is run; the working folder by default.

    Raises:
        PackageError: it cannot be run, or says that something is wrong.
    """
    try:
        done = subprocess.run(  # noqa: S603
            ["git", *arguments],  # noqa: S607
            cwd=folder,
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
