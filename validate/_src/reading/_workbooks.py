"""Workbooks before they are read: whether they are what they should be, and what is in them."""

import zipfile
import zlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from difflib import get_close_matches

from validate._src.reading import _ods, _xls, _xlsx
from validate._src.reading._scans import ScanError, Scans
from validate._src.reading.compression import allowed_size
from validate._src.reading.files import BLOCK
from validate._src.words.errors import FileError
from validate._src.words.model import Part, Resource
from validate._src.words.spelling import folded

ZIP = b"PK"
GZIP = b"\x1f\x8b"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The name of the stream that holds a workbook with a password: [MS-OFFCRYPTO] 2.3.4.4."""
MEMBERS = {"xl/workbook.xml": "xlsx", "xl/workbook.bin": "xlsb", "content.xml": "ods"}
"""Files that archives of workbooks hold, and their formats."""
OF_FORMAT = {"xlsm": "xlsx"}
"""Formats that have the form of another."""
NAMED = 20  # sheets that a message names; more are no help to a reader
WHAT = {
    "xlsx": 'a workbook of Excel 2007 or later; name it "….xlsx", or say "format": "xlsx"',
    "xlsb": "a binary workbook of Excel 2007 or later; save it as xlsx",
    "ods": 'a document of OpenDocument; name it "….ods", or say "format": "ods"',
    "xls": 'a workbook of Excel 97 to 2003; name it "….xls", or say "format": "xls"',
    "password": "a workbook with a password; save it without one",
    "gzip": "a file compressed by gzip; unpack it",
    "markup": "HTML or XML; open it and save it as a workbook",
    "text": 'text; if its cells have a delimiter, say "format": "csv"',
}
"""What files are that are no workbook of their format, and what to do."""


def scanned(resource: Resource, part: Part) -> Scans:
    """What is to be known of the sheets before they are read.

    Sheets are read whole, gaps and all: what is made to fill memory is refused.

    Raises:
        FileError: a workbook unpacks to much more than it is, or one of its sheets is too large.
        ScanError: it is damaged, or something else.
    """
    assert part.file is not None
    wanted = OF_FORMAT.get(resource.format, resource.format)
    found = _form(part)
    if found is not None and found != wanted:
        raise ScanError(f"it is {WHAT[found]}")
    scans = _xls.scan(part.file.read_bytes()) if wanted == "xls" else _scanned_archive(wanted, part)
    for name, scan in scans.items():
        if scan.is_too_large:
            raise FileError(part.location, f'sheet "{name}" is larger than a sheet can be')
    return scans


def _scanned_archive(form: str, part: Part) -> Scans:
    scan = _ods.scan if form == "ods" else _xlsx.scan
    try:
        with zipfile.ZipFile(str(part.file)) as archive:
            if sum(one.file_size for one in archive.infolist()) > allowed_size(part):
                raise FileError(part.location, "unpacks to more than a workbook can hold")
            return scan(archive)
    except (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, RuntimeError):
        return {}  # the library that reads it says what is wrong


def _form(part: Part) -> str | None:
    """What a file is by its content; None where that cannot be told."""
    with part.open() as file:
        begin = file.read(BLOCK)
    if begin.startswith(ZIP):
        return _form_of_archive(part)
    if begin.startswith(_xls.SIGNATURE):
        return "password" if ENCRYPTED in begin else "xls"
    if begin.startswith(GZIP):
        return "gzip"
    with suppress(UnicodeDecodeError):
        text = begin.decode()
        if "\0" not in text and text.strip():
            return "markup" if text.lstrip("\ufeff \r\n\t").startswith("<") else "text"
    return None


def _form_of_archive(part: Part) -> str | None:
    try:
        with zipfile.ZipFile(str(part.file)) as archive:
            names = {*map(str.lower, archive.namelist())}
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError):
        return None
    return next((form for member, form in MEMBERS.items() if member in names), None)


def sheet_at(resource: Resource, part: Part, names: Sequence[str]) -> int:
    """The index of the sheet that the dialect of a resource names, the first by default.

    Raises:
        FileError: there is none; the message says which there are.
    """
    name = resource.dialect.sheet_name
    if name is None:
        at = (resource.dialect.sheet_number or 1) - 1
        if at < len(names):
            return at
        raise FileError(part.location, f"there is no sheet {at + 1}; {_known(names)}")
    if name in names:
        return names.index(name)
    near = _near(name, names)
    hint = f'did you mean "{near}"?' if near is not None else _known(names)
    raise FileError(part.location, f'there is no sheet "{name}"; {hint}')


def _known(names: Sequence[str]) -> str:
    shown = ", ".join(f'"{name}"' for name in names[:NAMED])
    return f"its sheets are {shown}{', …' if len(names) > NAMED else ''}"


def _near(name: str, names: Sequence[str]) -> str | None:
    """The name of a sheet that differs in case, in spaces or by a typing error."""
    plain: Mapping[str, str] = {folded(one): one for one in reversed(names)}
    close = get_close_matches(folded(name), [*plain], n=1)
    return plain[close[0]] if close else None
