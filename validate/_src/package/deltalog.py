"""Whether the log of a table of Delta has all commits, some of which a reader misses in silence.

Source: Delta Transaction Log Protocol, "Delta Log Entries" and "Checkpoints".
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from validate._src.package.lakes import LOG

COMMIT = re.compile(r"(\d{20})\.json")
CHECKPOINT = re.compile(r"(\d{20})\.checkpoint(?:\.[0-9a-f-]{36})?\.(?:parquet|json)")
PART = re.compile(r"(\d{20})\.checkpoint\.\d{10}\.(\d{10})\.parquet")
"""A part of a checkpoint: its version, and of how many parts it is one."""
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


def check_commits(top: Path) -> None:
    """Checks that each commit since the last checkpoint is there and says something.

    Args:
        top: the folder of the table.

    Raises:
        OSError: one cannot be read.
        ValueError: one is not there, is a folder or says nothing; the message says which.
    """
    log = top / LOG
    sizes = {each.name: each.stat().st_size for each in log.iterdir() if each.is_file()}
    # Folders too: a reader takes one that is called like a commit for none.
    commits = {int(at[1]) for each in log.iterdir() if (at := COMMIT.fullmatch(each.name))}
    first = _last_checkpoint([name for name, size in sizes.items() if size]) + 1
    for version in range(first, max(commits, default=-1) + 1):
        name = f"{version:020}.json"
        if version not in commits:
            raise ValueError(f"{LOG}/{name} is not there, and later commits are")
        if name not in sizes:
            raise ValueError(f"{LOG}/{name} is not a file, and a commit is one")
        if sizes[name] == 0:
            raise ValueError(f"{LOG}/{name} has 0 bytes, and a commit says something")
        _check_commit(log / name)


def _check_commit(file: Path) -> None:
    """Checks that a commit has an action, and all files that it says it has added.

    What else is wrong with one, its reader says.

    Raises:
        OSError: it cannot be read.
        ValueError: it has no action, or fewer of such files.
    """
    where = f"{LOG}/{file.name}"
    kinds, added = Counter[str](), 0
    try:
        for said in _objects(file):
            kinds.update(said.keys() & ACTIONS)
            added = max(added, _added(said))
    except (ValueError, TypeError, AttributeError):  # no JSON, or other values than there are
        return
    if not kinds:
        raise ValueError(f"{where} has no action, and a commit says something")
    there = kinds["add"] + kinds["cdc"]
    if there < added:
        raise ValueError(f"{where} has {there:,} files, and says that it has added {added:,}")


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
