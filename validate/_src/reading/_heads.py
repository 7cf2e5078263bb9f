"""What stands in a file of delimited text beside its rows: its header, and comments."""

from dataclasses import dataclass, replace

from validate._src.reading.records import Record
from validate._src.words.model import Dialect


@dataclass(frozen=True)
class FileHeader:
    """The header of a file.

    Attributes:
        labels: its cells, those of several rows joined.
        rows: the cells of its rows.
        row: record number of its last row.
        line: physical line on which that row starts.
        records: what was read up to there, comments too.
        taken: the blocks that they were read from.
    """

    labels: list[str]
    rows: list[list[str]]
    row: int
    line: int
    records: list[Record]
    taken: bytes

    @property
    def text(self) -> str:
        """Its last row as it stands in the file."""
        return next((one.text for one in self.records if one.number == self.row), "")


def shifted(dialect: Dialect, rows: int) -> Dialect:
    """A dialect whose numbers of rows count from after so many rows of the table."""
    return replace(
        dialect,
        header_rows=tuple(number + rows for number in dialect.header_rows),
        comment_rows=tuple(number + rows for number in dialect.comment_rows),
    )


def is_comment(record: Record, dialect: Dialect) -> bool:
    """Whether a record is left out: by its number, or by the character that it begins with.

    One that begins with a quote has the value of a cell there, whatever that begins with.

    Source: Data Package 2.0, Table Dialect, "commentChar".
    """
    if record.number in dialect.comment_rows:
        return True
    mark = dialect.comment_char
    if not mark or not record.cells or not record.cells[0].startswith(mark):
        return False
    text = record.text
    return (text.lstrip(" ") if dialect.skip_initial_space else text).startswith(mark)
