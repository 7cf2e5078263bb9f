"""Headers that stand in a later row, are not there, or are spelt otherwise."""

from collections.abc import Iterator, Sequence

import polars as pl

from validate._src.diagnosis.diagnosis import EVERY_ROW, Diagnosis, listed, of_every_row
from validate._src.diagnosis.evidence import Evidence, Row, are_values
from validate._src.fields.types import OF_DIGITS
from validate._src.words.codes import HEADER_CODES
from validate._src.words.finding import cut
from validate._src.words.schema import Field
from validate._src.words.spelling import CAPITALS, difference, plain, spelt

FIRST = 50  # rows in which a header is looked for: titles and notes above it are shorter
MOST_NAMES = 0.8
"""The share of the fields whose names a row must hold to be taken for the header."""
MOST_IN_A_ROW = 0.6
"""The share that suffices where the row has the names of two fields, and more than the row in
its place."""
FEW_NAMES = 0.5
"""The share of the fields whose names the row in its place may hold at most."""
TELLING = OF_DIGITS | {"geopoint"}
"""Types of which hardly any label is a value; of a list, for one, every text is."""
OF_HEADER = pl.col("code").is_in(list(HEADER_CODES))


def header_further_down(evidence: Evidence) -> Iterator[Diagnosis]:
    """A header that stands below other rows, or where none is declared.

    Source: Data Package 2.0, Table Dialect, "headerRows", "header".
    """
    names = evidence.resource.schema.names
    sample, dialect = evidence.sample, evidence.resource.dialect
    if not evidence.has_rows_above_the_header or dialect.header_rows:
        return
    if len(names) < 2 or named_share(sample.labels, names) > FEW_NAMES:
        return  # one name alone may be a value
    for row in evidence.without_header.rows[:FIRST]:
        if named_share(row.cells, names) >= max(MOST_IN_A_ROW, 2 / len(names)):
            yield _header_at(row)
            return
        if len(row.cells) == len(names) and _is_row(row.cells, evidence.fields):
            return  # what stands above would be rows of the table


def _header_at(row: Row) -> Diagnosis:
    if row.number > 1:
        return of_every_row("headerRows", header_message(row.number), line=row.line)
    return Diagnosis(
        "header",
        f'the header is row {row.number}, but the dialect says "header": false; say true, or '
        "nothing",
        EVERY_ROW & (pl.col("row") == row.number),
        line=row.line,
    )


def header_message(number: int, *others: int) -> str:
    """What is said of a header that stands below other rows, or is made of two."""
    if others:
        numbers = [number, *others]
        rows = f"rows {' and '.join(map(str, numbers))}"
        return (
            f'the header is {rows}; say "headerRows": {numbers} in the dialect, or make it one row'
        )
    return (
        f"the header is row {number}, not the first; "
        f'say "headerRows": [{number}] in the dialect, or remove what is above it'
    )


def no_header(evidence: Evidence) -> Iterator[Diagnosis]:
    """A file without its header: its first row has values of the types of the fields.

    No label is a name, there are as many as fields, and each is of the type of its field,
    as far as the type of any tells.

    Source: Data Package 2.0, Table Dialect, "header".
    """
    schema, sample = evidence.resource.schema, evidence.sample
    labels = sample.labels or []
    if not evidence.has_rows_above_the_header or len(labels) != len(schema.fields):
        return
    if named_share(labels, schema.names) or not _is_row(labels, schema.fields):
        return
    by_position = evidence.is_by_position
    shown = listed([*map(schema.shown_label, labels)])
    yield Diagnosis(
        "header",
        "there is no header: the first row has values of the types of the fields, "
        f'{shown}; say "header": false in the dialect, or write the header',
        OF_HEADER if by_position else EVERY_ROW,
        unchecked="the first row" if by_position else "rows",
        whole=not by_position,
        line=sample.line,
    )


def _tells(field: Field) -> bool:
    """Whether a label is hardly ever a value of a field: a name such as `2020` is one itself."""
    return field.type in TELLING and not are_values(field, [field.name])[0]


def _is_row(cells: Sequence[str], fields: Sequence[Field]) -> bool:
    """Whether cells are values of fields that not every text is a value of."""
    telling = [
        (field, cell)
        for field, cell in zip(fields, cells, strict=True)
        if cell and cell not in field.missing_values and _tells(field)
    ]
    return bool(telling) and all(are_values(field, [cell])[0] for field, cell in telling)


def other_spelling(evidence: Evidence) -> Iterator[Diagnosis]:
    """Labels that are names of fields but for capitals, spaces and the like.

    Where only the case is another, the columns are read as these fields, but for keys.

    Source: Data Package 2.0, Table Schema, "name": by which a field has to be told.
    """
    schema, labels = evidence.resource.schema, evidence.sample.labels or []
    names = {plain(name): name for name in schema.names}
    by_position = evidence.is_by_position
    case_counts = evidence.sample.has_keys or evidence.resource.dialect.case_sensitive_header
    pairs = [
        (label, name)
        for index, label in enumerate(labels)
        if (name := names.get(plain(label))) is not None
        and name != label
        and name not in labels
        and (case_counts or difference([(label, name)]) != CAPITALS)
        and (not by_position or schema.names.index(name) == index)
    ]
    if len(pairs) < (2 if by_position else 1) or len(names) < len(schema.names):
        return
    yield Diagnosis(
        "fields",
        f"{spelt(pairs)}; write the labels as the schema has them",
        _about(pairs, by_position=by_position),
        unchecked="" if by_position else f"columns {listed([label for label, _ in pairs])}",
        line=evidence.sample.line,
    )


def _about(pairs: Sequence[tuple[str, str]], *, by_position: bool) -> pl.Expr:
    """The findings that say of each that it is not the other."""
    labels, names = [label for label, _ in pairs], [name for _, name in pairs]
    code, value, field = pl.col("code"), pl.col("value"), pl.col("field")
    if by_position:
        return (code == "incorrect-label") & field.is_in(names)
    kept = [cut(label) for label in labels]
    return (
        ((code == "extra-label") & value.is_in(kept))
        | ((code == "missing-label") & field.is_in(names))
        | (code == "unmatched-header")
    )


def named_share(cells: Sequence[str] | None, names: Sequence[str]) -> float:
    """The share of the fields whose names are among some cells, however they are spelt."""
    labels = {plain(cell) for cell in cells or ()}
    return sum(plain(name) in labels for name in names) / max(len(names), 1)
