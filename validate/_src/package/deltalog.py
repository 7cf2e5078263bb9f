"""Whether the log of a table of Delta has all commits, some of which a reader misses in silence.

Source: Delta Transaction Log Protocol, "Delta Log Entries" and "Checkpoints".
"""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any, cast

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
    """Checks that a commit has an action; what is wrong with one, its reader says.

    Raises:
        OSError: it cannot be read.
        ValueError: it has none.
    """
    text = file.read_text("utf-8", errors="replace")
    at = 0
    while begun := NO_SPACE.search(text, at):
        try:
            said, at = DECODER.raw_decode(text, begun.start())
        except ValueError:
            return
        if not isinstance(said, dict) or not ACTIONS.isdisjoint(cast("dict[str, Any]", said)):
            return
    raise ValueError(f"{LOG}/{file.name} has no action, and a commit says something")


def _last_checkpoint(names: list[str]) -> int:
    """The version of the last checkpoint that is whole; -1 if there is none."""
    versions = [int(at[1]) for name in names if (at := CHECKPOINT.fullmatch(name))]
    parts = Counter((int(at[1]), int(at[2])) for name in names if (at := PART.fullmatch(name)))
    versions += [version for (version, of), there in parts.items() if there == of]
    return max(versions, default=-1)
