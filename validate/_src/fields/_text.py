"""The types string and any."""

import base64
import binascii

from validate._src.fields._parsing import TEXT, FieldType, by_python, keep, matching
from validate._src.words.schema import Field

EMAIL = r"^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$"
URI = r"^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]*$"
UUID = r"(?i)^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"


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
