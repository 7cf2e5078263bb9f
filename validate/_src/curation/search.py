"""Rows looked for by words: those that have a key, a key like it, or the words in their texts."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import and_, or_
from typing import Any

import polars as pl

from validate._src.curation.places import Place
from validate._src.curation.ranking import (
    Kind,
    Rank,
    kinds_of,
    label_of,
    those_aside,
    titles_of,
)
from validate._src.curation.rowkeys import near_keys, rows_with_key, rows_with_like_key
from validate._src.fields.natives import written
from validate._src.tables.dataset import Dataset
from validate._src.tables.table import Table
from validate._src.words.errors import PackageError
from validate._src.words.matching import folded
from validate._src.words.model import Package
from validate._src.words.printing import counted, no_such
from validate._src.words.schema import Field

NO_TEXT = frozenset({"boolean", "geojson", "geopoint", "integer", "number"})
"""The types of fields in which no words are: two digits would be found in any of them."""

Speaking = Callable[[str, int], Sequence[tuple[str, int]]]
"""What speaks of a row, by the name of its table and its index: titles of tables, and how many of
their rows do."""


@dataclass(frozen=True)
class Hit:
    """A row that is like what is looked for.

    Attributes:
        fields: the fields that have some of the words; none where only the key is like them.
        rank: what it has of what is looked for.
        spoken: how many rows speak of it, by the titles of their tables.
    """

    place: Place
    fields: tuple[str, ...] = ()
    rank: Rank = Rank.OTHER
    spoken: tuple[tuple[str, int], ...] = ()

    @property
    def weight(self) -> int:
        """How many rows speak of it."""
        return sum(count for _, count in self.spoken)


@dataclass(frozen=True)
class Found:
    """What words lead to.

    Attributes:
        rows: the rows that are meant, to be shown whole.
        hits: the rows that may be, to be listed: those of a table together, the best first.
        words: what was looked for.
        aside: the tables whose rows are counted and not listed, with what they are.
        notes: what is to be said besides.
    """

    rows: tuple[Place, ...] = ()
    hits: tuple[Hit, ...] = ()
    words: tuple[str, ...] = ()
    aside: Mapping[str, Kind] = field(default_factory=dict[str, Kind])
    notes: tuple[str, ...] = ()


def find(
    dataset: Dataset,
    words: Sequence[str],
    resources: Sequence[str] = (),
    *,
    texts: bool = False,
    speaking: Speaking | None = None,
) -> Found:
    """What words lead to: the rows with these keys, or else the rows that have all of them.

    Args:
        dataset: where to look.
        words: keys, the parts of composite ones joined by commas, or words and phrases.
        resources: the tables to look in; none for all.
        texts: whether to look in texts only, though the words be keys.
        speaking: what speaks of rows, those of which most does first; None if it is not asked.

    Raises:
        PackageError: there is no such table; a word has no characters; nothing is found.
    """
    tables = _tables(dataset, resources)
    terms = tuple(map(_term, words))
    rows = [] if texts else [rows_with_key(tables, word) for word in words]
    if rows and all(rows):
        meant = {place.at: place for some in rows for place in some}
        notes = tuple(_elsewhere(dataset, tables, words, {*meant}))
        return Found(tuple(meant.values()), notes=notes)
    hits = [hit for table in tables for hit in search(dataset, table, terms)]
    alike = [] if texts or len(words) > 1 else list(rows_with_like_key(tables, words[0]))
    if alike and not hits and len(keys := {key for key, _ in alike}) == 1:
        note = f'no row has the key "{words[0]}"; {keys.pop()} is shown'
        return Found(tuple(place for _, place in alike), notes=(note,))
    if not alike and not hits:
        raise PackageError(_nothing(tables, words, resources, texts=texts))
    found = {hit.place.at: hit for hit in hits}
    for _, place in alike:
        fields = found[place.at].fields if place.at in found else ()
        found[place.at] = Hit(place, fields, Rank.LIKE_KEY)
    if speaking is not None:
        found = {at: _with_weight(hit, speaking) for at, hit in found.items()}
    return _in_order(dataset, [*found.values()], words, are_chosen=bool(resources))


def _with_weight(hit: Hit, speaking: Speaking) -> Hit:
    spoken = speaking(*hit.place.at)
    return replace(hit, spoken=tuple(spoken)) if spoken else hit


def _in_order(
    dataset: Dataset, hits: Sequence[Hit], words: Sequence[str], *, are_chosen: bool
) -> Found:
    """Hits by their tables, those with the best hits first, and in them by rank.

    Among equals those come first of which most rows speak.

    Args:
        dataset: where they were found.
        hits: the hits.
        words: what was looked for.
        are_chosen: whether it was said in which tables to look; then none is aside.
    """
    best: dict[str, tuple[Rank, int]] = {}
    for hit in hits:
        name, own = hit.place.table.resource.name, (hit.rank, -hit.weight)
        best[name] = min(own, best.get(name, own))
    ranks = {name: rank for name, (rank, _) in best.items()}
    kinds = kinds_of(dataset.package, {name: label(dataset.tables[name]) for name in best})
    aside = frozenset[str]() if are_chosen else those_aside(kinds, ranks)
    places = {name: number for number, name in enumerate(dataset.tables)}

    def order(hit: Hit) -> tuple[Any, ...]:
        name = hit.place.table.resource.name
        of_table = name in aside, ranks[name], kinds[name], best[name], places[name]
        return *of_table, hit.rank, -hit.weight, hit.place.index

    return Found(
        hits=tuple(sorted(hits, key=order)),
        words=tuple(words),
        aside={name: kinds[name] for name in places if name in aside},
    )


def label(table: Table) -> str | None:
    """The field that says best what a row of a table is about, if one does that may be shown."""
    shown = (field for field in table.fields if field.name not in table.withheld)
    return label_of(table.schema, ((field, written(table.cells[field.name])) for field in shown))


def _tables(dataset: Dataset, resources: Sequence[str]) -> list[Table]:
    for name in resources:
        if name not in dataset.tables:
            raise PackageError(f"--resource: {no_such('table', name, dataset.tables)}")
    return [table for name, table in dataset.tables.items() if not resources or name in resources]


def _term(word: str) -> str:
    term = folded(word)
    if not term:
        raise PackageError(f'"{word}" has no characters to look for')
    return term


def _nothing(
    tables: Sequence[Table], words: Sequence[str], resources: Sequence[str], *, texts: bool
) -> str:
    """What to say where nothing is found."""
    where = " or ".join(resources) if resources else "any table"
    quoted = " and ".join(f'"{word}"' for word in words)
    if texts or len(words) > 1:
        return f"no row of {where} has {quoted} in its texts"
    near = [*near_keys(tables, words[0])]
    meant = f"; did you mean {' or '.join(near)}?" if near else ""
    return f"no row of {where} has the key {quoted}, or has it in its texts{meant}"


def _elsewhere(
    dataset: Dataset, tables: Iterable[Table], words: Sequence[str], meant: Set[tuple[str, int]]
) -> Iterator[str]:
    """Says of keys that are words as well how many other rows have them as such."""
    terms = [*map(folded, words)]
    hits = [hit for table in tables for hit in search(dataset, table, terms, keys=False)]
    count = sum(hit.place.at not in meant for hit in hits)
    if count:
        quoted = " and ".join(f'"{word}"' for word in words)
        verb = "has" if count == 1 else "have"
        yield f"{counted(count, 'other row')} {verb} {quoted} in their texts: --text lists them"


def searched_fields(package: Package, resource: str, fields: Iterable[Field]) -> list[str]:
    """The names of the fields of a table in which words are looked for.

    All that hold texts, dates and lists of them, but for restricted ones and for digests.

    Args:
        package: the package.
        resource: the table.
        fields: those of its fields that have a column.
    """
    parts = package.anchors.parts if package.anchors is not None else ()
    digests = {part.sha256 for part in parts if part.resource == resource}
    return [
        field.name
        for field in fields
        if field.type not in NO_TEXT and field.name not in digests and not field.restricted
    ]


def search(
    dataset: Dataset, table: Table, terms: Sequence[str], *, keys: bool = True
) -> Iterator[Hit]:
    """The rows of a table that have all of some terms, be it in several fields.

    Rows whose cells may stand in columns of others are passed over where something is restricted.

    Args:
        dataset: what the table is of.
        table: n rows.
        terms: at least one, folded.
        keys: whether keys, the table's own and those of others, count as texts.
    """
    fields = (field for field in table.fields if field.name not in table.withheld)
    names = searched_fields(dataset.package, table.resource.name, fields)
    if not keys:
        references = (name for key in table.schema.foreign_keys for name in key.fields)
        own = {*table.schema.primary_key, *references}
        names = [name for name in names if name not in own]
    if not names or not len(table.rows):
        return
    found = {name: _found(written(table.cells[name]), terms) for name in names}
    of_terms = [reduce(or_, of_term) for of_term in zip(*found.values(), strict=True)]
    whole = reduce(and_, of_terms)
    if table.astray is not None:
        whole &= ~table.astray
    if not whole.any():
        return
    titles = tuple(titles_of(label(table), names, dataset.package).values())
    titled = (
        reduce(or_, (reduce(and_, found[name]) for name in titles)) if titles else whole & False
    )
    name = " ".join(dict.fromkeys(terms))
    rows = whole.arg_true()
    named = {index for one in titles for index in _called(table, one, rows, name)}
    for index in rows:
        fields = (name for name, of_field in found.items() if any(one[index] for one in of_field))
        rank = Rank.NAME if index in named else Rank.LABEL if titled[index] else Rank.OTHER
        yield Hit(Place(table, index), tuple(fields), rank)


def _called(table: Table, field: str, rows: pl.Series, name: str) -> Iterable[int]:
    """Those of some rows whose text in a field is a name, and nothing else, once it is folded."""
    cells = written(table.cells[field].gather(rows))
    texts = [text for text in cells.unique().drop_nulls() if folded(text) == name]
    return rows.filter(cells.is_in(pl.Series(texts, dtype=pl.String).implode()))


def _found(cells: pl.Series, terms: Sequence[str]) -> list[pl.Series]:
    """Which of n cells have which of m terms: m columns of n truths."""
    texts = [(text, folded(text)) for text in cells.unique().drop_nulls()]
    matching = [[text for text, seen in texts if term in seen] for term in terms]
    return [
        cells.is_in(pl.Series(some, dtype=pl.String).implode()).fill_null(False)
        for some in matching
    ]
