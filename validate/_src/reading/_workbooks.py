"""Workbooks before they are read: whether they are what they should be, and what is in them."""

import zipfile
import zlib
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from functools import cache

from validate._src.reading import _ods, _xls, _xlsx
from validate._src.reading._kept import as_it_is, kept
from validate._src.reading._scans import TOO_LARGE, Scan, ScanError, Scans
from validate._src.reading.compression import allowed_size
from validate._src.reading.misnamed import misnamed
from validate._src.words.errors import FileError
from validate._src.words.model import Part, Resource
from validate._src.words.spelling import folded

NAMED = 20  # sheets that a message names; more are no help to a reader


def scanned(resource: Resource, part: Part) -> Scans:
    """What is to be known of the sheets before they are read; refuses what would fill memory.

    Sheets are read whole, gaps and all. Those of the older formats are read with their workbook,
    so all are looked at here; of the others one by one, when they are wanted. What was found is
    kept as long as workbooks are.

    Raises:
        FileError: a workbook unpacks to much more than it is, one of its sheets is too
            large, or it is something else.
        ScanError: it is damaged.
    """
    known, key = kept(), ("scans", as_it_is(resource, part))
    if known is not None and key in known.made:
        return known.made[key]
    if found := misnamed(resource, part):
        raise FileError(part.location, found.message)
    scan = _scans(resource, part)

    @cache
    def checked(name: str) -> Scan:
        found = scan(name)
        _check_size(found, name, part)
        return found

    if known is not None:
        known.made[key] = checked
    return checked


def _scans(resource: Resource, part: Part) -> Scans:
    assert part.file is not None
    if resource.format == "xls":
        return _of_all(_xls.scan(part.file.read_bytes()), part)
    with _archive(part) as archive:
        if sum(one.file_size for one in archive.infolist()) > allowed_size(part):
            raise FileError(part.location, "unpacks to more than a workbook can hold")
        if resource.format == "ods":
            return _of_all(_ods.scan(archive), part)

    def of_one(name: str) -> Scan:
        with _archive(part) as archive:
            return _xlsx.scan(archive, name)

    return of_one


def _of_all(scans: Mapping[str, Scan], part: Part) -> Scans:
    for name, scan in scans.items():
        _check_size(scan, name, part)
    return lambda name: scans.get(name, Scan())


def _check_size(scan: Scan, name: str, part: Part) -> None:
    """Checks that a sheet can be read.

    Raises:
        FileError: it would fill the memory.
    """
    if scan.is_too_large:
        raise FileError(part.location, f'sheet "{name}" {TOO_LARGE}')


@contextmanager
def _archive(part: Part) -> Generator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(str(part.file)) as archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise ScanError(f"damaged: {error}") from None


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
