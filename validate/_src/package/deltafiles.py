"""Whether all that the log of a table of Delta says of its files agrees.

Source: Delta Transaction Log Protocol, "Action Reconciliation", "Last Checkpoint File" and "Version
Checksum File".
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from validate._src.package.deltacommits import Commit, spelled
from validate._src.package.deltalog import DeltaLog
from validate._src.package.lakes import LAST_CHECKPOINT, LOG
from validate._src.words.finding import shown

FILES, SIZE = ("numFiles", "numOfAddFiles"), "tableSizeBytes"  # of a checksum


@dataclass(frozen=True)
class Checkpoint:
    """What a checkpoint has.

    Attributes:
        actions: how many.
        files: those of the table, by their paths as `spelled`: whether a deletion vector says
            which of their rows are deleted.
    """

    actions: int
    files: Mapping[str, bool]


def check_files(top: Path, log: DeltaLog, added: pl.DataFrame) -> bool:
    """Checks that the files which a library has found are those of the log, each of them once.

    Args:
        top: the folder of the table.
        log: its log.
        added: the files that were found, with `path` and `size_bytes`.

    Returns:
        Whether a deletion vector says of one of them which of its rows are deleted.

    Raises:
        OSError: a part of the log cannot be read.
        ValueError: they are not, or a file of the log says otherwise; the message names it.
    """
    found = set[str]()
    for path in map(spelled, added["path"]):
        if path in found:
            raise ValueError(f"{LOG} has {shown(path)} twice, and each of its rows with it")
        found.add(path)
    _check_checksum(top, log, added)
    checkpoint = _checkpoint(top, log)
    _check_hint(top, log, checkpoint)
    if log.is_all:
        live = _replayed(log.commits, {})
    elif checkpoint:
        live = _replayed(log.commits, checkpoint.files)
    else:
        return False
    if differing := sorted(found ^ live.keys()):
        named = f"{LOG}/{log.parts[0]}" if log.parts else LOG
        which = "has" if differing[0] in found else "has not"
        what = f"{which} {shown(differing[0])}, and its commits say otherwise"
        raise ValueError(f"{named} {what}")
    return any(live.values())


def _replayed(commits: tuple[Commit, ...], begin: Mapping[str, bool]) -> dict[str, bool]:
    """The files of a table after some commits, and whether a deletion vector goes with each.

    Raises:
        ValueError: a commit removes what is not there, or adds as a change what is.
    """
    live = dict(begin)
    for commit in commits:
        for path in commit.removed:  # before what is added: a new vector is of the same path
            if path not in live:
                raise ValueError(f"{commit.name} removes {shown(path)}, which was not there")
            del live[path]
        for each in commit.added:
            if each.changes and each.path in live:
                raise ValueError(f"{commit.name} adds {shown(each.path)}, which was there already")
            live[each.path] = each.vector
    return live


def _checkpoint(top: Path, log: DeltaLog) -> Checkpoint | None:
    """What the last checkpoint has; None if there is none, or others have the files for it."""
    if not log.parts or not all(name.endswith(".parquet") for name in log.parts):
        return None
    actions, files = 0, dict[str, bool]()
    for name in log.parts:
        file = pl.scan_parquet(top / LOG / name)
        kinds = file.collect_schema()
        beside = pl.col("sidecar").is_not_null().any()
        if "sidecar" in kinds and file.select(beside).collect().item():
            return None
        actions += file.select(pl.len()).collect().item()
        add = kinds.get("add")
        if not isinstance(add, pl.Struct):
            continue
        of = {field.name for field in add.fields}
        vector = pl.lit(value=False)
        if "deletionVector" in of:
            told = pl.col("add").struct.field("deletionVector")
            vector = told.struct.field("storageType").is_not_null()
        pairs = file.select(pl.col("add").struct.field("path"), vector.alias("vector"))
        rows = pairs.filter(pl.col("path").is_not_null()).collect().iter_rows()
        for path, has_vector in rows:
            if spelled(path) in files:
                raise ValueError(f"{LOG}/{name} has {shown(path)} twice")
            files[spelled(path)] = has_vector
    return Checkpoint(actions, files)


def _check_hint(top: Path, log: DeltaLog, checkpoint: Checkpoint | None) -> None:
    """Checks that the last checkpoint has what is said of it.

    Raises:
        ValueError: it has not, or what is said is of a version that is not there.
    """
    said = _said(top / LOG / LAST_CHECKPOINT)
    version = said.get("version")
    if isinstance(version, int) and version > log.last:
        what = f"is of version {version:,}, and the last commit that is there of {log.last:,}"
        raise ValueError(f"{LOG}/{LAST_CHECKPOINT} {what}")
    if checkpoint is None or version != log.checkpoint:
        return
    there = {"size": checkpoint.actions, "numOfAddFiles": len(checkpoint.files)}
    for name, number in there.items():
        if said.get(name) not in (None, number):
            what = f"has {number:,} as {name}, and {LAST_CHECKPOINT} says {shown(str(said[name]))}"
            raise ValueError(f"{LOG}/{log.parts[0]} {what}")


def _check_checksum(top: Path, log: DeltaLog, added: pl.DataFrame) -> None:
    """Checks that a table has the files and bytes that the checksum of its version says.

    Raises:
        ValueError: it has not.
    """
    file = top / LOG / f"{log.last:020}.crc"
    said = _said(file)
    there = dict.fromkeys(FILES, added.height) | {SIZE: int(added["size_bytes"].sum() or 0)}
    for name, number in there.items():
        if said.get(name) not in (None, number):
            what = f"says {shown(str(said[name]))} as {name}, and the log has {number:,}"
            raise ValueError(f"{LOG}/{file.name} {what}")


def _said(file: Path) -> dict[str, Any]:
    """What an object of JSON in a log says; nothing if it is not there.

    Raises:
        ValueError: it is none.
    """
    if not file.exists():
        return {}
    try:
        said = json.loads(file.read_bytes())
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise ValueError(f"{LOG}/{file.name} is no JSON object; restore or delete it")
    return said
