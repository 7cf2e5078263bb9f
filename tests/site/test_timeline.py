"""EDTF dates as intervals and bars: as long as the days that they allow, open where they are."""

import re
from datetime import date
from itertools import pairwise

import polars as pl
import pytest
from support.places import PACKAGES

from validate._src.site import timeline
from validate._src.site.drawing import EDGE, LEAST, WIDTH, longer, year
from validate._src.site.timeline import intervals_of, rows_far

INNER = WIDTH - 2 * EDGE


def bars(svg):
    """Where the bars of a drawing begin, and how long they are."""
    found = re.findall(r'<rect class="(bar[^"]*)" x="([\d.]+)" y="\d+" width="([\d.]+)"', svg)
    return [(kind, float(x), float(width)) for kind, x, width in found]


def intervals(*texts):
    return intervals_of(pl.Series("date", texts, dtype=pl.String), "d")


def test_each_date_is_told_once_with_its_rows_in_order():
    found = intervals("2026", None, "2025-11", "soon", "2026", "1970/..", "../1960", "197X")
    assert [(one.text, list(one.indexes)) for one in found] == [
        ("../1960", [6]), ("197X", [7]), ("1970/..", [5]), ("2025-11", [2]), ("2026", [0, 4]),
    ]  # fmt: skip
    by_text = {one.text: one for one in found}
    assert (by_text["1970/.."].earliest, by_text["1970/.."].latest) == (date(1970, 1, 1), None)
    assert by_text["../1960"].earliest is None
    assert (by_text["2025-11"].year, by_text["197X"].year) == (2025, None)
    assert len({one.anchor for one in found}) == len(found)


def test_a_month_is_a_bar_of_its_days():
    found = intervals("2025-11", "2025", "2025-01-01", "2025-12-31", "2024-02")
    drawn = bars(year(2025, [one for one in found if one.year == 2025]))
    lengths = {
        one.text: bar for one, bar in zip([o for o in found if o.year == 2025], drawn, strict=True)
    }
    assert lengths["2025"][1:] == (EDGE, INNER)
    assert lengths["2025-11"][2] == pytest.approx(INNER * 30 / 365, abs=0.1)
    assert lengths["2025-11"][1] == pytest.approx(EDGE + INNER * 304 / 365, abs=0.1)
    assert lengths["2025-01-01"][1:] == (EDGE, LEAST)
    (leap,) = bars(year(2024, [one for one in found if one.year == 2024]))
    assert leap[2] == pytest.approx(INNER * 29 / 366, abs=0.1)


def test_an_open_end_has_an_arrow_and_an_uncertain_date_is_dashed():
    svg = longer(intervals("1970/..", "../1990", "1950?/1960", "1980/1985"))
    assert svg.count('class="open"') == 2
    assert sorted(kind for kind, _, _ in bars(svg)) == ["bar", "bar", "bar", "bar vague"]


def test_bars_of_a_lane_do_not_overlap():
    days = [f"2025-06-{day:02}" for day in range(1, 29)] + ["2025", "2025-06", "2025-12-30"]
    svg = year(2025, intervals(*days))
    placed = re.findall(r'<rect class="bar" x="([\d.]+)" y="(\d+)" width="([\d.]+)"', svg)
    lanes = {}
    for x, lane, width in placed:
        lanes.setdefault(lane, []).append((float(x), float(x) + float(width)))
    assert len(placed) == len(days)
    for spans in lanes.values():
        spans.sort()
        assert all(first[1] <= second[0] for first, second in pairwise(spans))


@pytest.mark.parametrize("texts", [["0001/9999"], ["../.."], ["9999", "9998/9999"], ["2025/2026"]])
def test_dates_at_the_ends_of_the_calendar_can_be_drawn(texts):
    found = intervals(*texts)
    svg = longer(found)
    assert len(bars(svg)) == len(found)
    for _, x, width in bars(svg):
        assert x >= 0
        assert x + width <= WIDTH


def stretches(site):
    page = site.page("timeline.html")
    found = [given for tag, given, _ in page.elements if tag == "details"]
    return page.texts("span", class_="when"), ["open" in given for given in found]


def test_the_last_year_of_an_axis_is_within_it():
    """Its letters stand before its line, as none fit behind it."""
    ticks = re.findall(
        r'<text class="tick" x="([0-9.]+)" y="14" text-anchor="(\w+)">([^<]+)</text>',
        longer(intervals("2020/2029")),
    )
    assert [ticks[0][1], ticks[-1][1]] == ["start", "end"]
    assert ticks[-1][2] == "2030"
    assert float(ticks[-1][0]) < WIDTH - EDGE


def test_few_dates_are_shown_at_once(sites):
    names, are_open = stretches(sites("valid-edtf"))
    assert names
    assert all(are_open)


def test_many_dates_are_opened_year_by_year(sites, site_of, monkeypatch):
    names, _ = stretches(sites("valid-edtf"))
    monkeypatch.setattr(timeline, "OPEN_ROWS", 0)
    site, _ = site_of(PACKAGES / "valid-edtf")
    assert stretches(site) == (names, [False] * len(names))


def test_what_the_bars_of_years_count_is_said_of_each_field(sites):
    site = sites("valid-edtf")
    names, _ = stretches(site)
    html = (site.folder / "timeline.html").read_text("utf-8")
    said = html.count("Bars beside years: number of dates, not length of time")
    assert 0 < said == html.count("<h2") <= len(names)


def test_texts_of_dates_are_escaped():
    assert "<b>" not in longer(intervals("2025/2026")) + year(2025, intervals("2025"))


def test_dates_of_years_far_away_are_counted_and_not_drawn():
    texts = pl.Series(["-0044", "-0044/0014", "Y12345", "1985", "x", "-0044", None])
    assert [one.text for one in intervals_of(texts, "a")] == ["1985"]
    assert rows_far(texts) == 4
