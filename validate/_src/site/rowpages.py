"""The pages of rows: what a row says, what it refers to, what refers to it, how it is cited."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from validate._src.site import limits
from validate._src.site.citation import row_citation
from validate._src.site.hierarchies import Hierarchy, hierarchies_of
from validate._src.site.links import Link, Links, Neighbour
from validate._src.site.model import ShownTable, Site
from validate._src.site.names import MARK
from validate._src.site.passages import Passages
from validate._src.site.rendering import Frame, Page
from validate._src.site.sharing import Sharing
from validate._src.site.spoken import in_all
from validate._src.site.values import ShownColumn, shown_column
from validate._src.site.verdicts import Verdict, Verdicts


@dataclass(frozen=True)
class Cell:
    """A field of a row.

    Attributes:
        head: what stands before it: the title of the field, and its name if that is another.
        unit: the unit of its values, empty where none is declared.
        value: its cell as HTML, empty where a link says it; None if it is missing.
        out: the rows that it refers to.
    """

    head: Markup
    unit: str
    value: Markup | None
    out: Sequence[Neighbour]


@dataclass(frozen=True)
class Group:
    """The rows that refer to a row by one foreign key.

    Attributes:
        title: the title of their table.
        field: the fields of the key.
        count: how many there are.
        rows: the first of them.
        all: where all of them are listed, as seen from the root.
        through: the row that they refer to, if it is not this row itself but the one that this
            row is more about.
    """

    title: str
    field: str
    count: int
    rows: Sequence[Neighbour]
    all: str
    through: Neighbour | None


@dataclass(frozen=True)
class Companion:
    """Another row that rests on the same passage.

    Attributes:
        row: the row.
        verdict: how it stands beside the document that it reports, if it is a claim.
    """

    row: Neighbour
    verdict: Verdict | None


class RowPages:
    """The pages of the rows of a package."""

    def __init__(self, site: Site, links: Links, frame: Frame) -> None:
        """Takes what all of them share."""
        self._site, self._links, self._frame = site, links, frame
        self._passages = Passages(site, links)
        self._verdicts = Verdicts(site, links)
        self._sharing = Sharing(site, links)
        self._hierarchies = hierarchies_of(site, links)

    def of_table(self, table: ShownTable) -> Iterator[Page]:
        """The pages of the rows of a table, and those of many rows that refer to one."""
        columns = [*map(shown_column, table.columns)]
        out = self._links.out_of(table)
        kin = self._links.kin(table)
        trail = (
            ("index.html#tables", "Tables"),
            (f"tables/{table.folder}/index.html", table.title),
        )
        hierarchy = self._hierarchies.get(table.name)
        for index in range(table.height):
            path = f"tables/{table.folder}/{table.names[index]}.html"
            key = table.key_text(index)
            related = [(table, index, None), *self._kin_of(kin, index)]
            rows = [(one, at) for one, at, _ in related]
            others = self._others(rows)
            narrower = hierarchy.narrower(index) if hierarchy else ()
            yield self._frame.page(
                "row.jinja",
                path,
                f"{key} · {table.title}",
                trail=trail,
                key=key,
                label=in_all(self._links.called(table, index)),
                verdict=self._verdicts.of_row(rows),
                narrower=narrower,
                counts=hierarchy.counts(index) if hierarchy and narrower else (),
                cells=[self._cell(column, out, index) for column in columns],
                passages=[one for row in rows for one in self._passages.of_row(*row)],
                companions=[self._companion(*one) for one in others[: limits.MOST_REFERRING]],
                more=max(0, len(others) - limits.MOST_REFERRING),
                referring=[
                    group
                    for parent, row, through in related
                    for group in self._referring(parent, row, through, rows)
                ],
                citation=row_citation(self._frame.citation, table, index),
            )
            yield from self._lists(table, index, key, trail)

    def _kin_of(
        self, kin: Sequence[Link], index: int
    ) -> Iterator[tuple[ShownTable, int, Neighbour]]:
        """The rows of other tables that a row is more about."""
        for link in kin:
            if (target := link.target(index)) is not None:
                yield link.parent, target, self._links.neighbour(link.parent, target)

    def _others(self, rows: Sequence[tuple[ShownTable, int]]) -> list[tuple[ShownTable, int]]:
        """The other rows that rest on the passages of a row, those that share most first."""
        return [(table, one) for table, index in rows for one in self._sharing.others(table, index)]

    def _companion(self, table: ShownTable, index: int) -> Companion:
        return Companion(
            self._links.neighbour(*self._links.more_about(table, index)),
            self._verdicts.of_row([(table, index)]),
        )

    def _is_told_above(self, link: Link) -> bool:
        """Whether the rows that refer to a row are those that stand under it."""
        hierarchy: Hierarchy | None = self._hierarchies.get(link.parent.name)
        return hierarchy is not None and hierarchy.up is link

    def _cell(self, column: ShownColumn, out: Sequence[Link], index: int) -> Cell:
        found = [
            self._links.neighbour(link.parent, target)
            for link in out
            if link.field == column.name and (target := link.target(index)) is not None
        ]
        value = column.whole(index)
        if found and [one.key for one in found] == [column.texts[index]]:
            value = Markup("")  # the link says it
        return Cell(column.head, column.unit, value, found)

    def _referring(
        self,
        table: ShownTable,
        index: int,
        through: Neighbour | None,
        about: Sequence[tuple[ShownTable, int]],
    ) -> Iterator[Group]:
        """The rows that refer to a row, by foreign key.

        Of those to a row that this one is more about, none of its own table: it is one of them.

        Args:
            table: the table of the row.
            index: its index.
            through: the row as others name it, if it is one that the row of the page is more about.
            about: the row of the page, and those that it is more about.
        """
        for number, link in enumerate(self._links.into(table)):
            rows = link.rows.get(index, ())
            if not rows or (through and link.child is about[0][0]) or self._is_told_above(link):
                continue
            shown = rows[: limits.MOST_REFERRING] if table.has_row_pages else rows
            yield Group(
                title=link.child.title,
                field=", ".join(link.key.fields),
                count=len(rows),
                rows=[self._links.neighbour(link.child, row, seen_from=about) for row in shown],
                all=f"tables/{table.folder}/{_list_file(table, index, number, 0)}",
                through=through,
            )

    def _lists(
        self, table: ShownTable, index: int, key: str, trail: tuple[tuple[str, str], ...]
    ) -> Iterator[Page]:
        """The pages of all rows that refer to a row, where its own page has not all of them."""
        for number, link in enumerate(self._links.into(table)):
            rows = link.rows.get(index, ())
            if len(rows) <= limits.MOST_REFERRING or self._is_told_above(link):
                continue
            parts = -(-len(rows) // limits.ROWS_A_PART)
            for part in range(parts):
                some = rows[part * limits.ROWS_A_PART : (part + 1) * limits.ROWS_A_PART]
                yield self._frame.page(
                    "referring.jinja",
                    f"tables/{table.folder}/{_list_file(table, index, number, part)}",
                    f"{link.child.title} that refer to {key}",
                    trail=(*trail, (f"tables/{table.folder}/{table.names[index]}.html", key)),
                    key=key,
                    link=link,
                    count=len(rows),
                    first=part * limits.ROWS_A_PART + 1,
                    rows=[
                        self._links.neighbour(link.child, row, seen_from=[(table, index)])
                        for row in some
                    ],
                    part=part,
                    files=[_list_file(table, index, number, one) for one in range(parts)],
                )


def _list_file(table: ShownTable, index: int, number: int, part: int) -> str:
    """The page of a part of the rows that refer to a row by the foreign key of a number."""
    return f"{table.names[index]}{MARK}in-{number + 1}-{part + 1}.html"
