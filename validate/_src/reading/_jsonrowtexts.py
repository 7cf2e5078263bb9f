"""Texts of rows of JSON, with what is counted in them at once."""

from dataclasses import dataclass, replace

import polars as pl

from validate._src.reading._codes import codes_of
from validate._src.reading._jsoncells import CONTROL


@dataclass(frozen=True)
class Text:
    """A text of n rows.

    Attributes:
        rows: the rows.
        quotes: how many quotes there are in them.
        controls: how many control characters, those of white space among them.
        may_escape: whether there may be escapes in strings.
    """

    rows: pl.Series
    quotes: int
    controls: int
    may_escape: bool

    @property
    def escaped(self) -> pl.Series | None:
        """The rows in which there are escapes; None if there are none."""
        if not self.may_escape:
            return None
        return self.rows.str.contains("\\", literal=True).arg_true()

    def at(self, index: pl.Series) -> "Text":
        """The same of some of its rows, ascending."""
        if len(index) == len(self.rows):
            return self
        rows = self.rows.gather(index)
        if 2 * len(index) > len(self.rows):
            others = self.rows.gather(without(index, len(self.rows)))
            quotes, controls = self.quotes - _quotes(others), self.controls
            controls -= _controls(others) if controls else 0
        else:
            quotes, controls = _quotes(rows), _controls(rows) if self.controls else 0
        return replace(self, rows=rows, quotes=quotes, controls=controls)


def as_text(rows: pl.Series, content: bytes, ends: int) -> Text:
    """Rows with what is to be known of the text of which they are, and its ends of lines."""
    codes = codes_of(content)
    quotes, controls = int((codes == ord('"')).sum()), int((codes < ord(" ")).sum()) - ends
    return Text(rows, quotes, controls, b"\\" in content)


def _quotes(rows: pl.Series) -> int:
    return int(rows.str.count_matches('"', literal=True).sum())


def _controls(rows: pl.Series) -> int:
    return int(rows.str.count_matches(CONTROL).sum())


def without(index: pl.Series, count: int) -> pl.Series:
    """The indexes of so many rows that are not among some."""
    is_left = pl.repeat(True, count, dtype=pl.Boolean, eager=True)
    return is_left.scatter(index, False).arg_true()
