"""Columns of dates and times that are written in another form than is declared."""

import json
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter

import polars as pl

from validate._src.describe.moments import written
from validate._src.describe.readings import OF_DIGITS, READINGS, Reading, dated
from validate._src.diagnosis.diagnosis import Diagnosis
from validate._src.diagnosis.evidence import NEARLY_ALL, Evidence, filled_cells, no_values
from validate._src.words.schema import Field

TYPES = ("date", "time", "datetime")
SEVERAL = 2  # cells: one date in another form may be a slip
MOST = 0.5
"""The share of a column's cells that the declared form must refuse: where days and months have
changed places, those up to the twelfth still look right."""
WITHOUT_FORMAT = tuple(
    one for one in READINGS if one.type in TYPES and "format" not in one.properties
)
"""The readings of the formats that the standard has without saying."""


def other_forms(evidence: Evidence) -> Iterator[Diagnosis]:
    """Columns of dates or times that are nearly all in one other form.

    Days and months may look alike, so that there are several such forms: all are named.

    Source: Data Package 2.0, Table Schema, "date", "time", "datetime": a format of strptime.
    """
    for field, cells in evidence.columns():
        if field.type in TYPES:
            yield from _of_field(field, filled_cells(field, cells))


def _of_field(field: Field, filled: Sequence[str]) -> Iterator[Diagnosis]:
    odd = no_values(field, filled)
    if len(odd) < SEVERAL or len(odd) < MOST * len(filled):
        return
    readings = _fitting([*_readings(dict.fromkeys(odd))], filled)
    same = [one for one in readings if one.type == field.type]
    if readings:
        yield _diagnosis(field, same or readings[:1], odd)


def _readings(texts: Iterable[str]) -> Iterator[Reading]:
    """The forms that dates and times may be in, by what they look like."""
    yield from WITHOUT_FORMAT
    yield from OF_DIGITS
    known = [one for text in texts if (one := written(text)) is not None]
    for kind, form in dict.fromkeys((one.type, form) for one in known for form in one.forms):
        if kind == "time" or ("%y" in form.lower() and form != "%Y%m%d"):
            yield dated(kind, form)


def _fitting(readings: Iterable[Reading], filled: Sequence[str]) -> list[Reading]:
    """The readings that nearly all texts fit, the one that most do first.

    One without a format stands alone: a pattern would only say the same.
    """
    texts = pl.Series("text", filled, dtype=pl.String)
    counted = [(int(one.fits_texts(texts).sum()), one) for one in readings]
    enough = [found for found in counted if found[0] >= NEARLY_ALL * len(filled)]
    found = [one for _, one in sorted(enough, key=itemgetter(0), reverse=True)]
    return [one for one in found if "format" not in one.properties][:1] or found


def _diagnosis(field: Field, readings: Sequence[Reading], odd: Sequence[str]) -> Diagnosis:
    """The diagnosis of a column, by the readings of one type that it may be meant in."""
    example = next(text for text in odd if _fits_any(readings, pl.Series([text])).item())
    kind = readings[0].type
    forms = [one.properties.get("format", "default") for one in readings]
    properties = [f'"type": "{kind}"'] if kind != field.type else []
    if forms != ["default"] or not properties:
        properties.append(f'"format": {" or ".join(map(json.dumps, forms))}')
    patterns = [form for form in forms if form != "default"]
    written_so = f" written {' or '.join(patterns)}" if patterns else ""
    is_odd = (pl.col("code") == "type-error") & (pl.col("field") == field.name)
    return Diagnosis(
        "type" if kind != field.type else "format",
        f'cells are {kind}s{written_so}, such as "{example}"; say {", ".join(properties)} in the '
        "field",
        is_odd
        & pl.col("value").map_batches(
            lambda values: _fits_any(readings, values), return_dtype=pl.Boolean
        ),
        unchecked=f"such {kind}s in {field.name}",
        field=field.name,
        value=example,
    )


def _fits_any(readings: Iterable[Reading], texts: pl.Series) -> pl.Series:
    """Which texts are meant in some way; an absent text in none."""
    fitting = pl.Series("fits", [False] * len(texts), dtype=pl.Boolean)
    for one in readings:
        fitting |= one.fits_texts(texts).fill_null(value=False)
    return fitting
