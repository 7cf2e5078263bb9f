"""The types string and any."""

import base64
import binascii

import polars as pl

from validate._src.fields._parsing import TEXT, FieldType, at_once_or, by_python, keep, matching
from validate._src.words.model import Field

EMAIL = r"^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$"
URI = r"^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]*$"
UUID = r"(?i)^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
NOT_IN_URIS = pl.any_horizontal(
    pl.element() < ord("!"),
    pl.element() > ord("z"),
    *(pl.element() == byte for byte in b'"<>\\^`'),
)
"""Whether a byte of ASCII, or any byte beyond it, cannot stand in a plain URI."""


def _addresses(texts: pl.Series, field: Field) -> tuple[pl.Series, pl.Series | None]:
    """A text that begins as most addresses do, and has only bytes that a URI may have, is one."""
    is_plain = texts.str.starts_with("https://")
    if not is_plain.all():
        is_plain |= texts.str.starts_with("http://")
    if is_plain.any():
        rows = texts.cast(pl.Binary).cast(pl.List(pl.UInt8))
        is_plain &= ~rows.list.eval(NOT_IN_URIS).list.any()
    return texts, None if is_plain.all() else ~is_plain


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
        "email": matching(EMAIL),
        "uri": at_once_or(matching(URI), _addresses, TEXT),
        "uuid": matching(UUID),
        "binary": by_python(_binary, TEXT),
    },
)
ANY = FieldType(
    "any",
    TEXT,
    {"default": keep},
    native=frozenset(
        {"boolean", "integer", "number", "date", "time", "datetime", "array", "object"}
    ),
)
