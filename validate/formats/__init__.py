"""Renderers of reports: one small module a format, all of one shape."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from validate.formats.view import View
    from validate.report import Report, Unusable

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
    return import_module(f"validate.formats.{format_name}").render
