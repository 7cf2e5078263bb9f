"""Rows found by their key, with what they refer to, what refers to them, and their passages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from validate._src.tables.dataset import Dataset
from validate._src.tables.table import Table
from validate._src.words.anchors import Spans
from validate._src.words.errors import PackageError
from validate._src.words.schema import ForeignKey

SHOWN = 5


@dataclass(frozen=True)
class Place:
    """A row of a table."""

    table: Table
    index: int

    @property
    def name(self) -> str:
        """Table and key: `figures fig-0001`."""
        key = [self._shown(name) or "" for name in self.table.key_fields]
        return f"{self.table.resource.name} {','.join(key)}"

    @property
    def location(self) -> str:
        """File and line: `data/figures.csv:2`."""
        return f"{self.table.resource.location}:{self.table.lines[self.index]}"

    def cells(self) -> dict[str, str]:
        """The text of every cell that has any, by field, as it may be written."""
        cells = {name: self._shown(name) for name in self.table.text.columns}
        return {name: text for name, text in cells.items() if text is not None}

    def _shown(self, name: str) -> str | None:
        return self.table.shown(name, pl.Series([self.index]))[0]


def find_rows(dataset: Dataset, key: str) -> list[Place]:
    """The rows, in whatever table, whose primary key is `key`; commas join its parts.

    Raises:
        PackageError: no row has that key.
    """
    places = [
        Place(table, index)
        for table in dataset.tables.values()
        for index in range(len(table.rows))
        if table.schema.primary_key and ",".join(table.key(index)) == key
    ]
    if not places:
        raise PackageError(f'no row of any table has the key "{key}"')
    return places


def render(dataset: Dataset, places: Sequence[Place]) -> str:
    """The rows as text, each with its references both ways and its passages."""
    return "\n".join(line for place in places for line in _row(dataset, place)) + "\n"


def _row(dataset: Dataset, place: Place) -> Iterator[str]:
    yield f"{place.name}  ({place.location})"
    references = {
        name: (key, dataset.tables[key.resource])
        for key in place.table.schema.foreign_keys
        for name in key.fields
    }
    for name, text in place.cells().items():
        yield f"  {name}: {text}"
        if name in references and name == references[name][0].fields[-1]:
            yield from _outgoing(place, *references[name])
    referring = list(_referring(dataset, place))
    for table, key, indexes in referring:
        fields = ", ".join(key.fields)
        yield f"  ← {table.resource.name}.{fields}: {len(indexes)}"
        yield from (f"      {_summary(Place(table, index))}" for index in indexes[:SHOWN])
        if len(indexes) > SHOWN:
            yield f"      … and {len(indexes) - SHOWN} more"
    for table, spans, index in _anchored(dataset, place, referring):
        yield from _anchor(dataset, Place(table, index), spans)
    yield ""


def _outgoing(place: Place, key: ForeignKey, target: Table) -> Iterator[str]:
    wanted = [place.table.text[name][place.index] for name in key.fields]
    for index in _rows_with(target, key.reference_fields, wanted):
        yield f"    → {_summary(Place(target, index))}"


def _summary(place: Place) -> str:
    """A row in a line: its table and key, and its first cells beside the key."""
    key = place.table.schema.primary_key
    others = [f"{name}: {text}" for name, text in place.cells().items() if name not in key]
    return " · ".join([place.name, *others[:3]])


def _referring(dataset: Dataset, place: Place) -> Iterator[tuple[Table, ForeignKey, list[int]]]:
    for table in dataset.tables.values():
        for key in table.schema.foreign_keys:
            if key.resource != place.table.resource.name:
                continue
            wanted = [place.table.text[name][place.index] for name in key.reference_fields]
            indexes = _rows_with(table, key.fields, wanted)
            if indexes:
                yield table, key, indexes


def _anchored(
    dataset: Dataset,
    place: Place,
    referring: Sequence[tuple[Table, ForeignKey, list[int]]],
) -> Iterator[tuple[Table, Spans, int]]:
    """The spans that a row is, or that refer to it as what they prove."""
    anchors = dataset.package.anchors
    if anchors is None:
        return
    for spans in (anchors.segments, *anchors.spans):
        if place.table.resource.name == spans.resource:
            yield place.table, spans, place.index
    for table, key, indexes in referring:
        spans = anchors.spans_of(table.resource.name)
        if spans is not None and key in dataset.proving_keys(spans):
            yield from ((table, spans, index) for index in indexes)


def _anchor(dataset: Dataset, place: Place, spans: Spans) -> Iterator[str]:
    wanted = [name for name in vars(spans).values() if name in place.table.values.columns]
    cells = place.table.values.select(wanted).row(place.index, named=True)
    source, segment, start, end = (
        cells.get(name) for name in (spans.source, spans.segment, spans.start, spans.end)
    )
    if source is None or segment is None or start is None or end is None:
        yield f"  ⚓ {place.location} does not say where it stands; run `validate run`"
        return
    shown = place.cells()
    others = [
        text
        for name, text in shown.items()
        if name not in vars(spans).values() and name not in place.table.schema.primary_key
    ]
    about = f"  ({', '.join(others)})" if others else ""
    span = f"{shown[spans.source]}, segment {shown[spans.segment]}"
    yield f"  ⚓ {span}, {shown[spans.start]}-{shown[spans.end]}{about}"
    text = (dataset.texts or {}).get(source)
    if text is None:
        return
    if text.digest(start, end) == cells.get(spans.sha256):
        yield f"      {text.passage(start, end)}"
    else:
        yield "      the text at hand has other characters here; run `validate run --sources`"


def _rows_with(table: Table, names: Sequence[str], wanted: Sequence[str | None]) -> list[int]:
    """Indexes of the rows that have these texts in these fields."""
    if not names or len(names) != len(wanted) or None in wanted or not table.has(names):
        return []
    same = pl.all_horizontal(pl.col(name) == text for name, text in zip(names, wanted, strict=True))
    return table.text.select(same.arg_true()).to_series().to_list()
