import pytest

from validate._src.words.surrogates import in_characters, is_of_characters


@pytest.mark.parametrize("text", ["", "a", "池", "\U0001f600", "\ud7ff\ue000", "\0"])
def test_what_utf8_writes_is_of_characters(text):
    assert is_of_characters(text)


@pytest.mark.parametrize("text", ["\ud800", "a\udfff", "\ud83d\ude00"])
def test_halves_of_pairs_are_none_even_two_of_them(text):
    assert not is_of_characters(text)


def test_a_name_in_characters_is_one_even_of_other_bytes():
    assert in_characters("池\udcff.csv") == "池\ufffd.csv"
