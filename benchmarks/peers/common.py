"""What the peers share: the rules of `claims` in Python, reading it, and saying what was found."""

import json
import sys
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

import polars as pl

LISTED = 5_000
FIRST_ROW = 2  # the header is row 1

COLUMNS = (
    "claim_id", "actor_id", "made", "kind", "amount", "target_id", "page", "certainty",
    "source_sha256", "statement_ja", "source_url", "status",
)  # fmt: skip
TYPED = {"made": pl.Date, "amount": pl.Float64, "page": pl.Int64}
REQUIRED = ("claim_id", "actor_id", "made", "kind", "source_sha256", "statement_ja")
ENUMS = {
    "kind": ["pledge", "plan", "request", "report", "forecast", "concern"],
    "certainty": ["stated", "implied", "inferred"],
    "status": ["draft", "checked", "published"],
}
PATTERNS = {
    "claim_id": "^clm-[0-9]{8}$",
    "source_sha256": "^[0-9a-f]{64}$",
    "source_url": r"^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+$",
}
FIRST_PAGE, LAST_PAGE = 1, 400
SHORTEST, LONGEST = 8, 90

TEXT = "_text"
SURPLUS = "surplus"

Found = tuple[int | None, str | None]


def schema(text_only: bool = False) -> dict[str, type[pl.DataType]]:
    """The columns of `claims` with their types in Polars."""
    return {name: pl.String if text_only else TYPED.get(name, pl.String) for name in COLUMNS}


def folder() -> Path:
    """The folder of the package: the argument of the command."""
    return Path(sys.argv[1])


def read_actor_ids() -> pl.Series:
    """The keys to which `claims` refers."""
    return pl.read_csv(folder() / "actors.csv", columns=["actor_id"])["actor_id"]


def read_claims() -> pl.DataFrame:
    """The rows of `claims` for a tool that judges frames.

    A typed read stops at the first bad cell, so dates and numbers are read as text and
    converted: `made` is null where `made_text` is no date. A thirteenth column, `surplus`,
    takes what stands after the last cell. The row number is the index plus `FIRST_ROW`.
    """
    columns = {**schema(text_only=True), SURPLUS: pl.String}
    frame = pl.read_csv(
        folder() / "claims.csv",
        schema=columns,
        missing_columns="insert",
        truncate_ragged_lines=True,
    )
    return frame.rename({name: name + TEXT for name in TYPED}).with_columns(
        made=pl.col("made_text").str.to_date("%Y-%m-%d", strict=False),
        amount=pl.col("amount_text").cast(pl.Float64, strict=False),
        page=pl.col("page_text").cast(pl.Int64, strict=False),
    )


def is_of_its_type(name: str) -> pl.Expr:
    """Whether a cell of a date or number could be converted, or is empty."""
    return pl.col(name).is_not_null() | pl.col(name + TEXT).is_null()


def report(found: Iterable[Found], count: int) -> None:
    """Prints the first findings and their number, as the last line of the output.

    Args:
        found: row number and field of each, the field None where the fault is the row's.
        count: how many there are.
    """
    print(json.dumps({"found": [*islice(found, LISTED)], "count": count}))
