"""Foreign keys between rows, both ways."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, starmap

from markupsafe import Markup

from validate._src.curation.ranking import joins_keys
from validate._src.publish.columns import Column
from validate._src.site.model import ShownTable, Tables
from validate._src.site.references import Link
from validate._src.site.spoken import NEUTRAL, in_all
from validate._src.site.values import are_names
from validate._src.words.views import Phrase


@dataclass(frozen=True)
class Neighbour:
    """A row that another page names.

    Attributes:
        address: where it stands, as seen from the root.
        table: the title of its table, as HTML.
        key: what it is called.
        label: what it is about, or empty: in the first of the languages that the package names.
        said: the same as HTML, in all of them.
        is_name: whether that is a name of it, and no sentence, which stands behind its key.
        joins: the rows that it joins, if it does nothing else.
    """

    address: str
    table: Markup
    key: str
    label: str
    said: Markup
    is_name: bool = False
    joins: tuple["Neighbour", ...] = ()


class Links:
    """The foreign keys of a package, by the tables at either end."""

    def __init__(self, site: Tables) -> None:
        """Takes those between tables and columns that are shown."""
        self._views = site.package.views
        self.all = [*_links(site)]
        self._out = {
            name: [one for one in self.all if one.child is table]
            for name, table in site.tables.items()
        }
        self._into = {
            name: [one for one in self.all if one.parent is table]
            for name, table in site.tables.items()
        }
        self._known_labels: dict[str, dict[str, Column]] = {}
        self._named_tables: dict[str, bool] = {}
        self._kin = {name: [*self._kin_of(table)] for name, table in site.tables.items()}
        self._neighbours: dict[tuple[str, int], Neighbour] = {}
        self._joining: dict[str, list[Link]] = {}
        self._across: dict[Link, Link | None] = {}

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
        for link in self.out_of(table):
            other = link.parent
            if other is not table and joins_keys(link.key, table.schema, other.schema):
                yield link

    def called(self, table: ShownTable, index: int) -> Phrase:
        """What a row is about, in the words of its own table, or of a row that is more about it.

        Returns:
            Texts by language; empty where there is none.
        """
        return self.about(*self.more_about(table, index))

    def more_about(self, table: ShownTable, index: int) -> tuple[ShownTable, int]:
        """The row of another table that is more about a row whose own table says nothing of it.

        That is one that names it, such as a claim its row in a register; or, as of what is said of
        a claim, the one that it names itself, or that names this.

        Returns:
            The row itself where its table does, or where there is no other.
        """
        if self.labels(table):
            return table, index
        named = [
            (one.parent, at) for one in self.kin(table) if (at := one.target(index)) is not None
        ]
        others = [
            *self._tellers(table, index),
            *named,
            *chain.from_iterable(starmap(self._tellers, named)),
        ]
        return next((one for one in others if self.about(*one)), (table, index))

    def _tellers(self, table: ShownTable, index: int) -> Iterator[tuple[ShownTable, int]]:
        """The rows that are more about a row, as they name it by their keys."""
        for link in self._telling(table):
            yield from ((link.child, row) for row in link.rows.get(index, ()))

    def says_something(self, table: ShownTable) -> bool:
        """Whether rows of a table are called something, be it by those that are more about them."""
        telling = (link.child for link in self._telling(table))
        return any(map(self.labels, (table, *telling)))

    def _telling(self, table: ShownTable) -> Iterator[Link]:
        """The foreign keys to a table from those whose rows are more about its own."""
        return (link for link in self.into(table) if link in self.kin(link.child))

    def labels(self, table: ShownTable) -> dict[str, Column]:
        """The columns that say what the rows of a table are about, by language."""
        if table.name not in self._known_labels:
            self._known_labels[table.name] = self._found_labels(table)
        return self._known_labels[table.name]

    def _found_labels(self, table: ShownTable) -> dict[str, Column]:
        views, known = self._views, (*table.by_field,)
        if views is not None:
            own = table.label.name if table.label else ""
            names = views.spoken(views.labels.get(table.name) or views.stem(own, known), known)
            if names:
                return {language: table.by_field[name] for language, name in names.items()}
        return {NEUTRAL: table.label} if table.label else {}

    def are_named(self, table: ShownTable) -> bool:
        """Whether the rows of a table have names.

        So they do where the views of the package say by which field they are called, or where the
        field that says what they are about is short and holds no sentences, which are no headings.
        """
        if table.name not in self._named_tables:
            declared = self._views is not None and table.name in self._views.labels
            are_named = declared or all(map(are_names, self.labels(table).values()))
            self._named_tables[table.name] = are_named
        return self._named_tables[table.name]

    def about(self, table: ShownTable, index: int) -> Phrase:
        """What a row is about in the words of its own table, by language; empty if it says none."""
        texts = {language: one.texts[index] for language, one in self.labels(table).items()}
        return {language: text for language, text in texts.items() if text}

    def neighbour(
        self, table: ShownTable, index: int, *, seen_from: Sequence[tuple[ShownTable, int]] = ()
    ) -> Neighbour:
        """A row as other pages name it.

        Args:
            table: its table.
            index: its index.
            seen_from: the rows that the page is about, which a row that joins them need not name,
                nor one repeat what they are about.
        """
        named = self._named(table, index)
        if named.label:
            said = self.more_about(table, index)
            is_told = said != (table, index) and any(
                self.more_about(*one) == said for one in seen_from
            )
            return replace(named, label="", said=Markup("")) if is_told else named
        return replace(named, joins=tuple(self._joined(table, index, seen_from)))

    def _named(self, table: ShownTable, index: int) -> Neighbour:
        """A row with what it is about, and without the rows that it joins."""
        known = (table.name, index)
        if known in self._neighbours:
            return self._neighbours[known]
        named = self._made(table, index)
        if table.has_row_pages:  # so there are few, each of which many pages may name
            self._neighbours[known] = named
        return named

    def _made(self, table: ShownTable, index: int) -> Neighbour:
        other, row = self.more_about(table, index)
        called = self.about(other, row)
        key = table.key_text(index)
        return Neighbour(
            f"tables/{table.address(index)}",
            table.said,
            key,
            next(iter(called.values()), ""),
            in_all(called),
            self.are_named(other) and {*called.values()} != {key},
        )

    def joining(self, table: ShownTable) -> list[Link]:
        """The foreign keys of which the primary key of a table consists, if it does.

        Such a table joins rows of others, as one of members joins persons and groups.
        """
        if table.name not in self._joining:
            key = {*table.schema.primary_key}
            links = [link for link in self.out_of(table) if {*link.key.fields} <= key]
            covered = {name for link in links for name in link.key.fields}
            self._joining[table.name] = links if len(links) > 1 and covered == key else []
        return self._joining[table.name]

    def across(self, link: Link) -> Link | None:
        """The foreign key to what rows join with the row that they refer to by another, if one."""
        if link not in self._across:
            others = [one for one in self.joining(link.child) if one is not link]
            self._across[link] = others[0] if len(others) == 1 else None
        return self._across[link]

    def _joined(
        self, table: ShownTable, index: int, seen_from: Sequence[tuple[ShownTable, int]]
    ) -> Iterator[Neighbour]:
        """The rows that a row joins, but for those that the page is about."""
        for link in self.joining(table):
            target = link.target(index)
            if target is None or any(link.parent is one and target == at for one, at in seen_from):
                continue
            yield self._named(*self.more_about(link.parent, target))


def _links(site: Tables) -> Iterator[Link]:
    for child in site.tables.values():
        for key in child.schema.foreign_keys:
            parent = site.table(key.resource)
            if parent and child.has(key.fields) and parent.has(key.reference_fields):
                yield Link(key, child, parent)
