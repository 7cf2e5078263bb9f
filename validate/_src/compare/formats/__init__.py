"""Renderers of differences: one small module a format, all of one shape.

shown: which of the rows that differ are shown, and how wide.
wording: differences in words.
*: the renderers, a module a format.
"""

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from validate._src.compare.difference import Difference
    from validate._src.compare.formats.shown import Shown

FORMATS = ("text", "json", "markdown", "html", "csv")
"""The formats; their modules have `render`."""


def renderer(format_name: str) -> "Callable[[Difference, Shown], Iterator[str]]":
    """What gives a difference in a format, piece by piece, in bounded memory."""
    return import_module(f"validate._src.compare.formats.{format_name}").render
