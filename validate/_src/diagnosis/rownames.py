"""Row names of R and pandas: a column before the others, with an empty label or none."""

import json
from collections.abc import Iterator

from validate._src.describe.rownames import (
    MOMENTS_APART,
    SHORT_HEADER,
    are_counted,
    are_moments_apart,
    has_row_names,
)
from validate._src.diagnosis.delimiters import DELIMITERS, SPACE
from validate._src.diagnosis.diagnosis import Diagnosis, of_every_row
from validate._src.diagnosis.evidence import NEARLY_ALL, Evidence, misfits, share
from validate._src.diagnosis.headers import named_share
from validate._src.tables._labels import WITHOUT_ROW_NAMES


def row_names(evidence: Evidence) -> Iterator[Diagnosis]:
    """A column of row names that the schema does not have.

    Either its label is empty and all others are those of the fields, or the header has the
    labels of the fields and each row one cell more; then the cells are of the types of the
    fields one further, and not without that, or the first ones count the rows.

    Source: Data Package 2.0, Table Schema, "fieldsMatch", by default "exact".
    """
    if not evidence.is_by_position or evidence.sample.labels is None:
        return
    line = evidence.sample.line
    if evidence.sample.labels == ["", *evidence.resource.schema.names]:
        yield of_every_row("fieldsMatch", _UNLABELLED, line=line)
        return
    if not evidence.is_delimited:
        return
    if _are_moments_apart(evidence.delimited_by(SPACE)):
        yield of_every_row("delimiter", MOMENTS_APART, line=line)
        return
    declared = evidence.resource.dialect.delimiter
    for delimiter in dict.fromkeys([declared, *DELIMITERS, SPACE]):
        if _is_short(evidence.delimited_by(delimiter)):
            also = f'; say "delimiter": {json.dumps(delimiter)} in the dialect besides'
            message = SHORT_HEADER + (also if delimiter != declared else "")
            yield of_every_row("fields", message, line=line)
            return


_UNLABELLED = (
    "the first column has no label and the others are those of the fields: it holds row names; "
    f'{WITHOUT_ROW_NAMES}, or say "fieldsMatch": "superset" in the schema'
)


def _are_moments_apart(evidence: Evidence) -> bool:
    """Whether the labels are those of the fields, and spaces part datetimes in the rows below."""
    if named_share(evidence.labels, evidence.resource.schema.names) < 1:
        return False
    rows = [row.cells for row in evidence.sample.rows]
    return are_moments_apart(evidence.sample.labels or [], rows)


def _is_short(evidence: Evidence) -> bool:
    """Whether the header has the labels of the fields, and rows one cell more before theirs."""
    if named_share(evidence.labels, evidence.resource.schema.names) < 1:
        return False
    sample = evidence.sample
    rows = [row.cells for row in sample.rows]
    if not has_row_names(sample.labels or [], rows):
        return False
    shares = [share(field, sample.column(at + 1)) for at, field in enumerate(evidence.fields)]
    if any(one is not None and one < NEARLY_ALL for one in shares):
        return False
    return misfits(evidence) or are_counted(sample.labels or [], rows)
