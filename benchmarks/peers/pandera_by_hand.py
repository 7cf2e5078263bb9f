"""Pandera's Polars backend with a schema written by hand, on one eager frame."""

import pandera.polars as pa
import polars as pl
from common import (
    COLUMNS,
    ENUMS,
    FIRST_PAGE,
    FIRST_ROW,
    LAST_PAGE,
    LONGEST,
    PATTERNS,
    REQUIRED,
    SHORTEST,
    SURPLUS,
    TEXT,
    TYPED,
    Found,
    is_of_its_type,
    read_actor_ids,
    read_claims,
    report,
    schema,
)
from pandera.errors import SchemaErrors


def check(name: str, condition: pl.Expr) -> pa.Check:
    """A check of our own making; its name stands for its argument in the report."""
    return pa.Check(lambda data: data.lazyframe.select(condition), name=name, error=name)


def text_column(name: str) -> pa.Column:
    """What the cells of a date or number were: required as the field is."""
    original = name.removesuffix(TEXT)
    return pa.Column(
        pl.String, check("type", is_of_its_type(original)), nullable=original not in REQUIRED
    )


actor_ids = read_actor_ids()
exists = {
    name: check("foreign key", pl.col(name).is_null() | pl.col(name).is_in(actor_ids.implode()))
    for name in ("actor_id", "target_id")
}
CHECKS = {
    # `unique=True` would report the first of the rows that share a key as well.
    "claim_id": [
        pa.Check.str_matches(PATTERNS["claim_id"]),
        check("primary key", pl.col("claim_id").is_first_distinct() | pl.col("claim_id").is_null()),
    ],
    "actor_id": [exists["actor_id"]],
    "kind": [pa.Check.isin(ENUMS["kind"])],
    "amount": [pa.Check.ge(0)],
    "target_id": [exists["target_id"]],
    "page": [pa.Check.in_range(FIRST_PAGE, LAST_PAGE)],
    "certainty": [pa.Check.isin(ENUMS["certainty"])],
    "source_sha256": [pa.Check.str_matches(PATTERNS["source_sha256"])],
    "statement_ja": [pa.Check.str_length(SHORTEST, LONGEST)],
    "source_url": [pa.Check.str_matches(PATTERNS["source_url"])],
    "status": [pa.Check.isin(ENUMS["status"])],
}
claims_schema = pa.DataFrameSchema(
    {
        **{
            name: pa.Column(
                schema()[name], CHECKS.get(name), nullable=name not in REQUIRED or name in TYPED
            )
            for name in COLUMNS
        },
        **{name + TEXT: text_column(name + TEXT) for name in TYPED},
        SURPLUS: pa.Column(
            pl.String, check("no more cells", pl.col(SURPLUS).is_null()), nullable=True
        ),
    }
)


def as_found(case: tuple[int, str]) -> Found:
    """Row and field of a failure case."""
    index, column = case
    return index + FIRST_ROW, column.removesuffix(TEXT)


try:
    claims_schema.validate(read_claims(), lazy=True)
except SchemaErrors as errors:
    cases = errors.failure_cases.select("index", "column")
    report(map(as_found, cases.iter_rows()), cases.height)
else:
    report([], 0)
