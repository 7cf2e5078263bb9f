"""Differences as a page for the browser: one file that loads nothing, in the style of reports."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jinja2 import ChoiceLoader, PackageLoader

from validate._src.compare.difference import Cell, Difference, RowChange
from validate._src.compare.difference import TableDifference as Table
from validate._src.compare.formats.shown import Group, Shown
from validate._src.compare.formats.wording import (
    counts,
    demanded,
    in_words,
    keyed,
    named,
    titled,
    verdict,
)
from validate._src.report.formats.page import environment

USUAL = 100
PIECES = 1000


def render(difference: Difference, shown: Shown) -> Iterator[str]:
    """The difference as one page of HTML: the version, the descriptor, then the tables."""
    loaders = [
        PackageLoader(f"validate._src.{folder}", "formats") for folder in ("compare", "report")
    ]
    page = (
        environment(ChoiceLoader(loaders))
        .get_template("diff.jinja")
        .stream(
            title=titled(difference),
            verdict=verdict(difference),
            difference=difference,
            demanded=[*demanded(difference)],
            changes=[(change.level, in_words(change)) for change in difference.changes],
            tables=[_Table(table, shown) for table in difference.tables if not table.same],
        )
    )
    page.enable_buffering(PIECES)
    yield from page


@dataclass(frozen=True)
class _Table:
    """A table as the page shows it."""

    table: Table
    shown: Shown

    @property
    def name(self) -> str:
        return named(self.table)

    @property
    def counts(self) -> str:
        return counts(self.table)

    def groups(self) -> Iterator[Group]:
        """Its rows by kind of change, the last one too if it is one more."""
        return self.shown.groups(self.table, USUAL, or_one_more=True)

    def rows(self, group: Group) -> Iterator["_Row"]:
        """The rows of a group that are shown."""
        return map(_Row, group.rows)


@dataclass(frozen=True)
class _Row:
    """A row as the page shows it."""

    row: RowChange

    @property
    def place(self) -> str:
        where = self.row.new or self.row.old
        assert where is not None, "a row stands somewhere"
        return where.path if where.line is None else f"{where.path}:{where.line}"

    @property
    def key(self) -> str:
        return keyed(self.row.key)

    @property
    def values(self) -> Mapping[str, str | None]:
        return self.row.values

    def changed(self, field: str) -> Cell | None:
        """What a field was, if it has changed."""
        return next((cell for cell in self.row.cells if cell.field == field), None)
