"""Tables of Iceberg, written by hand, so that each may have a history of its own."""

import json
import uuid

import polars as pl
from arro3.core import Schema as ArrowSchema
from arro3.core import Table as ArrowTable
from pyiceberg.io import InputFile, OutputFile
from pyiceberg.manifest import (
    DataFile,
    DataFileContent,
    FileFormat,
    ManifestContent,
    ManifestEntry,
    ManifestEntryStatus,
    ManifestWriterV2,
    write_manifest_list,
)
from pyiceberg.partitioning import PartitionSpec
from pyiceberg.schema import Schema
from pyiceberg.typedef import Record

SNAPSHOT = 7


class Out(OutputFile):
    """A file that is written here, whatever location it says that it has."""

    def __init__(self, location, file):
        super().__init__(location)
        self.file = file

    def __len__(self):
        return self.file.stat().st_size

    def exists(self):
        return self.file.exists()

    def to_input_file(self) -> InputFile:
        raise NotImplementedError

    def create(self, overwrite=False):
        return self.file.open("wb")


class OfDeletes(ManifestWriterV2):
    """A manifest of files of deletes."""

    def content(self):
        return ManifestContent.DELETES


class IcebergTable:
    """A table of Iceberg.

    Attributes:
        folder: where it is.
        location: where it says that it is.
    """

    def __init__(self, folder, fields, partitions=(), location=None):
        """Makes its folders.

        Args:
            folder: where it will be.
            fields: number, name and type of its columns.
            partitions: numbers of the columns by whose values it is parted.
            location: where it says that it is.
        """
        self.folder, self.location = folder, location or f"file://{folder}"
        self.fields, self.partitions, self.properties = [*fields], partitions, {}
        self._version = 0
        for name in ("data", "metadata"):
            (folder / name).mkdir(parents=True)

    def write(self, name, frame, numbers, kinds=None):
        """Writes a file of data, whose columns have these numbers; gives its path.

        Args:
            name: of the file.
            frame: its rows.
            numbers: of its columns; None for one without.
            kinds: the types of some columns as Arrow has them, by name.
        """
        schema = ArrowTable.from_arrow(frame).schema
        fields = {column: schema.field(column) for column in frame.columns}
        for column, kind in (kinds or {}).items():
            fields[column] = fields[column].with_type(kind)
        named = [
            fields[column].with_metadata({"PARQUET:field_id": str(number)})
            if number is not None
            else fields[column]
            for column, number in zip(frame.columns, numbers, strict=True)
        ]
        file = self.folder / "data" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        frame.write_parquet(file, arrow_schema=ArrowSchema(named))
        return f"data/{name}"

    def commit(self, *paths, deleted=(), hint=None, form=FileFormat.PARQUET):
        """Makes a snapshot of files, each a path or one with the values of its partition.

        Args:
            paths: of the files.
            deleted: files by which rows of them are deleted.
            hint: what is written into the hint of the current version, if anything.
            form: the format that the files are said to have.
        """
        self._version += 1
        manifests = [self._manifest(ManifestWriterV2, paths, DataFileContent.DATA, form)]
        if deleted:
            content = DataFileContent.POSITION_DELETES
            manifests.append(self._manifest(OfDeletes, deleted, content, form))
        name = f"metadata/snap-{uuid.uuid4()}.avro"
        with write_manifest_list(2, self._out(name), SNAPSHOT, None, self._version, "null") as out:
            out.add_manifests(manifests)
        snapshot = {
            "snapshot-id": SNAPSHOT,
            "sequence-number": self._version,
            "timestamp-ms": 0,
            "manifest-list": f"{self.location}/{name}",
            "summary": {"operation": "append"},
            "schema-id": 0,
        }
        self.write_metadata(f"{self._version:05}-{uuid.uuid4()}.metadata.json", snapshot)
        if hint is not None:
            (self.folder / "metadata" / "version-hint.text").write_text(hint, "utf-8")

    def write_metadata(self, name, snapshot=None):
        """Writes metadata, with a snapshot or without one."""
        content = {
            "format-version": 2,
            "table-uuid": str(uuid.uuid4()),
            "location": self.location,
            "last-sequence-number": self._version,
            "last-updated-ms": 0,
            "last-column-id": Schema.model_validate(self._schema).highest_field_id,
            "schemas": [self._schema],
            "current-schema-id": 0,
            "partition-specs": [self._spec],
            "default-spec-id": 0,
            "last-partition-id": 1000 + len(self.partitions),
            "properties": self.properties,
            "sort-orders": [{"order-id": 0, "fields": []}],
            "default-sort-order-id": 0,
            "snapshots": [],
        }
        if snapshot is not None:
            content |= {"current-snapshot-id": SNAPSHOT, "snapshots": [snapshot]}
        (self.folder / "metadata" / name).write_text(json.dumps(content), "utf-8")

    @property
    def _schema(self):
        fields = [
            {"id": number, "name": name, "required": False, "type": kind, **dict(more)}
            for number, name, kind, *more in self.fields
        ]
        return {"type": "struct", "schema-id": 0, "fields": fields}

    @property
    def _spec(self):
        names = {number: name for number, name, *_ in self.fields}
        fields = [
            {
                "source-id": number,
                "field-id": 1000 + at,
                "transform": "identity",
                "name": f"p_{names[number]}",
            }
            for at, number in enumerate(self.partitions)
        ]
        return {"spec-id": 0, "fields": fields}

    def _out(self, path):
        return Out(f"{self.location}/{path}", self.folder / path)

    def _manifest(self, kind, paths, content, form):
        schema = Schema.model_validate(self._schema)
        spec = PartitionSpec.model_validate(self._spec)
        out = self._out(f"metadata/{uuid.uuid4()}.avro")
        with kind(spec, schema, out, SNAPSHOT, "null") as writer:
            for path in paths:
                path, values = (path, ()) if isinstance(path, str) else path
                writer.add_entry(self._entry(path, values, content, form))
        return writer.to_manifest_file()

    @staticmethod
    def _height(file):
        """How many rows a file has; 1 where it cannot be told."""
        if not file.is_file() or file.suffix != ".parquet":
            return 1
        return pl.scan_parquet(file).select(pl.len()).collect().item()

    def _entry(self, path, values, content, form):
        location = path if "://" in path or path.startswith("/") else f"{self.location}/{path}"
        file = self.folder / path
        one = DataFile.from_args(
            content=content,
            file_path=location,
            file_format=form,
            partition=Record(*values),
            record_count=self._height(file),
            file_size_in_bytes=file.stat().st_size if file.is_file() else 1,
        )
        return ManifestEntry.from_args(
            status=ManifestEntryStatus.ADDED,
            snapshot_id=SNAPSHOT,
            sequence_number=self._version,
            file_sequence_number=self._version,
            data_file=one,
        )
