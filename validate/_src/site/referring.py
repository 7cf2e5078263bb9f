"""What refers to a row, as its page lists it: by foreign key, with what refers to narrower rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from validate._src.curation.ranking import Kind
from validate._src.site import limits
from validate._src.site.hierarchies import Standing
from validate._src.site.links import Neighbour
from validate._src.site.mentions import Mentions
from validate._src.site.model import ShownTable, Site
from validate._src.site.names import MARK
from validate._src.site.references import Link
from validate._src.site.rendering import Frame, Page


@dataclass(frozen=True)
class Item:
    """A row that refers to another.

    Attributes:
        row: the row.
        under: the narrower rows to which it refers; none if it refers to the row itself.
        named: whom and what it names besides: the title of a field as HTML, and the row that it
            refers to.
    """

    row: Neighbour
    under: Sequence[Neighbour]
    named: Sequence[tuple[Markup, Neighbour]]


class Found(NamedTuple):
    """All rows that refer to a row, or to one under it, by one foreign key.

    Attributes:
        number: which of the foreign keys to its table it is, from 0.
        link: the foreign key.
        rows: the rows; at least one.
    """

    number: int
    link: Link
    rows: Sequence[Standing]


@dataclass(frozen=True)
class Group:
    """The rows that refer to a row by one foreign key.

    Attributes:
        title: the title of what is counted as HTML: of their table, or, where those of narrower
            rows are among them, of what they join with the row.
        field: the fields of the key.
        anchor: the id of its heading.
        count: how many there are.
        own: how many of them refer to the row itself, and not to a narrower one.
        rows: the first of them.
        all: where all of them are listed, as seen from the root.
        through: the row that they refer to, if it is not this row itself but the one that this
            row is more about.
    """

    title: Markup
    field: str
    anchor: str
    count: int
    own: int
    rows: Sequence[Item]
    all: str
    through: Neighbour | None


class Referring:
    """What refers to rows."""

    def __init__(self, site: Site, mentions: Mentions) -> None:
        """Takes the tables, and what speaks of their rows."""
        self._links, self._hierarchies = mentions.links, mentions.hierarchies
        self._kinds = mentions.kinds
        views = site.package.views
        self._called = frozenset(() if views is None else views.labels)

    def groups(
        self,
        table: ShownTable,
        index: int,
        found: Sequence[Found],
        through: Neighbour | None,
        about: Sequence[tuple[ShownTable, int]],
    ) -> Iterator[Group]:
        """The rows that refer to a row, by foreign key.

        Of those to a row that this one is more about, none of its own table: it is one of them.

        Args:
            table: the table of the row.
            index: its index.
            found: all that refers to it.
            through: the row as others name it, if it is one that the row of the page is more about.
            about: the row of the page, and those that it is more about.
        """
        for number, link, rows in found:
            if through and link.child is about[0][0]:
                continue
            shown = rows[: limits.MOST_REFERRING] if table.has_row_pages else rows
            yield Group(
                title=self._counted(link).said,
                field=", ".join(link.key.fields),
                anchor=f"in-{table.folder}-{number + 1}",
                count=len(rows),
                own=sum(not one.under for one in rows),
                rows=[self._item(link, one, about) for one in shown],
                all=f"tables/{table.folder}/{_list_file(table, index, number, 0)}",
                through=through,
            )

    def lists(
        self,
        table: ShownTable,
        index: int,
        found: Sequence[Found],
        trail: tuple[tuple[str, str], ...],
        frame: Frame,
    ) -> Iterator[Page]:
        """The pages of all rows that refer to a row, where its own page has not all of them."""
        key = table.key_text(index)
        for number, link, rows in found:
            if len(rows) <= limits.MOST_REFERRING:
                continue
            parts = -(-len(rows) // limits.ROWS_A_PART)
            table_of_rows = self._counted(link)
            for part in range(parts):
                some = rows[part * limits.ROWS_A_PART : (part + 1) * limits.ROWS_A_PART]
                yield frame.page(
                    "referring.jinja",
                    f"tables/{table.folder}/{_list_file(table, index, number, part)}",
                    f"{table_of_rows.title} that refer to {key}",
                    trail=(*trail, (f"tables/{table.folder}/{table.names[index]}.html", key)),
                    key=key,
                    called=table_of_rows.said,
                    link=link,
                    count=len(rows),
                    own=sum(not one.under for one in rows),
                    first=part * limits.ROWS_A_PART + 1,
                    rows=[self._item(link, one, [(table, index)]) for one in some],
                    part=part,
                    files=[_list_file(table, index, number, one) for one in range(parts)],
                )

    def found(self, table: ShownTable, index: int) -> Iterator[Found]:
        """All rows that refer to a row, by foreign key.

        Those of the rows that stand under it are told elsewhere.
        """
        hierarchy = self._hierarchies.get(table.name)
        for number, link in enumerate(self._links.into(table)):
            if hierarchy is not None and hierarchy.up is link:
                continue
            if hierarchy is not None and hierarchy.reaches(link):
                rows = hierarchy.standing(link, index)
            else:
                rows = [*map(Standing, link.rows.get(index, ()))]
            if rows:
                yield Found(number, link, rows)

    def _counted(self, link: Link) -> ShownTable:
        """The table of what is counted."""
        hierarchy = self._hierarchies.get(link.parent.name)
        across = self._links.across(link) if hierarchy and hierarchy.reaches(link) else None
        return across.parent if across else link.child

    def _item(
        self, link: Link, standing: Standing, about: Sequence[tuple[ShownTable, int]]
    ) -> Item:
        under = [(link.parent, at) for at in standing.under]
        seen_from = [*about, *under]
        row = self._links.neighbour(link.child, standing.row, seen_from=seen_from)
        named = self._named(link.child, standing.row, seen_from)
        return Item(row, [self._links.neighbour(*one) for one in under], [*named])

    def _named(
        self, table: ShownTable, index: int, seen_from: Sequence[tuple[ShownTable, int]]
    ) -> Iterator[tuple[Markup, Neighbour]]:
        """Whom and what a row names that says something, or the row that it joins.

        These are the rows that it refers to in tables of which the package says how rows are called
        where something leads to them.
        """
        table, index = self._said(table, index, seen_from)
        if self._kinds[table.name] not in (Kind.ANCHORED, Kind.LABELLED):
            return
        for link in self._links.out_of(table):
            target = link.target(index) if link.parent.name in self._called else None
            if target is not None and (link.parent, target) not in seen_from:
                yield link.child.title_of(link.field), self._links.neighbour(link.parent, target)

    def _said(
        self, table: ShownTable, index: int, seen_from: Sequence[tuple[ShownTable, int]]
    ) -> tuple[ShownTable, int]:
        """The row by which another is called: itself, or else the first that it joins."""
        for link in () if self._links.called(table, index) else self._links.joining(table):
            target = link.target(index)
            if target is not None and (link.parent, target) not in seen_from:
                return self._links.more_about(link.parent, target)
        return table, index


def _list_file(table: ShownTable, index: int, number: int, part: int) -> str:
    """The page of a part of the rows that refer to a row by the foreign key of a number."""
    return f"{table.names[index]}{MARK}in-{number + 1}-{part + 1}.html"
