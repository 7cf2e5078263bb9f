"""patito: a model, and `Model.validate` on one eager frame.

Its errors say how many rows of a column are at fault, not which.
"""

from datetime import date
from typing import Literal

import patito as pt
import polars as pl
from common import (
    FIRST_PAGE,
    LAST_PAGE,
    LONGEST,
    PATTERNS,
    SHORTEST,
    is_of_its_type,
    read_actor_ids,
    read_claims,
    report,
)

actor_ids = read_actor_ids().implode()
exists = pl.col("_").is_in(actor_ids)


class Claim(pt.Model):
    """The rules of `claims`."""

    claim_id: str = pt.Field(unique=True, pattern=PATTERNS["claim_id"])
    actor_id: str = pt.Field(constraints=exists)
    made: date | None
    made_text: str = pt.Field(constraints=is_of_its_type("made"))
    kind: Literal["pledge", "plan", "request", "report", "forecast", "concern"]
    amount: float | None = pt.Field(ge=0)
    amount_text: str | None = pt.Field(constraints=is_of_its_type("amount"))
    target_id: str | None = pt.Field(constraints=exists)
    page: int | None = pt.Field(ge=FIRST_PAGE, le=LAST_PAGE)
    page_text: str | None = pt.Field(constraints=is_of_its_type("page"))
    certainty: Literal["stated", "implied", "inferred"] | None
    source_sha256: str = pt.Field(pattern=PATTERNS["source_sha256"])
    statement_ja: str = pt.Field(min_length=SHORTEST, max_length=LONGEST)
    source_url: str | None = pt.Field(pattern=PATTERNS["source_url"])
    status: Literal["draft", "checked", "published"] | None
    surplus: str | None = pt.Field(constraints=pl.col("surplus").is_null())


try:
    Claim.validate(read_claims())
except pt.exceptions.DataFrameValidationError as error:
    report([], len(error.errors()))
else:
    report([], 0)
