"""EDTF level 1 dates, and what follows from them: whole columns of texts at once.

The forms are few enough to be told by regular expressions. They are those that the `edtf`
library takes for level 0 and 1, which needs some milliseconds for each; a test holds the
two to each other.

Source: EDTF, Library of Congress, levels 0 and 1 (ISO 8601-2).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial

import polars as pl

TEXT, EARLIEST, LATEST, PRECISION = "text", "earliest", "latest", "precision"
YEAR, MONTH, DAY = "[0-9]{4}", "(?:0[1-9]|1[0-2])", "[0-3][0-9]"
OFFSET = "[+-](?:(?:0[1-9]|1[0-3])(?::[0-5][0-9])?|14:00|00:(?:0[1-9]|[1-5][0-9]))"
TIME = f"T(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]|24:00:00)(?:Z|{OFFSET})?"
MARK = "[?~%]"
DATE = f"{YEAR}(?:-{MONTH}(?:-{DAY})?)?"
SEASON = f"{YEAR}-2[1-4]"
UNSPECIFIED = f"(?:[0-9]{{3}}X|[0-9]{{2}}XX|{YEAR}-XX(?:-XX)?|{YEAR}-{MONTH}-XX)"
SINGLE = f"^(?:{DATE}(?:{TIME}|{MARK})?|{SEASON}|{UNSPECIFIED}{MARK}?)$"
END = f"^(?:{DATE}|{SEASON}){MARK}?$"
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
        A row for each distinct text that is a date which a calendar can hold: the `text`;
        `earliest` and `latest`, the first and last day that it allows, null where that end
        of an interval is open or unknown; and its `precision`: second, day, month, season,
        year, decade, century or interval. An interval that ends before it starts is no date.
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
    parts = {
        "year": bare.str.slice(0, 4),
        "month": bare.str.slice(5, 2),
        "day": bare.str.slice(8, 2),
    }
    return _at_once(
        pl.LazyFrame({TEXT: texts}, schema={TEXT: pl.String})
        .filter(pl.col(TEXT).str.contains(form))
        .with_columns(**parts)
        .with_columns(_earliest().alias(EARLIEST), _precision().alias(PRECISION))
        .select(TEXT, EARLIEST, _latest().alias(LATEST), PRECISION)
        .filter(pl.col(EARLIEST).dt.year() > 0)
    )


def _earliest() -> pl.Expr:
    """The first day of a date by its parts, null where the calendar has none."""
    months = {NONE: "01", ANY: "01", **{season: first for season, (first, _) in SEASONS.items()}}
    return _day_of(
        pl.col("year").str.replace_all("X", "0"),
        pl.col("month").replace(months),
        pl.col("day").replace({NONE: "01", ANY: "01"}),
    )


def _latest() -> pl.Expr:
    """The last day of a date by its parts; if it names a day, this is the first one too."""
    months = {NONE: "12", ANY: "12", **{season: last for season, (_, last) in SEASONS.items()}}
    last_month = _day_of(
        pl.col("year").str.replace_all("X", "9"), pl.col("month").replace(months), pl.lit("01")
    )
    names_a_day = ~pl.col("day").is_in([NONE, ANY])
    return pl.when(names_a_day).then(EARLIEST).otherwise(last_month.dt.month_end())


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
    dates = texts.join(points.select(start=TEXT, earliest=EARLIEST), on="start", how="left").join(
        points.select(end=TEXT, latest=LATEST), on="end", how="left"
    )
    no_end = [OPEN, UNKNOWN]
    starts = pl.col(EARLIEST).is_not_null() | pl.col("start").is_in(no_end)
    stops = pl.col(LATEST).is_not_null() | pl.col("end").is_in(no_end)
    says_when = pl.col(EARLIEST).is_not_null() | pl.col(LATEST).is_not_null()
    in_order = (pl.col(EARLIEST) <= pl.col(LATEST)).fill_null(value=True)
    return dates.filter(
        starts & stops & in_order & (says_when | (pl.col(TEXT) == f"{OPEN}/{OPEN}"))
    ).select(TEXT, EARLIEST, LATEST, pl.lit("interval").alias(PRECISION))
