"""What the pages' scripts make of a text is what the command makes of it, over all of Unicode."""

import hashlib
import json
import sys
import unicodedata
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.watched import bare_page

from validate._src.tables.sourcetext import SourceText, canonical, digest
from validate._src.words.clusters import clusters
from validate._src.words.lookalikes import MARKS
from validate._src.words.matching import folded, is_slip, plain_key, spans

ALL = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]
UNASSIGNED = {one for one in ALL if unicodedata.category(one) == "Cn"}
BATCH = 50_000
pytestmark = pytest.mark.xdist_group("scripts of pages")


@pytest.fixture(scope="module")
def page(chromium, tmp_path_factory):
    """A page with the scripts and nothing else, from a folder."""
    page = chromium.new_page()
    folder = tmp_path_factory.mktemp("bare")
    page.goto(bare_page(folder, "canonical.js", "sha256.js", "matching.js", "unassigned.js"))
    yield page
    page.close()


def in_browser(page, function, given):
    """What a function of the scripts makes of each of many texts."""
    return mapped(page, f"validatePages.{function}(text)", given)


def mapped(page, expression, given):
    """What an expression of `text` gives for each of many texts.

    They go there and back as one text of JSON: Playwright wraps every other value by itself.
    """
    run = f"texts => JSON.stringify(JSON.parse(texts).map(text => {expression}))"
    return [
        one for some in batches(given) for one in json.loads(page.evaluate(run, json.dumps(some)))
    ]


def batches(given):
    given = [*given]
    return [given[at : at + BATCH] for at in range(0, len(given), BATCH)]


@pytest.fixture(scope="module")
def unknown(page):
    """The characters that are unassigned in Python's version of Unicode, or in the browser's."""
    known = mapped(page, "validatePages.isAssigned(text.codePointAt(0))", ALL)
    return UNASSIGNED | {one for one, is_known in zip(ALL, known, strict=True) if not is_known}


def differing(page, function, ours, given):
    """The texts of which the browser makes something else."""
    given = [*given]
    made = in_browser(page, function, given)
    return [text for text, one in zip(given, made, strict=True) if one != ours(text)]


def known_only(texts, unknown):
    return [text for text in texts if unknown.isdisjoint(text)]


@pytest.fixture(scope="module")
def known(unknown):
    """The characters that both know; those for private use, 137,468 of one kind, by a few."""
    private = [one for one in ALL if unicodedata.category(one) == "Co"]
    others = unknown | {*private[2:-2]}
    return [one for one in ALL if one not in others]


def test_each_character_alone(page, unknown):
    """Those differ that one of the two versions of Unicode does not know, and no other."""
    found = differing(page, "canonical", canonical, ALL)
    assert {*found} <= unknown


FOLLOWING = (
    "\u0301",
    "\u0323",
    "\u0345",
    "\u3099",
    "\uff9e",
    "\uff9f",
    "\u1161",
    "\u11a8",
    "\u09be",
)
"""Marks and letters that compose with some that they follow, or are put into order."""
BEFORE = ("a", "e\u0301", "か", "ｶ", "\u1100", "\uac00", "\u09c7", "\u0391\u0345", " ")


def test_each_character_in_context(page, known):
    for mark in FOLLOWING:
        assert differing(page, "canonical", canonical, [one + mark for one in known]) == []
    for start in BEFORE:
        assert differing(page, "canonical", canonical, [start + one for one in known]) == []


def pairs():
    """The characters that compose, each with the one that it composes with."""
    for one in ALL:
        parts = unicodedata.decomposition(one).split()
        if len(parts) == 2 and not parts[0].startswith("<"):
            yield "".join(chr(int(part, 16)) for part in parts)


def test_each_pair_that_composes_apart_and_with_others_between(page):
    made = [
        start + between + end + after
        for start, end in pairs()
        for between in ("", "\u0323", "\u0315", "\u0301", " ", "\u200d")
        for after in ("", "\u0301", "\u0323x")
    ]
    assert len(made) > 15_000
    assert differing(page, "canonical", canonical, made) == []


def test_each_syllable_of_hangul_from_its_letters(page):
    leads, vowels, tails = (
        map(chr, numbers)
        for numbers in (range(0x1100, 0x1113), range(0x1161, 0x1176), range(0x11A7, 0x11C3))
    )
    made = ["".join(one) for one in product(leads, vowels, tails)]
    assert len(made) == 11_172
    assert differing(page, "canonical", canonical, made) == []


def test_marks_in_every_order(page, known):
    """Two marks after a letter are put into order by their classes."""
    marks: dict[int, str] = {}
    for one in known:
        if unicodedata.combining(one):
            marks.setdefault(unicodedata.combining(one), one)
    made = [f"a{one}{other}" for one, other in product(marks.values(), repeat=2)]
    assert len(marks) > 40
    assert differing(page, "canonical", canonical, made) == []


def test_the_white_space_is_that_of_python(page):
    spaces = [one for one in ALL if one.isspace()]
    assert len(spaces) > 20
    assert {*in_browser(page, "canonical", spaces)} == {""}
    assert in_browser(page, "canonical", ["\ufeff", "\u200b", "\u180e"]) == [
        "\ufeff",
        "\u200b",
        "\u180e",
    ]


def test_the_version_of_unicode_is_told(page):
    """By what the browser knows: whatever is older in Python's is known there too."""
    version = page.evaluate("validatePages.unicodeVersion()")
    assert tuple(map(int, version.split("."))) >= (15, 0)
    told = {
        "12.1": 0x32FF,
        "13.0": 0x8BE,
        "14.0": 0x61D,
        "15.0": 0xCF3,
        "15.1": 0x2FFC,
        "16.0": 0x897,
    }
    ours = tuple(map(int, unicodedata.unidata_version.split(".")[:2]))
    for name, code in told.items():
        is_known = unicodedata.category(chr(code)) != "Cn"
        assert is_known == (tuple(map(int, name.split("."))) <= ours)


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cn"]), max_size=40)
TRICKY = st.text(
    st.sampled_from("aeｶﾊﾞﾟか\u3099\u0301\u0323ßİΣς①㍿é台湾𠮷😀 　\n\r\u2028\u00ad"), max_size=30
)


@given(st.lists(st.one_of(TEXT, TRICKY), min_size=20, max_size=40))
@settings(max_examples=30, deadline=None)
def test_any_text(page, unknown, texts):
    texts = known_only(texts, unknown)
    assert in_browser(page, "canonical", texts) == [*map(canonical, texts)]
    assert in_browser(page, "clusters", texts) == [[*clusters(text)] for text in texts]
    assert in_browser(page, "folded", texts) == [*map(folded, texts)]
    assert in_browser(page, "plainKey", texts) == [*map(plain_key, texts)]


@given(st.one_of(TEXT, TRICKY), st.data())
@settings(max_examples=60, deadline=None)
def test_digests_and_passages_of_stretches(page, unknown, original, data):
    """Offsets count code points, not the units of JavaScript."""
    text = SourceText(original)
    if not text.canonical or not unknown.isdisjoint(original):
        return
    start = data.draw(st.integers(0, len(text.canonical) - 1))
    end = data.draw(st.integers(start + 1, len(text.canonical)))
    run = """([original, start, end]) => {
      const text = new validatePages.CanonicalText(original);
      return [text.length, text.sha256, text.digest(start, end), text.passage(start, end)];
    }"""
    made = page.evaluate(run, [original, start, end])
    whole = [len(text.canonical), text.sha256, text.digest(start, end), text.passage(start, end)]
    assert made == whole


@pytest.mark.parametrize("length", [*range(130), 1000, 65_537])
def test_sha_256(page, length):
    content = bytes(at * 7 % 251 for at in range(length))
    run = "bytes => validatePages.sha256(Uint8Array.from(bytes))"
    assert page.evaluate(run, [*content]) == hashlib.sha256(content).hexdigest()


def test_a_stretch_outside_the_text_has_no_digest(page):
    run = "([start, end]) => new validatePages.CanonicalText('ab').digest(start, end)"
    assert page.evaluate(run, [0, 2]) == digest("ab")
    for stretch in ([-1, 1], [1, 1], [1, 0], [0, 3]):
        assert page.evaluate(run, stretch) is None


def test_folding_of_each_character(page, unknown):
    assert {*differing(page, "folded", folded, ALL)} <= unknown


def test_folding_in_context(page, known):
    for start, end in (("x", "y"), ("Σ", " Σ"), ("a", "\u0301")):
        given = [start + one + end for one in known]
        assert differing(page, "folded", folded, given) == []
    assert differing(page, "folded", folded, [*map(chr, MARKS)]) == []


def test_plain_keys_of_each_character(page, known):
    texts = [f"a{one}01-{one}2" for one in known]
    assert differing(page, "plainKey", plain_key, texts) == []


@given(st.lists(st.tuples(st.text("ab1-", max_size=6), st.text("ab1-", max_size=6)), min_size=50))
@settings(max_examples=20, deadline=None)
def test_slips(page, pairs):
    run = "pairs => pairs.map(([one, other]) => validatePages.isSlip(one, other))"
    assert page.evaluate(run, pairs) == [is_slip(*pair) for pair in pairs]


@given(st.text("aｶﾞ 台湾㍿ß\u0301", max_size=12), st.text("aガ台湾株s ", min_size=1, max_size=2))
@settings(max_examples=100, deadline=None)
def test_where_words_stand(page, text, word):
    term = folded(word)
    if term:
        run = "([text, term]) => validatePages.spans(text, [term])"
        assert page.evaluate(run, [text, term]) == [[*span] for span in spans(text, [term])]


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("", []),
        ("  ", []),
        ("Taiwan", ["taiwan"]),
        ("台湾　海峡", ["台湾", "海峡"]),
        ('"South  Korea" OPCON', ["south korea", "opcon"]),
        ("“South Korea”", ["south korea"]),
        ('"South Ko', ["south ko"]),
        ("a a A", ["a"]),
        ('say"so', ["say", "so"]),
        ('""', []),
    ],
)
def test_terms_of_what_is_typed(page, query, terms):
    assert page.evaluate("query => validatePages.terms(query)", query) == terms
