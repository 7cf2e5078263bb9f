"""Tables of Iceberg: the files of the current snapshot, by metadata and manifests.

Source: Apache Iceberg, Table Spec, versions 1 to 3.
"""

import gzip
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from json import loads
from typing import Any
from uuid import UUID
from warnings import catch_warnings

from pyiceberg.manifest import DataFile, FileFormat
from pyiceberg.partitioning import PartitionSpec
from pyiceberg.schema import Schema
from pyiceberg.table.metadata import TableMetadata, TableMetadataUtil
from pyiceberg.table.refs import MAIN_BRANCH
from pyiceberg.table.snapshots import Snapshot
from pyiceberg.transforms import IdentityTransform
from pyiceberg.types import (
    DateType,
    IcebergType,
    ListType,
    MapType,
    StructType,
    TimestampType,
    TimestamptzType,
    TimeType,
)

from validate._src.package.evolved import Column
from validate._src.package.lakes import (
    BROKEN,
    ICEBERG,
    METADATA,
    METADATA_FILE,
    VERSION_HINT,
    LakeFile,
    LakeTable,
    TableFolder,
    errors_told,
)
from validate._src.package.manifests import ERRORS, TableFiles, tracked_files
from validate._src.words.errors import FileError
from validate._src.words.finding import shown
from validate._src.words.printing import said_by

CURRENT = "current-snapshot-id"
VERSION = re.compile(r"v?(\d+)(?:-.*)?(?:\.gz)?\.metadata\.json", re.DOTALL)
DIGITS = 20  # of a version: Python refuses to read a number of thousands of them
LARGEST = 2**28  # bytes of metadata: they hold schemas and snapshots, and no files
GZIP = b"\x1f\x8b"
NAME_MAPPING = "schema.name-mapping.default"


def iceberg_table(folder: TableFolder) -> LakeTable:
    """A table of Iceberg.

    Raises:
        FileError: its metadata or manifests cannot be read, or rows of it are deleted by files of
            their own.
    """
    with errors_told(folder, ICEBERG, *ERRORS):
        metadata = _metadata(folder, _current(folder))
        schema, snapshot = metadata.schema(), metadata.current_snapshot()
        columns = [*_columns(schema, metadata.properties)]
        if snapshot is None:
            return LakeTable(columns, (), ())
        files = [*_files(folder, metadata, snapshot, schema)]
        return LakeTable(columns, (), files)


def _current(folder: TableFolder) -> str:
    """The name of the metadata that are current.

    They have the highest number. Where a hint stands beside them, those behind it were written
    later, and what comes after a gap was not committed.

    Raises:
        FileError: two of them have that number, or a hint names none of them.
    """
    names = folder.names(METADATA)
    numbers: dict[int, list[str]] = {}
    for name in sorted(names):
        if (known := VERSION.fullmatch(name)) is not None:
            numbers.setdefault(int(known[1]), []).append(name)
    where = f"{folder.called}/{METADATA}"
    if VERSION_HINT not in names:
        if not numbers:
            raise FileError(where, f"no file in it has a number and ends in {METADATA_FILE}")
        return _latest(numbers, max(numbers), where)
    hint = folder.file(f"{METADATA}/{VERSION_HINT}").read_text("utf-8", "replace").strip()
    last = hint.rpartition("/")[2]  # some writers have a name in it, or a whole location
    for name in (last, f"{last}{METADATA_FILE}"):
        if name in names:
            return name
    if hint.isdecimal() and len(hint) < DIGITS and int(hint) in numbers:
        return _latest(numbers, int(hint), where)
    what = f'{VERSION_HINT} names "{shown(hint)}"' if hint else f"{VERSION_HINT} is empty"
    why = "so that the current version is not known"
    raise FileError(where, f"{what}, {why}; restore what it names, or delete {VERSION_HINT}")


def _latest(numbers: Mapping[int, Sequence[str]], number: int, where: str) -> str:
    """The name of the last metadata from a number on, up to a gap.

    Raises:
        FileError: two have its number.
    """
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
    file = folder.file(f"{METADATA}/{name}")
    try:
        with file.open("rb") as opened:
            content = opened.read(LARGEST)
        if content.startswith(GZIP):
            with gzip.open(file) as unpacked:
                content = unpacked.read(LARGEST)
        said = loads(content)  # what it says of broken JSON is one line
        with catch_warnings(action="ignore"):  # of summaries that say nothing of what was done
            metadata = TableMetadataUtil.parse_raw(content.decode())
        _check_current(metadata, is_said=CURRENT in said)
        _check_numbers(metadata)
    except (*BROKEN, *ERRORS) as error:
        raise ValueError(f"{METADATA}/{name}: {said_by(error)}") from None
    return metadata


def _check_current(metadata: TableMetadata, *, is_said: bool) -> None:
    """Checks that metadata are sure of their current snapshot, or that there is none yet.

    Early writers say that by -1, which the library takes as nothing.

    Args:
        metadata: the metadata.
        is_said: whether they have such a property at all.

    Raises:
        ValueError: there is no such snapshot, the main branch has another, or there are snapshots
            and none is said to be current.
    """
    number, main = metadata.current_snapshot_id, metadata.refs.get(MAIN_BRANCH)
    if main is not None and main.snapshot_id != number:
        said = f"the main branch is at {main.snapshot_id}"
        raise ValueError(f"its current snapshot is {number or 'not named'}, and {said}")
    if number is None and metadata.snapshots and not is_said:
        raise ValueError(f"it has snapshots, and does not say which is current ({CURRENT})")
    if number is not None and metadata.snapshot_by_id(number) is None:
        raise ValueError(f"its current snapshot is {number}, and no snapshot has that number")


def _check_numbers(metadata: TableMetadata) -> None:
    """Checks that the columns have the numbers that were given: by these they are found in files.

    Raises:
        ValueError: there is no column, two have one number, or one has a number that none has yet.
    """
    schema, last = metadata.schema(), metadata.last_column_id
    numbers = [one.field_id for one in schema.fields]
    if not numbers:
        raise ValueError("its schema has no column")
    if len(numbers) != len({*numbers}):
        raise ValueError("two columns of its schema have one number")
    if (highest := schema.highest_field_id) > last:
        said = f"the last that was given is {last}"
        raise ValueError(f"a column of its schema has the number {highest}, and {said}")


def _columns(schema: Schema, properties: Mapping[str, str]) -> Iterator[Column]:
    """The columns of a table, with what files without numbers may call them."""
    aliases = _aliases(properties.get(NAME_MAPPING, "[]"))
    for field in schema.fields:
        within = frozenset(_within(field.field_type))
        named = aliases.get(field.field_id, frozenset[str]())
        default = _value(field.initial_default, field.field_type)
        yield Column(field.name, field.field_id, within, named, default)


def _aliases(mapping: str) -> Mapping[int, frozenset[str]]:
    """What files without numbers call the columns, by the numbers of these.

    Raises:
        ValueError: the mapping is damaged; the message says whose.
    """
    try:
        return {
            one["field-id"]: frozenset(one["names"]) for one in loads(mapping) if "field-id" in one
        }
    except (*BROKEN, *ERRORS):
        raise ValueError(f"its property {NAME_MAPPING} is no mapping of names") from None


def _within(kind: IcebergType) -> Iterator[tuple[int, str]]:
    """The numbers and names of what is nested in a type; what is in lists and maps has no names."""
    match kind:
        case StructType():
            named = [(field, field.name) for field in kind.fields]
        case ListType():
            named = [(kind.element_field, "")]
        case MapType():
            named = [(kind.key_field, ""), (kind.value_field, "")]
        case _:
            named = []
    for field, name in named:
        yield field.field_id, name
        yield from _within(field.field_type)


def _files(
    folder: TableFolder, metadata: TableMetadata, snapshot: Snapshot, schema: Schema
) -> Iterator[LakeFile]:
    """The files of a snapshot.

    Raises:
        FileError: rows are deleted by files of their own.
        ValueError: a list or a manifest is damaged, or a partition spec is not there.
    """
    files = TableFiles(folder, metadata.location)
    sources: dict[int, Mapping[int, tuple[int, IcebergType]]] = {}
    for one in tracked_files(files, snapshot, metadata.specs()):
        if one.spec.spec_id not in sources:
            sources[one.spec.spec_id] = _identities(one.spec, schema)
        yield _file(one.file, files, sources[one.spec.spec_id])


def _identities(spec: PartitionSpec, schema: Schema) -> Mapping[int, tuple[int, IcebergType]]:
    """The columns whose values are those of a partition: its place, the number, the type."""
    return {
        spec.fields.index(part): (column.field_id, column.field_type)
        for column in schema.fields
        for part in spec.fields_by_source_id(column.field_id)
        if isinstance(part.transform, IdentityTransform)
    }


def _file(
    one: DataFile, files: TableFiles, sources: Mapping[int, tuple[int, IcebergType]]
) -> LakeFile:
    if one.file_format != FileFormat.PARQUET:
        return LakeFile(
            one.file_path, refused=f"a file of {one.file_format.value}; only Parquet is read"
        )
    path = files.path_of(one.file_path)
    if path is None:
        return LakeFile(one.file_path, refused="not in the folder of its table, and so not read")
    fallbacks = {number: _value(one.partition[at], kind) for at, (number, kind) in sources.items()}
    return LakeFile(path, (), fallbacks, one.file_size_in_bytes, one.record_count)


def _value(value: Any, kind: IcebergType) -> Any:
    """What a partition or a default says of a column, as a value that files have.

    Manifests have days, times and moments as numbers; of a UUID files have the bytes.
    """
    if isinstance(value, UUID):
        return value.bytes
    if not isinstance(value, int) or isinstance(value, bool):
        return value
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    match kind:
        case DateType():
            return (epoch + timedelta(days=value)).date()
        case TimeType():
            return (epoch + timedelta(microseconds=value)).time()
        case TimestampType():
            return (epoch + timedelta(microseconds=value)).replace(tzinfo=None)
        case TimestamptzType():
            return epoch + timedelta(microseconds=value)
        case _:
            return value
