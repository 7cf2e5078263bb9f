"""JSON, row by row: memory does not grow with the file."""

from collections.abc import Iterator
from functools import partial
from itertools import chain

from validate._src.reading._jsonarrays import ArrayRows
from validate._src.reading._jsonlines import reads_by_columns
from validate._src.reading._jsonrows import are_lines_of_rows, rows_at
from validate._src.reading._jsontext import JsonText
from validate._src.reading.blocks import LineBlocks
from validate._src.reading.encodings import undecodable
from validate._src.reading.items import (
    Asked,
    BrokenContentError,
    Columns,
    Entry,
    items_of_files,
)
from validate._src.reading.native import NativeReader
from validate._src.words.finding import Finding
from validate._src.words.model import Part, Resource

IS_NDJSON = 'each line is JSON by itself: this is newline-delimited JSON; say "format": "ndjson"'


class JsonReader(NativeReader):
    """An opened table of JSON: an array of rows, or one that a path of keys leads to.

    Source: Data Package 2.0, Table Dialect, "property"; RFC 8259.
    """

    def __init__(self, resource: Resource) -> None:
        """Reads the header."""
        asked = Asked()
        super().__init__(resource, partial(_items, resource, asked), asked=asked)


def _items(resource: Resource, asked: Asked, notes: list[Finding]) -> Iterator[Entry]:
    return items_of_files(resource, partial(_items_of, resource, asked, notes))


def _items_of(
    resource: Resource, asked: Asked, notes: list[Finding], part: Part
) -> Iterator[Entry]:
    path = resource.dialect.property
    blocks = LineBlocks(resource, part, notes)
    begin = next(blocks, b"")
    if are_lines_of_rows(begin):
        raise BrokenContentError(IS_NDJSON)
    text = JsonText(chain([begin], blocks))
    of_file = asked.of_file(part, resource.parts)
    rows = ArrayRows(part.location, of_file, by_columns=reads_by_columns(resource))
    try:
        for row in rows_at(text, tuple(path.split(".")) if path else (), rows.ahead):
            yield row if isinstance(row, Columns) else rows.item(row)
    except UnicodeDecodeError:
        raise undecodable(resource, part) from None
