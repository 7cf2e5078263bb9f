"""JSON and newline-delimited JSON, row by row: memory does not grow with the file."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from json import JSONDecodeError
from typing import Any

from validate._src.reading._jsonrows import are_lines_of_rows, rows_at
from validate._src.reading._jsontext import LONGEST, JsonText, NotJsonError, decoded, too_long
from validate._src.reading.blocks import LineBlocks
from validate._src.reading.encodings import undecodable
from validate._src.reading.items import BrokenContentError, Item, items_of_files
from validate._src.reading.native import NativeReader
from validate._src.words.finding import Finding
from validate._src.words.model import Part, Resource

IS_NDJSON = 'each line is JSON by itself: this is newline-delimited JSON; say "format": "ndjson"'
IS_JSON = 'the row does not end in its line; if the file as a whole is JSON, say "format": "json"'
IS_ARRAY = 'a line holds a whole array of rows: this is JSON; say "format": "json"'
IS_ENVELOPE = (
    'the line is no row, but holds an array of rows at "{0}": this is JSON; say '
    '"format": "json", and "property": "{0}" in the dialect'
)
AFTER_COMMA = "a comma after the row; lines have none between them"
AFTER_ROW = "something follows the row; each row has a line of its own"


class JsonReader(NativeReader):
    """An opened table of JSON: an array of rows, or one that a path of keys leads to.

    Source: Data Package 2.0, Table Dialect, "property"; RFC 8259.
    """

    def __init__(self, resource: Resource) -> None:
        """Reads the header."""
        super().__init__(resource, partial(_items, resource, _json_items))


class NdjsonReader(NativeReader):
    """An opened table of newline-delimited JSON: a line is a row."""

    def __init__(self, resource: Resource) -> None:
        """Reads the header."""
        super().__init__(resource, partial(_items, resource, _ndjson_items))


def _items(
    resource: Resource,
    of_part: Callable[[Resource, list[Finding], Part], Iterator[Item]],
    notes: list[Finding],
) -> Iterator[Item]:
    return items_of_files(resource, partial(of_part, resource, notes))


def _json_items(resource: Resource, notes: list[Finding], part: Part) -> Iterator[Item]:
    path = resource.dialect.property
    blocks = LineBlocks(resource, part, notes)
    begin = next(blocks, b"")
    if are_lines_of_rows(begin):
        raise BrokenContentError(IS_NDJSON)
    text = JsonText(chain([begin], blocks))
    last = 0
    try:
        for row in rows_at(text, tuple(path.split(".")) if path else ()):
            line = row.line if row.line > last else None  # one of several rows says nothing
            yield Item(row.value, line, part.location, row.repeated)
            last = row.line
    except UnicodeDecodeError:
        raise undecodable(resource, part) from None


def _ndjson_items(resource: Resource, notes: list[Finding], part: Part) -> Iterator[Item]:
    is_first = True
    for line, content in numbered_lines(LineBlocks(resource, part, notes)):
        try:
            text = content.decode()
        except UnicodeDecodeError:
            raise undecodable(resource, part) from None
        if text.strip():
            value, repeated = _row(text, line, is_first=is_first)
            if is_first and (what := _what_it_is(value, resource)):
                raise BrokenContentError(what, line)
            is_first = False
            yield Item(value, line, part.location, repeated)


def _row(text: str, line: int, *, is_first: bool) -> tuple[Any, tuple[str, ...]]:
    """The value of a line, and the keys that it has more than once.

    Raises:
        BrokenContentError: it is no JSON.
    """
    begin = len(text) - len(text.lstrip())
    try:
        value, end, repeated = decoded(text, begin)
    except JSONDecodeError as error:
        if is_first and error.pos >= len(text.rstrip()) and text[begin] in "[{":
            raise BrokenContentError(IS_JSON, line) from None
        at, reason = error.pos, error.msg
    except NotJsonError as error:
        at, reason = error.position, str(error)
    else:
        rest = text[end:].strip()
        if not rest:
            return value, repeated
        at, reason = text.index(rest[0], end), AFTER_COMMA if rest == "," else AFTER_ROW
    raise BrokenContentError(f"not JSON at column {at + 1}: {reason}", line)


def _what_it_is(value: Any, resource: Resource) -> str | None:
    """What a file is whose first line is no row of a table, but a whole one."""
    if isinstance(value, list):
        rows: list[Any] = value
        return IS_ARRAY if resource.dialect.header and _are_rows(rows) else None
    if not isinstance(value, dict) or not resource.schema:
        return None
    made: dict[str, Any] = value
    if not made.keys().isdisjoint(resource.schema.names):
        return None
    found = (key for key, one in made.items() if one and isinstance(one, list) and _are_rows(one))
    key = next(found, None)
    return None if key is None else IS_ENVELOPE.format(key)


def _are_rows(values: list[Any]) -> bool:
    return all(isinstance(one, dict | list) for one in values)


def numbered_lines(blocks: LineBlocks) -> Iterator[tuple[int, bytes]]:
    """The lines of a file in UTF-8 without their ends, each with its number from 1.

    The last is what follows the last end of a line, be it nothing.

    Raises:
        BrokenContentError: one is longer than memory may hold.
    """
    number, begun = 1, b""
    for block in blocks:
        *lines, rest = block.split(b"\n")
        for line in lines:
            yield number, begun + line
            number, begun = number + 1, b""
        begun += rest
        if len(begun) > LONGEST:
            raise BrokenContentError(too_long("line"), number)
    yield number, begun
