"""From a Table Dialect descriptor to a frozen `Dialect`."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from validate._src.package.declared import declared, property_names
from validate._src.package.problem import Problem
from validate._src.reading.formats import format_named
from validate._src.words.model import Dialect

PROPERTIES = property_names(Dialect) - {"unknown"}
WITHOUT_EFFECT = {
    "$schema", "csvddfVersion", "description", "name", "title",
}  # fmt: skip


def dialect_problems(properties: Mapping[str, Any], format_name: str) -> Iterator[Problem]:
    """What contradicts itself in a dialect that the profiles have found valid.

    Args:
        properties: a Table Dialect descriptor.
        format_name: the format of the files, by which cells may be parted.

    Source: Data Package 2.0, Table Dialect.
    """
    dialect = make_dialect(properties, format_name)
    for name, message in _character_problems(dialect):
        yield Problem((name,), message)
    if dialect.line_terminator == "":
        yield Problem(("lineTerminator",), "must not be empty")


def make_dialect(properties: Mapping[str, Any], format_name: str) -> Dialect:
    """The dialect that a descriptor describes.

    Args:
        properties: a Table Dialect descriptor that the profiles have found valid.
        format_name: the format of the files, by which cells may be parted.

    Source: Data Package 2.0, Table Dialect.
    """
    known_format = format_named(format_name)
    by_default = {"delimiter": known_format.delimiter} if known_format else {}
    unknown = tuple(name for name in properties if name not in PROPERTIES | WITHOUT_EFFECT)
    return declared(Dialect, by_default | {**properties}, unknown=unknown)


def _character_problems(dialect: Dialect) -> Iterator[tuple[str, str]]:
    """Whether the characters with a meaning can be told from each other and from the text."""
    characters = {
        "delimiter": dialect.delimiter,
        "quoteChar": dialect.quote_char,
        "escapeChar": dialect.escape_char,
        "commentChar": dialect.comment_char,
    }
    seen: set[str] = set()
    for name, character in characters.items():
        shown = json.dumps(character, ensure_ascii=False)
        if character is None:
            continue
        if not character or set(character) & set("\r\n"):
            yield name, f"cannot be {shown}"
        elif character in seen:
            yield name, f"{shown} has another meaning too"
        seen.add(character)
