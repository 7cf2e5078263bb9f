"""What files of formats begin with, an entry each, so that one under a wrong name can be told."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from validate._src.reading._proofs import (
    has_password,
    is_json,
    is_lines_of_json,
    is_page,
    is_page_with_table,
)

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What compound files begin with: [MS-CFB] 2.2."""
SAVE_SHEET = "save the sheet as {declared}"
UNPACK = "unpack it"
EXPORT = "export it as {declared}"
EXPORT_TABLE = "open it where it was made, and export the table as {declared}"
FROM_SOURCE = "take the table from its source"


@dataclass(frozen=True)
class Signature:
    """What files of a format begin with.

    Attributes:
        what: what such a file is.
        pattern: what it begins with, text in UTF-8.
        formats: names of the formats and compressions that begin so.
        declare: the property and value by which a descriptor says so; none where we do not
            read it.
        otherwise: what to do where that is not meant; `{declared}` is the format declared.
        member: a file, in lower case, that an archive of the format holds.
        proof: what else is true of its first bytes.
    """

    what: str
    pattern: re.Pattern[bytes]
    formats: tuple[str, ...] = ()
    declare: tuple[str, str] | None = None
    otherwise: str = EXPORT
    member: str = ""
    proof: Callable[[bytes], bool] | None = None


def _of(
    what: str,
    pattern: bytes,
    *formats: str,
    declare: tuple[str, str] | None = None,
    otherwise: str = EXPORT,
    member: str = "",
    proof: Callable[[bytes], bool] | None = None,
) -> Signature:
    compiled = re.compile(pattern, re.DOTALL)
    return Signature(what, compiled, formats, declare, otherwise, member, proof)


CONTROL = rb"(?=.{0,64}?[\x00-\x08\x0e-\x1f])"
"""What follows the first letters of a binary format: a text may begin with the same letters."""
SPACE = rb"(?:\xef\xbb\xbf)?\s*"
TAG = (
    SPACE
    + rb"(?i:(<!--.{0,999}?-->\s*)*<(!doctype html|(html|head|body|table|div|meta|style)[\s>]))"
)
ENTRY = rb"PK\x03\x04.{26}"
"""What stands before the name of the first file in an archive."""
ARCHIVE = _of(
    "a zip file", rb"PK(\x03\x04|\x05\x06)", "zip", declare=("compression", "zip"), otherwise=UNPACK
)
SIGNATURES = (
    _of(
        "a git-lfs pointer",
        rb"version https://(git-lfs\.github\.com|hawser\.github\.com)/spec/",
        otherwise="fetch the data with `git lfs pull`",
    ),
    _of(
        "a git-annex pointer",
        rb"/annex/objects/[A-Z0-9_]+-[^/\n]*\r?\n",
        otherwise="fetch the data with `git annex get`",
    ),
    _of(
        "an Excel workbook (xlsx)",
        ENTRY + rb"(\[Content_Types\]\.xml|_rels/\.rels|docProps/|xl/(workbook|styles|theme))",
        "xlsx",
        declare=("format", "xlsx"),
        otherwise=SAVE_SHEET,
        member="xl/workbook.xml",
    ),
    _of(
        "a binary Excel workbook (xlsb)",
        ENTRY + rb"xl/workbook\.bin",
        otherwise="save it as xlsx",
        member="xl/workbook.bin",
    ),
    _of(
        "an OpenDocument text (odt)",
        ENTRY + rb"mimetypeapplication/vnd\.oasis\.opendocument\.text",
        otherwise=EXPORT_TABLE,
    ),
    _of(
        "an OpenDocument spreadsheet (ods)",
        ENTRY + rb"mimetypeapplication/vnd\.oasis\.opendocument",
        "ods",
        declare=("format", "ods"),
        otherwise=SAVE_SHEET,
        member="content.xml",
    ),
    _of("a Word document", ENTRY + rb"word/", member="word/document.xml", otherwise=EXPORT_TABLE),
    _of("an Apple Numbers document", ENTRY + rb"Index/", member="index/document.iwa"),
    ARCHIVE,
    _of(
        "a gzip file",
        rb"\x1f\x8b\x08",
        "gz",
        declare=("compression", "gz"),
        otherwise=UNPACK,
    ),
    _of("a file compressed by bzip2", rb"BZh[1-9]1AY&SY", otherwise=UNPACK),
    _of("a file compressed by xz", rb"\xfd7zXZ\x00", otherwise=UNPACK),
    _of("a file compressed by Zstandard", rb"\x28\xb5\x2f\xfd", otherwise=UNPACK),
    _of("a 7z archive", rb"7z\xbc\xaf\x27\x1c", otherwise=UNPACK),
    _of("a RAR archive", rb"Rar!\x1a\x07", otherwise=UNPACK),
    _of(
        "a workbook with a password",
        re.escape(OLD_OFFICE),
        otherwise="save it without one",
        proof=has_password,
    ),
    _of(
        "an old Excel workbook (xls), or another file of old Office",
        re.escape(OLD_OFFICE),
        "xls",
        declare=("format", "xls"),
        otherwise=SAVE_SHEET,
    ),
    _of("a Parquet file", rb"PAR1" + CONTROL, "parquet", "parq", declare=("format", "parquet")),
    _of("an Arrow (Feather) file", rb"ARROW1\x00\x00"),
    _of("an SQLite database", rb"SQLite format 3\x00", "sqlite", declare=("format", "sqlite")),
    _of("an SPSS file (sav)", rb"\$FL[23]@\(#\)", "sav", declare=("format", "sav")),
    _of("a Stata file (dta)", rb"<stata_dta><header>|[\x6c-\x73][\x01\x02]\x01\x00"),
    _of(
        "a SAS file",
        rb"\x00{12}\xc2\xea\x81\x60\xb3\x14\x11\xcf|HEADER RECORD\*{7}LIB(RARY|V8)",
    ),
    _of("an HDF5 file", rb"\x89HDF\r\n\x1a\n"),
    _of("a PDF", rb"%PDF-\d\.\d\s", otherwise=FROM_SOURCE),
    _of("an image", rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff[\xc0-\xfe]|GIF8[79]a", otherwise=FROM_SOURCE),
    _of("a text in RTF", rb"\{\\rtf1?[\\\s]", otherwise=EXPORT_TABLE),
    _of(
        "a web archive (MHTML), as some programs export for Excel",
        SPACE + rb"(?i:mime-version:\s*1\.0\s)",
        otherwise="open it in a spreadsheet and save it as {declared}",
    ),
    _of(
        "a web page (HTML) with a table, as some programs export for Excel",
        TAG,
        otherwise="open it in a spreadsheet and save it as {declared}, or, if it only says that "
        "something went wrong, download the data again",
        proof=is_page_with_table,
    ),
    _of(
        "a web page (HTML), such as one to log in or one that says what went wrong",
        TAG,
        otherwise="download the data again, and look at what comes",
        proof=is_page,
    ),
    _of(
        "a spreadsheet of Excel 2003 in XML",
        SPACE + rb"(?i:<\?xml\s.{0,500}?(<\?mso-application progid=.excel|<workbook[\s/>]))",
        otherwise="open it in a spreadsheet and save it as {declared}",
    ),
    _of("XML", SPACE + rb"(?i:<\?xml\s)"),
    _of(
        "newline-delimited JSON",
        SPACE + rb'\{\s*"([^"\\]|\\.)*"\s*:',
        "ndjson",
        "json",
        declare=("format", "ndjson"),
        proof=is_lines_of_json,
    ),
    _of(
        "JSON",
        SPACE + rb'(\[\s*[\[{]|\{\s*"([^"\\]|\\.)*"\s*:)',
        "json",
        "ndjson",
        declare=("format", "json"),
        proof=is_json,
    ),
)
"""What files begin with that are taken for something else, the narrower before the wider."""
