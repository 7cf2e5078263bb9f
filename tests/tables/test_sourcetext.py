import hashlib

import pytest

from validate._src.tables.dataset import text_of
from validate._src.tables.sourcetext import SourceText, canonical, digest


def sha256(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        (" \t\r\n\u3000\u00a0\u2028", ""),
        ("two boats\r\nat noon", "twoboatsatnoon"),
        ("灯台は\n　夜に光る。", "灯台は夜に光る。"),
        ("Ｔｗｏ　ｂｏａｔｓ", "Twoboats"),
        ("ｶﾞﾏ池", "ガマ池"),
        ("① ﬁn", "1fin"),
        ("㍿", "株式会社"),
        ("cafe\u0301", "café"),
        ("１００㎞", "100km"),
        ("…", "..."),
        ("\u200b\ufeff", "\u200b\ufeff"),
    ],
)
def test_canonical_form(text, expected):
    assert canonical(text) == expected


@pytest.mark.parametrize("text", ["ｶﾞﾏ 池①ﬁ", "cafe\u0301 …", "灯台　は", "½ ㍿", "´ ¨"])
def test_canonical_form_is_its_own(text):
    assert canonical(canonical(text)) == canonical(text)


def test_digest_is_of_utf_8_in_lower_case():
    assert digest("灯台") == sha256("灯台") == digest("灯台").lower()


def test_digest_of_the_whole_text():
    assert SourceText("two boats\n").sha256 == sha256("twoboats")


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [(0, 3, "two"), (3, 8, "boats"), (0, 8, "twoboats"), (7, 8, "s")],
)
def test_digest_of_a_span(start, end, expected):
    assert SourceText("two boats").digest(start, end) == sha256(expected)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 3), (4, 3), (0, 9), (8, 9)])
def test_span_outside_the_text_has_no_digest(start, end):
    assert SourceText("two boats").digest(start, end) is None


@pytest.mark.parametrize(
    ("passage", "starts"),
    [("aa", [0, 1, 2]), ("aaaa", [0]), ("b", [4]), ("ab", [3]), ("c", []), ("aaaaa", [])],
)
def test_occurrences_may_overlap(passage, starts):
    assert SourceText("aa a\nab").occurrences(passage) == starts


@pytest.mark.parametrize(
    ("characters", "starts"),
    [("船", [0, 4]), ("船は", [0]), ("船が二", [4]), ("船も", []), ("船は三、船が二。", [0])],
)
def test_span_is_found_by_its_digest(characters, starts):
    text = SourceText("船は三、\n船が二。")
    assert (
        text.find_by_digest(len(characters), {sha256(characters)}).get(sha256(characters), [])
        == starts
    )


def test_spans_found_by_digest_may_overlap():
    assert SourceText("aaaa").find_by_digest(3, {sha256("aaa")}) == {sha256("aaa"): [0, 1]}


def test_length_belongs_to_the_digest():
    assert SourceText("aaaa").find_by_digest(2, {sha256("aaa")}) == {}


def test_span_longer_than_the_text_is_nowhere():
    assert SourceText("aa").find_by_digest(3, {sha256("aaa")}) == {}


@pytest.mark.parametrize(
    ("original", "start", "end", "passage"),
    [
        ("two boats left", 3, 8, "boats"),
        ("two boats left", 0, 8, "two boats"),
        ("two  boats", 0, 8, "two  boats"),
        ("two\r\n\r\n  boats\nleft", 0, 12, "two boats left"),
        ("灯台は\n　夜に", 2, 4, "は 夜"),
        ("ｶﾞﾏ池", 0, 1, "ｶﾞ"),
        ("ｶﾞﾏ池", 1, 3, "ﾏ池"),
        ("ﾊﾟﾝ", 0, 2, "ﾊﾟﾝ"),
        ("①と②", 0, 1, "①"),
        ("①と②", 1, 3, "と②"),
        ("ﬁn", 0, 2, "ﬁ"),
        ("ﬁn", 1, 3, "ﬁn"),
        ("ﬁn", 2, 3, "n"),
        ("㍿ 灯台", 4, 6, "灯台"),
        ("㍿ 灯台", 3, 5, "㍿ 灯"),
        ("e\u0301tang", 0, 1, "e\u0301"),
        ("e\u0301tang", 1, 2, "t"),
        ("\u1112\u1161\u11ab\u1100", 0, 1, "\u1112\u1161\u11ab"),
        ("1…2", 2, 3, "…"),
    ],
)
def test_passage_is_the_original_of_a_span(original, start, end, passage):
    assert SourceText(original).passage(start, end) == passage


@pytest.mark.parametrize("original", ["ｶﾞﾏ 池①ﬁn", "e\u0301 ½\n㍿", "灯台\u3000は\r\n光る", "ﾊﾟﾋﾞ"])
def test_passages_cover_the_canonical_characters(original):
    text = SourceText(original)
    for offset, character in enumerate(text.canonical):
        assert character in canonical(text.passage(offset, offset + 1))


def test_a_byte_order_mark_is_no_part_of_a_text(tmp_path):
    (tmp_path / "boats.txt").write_text("\ufefftwo boats", "utf-8")
    text = text_of(tmp_path, "boats")
    assert (text.canonical, text.sha256) == ("twoboats", sha256("twoboats"))
