"""Whether what begins like text of a format goes on like it: a cell of a table may begin so too."""

import re
from html.parser import HTMLParser
from json import JSONDecoder

ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The name of the stream that holds a workbook with a password: [MS-OFFCRYPTO] 2.3.4.4."""
OF_OTHER_TAGS = {"html", "head", "table", "thead", "tbody", "tr", "ul", "ol"}
"""Tags that hold other tags and no text."""
OF_ONE_TAG = {"meta", "link", "br", "hr", "img", "input", "base", "col"}
"""Tags that are not closed."""


def has_password(head: bytes) -> bool:
    """Whether a compound file holds a workbook with a password."""
    return ENCRYPTED in head


def is_lines_of_json(head: bytes) -> bool:
    """Whether more than one line is a JSON value by itself."""
    text = _text(head)
    end = _end_of_value(text)
    return end is not None and text[end:].lstrip()[:1] in ("{", "[")


def is_json(head: bytes) -> bool:
    """Whether what begins like JSON goes on like it: after a value its line ends.

    Otherwise it is a cell, and others follow it.
    """
    text = _text(head)
    end = _end_of_value(text)  # None if it is cut off where the head ends, or broken
    return end is None or text[end:].lstrip(" \t")[:1] in ("", "\r", "\n")


def _end_of_value(text: str) -> int | None:
    try:
        return JSONDecoder().raw_decode(text)[1]
    except (ValueError, RecursionError):
        return None


def is_page(head: bytes) -> bool:
    """Whether text that begins with a tag is a page, and no table with markup in its cells."""
    page = _Page()
    page.feed(_text(head))
    return page.has_tags and not page.has_loose_text


def is_page_with_table(head: bytes) -> bool:
    """Whether it is a page that holds a table."""
    return bool(re.search(rb"(?i)<table[\s>]", head)) and is_page(head)


def _text(head: bytes) -> str:
    return head.decode("utf-8", "ignore").lstrip("\ufeff \t\r\n")


class _Page(HTMLParser):
    """Looks for text where pages have none: outside of all tags, and right in some.

    Attributes:
        has_tags: whether there is any tag.
        has_loose_text: whether there is such text.
    """

    def __init__(self) -> None:
        super().__init__()
        self.has_tags = self.has_loose_text = False
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Opens a tag."""
        self.has_tags = True
        if tag not in OF_ONE_TAG:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Closes a tag, and those in it that were left open."""
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Takes a text."""
        is_inside = self._open and self._open[-1] not in OF_OTHER_TAGS
        if data.strip() and not is_inside:
            self.has_loose_text = True
