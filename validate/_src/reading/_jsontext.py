"""JSON as a text: its rows one by one, and what it is where it is not a table."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import ijson

from validate._src.reading.blocks import LineBlocks
from validate._src.reading.items import BrokenContentError
from validate._src.words.finding import Finding
from validate._src.words.model import Part, Resource
from validate._src.words.printing import counted

DEEPEST = 100  # levels: `json.dumps`, which makes text of values, recurses and ends at a thousand
OPENING, CLOSING = ("start_map", "start_array"), ("end_map", "end_array")
NO_JSON = ("NaN", "Infinity", "-Infinity")
"""What some programs write for numbers that JSON has not."""
STRING_OR_NO_JSON = re.compile(r'"(?:[^"\\]|\\.)*"|-?Infinity|NaN')
WORD = re.compile(rb"-?[A-Za-z]+")
LONGEST_WORD = 16  # bytes, of those that stand for numbers
NUMBER = re.compile(rb"[-+.0-9eE]+\Z")
TOKEN = re.compile(rb'("(?:[^"\\]|\\.)*"|true|false|null)\Z')
MOST_SEEN = 1000  # arrays and keys that are remembered; an object could have millions
NAMED = 5  # keys that a message names
ONE_ROW = 'if that is a row, put it into [ ], or say "format": "ndjson" where each line is one'
PIECE = 2**16  # bytes that are parsed at once


class Stream:
    """The blocks of a file as a file, which is what `ijson` reads.

    Attributes:
        begin: how many bytes had been read before the last piece.
    """

    def __init__(self, blocks: LineBlocks) -> None:
        """Starts before the first block."""
        self._blocks = blocks
        self._rest = b""
        self._end = 0
        self.begin = 0

    def read(self, size: int) -> bytes:
        """So many bytes, or fewer; none at the end."""
        if not self._rest:
            self._rest = next(self._blocks, b"")
        piece, self._rest = self._rest[:size], self._rest[size:]
        self.begin, self._end = self._end, self._end + len(piece)
        return piece


@dataclass(frozen=True)
class Place:
    """Where a text stops being JSON.

    Attributes:
        line: the line, from 1.
        column: the character in it, from 1.
        word: the word that stands there, if one does.
    """

    line: int
    column: int
    word: str


def place_of_error(resource: Resource, part: Part, begin: int) -> Place:
    """Where a file that is no JSON stops being it.

    Args:
        resource: the resource.
        part: the file.
        begin: how many bytes at its beginning are known to be no part of the error.
    """
    stream = Stream(LineBlocks(resource, part))
    events: list[Any] = ijson.sendable_list()
    parser = ijson.basic_parse_coro(events)
    line, before = 1, b""
    while piece := stream.read(PIECE if not begin else min(PIECE, begin)):
        at = len(piece)
        if begin:
            parser.send(piece)
            del events[:]
            begin -= len(piece)
        else:
            at = _first_wrong_byte(parser, events, piece)
        line += piece.count(b"\n", 0, at)
        start = piece.rfind(b"\n", 0, at) + 1
        before = (b"" if start else before) + piece[start:at]
        if at < len(piece):
            word = WORD.match(piece + stream.read(LONGEST_WORD), at)
            return _place(line, before, word[0] if word else b"")
    return _place(line, before, b"")


def _place(line: int, before: bytes, word: bytes) -> Place:
    return Place(line, len(before.decode("utf-8", "replace")) + 1, word.decode())


def _first_wrong_byte(parser: Any, events: list[Any], text: bytes) -> int:
    """Where the first word or mark begins that a parser does not take; the length if it takes all.

    The parser refuses a word only at its end, a number at what follows it.
    """
    for index in range(len(text)):
        del events[:]
        try:
            parser.send(text[index : index + 1])
        except ijson.JSONError:
            end = index if not events and NUMBER.search(text[:index]) else index + 1
            token = NUMBER.search(text[:index]) if end == index else TOKEN.search(text[:end])
            return token.start() if token else index
    return len(text)


def why_no_json(word: str, reason: str = "") -> str:
    """What is wrong with a text that is no JSON, and what to do about it."""
    if word in NO_JSON:
        return f"{word} is no value of JSON; write null where there is no number"
    return reason.strip().rstrip(".")


def column_of_no_json(text: str) -> int:
    """The column, from 1, of the first word of a line for which JSON has no value."""
    words = (found for found in STRING_OR_NO_JSON.finditer(text) if found[0] in NO_JSON)
    return next((found.start() for found in words), 0) + 1


def first_line(error: ijson.JSONError) -> str:
    """What a parser says; below it stands what surrounds the place, cut anywhere."""
    said: Any = error.args[0] if error.args else ""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return (text.splitlines() or ["no JSON"])[0]


def is_lines_of_rows(resource: Resource, part: Part) -> bool:
    """Whether each of the first two lines of a file is a row, as in newline-delimited JSON."""
    notes: list[Finding] = []
    block = next(LineBlocks(resource, part, notes), b"")
    lines = [line for line in block.split(b"\n") if line.strip()][:2]
    rows = [_row(line) for line in lines]
    return len(rows) == 2 and all(type(row) in (list, dict) for row in rows)


def _row(line: bytes) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def rows_at(stream: Stream, wanted: list[str]) -> Iterator[tuple[Any, tuple[str, ...]]]:
    """The items of the array at a path of keys, each with the keys that it has more than once.

    Raises:
        BrokenContentError: there is no array there, or something is nested too deeply.
    """
    keys: list[str] = []
    depth, found = 0, False
    seen = _Seen()
    events = ijson.basic_parse(stream)
    for event, value in events:
        seen.add(event, value, keys, depth)
        if event == "start_array" and depth == len(keys) and keys == wanted:
            if found:
                raise BrokenContentError(f"there is more than one array {_at(wanted)}")
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
        raise BrokenContentError(f"there is no array of rows {_at(wanted)}{seen.what_there_is()}")


class _Seen:
    """What a text has in place of an array of rows: a better guess than none."""

    def __init__(self) -> None:
        """Starts with nothing."""
        self._arrays: dict[str, bool] = {}
        self._keys: dict[str, None] = {}
        self._begun: str | None = None

    def add(self, event: str, value: Any, keys: list[str], depth: int) -> None:
        """Takes an event, and where it is."""
        if self._begun is not None and (event in OPENING or event == "end_array"):
            self._arrays[self._begun] = self._arrays.get(self._begun, False) or event in OPENING
        at_keys = event == "start_array" and depth == len(keys)
        self._begun = ".".join(keys) if at_keys and len(self._arrays) < MOST_SEEN else None
        if event == "map_key" and depth == 1 and len(self._keys) < MOST_SEEN:
            self._keys[value] = None

    def what_there_is(self) -> str:
        """Where the arrays of rows are that it has, or what it is, and what to do about it."""
        arrays = [path for path, has_rows in self._arrays.items() if has_rows] or [*self._arrays]
        if "" in arrays:
            return ', but the whole of it is one; leave "property" out of the dialect'
        if arrays:
            others = len(arrays) - 1
            more = f" and at {counted(others, 'other place')}" if others else ""
            remedy = f'say so by "property": "{arrays[0]}" in the dialect'
            return f', but one at "{arrays[0]}"{more}; {remedy}'
        if not self._keys:
            return ""
        keys = ", ".join(f'"{key}"' for key in [*self._keys][:NAMED])
        more = ", …" if len(self._keys) > NAMED else ""
        return f"; it is an object with the keys {keys}{more}: {ONE_ROW}"


def _at(wanted: list[str]) -> str:
    return f'at "{".".join(wanted)}"' if wanted else "as the whole of the text"


def _items(events: Iterator[tuple[str, Any]]) -> Iterator[tuple[Any, tuple[str, ...]]]:
    """The items of an array that has begun, up to its end."""
    opened: list[Any] = []
    keys: list[str] = []
    repeated: list[str] = []
    for event, value in events:
        if event == "map_key":
            keys[-1] = value
            if value in opened[-1]:
                repeated.append(value)
            continue
        if event in CLOSING:
            if not opened:
                return
            item = opened.pop()
            keys.pop()
            if not opened:
                yield item, tuple(repeated)
                repeated.clear()
            continue
        made: Any = {} if event == "start_map" else [] if event == "start_array" else value
        if opened:
            _add(made, opened[-1], keys[-1])
        elif event not in OPENING:
            yield made, ()
        if event in OPENING:
            opened.append(made)
            keys.append("")
            if len(opened) > DEEPEST:
                raise BrokenContentError(f"JSON nested more than {DEEPEST} levels deep")


def _add(value: Any, container: Any, key: str) -> None:
    if isinstance(container, dict):
        container[key] = value
    else:
        container.append(value)
