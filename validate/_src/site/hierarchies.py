"""Tables whose rows stand under wider ones, and what stands under each row.

Which field leads to the wider row, and which rows are counted, views say (`broader`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from validate._src.package.viewlinks import field_meant, referred_to
from validate._src.site.links import Links, Neighbour
from validate._src.site.model import Tables
from validate._src.site.references import Link


@dataclass(frozen=True)
class Counted:
    """How many rows refer to a row.

    Attributes:
        title: the title of their table as HTML; with that of the field by which they do, unless
            other rows join them with the row.
        own: how many refer to the row itself.
        whole: how many refer to it or to a narrower one, each counted once.
    """

    title: Markup
    own: int
    whole: int


@dataclass(frozen=True)
class Narrower:
    """A row that stands under another.

    Attributes:
        index: the index of the row.
        row: the row.
        counts: how many rows refer to it, by their tables.
    """

    index: int
    row: Neighbour
    counts: Sequence[Counted]


@dataclass(frozen=True)
class Standing:
    """A row that refers to another, or to one under that.

    Attributes:
        row: its index; of several that join the same row with these, of the first.
        under: the narrower rows to which it refers; none if it refers to the row itself.
    """

    row: int
    under: tuple[int, ...] = ()


@dataclass(frozen=True, eq=False)
class Hierarchy:
    """The rows of a table, of which one stands under another.

    Attributes:
        up: the foreign key that leads to the wider row.
        counted: the foreign keys of rows that are counted, in the order of the package.
        links: the foreign keys of the package.
        is_whole: whether a view says of the rows themselves what stands under them, and not only
            of a field that refers to them.
    """

    up: Link
    counted: tuple[Link, ...]
    links: Links
    is_whole: bool = False

    def reaches(self, link: Link) -> bool:
        """Whether what refers to a row by a foreign key stands under the wider rows too.

        What rows of the table say of each other, or what ties them to each other, does not, unless
        it is counted.
        """
        if link in self.counted:
            return True
        table, across = self.up.parent, self.links.across(link)
        among = link.child is table or (across is not None and across.parent is table)
        return self.is_whole and not among

    def standing(self, link: Link, index: int) -> list[Standing]:
        """What refers to a row or to one under it by a foreign key, each thing once.

        Args:
            link: a foreign key to the table.
            index: the row.

        Returns:
            The rows of the table of the key, in its order.
        """
        own = {self._thing(link, row): row for row in reversed(link.rows.get(index, ()))}
        first: dict[int, int] = {}
        under: dict[int, list[int]] = {}
        for narrower in sorted(self.under(index)):
            for row in link.rows.get(narrower, ()):
                thing = self._thing(link, row)
                if thing not in own:
                    first[thing] = min(row, first.get(thing, row))
                    under.setdefault(thing, []).append(narrower)
        found = [Standing(row) for row in own.values()]
        found += [Standing(row, tuple(dict.fromkeys(under[thing]))) for thing, row in first.items()]
        return sorted(found, key=lambda one: one.row)

    def _thing(self, link: Link, row: int) -> int:
        """What is counted once: the row that a row joins with others, or itself.

        Returns:
            The index of the row that it joins. Of one that joins none the complement of its own
            index, which is no index.
        """
        across = self.links.across(link)
        if across is None:
            return row
        target = across.target(row)
        return ~row if target is None else target

    def narrower(self, index: int) -> list[Narrower]:
        """The rows directly under a row, in the order of their table."""
        table = self.up.parent
        return [
            Narrower(row, self.links.neighbour(table, row), self.counts(row))
            for row in self.up.rows.get(index, ())
        ]

    def counts(self, index: int) -> list[Counted]:
        """How many rows refer to a row, by their tables; none of tables of which none does."""
        found: list[Counted] = []
        under = [*self.under(index)]
        for link, members in self._members.items():
            own = members.get(index, frozenset[int]())
            whole = own.union(*(members.get(row, ()) for row in under))
            if whole:
                found.append(Counted(self._title(link), len(own), len(whole)))
        return found

    def under(self, index: int) -> Iterator[int]:
        """All rows under a row, each once, also where they run in a circle."""
        seen, left = {index}, [*self.up.rows.get(index, ())]
        while left:
            row = left.pop()
            if row not in seen:
                seen.add(row)
                left += self.up.rows.get(row, ())
                yield row

    def _title(self, link: Link) -> Markup:
        """What is counted."""
        if across := self.links.across(link):
            return across.parent.said
        return Markup("{}, {}").format(link.child.said, link.child.title_of(link.field))

    @cached_property
    def _members(self) -> Mapping[Link, Mapping[int, frozenset[int]]]:
        """For each row what refers to it, or what the rows that refer to it join with it."""
        found: dict[Link, dict[int, frozenset[int]]] = {}
        for link in self.counted:
            found[link] = {
                index: frozenset(self._thing(link, row) for row in rows)
                for index, rows in link.rows.items()
            }
        return found


def hierarchies_of(site: Tables, links: Links) -> dict[str, Hierarchy]:
    """The tables whose rows stand under each other, by name; of several ways up the first.

    Args:
        site: the tables.
        links: their foreign keys.
    """
    ways: dict[str, str] = {}
    counted: dict[str, dict[str, None]] = {}
    for resource, name, target, broader in _declared(site):
        if ways.setdefault(target, broader) == broader:
            counted.setdefault(target, {})[f"{resource}.{name}"] = None
    found: dict[str, Hierarchy] = {}
    for target, broader in ways.items():
        table = site.table(target)
        for up in links.into(table) if table else ():
            if up.child is table and up.key.fields == (broader,):
                others = tuple(
                    link
                    for link in links.into(up.parent)
                    if len(link.key.fields) == 1
                    and f"{link.child.name}.{link.field}" in counted[target]
                )
                is_whole = f"{target}.{up.key.reference_fields[0]}" in counted[target]
                found[target] = Hierarchy(up, others, links, is_whole)
    return found


def _declared(site: Tables) -> Iterator[tuple[str, str, str, str]]:
    """What views say of wider values: resource and field, the resource meant, the way up there."""
    views = site.package.views
    for view in views.pages if views else ():
        for _, declared in view.declared:
            column = view.meant(declared)
            if views is None or column.broader is None:
                continue
            meant = field_meant(column, view, views, site.package, "")
            if meant is not None:
                target, _ = referred_to(meant[0], meant[1].name)
                yield meant[0].name, meant[1].name, target, column.broader
