"""What a changelog says of versions.

Source: Keep a Changelog 1.1.0: a heading of the second level for each version, the newest first.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from validate._src.compare.version import VERSION

HEADING = re.compile(r"##[ \t]+(?P<of>.*)")
VERSIONED = re.compile(rf"\[?v?(?P<version>{VERSION.pattern})\]?(?![\w.-])", re.ASCII)
TAG = re.compile(rf"v?(?P<version>{VERSION.pattern})", re.ASCII)
UNRELEASED = re.compile(r"\[?unreleased\]?", re.IGNORECASE)
COMMIT = re.compile(r"^Commit `(?P<commit>[0-9a-f]{7,40})`\.$\n?", re.MULTILINE)
FENCE = re.compile(r" {0,3}(```|~~~)")


@dataclass(frozen=True)
class Entry:
    """What stands in a changelog of a version.

    Attributes:
        version: the version; None for what is not released yet.
        commit: the commit that the line ``Commit `abc1234`.`` names, if there is one.
        text: all else below the heading, in Markdown.
    """

    version: str | None
    commit: str | None
    text: str


def entries_of(changelog: str) -> tuple[Entry, ...]:
    """The entries of a changelog, in its order; headings of no version are left out."""
    return tuple(_entries(changelog))


def _entries(changelog: str) -> Iterator[Entry]:
    for heading, text in _sections(changelog):
        found = VERSIONED.match(heading)
        if found or UNRELEASED.match(heading):
            commit = COMMIT.search(text)
            yield Entry(
                found and found["version"],
                commit and commit["commit"],
                COMMIT.sub("", text).strip(),
            )


def _sections(text: str) -> Iterator[tuple[str, str]]:
    """The headings of the second level, each with the text below it."""
    heading, lines, is_code = "", list[str](), False
    for line in text.splitlines():
        is_code ^= bool(FENCE.match(line))
        if not is_code and (found := HEADING.fullmatch(line)):
            yield heading, "\n".join(lines)
            heading, lines = found["of"], []
        else:
            lines.append(line)
    yield heading, "\n".join(lines)
