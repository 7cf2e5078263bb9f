"""Characters that look like others: named, shown escaped, read as what they look like."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from validate._src.words.lookalikes import (
    SUSPICIOUS,
    as_digits,
    escaped,
    letters_named,
    named,
    plain,
)

SEEN = [
    ("12\u00a0", "12", "has U+00A0 (no-break space)", "12\\u00a0"),
    ("1\u202f000", "1 000", "has U+202F (narrow no-break space)", "1\\u202f000"),
    ("\u22125", "-5", "has U+2212 (minus sign)", "\\u22125"),
    ("\u20135", "-5", "has U+2013 (en dash)", "\\u20135"),
    ("5\u200b", "5", "has U+200B (zero width space)", "5\\u200b"),
    ("5\u00ad", "5", "has U+00AD (soft hyphen)", "5\\u00ad"),
    ("\u200e5", "5", "has U+200E (left-to-right mark)", "\\u200e5"),
    ("1\uff12", "12", "has U+FF12 (fullwidth digit two)", "1\\uff12"),
    ("\u0663", "3", "has U+0663 (arabic-indic digit three)", "\\u0663"),
    ("5\u3000", "5", "has U+3000 (ideographic space)", "5\\u3000"),
    ("cafe\u0301", "café", "has U+0301 (combining acute accent, written apart from its letter)",
     "cafe\\u0301"),
    ("\u0441at", "cat", "has U+0441 (cyrillic small letter es)", "\\u0441at"),
    ("x\t", "x", "has U+0009 (control character)", "x\\u0009"),
    (" x ", "x", "begins with a space, ends with a space", " x "),
    ("\u201cx\u201d", '"x"', "has U+201C (left double quotation mark), "
     "U+201D (right double quotation mark)", "\\u201cx\\u201d"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "seen", "said", "shown"), SEEN)
def test_what_looks_like_something_else_is_named_and_shown(text, seen, said, shown):
    assert plain(text) == seen
    assert named(text) == said
    assert escaped(text) == shown
    assert pl.Series([text]).str.contains(SUSPICIOUS).item()


@pytest.mark.parametrize("text", ["", "a b", "café", "日本語", "кот", "3,5 €", "x_y-z", "Ünal's"])
def test_what_looks_like_itself_is_not_named(text):
    assert named(text) == ""
    assert escaped(text) == text


def test_letters_of_another_script_count_by_themselves_where_asked():
    assert named("а") == ""
    assert named("а", letters=True) == "has U+0430 (cyrillic small letter a)"


def test_letters_that_look_like_digits():
    assert as_digits(plain("1 O5l")) == "1051"
    assert letters_named("O5l").startswith("has U+004F (latin capital letter o) for 0, U+006C")


@given(st.text(max_size=6))
def test_what_is_named_would_be_looked_at(text):
    if named(text):
        assert pl.Series([text]).str.contains(SUSPICIOUS).item()
