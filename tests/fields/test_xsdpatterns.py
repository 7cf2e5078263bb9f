"""Patterns of XML Schema."""

import pytest

from validate._src.fields._xsdpatterns import with_known_escapes


@pytest.mark.parametrize(
    ("pattern", "written"),
    [
        ("[a-z]+", "[a-z]+"),
        (r"\p{Lu}\d", r"\p{Lu}\d"),
        (r"\\i[\\c]", r"\\i[\\c]"),
        (r"\p{IsHiragana}", r"[\U00003040-\U0000309F]"),
        (r"\P{IsBasicLatin}", r"[^\U00000000-\U0000007F]"),
        (r"[\p{IsLatin-1Supplement}x]", r"[\U00000080-\U000000FFx]"),
        (r"[^\P{IsGreek}]", r"[^[^\U00000370-\U000003FF]]"),
    ],
)
def test_blocks_become_ranges_and_all_else_stays(pattern, written):
    assert with_known_escapes(pattern) == written


@pytest.mark.parametrize("pattern", [r"\p{IsPond}", r"[\P{IsHighSurrogates}]"])
def test_a_block_that_there_is_not_is_named(pattern):
    with pytest.raises(ValueError, match="block Is"):
        with_known_escapes(pattern)
