"""From a Table Dialect descriptor to a frozen `Dialect`."""

import json
from collections.abc import Mapping
from typing import Any

from validate._src.package.declared import declared, property_names
from validate._src.reading.formats import format_named
from validate._src.words.errors import PackageError
from validate._src.words.model import Dialect

PROPERTIES = property_names(Dialect) - {"unknown"}
WITHOUT_EFFECT = {
    "$schema", "caseSensitiveHeader", "csvddfVersion", "description", "name", "title",
}  # fmt: skip
ONE_CHARACTER = ("quoteChar", "escapeChar")


def make_dialect(properties: Mapping[str, Any], format_name: str, place: str) -> Dialect:
    """The dialect that a descriptor describes.

    Args:
        properties: a Table Dialect descriptor that the profiles have found valid.
        format_name: the format of the files, by which cells may be parted.
        place: where the dialect belongs, for messages.

    Raises:
        PackageError: the dialect contradicts itself.

    Source: Data Package 2.0, Table Dialect.
    """
    known_format = format_named(format_name)
    by_default = {"delimiter": known_format.delimiter} if known_format else {}
    unknown = tuple(name for name in properties if name not in PROPERTIES | WITHOUT_EFFECT)
    dialect = declared(Dialect, by_default | {**properties}, unknown=unknown)
    _check_characters(dialect, place)
    if dialect.line_terminator == "":
        raise PackageError(f"{place}: dialect: lineTerminator cannot be empty")
    return dialect


def _check_characters(dialect: Dialect, place: str) -> None:
    """Checks that the characters with a meaning can be told from each other and from the text."""
    characters = {
        "delimiter": dialect.delimiter,
        "quoteChar": dialect.quote_char,
        "escapeChar": dialect.escape_char,
        "commentChar": dialect.comment_char,
    }
    given = [character for character in characters.values() if character is not None]
    for name, character in characters.items():
        shown = json.dumps(character, ensure_ascii=False)
        if character is None:
            continue
        if name in ONE_CHARACTER and len(character) != 1:
            raise PackageError(f"{place}: dialect: {name} must be one character, not {shown}")
        if not character or set(character) & set("\r\n"):
            raise PackageError(f"{place}: dialect: {name} cannot be {shown}")
        if given.count(character) > 1:
            raise PackageError(f"{place}: dialect: {name} {character} has another meaning too")
