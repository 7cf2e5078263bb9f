"""Rows as their formats have them, before they are cells of a table."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from validate._src.reading._continuing import without_empty
from validate._src.reading._values import text_of
from validate._src.words.errors import FileError
from validate._src.words.finding import Finding
from validate._src.words.model import Part, Resource


class Item(NamedTuple):
    """A row as its format has it.

    Attributes:
        value: a list of cells, or an object of them by label; where the file cannot be read on,
            the error that says why, after which nothing of this file follows.
        line: physical line on which it starts, or None where the format has no lines.
        location: the file in which it stands; None for data inline.
        repeated: the keys that stand more than once in an object; the last value is read.
    """

    value: Any
    line: int | None = None
    location: str | None = None
    repeated: tuple[str, ...] = ()


Items = Callable[[list[Finding]], Iterator[Item]]
"""What reads the rows of a table from the first on; what it finds in the files goes into a list."""


class BrokenContentError(Exception):
    """The content of a file does not have the form of its format from some place on.

    Attributes:
        line: physical line of the place, if the format has lines.
    """

    def __init__(self, message: str, line: int | None = None) -> None:
        """Keeps the line."""
        super().__init__(message)
        self.line = line


BROKEN = (BrokenContentError, FileError)
"""What an item is from which on a file cannot be read."""


def items_of_files(resource: Resource, read: Callable[[Part], Iterator[Item]]) -> Iterator[Item]:
    """The items of all files in order, of each those before the place where it breaks off."""
    for part in resource.parts:
        try:
            yield from read(part)
        except BROKEN as error:
            yield Item(error, error.line, part.location)


def row_type(resource: Resource, sample: Sequence[Item]) -> type:
    """Whether the rows are lists or objects: what most are, if the dialect does not say it.

    No rows are objects without keys, whatever the dialect says: they lack no header.
    """
    kind = resource.dialect.item_type
    if kind is not None and sample:
        return list if kind == "array" else dict
    lists = sum(isinstance(item.value, list) for item in sample)
    return list if lists > sum(isinstance(item.value, dict) for item in sample) else dict


def labels_of(cells: Sequence[Any]) -> list[str]:
    """The cells of a header as texts; none if all are empty."""
    labels = [text_of(cell) or "" for cell in cells]
    return labels if any(labels) else []


def breaks_off(sample: Sequence[Item]) -> bool:
    """Whether not even the first item of a sample can be read."""
    return bool(sample) and isinstance(sample[0].value, BROKEN)


def without_unlabelled(items: Iterator[Item], width: int, unlabelled: int) -> Iterator[Item]:
    """The rows of a file without what is empty in its columns without label."""
    for item in items:
        if unlabelled and isinstance(item.value, list):
            cells: list[Any] = item.value
            item = item._replace(value=without_empty(cells, width, unlabelled))
        yield item


def with_names(resource: Resource) -> Resource:
    """A resource in a format whose columns have names, which are given as its first row."""
    dialect = replace(
        resource.dialect, header=True, header_rows=(), comment_rows=(), item_type="array"
    )
    return replace(resource, dialect=dialect)
