"""Words looked for in texts: how both are folded, what matches, and which keys are nearly the same.

`site/assets/matching.js` does the same in the browser; a test holds the two together over all of
Unicode. A text is folded by these steps, in this order:

1. dashes, quotes and separators become those of ASCII (`lookalikes.MARKS`), before and after
   Unicode NFKC, which makes one of full and half width, `①` and `1`, `㍿` and `株式会社`;
2. letters lose their case: lower, upper and lower again, which for every code point joins what
   Unicode's full case folding joins, and `ı` with `i` besides; final sigma is sigma; NFKC again;
3. what nobody sees and nobody types falls away (`UNSEEN`);
4. each run of white space becomes a space, and none is left at the ends.

A term matches where its folded form is part of the folded text: words need no bounds, so
Japanese is found as it stands, and one or two characters suffice. Kana, accents and readings are
not folded: `か` is not `カ`, `e` is not `é`.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby

from validate._src.words.clusters import clusters
from validate._src.words.lookalikes import MARKS

UNSEEN = str.maketrans("", "", "\u00ad\u200b\u2060\ufeff")
"""The soft hyphen, and what has no width: in texts that were copied they stand anywhere."""
SHORTEST_NEAR = 3
"""Characters that a key must have for one with a slip in it to be like it."""


def folded(text: str) -> str:
    """`text` in the form in which it is looked for, and looked at."""
    return " ".join(_folded(text).split())


def _folded(text: str) -> str:
    """`text` folded, its white space as it is."""
    if text.isascii():
        return text.lower()
    seen = unicodedata.normalize("NFKC", text.translate(MARKS)).translate(MARKS)
    cased = seen.lower().upper().lower().replace("ς", "σ")
    return unicodedata.normalize("NFKC", cased).translate(UNSEEN)


def spans(text: str, terms: Sequence[str]) -> list[tuple[int, int]]:
    """Where terms stand in a text.

    Args:
        text: the text as it is written.
        terms: terms, folded.

    Returns:
        Start and end of each stretch of `text` that is part of a match, in order and apart. A
        character of which only a part matches is in it as a whole: of `㍿`, `株式` too.
    """
    characters, origins = _with_origins(text)
    if characters != folded(text):
        return []  # the pieces of some sequences of marks fold otherwise than the whole
    found = sorted(
        (origins[one.start()][0], origins[one.end() - 1][1])
        for term in terms
        for one in re.finditer(re.escape(term), characters)
    )
    return [*_joined(found)]


def _with_origins(text: str) -> tuple[str, list[tuple[int, int]]]:
    """A text folded piece by piece, and for each of its characters where the piece stands."""
    characters: list[str] = []
    origins: list[tuple[int, int]] = []
    start = 0
    for piece in _pieces(text):
        end = start + len(piece)
        for character in _folded(piece):
            if not character.isspace():
                characters.append(character)
                origins.append((start, end))
            elif characters and characters[-1] != " ":
                characters.append(" ")
                origins.append((start, end))
        start = end
    if characters and characters[-1] == " ":
        del characters[-1], origins[-1]
    return "".join(characters), origins


def _pieces(text: str) -> Iterator[str]:
    """Pieces of a text, combining marks with what they stand on."""
    piece = ""
    for cluster in clusters(text):
        if piece and not unicodedata.category(cluster[0]).startswith("M"):
            yield piece
            piece = ""
        piece += cluster
    if piece:
        yield piece


def _joined(found: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Sorted stretches, those that overlap or touch made one."""
    end = -1
    start = 0
    for begun, ended in found:
        if begun > end:
            if end >= 0:
                yield start, end
            start, end = begun, ended
        end = max(end, ended)
    if end >= 0:
        yield start, end


def plain_key(key: str) -> str:
    """A key without what is easily written otherwise: `com-1`, `COM 0001` and `com0001` are one.

    Case, signs and spaces do not count, nor zeros before a number; between two numbers one hyphen
    stays.
    """
    parts = [
        "".join(letters)
        for is_part, letters in groupby(folded(key), _is_part)
        if is_part  # the rest is signs and spaces
    ]
    short = [re.sub(r"[0-9]+", _without_zeros, part) for part in parts]
    joined = "-".join(short)
    return re.sub(r"(?<![0-9])-|-(?![0-9])", "", joined)


def _is_part(character: str) -> bool:
    return unicodedata.category(character)[0] in "LMN"


def _without_zeros(number: re.Match[str]) -> str:
    return number[0].lstrip("0") or "0"


def is_slip(key: str, other: str) -> bool:
    """Whether two plain keys differ by a slip: a character more, less, changed, or two swapped."""
    if min(len(key), len(other)) < SHORTEST_NEAR or abs(len(key) - len(other)) > 1 or key == other:
        return False
    start = 0
    while start < min(len(key), len(other)) and key[start] == other[start]:
        start += 1
    one, two = key[start:], other[start:]
    swapped = one[1::-1] + one[2:] if len(one) > 1 else one
    return two in (one[1:], swapped) or one == two[1:] or one[1:] == two[1:]
