"""Whether the log of a table of Delta has all commits, some of which a reader misses in silence.

Source: Delta Transaction Log Protocol, "Delta Log Entries" and "Checkpoints".
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from os import scandir
from pathlib import Path

from validate._src.package.deltacommits import Commit, read_commit
from validate._src.package.lakes import LOG, commit_name
from validate._src.reading.footers import described

COMMIT = re.compile(r"(\d{20})\.json")
OF_VERSION = re.compile(r"[._]*(?:\d{20}\.)?(\d{20})(?!\d).*", re.DOTALL)
"""Whatever is named by a version: a commit, its checksum (`.crc`, and that of Hadoop, which is
hidden), a copy, what is left of one that failed, several commits as one, which begin with the first
of them and whose last one counts."""
CHECKPOINT = re.compile(r"(\d{20})\.checkpoint(?:\.[0-9a-f-]{36})?\.(?:parquet|json)")
PART = re.compile(r"(\d{20})\.checkpoint\.\d{10}\.(\d{10})\.parquet")
"""A part of a checkpoint: its version, and of how many parts it is one."""
CHECKPOINTS = (CHECKPOINT, PART)
LEFT = re.compile(r"\..*\.tmp(?:\.crc)?", re.DOTALL)
"""What a writer begins with, and renames once it is whole: it may have given up."""


@dataclass(frozen=True)
class DeltaLog:
    """A log that has each commit since its last checkpoint.

    Attributes:
        checkpoint: the version of that; -1 if there is none.
        last: the version of the table; -1 if there is nothing of any.
        commits: those that are read, in their order: all if each from the first on is whole, else
            those since the checkpoint.
        is_all: whether they are all.
        broken: the first since the checkpoint that is no JSON, of whose reader it depends what
            that is worth; empty if there is none.
        parts: the names of the files of the checkpoint.
    """

    checkpoint: int
    last: int
    commits: tuple[Commit, ...]
    is_all: bool
    broken: str
    parts: tuple[str, ...]


def check_commits(top: Path) -> DeltaLog:
    """Checks that each commit since the last checkpoint is there and says something.

    Args:
        top: the folder of the table.

    Raises:
        OSError: one cannot be read.
        ValueError: one is not there, is a folder or says nothing, or something is of a version
            that comes after the last of them; the message says which.
    """
    log = top / LOG
    with scandir(log) as listed:
        sizes = {each.name: each.stat().st_size if each.is_file() else None for each in listed}
    # Folders too: a reader takes one that is called like a commit for none.
    commits = {int(at[1]) for name in sizes if (at := COMMIT.fullmatch(name))}
    checkpoint, parts = _last_checkpoint([name for name, size in sizes.items() if size])
    last = max(commits, default=-1)
    _check_last(sizes, max(last, checkpoint))
    since, broken = list[Commit](), ""
    for version in range(checkpoint + 1, last + 1):
        name = commit_name(version)
        if version not in commits:
            raise ValueError(f"{LOG}/{name} is not there, and later commits are")
        if sizes[name] is None:
            raise ValueError(f"{LOG}/{name} is not a file, and a commit is one")
        if sizes[name] == 0:
            raise ValueError(f"{LOG}/{name} has 0 bytes, and a commit says something")
        if commit := read_commit(log / name):
            since.append(commit)
        else:
            broken = broken or f"{LOG}/{name}"
    before = _commits_before(log, sizes, checkpoint)
    every = (*(before or ()), *since)
    return DeltaLog(checkpoint, max(last, checkpoint), every, before is not None, broken, parts)


def _commits_before(
    log: Path, sizes: Mapping[str, int | None], checkpoint: int
) -> list[Commit] | None:
    """The commits up to a checkpoint, which no reader needs; None if one is not there or whole."""
    names = [*map(commit_name, range(checkpoint + 1))]
    if not all(map(sizes.get, names)):
        return None
    read = list[Commit]()
    for name in names:
        try:
            commit = read_commit(log / name)
        except (ValueError, OSError):  # the checkpoint counts, and this is then held to nothing
            return None
        if commit is None:
            return None
        read.append(commit)
    return read


def _check_last(names: Iterable[str], last: int) -> None:
    """Checks that no file is of a later version than the last one that is read.

    Raises:
        ValueError: one is: that of a commit whose name was changed or which was lost.
    """
    for name in sorted(names):
        if LEFT.fullmatch(name):
            continue
        if (at := OF_VERSION.fullmatch(name)) and int(at[1]) > last:
            what = f"is of version {int(at[1]):,}, and the last commit that is there of {last:,}"
            raise ValueError(f"{LOG}/{name} {what}; restore that commit, or delete what is left")


def _last_checkpoint(names: list[str]) -> tuple[int, tuple[str, ...]]:
    """The version and the files of the last checkpoint that is whole; -1 if there is none."""
    files: dict[int, tuple[str, ...]] = {}
    files |= {int(at[1]): (name,) for name in sorted(names) if (at := CHECKPOINT.fullmatch(name))}
    parts = defaultdict[tuple[int, int], list[str]](list)
    for name in sorted(names):
        if at := PART.fullmatch(name):
            parts[int(at[1]), int(at[2])].append(name)
    for (version, of), there in parts.items():
        if len(there) == of:
            files.setdefault(version, tuple(there))
    return max(files.items(), default=(-1, ()))


def broken_checkpoint(top: Path) -> str:
    """The first checkpoint that has not even the end of a Parquet file; empty if there is none.

    Args:
        top: the folder of the table.
    """
    for file in sorted((top / LOG).iterdir()):
        if file.suffix == ".parquet" and any(one.fullmatch(file.name) for one in CHECKPOINTS):
            try:
                described(file)
            except (ValueError, OSError):
                return f"{LOG}/{file.name}"
    return ""
