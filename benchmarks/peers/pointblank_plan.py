"""pointblank: a plan of steps, interrogated on one eager frame."""

from collections.abc import Iterator

import pointblank as pb
import polars as pl
from common import (
    ENUMS,
    FIRST_PAGE,
    FIRST_ROW,
    LAST_PAGE,
    LISTED,
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
)

FIRST_EXTRACTED = 1  # the first row in an extract


def plan(claims: pl.DataFrame, actor_ids: pl.Series) -> tuple[pb.Validate, list[str | None]]:
    """The steps, and the field that each of them is about."""
    steps = pb.Validate(claims)
    fields: list[str | None] = []
    for name in REQUIRED:
        steps = steps.col_vals_not_null(name + TEXT if name in TYPED else name)
        fields.append(name)
    for name, pattern in PATTERNS.items():
        steps = steps.col_vals_regex(name, pattern, na_pass=True)
        fields.append(name)
    for name, condition in conditions(actor_ids):
        steps = steps.col_vals_expr(condition)
        fields.append(name)
    steps = (
        steps.col_vals_ge("amount", 0, na_pass=True)
        .col_vals_between("page", FIRST_PAGE, LAST_PAGE, na_pass=True)
        .col_vals_null(SURPLUS)
        .rows_distinct("claim_id")
    )
    return steps, [*fields, "amount", "page", None, None]


def conditions(actor_ids: pl.Series) -> Iterator[tuple[str, pl.Expr]]:
    """What pointblank has no step for, or none that lets missing values pass."""
    for name in TYPED:
        yield name, is_of_its_type(name)
    for name in ("actor_id", "target_id"):
        yield name, pl.col(name).is_null() | pl.col(name).is_in(actor_ids.implode())
    for name, values in ENUMS.items():
        yield name, pl.col(name).is_null() | pl.col(name).is_in(values)
    length = pl.col("statement_ja").str.len_chars()
    yield "statement_ja", length.is_null() | length.is_between(SHORTEST, LONGEST)


def places(extracts: dict[int, pl.DataFrame], fields: list[str | None]) -> Iterator[Found]:
    """Row and field of each extracted row."""
    for step, extract in extracts.items():
        for row in extract["_row_num_"]:
            yield row - FIRST_EXTRACTED + FIRST_ROW, fields[step - 1]


validation, fields = plan(read_claims(), read_actor_ids())
validation = validation.interrogate(collect_tbl_checked=False, extract_limit=LISTED)
failed = validation.n_failed()
extracts = {step: validation.get_data_extracts(step, frame=True) for step, n in failed.items() if n}
report(places(extracts, fields), sum(failed.values()))
