"""Texts in several languages, all of which a page holds; which are seen is for the reader."""

from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup, escape

from validate._src.site.escaping import html, spelt
from validate._src.words.model import Resource
from validate._src.words.schema import Category, Field
from validate._src.words.views import Phrase

GAP = '<span class="gap"> </span>'
"""The space between two languages, which is not seen where one alone is."""
NEUTRAL = ""
"""What a text stands under that is in no language that the package names."""


def in_all(phrase: Phrase) -> Markup:
    """A phrase as HTML, each language marked as such, so that one alone can be shown.

    The space between two stands within the second, and is gone with it.
    """
    if NEUTRAL in phrase:
        return html(phrase[NEUTRAL])
    said = (
        f'<span class="said" lang="{language}">{GAP * bool(at)}{escape(spelt(text))}</span>'
        for at, (language, text) in enumerate(phrase.items())
    )
    return Markup("".join(said))  # noqa: S704 - all escaped; a language is letters and digits


def translated(
    text: str, translations: Mapping[str, Mapping[str, str]], member: str, languages: Sequence[str]
) -> Phrase:
    """A text of a descriptor in the languages of a package, if it is there in all of them.

    Args:
        text: the text, which is in the first of the languages.
        translations: by language what else the descriptor says, by the name of the property.
        member: the name of the property that has the text.
        languages: the languages of the package.
    """
    others = {one: translations.get(one, {}).get(member, "") for one in languages[1:]}
    if not text or not others or not all(others.values()):
        return {NEUTRAL: text}
    return {languages[0]: text, **others}


def title_of(one: Resource | Field, languages: Sequence[str]) -> Phrase:
    """The title of a resource or a field in the languages of a package, or else its name."""
    if not one.title:
        return {NEUTRAL: one.name}
    return translated(one.title, one.translations, "title", languages)


def label_of(category: Category, languages: Sequence[str]) -> Phrase:
    """The label of a value of a vocabulary, in the languages of a package; it may be empty."""
    return translated(category.label, category.translations, "label", languages)


def called(category: Category, languages: Sequence[str]) -> Phrase:
    """What a value of a vocabulary is called: its label, or itself for want of one."""
    if not category.label:
        return {NEUTRAL: str(category.value)}
    return label_of(category, languages)


def meaning_of(category: Category, languages: Sequence[str]) -> Phrase:
    """What a value of a vocabulary means, in the languages of a package."""
    return translated(category.description, category.translations, "description", languages)


def in_line(phrase: Phrase) -> str:
    """A phrase as a plain text, for the title of a page."""
    return " / ".join(dict.fromkeys(phrase.values()))


def joined(parts: Iterable[Phrase], languages: Iterable[str], between: str = " · ") -> Phrase:
    """Phrases one after the other, in each language.

    Args:
        parts: the phrases; one that names no language is the same in each.
        languages: the languages of the package.
        between: what stands between them.
    """
    parts = [*parts]
    if all(NEUTRAL in part for part in parts):
        return {NEUTRAL: between.join(part[NEUTRAL] for part in parts)}
    said = {one: [part.get(one) or part.get(NEUTRAL) for part in parts] for one in languages}
    return {language: between.join(filter(None, texts)) for language, texts in said.items()}


def stylesheet(languages: Mapping[str, str]) -> str:
    """The rules by which one language alone is shown, once the reader has chosen it.

    Args:
        languages: the languages, tags of BCP 47.
    """
    rule = (
        ':root[data-language="{0}"] .said:not([lang="{0}"]) {{ display: none; }}\n'
        ':root[data-language="{0}"] [data-unlike="{0}"] {{ display: none; }}\n'
    )
    return "".join(map(rule.format, languages))
