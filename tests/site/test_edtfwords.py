"""Dates with open ends, in words."""

import pytest

from validate._src.site.edtfwords import dated


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("../2030", "until 2030"),
        ("2026-07/..", "from 2026-07 on"),
        ("../2030~", "until 2030~"),
        ("2026", "2026"),
        ("2026/2030", "2026/2030"),
        ("../..", "../.."),
        ("/2030", "/2030"),
        ("/..", "/.."),
        ("no date", "no date"),
    ],
)
def test_an_end_that_is_open_is_said_in_words(text, words):
    assert dated(text, ()) == {"": words}


def test_words_are_in_each_language_of_the_package():
    assert dated("../2030", ("ja", "en")) == {"ja": "2030 まで", "en": "until 2030"}
