"""The columns of the frame that Pandera judges, and what is asked of each."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from validate._src.checks.constraints._shortcuts import Shortcut

TEXT, VALUE, RULE = "text:", "value:", "rule:"
TYPE = "type"
NOT_NULL = "not null"
Condition = tuple[str, str]
"""The name of a column, and of what its cells must meet."""
Meets = Callable[[pl.Expr], pl.Expr]
"""From the expression of a column to one that says whether its cells meet a condition."""


@dataclass(frozen=True, eq=False)
class Question:
    """Something that the cells of a column must meet.

    Attributes:
        column: name of the column.
        all: whether all cells meet it, as a single value.
        each: whether each cell does, by the conditions that it asks for; true for a null.
    """

    column: str
    all: pl.Expr
    each: Mapping[str, pl.Expr]

    @property
    def conditions(self) -> frozenset[Condition]:
        """The conditions that it asks for."""
        return frozenset((self.column, name) for name in self.each)

    def numbered(self, number: int) -> "Question":
        """The same question, its answers named by a number: in a frame names must differ."""
        each = {name: one.alias(f"{number} {name}") for name, one in self.each.items()}
        return Question(self.column, self.all.alias(str(number)), each)


@dataclass(frozen=True, eq=False)
class Column:
    """A column of the frame.

    Attributes:
        name: `text:`, `value:` or `rule:`, and the field or rule.
        nullable: whether null is allowed.
        conditions: what its cells must meet, by name; null passes.
        shortcuts: how to see that all cells meet some of them.
    """

    name: str
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

    @property
    def asked(self) -> Iterator[str]:
        """The names of all that its cells must meet, in the order in which it is told."""
        if not self.nullable:
            yield NOT_NULL
        yield from self.conditions

    def questions(self) -> Iterator[Question]:
        """All that is asked of the column."""
        for holds, each in self._questions():
            met = {name: one.fill_null(value=True) for name, one in each.items()}
            yield Question(self.name, holds, met)

    def _questions(self) -> Iterator[tuple[pl.Expr, Mapping[str, pl.Expr]]]:
        cell = pl.col(self.name)
        if not self.nullable:
            yield cell.null_count() == 0, {NOT_NULL: cell.is_not_null()}
        left = {name: condition(cell) for name, condition in self.conditions.items()}
        for shortcut in self.shortcuts:
            yield shortcut.holds(cell), {name: left.pop(name) for name in shortcut.constraints}
        for name, each in left.items():
            yield each.all(), {name: each}
