"""The words of pages in the languages that there are for them, by what they are in English.

What tables say is not translated: only what pages say of it.
"""

import json
from collections.abc import Collection, Mapping
from functools import lru_cache
from importlib.resources import files

from markupsafe import Markup, escape

from validate._src.site.escaping import html
from validate._src.words.printing import counted

ENGLISH = "en"
"""The language in which all words are there, and in which they are seen without a script."""

TABLE: Mapping[str, Mapping[str, Mapping[str, str]]] = json.loads(
    (files("validate._src.site") / "pagewords.json").read_text("utf-8")
)
"""By language the words, by what they are in English, and what is said of counts, by the noun."""


def word_rules(languages: Collection[str]) -> str:
    """The rules by which words are seen in the language that the reader has chosen.

    Args:
        languages: the languages of the package.
    """
    rules = (
        ':root[data-language="{0}"] .word:not([lang="{0}"]) {{ display: none; }}\n'
        ':root[data-language="{0}"] .word[lang="{0}"] {{ display: inline; }}\n'
    )
    return "".join(rules.format(language) for language in languages if language in TABLE)


def script_words(languages: Collection[str]) -> str:
    """The script with the words that scripts say, in the languages of a package."""
    words = {
        language: {"words": known["scripts"], "counters": known["counters"]}
        for language, known in TABLE.items()
        if language in languages
    }
    content = json.dumps(words, ensure_ascii=False, separators=(",", ":"))
    return f"(window.validatePages ??= {{}}).words = {content};\n"


def worded(text: str, languages: Collection[str], **values: object) -> Markup:
    """Words of a page as HTML, in each language of a package in which they are there.

    Args:
        text: what they are in English, with the names of values in braces; words that are in no
            other language stand as they are.
        languages: the languages of the package.
        values: what stands in them: texts, which are escaped, or HTML.
    """
    known = tuple(languages)
    return in_each(_said(text, known), values) if values else _made(text, known)


def languages_with_words(languages: Collection[str]) -> tuple[str, ...]:
    """English, and the other languages of a package in which words of pages are there."""
    return (ENGLISH, *(one for one in TABLE if one in languages))


def word_in(text: str, language: str) -> str:
    """Words of a page in a language, without their values filled in; else in English."""
    return TABLE[language]["words"].get(text, text) if language in TABLE else text


@lru_cache(maxsize=1_000)
def _said(text: str, languages: tuple[str, ...]) -> Mapping[str, str]:
    """Words by language."""
    others = {
        language: known["words"][text]
        for language, known in TABLE.items()
        if language in languages and text in known["words"]
    }
    return {ENGLISH: text, **others}


@lru_cache(maxsize=1_000)  # words of pages are few, but a reason that stands in their place is not
def _made(text: str, languages: tuple[str, ...]) -> Markup:
    """Words without values, which most pages have alike."""
    return in_each(_said(text, languages))


def counted_in_words(count: int, noun: str, languages: Collection[str]) -> Markup:
    """A count with its noun as HTML, in each language in which it is there."""
    others = {
        language: known["counters"][noun].format(f"{count:,}")
        for language, known in TABLE.items()
        if language in languages and noun in known["counters"]
    }
    return in_each({ENGLISH: counted(count, noun), **others})


def in_each(
    texts: Mapping[str, str], values: Mapping[str, object] | None = None, *, tag: str = "span"
) -> Markup:
    """Texts by language as HTML; English alone needs no mark, as the page is in English.

    Args:
        texts: a text for each language, English among them.
        values: what stands in them, by names in braces; without it braces stand for themselves.
        tag: the element of each language: `tspan` within a drawing.
    """
    shown = {
        name: value if isinstance(value, Markup) else html(str(value))
        for name, value in (values or {}).items()
    }
    filled = {
        language: escape(text).format_map(shown) if shown else escape(text)
        for language, text in texts.items()
    }
    if len(filled) == 1:
        return filled[ENGLISH]
    one = Markup('<{0} class="word" lang="{1}">{2}</{0}>')
    return Markup("").join(one.format(tag, language, text) for language, text in filled.items())
