"""Files of another format than is declared, told by what they begin with."""

import re
import zipfile
from dataclasses import dataclass

from validate._src.reading._signatures import ARCHIVE, OLD_OFFICE, SIGNATURES, Signature
from validate._src.reading.compression import unpacked
from validate._src.reading.encodings import UTF_8, UTF_16, UTF_16_MARKS, utf_16_by_nulls
from validate._src.reading.files import BLOCK, errors_named
from validate._src.reading.formats import JSON, format_named
from validate._src.words.errors import FileError
from validate._src.words.model import Part, Resource

HEAD = 2**16  # bytes: of text they tell what it is, and names in an archive stand elsewhere
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")
BEGINS_JSON = re.compile(
    rb"(\xef\xbb\xbf)?\s*([\[{]|(\"[^\"\n]*\"|-?\d[\d.eE+-]*|true|false|null)\s*(\n|\Z))"
)
"""An array, an object, or a line with another value of JSON alone."""
OF_JSON = (JSON, "ndjson")
ARCHIVED = ("zip", "xlsx", "xlsm", "ods")
"""What lies in an archive; one that is damaged may be any of these."""
AS_IT_IS = 'say "compression": "no", or compress it'
OF_TEXT = {b"\t": "tabs", b";": "semicolons", b",": "commas", b"|": "vertical bars"}
"""What cells of a text are usually parted by."""


@dataclass(frozen=True)
class Misnamed:
    """What is said of a file that is not what it is declared to be.

    Attributes:
        rule: the property of the descriptor that says otherwise.
        message: what the file is, and what to do, in one sentence.
    """

    rule: str
    message: str


@dataclass(frozen=True)
class _Begin:
    """The beginning of a file.

    Attributes:
        head: its first bytes, of UTF-16 in UTF-8.
        members: the files in it, in lower case, if it is an archive that can be listed.
    """

    head: bytes
    members: frozenset[str] = frozenset()


def misnamed(resource: Resource, part: Part) -> Misnamed | None:
    """What a file is that begins as files of another format do; None if it may be its own.

    Raises:
        FileError: the file cannot be read.

    Source: Data Package 2.0, Data Resource, "format", "compression".
    """
    begin = _begin(part)
    if not resource.compression:
        return _misnamed("format", begin, resource.format)
    return _unpressed(begin, resource) or _misnamed(
        "format", _Begin(_unpacked(resource, part)), resource.format
    )


def _unpressed(begin: _Begin, resource: Resource) -> Misnamed | None:
    """What a file is that is not compressed as it is declared to be."""
    found, signature = _misnamed("compression", begin, resource.compression), _signature(begin)
    if found is None or signature is None or (signature.declare or ("",))[0] == "compression":
        return found
    if signature.declare is None or resource.format in signature.formats:
        advice = (
            AS_IT_IS if signature.declare else signature.otherwise.format(declared=resource.format)
        )
    else:
        advice = f'say "format": "{signature.declare[1]}" and "compression": "no"'
    message = f"the file is {signature.what}, not {resource.compression}; {advice}"
    return Misnamed("compression", message)


def what_it_is(part: Part) -> str | None:
    """What a file is by its beginning; None where that cannot be told.

    Raises:
        FileError: the file cannot be read.
    """
    found = _signature(_begin(part))
    return found and found.what


def why_no_json(part: Part) -> str | None:
    """What a file is that is read as JSON and is none, and what to do; None if it may be JSON.

    Raises:
        FileError: the file cannot be read.
    """
    signature = _signature(_begin(part))
    if signature is None or {*OF_JSON} & {*signature.formats}:
        return None
    what = f"the file is {signature.what}, not JSON"
    if signature.declare is not None:
        return what
    return f"{what}; {signature.otherwise.format(declared=JSON)}"


def _misnamed(rule: str, begin: _Begin, declared: str) -> Misnamed | None:
    """What a file is by its beginning, if that is not what is declared."""
    known = format_named(declared)
    names = set(known.names) if known else {declared}
    signature = _signature(begin)
    if signature is None:
        return _as_text(rule, begin.head, declared)
    if names & {*signature.formats} or _is_broken(signature, begin, declared):
        return None
    return Misnamed(
        rule, f"the file is {signature.what}, not {declared}; {_advice(signature, declared)}"
    )


def _advice(signature: Signature, declared: str) -> str:
    """What to do with a file under a wrong name: say what it is, or make it what is declared."""
    otherwise = signature.otherwise.format(declared=declared)
    if signature.declare is None:
        return otherwise
    rule, value = signature.declare
    suffix = value if rule == "format" else f"{declared}.{value}"
    return f'say "{rule}": "{value}", name it "….{suffix}", or {otherwise}'


def _signature(begin: _Begin) -> Signature | None:
    return next((one for one in SIGNATURES if _fits(one, begin)), None)


def _fits(one: Signature, begin: _Begin) -> bool:
    if one.member and begin.members:
        return one.member in begin.members
    proved = one.proof is None or one.proof(begin.head)
    return one.pattern.match(begin.head) is not None and proved


def _is_broken(signature: Signature, begin: _Begin, declared: str) -> bool:
    """Whether it may be an archive of the format declared, of which nothing can be listed."""
    return signature is ARCHIVE and not begin.members and declared in ARCHIVED


def _as_text(rule: str, head: bytes, declared: str) -> Misnamed | None:
    """What is said of a text that is declared to be something else."""
    if CONTROL.search(head) or not head.strip():
        return None
    known = format_named(declared)
    if known is None:  # a compression
        return Misnamed(rule, f"the file is plain text, not {declared}; {AS_IT_IS}")
    if known.is_text and (known.names[0] not in OF_JSON or BEGINS_JSON.match(head)):
        return None
    what, advice = _parted(head)
    return Misnamed(rule, f"the file is {what}, not {declared}; {advice}")


def _parted(head: bytes) -> tuple[str, str]:
    """What a text is by what parts the cells of its first line, and what to declare."""
    first = head.lstrip().split(b"\n")[0]
    mark = max(OF_TEXT, key=first.count)
    if mark not in first:
        return "plain text", 'say the format that it has, such as "format": "csv"'
    name = "tsv" if mark == b"\t" else "csv"
    is_usual = mark in (b"\t", b",")
    dialect = "" if is_usual else f', and "delimiter": "{mark.decode()}" in the dialect'
    what = f"plain text delimited by {OF_TEXT[mark]}"
    return what, f'say "format": "{name}"{dialect}, or name it "….{name}"'


def _begin(part: Part) -> _Begin:
    with errors_named(part), part.open() as file:
        head = file.read(HEAD)
        if head.startswith(OLD_OFFICE):
            head += file.read(BLOCK)  # its streams may be named anywhere
    return _Begin(_in_utf_8(head), _members(part) if head.startswith(b"PK") else frozenset())


def _members(part: Part) -> frozenset[str]:
    """The files in an archive; none where they cannot be listed."""
    try:
        with part.open() as file, zipfile.ZipFile(file) as archive:
            return frozenset(map(str.lower, archive.namelist()))
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError):
        return frozenset()


def _unpacked(resource: Resource, part: Part) -> bytes:
    """The first bytes of what a compressed file unpacks to; none if it cannot be unpacked."""
    try:
        return _in_utf_8(next(unpacked(resource, part), b"")[:HEAD])
    except FileError:
        return b""


def _in_utf_8(head: bytes) -> bytes:
    """The first bytes of a file, those of UTF-16 as if they were UTF-8."""
    encoding = UTF_16 if head.startswith(UTF_16_MARKS) else utf_16_by_nulls(head)
    return head.decode(encoding, "ignore").encode(UTF_8, "ignore") if encoding else head
