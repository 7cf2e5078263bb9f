"""Tables of Iceberg: the files of the current snapshot, by metadata and manifests.

Source: Apache Iceberg, Table Spec, versions 1 to 3.
"""

import gzip
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from json import loads
from pathlib import Path
from typing import Any

from pyiceberg.exceptions import ValidationError as IcebergError
from pyiceberg.io import FileIO, InputFile, InputStream, OutputFile
from pyiceberg.manifest import (
    DataFile,
    FileFormat,
    ManifestContent,
    ManifestFile,
    read_manifest_list,
)
from pyiceberg.schema import Schema
from pyiceberg.table.metadata import TableMetadata, TableMetadataUtil
from pyiceberg.table.snapshots import Snapshot
from pyiceberg.transforms import IdentityTransform
from pyiceberg.types import DateType, IcebergType, TimestampType, TimestamptzType

from validate._src.package.evolved import Column
from validate._src.package.lakes import (
    ICEBERG,
    METADATA,
    METADATA_FILE,
    LakeFile,
    LakeTable,
    TableFolder,
    errors_told,
)
from validate._src.words.errors import FileError
from validate._src.words.printing import said_by

HINT = "version-hint.text"
VERSION = re.compile(r"v?(\d+)(?:-.*)?(?:\.gz)?\.metadata\.json", re.DOTALL)
LARGEST = 2**28  # bytes of metadata: they hold schemas and snapshots, and no files
GZIP = b"\x1f\x8b"
NAME_MAPPING = "schema.name-mapping.default"
TOTAL = "total-data-files"
LOCAL = re.compile(r"file:/+")
HADOOP = re.compile(r"s3[an]://")  # what Hadoop calls the store that all others call `s3://`
ERRORS = (LookupError, TypeError, EOFError, IcebergError)
"""What is raised where metadata or manifests are damaged, beside what `errors_told` knows."""
REWRITE = "rewrite its data files first (rewrite_data_files)"


def iceberg_table(folder: TableFolder) -> LakeTable:
    """A table of Iceberg.

    Raises:
        FileError: its metadata or manifests cannot be read, rows of it are deleted by files of
            their own, or its files are not of Parquet.
    """
    with errors_told(folder, ICEBERG, *ERRORS):
        metadata = _metadata(folder, _current(folder))
        schema, snapshot = metadata.schema(), _snapshot(metadata)
        columns = [*_columns(schema, metadata.properties)]
        if snapshot is None:
            return LakeTable(columns, (), ())
        files = [*_files(folder, metadata, snapshot, schema)]
        _check_total(snapshot, len(files))
        return LakeTable(columns, (), files)


def _current(folder: TableFolder) -> str:
    """The name of the metadata that are current.

    They have the highest number. Where a hint stands beside them, those behind it were written
    later, and what comes after a gap was not committed.

    Raises:
        FileError: two of them have that number.
    """
    names = folder.names(METADATA)
    numbers: dict[int, list[str]] = {}
    for name in sorted(names):
        if (known := VERSION.fullmatch(name)) is not None:
            numbers.setdefault(int(known[1]), []).append(name)
    hint = folder.file(f"{METADATA}/{HINT}").read_text("utf-8").strip() if HINT in names else ""
    if hint in names:
        return hint
    where = f"{folder.called}/{METADATA}"
    if not numbers:
        raise FileError(where, f"no file in it has a number and ends in {METADATA_FILE}")
    number = int(hint) if hint.isdecimal() and int(hint) in numbers else max(numbers)
    while number + 1 in numbers:
        number += 1
    if len(numbers[number]) > 1:
        both = " and ".join(numbers[number][:2])
        raise FileError(where, f"{both} are of one version; which is current, only a catalog knows")
    return numbers[number][0]


def _metadata(folder: TableFolder, name: str) -> TableMetadata:
    """The metadata of a table, which may be compressed.

    Raises:
        ValueError: they are damaged; the message names the file.
    """
    with folder.file(f"{METADATA}/{name}").open("rb") as file:
        content = file.read(LARGEST)
    if content.startswith(GZIP):
        with gzip.open(folder.file(f"{METADATA}/{name}")) as unpacked:
            content = unpacked.read(LARGEST)
    try:
        loads(content)  # what it says of broken JSON is one line
        return TableMetadataUtil.parse_raw(content.decode())
    except (ValueError, RecursionError, IcebergError) as error:
        raise ValueError(f"{METADATA}/{name}: {said_by(error)}") from None


def _snapshot(metadata: TableMetadata) -> Snapshot | None:
    """The current snapshot; None if there is none yet, which early writers say by -1.

    Raises:
        ValueError: no snapshot has the number that the current one is said to have.
    """
    number = metadata.current_snapshot_id
    if number is None:  # the library takes -1 as that
        return None
    if (snapshot := metadata.snapshot_by_id(number)) is None:
        raise ValueError(f"its current snapshot is {number}, and no snapshot has that number")
    return snapshot


def _check_total(snapshot: Snapshot, found: int) -> None:
    """Checks that a snapshot has the files of data that its summary counts, if it counts them.

    More of them are none that were lost: writers carry that number on from summary to summary.

    Raises:
        ValueError: it has fewer.
    """
    said = snapshot.summary[TOTAL] if snapshot.summary is not None else None
    if said is not None and found < int(said):
        raise ValueError(
            f"its manifests have {found:,} files, and its summary counts {int(said):,}"
        )


def _columns(schema: Schema, properties: Mapping[str, str]) -> Iterator[Column]:
    """The columns of a table, with what files without numbers may call them."""
    mapped = loads(properties[NAME_MAPPING]) if NAME_MAPPING in properties else []
    aliases = {one["field-id"]: frozenset(one["names"]) for one in mapped if "field-id" in one}
    for field in schema.fields:
        within = frozenset(_within(field.field_type))
        named = aliases.get(field.field_id, frozenset[str]())
        yield Column(field.name, field.field_id, within, named, field.initial_default)


def _within(kind: IcebergType) -> Iterator[tuple[int, str]]:
    """The numbers and names of what is nested in a type."""
    fields: Sequence[Any] = getattr(kind, "fields", ())
    for field in fields:
        yield field.field_id, field.name
        yield from _within(field.field_type)


def _files(
    folder: TableFolder, metadata: TableMetadata, snapshot: Snapshot, schema: Schema
) -> Iterator[LakeFile]:
    """The files of a snapshot.

    Raises:
        FileError: rows are deleted by files of their own, or files are not of Parquet.
    """
    files = _Files(folder, metadata.location)
    if not snapshot.manifest_list:
        what = (
            "its manifests stand in the metadata, as they did in the first versions; rewrite them"
        )
        raise FileError(folder.called, what)
    # Read here, because `manifests` remembers them by their location, and folders move.
    manifests = [*read_manifest_list(files.new_input(snapshot.manifest_list))]
    for manifest in manifests:
        if manifest.content == ManifestContent.DELETES and any(_live(manifest, files)):
            what = f"rows of it are deleted by files of deletes, which are not read; {REWRITE}"
            raise FileError(folder.called, what)
    for manifest in manifests:
        if manifest.content == ManifestContent.DATA:
            sources = _identities(metadata, manifest, schema)
            for one in _live(manifest, files):
                yield _file(one, files, sources)


def _live(manifest: ManifestFile, files: "_Files") -> Iterator[DataFile]:
    """The files that a manifest has, those left out that were taken away.

    Raises:
        ValueError: it is cut or damaged: what is left of it may be whole to a reader, with fewer
            files than the list of manifests says.
    """
    path = files.path_of(manifest.manifest_path)
    size = len(files.new_input(manifest.manifest_path))
    if size != manifest.manifest_length:
        said = f"has {size:,} bytes, and the list of manifests says {manifest.manifest_length:,}"
        raise ValueError(f"{path} {said}")
    entries = manifest.fetch_manifest_entry(files, discard_deleted=True)
    added, existing = manifest.added_files_count, manifest.existing_files_count
    if added is not None and existing is not None and len(entries) != added + existing:
        said = f"has {len(entries):,} files, and the list of manifests says {added + existing:,}"
        raise ValueError(f"{path} {said}")
    for entry in entries:
        yield entry.data_file


def _identities(
    metadata: TableMetadata, manifest: ManifestFile, schema: Schema
) -> Mapping[int, tuple[int, IcebergType]]:
    """The columns whose values are those of a partition: its place, the number, the type."""
    spec = metadata.specs()[manifest.partition_spec_id]
    return {
        spec.fields.index(part): (column.field_id, column.field_type)
        for column in schema.fields
        for part in spec.fields_by_source_id(column.field_id)
        if isinstance(part.transform, IdentityTransform)
    }


def _file(
    one: DataFile, files: "_Files", sources: Mapping[int, tuple[int, IcebergType]]
) -> LakeFile:
    if one.file_format != FileFormat.PARQUET:
        return LakeFile(
            one.file_path, refused=f"a file of {one.file_format.value}; only Parquet is read"
        )
    path = files.path_of(one.file_path)
    if path is None:
        return LakeFile(one.file_path, refused="not in the folder of its table, and so not read")
    fallbacks = {number: _value(one.partition[at], kind) for at, (number, kind) in sources.items()}
    return LakeFile(path, fallbacks=fallbacks, size=one.file_size_in_bytes)


def _value(value: Any, kind: IcebergType) -> Any:
    """What a partition says of a column, of which manifests have days and moments as numbers."""
    if not isinstance(value, int) or isinstance(value, bool):
        return value
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    match kind:
        case DateType():
            return (epoch + timedelta(days=value)).date()
        case TimestampType():
            return (epoch + timedelta(microseconds=value)).replace(tzinfo=None)
        case TimestamptzType():
            return epoch + timedelta(microseconds=value)
        case _:
            return value


class _Files(FileIO):
    """The files of a table, of which metadata name whole locations, wherever its folder is now."""

    def __init__(self, folder: TableFolder, location: str) -> None:
        super().__init__()
        self._folder, self._location = folder, f"{_plain(location).rstrip('/')}/"

    def path_of(self, location: str) -> str | None:
        """The path of a file relative to the folder; None if it is elsewhere."""
        plain = _plain(location)
        if not plain.startswith(self._location):
            return None
        return plain.removeprefix(self._location)

    def new_input(self, location: str) -> InputFile:
        """A file to read.

        Raises:
            FileError: it is not in the folder, or cannot be had.
        """
        path = self.path_of(location)
        if path is None:
            raise FileError(location, "not in the folder of its table, and so not read")
        return _File(location, self._folder.file(path))

    def new_output(self, location: str) -> OutputFile:
        """None: nothing is written."""
        raise NotImplementedError

    def delete(self, location: str | InputFile | OutputFile) -> None:
        """Never: nothing is deleted."""
        raise NotImplementedError


class _File(InputFile):
    """A file that is at hand."""

    def __init__(self, location: str, file: Path) -> None:
        super().__init__(location)
        self._file = file

    def __len__(self) -> int:
        return self._file.stat().st_size

    def exists(self) -> bool:
        """Whether it is there."""
        return self._file.is_file()

    def open(self, seekable: bool = True) -> InputStream:
        """The file, opened; all of them can be read from anywhere."""
        return self._file.open("rb")  # pyright: ignore[reportReturnType] - names of arguments


def _plain(location: str) -> str:
    """A location in the words that all writers have for it."""
    return HADOOP.sub("s3://", LOCAL.sub("/", location))
