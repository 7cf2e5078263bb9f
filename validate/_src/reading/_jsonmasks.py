"""Commas in strings of lists of JSON, masked so that the lists can be cut at the others."""

import polars as pl

MASK, BACKSLASH, QUOTE, BETWEEN = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"
"""What stands for a comma, for an escaped backslash and quote, and between rows: code points that
are no characters."""
NONE_OF_TEXT = f"[{MASK}{BACKSLASH}{QUOTE}{BETWEEN}]"


def masked(rows: pl.Series, comma: str, count: int, *, may_escape: bool) -> tuple[pl.Series, int]:
    """Lists in which only those commas are commas that part values, and how many others had.

    Args:
        rows: n lists.
        comma: what parts their values.
        count: how often it does in each.
        may_escape: whether there may be escapes in strings.
    """
    has_more = rows.str.count_matches(comma, literal=True) > count
    some = rows.filter(has_more)
    if some.is_empty() or some.str.contains(NONE_OF_TEXT).any():
        return rows, 0
    made, masks = _masked(some, may_escape=may_escape)
    return rows.clone().scatter(has_more.arg_true(), made), masks


def unmasked(texts: pl.Series) -> tuple[pl.Series, int]:
    """Texts with their commas, and how many of them were masked."""
    at = texts.str.contains(MASK, literal=True).arg_true()
    if at.is_empty():
        return texts, 0
    some = texts.gather(at)
    masks = int(some.str.count_matches(MASK, literal=True).sum())
    return texts.clone().scatter(at, some.str.replace_all(MASK, ",", literal=True)), masks


def _masked(rows: pl.Series, *, may_escape: bool) -> tuple[pl.Series, int]:
    """Lists cut at their quotes all at once: every second piece is a string.

    A row with a quote too many spoils those after it: they are found wrong, and read one by one.
    """
    text = rows.str.join(BETWEEN)
    if may_escape:
        text = text.str.replace_all(r"\\", BACKSLASH, literal=True)
        text = text.str.replace_all(r"\"", QUOTE, literal=True)
    pieces = text.str.split('"').explode()
    strings = pieces.gather_every(2, offset=1)
    at = pl.int_range(1, len(pieces), 2, dtype=pl.UInt32, eager=True)
    has_comma = strings.str.contains(",", literal=True)
    some = strings.filter(has_comma)
    masks = int(some.str.count_matches(",", literal=True).sum())
    changed = some.str.replace_all(",", MASK, literal=True)
    text = pieces.scatter(at.filter(has_comma), changed).str.join('"')
    if may_escape:
        text = text.str.replace_all(QUOTE, r"\"", literal=True)
        text = text.str.replace_all(BACKSLASH, r"\\", literal=True)
    return text.str.split(BETWEEN).explode(), masks
