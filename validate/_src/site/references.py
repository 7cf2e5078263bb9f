"""A foreign key between two tables that are shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

import polars as pl

from validate._src.publish.columns import Column
from validate._src.site.model import ShownTable
from validate._src.words.schema import ForeignKey


@dataclass(frozen=True, eq=False)
class Link:
    """A foreign key between two tables that are shown.

    Attributes:
        key: the foreign key.
        child: the table that has it.
        parent: the table that it refers to, which may be the same.
    """

    key: ForeignKey
    child: ShownTable
    parent: ShownTable

    @property
    def field(self) -> str:
        """The field at which the link is shown: the last of the key."""
        return self.key.fields[-1]

    @cached_property
    def targets(self) -> pl.Series:
        """For each row of the child the index of the row of the parent; null where there is none.

        Rows of equal values are meant, be they written otherwise; of several the first.
        """
        children = [self.child.by_field[name] for name in self.key.fields]
        parents = [self.parent.by_field[name] for name in self.key.reference_fields]
        pairs = [_alike(*pair, at) for at, pair in enumerate(zip(children, parents, strict=True))]
        wanted, known = (pl.DataFrame(columns) for columns in zip(*pairs, strict=True))
        known = known.with_row_index("target").unique(known.columns, keep="first")
        found = wanted.join(known, on=wanted.columns, how="left", maintain_order="left")
        return found["target"]

    def target(self, index: int) -> int | None:
        """The index of the row of the parent to which a row of the child refers, if it does."""
        return self._targets[index]

    @cached_property
    def _targets(self) -> list[int | None]:
        return self.targets.to_list()

    @cached_property
    def rows(self) -> Mapping[int, Sequence[int]]:
        """For each row of the parent that is referred to, the indexes of the rows that do so."""
        both = pl.DataFrame({"target": self.targets}).with_row_index("row")
        grouped = both.drop_nulls("target").group_by("target", maintain_order=True).agg("row")
        return dict(grouped.select("target", "row").iter_rows())

    def filter_of(self, index: int) -> str:
        """What the table of the child is filtered by to be left with the rows that refer to a row.

        Args:
            index: a row of the parent to which some refer.

        Returns:
            What stands behind `#?` in an address, as `assets/rows.js` reads it: each field of the
            key with its cells, of which several are values that are written in several ways.
        """
        return filter_by(
            (name, text)
            for name, texts in zip(self.key.fields, self._texts, strict=True)
            for text in dict.fromkeys(texts[row] for row in self.rows[index])
        )

    @cached_property
    def _texts(self) -> list[list[str]]:
        return [self.child.by_field[name].texts.to_list() for name in self.key.fields]


def filter_by(cells: Iterable[tuple[str, str]]) -> str:
    """What stands behind `#?` in the address of a table that is filtered by cells of fields."""
    return urlencode([pair for name, text in cells for pair in (("where", name), ("is", text))])


def _alike(child: Column, parent: Column, at: int) -> tuple[pl.Series, pl.Series]:
    """Two columns whose cells can be compared: by their values, or by their texts."""
    same = child.cells.dtype == parent.cells.dtype
    columns = (child.cells, parent.cells) if same else (child.texts, parent.texts)
    first, second = (column.alias(str(at)) for column in columns)
    return first, second
