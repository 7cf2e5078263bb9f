"""Parquet files and Excel sheets, which Polars reads."""

import re
import zipfile
import zlib
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

import polars as pl

from validate._src.reading.batch import Batch, columns, file_finding
from validate._src.reading.content import BLOCK, allowed_size
from validate._src.reading.native import Item, NativeReader
from validate._src.words.errors import PackageError, UnreadableError
from validate._src.words.extras import pip_install
from validate._src.words.finding import Finding
from validate._src.words.model import Part, Resource

if TYPE_CHECKING:
    import python_calamine

BATCH = 50_000
MOST_CELLS = 50_000_000
SHEET = re.compile(r"xl/worksheets/[^/]*\.xml", re.IGNORECASE)
CELL = re.compile(rb"""\br=["']([A-Z]{1,3})([0-9]{1,7})["']""")
LONGEST_NAME = 16
KINDS: Mapping[Any, str] = {
    pl.Boolean: "boolean",
    pl.Date: "date",
    pl.Time: "time",
    pl.Datetime: "datetime",
    pl.List: "array",
    pl.Array: "array",
    pl.Struct: "object",
}


class ParquetReader:
    """An opened table of Parquet, in one file or in several: its columns have names and types.

    Attributes:
        labels: the names of its columns.
        header_row: 1, as if they stood in a row.
        header_line: None, for they do not.
    """

    labels: list[str] | None
    header_row: int = 1
    header_line: int | None = None

    def __init__(self, resource: Resource) -> None:
        """Reads the names of the columns.

        Raises:
            PackageError: the file is no Parquet file.
        """
        self._resource = resource
        with _parquet(resource.parts[0]) as frame:
            self._schema = frame.collect_schema()
        self.labels = self._schema.names()

    def batches(
        self, width: int, wanted: Sequence[str] | None = None, rows: pl.Series | None = None
    ) -> Iterator[Batch]:
        """The rows; at least one batch, if an empty one.

        Raises:
            PackageError: a file is no Parquet file.
        """
        number = 2
        names = dict(zip(self._schema, columns(width), strict=True))
        empty = pl.DataFrame(schema=self._schema).rename(names)
        for part in self._resource.parts:
            with _parquet(part) as scan:
                found = scan.collect_schema().names()
                if set(found) != set(names):
                    fault = self._of_other_columns(part, found)
                    batch = self._batch(empty, number, part)
                    yield replace(batch, findings=(fault,), complete=False)
                    return
                for frame in scan.collect_batches(chunk_size=BATCH):
                    if frame.height:
                        cells = frame.rename(names).select(columns(width))
                        yield self._batch(cells, number, part)
                        number += frame.height
        if number == 2:
            yield self._batch(empty, number, self._resource.parts[0])

    def _of_other_columns(self, part: Part, found: Sequence[str]) -> Finding:
        message = (
            f"the file continues {self._resource.location}, but has other columns: "
            f"{', '.join(found)} instead of {', '.join(self._schema)}"
        )
        return file_finding(self._resource, "source-error", message, location=part.location)

    def _batch(self, frame: pl.DataFrame, number: int, part: Part) -> Batch:
        return Batch(
            location=part.location,
            rows=pl.int_range(number, number + frame.height, eager=True),
            lines=pl.Series([None] * frame.height, dtype=pl.Int64),
            cells=frame.select(_as_text(column) for column in frame),
            kinds={
                column.name: pl.repeat(kind, frame.height, dtype=pl.String, eager=True)
                for column in frame
                if (kind := _kind(column.dtype)) != "text"
            },
        )


@contextmanager
def _parquet(part: Part) -> Generator[pl.LazyFrame]:
    """A Parquet file; what keeps it from being read is said in one line."""
    try:
        yield pl.scan_parquet([str(part.file)], glob=False)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
        reason = str(error).splitlines()[0]
        raise PackageError(f"{part.location}: no Parquet file: {reason}") from None


def _kind(dtype: pl.DataType) -> str:
    """The native type of a column, by the standard's name."""
    if dtype.is_integer():
        return "integer"
    if dtype.is_float() or dtype.is_decimal():
        return "number"
    return KINDS.get(dtype.base_type(), "text")


def _as_text(column: pl.Series) -> pl.Series:
    """A column as text, in the form that the type of the same name has by default."""
    cell = pl.col(column.name)
    if column.dtype.is_nested():
        encoded = pl.struct(cell.alias("value")).struct.json_encode()
        text = encoded.str.slice(len('{"value":')).str.head(-1)
    elif isinstance(column.dtype, pl.Datetime | pl.Duration):
        text = cell.dt.to_string("iso:strict")
    elif column.dtype == pl.Binary:
        text = cell.bin.encode("base64")
    else:
        text = cell.cast(pl.String)
    known = pl.when(cell.is_not_null() & (text != "")).then(text)
    return column.to_frame().select(known.alias(column.name)).to_series()


class ExcelReader(NativeReader):
    """An opened sheet of an Excel workbook, or of several workbooks that follow each other.

    Source: Data Package 2.0, Table Dialect, "sheetNumber", "sheetName"; Data Resource,
    "path", of several files: treated as one that they make together, so with one header.
    """

    def __init__(self, resource: Resource) -> None:
        """Reads the header.

        Raises:
            PackageError: a file is no workbook, or has no such sheet.
            UnreadableError: the library that reads workbooks is not installed.
        """
        fields = resource.schema.fields if resource.schema else ()
        types = {field.name: field.type for field in fields}
        super().__init__(resource, _items(resource))
        labels = types if self.labels is None else self.labels
        self._moments = {at for at, label in enumerate(labels) if types.get(label) == "datetime"}

    def _is_comment(self, value: Any, number: int) -> bool:
        mark = self._resource.dialect.comment_char
        marked = mark is not None and str(value[0] if value else "").startswith(mark)
        return marked or super()._is_comment(value, number)

    def _cells(self, value: Any, width: int) -> list[Any]:
        """The cells of a row, empty ones at its end as the table has them and not the sheet.

        A day in a sheet is a moment as well, that at which it begins.
        """
        cells = [
            datetime.combine(cell, time()) if at in self._moments and type(cell) is date else cell
            for at, cell in enumerate(super()._cells(value, width))
        ]
        if not cells or len(cells) == width:
            return cells
        while len(cells) > width and cells[-1] is None:
            cells = cells[:-1]
        return [*cells, *[None] * (width - len(cells))]


def sheet_names(resource: Resource) -> list[str]:
    """The sheets of an Excel workbook.

    Raises:
        PackageError: the file is no workbook.
        UnreadableError: the library that reads workbooks is not installed.
    """
    with _workbook(resource.parts[0]) as workbook:
        return workbook.sheet_names


def _items(resource: Resource) -> Iterator[Item]:
    for part in resource.parts:
        for row in _sheet(resource, part):
            yield Item(row, location=part.location)


def _sheet(resource: Resource, part: Part) -> Iterator[list[Any]]:
    dialect = resource.dialect
    with _workbook(part) as workbook:
        if dialect.sheet_name:
            sheet = workbook.get_sheet_by_name(dialect.sheet_name)
        else:
            sheet = workbook.get_sheet_by_index((dialect.sheet_number or 1) - 1)
        for row in sheet.iter_rows():
            yield [None if cell == "" else cell for cell in row]


@contextmanager
def _workbook(part: Part) -> "Generator[python_calamine.CalamineWorkbook]":
    """An opened workbook; what keeps it or its sheets from being read is said in one line."""
    try:
        import python_calamine
    except ImportError:
        command = pip_install("python-calamine")
        raise UnreadableError(f"Excel files need python-calamine: {command}") from None
    _check_size(part)
    try:
        yield python_calamine.CalamineWorkbook.from_path(str(part.file))
    except (python_calamine.CalamineError, OSError) as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise PackageError(f"{part.location}: cannot be read as a workbook: {reason}") from None


def _check_size(part: Part) -> None:
    """Refuses a workbook that is made to fill memory: sheets are read whole, gaps and all.

    Raises:
        PackageError: it unpacks to much more than it is, or one of its sheets is too large.
    """
    try:
        with zipfile.ZipFile(str(part.file)) as archive:
            members = archive.infolist()
            if sum(member.file_size for member in members) > allowed_size(part):
                raise PackageError(f"{part.location}: unpacks to more than a workbook can hold")
            for member in members:
                if SHEET.fullmatch(member.filename) and _cells_in(archive, member) > MOST_CELLS:
                    raise PackageError(
                        f"{part.location}: {member.filename}: spans more than {MOST_CELLS:,} cells"
                    )
    except (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, RuntimeError):
        return  # the library that reads it says what is wrong


def _cells_in(archive: zipfile.ZipFile, sheet: zipfile.ZipInfo) -> int:
    """How many cells the rectangle has around all that a sheet says it has."""
    columns, rows, rest = 0, 0, b""
    with archive.open(sheet) as content:
        while block := content.read(BLOCK):
            block = rest + block
            for letters, digits in CELL.findall(block):
                rows = max(rows, int(digits))
                columns = max(columns, _column(letters))
            rest = block[-LONGEST_NAME:]
    return columns * rows


def _column(letters: bytes) -> int:
    """The number of a column by its letters, from 1."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
