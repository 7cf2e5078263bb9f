"""The dialect of a file: what a reader must know of it beside its format, told by its content."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from validate._src.describe.firstlines import first_lines
from validate._src.describe.form import (
    Properties,
    format_of,
    resource_of,
    with_dialect,
)
from validate._src.describe.layout import Layout, layout_of
from validate._src.describe.rownames import (
    MOMENTS_APART,
    SHORT_HEADER,
    are_counted,
    are_moments_apart,
    are_quoted,
    has_row_names,
    is_spaced,
)
from validate._src.describe.rows import Row, first_rows
from validate._src.package.dialect import make_dialect
from validate._src.package.given import NOTHING, Given
from validate._src.reading.detection import encoding_of
from validate._src.reading.encodings import UTF_8
from validate._src.reading.records import LongCells, csv_rows, text_lines
from validate._src.words.errors import FileError
from validate._src.words.model import Dialect, Resource

if TYPE_CHECKING:
    import frictionless

DETECTED = ("delimiter", "quoteChar", "escapeChar")
"""What frictionless detects of a dialect and we believe."""
DELIMITERS = (",", ";", "\t", "|")
"""What cells are usually delimited by."""
SPACED = 0.9
"""The share of the cells after a delimiter that must begin with a space for it to be no part
of them: a title with a comma in it tells nothing of the rows below."""


@dataclass(frozen=True)
class Formed:
    """A resource with what its reader must know of its file.

    Attributes:
        properties: the resource as a descriptor has it, without a schema.
        layout: where the table stands among the rows of the file.
        is_in_rows: whether its rows may stand among others, which "commentRows" can leave out.
    """

    properties: Properties
    layout: Layout
    is_in_rows: bool = True


def with_form(properties: Properties, output: Path) -> Formed:
    """A resource with what its reader must know of its file.

    Args:
        properties: the resource with what is given of its encoding and dialect.
        output: where the descriptor will stand.

    Raises:
        FileError: the header is delimited otherwise than the rows, or there is no table.
        PackageError: the format is not among those that are described.
    """
    resource = resource_of(properties, output)
    known = format_of(resource)
    if known.described == "dialect":
        if known.written_as:
            properties = {**properties, "format": known.written_as}
        if "encoding" not in properties:
            properties = {**properties, **_encoding(resource)}
        given = properties.get("dialect", {})
        found = dialect_of(resource_of(properties, output), given)
        properties = with_dialect(properties, found)
    elif known.described != "sheet":
        return Formed(properties, Layout(None), is_in_rows=False)
    formed = resource_of(properties, output)
    if not formed.dialect.header or formed.dialect.header_rows:
        return Formed(properties, Layout(None))  # as it is given
    rows = first_rows(formed)
    layout = layout_of(rows)
    if known.described == "dialect":
        _check_header(formed, layout, rows)
        _check_row_names(formed, layout, rows)
    return Formed(with_dialect(properties, layout.dialect), layout)


def _encoding(resource: Resource) -> Properties:
    """The encoding of a file where it is not UTF-8."""
    encoding = encoding_of(resource, resource.parts[0])
    return {} if encoding == UTF_8 else {"encoding": encoding}


def _check_row_names(resource: Resource, layout: Layout, rows: Sequence[Row]) -> None:
    """Checks that the header has a label for each column: without one no column is its own.

    Raises:
        FileError: it has one fewer, and the rows begin with names.
    """
    header = layout.header
    if header is None:
        return
    below = [row for row in rows if row.number > header.number and row.cells]
    cells = [row.cells for row in below]
    if resource.dialect.delimiter == " " and are_moments_apart(header.cells, cells):
        raise FileError(resource.location, MOMENTS_APART, header.line, "misread-file")
    if not has_row_names(header.cells, cells):
        return
    lines = [*text_lines([first_lines(resource)])]
    written = [lines[row.line - 1] for row in (header, *below) if row.line is not None]
    if are_counted(header.cells, cells) or are_quoted(written, resource.dialect.delimiter):
        raise FileError(resource.location, SHORT_HEADER, header.line, "misread-file")


def _check_header(resource: Resource, layout: Layout, rows: Sequence[Row]) -> None:
    """Checks that the header is delimited as the rows are.

    Where it is not, it is one cell, and looks like a title or a header of one column.

    Raises:
        FileError: it is delimited by another character.
    """
    widths = Counter(len(row.cells) for row in rows if len(row.cells) > 1)
    ones = [row for row in (*layout.above[-1:], layout.header) if row and len(row.cells) == 1]
    if not ones or not widths or 2 * widths.total() < len(rows):
        return
    declared, row = resource.dialect.delimiter, ones[0]
    width = max(widths, key=widths.__getitem__)
    for other in DELIMITERS:
        if (
            other != declared
            and len(texts := row.cells[0].split(other)) == width
            and are_labels(texts)
        ):
            raise FileError(
                resource.location,
                f"the header is delimited by {json.dumps(other)}, the rows by "
                f"{json.dumps(declared)}; write the header as the rows are",
                row.line,
                "misread-file",
            )


def are_labels(texts: Sequence[str]) -> bool:
    """Whether texts may be labels, and are no title with commas in it."""
    return all(text and text == text.strip() for text in texts)


def dialect_of(resource: Resource, given: Given = NOTHING) -> Properties:
    """What of the way in which a file is delimited is not the default, and what is given.

    Args:
        resource: the resource.
        given: what is given of its dialect, and not to be told.

    Raises:
        FileError: frictionless makes no table of the file.

    Source: Data Package 2.0, Table Dialect.
    """
    content = first_lines(resource)
    lines = [*text_lines([content])]
    found = {**_detected(resource, content), **given}
    dialect = make_dialect(found, resource.format)
    delimiter = given.get("delimiter") or _delimiter(lines, dialect)
    if delimiter != dialect.delimiter:
        by_default = make_dialect({}, resource.format).delimiter
        found = {key: value for key, value in found.items() if key != "delimiter"}
        found |= {} if delimiter == by_default else {"delimiter": delimiter}
    if _is_spaced(csv_rows(lines, replace(dialect, delimiter=delimiter))):
        found["skipInitialSpace"] = True
    return found


def _detected(resource: Resource, content: bytes) -> Properties:
    """What frictionless says of the dialect of a file.

    Its parser alone is asked: the table as a whole has a field for each column, which it tells the
    type of for a millisecond each.
    """
    import frictionless

    kind = "tsv" if resource.format == "tsv" else "csv"
    table = frictionless.Resource(data=content, format=kind, encoding=UTF_8)
    try:
        # When it first reads CSV, it changes for the whole process how long a cell may be.
        with LongCells(), frictionless.system.create_parser(table):
            detected = table.dialect.to_descriptor()
    except frictionless.FrictionlessException as refusal:
        raise FileError(resource.location, _note_of(refusal)) from None
    detected |= detected.get("csv", {})
    return {name: detected[name] for name in DETECTED if name in detected}


def _note_of(refusal: "frictionless.FrictionlessException") -> str:
    """What frictionless says of a file that it does not read, in one line."""
    return " ".join(refusal.error.note.splitlines())


def _delimiter(lines: Sequence[str], detected: Dialect) -> str:
    """The delimiter by which most rows have the same number of cells, the detected one if it does.

    A title above the rows may have other characters in it than they have.
    """
    known = dict.fromkeys([detected.delimiter, *DELIMITERS])
    shares = {one: _evenness(csv_rows(lines, replace(detected, delimiter=one))) for one in known}
    spaced = csv_rows(lines, replace(detected, delimiter=" "))
    if not any(shares.values()) and is_spaced(lines, spaced):
        return " "
    return max(known, key=shares.__getitem__)


def _evenness(rows: Sequence[Sequence[str]]) -> float:
    """The share of rows that have the most usual number of cells, if that is above one."""
    widths = Counter(len(cells) for cells in rows if cells)
    return max((n for width, n in widths.items() if width > 1), default=0) / max(len(rows), 1)


def _is_spaced(rows: Sequence[Sequence[str]]) -> bool:
    """Whether nearly all cells after a delimiter begin with a space, in most rows."""
    several = [cells for cells in rows if len(cells) > 1]
    after = [cell for cells in several for cell in cells[1:] if cell]
    spaced = sum(cell.startswith(" ") for cell in after)
    return 2 * len(several) > len(rows) and bool(after) and spaced >= SPACED * len(after)
