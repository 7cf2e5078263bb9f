"""The encoding of a file, told by its bytes."""

import codecs
from contextlib import suppress
from dataclasses import replace
from itertools import islice

from validate._src.reading.compression import unpacked
from validate._src.reading.encodings import (
    CODE,
    UTF_8,
    decoded,
    mime_name,
    undecodable,
    utf_16_by_nulls,
)
from validate._src.words.errors import FileError
from validate._src.words.model import Part, Resource

USUAL = "cp1252"
TOO_LITTLE_TO_TELL = 0.02  # of confidence: between guesses on a few characters chance decides
FEW_NULLS = 0.01  # of characters: UTF-16 has as many as half, and hardly fewer in any table
SAMPLE = 100_000  # bytes around the first that is not UTF-8; chardet looks at twice as many at most


def encoding_of(resource: Resource, part: Part) -> str:
    """The encoding of a file: UTF-8 if it can be, else what its bytes look most like.

    The name is the one that MIME prefers, as far as it has one.

    Args:
        resource: the resource, whose encoding may be any.
        part: one of its files.

    Raises:
        FileError: the file is no text, is in UTF-8 but for a few bytes, or its encoding
            cannot be told.

    Source: Data Package 2.0, Data Resource, "encoding": detected where it is not declared.
    """
    begin = next(unpacked(resource, part), b"")
    without_mark = utf_16_by_nulls(begin)
    if without_mark and _is_text_in(without_mark, resource, part):
        return mime_name(without_mark)
    telling = _first_beyond_utf_8(resource, part)
    if telling is None:
        return UTF_8
    if _is_mostly_utf_8(telling):
        raise undecodable(replace(resource, encoding=UTF_8), part)
    guessed = _guessed(telling)
    if guessed is None or not _is_text_in(guessed, resource, part):
        message = "the encoding cannot be told, or it is no text; save the file as UTF-8"
        raise FileError(part.location, message, code=CODE)
    return mime_name(guessed)


def _first_beyond_utf_8(resource: Resource, part: Part) -> bytes | None:
    """The lines around the first byte that is not UTF-8, if any is not.

    Raises:
        FileError: there is a null character.
    """
    try:
        for number, text in enumerate(decoded(resource, part, UTF_8)):
            if "\0" in text:
                before = islice(decoded(resource, part, UTF_8), number)
                raise _of_nulls(part, text, sum(map(_lines, before)))
    except UnicodeDecodeError as error:
        content: bytes = error.object
        start = content.rfind(b"\n", 0, max(error.start - SAMPLE // 2, 0)) + 1
        return content[start : start + SAMPLE]
    return None


def _of_nulls(part: Part, text: str, lines: int) -> FileError:
    """What is wrong with a text that has null characters, `lines` lines into its file.

    Few of them are faults of their places; of many the file is in another encoding, or no text.
    """
    if text.count("\0") > max(1, FEW_NULLS * len(text)):
        message = "no text, for it holds null characters"
        return FileError(part.location, message, code=CODE)
    before = text[: text.index("\0")]
    place = len(before) - max(before.rfind("\n"), before.rfind("\r"))
    message = (
        f"character {place:,} of the line is a null character (the byte 00), which no text has; "
        "remove it, and look whether something was lost there"
    )
    return FileError(part.location, message, lines + _lines(before) + 1)


def _lines(text: str) -> int:
    """How many lines end in a text."""
    return text.count("\n") or text.count("\r")


def _is_mostly_utf_8(content: bytes) -> bool:
    """Whether more of the characters beyond ASCII are UTF-8 than are not; other text has few."""
    beyond = [character for character in content.decode(UTF_8, "replace") if character > "\x7f"]
    return 2 * beyond.count("\ufffd") < len(beyond)


def _guessed(content: bytes) -> str | None:
    """The encoding that bytes look most like, one of those that are in use today.

    Short texts look like several; then it is the one that most of such files have.
    """
    import chardet

    era = chardet.EncodingEra.MODERN_WEB
    guesses = chardet.detect_all(content, ignore_threshold=True, encoding_era=era)
    best = guesses[0]["confidence"]
    likely = {
        codecs.lookup(guess["encoding"]).name
        for guess in guesses
        if guess["encoding"] and guess["confidence"] >= min(best / 2, best - TOO_LITTLE_TO_TELL)
    }
    first = guesses[0]["encoding"]
    return USUAL if USUAL in likely else first and codecs.lookup(first).name


def _is_text_in(encoding: str, resource: Resource, part: Part) -> bool:
    """Whether a file can be read in an encoding from beginning to end."""
    with suppress(UnicodeError):
        return not any("\0" in text for text in decoded(resource, part, encoding))
    return False
