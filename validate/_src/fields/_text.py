"""The types string and any."""

import base64
import binascii

import polars as pl

from validate._src.fields._parsing import TEXT, FieldType, by_python, keep, matching
from validate._src.words.schema import Field

ATOM = r"[^\s()<>\[\]:;@\\,.\"\x00-\x1f\x7f]+"
QUOTED = r"\"(?:[^\"\\\r\n]|\\[^\r\n])*\""
LABEL = r"[^\s\x00-/:-@\[-`{-\x7f](?:[^\s\x00-,./:-@\[-`{-\x7f]{0,61}[^\s\x00-/:-@\[-`{-\x7f])?"
BYTE = "(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])"
LITERAL = rf"\[(?:{BYTE}(?:\.{BYTE}){{3}}|IPv6:[0-9A-Fa-f:.]{{2,45}})\]"
EMAIL = rf"^(?:{ATOM}(?:\.{ATOM})*|{QUOTED})@(?:{LABEL}(?:\.{LABEL})+|{LITERAL})$"
"""An address of RFC 5321, 4.1.2, letters of all scripts among its characters (RFC 6531)."""
LONGEST_EMAIL, LONGEST_LOCAL_PART = 254, '^(?:[^@]{1,64}@|")'  # RFC 5321, 4.5.3.1
URI = (
    r"^[A-Za-z][A-Za-z0-9+.-]*:"
    r"(?:[^\s<>\"{}|\\^`%#]|%[0-9A-Fa-f]{2})*(?:#(?:[^\s<>\"{}|\\^`%#]|%[0-9A-Fa-f]{2})*)?$"
)
"""The form of RFC 3986, 2 and 3, letters of all scripts among its characters (RFC 3987)."""
UUID = r"(?i)^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"


def _email(text: pl.Expr, field: Field) -> pl.Expr:
    is_short = (text.str.len_bytes() <= LONGEST_EMAIL) & text.str.contains(LONGEST_LOCAL_PART)
    return pl.when(text.str.contains(EMAIL) & is_short).then(text)


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
        "email": _email,
        "uri": matching(URI),
        "uuid": matching(UUID),
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
