"""Rows of tables, and the spans of texts that they are, as they may be written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from validate._src.tables.dataset import Dataset
from validate._src.tables.table import Table
from validate._src.words.anchors import Spans
from validate._src.words.finding import cell_noun


@dataclass(frozen=True)
class Place:
    """A row of a table."""

    table: Table
    index: int

    @property
    def name(self) -> str:
        """Table and key: `figures fig-0001`; the table alone where rows have none."""
        key = ",".join(self._shown(name) or "" for name in self.table.key_fields)
        return f"{self.table.resource.name} {key}".rstrip()

    @property
    def at(self) -> tuple[str, int]:
        """The name of the table, and the index of the row in it."""
        return self.table.resource.name, self.index

    @property
    def location(self) -> str:
        """File and line, `data/figures.csv:2`, or row, where the format has no lines."""
        row, line = self.table.rows[self.index], self.table.lines[self.index]
        path, sheet = self.table.origin_of(row)
        if sheet is not None:
            cells = sheet.cell(row, None, len(self.table.columns))
            return f'{path}, sheet "{sheet.name}", {cell_noun(cells)} {cells}'
        return f"{path}, row {row}" if line is None else f"{path}:{line}"

    def cells(self) -> dict[str, str]:
        """The text of every cell that has any, by field, as it may be written."""
        cells = {name: self._shown(name) for name in self.table.text.columns}
        return {name: text for name, text in cells.items() if text is not None}

    def _shown(self, name: str) -> str | None:
        return self.table.shown(name, pl.Series([self.index]))[0]


def summary(place: Place) -> str:
    """A row in a line: its table and key, and its first cells beside the key."""
    return " · ".join([place.name, *first_cells(place)])


def first_cells(place: Place) -> list[str]:
    """The first cells of a row beside its key, which mostly say what it is about."""
    key = place.table.schema.primary_key
    others = [f"{name}: {text}" for name, text in place.cells().items() if name not in key]
    return others[:3]


def rows_with(table: Table, names: Sequence[str], wanted: Sequence[str | None]) -> list[int]:
    """Indexes of the rows that have these texts in these fields."""
    if not names or len(names) != len(wanted) or None in wanted or not table.has(names):
        return []
    same = pl.all_horizontal(pl.col(name) == text for name, text in zip(names, wanted, strict=True))
    return table.text.select(same.arg_true()).to_series().to_list()


def anchored(dataset: Dataset, place: Place, spans: Spans) -> Iterator[str]:
    """Where a span stands, a line, and its words with the texts at hand."""
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
