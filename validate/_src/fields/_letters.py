"""What characters the texts of a column have, seen of all of them at once.

The texts are put together, and Python deletes or replaces their bytes by a table: a third of the
time in which a regular expression looks at each text.
"""

from collections.abc import Callable, Mapping

import polars as pl

DIGITS = b"0123456789"
LOWER = bytes(range(ord("a"), ord("z") + 1))
UPPER = LOWER.upper()
SAMPLE = 2**8  # texts: where the first are not plain, to look at all would be in vain
Seen = Callable[[pl.Series], bool]
"""Whether all texts of a column, which may have nulls, are of some form."""


def are_all(texts: pl.Series, seen: Seen) -> bool:
    """Whether all texts are of a form; only the first are looked at where these are not."""
    return seen(texts.head(SAMPLE)) and (len(texts) <= SAMPLE or seen(texts))


def are_of(texts: pl.Series, characters: bytes) -> bool:
    """Whether all texts have but some characters of ASCII."""
    return not _together(texts).translate(None, characters)


def have_form(texts: pl.Series, width: int, characters: bytes, places: Mapping[int, bytes]) -> bool:
    """Whether all texts have so many characters, some of ASCII but for one at each of some places.

    Args:
        texts: the texts.
        width: how many characters they have.
        characters: what may stand anywhere else.
        places: the character at a place, counted from 0; none of `characters`.
    """
    if not have_length(texts, width, width):
        return False
    count, data = len(texts) - texts.null_count(), _together(texts)
    return len(data.translate(None, characters)) == len(places) * count and all(
        data[place::width] == character * count for place, character in places.items()
    )


def have_length(texts: pl.Series, shortest: int, longest: int) -> bool:
    """Whether all texts have so many bytes."""
    lengths = texts.str.len_bytes()
    return bool(lengths.is_between(shortest, longest).all())


def _together(texts: pl.Series) -> bytes:
    return texts.str.join("").cast(pl.Binary).item()
