"""Columns of numbers that are written with other marks than is declared."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

import polars as pl

from validate._src.describe.marks import CLEAR, marks_of, well_marked
from validate._src.diagnosis.diagnosis import Diagnosis
from validate._src.diagnosis.evidence import NEARLY_ALL, Evidence, filled_cells, no_values
from validate._src.package.declared import declared
from validate._src.words.schema import Field, Options

NUMERIC = ("number", "integer")
SEVERAL = 2  # cells: one number with a comma may be a slip
PHONE_LIKE = 9  # digits from which on, all cells having the same number, they are codes
NUMBER_LIKE = re.compile(r"^[+-]?[0-9][0-9.,'’\s]*$")


def other_marks(evidence: Evidence) -> Iterator[Diagnosis]:
    """Columns of which nearly all cells are numbers by other marks, which have one reading only.

    Whether they are meant as numbers is told where nothing else is written so.

    Source: Data Package 2.0, Table Schema, "decimalChar", "groupChar".
    """
    for field, cells in evidence.columns():
        if field.type in NUMERIC:
            yield from _of_field(field, evidence, cells)


def _of_field(field: Field, evidence: Evidence, cells: Sequence[str]) -> Iterator[Diagnosis]:
    filled = filled_cells(field, cells)
    odd = no_values(field, filled)
    number_like = [cell for cell in odd if NUMBER_LIKE.match(cell)]
    if len(number_like) < SEVERAL:
        return
    properties = _properties(field, number_like)
    pattern = well_marked(declared(Options, properties))
    marked = [cell for cell in filled if re.search(pattern, cell)]
    if not properties or _are_codes(number_like) or len(marked) < NEARLY_ALL * len(filled):
        return
    is_delimited = evidence.is_delimited and evidence.resource.dialect.delimiter != ","
    is_clear = _is_clear(properties, number_like, is_delimited=is_delimited)
    yield _diagnosis(field, properties, pattern, _example(number_like, properties), is_clear)


def _are_codes(texts: Sequence[str]) -> bool:
    """Whether texts have as many digits each as telephone numbers, all the same number."""
    digits = {sum(map(str.isdigit, text)) for text in texts}
    return len(digits) == 1 and min(digits) >= PHONE_LIKE and len({*texts}) > 1


def _is_clear(properties: dict[str, Any], texts: Sequence[str], *, is_delimited: bool) -> bool:
    """Whether nothing but numbers is written so: a pair such as `50,10`, for one, may be.

    Args:
        properties: the marks.
        texts: the texts.
        is_delimited: whether cells are parted by another character than the comma, as in places
            where it stands before decimals.
    """
    group, decimal = properties.get("groupChar"), properties.get("decimalChar", ".")
    if group is None:
        return decimal != "," or is_delimited
    has_both = any(group in text and decimal in text for text in texts)
    return has_both or group in (",", *CLEAR)


def _example(texts: Sequence[str], properties: dict[str, Any]) -> str:
    """A text that has the first of some marks."""
    mark = next(iter(properties.values()))
    return next((text for text in texts if mark in text), texts[0])


def _properties(field: Field, texts: Sequence[str]) -> dict[str, Any]:
    """The marks of texts that are no numbers of a field, as properties of it; none if unclear."""
    if field.options.has_marks and all(re.search(well_marked(Options()), text) for text in texts):
        return {"decimalChar": "."}
    found = marks_of(texts) or {}
    if field.type == "number" or "decimalChar" not in found:
        return found
    return {} if any(found["decimalChar"] in text for text in texts) else _grouped(found)


def _grouped(properties: dict[str, Any]) -> dict[str, Any]:
    """The marks of integers, which have no decimals."""
    return {name: value for name, value in properties.items() if name == "groupChar"}


def _diagnosis(
    field: Field, properties: dict[str, Any], pattern: str, example: str, is_clear: bool
) -> Diagnosis:
    is_odd = (pl.col("code") == "type-error") & (pl.col("field") == field.name)
    shown = ", ".join(f'"{key}": {json.dumps(value)}' for key, value in properties.items())
    said = "numbers are written with" if is_clear else "nearly all cells look like numbers with"
    say = "say" if is_clear else "if they are, say"
    return Diagnosis(
        next(iter(properties)),
        f'{said} {_marks(properties)}, such as "{example}"; {say} {shown} in the field',
        is_odd & pl.col("value").str.contains(pattern),
        unchecked=f"such numbers in {field.name}",
        field=field.name,
        value=example,
    )


def _marks(properties: dict[str, Any]) -> str:
    words = {",": "commas", ".": "points", "'": "apostrophes", "’": "apostrophes"}
    said = {"decimalChar": "decimal {}", "groupChar": "{} between thousands"}
    marked = {name: words.get(mark, "spaces") for name, mark in properties.items()}
    return " and ".join(said[name].format(marked[name]) for name in said if name in marked)
