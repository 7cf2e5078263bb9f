"""The pages of rows: what a row says, what it refers to, what refers to it, how it is cited."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from validate._src.site import limits
from validate._src.site.citation import row_citation
from validate._src.site.index import ADDRESS
from validate._src.site.links import Neighbour
from validate._src.site.mentions import Mention, Mentions
from validate._src.site.model import ShownTable, Site
from validate._src.site.passages import Passages
from validate._src.site.picked import picked_links
from validate._src.site.references import Link
from validate._src.site.referring import Referring
from validate._src.site.rendering import Frame, Page
from validate._src.site.rownames import RowNames
from validate._src.site.sharing import Sharing
from validate._src.site.spoken import in_all, in_line
from validate._src.site.values import ShownColumn, shown_column
from validate._src.site.verdicts import Verdict, Verdicts
from validate._src.site.views import ShownView


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

    def __init__(
        self,
        site: Site,
        mentions: Mentions,
        names: RowNames,
        frame: Frame,
        shown: Sequence[ShownView],
    ) -> None:
        """Takes what all of them share.

        Args:
            site: what they are made of.
            mentions: what speaks of rows.
            names: what rows are called.
            frame: what all pages share.
            shown: the views of the package, evaluated.
        """
        links = mentions.links
        self._site, self._links, self._names = site, links, names
        self._frame, self._mentions = frame, mentions
        self._referring = Referring(site, mentions)
        self._picked = picked_links(shown)
        self._passages = Passages(site, links)
        self._verdicts = Verdicts(site, links)
        self._sharing = Sharing(site, links)

    def of_table(self, table: ShownTable) -> Iterator[Page]:
        """The pages of the rows of a table, and those of many rows that refer to one."""
        columns = [shown_column(one, self._site.languages) for one in table.columns]
        out = self._links.out_of(table)
        kin = self._links.kin(table)
        trail = (
            ("index.html#tables", "Tables"),
            (f"tables/{table.folder}/index.html", table.said),
        )
        hierarchy = self._mentions.hierarchies.get(table.name)
        for index in range(table.height):
            path = f"tables/{table.folder}/{table.names[index]}.html"
            key = table.key_text(index)
            name = self._names.phrase(table, index)
            related = [(table, index, None), *self._kin_of(kin, index)]
            rows = [(one, at) for one, at, _ in related]
            others = self._others(rows)
            narrower = hierarchy.narrower(index) if hierarchy else ()
            found = [[*self._referring.found(*row)] for row in rows]
            yield self._frame.page(
                "row.jinja",
                path,
                " · ".join(filter(None, (in_line(name), key, in_line(table.titles)))),
                trail=trail,
                key=key,
                name=in_all(name),
                label="" if name else in_all(self._links.called(table, index)),
                verdict=self._verdicts.of_row(rows),
                mentions=self._mentions.of(table, index),
                **self._namesakes(table, index),
                picked=self._picked.get(f"tables/{table.address(index)}", ()),
                is_ordered=hierarchy is not None,
                narrower=[(one, self._alike(table, one.index)) for one in narrower],
                counts=hierarchy.counts(index) if hierarchy and narrower else (),
                cells=[self._cell(column, out, index) for column in columns],
                passages=[one for row in rows for one in self._passages.of_row(*row)],
                companions=[self._companion(*one) for one in others[: limits.MOST_REFERRING]],
                more=max(0, len(others) - limits.MOST_REFERRING),
                referring=[
                    group
                    for (parent, row, through), refer in zip(related, found, strict=True)
                    for group in self._referring.groups(parent, row, refer, through, rows)
                ],
                citation=row_citation(self._frame.citation, table, index),
            )
            yield from self._referring.lists(table, index, found[0], trail, self._frame)

    def _namesakes(self, table: ShownTable, index: int) -> dict[str, Any]:
        """The first rows of the same name, with what speaks of each, and where the others are."""
        found = self._mentions.namesakes(table, index)
        called = next(iter(self._links.called(table, index).values()), "")
        return {
            "namesakes": self._mentioned(found[: limits.MOST_NAMESAKES]),
            "more_namesakes": max(0, len(found) - limits.MOST_NAMESAKES),
            "search": f"{ADDRESS}#q={quote(called)}",
        }

    def _alike(
        self, table: ShownTable, index: int
    ) -> Sequence[tuple[Neighbour, Sequence[Mention]]]:
        """The rows that are called as a narrower one is, of which some row speaks."""
        found = self._mentioned(self._mentions.namesakes(table, index))
        return [(row, mentions) for row, mentions in found if mentions]

    def _mentioned(
        self, rows: Sequence[tuple[ShownTable, int]]
    ) -> list[tuple[Neighbour, Sequence[Mention]]]:
        """Rows with what speaks of each."""
        return [(self._links.neighbour(*one), self._mentions.of(*one)) for one in rows]

    def _kin_of(
        self, kin: Sequence[Link], index: int
    ) -> Iterator[tuple[ShownTable, int, Neighbour]]:
        """The rows of other tables that a row is more about."""
        for link in kin:
            if (target := link.target(index)) is not None:
                yield link.parent, target, self._links.neighbour(link.parent, target)

    def _others(self, rows: Sequence[tuple[ShownTable, int]]) -> list[tuple[ShownTable, int]]:
        """The other rows that rest on the passages of a row, those that share most first.

        What is said of a row, as a verification is of a claim, stands for the row.
        """
        found = ((table, at) for table, index in rows for at in self._sharing.others(table, index))
        return [*dict.fromkeys(self._named(*one) for one in found)]

    def _named(self, table: ShownTable, index: int) -> tuple[ShownTable, int]:
        """The row that a row names by its key, or itself."""
        kin = self._kin_of(self._links.kin(table), index)
        return next(((parent, at) for parent, at, _ in kin), (table, index))

    def _companion(self, table: ShownTable, index: int) -> Companion:
        return Companion(
            self._links.neighbour(*self._links.more_about(table, index)),
            self._verdicts.of_row([(table, index)]),
        )

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
