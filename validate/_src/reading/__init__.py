"""Readers of tables: from bytes to batches of cells, one small module a format.

content: the bytes of files, unpacked and made UTF-8, a block at a time.
batch: what every reader gives.
records: records of delimited text, read one by one.
delimited: CSV and other delimited text.
native: tables of values that have types already.
columnar: Parquet and Excel.
json: JSON and newline-delimited JSON.
foreign: what only frictionless reads.
"""

from collections.abc import Callable, Mapping
from importlib import import_module

from validate._src.reading.batch import Reader
from validate._src.words.model import Resource

READERS: Mapping[str, tuple[str, str]] = {
    "csv": ("delimited", "DelimitedReader"),
    "tsv": ("delimited", "DelimitedReader"),
    "txt": ("delimited", "DelimitedReader"),
    "json": ("json", "JsonReader"),
    "ndjson": ("json", "NdjsonReader"),
    "jsonl": ("json", "NdjsonReader"),
    "parquet": ("columnar", "ParquetReader"),
    "parq": ("columnar", "ParquetReader"),
    "xlsx": ("columnar", "ExcelReader"),
    "ods": ("foreign", "ForeignReader"),
    "sav": ("foreign", "ForeignReader"),
    "sqlite": ("foreign", "ForeignReader"),
    "xls": ("foreign", "ForeignReader"),
    "inline": ("native", "InlineReader"),
}
"""Module and class of the reader of each format; each is imported when it is needed."""


def open_table(resource: Resource) -> Reader:
    """The reader of a resource, its header read.

    Raises:
        PackageError: the file cannot be read as the descriptor says.
        UnreadableError: what reads the format is not installed.
    """
    module, name = READERS[resource.format]
    make: Callable[[Resource], Reader] = getattr(
        import_module(f"validate._src.reading.{module}"), name
    )
    return make(resource)


def why_unreadable(format_name: str) -> str | None:
    """Why tables in a format cannot be checked, or None for those that can."""
    if format_name in READERS:
        return None
    known = ", ".join(READERS)
    what = f'files of format "{format_name}"' if format_name else "files of no known format"
    return f"{what} cannot be read; known are {known}"
