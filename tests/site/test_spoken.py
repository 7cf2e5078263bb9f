"""Texts in several languages, one of which is shown."""

from validate._src.site.spoken import GAP, in_all, in_line, joined, stylesheet

BOTH = {"en": "A & B", "ja": "甲と乙"}


def test_each_language_is_marked_and_escaped():
    assert in_all(BOTH) == (
        '<span class="said" lang="en">A &amp; B</span>'
        f'<span class="said" lang="ja">{GAP}甲と乙</span>'
    )


def test_a_text_of_no_language_stands_alone():
    assert in_all({"": "1 < 2"}) == "1 &lt; 2"


def test_hidden_characters_are_spelt_out_in_each_language():
    assert in_all({"en": "a\u202eb"}) == '<span class="said" lang="en">a\\u202eb</span>'


def test_in_a_line_equal_texts_stand_once():
    assert in_line(BOTH) == "A & B / 甲と乙"
    assert in_line({"en": "NDS 2026", "ja": "NDS 2026"}) == "NDS 2026"


def test_phrases_are_joined_in_each_language():
    assert joined([BOTH, {"": "USD"}], ["en", "ja"]) == {"en": "A & B · USD", "ja": "甲と乙 · USD"}
    assert joined([{"": "a"}, {"": "b"}], ["en", "ja"]) == {"": "a · b"}


def test_what_a_language_lacks_is_left_out():
    assert joined([{"en": "only"}, {"": "USD"}], ["en", "ja"]) == {"en": "only · USD", "ja": "USD"}


def test_a_rule_a_language_hides_the_others():
    assert stylesheet({"en": "_en", "zh-Hant": "_zh"}) == (
        ':root[data-language="en"] .said:not([lang="en"]) { display: none; }\n'
        ':root[data-language="en"] [data-unlike="en"] { display: none; }\n'
        ':root[data-language="zh-Hant"] .said:not([lang="zh-Hant"]) { display: none; }\n'
        ':root[data-language="zh-Hant"] [data-unlike="zh-Hant"] { display: none; }\n'
    )
