"""Rows of JSON by whole columns, as far as they are written like others before them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import and_
from typing import TypeVar

import polars as pl

from validate._src.fields._distinct import Remembered
from validate._src.reading._jsoncells import (
    Around,
    Column,
    Pieces,
    are_quoted,
    column_of,
    pieces_of,
    strays,
    unescaped,
    value_of,
)
from validate._src.reading._jsonmarks import Marked, cut_at_marks
from validate._src.reading._jsonmasks import masked, unmasked
from validate._src.reading._jsonrowtexts import Text, without
from validate._src.reading._jsonshapes import OPENING, Shape, cut, shape_of
from validate._src.reading._typed import joined
from validate._src.reading.batch import columns

T = TypeVar("T")
MOST_SHAPES = 16  # of a table: each takes a look at all rows that are of none before it
FEW = 100  # rows, of which no shape is learned
TRIED = 5  # rows of which a shape is learned, if one of them is of a simple form
MOSTLY = (
    100  # lists, of which all but one have to be as long as each other to be cut at their marks
)
RARE = 20  # rows, of which at least one has to be of a shape that is learned


@dataclass(frozen=True)
class Taken:
    """Rows of a text that are columns.

    Attributes:
        index: which they are of the rows of the text, ascending.
        cells: their cells, a column for each key; null where a row does not have it.
        kinds: what these are; columns of one type are left out.
        begun: the keys of each shape, with the index of the first row that has it.
    """

    index: pl.Series
    cells: pl.DataFrame
    kinds: Mapping[str, pl.Series]
    begun: tuple[tuple[int, tuple[str, ...]], ...] = ()

    @classmethod
    def of(cls, index: pl.Series, keys: Sequence[str], made: Sequence[Column]) -> "Taken":
        """Rows that are columns, one for each key."""
        columns_of = dict(zip(keys, made, strict=True))
        cells = {key: one.cells for key, one in columns_of.items()}
        kinds = {key: one.kinds for key, one in columns_of.items() if one.kinds is not None}
        return cls(index, pl.DataFrame(cells), kinds)

    def only(self, kept: pl.Series) -> "Taken":
        """The same of some of the rows; if shapes are known, of those up to one of them."""
        index = self.index.filter(kept)
        last = -1 if index.is_empty() else index[-1]
        return Taken(
            index,
            self.cells.filter(kept),
            {key: kinds.filter(kept) for key, kinds in self.kinds.items()},
            tuple(one for one in self.begun if one[0] <= last),
        )


class JsonColumns:
    """What makes columns of rows, and learns from them how they are written.

    Attributes:
        nested: keys that have objects or lists as values.
    """

    def __init__(self, rows: Iterable[object] = (), nested: Iterable[str] = ()) -> None:
        """Has learned from some rows, and of some keys that they have objects or lists."""
        self._shapes: list[Shape] = []
        self.nested = {*nested}
        self._with_escapes: set[int] = set()
        self._with_commas: set[str] = set()
        self._remembered = Remembered(value_of)
        for row in rows:
            self.learn(row)

    def learn(self, row: object) -> None:
        """Learns from a row which keys have objects or lists as values."""
        if isinstance(row, dict):
            cells: dict[str, object] = row
            self.nested.update(key for key, one in cells.items() if isinstance(one, dict | list))

    def taken(self, text: Text) -> Taken | None:
        """The rows of a text that are of one shape or another; None if none are."""
        found: list[Taken] = []
        left = pl.int_range(len(text.rows), dtype=pl.UInt32, eager=True)
        for shape in self._shapes:
            left = self._take(text, left, shape, found)
        while len(left) >= FEW and (shape := self._learned(text, left.head(TRIED))):
            before, left = len(left), self._take(text, left, shape, found)
            if (before - len(left)) * RARE < before:
                break
            self._shapes.append(shape)
        if len(found) < 2:
            return found[0] if found else None
        return _in_order(found)

    def _learned(self, text: Text, some: pl.Series) -> Shape | None:
        """A shape that is new, of one of some rows; lists are all as long as each other."""
        if len(self._shapes) >= MOST_SHAPES:
            return None
        rows = (row for at in some if (row := text.whole(at)) is not None)
        found = (shape for shape in map(shape_of, rows) if shape and shape not in self._shapes)
        return next((shape for shape in found if self._goes_with_others(shape)), None)

    def _goes_with_others(self, shape: Shape) -> bool:
        if not self._shapes:
            return True
        known = self._shapes[0]
        return known.is_list == shape.is_list and (not known.is_list or known.keys == shape.keys)

    def _take(self, text: Text, left: pl.Series, shape: Shape, found: list[Taken]) -> pl.Series:
        """Adds those of the rows that are left that are of a shape; gives the others."""
        own = shape.within(text.cut)
        if left.is_empty() or own is None:
            return left
        taken = self._of_shape(text.at(left), own)
        if taken.index.is_empty():
            return left
        index = left.gather(taken.index)
        begun = () if shape.is_list else ((index[0], shape.keys),)
        found.append(replace(taken, index=index, begun=begun))
        return left.gather(without(taken.index, len(left)))

    def _of_shape(self, text: Text, shape: Shape) -> Taken:
        """The rows of a text that are of a shape."""
        names, last = columns(len(shape.keys)), len(shape.keys) - 1
        nested = [at for at, key in enumerate(shape.keys[:last]) if key in self.nested]
        behind = ["" if at in nested else end for at, end in enumerate(shape.behind)]
        around = {name: ("", end) for name, end in zip(names, behind, strict=True)}
        marked = _marked(text, shape)
        if marked is not None:
            ahead = ["", *[shape.before] * last]
            around = {name: (one, "") for name, one in zip(names, ahead, strict=True)}
            around[names[-1]] = (ahead[-1], marked.last)
            made = self._of_cells(text.at(marked.index), shape, around, marked.cells)
            return replace(made, index=marked.index.gather(made.index))
        cells, masks = _cut(text, shape, nested)
        return self._of_cells(text, shape, around, cells, masks)

    def _of_cells(
        self,
        text: Text,
        shape: Shape,
        around: Around,
        cells: pl.DataFrame,
        masks: int = 0,
    ) -> Taken:
        """The rows of a text that are of a shape, at which all are cut.

        Args:
            text: n rows.
            shape: the shape.
            around: what stands around the values in the cells.
            cells: n rows as they are cut.
            masks: how many commas are masked in them.
        """
        quoted = are_quoted(cells, around)
        is_sound = _is_sound(cells, quoted, around) & (cells[OPENING] == shape.opening)
        index = is_sound.arg_true()
        if len(index) < len(is_sound):
            cells, quoted, text = cells.filter(is_sound), quoted.filter(is_sound), text.at(index)
        if masks:
            cells = cells.with_columns(self._unmask(cells, masks))
        pieces = pieces_of(cells, quoted, around)
        made = [column_of(one, self._remembered) for one in pieces]
        self._unescape(pieces, made, text.escapes)
        return _sound(Taken.of(index, shape.keys, made), text, shape, pieces, made)

    def _unmask(self, cells: pl.DataFrame, masks: int) -> Iterator[pl.Series]:
        """The columns that have commas masked, with these; so many there are at most."""
        for name in _known_first(columns(cells.width - 1), self._with_commas):
            if not masks:
                return
            column, found = unmasked(cells[name])
            if found:
                self._with_commas.add(name)
                masks -= found
                yield column

    def _unescape(self, pieces: Sequence[Pieces], made: list[Column], escapes: int) -> None:
        """Puts what escapes stand for into the columns that have so many backslashes together."""
        for at in _known_first(range(len(made)), self._with_escapes):
            if not escapes:
                return
            made[at], found = unescaped(made[at], pieces[at], self._remembered)
            if found:
                self._with_escapes.add(at)
                escapes -= found


def _known_first(columns: Iterable[T], known: set[T]) -> list[T]:
    """Columns, those first in which something was found before.

    Once as often as it is there, it is in no others: to look for escapes in each took a tenth of
    the time of a table in which one column has many.
    """
    return sorted(columns, key=lambda one: one not in known)


def _in_order(found: Sequence[Taken]) -> Taken:
    """Rows of several shapes as they follow each other."""
    index = pl.concat([one.index for one in found])
    order = index.arg_sort()
    cells, kinds = joined([(one.cells, one.kinds) for one in found])
    return Taken(
        index.gather(order),
        cells[order],
        {key: one.gather(order) for key, one in kinds.items()},
        tuple(one for part in found for one in part.begun),
    )


def _cut(text: Text, shape: Shape, nested: Sequence[int]) -> tuple[pl.DataFrame, int]:
    """The rows of a text cut where the values of a shape begin, and how many commas are masked."""
    rows, masks, parted = text.rows, 0, len(shape.keys) - 1
    if shape.is_list and parted:
        rows, masks = masked(rows, shape.before, parted, may_escape=text.escapes > 0)
    return cut(rows, shape, nested), masks


def _marked(text: Text, shape: Shape) -> Marked | None:
    """Lists cut at their marks, if most are of one length and are cut elsewhere without them."""
    if not shape.is_list or text.lines is None:
        return None
    marked = cut_at_marks(text.lines, len(text.rows), shape)
    return (
        marked if marked and MOSTLY * len(marked.index) >= (MOSTLY - 1) * len(text.rows) else None
    )


def _is_sound(cells: pl.DataFrame, quoted: pl.DataFrame, around: Around) -> pl.Series:
    """Whether all values of a row are there, and have around them what they should."""
    loose = [name for name in around if not quoted[name].all()]
    at_ends = cells.select(_stands_in(name, *around[name]) for name in loose)
    masks = (at_ends[name].fill_null(value=False) | quoted[name] for name in loose)
    return reduce(and_, masks, cells.to_series(-1).is_not_null())


def _stands_in(name: str, before: str, behind: str) -> pl.Expr:
    cell = pl.col(name)
    ends = cell.str.ends_with(behind)
    return ends & cell.str.starts_with(before) if before else ends


def _sound(
    taken: Taken, text: Text, shape: Shape, pieces: Sequence[Pieces], made: Sequence[Column]
) -> Taken:
    """The rows in which all values are such of JSON.

    As many quotes as there are keys and strings, twice, and what stands in others: none is astray.
    As many control characters as there are in the white space: none stands in a string. A list of
    nothing but nulls is an empty row.
    """
    quotes = shape.quotes * len(text.rows)
    quotes += sum(2 * one.strings for one in pieces) + sum(one.quotes for one in made)
    masks = [one.is_sound for one in made if one.is_sound is not None]
    if (quotes, shape.controls * len(text.rows)) != (text.quotes, text.controls):
        masks += [~strays(one) for one in pieces]
    if shape.is_list and all(one.cells.null_count() for one in made):
        masks.append(taken.cells.select(pl.any_horizontal(pl.all().is_not_null())).to_series())
    if not masks:
        return taken
    is_sound = reduce(and_, masks)
    return taken if is_sound.all() else taken.only(is_sound)
