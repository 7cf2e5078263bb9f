"""How words and texts are folded, and which keys are nearly the same."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validate._src.words.matching import folded, is_slip, plain_key, spans

ALL = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]
TEXTS = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]), st.sampled_from("ß\u0301İıΣςﾞｶﾊ\u3099　\u200b㍿①é")
    )
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("  Two\n Boats\t", "two boats"),
        ("ＴＷＯ　ｂｏａｔｓ", "two boats"),
        ("ｶﾞﾏ池 ㍿", "ガマ池 株式会社"),
        ("Straße ΣΑΣ ς", "strasse σασ σ"),
        ("US–ROK, “Trump’s”", 'us-rok, "trump\'s"'),
        ("co\u00adoperation zero\u200bwidth\ufeff", "cooperation zerowidth"),
        ("½", "1/2"),
        ("Cafe\u0301", "café"),
        ("データ", "データ"),
    ],
)
def test_folded(text, expected):
    assert folded(text) == expected


@pytest.mark.parametrize("pair", ["か カ", "e é", "データ デ-タ", "は ば"])
def test_what_is_not_folded(pair):
    one, other = pair.split()
    assert folded(one) != folded(other)


def test_letters_that_case_folding_joins_are_joined_and_dotless_i_besides():
    """Full case folding of the Unicode Standard, by Python's own."""
    by_python, by_us = {}, {}
    for one in ALL:
        key = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", one).casefold())
        ours = unicodedata.normalize("NFKC", one).lower().upper().lower().replace("ς", "σ")
        ours = unicodedata.normalize("NFKC", ours)
        by_python.setdefault(key, set()).add(ours)
        by_us.setdefault(ours, set()).add(key)
    assert [key for key, found in by_python.items() if len(found) > 1] == []
    assert [found for found in by_us.values() if len(found) > 1] == [{"i", "ı"}]


def test_folding_twice_folds_no_further():
    assert [one for one in ALL if folded(folded(one)) != folded(one)] == []


@pytest.mark.parametrize(
    ("text", "words", "marked"),
    [
        ("Two boats, two quays", ["two"], ["Two", "two"]),
        ("台湾海峡と台湾", ["台湾"], ["台湾", "台湾"]),
        ("台湾　海峡", ["湾 海"], ["湾　海"]),
        ("a \n  b", ["a b"], ["a \n  b"]),
        ("ｶﾞﾏ池", ["ガ"], ["ｶﾞ"]),
        ("㍿", ["式"], ["㍿"]),
        ("abcd", ["ab", "bc"], ["abc"]),
        ("abcd", ["ab", "cd"], ["abcd"]),
        ("cafe\u0301s", ["café"], ["cafe\u0301"]),
        ("co\u00adop", ["coop"], ["co\u00adop"]),
        ("Straße", ["ss"], ["ß"]),
        ("a.b", ["a.b", "x"], ["a.b"]),
        ("aaa", ["b"], []),
        ("", ["b"], []),
    ],
)
def test_where_words_stand(text, words, marked):
    assert [text[start:end] for start, end in spans(text, [*map(folded, words)])] == marked


@given(TEXTS, st.data())
def test_each_part_of_a_text_is_found_in_it(text, data):
    seen = folded(text)
    if not seen:
        return
    start = data.draw(st.integers(0, len(seen) - 1))
    end = data.draw(st.integers(start + 1, len(seen)))
    term = folded(seen[start:end])
    if not term or term not in seen:
        return
    found = spans(text, [term])
    assert found
    assert all(term in folded(text[begun:ended]) for begun, ended in found)
    assert found == sorted(found)


@pytest.mark.parametrize(
    ("key", "plain"),
    [
        ("com-0001", "com1"),
        ("COM 1", "com1"),
        ("ｃｏｍ０００１", "com1"),
        ("sakata-2026,12", "sakata2026-12"),
        ("1-23", "1-23"),
        ("12-3", "12-3"),
        ("us-rok", "usrok"),
        ("000", "0"),
        ("a0", "a0"),
        ("台湾-０１", "台湾1"),
        ("--", ""),
    ],
)
def test_plain_key(key, plain):
    assert plain_key(key) == plain


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("taiwan", "tawian", True),
        ("taiwan", "taiwn", True),
        ("taiwan", "taiwann", True),
        ("taiwan", "taiwen", True),
        ("taiwan", "atiwan", True),
        ("taiwan", "taiwna", True),
        ("taiwan", "taiwan", False),
        ("taiwan", "tiawna", False),
        ("taiwan", "nawiat", False),
        ("taiwan", "taiwanese", False),
        ("ab", "ac", False),
    ],
)
def test_one_slip(one, other, expected):
    assert is_slip(one, other) is expected
    assert is_slip(other, one) is expected
