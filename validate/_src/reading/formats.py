"""The formats of files, an entry each: their names, their reader, what `init` makes of them."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath, PurePosixPath
from typing import Literal

from validate._src.reading.batch import Reader
from validate._src.reading.compression import compression_named
from validate._src.words.errors import FileError
from validate._src.words.model import Resource

JSON, NDJSON, PARQUET, INLINE, FRAME = "json", "ndjson", "parquet", "inline", "frame"
WITHOUT_FILES = (INLINE, FRAME)
"""Formats of data that stand in the descriptor or in memory; no file is of one."""


@dataclass(frozen=True)
class Format:
    """A format of files.

    Attributes:
        names: what the property `format` calls it, and how file names end, in lower case.
        reader: module and class of its reader; the module is imported when it is needed.
        media_type: what the property `mediatype` calls it; empty if it has no such name.
        delimiter: what parts cells if the dialect does not say.
        is_text: whether a text that stands in the descriptor can be of it.
        described: what `init` looks for beside labels and types of columns: the encoding and
            "dialect", which "sheet" or "table" it is, nothing where cells have "types" already.
            None if it does not describe such files.
        written_as: the format that `init` writes where the file's name does not say it.
    """

    names: tuple[str, ...]
    reader: str
    media_type: str = ""
    delimiter: str = ","
    is_text: bool = False
    described: Literal["dialect", "sheet", "table", "types"] | None = None
    written_as: str = ""


FORMATS = (
    Format(
        names=("csv",),
        reader="delimited:DelimitedReader",
        media_type="text/csv",
        is_text=True,
        described="dialect",
    ),
    Format(
        names=("tsv",),
        reader="delimited:DelimitedReader",
        media_type="text/tab-separated-values",
        delimiter="\t",
        is_text=True,
        described="dialect",
    ),
    Format(
        names=("txt",),
        reader="delimited:DelimitedReader",
        is_text=True,
        described="dialect",
        written_as="csv",
    ),
    Format(
        names=(JSON,),
        reader="json:JsonReader",
        media_type="application/json",
        is_text=True,
        described="types",
    ),
    Format(
        names=(NDJSON, "jsonl"),
        reader="ndjson:NdjsonReader",
        media_type="application/x-ndjson",
        is_text=True,
        described="types",
    ),
    Format(
        names=(PARQUET, "parq"),
        reader="parquet:ParquetReader",
        media_type="application/vnd.apache.parquet",
        described="types",
    ),
    Format(
        names=("xlsx", "xlsm"),
        reader="excel:SheetReader",
        media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        described="sheet",
    ),
    Format(
        names=("xls",),
        reader="excel:SheetReader",
        media_type="application/vnd.ms-excel",
        described="sheet",
    ),
    Format(
        names=("ods",),
        reader="excel:SheetReader",
        media_type="application/vnd.oasis.opendocument.spreadsheet",
        described="sheet",
    ),
    Format(
        names=("sav", "zsav"),
        reader="spss:SpssReader",
        media_type="application/x-spss-sav",
        described="types",
    ),
    Format(
        names=("sqlite", "sqlite3", "db"),
        reader="sqlite:SqliteReader",
        media_type="application/vnd.sqlite3",
        described="table",
    ),
    Format(names=(INLINE,), reader="native:InlineReader"),
    Format(names=(FRAME,), reader="frames:FrameReader"),
)
_BY_NAME = {name: one for one in FORMATS for name in one.names}
_BY_MEDIA_TYPE = {one.media_type: one for one in FORMATS if one.media_type}


def format_named(name: str) -> Format | None:
    """The format with this name; None if we do not read it."""
    return _BY_NAME.get(name)


def name_by_media_type(media_type: str) -> str:
    """The name of the format with a media type, which may have parameters; empty if none has."""
    found = _BY_MEDIA_TYPE.get(media_type.partition(";")[0].strip().lower())
    return found.names[0] if found else ""


def by_path(path: str) -> tuple[str, str]:
    """The names of the format and of the compression that the end of a path stands for."""
    suffixes = [suffix.lstrip(".").lower() for suffix in PurePosixPath(path).suffixes]
    compression = compression_named(suffixes[-1]) if suffixes else None
    if compression:
        suffixes.pop()
    return suffixes[-1] if suffixes else "", compression or ""


def is_table(file: PurePath) -> bool:
    """Whether a file must be a table by its name; one of JSON may be a descriptor."""
    name = file.suffix.lower().lstrip(".")
    return name in _BY_NAME and name not in (JSON, *WITHOUT_FILES)


def has_footers(resource: Resource) -> bool:
    """Whether a table consists of Parquet files, which are there."""
    known = format_named(resource.format)
    is_parquet = known is not None and PARQUET in known.names and not resource.compression
    return is_parquet and all(part.file is not None and not part.absent for part in resource.parts)


def are_lines(resource: Resource) -> bool:
    """Whether a table consists of newline-delimited JSON."""
    known = format_named(resource.format)
    return known is not None and NDJSON in known.names


def described_formats() -> list[str]:
    """The names of the formats that `init` describes."""
    return [name for name, one in _BY_NAME.items() if one.described]


def check_unpacked(resource: Resource) -> None:
    """Checks that the files of a resource are not compressed, unless they are of text.

    Raises:
        FileError: they are; what reads other formats has to find its way about in a file.
    """
    if resource.compression and not _BY_NAME[resource.format].is_text:
        part = resource.parts[0]
        part.check()
        what = f"files of format {resource.format} are not read compressed; unpack it"
        raise FileError(part.location, what)


def open_table(resource: Resource) -> Reader:
    """The reader of a resource, its header read.

    Raises:
        PackageError: the file cannot be read as the descriptor says.
        UnreadableError: what reads the format is not installed.
    """
    check_unpacked(resource)
    module, name = _BY_NAME[resource.format].reader.split(":")
    make: Callable[[Resource], Reader] = getattr(
        import_module(f"validate._src.reading.{module}"), name
    )
    return make(resource)


def why_unreadable(format_name: str) -> str | None:
    """Why files of a format cannot be checked, or None for those that can."""
    readable = [name for name in _BY_NAME if name not in WITHOUT_FILES]
    if format_name in readable:
        return None
    known = ", ".join(readable)
    what = f'files of format "{format_name}"' if format_name else "files of no known format"
    return f"{what} cannot be read; known are {known}"
