"""The columns of the frame that Pandera judges, and what is asked of each."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import pandera.polars as pa
import polars as pl

from validate._src.checks.constraints._shortcuts import Shortcut

TEXT, VALUE, RULE = "text:", "value:", "rule:"
TYPE = "type"
Meets = Callable[[pl.Expr], pl.Expr]
"""From the expression of a column to one that says whether its cells meet a condition."""


@dataclass(frozen=True, eq=False)
class Question:
    """Something that the cells of a column must meet.

    Attributes:
        column: name of the column.
        all: whether all cells meet it, as a single value.
        each: whether each cell does; true for a null.
    """

    column: str
    all: pl.Expr
    each: pl.Expr

    def numbered(self, number: int) -> "Question":
        """The same question, its answers named by a number: in a frame names must differ."""
        return Question(self.column, self.all.alias(str(number)), self.each.alias(str(number)))


@dataclass(frozen=True, eq=False)
class Column:
    """A column of the frame.

    Attributes:
        name: `text:`, `value:` or `rule:`, and the field or rule.
        dtype: the Polars type of its cells.
        nullable: whether null is allowed.
        conditions: what its cells must meet, by name; null passes.
        shortcuts: how to see that all cells meet some of them.
    """

    name: str
    dtype: pl.DataType
    nullable: bool
    conditions: Mapping[str, Meets]
    shortcuts: tuple[Shortcut, ...] = ()

    @property
    def kind(self) -> str:
        """`text:`, `value:` or `rule:`."""
        return self.name[: self.name.index(":") + 1]

    @property
    def subject(self) -> str:
        """The field or rule that it is about."""
        return self.name.removeprefix(self.kind)

    def in_pandera(self) -> pa.Column:
        """The column in Pandera, with one named check a condition."""
        checks = [_check(name, condition) for name, condition in self.conditions.items()]
        return pa.Column(self.dtype, nullable=self.nullable, checks=checks)

    def shown_as_text(self, prefix: str) -> "Column":
        """The same for a frame that has its cells as texts, and the cells under a longer name."""

        def of_the_cells(condition: Meets) -> Meets:
            return lambda _: condition(pl.col(prefix + self.name))

        conditions = {name: of_the_cells(one) for name, one in self.conditions.items()}
        return Column(self.name, pl.String(), self.nullable, conditions)

    def questions(self) -> Iterator[Question]:
        """All that is asked of the column."""
        for holds, each in self._asked():
            yield Question(self.name, holds, each.fill_null(value=True))

    def _asked(self) -> Iterator[tuple[pl.Expr, pl.Expr]]:
        cell = pl.col(self.name)
        if not self.nullable:
            yield cell.null_count() == 0, cell.is_not_null()
        left = {name: condition(cell) for name, condition in self.conditions.items()}
        for shortcut in self.shortcuts:
            each = [left.pop(name) for name in shortcut.constraints]
            yield shortcut.holds(cell), pl.all_horizontal(each)
        for each in left.values():
            yield each.all(), each


def _check(name: str, condition: Meets) -> pa.Check:
    def holds(data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(condition(pl.col(data.key)).fill_null(True))

    return pa.Check(holds, name=name, error=name)
