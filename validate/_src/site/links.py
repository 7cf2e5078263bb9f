"""Foreign keys between rows, both ways."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from validate._src.publish.columns import Column
from validate._src.site.model import ShownTable, Site
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


def _alike(child: Column, parent: Column, at: int) -> tuple[pl.Series, pl.Series]:
    """Two columns whose cells can be compared: by their values, or by their texts."""
    same = child.cells.dtype == parent.cells.dtype
    columns = (child.cells, parent.cells) if same else (child.texts, parent.texts)
    first, second = (column.alias(str(at)) for column in columns)
    return first, second


@dataclass(frozen=True)
class Neighbour:
    """A row that another page names.

    Attributes:
        address: where it stands, as seen from the root.
        table: the title of its table.
        key: what it is called.
        label: what it is about, or empty.
    """

    address: str
    table: str
    key: str
    label: str


class Links:
    """The foreign keys of a package, by the tables at either end."""

    def __init__(self, site: Site) -> None:
        """Takes those between tables and columns that are shown."""
        self.all = [*_links(site)]
        self._out = {
            name: [one for one in self.all if one.child is table]
            for name, table in site.tables.items()
        }
        self._into = {
            name: [one for one in self.all if one.parent is table]
            for name, table in site.tables.items()
        }
        self._kin = {name: [*self._kin_of(table)] for name, table in site.tables.items()}

    def out_of(self, table: ShownTable) -> list[Link]:
        """Those that a table has."""
        return self._out[table.name]

    def into(self, table: ShownTable) -> list[Link]:
        """Those that refer to a table."""
        return self._into[table.name]

    def at_fields(self, table: ShownTable) -> dict[str, Link]:
        """One for each field at which one is shown: of several the key with fewest fields."""
        found: dict[str, Link] = {}
        for link in sorted(self.out_of(table), key=lambda link: -len(link.key.fields)):
            found[link.field] = link
        return found

    def kin(self, table: ShownTable) -> list[Link]:
        """Those by which a row is more about the row that it names: its key refers to a key."""
        return self._kin[table.name]

    def _kin_of(self, table: ShownTable) -> Iterator[Link]:
        key = {*table.schema.primary_key}
        for link in self.out_of(table):
            is_key = {*link.key.reference_fields} == {*link.parent.schema.primary_key}
            if key == {*link.key.fields} and is_key and link.parent is not table:
                yield link

    def label(self, table: ShownTable, index: int) -> str:
        """What a row is about, in the words of its own table, or of a row that is more about it.

        Returns:
            The text of a cell; empty where there is none.
        """
        if table.label is not None:
            return table.label.texts[index] or ""
        for link in self.into(table):
            if link.child.label is not None and link in self.kin(link.child):
                labels = (link.child.label.texts[row] for row in link.rows.get(index, ()))
                if found := next(filter(None, labels), None):
                    return found
        return ""

    def neighbour(self, table: ShownTable, index: int) -> Neighbour:
        """A row as other pages name it."""
        address = f"tables/{table.address(index)}"
        return Neighbour(address, table.title, table.key_text(index), self.label(table, index))


def _links(site: Site) -> Iterator[Link]:
    for child in site.tables.values():
        for key in child.schema.foreign_keys:
            parent = site.table(key.resource)
            if parent and child.has(key.fields) and parent.has(key.reference_fields):
                yield Link(key, child, parent)
