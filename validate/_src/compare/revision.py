"""Packages as they were at a revision of the repository that holds their folder."""

import os
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
        done = _asked(*arguments, folder=folder)
    except FileNotFoundError:
        raise PackageError(f"{given}: needs git, which is not installed") from None
    if done.returncode:
        said = done.stderr.strip().partition("\n")[0]
        if "not a git repository" in said:
            raise PackageError(
                f"{folder or Path.cwd()}: is in no git repository; `git clone` makes one, or "
                "`git init` and a commit"
            )
        raise PackageError(f"{given}: {_why(said) if said else _no_revision(given, folder)}")
    return done.stdout


def _why(said: str) -> str:
    """What is wrong by the first line that git says, and what to do where we know it."""
    if "dubious ownership" in said:
        return (
            "the repository belongs to another user, for which git does not read it; "
            "`git config --global --add safe.directory FOLDER`, FOLDER its top, allows that"
        )
    return said.removeprefix("fatal: ")


def _no_revision(given: str, folder: Path | None) -> str:
    """Why a revision is not there, which git says in no word where it is asked to be quiet."""
    revision = given.removeprefix(GIT)
    if not _asked("rev-parse", "--verify", "--quiet", "HEAD^{commit}", folder=folder).stdout:
        return "the repository has no commit yet; `git commit` makes the first"
    if is_shallow(folder):
        return (
            f"there is no revision {revision} in this clone, which is shallow; "
            "`git fetch --unshallow --tags` brings the others"
        )
    return f"there is no revision {revision}"


def is_shallow(folder: Path | None) -> bool:
    """Whether a clone lacks older commits."""
    asked = _asked("rev-parse", "--is-shallow-repository", folder=folder)
    return asked.stdout.strip() == "true"


def _asked(*arguments: str, folder: Path | None) -> "subprocess.CompletedProcess[str]":
    """What git answers, in English, which is what is recognised in messages."""
    return subprocess.run(  # noqa: S603
        ["git", *arguments],  # noqa: S607
        cwd=folder,
        env={**os.environ, "LC_ALL": "C"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="backslashreplace",
        check=False,
    )
