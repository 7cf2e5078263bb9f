"""The files of data of a snapshot of Iceberg: its list of manifests, and what these have.

Each count that one of them says of the next is held to what is there: a list, a manifest or a
block that is lost would else be a table with fewer rows, and a valid one.

Source: Apache Iceberg, Table Spec, "Manifests", "Manifest Lists" and "Snapshots".
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from json import loads
from typing import Any
from zlib import error as ZlibError  # noqa: N812 - it is called like a function

from pyiceberg.exceptions import ResolveError
from pyiceberg.exceptions import ValidationError as IcebergError
from pyiceberg.manifest import (
    DEFAULT_READ_VERSION,
    MANIFEST_ENTRY_SCHEMAS,
    MANIFEST_LIST_FILE_SCHEMAS,
    DataFile,
    DataFileContent,
    FileFormat,
    ManifestContent,
    ManifestEntry,
    ManifestEntryStatus,
    ManifestFile,
    PartitionFieldSummary,
)
from pyiceberg.partitioning import PartitionSpec
from pyiceberg.schema import Schema
from pyiceberg.table.snapshots import Snapshot

from validate._src.package.avro import records, said_of_itself
from validate._src.package.lakes import BROKEN, TableFolder
from validate._src.words.errors import FileError
from validate._src.words.printing import said_by

OWN_SPEC = "partition-spec"  # in the header of a manifest, the parts of its spec
FILES, ADDED, ROWS = "total-data-files", "added-data-files", "total-records"
LOCAL = re.compile(r"file:/+")
HADOOP = re.compile(r"s3[an]://")  # what Hadoop calls the store that all others call `s3://`
ERRORS = (AttributeError, EOFError, LookupError, TypeError, IcebergError, ResolveError, ZlibError)
"""What is raised where metadata or manifests are damaged, beside `BROKEN`."""
REWRITE = "rewrite its data files first (rewrite_data_files)"


class TableFiles:
    """The files of a table, of which metadata name whole locations, wherever its folder is now."""

    def __init__(self, folder: TableFolder, location: str) -> None:
        """Takes the folder, and where the table says that it is."""
        self._folder, self._location = folder, f"{_plain(location).rstrip('/')}/"
        self.called = folder.called

    def path_of(self, location: str) -> str | None:
        """The path of a file relative to the folder; None if it is elsewhere."""
        plain = _plain(location)
        if not plain.startswith(self._location):
            return None
        return plain.removeprefix(self._location)

    def content(self, location: str) -> bytes:
        """What is in a file.

        Raises:
            FileError: it is not in the folder, or cannot be had.
        """
        path = self.path_of(location)
        if path is None:
            said = f"{location} is not in the folder of the table, and so not read"
            raise FileError(self.called, said)
        try:
            return self._folder.file(path).read_bytes()
        except FileError as error:
            raise FileError(self.called, f"{path}: {error.reason}") from None


def _plain(location: str) -> str:
    """A location in the words that all writers have for it."""
    return HADOOP.sub("s3://", LOCAL.sub("/", location))


@dataclass(frozen=True)
class Tracked:
    """A file of data that is one of a table now.

    Attributes:
        file: what its manifest says of it.
        spec: the partition spec by which its manifest was written.
    """

    file: DataFile
    spec: PartitionSpec


def tracked_files(
    files: TableFiles, snapshot: Snapshot, specs: Mapping[int, PartitionSpec]
) -> list[Tracked]:
    """The files of data of a snapshot.

    Args:
        files: the files of the table.
        snapshot: the snapshot.
        specs: the partition specs of the table, by their numbers.

    Raises:
        FileError: rows are deleted by files of deletes, or there is no list of manifests.
        ValueError: a list or a manifest is cut or damaged, or has other files than is said of it;
            the message says which.
    """
    if not snapshot.manifest_list:
        what = (
            "its manifests stand in the metadata, as they did in the first versions; rewrite them"
        )
        raise FileError(files.called, what)
    path = files.path_of(snapshot.manifest_list)
    manifests: list[ManifestFile] = _records(
        files.content(snapshot.manifest_list),
        path,
        MANIFEST_LIST_FILE_SCHEMAS[DEFAULT_READ_VERSION],
        {-1: ManifestFile, 508: PartitionFieldSummary},
        {517: ManifestContent},
    )
    for manifest in manifests:
        if manifest.content == ManifestContent.DELETES and _read(manifest, files).live:
            what = f"rows of it are deleted by files of deletes, which are not read; {REWRITE}"
            raise FileError(files.called, what)
    found: list[Tracked] = []
    for manifest in manifests:
        if manifest.content == ManifestContent.DATA and (read := _read(manifest, files)).live:
            spec = _spec(manifest.partition_spec_id, read, specs)
            found += [Tracked(entry.data_file, spec) for entry in read.live]
    _check_once(found)
    _check_summary(snapshot, found, len(manifests), path)
    return found


@dataclass(frozen=True)
class _Manifest:
    """A manifest that was read.

    Attributes:
        path: where it is, relative to the folder of the table.
        content: its bytes.
        live: its entries, those left out whose files were taken away.
    """

    path: str | None
    content: bytes
    live: list[ManifestEntry]


def _spec(number: int, read: _Manifest, specs: Mapping[int, PartitionSpec]) -> PartitionSpec:
    """The partition spec of a manifest, by its number.

    Raises:
        ValueError: there is none, or other columns are those of its partitions than its own header
            says, so that columns which files lack would have other values.
    """
    if (spec := specs.get(number)) is None:
        raise ValueError(f"{read.path} is of partition spec {number}, and the metadata have none")
    own = loads(said_of_itself(read.content).get(OWN_SPEC, "null"))
    if isinstance(own, list):
        known = [part.model_dump(by_alias=True) for part in spec.fields]
        if _columns_of(own) != _columns_of(known):
            raise ValueError(f"{read.path} has other partitions than the metadata say")
    return spec


def _columns_of(partitions: Iterable[Mapping[str, Any]]) -> list[Any]:
    """The numbers of the columns whose values partitions are, as JSON has them."""
    identity = (part for part in partitions if str(part.get("transform")) == "identity")
    return [part.get("source-id") for part in identity]


def _read(manifest: ManifestFile, files: TableFiles) -> _Manifest:
    """A manifest, held to what the list of manifests says of it.

    Raises:
        ValueError: it is cut or damaged: what is left of it may be whole to a reader, with fewer
            files than the list of manifests says.
    """
    path, content = files.path_of(manifest.manifest_path), files.content(manifest.manifest_path)
    if len(content) != manifest.manifest_length:
        said = f"the list of manifests says {manifest.manifest_length:,}"
        raise ValueError(f"{path} has {len(content):,} bytes, and {said}")
    entries = [
        entry
        for entry in _records(
            content,
            path,
            MANIFEST_ENTRY_SCHEMAS[DEFAULT_READ_VERSION],
            {-1: ManifestEntry, 2: DataFile},
            {0: ManifestEntryStatus, 101: FileFormat, 134: DataFileContent},
        )
        if entry.status != ManifestEntryStatus.DELETED
    ]
    added, existing = manifest.added_files_count, manifest.existing_files_count
    if added is not None and existing is not None and len(entries) != added + existing:
        said = f"has {len(entries):,} files, and the list of manifests says {added + existing:,}"
        raise ValueError(f"{path} {said}")
    of_data = manifest.content == ManifestContent.DATA
    if any((entry.data_file.content == DataFileContent.DATA) != of_data for entry in entries):
        kinds = ("files of deletes", "files of data")
        said = f"has {kinds[not of_data]}, and the list of manifests says {kinds[of_data]}"
        raise ValueError(f"{path} {said}")
    return _Manifest(path, content, entries)


def _records(
    content: bytes,
    path: str | None,
    schema: Schema,
    types: Mapping[int, Callable[..., Any]],
    enums: Mapping[int, Callable[..., Enum]],
) -> list[Any]:
    """The records of a file of Avro.

    Raises:
        ValueError: it is damaged; the message names it.
    """
    try:
        return [*records(content, schema, types, enums)]
    except (*BROKEN, *ERRORS) as error:
        raise ValueError(f"{path}: {said_by(error)}") from None


def _check_once(found: list[Tracked]) -> None:
    """Checks that no file is one of the table twice: the name of one may stand for another's.

    Raises:
        ValueError: one is.
    """
    seen: set[str] = set()
    for one in found:
        if one.file.file_path in seen:
            raise ValueError(f"its manifests name {one.file.file_path} twice")
        seen.add(one.file.file_path)


def _check_summary(
    snapshot: Snapshot, found: Sequence[Tracked], manifests: int, path: str | None
) -> None:
    """Checks that a snapshot has what its summary counts, as far as it does.

    More is nothing that was lost: writers carry totals on from summary to summary. A list that ends
    behind its header is whole to a reader, so that one without manifests is taken for what it is
    only where the summary says that there is nothing.

    Args:
        snapshot: the snapshot.
        found: its files.
        manifests: how many manifests its list has, those without a file that is left among them.
        path: the path of that list.

    Raises:
        ValueError: it has less.
    """
    files, added, rows = (_counted(snapshot, name) for name in (FILES, ADDED, ROWS))
    least = max(files or 0, added or 0)
    if len(found) < least:
        raise ValueError(
            f"its manifests have {len(found):,} files, and its summary counts {least:,}"
        )
    there = sum(one.file.record_count for one in found)
    if files is None and rows is not None and there < rows:
        raise ValueError(f"its manifests have {there:,} rows, and its summary counts {rows:,}")
    if not manifests and files is None and rows is None:
        said = "has no manifest, and the summary of its snapshot counts neither files nor rows"
        raise ValueError(f"{path} {said}, so that nothing tells it from one that was cut")


def _counted(snapshot: Snapshot, name: str) -> int | None:
    """A number of the summary of a snapshot; None if it has none.

    Raises:
        ValueError: it is no number; the message names it.
    """
    said = snapshot.summary[name] if snapshot.summary is not None else None
    if said is None:
        return None
    try:
        return int(said)
    except ValueError:
        raise ValueError(f"the summary of its snapshot has no number for {name}") from None
