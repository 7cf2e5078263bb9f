"""Texts as HTML, by columns and one by one alike."""

import re

import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from validate._src.site.escaping import html, html_of, language_of, spelt


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=30), min_size=1))
def test_a_column_is_shown_as_its_texts_are(texts):
    shown = html_of(pl.Series("t", texts, dtype=pl.String), has_kana=False)
    assert shown.to_list() == [str(html(text)) for text in texts]
    for text in shown:
        bare = re.sub('<span lang="(?:ja|ko)">|</span>$', "", text)
        assert not set(bare) & set("<>\"'")


@given(st.text())
def test_what_can_be_seen_stays(text):
    assert spelt(spelt(text)) == spelt(text)
    if text.isprintable():
        assert spelt(text) == text
        assert Markup(html(text)).striptags() == Markup(escape(text)).striptags()


def test_what_cannot_be_seen_is_spelt_out():
    assert spelt("a\x00b\u202ec\ud800d\r\ne\rf\ufffe") == ("a\\x00b\\u202ec\\ud800d\ne\\rf\\ufffe")
    joined = "👩\u200d🚀 a\u00adb می\u200cخواهم\n\t"
    assert spelt(joined) == joined


def test_languages_are_told_by_scripts():
    assert [language_of(text) for text in ("abc", "é", "漢字", "かな", "ﾊﾝｶｸ", "한글", "")] == [
        "", "", "", "ja", "ja", "ko", "",
    ]  # fmt: skip
