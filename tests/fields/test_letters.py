"""What characters texts have, seen at once: the same as regular expressions say of each."""

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from validate._src.fields import _letters, _text
from validate._src.fields._letters import DIGITS, LOWER, are_all, are_of, have_form
from validate._src.fields.types import FIELD_TYPES
from validate._src.words.schema import Field

UUID = "0123abcd-89AB-cdef-0123-456789abcdef"
PIECES = st.sampled_from(
    ["http://", "https://", "HTTP://", "urn:", "a", "é", "%41", "%", "#", "@", ".", "-", " ", '"',
     "b.de", "x" * 64, "\n", UUID, UUID[:-1], "g", "9", "/", "[", "]"]
)  # fmt: skip
TEXTS = st.lists(st.one_of(st.none(), st.lists(PIECES, max_size=5).map("".join)), max_size=6)
THOROUGH = {
    "email": _text._email,
    "uri": _text.matching(_text.URI),
    "uuid": _text.matching(_text.UUID),
}


def parsed(parser, texts, field):
    frame = pl.DataFrame({"x": texts}, schema={"x": pl.String})
    return frame.select(parser(pl.col("x"), field)).to_series().to_list()


@pytest.mark.parametrize("form", THOROUGH)
@given(texts=TEXTS)
@example(["a@b.de", "c.d@e-f.gh", None])
@example(["http://a/b", "https://c.de?f=1", None])
@example([UUID, UUID.upper(), None])
@example([UUID, UUID.replace("-", "a")])
@example([UUID, UUID.replace("89AB-", "89A-B")])
@example([])
def test_plain_texts_are_seen_as_all_texts_are_parsed(form, texts):
    field = Field("x", "string", form, {}, ("",), {})
    quick = FIELD_TYPES["string"].parsers[form]
    assert parsed(quick, texts, field) == parsed(THOROUGH[form], texts, field)


@given(st.lists(st.text("01a-", max_size=4), max_size=4))
@example(["0-1", "1-0"])
@example(["0-1", "1a0"])
@example(["00-", "1-0"])
def test_a_form_has_a_character_at_each_place(texts):
    column = pl.Series(texts, dtype=pl.String)
    exact = column.str.contains("^[01]-[01]$").all()
    assert have_form(column, 3, DIGITS, {1: b"-"}) == exact


def test_where_the_first_texts_are_not_plain_no_other_is_looked_at():
    seen = []
    texts = pl.Series(["é"] * 2 * _letters.SAMPLE)
    assert not are_all(texts, lambda some: seen.append(len(some)) or are_of(some, LOWER))
    assert seen == [_letters.SAMPLE]


def test_after_a_batch_with_a_text_that_is_no_value_each_text_is_asked_at_once():
    looked_at = []

    def seen(texts):
        looked_at.append(texts.to_list())
        return are_of(texts, LOWER)

    batches = [["a"], ["a", "1"], ["2", None], ["b", None], ["é"], ["c"]]
    parser, field = _text._plain(seen, _text.matching("^[a-zé]*$")), field_of("string")
    expression = parser(pl.col("x"), field)
    found = [
        pl.DataFrame({"x": texts}, schema={"x": pl.String}).select(expression)["x"].to_list()
        for texts in batches
    ]
    assert found == [["a"], ["a", None], [None, None], ["b", None], ["é"], ["c"]]
    assert looked_at == [["a"], ["a", "1"], ["é"], ["c"]]


def field_of(kind):
    return Field("x", kind, "default", {}, ("",), {})
