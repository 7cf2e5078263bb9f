"""Texts and JSON objects in files of UTF-8, or one line that says why there is none."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from validate._src.package.jsonobjects import (
    ReadObject,
    marked_value,
    read_object,
    steps_to_broken,
)
from validate._src.package.yamltext import is_yaml, yaml_value
from validate._src.words.codes import WARNING
from validate._src.words.errors import PackageError
from validate._src.words.finding import STARTS_WITH_MARK, Finding
from validate._src.words.place import Place

BYTE_ORDER_MARK = "\ufeff"


def read_text(file: Path, location: str) -> str:
    """The text of a UTF-8 file.

    Args:
        file: the file.
        location: what messages call it.

    Raises:
        PackageError: there is no such file, it cannot be read, or is not UTF-8.
    """
    if file.exists() and not file.is_file():  # a pipe or a device may never end
        raise PackageError(f"{location}: cannot be read: not a regular file")
    try:
        return file.read_text("utf-8")
    except FileNotFoundError:
        raise PackageError(f"{location}: no such file") from None
    except UnicodeDecodeError as error:
        raise PackageError(f"{location}: not UTF-8 at byte {error.start}") from None
    except ValueError as error:  # a name that no file can have
        raise PackageError(f"{location}: not usable: {error}") from None
    except OSError as error:
        raise PackageError(f"{location}: cannot be read: {error.strerror}") from None


def unmarked_text(file: Path, location: str) -> str:
    """The same without a byte order mark."""
    return read_text(file, location).removeprefix(BYTE_ORDER_MARK)


def mark_of(file: Path, location: str) -> Iterator[Finding]:
    """The warning that a file of the descriptor starts with a byte order mark, if it does.

    Source: RFC 8259, section 8.1: JSON has none, and a reader may pass over it.
    """
    with file.open("rb") as opened:
        mark = BYTE_ORDER_MARK.encode()
        if opened.read(len(mark)) == mark:
            yield Finding(
                resource="",
                path=location,
                code="encoding-error",
                severity=WARNING,
                message=STARTS_WITH_MARK,
                line=1,
            )


def read_json(file: Path, location: str) -> ReadObject:
    """A JSON object from a UTF-8 file, in YAML where its name says so.

    Keys that stand twice and words such as `NaN` are among the problems of the object.

    Args:
        file: the file.
        location: what messages call it.

    Raises:
        PackageError: as `read_text` does, or the file is not a JSON object.
    """
    text = unmarked_text(file, location)
    try:
        content = yaml_value(text, location) if is_yaml(location) else marked_value(text)
        content = read_object(content) if isinstance(content, dict) else None
        check_characters(content, Place(location))
    except json.JSONDecodeError as error:
        if why := _what_else(file, location):
            raise PackageError(f"{location}: {why}") from None
        place = f"{location}:{error.lineno}:{error.colno}"
        raise PackageError(f"{place}: not JSON: {error.msg}") from None
    except RecursionError:
        kind = "YAML" if is_yaml(location) else "JSON"
        raise PackageError(f"{location}: {kind} nested too deeply") from None
    if content is None:
        why = _what_else(file, location) or "is not a JSON object"
        raise PackageError(f"{location}: {why}")
    return content


def _what_else(file: Path, location: str) -> str | None:
    """What a file is that is no JSON, as far as its beginning tells."""
    # Here, as it brings the engine, which help and completions do without.
    from validate._src.reading.misnamed import why_no_json
    from validate._src.words.model import Part

    return why_no_json(Part(location, file))


def check_characters(content: Any, top: Place) -> None:
    """Checks that what was read, or given, has texts and keys that can be written.

    Args:
        content: a value of JSON.
        top: where it stands.

    Raises:
        PackageError: one has half of a surrogate pair; the message says where.
    """
    if (steps := steps_to_broken(content)) is not None:
        raise PackageError(f"{top.at(*steps)}: holds a lone surrogate, which is no character")
