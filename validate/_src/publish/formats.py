"""The formats of exports, an entry each."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from validate._src.publish import archive, duckdb, parquet, spreadsheet, sqlite, workbook
from validate._src.publish.content import Content


def _needs_nothing() -> None:
    """A format that needs no library of its own."""


@dataclass(frozen=True)
class Format:
    """A format of exports.

    Attributes:
        name: its name.
        write: writes a package into a folder or stream, and yields what is to be known of it.
        ending: what the name of the package gets where no path is given.
        is_folder: whether there is a file a table, in a folder.
        check_installed: checks that the library is there which it needs.
    """

    name: str
    write: Callable[[Content, Any], Iterator[str]]
    ending: str
    is_folder: bool = False
    check_installed: Callable[[], None] = _needs_nothing


FORMATS: Mapping[str, Format] = {
    one.name: one
    for one in (
        Format("parquet", parquet.write, "-parquet", is_folder=True),
        Format("sqlite", sqlite.write, ".sqlite"),
        Format("duckdb", duckdb.write, ".duckdb", check_installed=duckdb.check_installed),
        Format("xlsx", workbook.write, ".xlsx", check_installed=workbook.check_installed),
        Format("csv", spreadsheet.write, "-csv", is_folder=True),
        Format("zip", archive.write, ".zip"),
    )
}
"""The formats by name."""
