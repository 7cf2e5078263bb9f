"""The types string and any."""

import base64
import binascii
from collections.abc import Mapping

import polars as pl

from validate._src.fields._letters import (
    DIGITS,
    LOWER,
    UPPER,
    Seen,
    are_all,
    are_of,
    have_form,
    have_length,
)
from validate._src.fields._parsing import (
    TEXT,
    FieldType,
    Parser,
    by_python,
    keep,
    matching,
)
from validate._src.words.schema import Field

ATOM = r"[^\s()<>\[\]:;@\\,.\"\x00-\x1f\x7f]+"
QUOTED = r"\"(?:[^\"\\\r\n]|\\[^\r\n])*\""
LABEL = r"[^\s\x00-/:-@\[-`{-\x7f](?:[^\s\x00-,./:-@\[-`{-\x7f]{0,61}[^\s\x00-/:-@\[-`{-\x7f])?"
BYTE = "(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])"
LITERAL = rf"\[(?:{BYTE}(?:\.{BYTE}){{3}}|IPv6:[0-9A-Fa-f:.]{{2,45}})\]"
EMAIL = rf"^(?:{ATOM}(?:\.{ATOM})*|{QUOTED})@(?:{LABEL}(?:\.{LABEL})+|{LITERAL})$"
"""An address of RFC 5321, 4.1.2, letters of all scripts among its characters (RFC 6531)."""
LONGEST_EMAIL, LONGEST_LOCAL_PART = 254, '^(?:[^@]{1,64}@|")'  # RFC 5321, 4.5.3.1
LONGEST_PLAIN_EMAIL = 64
URI = (
    r"^[A-Za-z][A-Za-z0-9+.-]*:"
    r"(?:[^\s<>\"{}|\\^`%#]|%[0-9A-Fa-f]{2})*(?:#(?:[^\s<>\"{}|\\^`%#]|%[0-9A-Fa-f]{2})*)?$"
)
"""The form of RFC 3986, 2 and 3, letters of all scripts among its characters (RFC 3987)."""
ON_THE_WEB = ("http://", "https://")
PLAIN_URI = LOWER + UPPER + DIGITS + b"!$&'()*+,-./:;=?@_~[]"
"""Characters of ASCII that a URI may have anywhere; `%` and `#` it may not."""
UUID = r"(?i)^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
HEXADECIMAL = DIGITS + b"abcdefABCDEF"
HYPHENS: Mapping[int, bytes] = dict.fromkeys((8, 13, 18, 23), b"-")


def _email(text: pl.Expr, field: Field) -> pl.Expr:
    return pl.when(text.str.contains(EMAIL) & _is_short(text)).then(text)


def _is_short(text: pl.Expr) -> pl.Expr:
    return (text.str.len_bytes() <= LONGEST_EMAIL) & text.str.contains(LONGEST_LOCAL_PART)


def _are_emails(texts: pl.Series) -> bool:
    """Whether all are addresses, none of which is longer than a local part may be."""
    return have_length(texts, 0, LONGEST_PLAIN_EMAIL) and texts.str.contains(EMAIL).all()


def _are_on_the_web(texts: pl.Series) -> bool:
    """Whether all are URIs that begin as those of the web and have but plain characters."""
    rest = texts
    for start in ON_THE_WEB:
        begins = rest.str.starts_with(start)
        if begins.all():
            return are_of(texts, PLAIN_URI)
        rest = rest.filter(~begins)
    return False


def _are_uuids(texts: pl.Series) -> bool:
    return have_form(texts, 36, HEXADECIMAL, HYPHENS)


def _plain(seen: Seen, thorough: Parser) -> Parser:
    """A parser of a column that sees first whether all texts are of a plain form.

    Off: +2 to 4 % on events, a registry and the benchmark's table (benchmarks/tricks.py).
    """

    def parse(text: pl.Expr, field: Field) -> pl.Expr:
        looked_at = _LookedAt(seen, thorough(pl.col("text"), field))
        return text.map_batches(looked_at.parsed, return_dtype=TEXT)

    return parse


class _LookedAt:
    """The columns of a table's batches, of which some have only texts of a plain form."""

    def __init__(self, seen: Seen, thorough: pl.Expr) -> None:
        """Takes what sees a plain form, and what judges any text of a column `text`."""
        self._seen, self._thorough = seen, thorough
        self._was_sound = True

    def parsed(self, texts: pl.Series) -> pl.Series:
        """The texts that are values; null for others.

        Where the batch before had one that is none this may have another, so that to see it first
        would take time for nothing.
        """
        if self._was_sound and are_all(texts, self._seen):
            return texts
        values = texts.alias("text").to_frame().select(self._thorough).to_series()
        self._was_sound = values.null_count() == texts.null_count()
        return values.alias(texts.name)


def _binary(text: str, field: Field) -> str:
    try:
        base64.b64decode(text, validate=True)
    except binascii.Error:
        raise ValueError(text) from None
    return text


STRING = FieldType(
    "string",
    TEXT,
    {
        "default": keep,
        "email": _plain(_are_emails, _email),
        "uri": _plain(_are_on_the_web, matching(URI)),
        "uuid": _plain(_are_uuids, matching(UUID)),
        "binary": by_python(_binary, TEXT),
    },
)
ANY = FieldType(
    "any",
    TEXT,
    {"default": keep},
    native=frozenset(
        {
            "boolean",
            "integer",
            "number",
            "date",
            "time",
            "datetime",
            "duration",
            "array",
            "object",
            "unknown",
        }
    ),
)
