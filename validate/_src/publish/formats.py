"""The formats of exports, an entry each."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from validate._src.publish import archive, duckdb, parquet, spreadsheet, sqlite, workbook
from validate._src.publish.content import Content
from validate._src.publish.standards import folder
from validate._src.publish.standards.folder import STANDARDS
from validate._src.words.errors import PackageError
from validate._src.words.filenames import stem
from validate._src.words.model import Package
from validate._src.words.printing import no_such


def _needs_nothing() -> None:
    """A format that needs no library of its own."""


@dataclass(frozen=True)
class Format:
    """A format of exports.

    Attributes:
        name: its name.
        purpose: what it is for, behind "for".
        write: writes a package into a folder or stream, and yields what is to be known of it.
        ending: what the name of the package gets where no path is given.
        file: what the file is called instead, if its readers look for a name.
        is_folder: whether there are several files, in a folder.
        has_tables: whether there must be a table in it.
        check_installed: checks that the library is there which it needs.
    """

    name: str
    purpose: str
    write: Callable[[Content, Any], Iterator[str]]
    ending: str = ""
    file: str = ""
    is_folder: bool = False
    has_tables: bool = True
    check_installed: Callable[[], None] = _needs_nothing

    def name_for(self, package: Package) -> str:
        """What the file or folder is called where no path is given."""
        return self.file or stem(package.name) + self.ending


FORMATS: Mapping[str, Format] = {
    one.name: one
    for one in (
        Format(
            "parquet",
            "Polars, pandas, Arrow and DuckDB: typed and described, a file a table",
            parquet.write,
            "-parquet",
            is_folder=True,
        ),
        Format(
            "sqlite",
            "SQL anywhere: one database with keys and descriptions",
            sqlite.write,
            ".sqlite",
        ),
        Format(
            "duckdb",
            "DuckDB: one database with keys and comments",
            duckdb.write,
            ".duckdb",
            check_installed=duckdb.check_installed,
        ),
        Format(
            "xlsx",
            "Excel and other spreadsheets: one workbook, every column described, texts as texts",
            workbook.write,
            ".xlsx",
            check_installed=workbook.check_installed,
        ),
        Format(
            "csv",
            "spreadsheets that import CSV, all columns as text: a file a table",
            spreadsheet.write,
            "-csv",
            is_folder=True,
        ),
        Format(
            "zip",
            "readers of data packages: the package itself, with all files that it names",
            archive.write,
            ".zip",
        ),
        Format(
            "metadata",
            "catalogues and citation managers: what the package is by the standards of others, "
            "to lie beside the unpacked files of the package",
            folder.write,
            "-metadata",
            is_folder=True,
            has_tables=False,
        ),
        *(
            Format(name, f"readers of {file}", write, file=file, has_tables=False)
            for name, (file, write) in STANDARDS.items()
        ),
    )
}
"""The formats by name."""


def format_asked(given: str, name: str) -> Format:
    """The format of a name.

    Args:
        given: how it was asked for: option and argument.
        name: the name.

    Raises:
        PackageError: there is none.
    """
    if name not in FORMATS:
        known = ", ".join(FORMATS)
        raise PackageError(f"{given}: {no_such('format', name, FORMATS)}; there are {known}")
    return FORMATS[name]
