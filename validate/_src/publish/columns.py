"""Columns as other formats take them: values where these say all, texts of the cells elsewhere."""

from dataclasses import dataclass
from functools import cached_property

import polars as pl

from validate._src.fields._exact import decimal, without_value
from validate._src.tables.loaded import loaded_column, row_not_held
from validate._src.tables.table import Table
from validate._src.words.schema import Field

NO_VALUE = "some of its cells are no {}"
NOT_HELD = "some of its values are finer or farther than columns of type {} hold"
FINE_TIME = r"[.,][0-9]{6}[0-9]*[1-9]"  # finer than the microseconds of a time


@dataclass(frozen=True, eq=False)
class Column:
    """A field of a table, with the cells of all rows.

    Attributes:
        field: the field.
        cells: n values as `load` gives them, or n texts as they stand in the table; null where
            missing.
        texts: n texts as they stand in the table.
        why_text: why the cells are texts though the field has another type; empty if they are
            values.
    """

    field: Field
    cells: pl.Series
    texts: pl.Series
    why_text: str = ""

    @property
    def name(self) -> str:
        """The name of the field."""
        return self.field.name

    @property
    def title(self) -> str:
        """Its title, empty when it has none."""
        return str(self.field.properties.get("title", ""))

    @property
    def description(self) -> str:
        """Its description, empty when it has none."""
        return str(self.field.properties.get("description", ""))

    @cached_property
    def is_value(self) -> bool:
        """Whether the cells are values of the type of the field."""
        return not self.why_text

    @property
    def is_typed(self) -> bool:
        """Whether each cell is of the type of the field, be it that no value here holds it."""
        return self.why_text != NO_VALUE.format(self.field.type)

    @cached_property
    def is_large(self) -> bool:
        """Whether there are integers beyond 64 bits."""
        return self.cells.dtype == pl.Int128

    @cached_property
    def has_nan(self) -> bool:
        """Whether a number among the values is none."""
        return self.cells.dtype.is_float() and bool(self.cells.is_nan().any())

    def as_text(self, why: str) -> "Column":
        """The column with the texts of its cells."""
        return Column(self.field, self.texts, self.texts, why)


def column_of(table: Table, name: str) -> Column:
    """A column of a table: its values if these tell all cells apart, or the texts of its cells.

    Args:
        table: all rows of the table.
        name: a field that has a column.
    """
    field, texts = table.schema.field(name), table.text[name].alias(name)
    if why := _why_text(table, field):
        return Column(field, texts, texts, why.format(field.type))
    return Column(field, loaded_column(table, name), texts)


def _why_text(table: Table, field: Field) -> str:
    """Why the cells of a field cannot be told by its values; empty if they can."""
    name = field.name
    lost, beyond = without_value(table.cells[name], table.values[name]), table.beyond(name)
    if lost.any() and (beyond is None or (lost & beyond.is_null()).any()):
        return NO_VALUE
    if row_not_held(table, name) is not None or not _are_told(table, field):
        return NOT_HELD
    return ""


def _are_told(table: Table, field: Field) -> bool:
    """Whether the values of a field tell its cells apart, those beyond 64 bits left aside."""
    name, values = field.name, table.values[field.name]
    if field.type == "time":
        return not table.text[name].str.contains(FINE_TIME).any()
    exact = table.exactly(name)
    if exact is None or field.type == "integer":
        return True
    if field.type == "year":  # whose exact form ends with its zone
        return bool(exact.str.ends_with(" ").all())
    if field.type != "number":
        return False
    at = exact.is_not_null().arg_true()
    doubles = zip(values.gather(at), exact.gather(at), strict=True)
    return all(_printed(double) == number for double, number in doubles)


def _printed(double: float) -> str | None:
    """The decimal that a double is printed as, in the form that equal decimals share.

    A number of up to 17 digits that a program has printed is this, and so no other number.
    """
    return decimal(repr(double))
