"""Whether the log of a table of Delta has all commits, some of which a reader misses in silence.

Source: Delta Transaction Log Protocol, "Delta Log Entries" and "Checkpoints".
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from os import scandir
from pathlib import Path
from typing import Any

from validate._src.package.lakes import LOG
from validate._src.reading.footers import described
from validate._src.words.finding import cut
from validate._src.words.printing import printable

COMMIT = re.compile(r"(\d{20})\.json")
OF_VERSION = re.compile(r"(?:\d{20}\.)?(\d{20})\..*", re.DOTALL)
"""Whatever is named by a version: a commit, its checksum (`.crc`), what is left of one that failed,
several commits as one, which begin with the first of them and whose last one counts."""
CHECKPOINT = re.compile(r"(\d{20})\.checkpoint(?:\.[0-9a-f-]{36})?\.(?:parquet|json)")
PART = re.compile(r"(\d{20})\.checkpoint\.\d{10}\.(\d{10})\.parquet")
"""A part of a checkpoint: its version, and of how many parts it is one."""
CHECKPOINTS = (CHECKPOINT, PART)
NO_SPACE, DECODER = re.compile(r"\S"), json.JSONDecoder()
ACTIONS = frozenset(
    {
        "add",
        "cdc",
        "checkpointMetadata",
        "commitInfo",
        "domainMetadata",
        "metaData",
        "protocol",
        "remove",
        "sidecar",
        "txn",
    }
)
"""What a line of a commit may say, by the protocol."""
ADDED = "num_added_files"  # of delta-rs; what other writers count is not always files of the log


def check_commits(top: Path) -> str:
    """Checks that each commit since the last checkpoint is there and says something.

    Args:
        top: the folder of the table.

    Returns:
        The first of them that is no JSON, of whose reader it depends what that is worth; empty if
        there is none.

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
    checkpoint = _last_checkpoint([name for name, size in sizes.items() if size])
    last = max(commits, default=-1)
    _check_last(sizes, max(last, checkpoint))
    broken = ""
    for version in range(checkpoint + 1, last + 1):
        name = f"{version:020}.json"
        if version not in commits:
            raise ValueError(f"{LOG}/{name} is not there, and later commits are")
        if sizes[name] is None:
            raise ValueError(f"{LOG}/{name} is not a file, and a commit is one")
        if sizes[name] == 0:
            raise ValueError(f"{LOG}/{name} has 0 bytes, and a commit says something")
        if not _is_sound(log / name):
            broken = broken or f"{LOG}/{name}"
    return broken


def _check_last(names: Iterable[str], last: int) -> None:
    """Checks that no file is of a later version than the last one that is read.

    Raises:
        ValueError: one is: that of a commit whose name was changed or which was lost.
    """
    for name in sorted(names):
        if (at := OF_VERSION.fullmatch(name)) and int(at[1]) > last:
            what = f"is of version {int(at[1]):,}, and the last commit that is there of {last:,}"
            raise ValueError(f"{LOG}/{name} {what}; restore that commit, or delete what is left")


def _is_sound(file: Path) -> bool:
    """Whether a commit is JSON, which has an action and all files that it says it has added.

    Raises:
        OSError: it cannot be read.
        ValueError: it has no action, one that is not known, fewer of such files, or nesting
            without an end.
    """
    where = f"{LOG}/{file.name}"
    kinds, added = Counter[str](), 0
    try:
        for said in _objects(file):
            kinds.update(said.keys())
            added = max(added, _added(said))
    except (ValueError, TypeError, AttributeError):  # no JSON, or other values than there are
        return False
    except RecursionError:  # a reader's stack may end, too, and its process with it
        raise ValueError(f"{where} is nested too deep") from None
    known = ACTIONS & kinds.keys()
    if not known:
        raise ValueError(f"{where} has no action, and a commit says something")
    if unknown := sorted(kinds.keys() - ACTIONS):
        what = f'says "{cut(printable(unknown[0]))}"'
        raise ValueError(f"{where} {what}, which is no action that is known here")
    there = kinds["add"] + kinds["cdc"]
    if there < added:
        raise ValueError(f"{where} has {there:,} files, and says that it has added {added:,}")
    return True


def _objects(file: Path) -> Iterator[Any]:
    """What stands in a file of JSON, one value after the other."""
    text = file.read_text("utf-8", errors="replace")
    at = 0
    while begun := NO_SPACE.search(text, at):
        said, at = DECODER.raw_decode(text, begun.start())
        yield said


def _added(said: Any) -> int:
    """How many files a commit says it has added, those of changes among them; 0 if it does not."""
    metrics = (said.get("commitInfo") or {}).get("operationMetrics") or {}
    return int(metrics.get(ADDED, 0))


def _last_checkpoint(names: list[str]) -> int:
    """The version of the last checkpoint that is whole; -1 if there is none."""
    versions = [int(at[1]) for name in names if (at := CHECKPOINT.fullmatch(name))]
    parts = Counter((int(at[1]), int(at[2])) for name in names if (at := PART.fullmatch(name)))
    versions += [version for (version, of), there in parts.items() if there == of]
    return max(versions, default=-1)


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
