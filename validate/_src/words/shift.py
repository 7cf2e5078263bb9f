"""How far rows that were counted from anywhere are from where they stand."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Shift:
    """What is added to numbers of rows and lines that were counted before what precedes was known.

    Attributes:
        rows: what is added to the numbers of records.
        lines: what is added to the physical lines of one file.
        location: that file.
    """

    rows: int
    lines: int = 0
    location: str = ""

    def __bool__(self) -> bool:
        """Whether anything is moved."""
        return bool(self.rows or self.lines)

    def lines_in(self, location: str) -> int:
        """What is added to the lines of a file."""
        return self.lines if location == self.location else 0
