"""EDTF level 1 dates, and what follows from them: whole columns of texts at once.

The forms are few enough to be told by regular expressions. They are those that the `edtf`
library takes for level 0 and 1, which needs some milliseconds for each; a test holds the
two to each other.

Source: EDTF, Library of Congress, levels 0 and 1 (ISO 8601-2).
"""

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
    distinct = texts.drop_nulls().unique()
    has_ends = distinct.str.contains("/", literal=True)
    if not has_ends.any():
        return _points(distinct, SINGLE)
    return pl.concat(
        [_points(distinct.filter(~has_ends), SINGLE), _intervals(distinct.filter(has_ends))]
    )


def _points(texts: pl.Series, form: str) -> pl.DataFrame:
    """The dates among distinct texts, by the form of those that are no intervals."""
    bare = pl.col(TEXT).str.replace(f"(?:T.*|{MARK})$", "")
    parts = {
        "year": bare.str.slice(0, 4),
        "month": bare.str.slice(5, 2),
        "day": bare.str.slice(8, 2),
    }
    dates = pl.DataFrame({TEXT: texts.filter(texts.str.contains(form))}, schema={TEXT: pl.String})
    return (
        dates.with_columns(**parts)
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


def _intervals(texts: pl.Series) -> pl.DataFrame:
    """The intervals among distinct texts, of which one end may be unknown, and any open."""
    ends = texts.str.extract_groups(INTERVAL).struct.unnest()
    points = _points(pl.concat(ends.get_columns()).drop_nulls().unique(), END)
    dates = (
        ends.with_columns(texts.alias(TEXT))
        .join(points.select(start=TEXT, earliest=EARLIEST), on="start", how="left")
        .join(points.select(end=TEXT, latest=LATEST), on="end", how="left")
    )
    no_end = [OPEN, UNKNOWN]
    starts = pl.col(EARLIEST).is_not_null() | pl.col("start").is_in(no_end)
    stops = pl.col(LATEST).is_not_null() | pl.col("end").is_in(no_end)
    says_when = pl.col(EARLIEST).is_not_null() | pl.col(LATEST).is_not_null()
    in_order = (pl.col(EARLIEST) <= pl.col(LATEST)).fill_null(value=True)
    return dates.filter(
        starts & stops & in_order & (says_when | (pl.col(TEXT) == f"{OPEN}/{OPEN}"))
    ).select(TEXT, EARLIEST, LATEST, pl.lit("interval").alias(PRECISION))
