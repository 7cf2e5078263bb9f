"""Rows of findings as JSON objects: those of many that are alike are put together by columns.

Polars writes JSON value by value. Findings that are alike differ in few columns, and all that
stands between these is the same text: less than half of the time, byte for byte the same.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import polars as pl

from validate._src.report.formats.view import pieces
from validate._src.words.findingframe import narrow

FEW = 2**9  # findings that Polars writes in less time than it takes to see in what they differ
ESCAPED = bytes(range(ord(" "))) + b'"\\'
"""What JSON has escapes for within a text."""
NULL, NOTHING = pl.lit("null"), pl.lit("")


def objects(frames: Iterable[pl.DataFrame], between: str) -> Iterator[str]:
    """Rows as JSON objects, in pieces of many.

    Args:
        frames: the rows, with the attributes of `Finding` and maybe others as columns.
        between: what stands between the objects of a piece; of JSON, white space and commas.
    """
    for frame in frames:
        same = narrow(frame)[1] if frame.height > FEW else {}
        members = {name: _members(frame.select(name).head(1)) for name in same}
        for piece in pieces([frame]):
            parts = _parts(piece, members) if members else None
            yield _by_polars(piece, between) if parts is None else _together(piece, parts, between)


def _by_polars(piece: pl.DataFrame, between: str) -> str:
    return piece.write_ndjson().removesuffix("\n").replace("\n", between)


def _members(cell: pl.DataFrame) -> str:
    """The members of the only row of a frame, as JSON."""
    return _by_polars(cell, "")[1:-1]


def _together(piece: pl.DataFrame, parts: Sequence[str | pl.Expr], between: str) -> str:
    expressions = [pl.lit(part) if isinstance(part, str) else part for part in parts]
    return piece.select(pl.concat_str(expressions).str.join(between)).item()


def _parts(piece: pl.DataFrame, members: Mapping[str, str]) -> list[str | pl.Expr] | None:
    """What the objects of rows are put together from; None where a text has an escape in JSON.

    Args:
        piece: the rows.
        members: those members, as JSON, that are the same in all.
    """
    parts: list[str | pl.Expr] = [""]
    for number, column in enumerate(piece):
        parts[-1] = f"{parts[-1]}{',' if number else '{'}"
        if column.name in members:
            parts[-1] += members[column.name]
            continue
        value = _keys(column) if column.dtype == pl.List(pl.String) else _value(column)
        if value is None:
            return None
        before, expression, after = value
        parts[-1] += f'"{column.name}":{before}'
        parts += [expression, after]
    return [*parts[:-1], f"{parts[-1]}}}"]


def _value(column: pl.Series) -> tuple[str, pl.Expr, str] | None:
    """What makes JSON of a column of texts or integers: what is before each, itself, and after."""
    cell = pl.col(column.name)
    if column.dtype.is_integer():
        return "", cell.cast(pl.String).fill_null(NULL), ""
    if column.dtype != pl.String or _has_escapes(column):
        return None
    if column.null_count():
        return "", pl.concat_str(pl.lit('"'), cell, pl.lit('"')).fill_null(NULL), ""
    return '"', cell, '"'


def _keys(column: pl.Series) -> tuple[str, pl.Expr, str] | None:
    """The same of a column of lists of texts: all are empty, or none is."""
    lengths = column.list.len()
    if not column.null_count() and lengths.max() == 0:
        return "[]", NOTHING, ""
    texts = column.explode()
    if column.null_count() or texts.null_count() or lengths.min() == 0 or _has_escapes(texts):
        return None
    if lengths.max() == 1:
        return '["', pl.lit(texts), '"]'
    return '["', pl.col(column.name).list.join('","'), '"]'


def _has_escapes(texts: pl.Series) -> bool:
    """Whether one of some texts has a character that JSON has an escape for."""
    together = texts.str.join("").cast(pl.Binary).item()
    return len(together.translate(None, ESCAPED)) < len(together)
