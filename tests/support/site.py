"""Sites that tests make, and what stands on their pages."""

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from validate._src.site.site import build_site

VOID = {"br", "col", "hr", "img", "input", "link", "meta", "path", "rect", "line"}
LOADING = {("script", "src"), ("link", "href"), ("img", "src")}


def build(package, folder, **options):
    """The site of a package, and what was said of it."""
    said = [*build_site(Path(package), folder, **options)]
    return Site(folder), said


class Site:
    """A site in a folder."""

    def __init__(self, folder):
        self.folder = folder
        files = sorted(folder.rglob("*.html"))
        self.paths = [file.relative_to(folder).as_posix() for file in files]
        self._pages = {}

    def text(self, path):
        return (self.folder / path).read_text("utf-8")

    def page(self, path):
        """A page, taken apart once."""
        if path not in self._pages:
            self._pages[path] = Page(self.text(path), path)
        return self._pages[path]


def is_hidden_word(attributes):
    """Whether an element has words of pages in another language than they are first seen in."""
    return attributes.get("class") == "word" and attributes["lang"] != "en"


class Words(HTMLParser):
    """The text of a part of a page, as it is first seen: without words in other languages."""

    def __init__(self, html):
        super().__init__()
        self.pieces, self._hidden = [], 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.pieces.append(" ")
        if tag == "span" and (self._hidden or is_hidden_word(dict(attrs))):
            self._hidden += 1

    def handle_endtag(self, tag):
        self.pieces.append(" ")
        if tag == "span" and self._hidden:
            self._hidden -= 1

    def handle_data(self, data):
        if not self._hidden:
            self.pieces.append(data)


class Page(HTMLParser):
    """A page, taken apart; a tag that is closed out of turn fails the test.

    Attributes:
        ids: the ids of its elements.
        links: where it leads, as it says it.
        loads: what it loads, as it says it.
        elements: its elements as (tag, attributes, pieces of the text in it).
    """

    def __init__(self, html, path):
        super().__init__()
        self.path, self.html = path, html
        self.ids, self.links, self.loads, self.elements, self.open = [], [], [], [], []
        self.feed(html)
        self.close()
        assert self.open == [], path

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        assert len(attributes) == len(attrs), (self.path, tag, attrs)
        element = (tag, attributes, [])
        self.elements.append(element)
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if tag == "a":
            self.links.append(attributes["href"])
        self.loads += [attributes[name] for of, name in LOADING if of == tag and name in attributes]
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag, (self.path, tag, self.getpos())

    def handle_data(self, data):
        if any(is_hidden_word(attributes) for _, attributes, _ in self.open):
            return
        for _, _, pieces in self.open:
            pieces.append(data)

    def texts(self, tag, **attributes):
        """The texts of elements of a tag, by attributes; `class_` for `class`."""
        wanted = {name.rstrip("_"): value for name, value in attributes.items()}
        return [
            " ".join("".join(pieces).split())
            for found, given, pieces in self.elements
            if found == tag and wanted.items() <= given.items()
        ]

    @property
    def text(self):
        """All its text."""
        return " ".join("".join(self.elements[0][2]).split())


def target_of(path, link):
    """Where a link of a page leads: a path from the root, and an anchor or an empty text."""
    parts = urlsplit(link)
    anchor = unquote(parts.fragment)
    if not parts.path:
        return path, anchor
    folder = Path("/site", path).parent
    whole = Path(folder, unquote(parts.path))
    resolved = []
    for part in whole.parts[1:]:
        if part == "..":
            resolved.pop()
        elif part != ".":
            resolved.append(part)
    assert resolved[0] == "site", (path, link)
    return "/".join(resolved[1:]), anchor
