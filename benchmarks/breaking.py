"""How a row is broken: a way for every type, format and constraint of a Table Schema."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from shape import Schema

Cells = dict[str, str]
Field = dict[str, Any]
Texts = Callable[[str], list[str]]
"""From the text of a cell to texts in its place that are wrong."""
LINES, TEXT, ANY = "lines", "text", "any"  # what a format must have, to have faults of a kind

TYPE, CONSTRAINT = "type-error", "constraint-error"
OF_NO_TYPE = {
    "boolean": ["perhaps", "JA"],
    "date": ["7 March 2025", "20250307", "2025-02-30", "31/02/2025"],
    "datetime": ["7 March 2025", "2025-03-07", "2025-02-30T10:00:00Z", "2025-03-07T25:00:00Z"],
    "integer": ["twelve", "3.5", "p. 7"],
    "number": ["n/a", "12.5.3", "1200,50,1"],
    "object": ["[1, 2]", "plain text", '{"item": }'],
}
OF_NO_FORMAT = {
    "email": ["office at example.org", "office@"],
    "uri": ["not a uri", "www.example.org/a", "p. 7"],
    "uuid": ["5", "5d0e2b8c-1f7a-4c1b-9b55", "not known"],
}
SHORT, LONG = "短", "長"  # of three bytes each, and of one character


@dataclass(frozen=True)
class Way:
    """A way to break a row.

    Attributes:
        kind: what it breaks, one word for all fields.
        code: what a validator calls it, as in `validate/_src/words/finding.py`.
        field: the field that it breaks, or None when the row is at fault.
        change: from the cells of a row, a number and the key of an earlier row to cells that
            are wrong.
        needs: `lines` if rows must be lines of cells, `text` if a cell must be able to have
            any text, or else `any`.
    """

    kind: str
    code: str
    field: str | None
    change: Callable[[Cells, int, tuple[str, ...]], Cells]
    needs: str = ANY


def ways(schema: Schema) -> Iterator[Way]:
    """All ways to break a row of a table."""
    for field in schema["fields"]:
        yield from ways_of_type(field)
        yield from ways_of_constraints(field, schema)
    yield Way("primaryKey", "primary-key", None, key_repeated(schema["primaryKey"]))
    for key in schema.get("foreignKeys", ()):
        (name,) = key["fields"]
        yield of_field("foreignKey", "foreign-key", name, lambda _: ["nowhere", "act-00000"])
    last = schema["fields"][-1]["name"]
    yield Way("extra cell", "extra-cell", None, extra_cell, LINES)
    yield Way("missing cell", "missing-cell", last, missing_cell, LINES)
    yield Way("blank row", "blank-row", None, blank_row, LINES)


def ways_of_type(field: Field) -> Iterator[Way]:
    """A text that is not of the type, or not of the format of a string."""
    kind, name = field["type"], field["name"]
    if kind != "string":
        yield of_field(kind, TYPE, name, lambda _: OF_NO_TYPE[kind], TEXT)
    elif form := field.get("format"):
        yield of_field(form, TYPE, name, lambda _: OF_NO_FORMAT[form])


def ways_of_constraints(field: Field, schema: Schema) -> Iterator[Way]:
    """A way for each constraint of a field."""
    name, constraints = field["name"], field.get("constraints", {})
    for rule, value in constraints.items():
        # An empty primary key is a fault of the key as well.
        if rule != "required" or name not in schema["primaryKey"]:
            yield of_field(rule, CONSTRAINT, name, BREAKS[rule](field, value))
    if listed := field.get("categories"):
        yield of_field("categories", CONSTRAINT, name, unlisted(field, listed))


def of_field(kind: str, code: str, name: str, texts: Texts, needs: str = ANY) -> Way:
    """A way that puts one of some texts into a field, in turn."""

    def change(cells: Cells, number: int, _: tuple[str, ...]) -> Cells:
        wrong = texts(cells[name])
        return {**cells, name: wrong[number % len(wrong)]}

    return Way(kind, code, name, change, needs)


def empty(_field: Field, _value: object) -> Texts:
    """No value."""
    return lambda _: [""]


def unlisted(_field: Field, values: list[str]) -> Texts:
    """A value that is not listed, and one that differs from a listed one by its case."""
    return lambda _: ["unheard of", values[0].swapcase()]


def unmatched(_field: Field, pattern: str) -> Texts:
    """Texts near the right one that a pattern does not match; different ids stay different."""

    def texts(cell: str) -> list[str]:
        near = (f"{cell}!", f"x{cell}", cell.swapcase())
        return [text for text in near if text and not re.fullmatch(pattern, text)]

    return texts


def too_short(_field: Field, least: int) -> Texts:
    """A character too few."""
    return lambda _: [SHORT * (least - 1)]


def too_long(_field: Field, most: int) -> Texts:
    """A character too many, and many."""
    return lambda _: [LONG * (most + 1), LONG * (most + 30)]


def too_small(field: Field, least: Any) -> Texts:
    """A value next to the least, and one further away."""
    return lambda _: [moved(field, least, -1), moved(field, least, -1200)]


def too_great(field: Field, most: Any) -> Texts:
    """A value next to the greatest, and one further away."""
    return lambda _: [moved(field, most, 1), moved(field, most, 1200)]


def moved(field: Field, value: Any, by: int) -> str:
    """A value so many units from another, as text of the field."""
    if field["type"] == "date":
        return (date.fromisoformat(value) + timedelta(days=by)).isoformat()
    if field["type"] == "datetime":
        moment = datetime.fromisoformat(value) + timedelta(seconds=by)
        return moment.isoformat().replace("+00:00", "Z")
    return f"{value + by:,}".replace(",", field.get("groupChar", ""))


BREAKS: dict[str, Callable[[Field, Any], Texts]] = {
    "required": empty,
    "enum": unlisted,
    "pattern": unmatched,
    "minLength": too_short,
    "maxLength": too_long,
    "minimum": too_small,
    "maximum": too_great,
}


def key_repeated(names: list[str]) -> Callable[[Cells, int, tuple[str, ...]], Cells]:
    """The key of an earlier row."""
    return lambda cells, _, key: {**cells, **dict(zip(names, key, strict=True))}


def extra_cell(cells: Cells, number: int, _: tuple[str, ...]) -> Cells:
    """One cell more than the header has."""
    return {**cells, "": ("surplus", "余り, 二つ; 三つ")[number % 2]}


def missing_cell(cells: Cells, _number: int, _key: tuple[str, ...]) -> Cells:
    """The last cell gone."""
    return dict([*cells.items()][:-1])


def blank_row(cells: Cells, number: int, _: tuple[str, ...]) -> Cells:
    """An empty line, or one of nothing but delimiters."""
    return {} if number % 2 else dict.fromkeys(cells, "")
