"""dataframely: a schema with rules, and `Schema.filter` on one eager frame."""

from collections.abc import Iterator

import dataframely as dy
import polars as pl
from common import (
    ENUMS,
    FIRST_PAGE,
    FIRST_ROW,
    LAST_PAGE,
    LONGEST,
    PATTERNS,
    SHORTEST,
    TEXT,
    Found,
    is_of_its_type,
    read_actor_ids,
    read_claims,
    report,
)

ROW = "row"
actor_ids = read_actor_ids().implode()


def is_an_actor(name: pl.Expr) -> pl.Expr:
    """That a foreign key leads somewhere."""
    return name.is_in(actor_ids)


class Claims(dy.Schema):
    """The rules of `claims`.

    Lengths are rules of our own: dataframely's count bytes, the standard characters.
    """

    row = dy.UInt32()
    claim_id = dy.String(primary_key=True, regex=PATTERNS["claim_id"])
    actor_id = dy.String(check={"exists": is_an_actor})
    made = dy.Date(nullable=True)
    made_text = dy.String(nullable=False, check={"type": lambda _: is_of_its_type("made")})
    kind = dy.String(check={"enum": lambda kind: kind.is_in(ENUMS["kind"])})
    amount = dy.Float64(nullable=True, min=0)
    amount_text = dy.String(nullable=True, check={"type": lambda _: is_of_its_type("amount")})
    target_id = dy.String(nullable=True, check={"exists": is_an_actor})
    page = dy.Int64(nullable=True, min=FIRST_PAGE, max=LAST_PAGE)
    page_text = dy.String(nullable=True, check={"type": lambda _: is_of_its_type("page")})
    certainty = dy.String(
        nullable=True, check={"enum": lambda certainty: certainty.is_in(ENUMS["certainty"])}
    )
    source_sha256 = dy.String(regex=PATTERNS["source_sha256"])
    statement_ja = dy.String(
        check={"length": lambda text: text.str.len_chars().is_between(SHORTEST, LONGEST)}
    )
    source_url = dy.String(nullable=True, regex=PATTERNS["source_url"])
    status = dy.String(nullable=True, check={"enum": lambda status: status.is_in(ENUMS["status"])})
    surplus = dy.String(nullable=True, check={"none": lambda surplus: surplus.is_null()})


def places(details: pl.DataFrame, rules: list[str]) -> Iterator[Found]:
    """Row and field of every rule that a row breaks; a rule of the whole row has no field."""
    for rule in rules:
        field, _, of_a_column = rule.partition("|")
        name = field.removesuffix(TEXT) if of_a_column else None
        for row in details.filter(pl.col(rule) == "invalid")[ROW]:
            yield row, name


claims = read_claims().with_row_index(ROW, offset=FIRST_ROW)
_, failure = Claims.filter(claims)
counts = failure.counts()
report(places(failure.details(), [*counts]), sum(counts.values()))
