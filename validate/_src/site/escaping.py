"""Texts as HTML: nothing in them is markup, and what cannot be seen is spelt out."""

import re
from functools import lru_cache

import polars as pl
from markupsafe import Markup, escape

from validate._src.words.surrogates import SURROGATE

HIDDEN = (
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\x{202a}-\x{202e}\x{2066}-\x{2069}\x{fdd0}-\x{fdef}"
    r"\x{fffe}\x{ffff}]"
)
"""Characters that no page may hold, or that turn the direction of what follows: for Polars."""
HIDDEN_HERE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]"
)
"""The same for Python, to which lone surrogates come too."""
MARKS = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&#34;"), ("'", "&#39;"))
KANA = "[\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9d]"
HAN = "[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
HANGUL = "[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]"
SHORT = 80  # characters of a text that is kept as HTML: keys and titles mostly have fewer
KNOWN = 2**14  # such texts that are kept: some megabytes at most
HAS_KANA, HAS_HAN, HAS_HANGUL = map(re.compile, (KANA, HAN, HANGUL))


def spelt(text: str) -> str:
    """A text in which hidden characters are spelt out; line breaks and tabs stay."""
    if text.isprintable():
        return text
    text = text.replace("\r\n", "\n")
    return SURROGATE.sub(_spelt, HIDDEN_HERE.sub(_spelt, text))


def _spelt(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode()


def html(text: str) -> Markup:
    """A text as HTML, with its language if its script tells that; HTML stays as it is."""
    if isinstance(text, Markup):
        return text
    return _html_known(text) if len(text) <= SHORT else _html(text)


def _html(text: str) -> Markup:
    language = language_of(text)
    shown = escape(spelt(text))
    return Markup('<span lang="{}">{}</span>').format(language, shown) if language else shown


_html_known = lru_cache(KNOWN)(_html)
"""The same of short texts, such as titles, keys and categories, which stand on many pages."""


def language_of(text: str) -> str:
    """The language that the script of a text tells: `ja` by kana, `ko` by Hangul; or empty."""
    if text.isascii():
        return ""
    if HAS_KANA.search(text):
        return "ja"
    return "ko" if HAS_HANGUL.search(text) else ""


def html_of(texts: pl.Series, *, has_kana: bool) -> pl.Series:
    """Texts of a column as HTML, with their languages.

    Args:
        texts: n texts and nulls.
        has_kana: whether some cells of the column have kana, so that Chinese characters in the
            others are Japanese as well.

    Returns:
        n texts of HTML; null where there is none.
    """
    hidden = texts.str.contains(HIDDEN).fill_null(value=False).arg_true()
    if len(hidden):
        texts = texts.scatter(hidden, [spelt(text) for text in texts.gather(hidden)])
    cell = pl.col("text")
    shown = cell
    for mark, escaped in MARKS:
        shown = shown.str.replace_all(mark, escaped, literal=True)
    frame = pl.DataFrame({"text": texts})
    if not frame.select((cell.str.len_bytes() > cell.str.len_chars()).any()).item():
        return frame.select(shown).to_series()
    japanese = cell.str.contains(KANA)
    if has_kana:
        japanese |= cell.str.contains(HAN)
    return frame.select(
        pl.when(japanese)
        .then(pl.format('<span lang="ja">{}</span>', shown))
        .when(cell.str.contains(HANGUL))
        .then(pl.format('<span lang="ko">{}</span>', shown))
        .otherwise(shown)
        .alias("text")
    ).to_series()


def has_kana(texts: pl.Series) -> bool:
    """Whether a text of a column has kana."""
    return bool(texts.str.contains(KANA).any())


def plain(text: str) -> str:
    """A text in one line, for attributes and the title of a page."""
    return " ".join(text.split())
