"""The form that a field expects its values in, by type, format and options, with an example."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime

import polars as pl

from validate._src.words.schema import Field

MOMENT = datetime(2024, 3, 31, 14, 30, 5)
"""The day and time of examples; the day cannot be mistaken for a month."""
DATES = {
    "date": "2024-03-31", "time": "14:30:05", "datetime": "2024-03-31T14:30:05Z",
    "year": "2024", "yearmonth": "2024-03", "duration": "P1Y2M10D",
}  # fmt: skip
POINT = {"default": "139.70, 35.68", "array": "[139.70, 35.68]",
         "object": '{"lon": 139.70, "lat": 35.68}'}  # fmt: skip
SHAPE = {"default": '{"type": "Point", "coordinates": [139.70, 35.68]}',
         "topojson": '{"type": "Topology", "arcs": [], "objects": {}}'}  # fmt: skip
TEXTS = {
    "email": ("an e-mail address", "name@example.org"),
    "uri": ("a URI", "https://example.org/"),
    "binary": ("a text in base64", "aGVsbG8="),
    "uuid": ("a UUID", "123e4567-e89b-42d3-a456-426614174000"),
}


def expected(field: Field) -> str:
    """What a value of a field is, such as `a date such as 2024-03-31`."""
    if field.type == "string" and field.format in TEXTS:
        noun, example = TEXTS[field.format]
        return f"{noun} such as {example}"
    if field.type not in EXAMPLES:
        return f"a value of type {field.type}"
    article = "an" if field.type[0] in "aeiou" else "a"
    example = EXAMPLES[field.type](field)
    pattern = f" ({field.format})" if "%" in field.format else ""
    return f"{article} {field.type}" + (f" such as {example}" if example else "") + pattern


def _integer(field: Field) -> str:
    return f"1{field.options.group_char}234" if field.options.group_char else "42"


def _number(field: Field) -> str:
    return f"1{field.options.group_char or ''}234{field.options.decimal_char}5"


def _boolean(field: Field) -> str:
    values = (*field.options.true_values[:1], *field.options.false_values[:1])
    return " or ".join(values)


def _date(field: Field) -> str:
    """A date or time, as a pattern writes it if there is one; none if only offsets would do."""
    if "%" not in field.format:
        return DATES[field.type]
    moment = pl.Series([MOMENT])
    column = moment.dt.time() if field.type == "time" else moment
    try:
        return column.dt.strftime(field.format)[0]
    except pl.exceptions.ComputeError:  # Polars reads more than it writes, such as "%z"
        return ""


def _list(field: Field) -> str:
    items = {
        "string": ("a", "b"),
        "integer": ("1", "2"),
        "number": ("1.5", "2"),
        "boolean": ("true", "false"),
    }
    day = DATES.get(field.options.item_type, "")
    return field.options.delimiter.join(items.get(field.options.item_type, (day, day)))


EXAMPLES: Mapping[str, Callable[[Field], str]] = {
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    **dict.fromkeys(DATES, _date),
    "list": _list,
    "object": lambda _: json.dumps({"a": 1}),
    "array": lambda _: json.dumps([1, 2]),
    "geopoint": lambda field: POINT.get(field.format, POINT["default"]),
    "geojson": lambda field: SHAPE.get(field.format, SHAPE["default"]),
}
