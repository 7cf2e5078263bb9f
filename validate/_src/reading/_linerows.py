"""The row in a line of newline-delimited JSON."""

from json import JSONDecodeError
from typing import Any

from validate._src.reading._jsonvalues import NotJsonError, decoded
from validate._src.reading.encodings import undecodable
from validate._src.reading.items import BrokenContentError, Item
from validate._src.words.model import Part, Resource

IS_JSON = 'the row does not end in its line; if the file as a whole is JSON, say "format": "json"'
IS_ARRAY = 'a line holds a whole array of rows: this is JSON; say "format": "json"'
IS_ENVELOPE = (
    'the line is no row, but holds an array of rows at "{0}": this is JSON; say '
    '"format": "json", and "property": "{0}" in the dialect'
)
AFTER_COMMA = "a comma after the row; lines have none between them"
AFTER_ROW = "something follows the row; each row has a line of its own"


class RowInLine:
    """What reads the row in a line; None where it is empty.

    Raises:
        BrokenContentError: there is none that is JSON, or the first is none of a table.
        FileError: it is not UTF-8.
    """

    def __init__(self, resource: Resource, part: Part, *, is_first: bool = True) -> None:
        """Has read none yet.

        Args:
            resource: the table.
            part: the file.
            is_first: whether none of the file was read before, so that it may be of another form.
        """
        self._resource, self._part, self._is_first = resource, part, is_first

    def __call__(self, line: int, content: bytes) -> Item | None:
        """The row in a line, given with its number."""
        try:
            text = content.decode()
        except UnicodeDecodeError:
            raise undecodable(self._resource, self._part) from None
        if not text.strip():
            return None
        value, repeated = _row(text, line, is_first=self._is_first)
        if self._is_first and (what := _what_it_is(value, self._resource)):
            raise BrokenContentError(what, line)
        self._is_first = False
        return Item(value, line, self._part.location, repeated)


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
