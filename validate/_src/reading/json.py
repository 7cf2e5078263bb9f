"""JSON and newline-delimited JSON, row by row: memory does not grow with the file."""

import json
from collections.abc import Iterator
from typing import Any

import ijson

from validate._src.reading.blocks import LineBlocks
from validate._src.reading.encodings import undecodable, wrong_byte
from validate._src.reading.native import BrokenContentError, Item, NativeReader
from validate._src.words.finding import Finding
from validate._src.words.model import Part, Resource

DEEPEST = 100  # levels: `json.dumps`, which makes text of values, recurses and ends at a thousand
OPENING, CLOSING = ("start_map", "start_array"), ("end_map", "end_array")


class JsonReader(NativeReader):
    """An opened table of JSON: an array of rows, or one that a path of keys leads to.

    Source: Data Package 2.0, Table Dialect, "property"; RFC 8259.
    """

    def __init__(self, resource: Resource) -> None:
        """Reads the header."""
        notes: list[Finding] = []
        super().__init__(resource, _items_of_parts(resource, _json_items, notes), notes)


class NdjsonReader(NativeReader):
    """An opened table of newline-delimited JSON: a line is a row."""

    def __init__(self, resource: Resource) -> None:
        """Reads the header."""
        notes: list[Finding] = []
        super().__init__(resource, _items_of_parts(resource, _ndjson_items, notes), notes)


def _items_of_parts(resource: Resource, items: Any, notes: list[Finding]) -> Iterator[Item]:
    """The items of all files in order, up to where one is broken."""
    for part in resource.parts:
        try:
            yield from items(resource, part, notes)
        except BrokenContentError as error:
            yield Item(error, error.line, part.location)
            return


class _Stream:
    """The blocks of a file as a file, which is what `ijson` reads."""

    def __init__(self, blocks: LineBlocks) -> None:
        self._blocks = blocks
        self._rest = b""

    def read(self, size: int) -> bytes:
        if not self._rest:
            self._rest = next(self._blocks, b"")
        piece, self._rest = self._rest[:size], self._rest[size:]
        return piece


def _json_items(resource: Resource, part: Part, notes: list[Finding]) -> Iterator[Item]:
    path = resource.dialect.property
    wanted = path.split(".") if path else []
    try:
        for value in _values(_Stream(LineBlocks(resource, part, notes)), wanted):
            yield Item(value, location=part.location)
    except ijson.JSONError as error:
        raise BrokenContentError(f"not JSON: {str(error).splitlines()[0]}") from None
    except UnicodeDecodeError:
        half = BrokenContentError("JSON with half of a surrogate pair, which is no character")
        raise wrong_byte(resource, part) or half from None
    except ValueError as error:  # numbers that Python does not read, of thousands of digits
        raise BrokenContentError(f"JSON that cannot be read: {error}") from None


def _values(stream: _Stream, wanted: list[str]) -> Iterator[Any]:
    """The items of the array at a path of keys, one at a time.

    Raises:
        BrokenContentError: there is no array there, or something is nested too deeply.
    """
    keys: list[str] = []
    depth, found = 0, False
    events = ijson.basic_parse(stream)
    for event, value in events:
        if event == "start_array" and keys == wanted and depth == len(wanted):
            found = True
            yield from _items(events)
            continue
        if event == "map_key":
            keys[depth - 1 :] = [value]
        depth += (event in OPENING) - (event in CLOSING)
        if event in CLOSING:
            keys[depth:] = []
        if depth > DEEPEST:
            raise BrokenContentError(f"JSON nested more than {DEEPEST} levels deep")
    if not found:
        where = f'at "{".".join(wanted)}"' if wanted else "as the whole of the text"
        raise BrokenContentError(f"there is no array of rows {where}")


def _items(events: Iterator[tuple[str, Any]]) -> Iterator[Any]:
    """The items of an array that has begun, up to its end."""
    builder, depth = ijson.ObjectBuilder(), 0
    for event, value in events:
        if event == "end_array" and not depth:
            return
        builder.event(event, value)
        depth += (event in OPENING) - (event in CLOSING)
        if depth > DEEPEST:
            raise BrokenContentError(f"JSON nested more than {DEEPEST} levels deep")
        if not depth:
            yield builder.value
            builder = ijson.ObjectBuilder()


def _ndjson_items(resource: Resource, part: Part, notes: list[Finding]) -> Iterator[Item]:
    line = 0
    for block in LineBlocks(resource, part, notes):
        for text in block.split(b"\n"):
            line += 1
            if not text.strip():
                continue
            try:
                yield Item(json.loads(text.decode()), line, part.location)
            except UnicodeDecodeError:
                raise undecodable(resource, part) from None
            except (ValueError, RecursionError) as error:
                raise BrokenContentError(f"not JSON: {error}", line) from None
        line -= 1  # the block ends with a line feed, after which nothing follows
