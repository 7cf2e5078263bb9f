"""Parquet files and Excel sheets, which Polars reads."""

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import polars as pl

from validate.errors import PackageError, UnreadableError
from validate.model import Resource
from validate.reading.batch import Batch, columns
from validate.reading.native import Item, NativeReader

if TYPE_CHECKING:
    import fastexcel

BATCH = 50_000
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
    """An opened Parquet file: its columns have names and types.

    Attributes:
        labels: the names of its columns.
    """

    labels: list[str] | None

    def __init__(self, resource: Resource) -> None:
        """Reads the names of the columns.

        Raises:
            PackageError: the file is no Parquet file.
        """
        self._resource = resource
        self._frame = pl.scan_parquet(resource.files, glob=False)
        try:
            self._schema = self._frame.collect_schema()
        except (pl.exceptions.PolarsError, OSError) as error:
            reason = str(error).splitlines()[0]
            raise PackageError(f"{resource.location}: no Parquet file: {reason}") from None
        self.labels = self._schema.names()

    def batches(
        self, width: int, wanted: Sequence[str] | None = None, rows: pl.Series | None = None
    ) -> Iterator[Batch]:
        """The rows; at least one batch, if an empty one."""
        number = 2
        names = dict(zip(self._schema, columns(width), strict=True))
        for frame in self._frame.collect_batches(chunk_size=BATCH):
            if frame.height:
                yield self._batch(frame.rename(names), number)
                number += frame.height
        if number == 2:
            yield self._batch(pl.DataFrame(schema=self._schema).rename(names), number)

    def _batch(self, frame: pl.DataFrame, number: int) -> Batch:
        return Batch(
            location=self._resource.location,
            rows=pl.int_range(number, number + frame.height, eager=True),
            lines=pl.Series([None] * frame.height, dtype=pl.Int64),
            cells=frame.select(_as_text(column) for column in frame),
            kinds={
                column.name: pl.repeat(kind, frame.height, dtype=pl.String, eager=True)
                for column in frame
                if (kind := _kind(column.dtype)) != "text"
            },
        )


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
    """An opened sheet of an Excel workbook.

    Source: Data Package 2.0, Table Dialect, "sheetNumber", "sheetName".
    """

    def __init__(self, resource: Resource) -> None:
        """Reads the sheet.

        Raises:
            PackageError: the file is no workbook, or has no such sheet.
            UnreadableError: the library that reads workbooks is not installed.
        """
        super().__init__(resource, map(Item, _sheet(resource)))


def sheet_names(resource: Resource) -> list[str]:
    """The sheets of an Excel workbook.

    Raises:
        PackageError: the file is no workbook.
        UnreadableError: the library that reads workbooks is not installed.
    """
    with _workbook(resource) as workbook:
        return workbook.sheet_names


def _sheet(resource: Resource) -> Iterator[list[Any]]:
    dialect = resource.dialect
    which: Any = dialect.sheet_name or (dialect.sheet_number or 1) - 1
    with _workbook(resource) as workbook:
        sheet = workbook.load_sheet(which, header_row=None, skip_rows=0, dtypes="string")
    return (list(row) for row in sheet.to_polars().iter_rows())


@contextmanager
def _workbook(resource: Resource) -> "Generator[fastexcel.ExcelReader]":
    """An opened workbook; what keeps it or its sheets from being read is said in one line."""
    try:
        import fastexcel
    except ImportError:
        raise UnreadableError(
            "Excel files need the extra: pip install 'alliance-claims[excel]'"
        ) from None
    try:
        yield fastexcel.read_excel(resource.files[0])
    except fastexcel.FastExcelError as error:
        reason = str(error).splitlines()[0]
        raise PackageError(f"{resource.location}: cannot be read as a workbook: {reason}") from None
