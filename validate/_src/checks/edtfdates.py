"""EDTF level 1 dates, and what follows from them: whole columns of texts at once.

The forms are few enough to be told by regular expressions. They are those that the `edtf`
library takes for level 0 and 1, which needs some milliseconds for each; a test holds the
two to each other where the library has a calendar, which is that of the years 1 to 9999.

Source: EDTF, Library of Congress, 4 February 2019 (ISO 8601-2:2019), level 0, and of level 1
"Letter-prefixed calendar year" and "Negative calendar year" beside what all its dates have.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import partial

import polars as pl

TEXT, EARLIEST, LATEST, PRECISION = "text", "earliest", "latest", "precision"
FIRST, LAST = "first", "last"
YEAR = "(?:[0-9]{4}|-(?:[1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9]))"
MONTH, DAY = "(?:0[1-9]|1[0-2])", "[0-3][0-9]"
LONG_YEAR = "Y-?[1-9][0-9]{4,14}"
"""A year of more than four digits, up to as many as days of it are counted by 64 bits."""
OFFSET = "[+-](?:(?:0[1-9]|1[0-3])(?::[0-5][0-9])?|14:00|00:(?:0[1-9]|[1-5][0-9]))"
TIME = f"T(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]|24:00:00)(?:Z|{OFFSET})?"
MARK = "[?~%]"
DATE = f"{YEAR}(?:-{MONTH}(?:-{DAY})?)?"
SEASON = f"{YEAR}-2[1-4]"
UNSPECIFIED = f"(?:-?[0-9]{{3}}X|-?[0-9]{{2}}XX|{YEAR}-XX(?:-XX)?|{YEAR}-{MONTH}-XX)"
SINGLE = f"^(?:{DATE}(?:{TIME}|{MARK})?|{SEASON}|(?:{UNSPECIFIED}|{LONG_YEAR}){MARK}?)$"
END = f"^(?:{DATE}|{SEASON}|{LONG_YEAR}){MARK}?$"
NAMES = ("year", "month", "day")
PARTS = "^Y?(?<year>-?[0-9X]+)(?:-(?<month>[0-9X]{2}))?(?:-(?<day>[0-9X]{2}))?$"
CYCLE, DAYS_OF_CYCLE = 400, 146_097
"""Years after which the calendar repeats itself, and their days."""
SAMPLE = 2000
"""The first year of the cycle of which the days are counted for all years."""
FIRST_HELD, LAST_HELD = ((one - date(1970, 1, 1)).days for one in (date.min, date.max))
"""The first and the last day that a field of type `date` can hold, counted from 1970."""
INTERVAL = "^(?<start>[^/]*)/(?<end>[^/]*)$"
OPEN, UNKNOWN = "..", ""
NONE, ANY = "", "XX"
SEASONS = {"21": ("03", "05"), "22": ("06", "08"), "23": ("09", "11"), "24": ("12", "12")}
"""First and last month of a season of the northern hemisphere."""
MOST_KNOWN = 100_000  # texts: some 20 MB; a table whose dates are all different would fill memory
TEXTS = partial(pl.Series, TEXT, dtype=pl.String)


@dataclass(eq=False)
class KnownDates:
    """What was seen to be the dates among texts, so that each text is looked at once.

    Fields, tables and batches hold the same dates again, and to look at one takes as long as at
    a thousand. They are not pickled: elsewhere they are looked at anew.

    Attributes:
        seen: the distinct texts that were looked at.
        dates: the dates among them, as `dates_in` has them; None before any were looked at, since
            a process in which a query has started threads cannot be forked.
    """

    seen: pl.Series = field(default_factory=TEXTS)
    dates: pl.DataFrame | None = None

    def __reduce__(self) -> tuple[type["KnownDates"], tuple[()]]:
        """How it is pickled."""
        return KnownDates, ()

    def among(self, columns: Iterable[pl.Series]) -> pl.DataFrame:
        """The dates in columns of texts, and others, as `dates_in` has them."""
        texts = pl.concat([TEXTS(), *columns]).drop_nulls().unique()
        new = texts.filter(~texts.is_in(self.seen.implode()))
        if self.dates is None or len(self.seen) + len(new) > MOST_KNOWN:
            self.seen, self.dates = texts, dates_in(texts)
        elif len(new):
            self.seen = pl.concat([self.seen, new])
            self.dates = pl.concat([self.dates, dates_in(new)])
        return self.dates


def dates_in(texts: pl.Series) -> pl.DataFrame:
    """What the EDTF level 1 dates of a column say.

    Args:
        texts: texts and nulls.

    Returns:
        A row for each distinct text that is a date: the `text`; `earliest` and `latest`, the
        first and last day that it allows, null where that end of an interval is open or
        unknown, or of a year before 1 or after 9999; its `precision`: second, day, month,
        season, year, decade, century or interval; and `first` and `last`, the same days of
        whatever year, counted from 1970. An interval that ends before it starts is no date.
    """
    distinct = texts.drop_nulls().unique().alias(TEXT)
    has_ends = distinct.str.contains("/", literal=True)
    if not has_ends.any():
        return _points(distinct, SINGLE)
    singles, intervals = distinct.filter(~has_ends), distinct.filter(has_ends)
    ends = intervals.str.extract_groups(INTERVAL).struct.unnest()
    both = pl.concat([singles, *ends.get_columns()]).drop_nulls().unique()
    points = _points(both, f"{SINGLE}|{END}").lazy()
    dates = [
        points.filter(pl.col(TEXT).is_in(singles.implode()) & pl.col(TEXT).str.contains(SINGLE)),
        _intervals(
            ends.lazy().with_columns(intervals), points.filter(pl.col(TEXT).str.contains(END))
        ),
    ]
    return _at_once(pl.concat(dates))


def _at_once(rows: pl.LazyFrame) -> pl.DataFrame:
    """The rows of a query that is one however many steps it has, and not worth a plan.

    By steps that are queries, the few dates of a small table take twice as long; so they do by
    the engine that works on a part of the rows at a time.
    """
    return rows.collect(engine="in-memory", optimizations=pl.QueryOptFlags.none())


def _points(texts: pl.Series, form: str) -> pl.DataFrame:
    """The dates among distinct texts, by the form of those that are no intervals."""
    bare = pl.col(TEXT).str.replace(f"(?:T.*|{MARK})$", "")
    parts = {name: bare.str.extract(PARTS, at + 1).fill_null(NONE) for at, name in enumerate(NAMES)}
    return _at_once(
        pl.LazyFrame({TEXT: texts}, schema={TEXT: pl.String})
        .filter(pl.col(TEXT).str.contains(form))
        .with_columns(**parts)
        .with_columns(_first().alias(FIRST), _precision().alias(PRECISION))
        .with_columns(_last().alias(LAST))
        .select(TEXT, _held(FIRST, EARLIEST), _held(LAST, LATEST), PRECISION, FIRST, LAST)
        .filter(pl.col(FIRST).is_not_null())
    )


def _held(days: str, name: str) -> pl.Expr:
    """Days counted from 1970 as dates, null where the calendar of a `date` field has none."""
    day = pl.col(days)
    held = pl.when(day.is_between(FIRST_HELD, LAST_HELD)).then(day)
    return held.cast(pl.Int32).cast(pl.Date).alias(name)


def _first() -> pl.Expr:
    """The first day of a date by its parts, null where the calendar has none."""
    months = {NONE: "01", ANY: "01", **{season: first for season, (first, _) in SEASONS.items()}}
    year, shift = _year(before="9", after="0")
    month, day = pl.col("month").replace(months), pl.col("day").replace({NONE: "01", ANY: "01"})
    return _day_of(year, month, day).to_physical() + shift


def _last() -> pl.Expr:
    """The last day of a date by its parts; if it names a day, this is the first one too."""
    months = {NONE: "12", ANY: "12", **{season: last for season, (_, last) in SEASONS.items()}}
    year, shift = _year(before="0", after="9")
    month = _day_of(year, pl.col("month").replace(months), pl.lit("01"))
    names_a_day = ~pl.col("day").is_in([NONE, ANY])
    last = month.dt.month_end().to_physical() + shift
    return pl.when(names_a_day).then(FIRST).otherwise(last)


def _year(before: str, after: str) -> tuple[pl.Expr, pl.Expr]:
    """The year of the sampled cycle that has the days of a date's year, and how far it is away.

    Args:
        before: the digit that stands for an unspecified one of a year before the year 0.
        after: likewise after it.
    """
    text = pl.col("year")
    digits = (text.str.replace_all("X", one, literal=True) for one in (before, after))
    year = pl.when(text.str.starts_with("-")).then(next(digits)).otherwise(next(digits))
    number = year.cast(pl.Int64)
    cycles = number // CYCLE - SAMPLE // CYCLE
    return (number - cycles * CYCLE).cast(pl.String), cycles * DAYS_OF_CYCLE


def _day_of(year: pl.Expr, month: pl.Expr, day: pl.Expr) -> pl.Expr:
    return pl.concat_str(year, month, day, separator="-").str.to_date("%Y-%m-%d", strict=False)


def _precision() -> pl.Expr:
    """How precise a date is by its parts."""
    return (
        pl.when(pl.col(TEXT).str.contains("T", literal=True)).then(pl.lit("second"))
        .when(pl.col("month").is_in(list(SEASONS))).then(pl.lit("season"))
        .when(pl.col("year").str.ends_with("XX")).then(pl.lit("century"))
        .when(pl.col("year").str.ends_with("X")).then(pl.lit("decade"))
        .when(pl.col("month").is_in([NONE, ANY])).then(pl.lit("year"))
        .when(pl.col("day").is_in([NONE, ANY])).then(pl.lit("month"))
        .otherwise(pl.lit("day"))
    )  # fmt: skip


def _intervals(texts: pl.LazyFrame, points: pl.LazyFrame) -> pl.LazyFrame:
    """The intervals among distinct texts, of which one end may be unknown, and any open.

    Args:
        texts: each `text`, its `start` and its `end`.
        points: the dates that an end can be, those of the ends among them.
    """
    starts, ends = ((EARLIEST, FIRST), (LATEST, LAST))
    dates = texts.join(points.select(pl.col(TEXT).alias("start"), *starts), on="start", how="left")
    dates = dates.join(points.select(pl.col(TEXT).alias("end"), *ends), on="end", how="left")
    no_end = [OPEN, UNKNOWN]
    begins = pl.col(FIRST).is_not_null() | pl.col("start").is_in(no_end)
    stops = pl.col(LAST).is_not_null() | pl.col("end").is_in(no_end)
    says_when = pl.col(FIRST).is_not_null() | pl.col(LAST).is_not_null()
    in_order = (pl.col(FIRST) <= pl.col(LAST)).fill_null(value=True)
    return dates.filter(
        begins & stops & in_order & (says_when | (pl.col(TEXT) == f"{OPEN}/{OPEN}"))
    ).select(TEXT, EARLIEST, LATEST, pl.lit("interval").alias(PRECISION), FIRST, LAST)
