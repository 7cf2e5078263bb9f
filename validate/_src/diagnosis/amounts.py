"""Columns of amounts whose sign stands where no number has it."""

from collections import Counter
from collections.abc import Iterator

import polars as pl

from validate._src.describe.amounts import amounts_in
from validate._src.diagnosis.diagnosis import Diagnosis
from validate._src.diagnosis.evidence import Evidence, filled_cells, no_values

NUMERIC = ("number", "integer")


def signs_elsewhere(evidence: Evidence) -> Iterator[Diagnosis]:
    """Columns of amounts such as `-£1.50` or `(1.50)`, which no number of a field is.

    Source: Data Package 2.0, Table Schema, "number", "bareNumber".
    """
    for field, cells in evidence.columns():
        filled = filled_cells(field, cells)
        odd = no_values(field, filled) if field.type in NUMERIC else []
        found = amounts_in(Counter(filled)) if odd else None
        if found is not None and found.example in odd:
            is_odd = (pl.col("code") == "type-error") & (pl.col("field") == field.name)
            yield Diagnosis(
                "type",
                found.said(),
                is_odd & pl.col("value").str.contains(found.pattern),
                unchecked=f"such amounts in {field.name}",
                field=field.name,
                value=found.example,
            )
