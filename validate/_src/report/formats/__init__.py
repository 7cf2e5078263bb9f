"""Renderers of reports: one small module a format, all of one shape.

view: what of a report is shown, and how wide.
wording: findings in words, many at once.
_wrapping: texts in lines of a terminal.
_excerpts: rows in lines of a terminal.
jsonl: JSON lines, a finding each.
page: what pages for the browser have in common.
*: the other renderers, a module a format.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from validate._src.report.formats.view import View
    from validate._src.report.report import Report, Unusable

FORMATS: Mapping[str, str | None] = {
    "text": ".txt",
    "json": ".json",
    "jsonl": ".jsonl",
    "csv": ".csv",
    "junit": ".xml",
    "sarif": ".sarif",
    "github": None,
    "html": ".html",
}
"""The formats, each with the suffix of its files, if it has one; their modules have `render`."""


def renderer(
    format_name: str,
) -> "Callable[[Sequence[Report | Unusable], View], Iterator[str]]":
    """What gives reports on packages in a format, piece by piece, in bounded memory."""
    return import_module(f"validate._src.report.formats.{format_name}").render
