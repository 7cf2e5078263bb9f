"""The words of pages: all that templates say is in the table, in each language."""

import re
from string import Formatter

import pytest
from markupsafe import Markup
from support.places import ROOT

from validate._src.site.pagewords import (
    TABLE,
    counted_in_words,
    script_words,
    word_rules,
    worded,
)

TEMPLATES = sorted((ROOT / "validate" / "_src" / "site" / "templates").glob("*.jinja"))
ASSETS = ROOT / "validate" / "_src" / "site" / "assets"
TOLD = re.compile(r'\b(?:tell\([^"]*"[\w-]+", |phrase\(|button\()"((?:[^"\\]|\\.)*)"')
COLOURS = '"Colours: system" "Colours: light" "Colours: dark"'  # put together of two words
WORDED = re.compile(r'"((?:[^"\\]|\\.)*)" \| word\b')
COUNTED = re.compile(r'counted\("(\w+)"\)')


def names(text):
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: file.name)
def test_what_a_template_says_is_in_the_table(template):
    text = template.read_text("utf-8")
    for known in TABLE.values():
        assert {*WORDED.findall(text)} <= known["words"].keys()
        assert {*COUNTED.findall(text)} <= known["counters"].keys()


def test_what_scripts_say_is_in_the_table_and_nothing_else():
    scripts = "".join(file.read_text("utf-8") for file in ASSETS.glob("*.js"))
    for known in TABLE.values():
        assert {*TOLD.findall(scripts)} <= known["scripts"].keys() | {""}
        assert [one for one in known["scripts"] if f'"{one}"' not in scripts + COLOURS] == []


def test_words_of_scripts_are_a_script():
    made = script_words(("en", "ja"))
    assert made.startswith("(window.validatePages ??= {}).words = {")
    assert '"Copy":"コピー"' in made
    assert script_words(("en", "fr")) == "(window.validatePages ??= {}).words = {};\n"


def test_each_word_of_the_table_has_the_same_values():
    for known in TABLE.values():
        words = {**known["words"], **known["scripts"]}.items()
        assert [text for text, other in words if names(text) != names(other)] == []


def test_each_word_of_the_table_is_said_somewhere():
    said = {each for file in TEMPLATES for each in WORDED.findall(file.read_text("utf-8"))}
    modules = [*TEMPLATES[0].parents[1].glob("*.py"), ROOT / "validate/_src/checks/edtfdates.py"]
    code = "".join(file.read_text("utf-8") for file in modules)
    templates = "".join(file.read_text("utf-8") for file in TEMPLATES)
    for known in TABLE.values():
        others = known["words"].keys() - said
        assert [one for one in others if f'"{one}"' not in code + templates] == []


def test_words_stand_in_each_language_of_the_package():
    assert worded("Search", ("en", "ja")) == (
        '<span class="word" lang="en">Search</span><span class="word" lang="ja">検索</span>'
    )
    assert worded("Search", ("en", "fr")) == "Search"
    assert worded("Search", ()) == "Search"


def test_words_that_are_not_in_the_table_stand_as_they_are():
    assert worded("<b>", ("en", "ja")) == "&lt;b&gt;"


def test_values_are_escaped_and_html_is_not():
    made = worded("Licence: {names}", (), names="<b>{x}")
    assert made == "Licence: &lt;b&gt;{x}"
    assert worded("Licence: {names}", (), names=Markup("<i>a</i>")) == "Licence: <i>a</i>"


def test_counts_stand_with_their_nouns():
    assert counted_in_words(1, "row", ()) == "1 row"
    assert ">1,200 行<" in counted_in_words(1200, "row", ("ja",))


def test_only_languages_with_words_have_rules():
    assert "ja" in word_rules(("en", "ja"))
    assert word_rules(("en", "fr")) == ""
