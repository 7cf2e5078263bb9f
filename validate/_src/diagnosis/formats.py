"""Files of another format, told by what they begin with."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from json import JSONDecoder

from validate._src.diagnosis.diagnosis import Diagnosis, of_every_row
from validate._src.diagnosis.evidence import Evidence
from validate._src.reading.formats import format_named

ZIPPED = ("zip", "xlsx", "ods")
"""What lies in a zip file: by the first bytes of some it may be any of these."""
ZIP, GZIP, JSON = "a zip file", "a gzip file", "JSON"
SAVE_AS = "export it as {format}, or declare what it is"


@dataclass(frozen=True)
class _Beginning:
    """What files of a format begin with.

    Attributes:
        what: what such a file is.
        pattern: what it begins with.
        formats: names of the formats and compressions that begin so.
        remedy: what to do; `{format}` is the format that is declared.
    """

    what: str
    pattern: re.Pattern[bytes]
    formats: tuple[str, ...] = ()
    remedy: str = SAVE_AS


def _beginning(what: str, pattern: bytes, *formats: str, remedy: str = SAVE_AS) -> _Beginning:
    return _Beginning(what, re.compile(pattern, re.DOTALL), formats, remedy)


CONTROL = rb"(?=.{0,64}?[\x00-\x08\x0e-\x1f])"
"""What follows the first letters of a binary format: a text may begin with the same letters."""
SPACE = rb"(?:\xef\xbb\xbf)?\s*"
BEGINNINGS = (
    _beginning(
        "a git-lfs pointer",
        rb"version https://(git-lfs\.github\.com|hawser\.github\.com)/spec/",
        remedy="fetch the data with `git lfs pull`",
    ),
    _beginning(
        "an Excel workbook (xlsx)",
        rb"PK\x03\x04.{26}(\[Content_Types\]\.xml|_rels/\.rels|docProps/|xl/(workbook|styles|theme))",
        "xlsx",
        remedy='save the sheet as {format}, or say "format": "xlsx"',
    ),
    _beginning(
        "an OpenDocument spreadsheet (ods)",
        rb"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis\.opendocument",
        "ods",
        remedy='save the sheet as {format}, or say "format": "ods"',
    ),
    _beginning(
        ZIP, rb"PK(\x03\x04|\x05\x06)", *ZIPPED, remedy='unpack it, or say "compression": "zip"'
    ),
    _beginning(GZIP, rb"\x1f\x8b\x08", "gz", remedy='unpack it, or say "compression": "gz"'),
    _beginning("a file compressed by bzip2", rb"BZh[1-9]1AY&SY", remedy="unpack it"),
    _beginning("a file compressed by xz", rb"\xfd7zXZ\x00", remedy="unpack it"),
    _beginning("a file compressed by Zstandard", rb"\x28\xb5\x2f\xfd", remedy="unpack it"),
    _beginning(
        "an old Excel workbook (xls), or another file of old Office",
        rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "xls",
        remedy="save the sheet as {format}",
    ),
    _beginning(
        "a Parquet file", rb"PAR1" + CONTROL, "parquet", "parq", remedy='say "format": "parquet"'
    ),
    _beginning("an Arrow (Feather) file", rb"ARROW1\x00\x00"),
    _beginning("an SQLite database", rb"SQLite format 3\x00", "sqlite"),
    _beginning("an SPSS file", rb"\$FL[23]@\(#\)", "sav"),
    _beginning("a PDF", rb"%PDF-\d\.\d\s", remedy="take the table from its source"),
    _beginning("a text in RTF", rb"\{\\rtf"),
    _beginning(
        "a web page (HTML), such as one to log in or one that says what went wrong",
        SPACE + rb"(?i:(<!--.{0,999}?-->\s*)?(<!doctype html|<html[\s>]|<head[\s>]))",
        remedy="download the data again, and look at what comes",
    ),
    _beginning("XML", SPACE + rb"(?i:<\?xml\s)"),
    _beginning(
        JSON,
        SPACE + rb'(\[\s*[\[{]|\{\s*"([^"\\]|\\.)*"\s*:)',
        "json",
        "ndjson",
        "jsonl",
        remedy='say "format": "json", or "ndjson" where each line is an object',
    ),
)
"""What files begin with that are taken for something else, the narrower before the wider."""
AS_TEXT = 'say the format that it has, such as "format": "csv"'
AS_IT_IS = 'say "compression": "no", or compress it'
BINARY = ("xlsx", "ods", "xls", "parquet", "parq", "sqlite", "sav")


def another_format(evidence: Evidence) -> Iterator[Diagnosis]:
    """A file that begins as files of another format do, and not as its own.

    Source: Data Package 2.0, Data Resource, "format", "compression".
    """
    resource = evidence.resource
    wanted = {"format": (evidence.head, resource.format)}
    if resource.compression:
        wanted = {
            "compression": (evidence.head, resource.compression),
            "format": (evidence.unpacked_head, resource.format),
        }
    for rule, (head, declared) in wanted.items():
        if found := _told(head, declared):
            what, remedy = found
            advice = remedy.format(format=declared)
            yield of_every_row(rule, f"the file is {what}, not {declared}; {advice}")
            return


def _told(head: bytes, declared: str) -> tuple[str, str] | None:
    """What a file is, and what to do, by its first bytes; None if it may be what is declared."""
    known = format_named(declared)
    names = set(known.names) if known else {declared}
    for one in BEGINNINGS:
        if one.pattern.match(head) and (one.what != JSON or _is_json(head)):
            return None if names & {*one.formats} else (one.what, one.remedy)
    if (declared in BINARY or not known) and _is_text(head):
        return "plain text", AS_TEXT if known else AS_IT_IS
    return None


def _is_json(head: bytes) -> bool:
    """Whether what begins like JSON goes on like it: after a value its line ends.

    Otherwise it is a cell, and others follow it.
    """
    text = head.decode("utf-8", "ignore").lstrip("\ufeff \t\r\n")
    try:
        _, end = JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return True  # cut off where the head ends, or broken
    return text[end:].lstrip(" \t")[:1] in ("", "\r", "\n")


def _is_text(head: bytes) -> bool:
    """Whether bytes look like text: none is a control character but tabs and line ends."""
    return bool(head) and not re.search(rb"[\x00-\x08\x0e-\x1f]", head)
