"""Dates of Extended Date/Time Format (EDTF) in words, no finer and no surer than they are.

Source: EDTF, Library of Congress, levels 0 and 1 (ISO 8601-2).
"""

import re
from collections.abc import Collection, Mapping

import polars as pl
from markupsafe import Markup

from validate._src.checks.edtfdates import (
    EARLIEST,
    FIRST,
    LAST,
    LATEST,
    SEASONS,
    TEXT,
    dates_in,
)
from validate._src.site.pagewords import ENGLISH, in_each, languages_with_words, word_in

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
NAMES = dict(zip(SEASONS, ("spring", "summer", "autumn", "winter"), strict=True))
"""The seasons by the numbers that stand in the place of a month; of the northern hemisphere."""
MARKS = {"?": "{date} (uncertain)", "~": "about {date}", "%": "about {date} (uncertain)"}
LATE = "~"
"""What comes after all digits."""
OPEN, UNKNOWN, ANY = "..", "", "XX"
POINT = re.compile(
    r"Y?(?P<year>-?[0-9X]{4,})(?:-(?P<month>[0-9X]{2}))?(?:-(?P<day>[0-9X]{2}))?"
    r"(?:T(?P<time>[0-9:]{8})(?P<offset>Z|[+-][0-9:]+)?)?(?P<mark>[?~%])?"
)


def date_phrase(text: str, languages: Collection[str]) -> Mapping[str, str]:
    """A date in words, in English and each other language of a package that has words.

    Args:
        text: a text that is a date, as `dates_in` tells.
        languages: the languages of the package.
    """
    return {one: _said(text, one) for one in languages_with_words(languages)}


def date_html(text: str, phrase: Mapping[str, str]) -> Markup:
    """A date in words as HTML; the date as it stands in the table is where the mouse rests.

    Args:
        text: the date as it stands in the table.
        phrase: the date in words, by language.
    """
    return Markup('<span class="date" title="{}">{}</span>').format(text, in_each(phrase))


def date_in_full(text: str, phrase: Mapping[str, str]) -> Markup:
    """The same, with the date as it stands in the table beside it."""
    said = in_each(phrase)
    return Markup('<span class="date">{}</span> <code class="m">{}</code>').format(said, text)


def month_phrase(month: int, languages: Collection[str]) -> Mapping[str, str]:
    """A month in a few letters, in English and each other language that has words."""
    name = MONTHS[month - 1]
    others = languages_with_words(languages)[1:]
    return {ENGLISH: name[:3], **{one: word_in(name, one) for one in others}}


def dates_by_text(texts: pl.Series) -> Mapping[str, str]:
    """By what the dates of a column are sorted.

    Args:
        texts: n texts and nulls.

    Returns:
        By the text of each that is a date its first day, or the last where the first is open or
        unknown, with the text, so that no two are equal; those that are open at both ends, or of
        years before 1, first, and those of years after 9999 last.
    """
    is_late = pl.coalesce(EARLIEST, LATEST).is_null() & (pl.coalesce(FIRST, LAST) > 0)
    day = (
        pl.when(is_late).then(pl.lit(LATE)).otherwise(pl.coalesce(EARLIEST, LATEST).cast(pl.String))
    )
    found = dates_in(texts).select(TEXT, day)
    return {text: f"{day or ''} {text}".strip() for text, day in found.iter_rows()}


def _said(text: str, language: str) -> str:
    start, has_ends, end = text.partition("/")
    if not has_ends:
        return _point(text, language)
    if start == end == OPEN:
        return word_in("open at both ends", language)
    if start in (OPEN, UNKNOWN):
        words = "by {date}" if start == OPEN else "by {date}, start unknown"
        return word_in(words, language).format(date=_point(end, language))
    if end in (OPEN, UNKNOWN):
        words = "from {date} on" if end == OPEN else "from {date}, end unknown"
        return word_in(words, language).format(date=_point(start, language))
    first, last = (_point(one, language) for one in (start, end))
    return word_in("{first} to {last}", language).format(first=first, last=last)


def _point(text: str, language: str) -> str:
    """A date that is no interval, or an end of one."""
    found = POINT.fullmatch(text)
    if found is None:
        raise ValueError(f"{text} is no date")
    parts = found.groupdict()
    said = _with_time(_day(parts, language), parts, language)
    mark = parts["mark"]
    return word_in(MARKS[mark], language).format(date=said) if mark else said


def _day(parts: Mapping[str, str | None], language: str) -> str:
    """A day, month, season, year or several years, as far as their parts tell."""
    year, month, day = parts["year"] or "", parts["month"], parts["day"]
    values = {"year": year}
    if year.endswith(ANY) or (year.endswith("X") and year.startswith("-")):
        words = "some year from {first} to {last}"
        ends = ("9", "0") if year.startswith("-") else ("0", "9")
        first, last = (year.replace("X", one) for one in ends)
        values = {"first": first, "last": last.replace("-0000", "0000")}
    elif year.endswith("X"):
        words, values = "the {year}s", {"year": year.replace("X", "0")}
    elif month is None:
        words = "{year}"
    elif month in NAMES:
        words, values = "{season} {year}", {"season": word_in(NAMES[month], language), **values}
    elif month == ANY:
        words = "some month in {year}" if day is None else "some day in {year}"
    else:
        values["month"] = word_in(MONTHS[int(month) - 1], language)
        words = "{month} {year}" if day is None else "some day in {month} {year}"
        if day not in (None, ANY):
            words, values["day"] = "{day} {month} {year}", str(int(day or 0))
    return word_in(words, language).format_map(values)


def _with_time(day: str, parts: Mapping[str, str | None], language: str) -> str:
    """A day with the time of the clock, if there is one, and how far that is from UTC."""
    time, offset = parts["time"], parts["offset"]
    if time is None:
        return day
    if offset is None:
        return word_in("{day}, {time}", language).format(day=day, time=time)
    away = "" if offset == "Z" else offset
    words = word_in("{day}, {time} (UTC{offset})", language)
    return words.format(day=day, time=time, offset=away)
