"""Dates in words: in both languages, no finer and no surer than they are."""

import polars as pl
import pytest

from validate._src.checks.edtfdates import TEXT, dates_in
from validate._src.site.datewords import (
    date_html,
    date_in_full,
    date_phrase,
    dates_by_text,
    month_phrase,
)
from validate._src.site.spoken import in_line

BOTH = ("en", "ja")
SAID = {
    "2025-11-13": ("13 November 2025", "2025年11月13日"),
    "2025-11": ("November 2025", "2025年11月"),
    "2025": ("2025", "2025年"),
    "0044": ("0044", "0044年"),
    "2025-23": ("autumn 2025", "2025年秋"),
    "197X": ("the 1970s", "1970年代"),
    "19XX": ("some year from 1900 to 1999", "1900年から1999年のいずれかの年"),
    "2025-XX": ("some month in 2025", "2025年のいずれかの月"),
    "2025-XX-XX": ("some day in 2025", "2025年のいずれかの日"),
    "2025-11-XX": ("some day in November 2025", "2025年11月のいずれかの日"),
    "2026?": ("2026 (uncertain)", "2026年（不確か）"),
    "2025-05~": ("about May 2025", "2025年5月ごろ"),
    "2026%": ("about 2026 (uncertain)", "2026年ごろ（不確か）"),
    "197X~": ("about the 1970s", "1970年代ごろ"),
    "2025/2026-03": ("2025 to March 2026", "2025年から2026年3月まで"),
    "1970~/..": ("from about 1970 on", "1970年ごろ以降"),
    "../2030": ("by 2030", "2030年まで"),
    "2025/": ("from 2025, end unknown", "2025年から（終わりは不明）"),
    "/2030-21?": (
        "by spring 2030 (uncertain), start unknown",
        "2030年春（不確か）まで（始まりは不明）",
    ),
    "-0044": ("-0044", "-0044年"),
    "-0044-03-15": ("15 March -0044", "-0044年3月15日"),
    "-004X": ("some year from -0049 to -0040", "-0049年から-0040年のいずれかの年"),
    "-00XX": ("some year from -0099 to 0000", "-0099年から0000年のいずれかの年"),
    "Y170000002": ("170000002", "170000002年"),
    "Y-12345/..": ("from -12345 on", "-12345年以降"),
    "../..": ("open at both ends", "始まりも終わりも開いている"),
    "2025-11-13T09:05:00": ("13 November 2025, 09:05:00", "2025年11月13日 09:05:00"),
    "2025-11-13T09:05:00Z": ("13 November 2025, 09:05:00 (UTC)", "2025年11月13日 09:05:00（UTC）"),
    "2025-11-13T24:00:00+09:00": (
        "13 November 2025, 24:00:00 (UTC+09:00)",
        "2025年11月13日 24:00:00（UTC+09:00）",
    ),
}


@pytest.mark.parametrize("text", SAID)
def test_dates_are_said_in_each_language(text):
    assert list(dates_in(pl.Series([text]))[TEXT]) == [text]
    assert tuple(date_phrase(text, BOTH).values()) == SAID[text]


def test_different_dates_are_said_differently():
    for number in (0, 1):
        said = [words[number] for words in SAID.values()]
        assert len({*said}) == len(said)


@pytest.mark.parametrize("year", ["2025", "197X", "19XX"])
@pytest.mark.parametrize("mark", ["", "?", "~", "%"])
def test_whatever_a_calendar_can_hold_has_words(year, mark):
    months = [f"{number:02}" for number in range(1, 13)] if "X" not in year else []
    days = [f"{year}-{month}-28" for month in months]
    texts = [year, *(f"{year}-{month}" for month in months), *days]
    marked = [f"{text}{mark}" for text in texts]
    intervals = [f"{text}/.." for text in marked] + [f"/{text}" for text in marked]
    found = dates_in(pl.Series([*marked, *intervals]))[TEXT]
    assert {*marked} <= {*found}
    said = [in_line(date_phrase(text, BOTH)) for text in found]
    assert len({*said}) == len(found)


def test_a_text_that_is_no_date_is_refused():
    with pytest.raises(ValueError, match="soon is no date"):
        date_phrase("soon", BOTH)


def test_without_words_in_a_language_dates_are_in_english():
    assert date_phrase("2025-11", ("fr",)) == {"en": "November 2025"}
    assert (
        date_html("2025-11", date_phrase("2025-11", ()))
        == '<span class="date" title="2025-11">November 2025</span>'
    )


def test_the_date_as_it_stands_is_kept():
    assert date_html("../2030", date_phrase("../2030", BOTH)) == (
        '<span class="date" title="../2030"><span class="word" lang="en">by 2030</span>'
        '<span class="word" lang="ja">2030年まで</span></span>'
    )
    assert date_in_full("../2030", date_phrase("../2030", ())) == (
        '<span class="date">by 2030</span> <code class="m">../2030</code>'
    )


def test_dates_are_sorted_by_their_first_days_and_others_are_not_told():
    texts = ["2025-11", "soon", None, "../2030", "197X", "2025-11-01/..", "../.."]
    places = dates_by_text(pl.Series(texts))
    assert sorted(places, key=places.get) == [
        "../..", "197X", "2025-11", "2025-11-01/..", "../2030",
    ]  # fmt: skip


def test_months_are_short_in_english_and_numbered_in_japanese():
    assert month_phrase(11, BOTH) == {"en": "Nov", "ja": "11月"}
