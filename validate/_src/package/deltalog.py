"""Whether the log of a table of Delta has all commits, some of which a reader misses in silence.

Source: Delta Transaction Log Protocol, "Delta Log Entries" and "Checkpoints".
"""

import re
from collections import Counter
from pathlib import Path

from validate._src.package.lakes import LOG

COMMIT = re.compile(r"(\d{20})\.json")
CHECKPOINT = re.compile(r"(\d{20})\.checkpoint(?:\.[0-9a-f-]{36})?\.(?:parquet|json)")
PART = re.compile(r"(\d{20})\.checkpoint\.\d{10}\.(\d{10})\.parquet")
"""A part of a checkpoint: its version, and of how many parts it is one."""


def check_commits(top: Path) -> None:
    """Checks that each commit since the last checkpoint is there and says something.

    Args:
        top: the folder of the table.

    Raises:
        ValueError: one is not or does not; the message says which.
    """
    sizes = {each.name: each.stat().st_size for each in (top / LOG).iterdir()}
    commits = {int(at[1]): name for name in sizes if (at := COMMIT.fullmatch(name))}
    first = _last_checkpoint([name for name, size in sizes.items() if size]) + 1
    for version in range(first, max(commits, default=-1) + 1):
        if version not in commits:
            raise ValueError(f"{LOG}/{version:020}.json is not there, and later commits are")
        if sizes[commits[version]] == 0:
            raise ValueError(f"{LOG}/{commits[version]} has 0 bytes, and a commit says something")


def _last_checkpoint(names: list[str]) -> int:
    """The version of the last checkpoint that is whole; -1 if there is none."""
    versions = [int(at[1]) for name in names if (at := CHECKPOINT.fullmatch(name))]
    parts = Counter((int(at[1]), int(at[2])) for name in names if (at := PART.fullmatch(name)))
    versions += [version for (version, of), there in parts.items() if there == of]
    return max(versions, default=-1)
