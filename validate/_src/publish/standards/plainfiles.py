"""Files that every reader takes for the same table, and why others are not such."""

import csv
from collections.abc import Sequence
from io import StringIO

from validate._src.package.addresses import scheme_of
from validate._src.publish.content import PublishedTable
from validate._src.reading.encodings import UTF_8, python_name, transcoded
from validate._src.words.model import Dialect, Part, Resource

PLAIN = Dialect()
SEPARATED = {",": "text/csv", "\t": "text/tab-separated-values"}
"""What plain readers take to stand between cells, with the media type that tells them."""
MARK = "\ufeff"
PARQUET = ("parquet", "parq")
IN_PATHS = "some of its values stand in the paths of its files alone"


def why_not_plain(table: PublishedTable) -> str:
    """Why readers who know nothing of dialects would read a table otherwise; empty if they do not.

    They read CSV and TSV in UTF-8 with one header in the first row of each file, and Parquet.

    Args:
        table: the table, whose files are at hand.
    """
    resource = table.resource
    if resource.data is not None or not resource.files:
        return "its rows stand in no file"
    if resource.partitions:
        return IN_PATHS
    if resource.format in PARQUET:
        return ""
    if resource.format not in ("csv", "tsv", "txt"):
        return f"readers know CSV, TSV and Parquet, and it is {resource.format}"
    if not _is_plain(resource.dialect):
        return "its dialect is not that of plain CSV"
    if python_name(resource.encoding) != UTF_8:
        return f"readers take it to be in UTF-8, and it is in {resource.encoding}"
    if len(resource.parts) > 1 and any(scheme_of(part.location) for part in resource.parts):
        return "not all its files are in the package"
    if len(resource.parts) > 1 and not all(headed(resource)):
        return "not all its files have a header"
    return ""


def headed(resource: Resource) -> list[bool]:
    """For each file of a table of delimited text whether it begins with the header of the first."""
    if not resource.dialect.header:
        return [False] * len(resource.parts)
    beginnings = [_first_record(part, resource) for part in resource.parts]
    return [beginning == beginnings[0] for beginning in beginnings]


def _is_plain(dialect: Dialect) -> bool:
    """Whether cells and header stand where all readers look for them."""
    ours = (
        dialect.delimiter in SEPARATED,
        dialect.quote_char == PLAIN.quote_char,
        dialect.double_quote,
        dialect.escape_char is None,
        not dialect.skip_initial_space,
        dialect.null_sequence is None,
        dialect.header and dialect.header_rows in ((), (1,)),
        not (dialect.comment_rows or dialect.comment_char),
    )
    return all(ours)


def _first_record(part: Part, resource: Resource) -> Sequence[str]:
    dialect = resource.dialect
    block = next(transcoded(resource, part), b"")
    beginning = block.decode(errors="ignore")  # for a block may end within a character
    records = csv.reader(
        StringIO(beginning.removeprefix(MARK), newline=""),
        delimiter=dialect.delimiter,
        quotechar=dialect.quote_char,
        quoting=csv.QUOTE_MINIMAL if dialect.quote_char else csv.QUOTE_NONE,
        doublequote=dialect.double_quote,
        escapechar=dialect.escape_char,
        skipinitialspace=dialect.skip_initial_space,
    )
    return next(records, [])
