"""Dates of Extended Date/Time Format (EDTF) as intervals, and the page of them."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl
from markupsafe import Markup

from validate._src.checks.edtfdates import (
    EARLIEST,
    FIRST,
    LAST,
    LATEST,
    PRECISION,
    TEXT,
    dates_in,
)
from validate._src.publish.columns import Column
from validate._src.site import limits
from validate._src.site.datewords import date_in_full, date_phrase
from validate._src.site.drawing import longer, year
from validate._src.site.links import Links, Neighbour
from validate._src.site.model import ShownTable, Site
from validate._src.site.names import file_name
from validate._src.site.references import filter_by
from validate._src.site.rendering import Frame, Page
from validate._src.site.spoken import title_of
from validate._src.words.views import Phrase


@dataclass(frozen=True)
class Interval:
    """A date as the days that it allows.

    Attributes:
        text: the date as it stands in the table.
        phrase: the date in words, by language.
        anchor: an id that no other date of the page has.
        earliest: the first day, None where that end is open or unknown.
        latest: the last day, None where that end is open or unknown.
        precision: second, day, month, season, year, decade, century or interval.
        indexes: the rows that have it.
    """

    text: str
    phrase: Phrase
    anchor: str
    earliest: datetime.date | None
    latest: datetime.date | None
    precision: str
    indexes: Sequence[int]

    @property
    def said(self) -> Markup:
        """The date in words and as it stands in the table, as HTML."""
        return date_in_full(self.text, self.phrase)

    @property
    def is_vague(self) -> bool:
        """Whether the date says of itself that it is uncertain or approximate."""
        return any(mark in self.text for mark in "?~%")

    @property
    def year(self) -> int | None:
        """The year in which all its days lie; None if they lie in several."""
        if self.earliest and self.latest and self.earliest.year == self.latest.year:
            return self.earliest.year
        return None


OPEN_ROWS = 12
"""Rows with a date of a field up to which all are shown at once; more are opened year by year."""


@dataclass(frozen=True)
class Stretch:
    """The dates of a year, or those that run over several.

    Attributes:
        name: what it is called.
        drawing: the dates drawn.
        dates: the dates in order, each with the first rows that have it.
        count: how many rows have them.
        share: how many dates there are, in percent of the stretch of the field that has most.
    """

    name: str
    drawing: Markup
    dates: Sequence[tuple[Interval, Sequence[Neighbour]]]
    count: int
    share: int


@dataclass(frozen=True)
class Line:
    """The dates of a field.

    Attributes:
        table: the table.
        address: the page of the table, as seen from the root.
        title: the title of the field, by language.
        name: its name.
        anchor: an id that no other field of the page has.
        count: how many rows have a date.
        wrong: how many rows have a text that is no date.
        far: how many have a date of a year before 1 or after 9999, which is not drawn.
        dates: how many different dates there are.
        stretches: the dates: those that run over several years, then those of each year.
    """

    table: ShownTable
    address: str
    title: Phrase
    name: str
    anchor: str
    count: int
    wrong: int
    far: int
    dates: int
    stretches: Sequence[Stretch]

    @property
    def is_open(self) -> bool:
        """Whether all its dates are shown at once."""
        return self.count <= OPEN_ROWS

    def filter_of(self, interval: Interval) -> str:
        """What the table is filtered by to be left with the rows that have a date."""
        return filter_by([(self.name, interval.text)])


def has_dates(site: Site) -> bool:
    """Whether a field that is shown holds EDTF dates."""
    return any(column.field.edtf for table in site.tables.values() for column in table.columns)


def timeline_page(site: Site, links: Links, frame: Frame) -> Page:
    """The page of all EDTF dates of a package, field by field."""
    return frame.page("timeline.jinja", "timeline.html", "Timeline", lines=[*_lines(site, links)])


def _lines(site: Site, links: Links) -> Iterator[Line]:
    for table in site.tables.values():
        for column in table.columns:
            if column.field.edtf:
                yield _line(table, column, links, site.languages)


def _line(table: ShownTable, column: Column, links: Links, languages: Sequence[str]) -> Line:
    anchor = file_name([table.name, column.name])
    intervals = intervals_of(column.texts, anchor, languages)
    count = len(column.texts) - column.texts.null_count()
    dated, far = sum(len(one.indexes) for one in intervals), rows_far(column.texts)
    return Line(
        table=table,
        address=f"tables/{table.folder}/index.html",
        title=title_of(column.field, languages),
        name=column.name,
        anchor=anchor,
        count=count,
        wrong=count - dated - far,
        far=far,
        dates=len(intervals),
        stretches=[*_stretches(intervals, table, links, languages)],
    )


def _stretches(
    intervals: Sequence[Interval], table: ShownTable, links: Links, languages: Sequence[str]
) -> Iterator[Stretch]:
    drawn = [*_drawings(intervals, languages)]
    most = max((len(dates) for _, _, dates in drawn), default=1)
    for name, drawing, dates in drawn:
        first = (one.indexes[: limits.MOST_OF_A_DATE] for one in dates)
        rows = ([links.neighbour(table, index) for index in indexes] for indexes in first)
        yield Stretch(
            name,
            drawing,
            [*zip(dates, rows, strict=True)],
            sum(len(one.indexes) for one in dates),
            max(1, round(len(dates) / most * 100)),
        )


def intervals_of(texts: pl.Series, anchor: str, languages: Sequence[str] = ()) -> list[Interval]:
    """The dates of a column, each once: by their first days, then by their last ones.

    Args:
        texts: n texts and nulls; those that are no date are left out, and those of years before 1
            or after 9999, of which a year would not be seen beside others.
        anchor: what the ids of the dates begin with.
        languages: the languages of the package.
    """
    rows = pl.DataFrame({TEXT: texts}).with_row_index("row").drop_nulls(TEXT)
    grouped = rows.group_by(TEXT, maintain_order=True).agg("row")
    near = dates_in(texts).filter(~_is_far())
    dates = grouped.join(near, on=TEXT, how="inner", maintain_order="left")
    order = dates.sort(
        pl.coalesce(EARLIEST, LATEST), LATEST, TEXT, nulls_last=True, maintain_order=True
    )
    columns = (TEXT, EARLIEST, LATEST, PRECISION, "row")
    found = enumerate(order.select(columns).iter_rows(), 1)
    return [
        Interval(text, date_phrase(text, languages), f"{anchor}-{number}", *others)
        for number, (text, *others) in found
    ]


def _is_far() -> pl.Expr:
    """Whether an end of a date is a day of a year before 1 or after 9999."""
    ends = ((EARLIEST, FIRST), (LATEST, LAST))
    return pl.any_horizontal(
        pl.col(day).is_null() & pl.col(count).is_not_null() for day, count in ends
    )


def rows_far(texts: pl.Series) -> int:
    """How many rows have such a date."""
    far = dates_in(texts).filter(_is_far())[TEXT]
    return int(texts.is_in(far.implode()).sum())


def _drawings(
    intervals: Sequence[Interval], languages: Sequence[str]
) -> Iterator[tuple[str, Markup, Sequence[Interval]]]:
    """The dates drawn: those over several years on one axis, the others year by year."""
    if several := [one for one in intervals if one.year is None]:
        yield "Over several years, or open", longer(several), several
    for number in sorted({one.year for one in intervals if one.year is not None}):
        within = [one for one in intervals if one.year == number]
        yield str(number), year(number, within, languages), within
