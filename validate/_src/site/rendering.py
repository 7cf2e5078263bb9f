"""The templates, and the pages made of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from validate._src.package.loosely import objects
from validate._src.site.citation import package_citation, release
from validate._src.site.escaping import html, language_of, plain, spelt
from validate._src.site.model import Site
from validate._src.site.pagewords import counted_in_words, worded
from validate._src.site.prose import prose
from validate._src.site.spoken import NEUTRAL, called, in_all, in_line, meaning_of
from validate._src.site.viewfilters import NONE
from validate._src.site.viewvalues import Entry
from validate._src.words.schema import Category
from validate._src.words.views import Phrase

POLICY = (
    "default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src 'self' file:; "
    "base-uri 'none'; form-action 'none'"
)
"""What a page may load: files of the site. `file:` stands beside `'self'` for folders without a
server, where some browsers take no file for the page's own; over http it lets nothing in, since
no page from there may load files of a disk."""


OWN = frozenset({"index.html#tables", "sources/index.html", "views/index.html"})
"""The pages that stand above others and whose titles are words of pages, not of the package."""


@dataclass(frozen=True)
class Page:
    """A page of a site.

    Attributes:
        path: its file, with `/`.
        content: its HTML.
    """

    path: str
    content: str


@dataclass(frozen=True)
class Frame:
    """What all pages of a site share.

    Attributes:
        title: the title of the package.
        release: its release.
        citation: how it is cited.
        licence: the names of its licences.
        sections: the pages that every page links to: address and title each.
        languages: the languages of the package, if it names some.
        made: parts of pages that are made already.
    """

    title: str
    release: str
    citation: str
    licence: str
    sections: tuple[tuple[str, str], ...]
    languages: tuple[str, ...] = ()
    made: dict[tuple[str, str, str], Markup] = field(default_factory=dict[Any, Markup], repr=False)

    def page(
        self,
        template: str,
        path: str,
        title: str,
        *,
        trail: tuple[tuple[str, str], ...] = (),
        **content: Any,
    ) -> Page:
        """A page of the site.

        Args:
            template: the name of its template.
            path: its file, with `/`.
            title: what it is about.
            trail: the pages above it: address as seen from the root, and title each.
            content: what its template needs besides.
        """
        root = Markup("../" * path.count("/"))  # noqa: S704 - only dots and slashes
        current = path if any(path == address for address, _ in self.sections) else ""
        made = _template(template, self.languages).render(
            frame=self,
            policy=POLICY,
            own_pages=OWN,
            path=path,
            root=root,
            top=self._around("top.jinja", root, current),
            bottom=self._around("bottom.jinja", root, ""),
            title=title,
            trail=trail,
            **content,
        )
        return Page(path, made)

    def _around(self, template: str, root: Markup, current: str) -> Markup:
        """What stands above or below the content of a page, made once for all that share it.

        Args:
            template: the name of its template.
            root: the way from the page to the root.
            current: the page, if it is one that every page links to.
        """
        known = (template, root, current)
        if known not in self.made:
            content = _template(template, self.languages).render(
                frame=self, root=root, current=current
            )
            self.made[known] = Markup(content)  # noqa: S704 - made by a template
        return self.made[known]


def frame_of(site: Site, sections: tuple[tuple[str, str], ...]) -> Frame:
    """What all pages of a site share.

    Args:
        site: what the pages are made of.
        sections: the pages that every page links to: address and title each.
    """
    licences = objects(site.content.properties.get("licenses"))
    names = (
        next((str(one[key]) for key in ("name", "title", "path") if one.get(key)), "")
        for one in licences
    )
    said = ", ".join(filter(None, names))
    return Frame(
        site.content.title,
        release(site),
        package_citation(site),
        said,
        sections,
        site.languages,
    )


@cache
def _environment(languages: tuple[str, ...]) -> Environment:
    made = Environment(
        loader=PackageLoader("validate._src.site", "templates"),
        autoescape=True,
        finalize=_presented,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters: dict[str, Any] = {
        "called": partial(_called, languages=languages),
        "counted": partial(counted_in_words, languages=languages),
        "grouped": _grouped,
        "html": html,
        "in_all": in_all,
        "in_line": in_line,
        "lang": _lang,
        "meaning": partial(_meaning, languages=languages),
        "plain": plain,
        "prose": prose,
        "prose_in_all": _prose_in_all,
        "said": partial(said_of, languages=languages),
        "word": partial(worded, languages=languages),
    }
    made.filters.update(filters)
    return made


@cache
def _template(name: str, languages: tuple[str, ...]) -> Any:
    return _environment(languages).get_template(name)


def _presented(value: object) -> object:
    """A value as it is shown: a text that is no markup of ours is escaped after this."""
    return spelt(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _called(category: Category, languages: Sequence[str]) -> Markup:
    return in_all(called(category, languages))


def _meaning(category: Category, languages: Sequence[str]) -> Markup:
    return in_all(meaning_of(category, languages))


def _prose_in_all(phrase: Phrase) -> Markup:
    """A description in each language in which it is there, of which one can be shown."""
    if NEUTRAL in phrase:
        return prose(phrase[NEUTRAL])
    one = Markup('<div class="said" lang="{}">{}</div>')
    return Markup("").join(one.format(language, prose(text)) for language, text in phrase.items())


def said_of(entry: Entry, languages: Sequence[str]) -> Markup:
    """What is shown of a value of a view; what stands for none is a word of the page."""
    return worded(NONE.phrase[NEUTRAL], languages) if entry is NONE else entry.said


def _grouped(number: int) -> str:
    return f"{number:,}"


def _lang(text: str) -> Markup:
    """The attribute that tells the language of a text, if its script does."""
    language = language_of(text)
    return Markup(' lang="{}"').format(language) if language else Markup("")
