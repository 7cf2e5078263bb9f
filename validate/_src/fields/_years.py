"""The types year and yearmonth, in all forms that XML Schema has for them.

Source: XML Schema Part 2, 3.2.10 "gYearMonth" and 3.2.11 "gYear", which Table Schema refers to.
"""

import re
from decimal import Decimal

import polars as pl

from validate._src.fields._exact import Exactness, decimal, without_value
from validate._src.fields._parsing import FieldType
from validate._src.words.schema import Field

FOUR_DIGITS = r"(?:[0-9]{3}[1-9]|[0-9]{2}[1-9][0-9]|[0-9][1-9][0-9]{2}|[1-9][0-9]{3})"  # no 0000
ANY_YEAR = rf"-?(?:{FOUR_DIGITS}|[1-9][0-9]{{4,}})"
ZONE = r"(?:Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)"
YEAR = rf"^({ANY_YEAR})({ZONE})?$"
YEARMONTH = rf"^({ANY_YEAR})-(0[1-9]|1[0-2])({ZONE})?$"
FARTHEST = 262_000  # years before and after the year 0 that Polars has dates for
UTC = ("Z", "-00:00")


def _year(text: pl.Expr, field: Field) -> pl.Expr:
    return text.str.extract(YEAR, 1).cast(pl.Int64, strict=False)


def _yearmonth(text: pl.Expr, field: Field) -> pl.Expr:
    """The first day of the month; none where the year is too far away for a date."""
    year = text.str.extract(YEARMONTH, 1).cast(pl.Int64, strict=False)
    month = text.str.extract(YEARMONTH, 2).cast(pl.Int8, strict=False)
    day = pl.date(year.clip(-FARTHEST, FARTHEST), month, 1)
    return pl.when(year.is_between(-FARTHEST, FARTHEST)).then(day)


def _has_zone(texts: pl.Series, values: pl.Series) -> pl.Series:
    """Which texts have a zone, of which the value knows nothing, or no value."""
    return texts.str.contains("[Z:]").fill_null(value=False) | without_value(texts, values)


def _exact_year(text: str) -> str | None:
    found = re.fullmatch(YEAR, text)
    return found and f"{decimal(found[1])} {_zone(found[2])}"


def _exact_month(text: str) -> str | None:
    """Year and month as one number that is greater for later months, and the zone."""
    found = re.fullmatch(YEARMONTH, text)
    if found is None:
        return None
    month = found[2] if found[1][0] != "-" else f"{12 - int(found[2]):02}"
    return f"{found[1]}{month} {_zone(found[3])}"


def _zone(text: str | None) -> str:
    return "+00:00" if text in UTC else text or ""


def _number(exact: str) -> Decimal:
    """The year or month; a zone, which moves it by hours, is left aside in comparisons."""
    return Decimal(exact.partition(" ")[0])


def _is_year_of_64_bits(exact: str) -> bool:
    return exact.endswith(" ") and abs(_number(exact)) < 2**63


def _is_date(exact: str) -> bool:
    return exact.endswith(" ") and abs(_number(exact)) < 100 * FARTHEST


TYPES = (
    FieldType(
        "year",
        pl.Int64(),
        {"default": _year},
        native=frozenset({"integer"}),
        exactness=Exactness(_has_zone, _exact_year, YEAR, _is_year_of_64_bits, _number),
    ),
    FieldType(
        "yearmonth",
        pl.Date(),
        {"default": _yearmonth},
        exactness=Exactness(_has_zone, _exact_month, YEARMONTH, _is_date, _number),
    ),
)
