"""What a commit of a table of Delta says of files, and whether it says that as it should.

Source: Delta Transaction Log Protocol, "Actions".
"""

import json
import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from validate._src.package.lakes import LOG
from validate._src.words.finding import shown

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
METRICS = {
    "num_added_files": "added",
    "num_target_files_added": "added",
    "numFilesAdded": "added",
    "num_removed_files": "removed",
    "num_target_files_removed": "removed",
    "numFilesRemoved": "removed",
    "numRemovedFiles": "removed",
    "numTargetFilesRemoved": "removed",
}
"""How many files a commit says it has added or removed: delta-rs both, Spark what it has removed.
What others count as added is not always files of the log."""
NUMBER = re.compile(r"-?\d{1,18}")  # Spark writes it as a text
CHANGES = "/_change_data/"  # where files of changes are, none of which is of the table


@dataclass(frozen=True)
class Added:
    """A file that a commit adds.

    Attributes:
        path: as `spelled`.
        vector: whether a deletion vector says which of its rows are deleted.
        changes: whether the commit says that it changes what rows there are.
    """

    path: str
    vector: bool
    changes: bool


@dataclass(frozen=True)
class Commit:
    """What a commit says of files.

    Attributes:
        name: of its file, within the folder of the table.
        added: in the order of the file.
        removed: their paths, as `spelled`.
    """

    name: str
    added: tuple[Added, ...]
    removed: tuple[str, ...]


def read_commit(file: Path) -> Commit | None:
    """What a commit says; nothing if it is no JSON, or has other values than actions have.

    Raises:
        OSError: it cannot be read.
        ValueError: it has no action, one that is not known, fewer files than it says, or nesting
            without an end; the message names it.
    """
    name = f"{LOG}/{file.name}"
    keys, actions = Counter[str](), list[tuple[str, dict[str, Any]]]()
    try:
        for said in _objects(file):
            keys.update(said.keys())
            actions += [(kind, of) for kind, of in said.items() if isinstance(of, dict)]
    except (ValueError, AttributeError):  # no JSON, or no object
        return None
    except RecursionError:  # a reader's stack may end, too, and its process with it
        raise ValueError(f"{name} is nested too deep") from None
    if not any(kind in ACTIONS for kind, _ in actions):
        raise ValueError(f"{name} has no action, and a commit says something")
    if unknown := sorted(keys.keys() - ACTIONS):
        what = f'says "{shown(unknown[0])}"'
        raise ValueError(f"{name} {what}, which is no action that is known here")
    _check_counts(name, actions)
    paths = [of.get("path") for kind, of in actions if kind in ("add", "remove")]
    if not all(isinstance(path, str) for path in paths):
        return None
    added = (_added(of) for kind, of in actions if kind == "add")
    removed = (spelled(of["path"]) for kind, of in actions if kind == "remove")
    return Commit(name, tuple(added), tuple(removed))


def spelled(path: str) -> str:
    """A path of a log, which is a part of a URL, as each that leads to the same file is."""
    return posixpath.normpath(unquote(path))


def _added(of: Mapping[str, Any]) -> Added:
    vector = of.get("deletionVector") is not None
    return Added(spelled(of["path"]), vector, of.get("dataChange") is True)


def _objects(file: Path) -> Iterator[Any]:
    """What stands in a file of JSON, one value after the other."""
    text = file.read_text("utf-8", errors="replace")
    at = 0
    while begun := NO_SPACE.search(text, at):
        said, at = DECODER.raw_decode(text, begun.start())
        yield said


def _check_counts(name: str, actions: list[tuple[str, dict[str, Any]]]) -> None:
    """Checks that a commit has as many files as it says.

    Raises:
        ValueError: it has not, or says what is no number, or calls a file of the table one of
            changes.
    """
    there = Counter(kind for kind, _ in actions)
    for kind, of in actions:
        path = of.get("path")
        if kind == "cdc" and isinstance(path, str) and CHANGES not in f"/{path}":
            what = f"has {shown(path)} as a file of changes"
            raise ValueError(f"{name} {what}, which are in {CHANGES.strip('/')}")
    # delta-rs counts those of changes among the ones that it has added.
    files = {"added": there["add"] + there["cdc"], "removed": there["remove"]}
    for kind, of in actions:
        said = of.get("operationMetrics") if kind == "commitInfo" else None
        metrics: dict[str, Any] = said if isinstance(said, dict) else {}
        for metric, done in METRICS.items():
            if (number := metrics.get(metric)) is None:
                continue
            if not NUMBER.fullmatch(str(number)):
                what = f'says of {metric} "{shown(str(number))}"'
                raise ValueError(f"{name} {what}, which is no number")
            if files[done] < int(number):
                what = f"has {files[done]:,} files, and says that it has {done} {int(number):,}"
                raise ValueError(f"{name} {what}")
