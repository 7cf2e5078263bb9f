"""The rows that differ, in bounded memory and in the order of their files."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl

from validate._src.compare._comparable import (
    ASTRAY,
    LINE,
    OF_TEXT,
    PATH,
    ROW,
    Pair,
    exact_of,
    text_of,
    value_of,
)
from validate._src.compare.difference import ADDED, REMOVED, Cell, RowChange, Where
from validate._src.words.finding import WITHHELD
from validate._src.words.scratch import ScratchFolder

MOST_BYTES = 2**27
"""Bytes of changes that are held in memory; more go to disk."""
AT_ONCE = 10_000
"""Rows that are made to objects at once."""
OLD, NEW = "old", "new"


@dataclass(eq=False)
class HeldRows:
    """Rows with a column by which they are given in order, on disk where they are many.

    Each file has its rows in order; so those of a range of numbers are found in all of them.

    Attributes:
        order: the column of numbers by which they are ordered.
        most_bytes: how many bytes are in memory at most.
        count: how many rows there are.
    """

    order: str
    most_bytes: int = field(default_factory=lambda: MOST_BYTES)
    count: int = 0
    _frames: list[pl.DataFrame] = field(default_factory=list[pl.DataFrame])
    _bytes: int = 0
    _files: list[Path] = field(default_factory=list[Path])
    _folder: ScratchFolder | None = None

    def add(self, rows: pl.DataFrame) -> None:
        """Takes rows."""
        self.count += rows.height
        if rows.height:
            self._frames.append(rows)
            self._bytes += int(rows.estimated_size())
        if self._bytes > self.most_bytes:
            self._write()

    def __iter__(self) -> Iterator[pl.DataFrame]:
        """The rows in order, some at a time."""
        if not self.count:
            return
        frames = [frame.lazy() for frame in self._sorted_frames()]
        runs = [*map(pl.scan_ipc, self._files), *frames]
        places = [run.select(self.order).collect().to_series() for run in runs]
        last = max((int(one[-1]) for one in places), default=0)
        for begin, end in pairwise(self._bounds(last)):
            parts = [
                run.slice(
                    one.search_sorted(begin), one.search_sorted(end) - one.search_sorted(begin)
                )
                for run, one in zip(runs, places, strict=True)
            ]
            rows = pl.concat(pl.collect_all(parts), how="diagonal_relaxed").sort(self.order)
            yield from rows.iter_slices(AT_ONCE)

    def _bounds(self, last: int) -> list[int]:
        """Where to cut, so that few rows are read at once; rows in memory need no cut."""
        return [*range(0, last + 1, AT_ONCE if self._files else last + 1), last + 1]

    def _sorted_frames(self) -> list[pl.DataFrame]:
        if not self._frames:
            return []
        return [pl.concat(self._frames, how="diagonal_relaxed").sort(self.order)]

    def _write(self) -> None:
        if self._folder is None:
            self._folder = ScratchFolder()
        (rows,) = self._sorted_frames()
        self._files.append(self._folder.path / f"{len(self._files)}.arrow")
        rows.write_ipc(self._files[-1], compression="uncompressed", record_batch_size=AT_ONCE)
        self._frames, self._bytes = [], 0


@dataclass(frozen=True, eq=False)
class ChangedRows:
    """The rows of one kind of change; can be gone through again and again.

    Attributes:
        change: `added`, `removed` or `changed`.
        pairs: the fields.
        key: the places of the fields of the key.
        held: the rows, as `row_texts` has them.
        withheld: the places of the fields whose values are written nowhere.
    """

    change: str
    pairs: Sequence[Pair]
    key: Sequence[int]
    held: HeldRows
    withheld: frozenset[int]

    def __iter__(self) -> Iterator[RowChange]:
        """The rows in the order of their files."""
        for frame in self.held:
            yield from map(self._row, frame.iter_rows(named=True))

    def _row(self, row: dict[str, Any]) -> RowChange:
        own, other = (OLD, NEW) if self.change == REMOVED else (NEW, OLD)
        shown = [pair.new if own == NEW else pair.old for pair in self.pairs]
        values = {
            pair.label: self._shown(row, own, part)
            for part, (pair, has) in enumerate(zip(self.pairs, shown, strict=True))
            if has is not None
        }
        cells = (
            Cell(pair.label, self._shown(row, other, part), self._shown(row, own, part))
            for part, pair in enumerate(self.pairs)
            if row.get(f"differs {part}")
        )
        return RowChange(
            change=self.change,
            key=tuple(self._shown(row, own, part) for part in self.key),
            old=None if self.change == ADDED else _where(row, OLD),
            new=None if self.change == REMOVED else _where(row, NEW),
            values=values,
            cells=tuple(cells),
        )

    def _shown(self, row: dict[str, Any], side: str, part: int) -> str | None:
        """The text of a cell as it may be written."""
        text = row.get(f"{side} {part}")
        hidden = part in self.withheld or row.get(f"{side} {ASTRAY}")
        return WITHHELD if hidden and text is not None else text


def _where(row: dict[str, Any], side: str) -> Where:
    return Where(row[f"{side} {PATH}"], row[f"{side} {ROW}"], row[f"{side} {LINE}"])


def row_texts(rows: pl.DataFrame, pairs: Sequence[Pair], side: str) -> pl.DataFrame:
    """Where rows stand, and their texts, by `old` or `new` and the places of the fields.

    Args:
        rows: n rows with texts in memory of their own.
        pairs: the fields.
        side: `old` or `new`.
    """
    known = {*rows.columns}
    places = [
        pl.col(name).alias(f"{side} {name}") for name in (PATH, ROW, LINE, ASTRAY) if name in known
    ]
    texts = (_text(pair, part, side, known) for part, pair in enumerate(pairs))
    return rows.select(*places, *(one for one in texts if one is not None))


def _text(pair: Pair, part: int, side: str, known: set[str]) -> pl.Expr | None:
    own = pair.new if side == NEW else pair.old
    if own is None:
        return None
    from_value = pair.is_common and (own.type in OF_TEXT or pair.is_compared_as_written)
    names = [text_of(part), *([value_of(part)] if from_value else [])]
    found = [pl.col(name) for name in names if name in known]
    return pl.coalesce(found).alias(f"{side} {part}") if found else None


def differing(old: pl.DataFrame, new: pl.DataFrame, pairs: Sequence[Pair]) -> pl.DataFrame:
    """Which cells of n rows differ from those of n others, as columns `differs 0` and so on."""
    return pl.DataFrame(
        [
            _differs(old, new, part).alias(f"differs {part}")
            for part, pair in enumerate(pairs)
            if pair.is_common
        ]
    )


def _differs(old: pl.DataFrame, new: pl.DataFrame, part: int) -> pl.Series:
    differs = old[value_of(part)].ne_missing(new[value_of(part)])
    nothing = pl.repeat(None, old.height, dtype=pl.String, eager=True)
    name = exact_of(part)
    first, second = (rows[name] if name in rows.columns else nothing for rows in (old, new))
    return differs | first.ne_missing(second)
