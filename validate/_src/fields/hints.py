"""What to say of a value that has a type already, and not that of its field."""

from collections.abc import Mapping

from validate._src.words.schema import BROKEN_TEXT, ERROR_CELL, Field

NATIVE = {
    "boolean": "a boolean",
    "integer": "a number",
    "number": "a number",
    "date": "a date",
    "time": "a time",
    "datetime": "a date with a time",
    "duration": "a duration",
    "object": "an object",
    "array": "an array",
}
"""Native types of cells, and what messages call them."""


def native_hints(field: Field) -> Mapping[str, str]:
    """What to add to the message that a cell is not of its field's type, by its native type."""
    hints = {kind: f": it is {name}" for kind, name in NATIVE.items() if kind != field.type}
    if field.type == "string":
        hints = {kind: f"{hint}, not a text{_remedy(kind)}" for kind, hint in hints.items()}
    if field.type == "integer":
        del hints["number"]
    return {
        **hints,
        ERROR_CELL: ": it is an error of the spreadsheet; correct its formula",
        BROKEN_TEXT: ": it has half of a surrogate pair, which is not a character",
    }


def _remedy(kind: str) -> str:
    return f"; save it as text, or give the field the type {kind}"
