"""How many rows speak of a row that others refer to, such as a topic, a person or a document."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from validate._src.curation.ranking import Kind, kinds_of
from validate._src.curation.search import Speaking
from validate._src.site.gather import tables_of
from validate._src.site.hierarchies import hierarchies_of
from validate._src.site.links import Links
from validate._src.site.model import ShownTable, Tables
from validate._src.site.references import Link
from validate._src.tables.dataset import Dataset
from validate._src.words.matching import folded


@dataclass(frozen=True)
class Mention:
    """How many rows of a table speak of a row.

    Attributes:
        table: their table.
        count: how many there are, each counted once.
    """

    table: ShownTable
    count: int

    @property
    def title(self) -> str:
        """The title of their table, in the first of the languages of the package."""
        return self.table.title


class Mentions:
    """What speaks of the rows of a package.

    Of rows that join others that is what they join; of those that a register lists, as one of
    claims does with the rows of several tables, it is the row of the register. What speaks of a
    narrower row speaks of the wider one.
    """

    def __init__(self, site: Tables) -> None:
        """Takes the tables.

        Attributes:
            tables: the tables.
            links: their foreign keys.
            hierarchies: those whose rows stand under each other, by name.
            kinds: what they are, by name.
        """
        self.tables = site
        self.links = Links(site)
        self.hierarchies = hierarchies_of(site, self.links)
        labels = {name: one.label.name if one.label else None for name, one in site.tables.items()}
        self.kinds = kinds_of(site.package, labels)
        self._known: dict[str, list[tuple[Link, list[Link], ShownTable]]] = {}
        self._made: dict[tuple[str, int], list[Mention]] = {}

    def of(self, table: ShownTable, index: int) -> Sequence[Mention]:
        """How many rows speak of a row, by their tables; nothing of tables that are not named."""
        if self.kinds[table.name] is not Kind.NAMED:
            return ()
        if not table.has_row_pages:  # the index alone asks for each, once
            return self._found(table, index)
        if (table.name, index) not in self._made:
            self._made[table.name, index] = self._found(table, index)
        return self._made[table.name, index]

    def _found(self, table: ShownTable, index: int) -> list[Mention]:
        if table.name not in self._known:
            self._known[table.name] = [*self._speaking(table)]
        hierarchy = self.hierarchies.get(table.name)
        narrower = [*hierarchy.under(index)] if hierarchy else []
        found: dict[ShownTable, set[int]] = {}
        for link, steps, end in self._known[table.name]:
            under = narrower if hierarchy and hierarchy.reaches(link) else ()
            for at in (index, *under):
                if rows := _ends(link.rows.get(at, ()), steps):
                    found.setdefault(end, set()).update(rows)
        return [Mention(end, len(rows)) for end, rows in found.items()]

    def namesakes(self, table: ShownTable, index: int) -> list[tuple[ShownTable, int]]:
        """The other rows that are called as a row is, in some language: of named tables with pages.

        So a topic and a person of the same name are led to from each other.
        """
        if self.kinds[table.name] is not Kind.NAMED or not table.has_row_pages:
            return []
        called = self.links.called(table, index).values()
        found = (one for text in called for one in self._named[folded(text)])
        return [one for one in dict.fromkeys(found) if one != (table, index)]

    @cached_property
    def _named(self) -> Mapping[str, Sequence[tuple[ShownTable, int]]]:
        """The rows of named tables by what they are called."""
        found: dict[str, list[tuple[ShownTable, int]]] = {}
        for table in self.tables.tables.values():
            if self.kinds[table.name] is Kind.NAMED and table.has_row_pages:
                for index in range(table.height):
                    for text in self.links.called(table, index).values():
                        found.setdefault(folded(text), []).append((table, index))
        return found

    def _speaking(self, table: ShownTable) -> Iterator[tuple[Link, list[Link], ShownTable]]:
        """The foreign keys to a table from rows of others that say something.

        Yields:
            The key, the keys that lead from its rows on to what is counted, and the table of that.
        """
        for link in self.links.into(table):
            steps = [*self._steps(link)]
            end = steps[-1].parent if steps else link.child
            is_other = link.child is not table and end is not table
            is_coding = self.kinds[link.child.name] is Kind.CODING
            if is_other and not is_coding and self.links.says_something(end):
                yield link, steps, end

    def _steps(self, link: Link) -> Iterator[Link]:
        """The foreign keys from rows to what they join with others, and on to its register."""
        table = link.child
        if (across := self.links.across(link)) is not None:
            yield across
            table = across.parent
        yield from self.links.kin(table)[:1]


def speaking(dataset: Dataset) -> Speaking:
    """What speaks of the rows of a package, looked for once somebody asks."""

    @cache
    def mentions() -> Mentions:
        return Mentions(tables_of(dataset))

    def of(name: str, index: int) -> list[tuple[str, int]]:
        table = mentions().tables.table(name)
        found = () if table is None else mentions().of(table, index)
        return [(one.title, one.count) for one in found]

    return of


def _ends(rows: Sequence[int], steps: Sequence[Link]) -> Sequence[int]:
    """Where some rows lead, but for those that lead nowhere."""
    for link in steps:
        rows = [at for row in rows if (at := link.target(row)) is not None]
    return rows
