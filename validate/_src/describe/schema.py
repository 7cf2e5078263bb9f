"""A schema that all values of a table hold to, by our own reading of them."""

from pathlib import Path

import polars as pl

from validate._src.describe.form import Properties, package_of, resource_of
from validate._src.describe.marks import well_marked
from validate._src.describe.sample import ANY, INTEGER, NUMBER, STRING, inferred_fields
from validate._src.tables.batches import read_batches
from validate._src.words.model import TabularResource
from validate._src.words.schema import Field

CODE = r"^[+-]?0[0-9]|^\+[0-9]{7,}$"
"""Texts that are codes rather than integers: as numbers they lose a zero, or are telephones."""
INEXACT = r"^[+-]?[0-9]{16,}$|^[0-9]+[eE][0-9]+$"
"""Texts that a double does not keep, or that are codes with an E in them."""
LOST = {INTEGER: CODE, NUMBER: f"{CODE}|{INEXACT}"}
WIDER = {INTEGER: NUMBER, STRING: ANY}


def with_schema(properties: Properties, output: Path) -> Properties:
    """A resource with a schema, its types as narrow as all values allow.

    Each pass over the rows widens the types that some value does not hold to; `any` holds all.

    Raises:
        PackageError: there is no table.
    """
    fields = inferred_fields(resource_of(properties, output))
    while True:
        described = {**properties, "schema": {"fields": fields}}
        failing = _failing(package_of(described, output).tables[properties["name"]])
        if not failing:
            return described
        fields = [_widened(one) if one["name"] in failing else one for one in fields]


def _widened(properties: Properties) -> Properties:
    """A field of the next wider type."""
    return {"name": properties["name"], "type": WIDER.get(properties["type"], STRING)}


def _failing(resource: TabularResource) -> set[str]:
    """The names of the fields that some value is not of the type of, or would be lost in."""
    failing: set[str] = set()
    for table in read_batches(resource):
        for known in table.fields:
            text, values = table.text[known.name], table.values[known.name]
            if known.name not in failing and not _holds(known, text, values):
                failing.add(known.name)
    return failing


def _holds(known: Field, text: pl.Series, values: pl.Series) -> bool:
    """Whether all texts are of the type of their field, and nothing is lost in reading them."""
    if values.null_count() > text.null_count():
        return False
    if known.type in LOST and text.str.contains(LOST[known.type]).any():
        return False
    if not known.options.has_marks:
        return True
    return text.drop_nulls().str.contains(well_marked(known.options)).all()
