"""JSON and newline-delimited JSON, row by row: memory does not grow with the file."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from typing import Any

import ijson

from validate._src.reading._jsontext import (
    Stream,
    column_of_no_json,
    first_line,
    is_lines_of_rows,
    place_of_error,
    rows_at,
    why_no_json,
)
from validate._src.reading.blocks import LineBlocks
from validate._src.reading.encodings import undecodable, wrong_byte
from validate._src.reading.items import BrokenContentError, Item
from validate._src.reading.native import NativeReader
from validate._src.words.finding import Finding
from validate._src.words.model import Part, Resource

LONGEST_LINE = 256 * 2**20
"""Bytes of a row of newline-delimited JSON: one is in memory whole, several times over."""
IS_NDJSON = 'each line is JSON by itself: this is newline-delimited JSON; say "format": "ndjson"'
IS_JSON = 'the row does not end in its line; if the file as a whole is JSON, say "format": "json"'
IS_ARRAY = 'a line holds a whole array of rows: this is JSON; say "format": "json"'
IS_ENVELOPE = (
    'the line is no row, but holds an array of rows at "{0}": this is JSON; say '
    '"format": "json", and "property": "{0}" in the dialect'
)

ItemsOfPart = Callable[[Resource, Part, list[Finding]], Iterator[Item]]


class JsonReader(NativeReader):
    """An opened table of JSON: an array of rows, or one that a path of keys leads to.

    Source: Data Package 2.0, Table Dialect, "property"; RFC 8259.
    """

    def __init__(self, resource: Resource) -> None:
        """Reads the header."""
        super().__init__(resource, partial(_items_of_parts, resource, _json_items))


class NdjsonReader(NativeReader):
    """An opened table of newline-delimited JSON: a line is a row."""

    def __init__(self, resource: Resource) -> None:
        """Reads the header."""
        super().__init__(resource, partial(_items_of_parts, resource, _ndjson_items))


def _items_of_parts(resource: Resource, items: ItemsOfPart, notes: list[Finding]) -> Iterator[Item]:
    """The items of all files in order, up to where one is broken."""
    for part in resource.parts:
        try:
            yield from items(resource, part, notes)
        except BrokenContentError as error:
            yield Item(error, error.line, part.location)
            return


def _json_items(resource: Resource, part: Part, notes: list[Finding]) -> Iterator[Item]:
    path = resource.dialect.property
    wanted = path.split(".") if path else []
    stream = Stream(LineBlocks(resource, part, notes))
    try:
        for value, repeated in rows_at(stream, wanted):
            yield Item(value, location=part.location, repeated=repeated)
    except ijson.JSONError as error:
        raise _no_json(resource, part, stream.begin, first_line(error)) from None
    except UnicodeDecodeError:
        half = BrokenContentError("JSON with half of a surrogate pair, which is no character")
        raise wrong_byte(resource, part) or half from None
    except ValueError as error:  # numbers that Python does not read, of thousands of digits
        raise BrokenContentError(f"JSON that cannot be read: {error}") from None


def _no_json(resource: Resource, part: Part, begin: int, said: str) -> BrokenContentError:
    """The error for a file that is no JSON: where it stops being it, and what it is instead."""
    if is_lines_of_rows(resource, part):
        return BrokenContentError(IS_NDJSON)
    place = place_of_error(resource, part, begin)
    reason = why_no_json(place.word, said)
    return BrokenContentError(f"not JSON at column {place.column}: {reason}", place.line)


def _ndjson_items(resource: Resource, part: Part, notes: list[Finding]) -> Iterator[Item]:
    repeated: list[str] = []
    quick = json.JSONDecoder(parse_float=Decimal, parse_constant=_refused)
    thorough = json.JSONDecoder(
        object_pairs_hook=partial(_object, repeated),
        parse_float=Decimal,
        parse_constant=_refused,
    )
    is_first = True
    for line, content in _lines(resource, part, notes):
        try:
            text = content.decode()
        except UnicodeDecodeError:
            raise undecodable(resource, part) from None
        if not text.strip():
            continue
        value = _decoded(quick, text, line)
        if not isinstance(value, dict) or text.count(":") != len(value):  # else no key repeats
            value = _decoded(thorough, text, line)
        if is_first and (what := _what_it_is(value, resource)):
            raise BrokenContentError(what, line)
        is_first = False
        yield Item(value, line, part.location, tuple(repeated))
        repeated.clear()


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


def _lines(resource: Resource, part: Part, notes: list[Finding]) -> Iterator[tuple[int, bytes]]:
    """The lines of a file with their numbers.

    Raises:
        BrokenContentError: one is longer than memory may hold.
    """
    number, begun = 1, b""
    for block in LineBlocks(resource, part, notes):
        *lines, rest = block.split(b"\n")
        for line in lines:
            yield number, begun + line
            number, begun = number + 1, b""
        begun += rest
        if len(begun) > LONGEST_LINE:
            message = f"a line of more than {LONGEST_LINE // 2**20} MiB, which is not read"
            raise BrokenContentError(message, number)
    yield number, begun


def _object(repeated: list[str], pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object, whose keys that stand more than once are told."""
    made = dict(pairs)
    if len(made) < len(pairs):
        times = Counter(key for key, _ in pairs)
        repeated += [key for key in made if times[key] > 1]
    return made


class _NoValueError(ValueError):
    """A word stands for a number that JSON has not."""


def _refused(word: str) -> None:
    raise _NoValueError(word)


def _decoded(decoder: json.JSONDecoder, text: str, line: int) -> Any:
    """The value of a line.

    Raises:
        BrokenContentError: it is no JSON.
    """
    try:
        return decoder.decode(text)
    except _NoValueError as error:
        column, reason = column_of_no_json(text), why_no_json(str(error))
    except json.JSONDecodeError as error:
        goes_on = line == 1 and error.pos >= len(text.rstrip()) and text.lstrip()[0] in "[{"
        if goes_on:
            raise BrokenContentError(IS_JSON, line) from None
        column, reason = error.colno, _reason(error)
    except RecursionError:
        raise BrokenContentError("JSON nested too deeply", line) from None
    except ValueError as error:  # numbers of thousands of digits
        raise BrokenContentError(f"JSON that cannot be read: {error}", line) from None
    raise BrokenContentError(f"not JSON at column {column}: {reason}", line)


def _reason(error: json.JSONDecodeError) -> str:
    """What is wrong with a line, and what to do where something follows its row."""
    if error.msg != "Extra data":
        return error.msg
    rest = error.doc[error.pos :].strip()
    if rest == ",":
        return "a comma after the row; lines have none between them"
    return "something follows the row; each row has a line of its own"
