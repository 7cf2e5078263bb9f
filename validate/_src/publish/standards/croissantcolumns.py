"""The types of columns for Croissant, and what its readers make of them before they know these.

Source: Croissant Format Specification 1.1, "DataType".
"""

from collections.abc import Mapping

from validate._src.publish.columns import Column
from validate._src.words.schema import EXACT

TEXT = "sc:Text"
TYPES: Mapping[str, str] = {
    "string": TEXT,
    "number": "sc:Float",
    "integer": "sc:Integer",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
    "time": "sc:Time",
    "datetime": "sc:DateTime",
    "year": "sc:Integer",
    "yearmonth": TEXT,
    "duration": TEXT,
    "object": TEXT,
    "array": TEXT,
    "list": TEXT,
    "geopoint": TEXT,
    "geojson": TEXT,
    "any": TEXT,
}
"""The types of Table Schema. What is written otherwise than the readers of a type read it is a
text, which all of them take."""
READ: Mapping[str, str] = {
    "number": r"^[+-]?[0-9.]+([eE][+-]?[0-9]+)?$",
    "integer": r"^[+-]?[0-9]+$",
    "boolean": r"^(true|false|True|False|TRUE|FALSE)$",
    "date": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
    "time": r"^[0-9]{2}:[0-9]{2}:[0-9]{2}$",
    "datetime": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(Z|[+-][0-9]{2}:[0-9]{2})?$",
    "year": r"^[0-9]{4}$",
}
"""How all cells of a column are written that is not a text."""
MISSING = frozenset((
    "", "#N/A", "#NA", "-NaN", "-nan", "<NA>", "N/A", "NA", "NULL", "NaN", "None", "n/a", "nan",
    "null",
))  # fmt: skip
"""What readers take for a missing value, though the standard does not say it."""
GUESSED = (
    r"^([+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?|(?i:nan|[+-]?inf(inity)?))$",
    r"^(true|false|True|False|TRUE|FALSE)$",
)
"""Texts of which readers make numbers or booleans, if all of a column are such."""


def type_of(column: Column) -> str:
    """The type of a column, or text if not all its cells are written as readers of it take them."""
    field = column.field
    name, form = TYPES[field.type], READ.get(field.type)
    if form is None or name == TEXT:
        return name
    if column.is_large or not column.is_value:
        return TEXT
    missing = column.texts.has_nulls() and not MISSING.issuperset(field.missing_values)
    return TEXT if missing or not column.texts.str.contains(form).all() else name


def is_told(column: Column) -> bool:
    """Whether readers who guess types by the cells guess that of a column."""
    return type_of(column) in (TEXT, "sc:Integer") and not is_mistaken(column)


def is_mistaken(column: Column) -> bool:
    """Whether they take texts for values of another type, such as 7 for `007`."""
    texts = column.texts.drop_nulls()
    if type_of(column) != TEXT or texts.is_empty():
        return False
    return any(texts.str.contains(guessed).all() for guessed in GUESSED)


def is_rounded(column: Column) -> bool:
    """Whether they round integers, as they make doubles of those among which some are missing."""
    if type_of(column) != "sc:Integer" or not column.cells.has_nulls():
        return False
    return any(value is not None and abs(value) > EXACT for value in column.cells)
