"""Descriptions as HTML: what is Markdown in them, and what only looks like it."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from validate._src.site.escaping import spelt
from validate._src.site.prose import prose

LINK = '<a href="{0}" rel="external noreferrer">{1}</a>'
MARKS = st.text(st.sampled_from("*_`[]()<>#-+.1 \n\\ahttps://é"), max_size=80)


def linked(address, text=None):
    return LINK.format(address, text or address)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        (" \n", ""),
        ("a\nb\n\n \nc\n", "<p>a\nb</p>\n<p>c</p>"),
        ("two\r\nlines", "<p>two\nlines</p>"),
        ("the `deploymentID` of it", "<p>the <code>deploymentID</code> of it</p>"),
        ("**bold** and *slanted* and _so_",
         "<p><b>bold</b> and <em>slanted</em> and <em>so</em></p>"),
        ("[the page](https://a.example/x)", f"<p>{linked('https://a.example/x', 'the page')}</p>"),
        ('[x](https://a.example "y")', f"<p>{linked('https://a.example', 'x')}</p>"),
        ("![a map](https://a.example/m.png)",
         f"<p>{linked('https://a.example/m.png', 'a map')}</p>"),
        ("<https://a.example>.", f"<p>{linked('https://a.example')}.</p>"),
        ("(see https://a.example/b_(c)).", f"<p>(see {linked('https://a.example/b_(c)')}).</p>"),
        ("https://a.example/xです",
         f'<p lang="ja">{linked("https://a.example/x")}です</p>'),
        ("# Head\ntext", "<p><b>Head</b></p>\n<p>text</p>"),
        ("so:\n- a\n  b\n- c\n\nend",
         '<p>so:</p>\n<ul class="listed"><li>a\nb</li><li>c</li></ul>\n<p>end</p>'),
        ("1. a\n\n2. b", '<ol class="listed"><li>a</li><li>b</li></ol>'),
        ("```\n<a> *b*\n\n```\nc", "<pre><code>&lt;a&gt; *b*\n</code></pre>\n<p>c</p>"),
        ("so\n| a | b |\n|---|---|", "<p>so</p>\n<pre><code>| a | b |\n|---|---|</code></pre>"),
        ("```\nnever closed", "<pre><code>never closed</code></pre>"),
        (r"\*not slanted\*", "<p>*not slanted*</p>"),
        ("かな\n\nplain", '<p lang="ja">かな</p>\n<p>plain</p>'),
    ],
)  # fmt: skip
def test_markdown_is_shown(text, shown):
    assert prose(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "# of eggs",
        "- 5 %",
        "12. of May",
        "founded in\n1994. It grew",
        "2 * 3 * 4 and a*b*c",
        "matches ^.*$ or .*x",
        "snake_case_name and __init__",
        "the range [0,1](inclusive)",
        "[x](javascript:alert(1))",
        "a `lonely tick",
        "5 < 6 > 4 & so on",
        "<b onclick='x'>bold</b>",
        "ftp://a.example",
    ],
)
def test_what_is_no_markdown_reads_as_it_is_written(text):
    assert prose(text) == f"<p>{escape(text)}</p>"


@given(MARKS)
def test_nothing_is_lost_but_marks(text):
    assume("```" not in text)  # what stands behind it says which language a code is in
    shown = Markup(prose(text)).striptags()
    kept = re.findall("[aé]", spelt(text))
    addresses = re.findall(r'href="([^"]*)"', prose(text))
    assert len(re.findall("[aé]", shown)) + sum(map(len, addresses)) >= len(kept)


@given(MARKS)
def test_tags_are_closed_and_ours(text):
    found = re.findall(r"</?([a-z]+)[^>]*>", prose(text))
    assert {*found} <= {"p", "ul", "ol", "li", "pre", "code", "b", "em", "a"}
    opened = []
    for closing, name in re.findall(r"<(/?)([a-z]+)[^>]*>", prose(text)):
        if closing:
            assert opened.pop() == name
        else:
            assert name != "a" or "a" not in opened
            opened.append(name)
    assert opened == []


@pytest.mark.parametrize(
    "mark", ["*a", "**a", "_a", "`", "[", "[a](", "![", "<https://", "\\", "1. ", "- "]
)
def test_long_texts_of_marks_take_no_time(mark):
    assert prose(mark * 20_000)
    assert prose(f"{mark}\n" * 2_000)
