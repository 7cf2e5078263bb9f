"""The rows in a text of JSON, and what it is where it is no table."""

import json
from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from typing import Any

from validate._src.reading._jsontext import Ahead, JsonText, Value
from validate._src.reading._jsonvalues import DEEPEST, TOO_DEEP
from validate._src.reading.items import BrokenContentError, Columns
from validate._src.words.printing import counted

MOST_SEEN = 1000  # arrays and keys that are remembered; an object could have millions
NAMED = 5  # keys that a message names
ONE_ROW = 'if that is a row, put it into [ ], or say "format": "ndjson" where each line is one'


def rows_at(
    text: JsonText, wanted: tuple[str, ...], ahead: Ahead | None = None
) -> Iterator[Value | Columns]:
    """The items of the array at a path of keys, as columns where these can be taken.

    Raises:
        BrokenContentError: there is no array there, or the text is no JSON.
    """
    seen = _Seen()
    yield from _walk(text, (), wanted, seen, ahead)
    text.end()
    if not seen.found:
        raise BrokenContentError(f"there is no array of rows {_at(wanted)}{seen.what_there_is()}")


def _walk(
    text: JsonText,
    path: tuple[str, ...],
    wanted: tuple[str, ...],
    seen: "_Seen",
    ahead: Ahead | None,
) -> Iterator[Value | Columns]:
    """The rows in the value at a path, which is read to its end."""
    if len(path) > DEEPEST:
        raise text.fault(TOO_DEEP)
    match text.peek():
        case "[" if path == wanted:
            if seen.found:
                raise BrokenContentError(f"there is more than one array {_at(wanted)}")
            seen.found = True
            yield from text.items(ahead)
        case "[":
            seen.add_array(path)
            for item in text.items():
                seen.add_item(path, item)
        case "{":
            for key in text.keys():  # noqa: SIM118 - no dictionary
                if not path:
                    seen.add_key(key)
                yield from _walk(text, (*path, key), wanted, seen, ahead)
        case _:
            text.value()


class _Seen:
    """What a text has in place of an array of rows: a better guess than none.

    Attributes:
        found: whether the array that is wanted was found.
    """

    def __init__(self) -> None:
        """Starts with nothing."""
        self.found = False
        self._arrays: dict[str, bool | None] = {}  # whether it has rows; None while it is empty
        self._keys: dict[str, None] = {}

    def add_array(self, path: tuple[str, ...]) -> None:
        """Takes an array."""
        if len(self._arrays) < MOST_SEEN:
            self._arrays.setdefault(".".join(path), None)

    def add_item(self, path: tuple[str, ...], item: Value | Columns) -> None:
        """Takes an item of an array, which may be a row or not."""
        at = ".".join(path)
        if at in self._arrays:
            is_row = isinstance(item, Columns) or isinstance(item.value, dict | list)
            self._arrays[at] = bool(self._arrays[at]) or is_row

    def add_key(self, key: str) -> None:
        """Takes a key of the whole."""
        if len(self._keys) < MOST_SEEN:
            self._keys[key] = None

    def what_there_is(self) -> str:
        """Where the arrays of rows are that it has, or what it is, and what to do about it."""
        with_rows = [path for path, has_rows in self._arrays.items() if has_rows]
        arrays = with_rows or [path for path, has_rows in self._arrays.items() if has_rows is None]
        if "" in arrays:
            return ', but the whole of it is one; leave "property" out of the dialect'
        if arrays:
            others = len(arrays) - 1
            more = f" and at {counted(others, 'other place')}" if others else ""
            remedy = f'say so by "property": "{arrays[0]}" in the dialect (--property)'
            return f', but one at "{arrays[0]}"{more}; {remedy}'
        if not self._keys:
            return ""
        keys = ", ".join(f'"{key}"' for key in [*self._keys][:NAMED])
        more = ", …" if len(self._keys) > NAMED else ""
        return f"; it is an object with the keys {keys}{more}: {ONE_ROW}"


def _at(wanted: tuple[str, ...]) -> str:
    return f'at "{".".join(wanted)}"' if wanted else "as the whole of the text"


def are_lines_of_rows(begin: bytes) -> bool:
    """Whether each of the first two lines is a row, as in newline-delimited JSON."""
    lines = [*islice((line for line in BytesIO(begin) if line.strip()), 2)]
    return len(lines) == 2 and all(isinstance(_row(line), list | dict) for line in lines)


def _row(line: bytes) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None
