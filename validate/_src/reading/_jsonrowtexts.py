"""Texts of rows of JSON, with what is counted in them at once."""

from dataclasses import dataclass, replace

import polars as pl

from validate._src.reading._codes import codes_of, pieces_of
from validate._src.reading._jsoncells import CONTROL, escapes_in
from validate._src.reading._jsonshapes import Cut
from validate._src.reading.encodings import is_utf_8

UNCUT = Cut()


@dataclass(frozen=True)
class Text:
    """A text of n rows.

    Attributes:
        rows: the rows as they are cut out.
        quotes: how many quotes there are in them.
        controls: how many control characters, those of white space among them.
        escapes: how many backslashes, so that there are no more escapes in strings.
        cut: how they are cut out.
        lines: the lines that they are; None if they are none, or not all that follow each other.
    """

    rows: pl.Series
    quotes: int
    controls: int
    escapes: int
    cut: Cut = UNCUT
    lines: bytes | None = None

    def whole(self, at: int) -> str | None:
        """A row as it stands in the text; None if there is not behind it what should be."""
        row, (before, behind, after) = self.rows[at], self.cut
        return before + row.removesuffix(after) + behind if row.endswith(after) else None

    def at(self, index: pl.Series) -> "Text":
        """The same of some of its rows, ascending."""
        if len(index) == len(self.rows):
            return self
        rows = self.rows.gather(index)
        if 2 * len(index) > len(self.rows):
            others = self.rows.gather(without(index, len(self.rows)))
            quotes, controls = self.quotes - _quotes(others), self.controls
            controls -= _controls(others) if controls else 0
            escapes = self.escapes - (escapes_in(others) if self.escapes else 0)
        else:
            quotes, controls = _quotes(rows), _controls(rows) if self.controls else 0
            escapes = escapes_in(rows) if self.escapes else 0
        return replace(
            self, rows=rows, quotes=quotes, controls=controls, escapes=escapes, lines=None
        )


def as_text(
    rows: pl.Series,
    content: bytes,
    end: int,
    *,
    quotes: int = 0,
    controls: int = 0,
    cut: Cut = UNCUT,
) -> Text:
    """Rows with what is to be known of the text that they are cut out of.

    Args:
        rows: the rows.
        content: what begins with the text.
        end: where that ends.
        quotes: how many quotes there are in it outside of the rows.
        controls: how many control characters, such as ends of lines.
        cut: how the rows are cut out.
    """
    codes = codes_of(content).head(end)
    quotes = int((codes == ord('"')).sum()) - quotes
    controls = int((codes < ord(" ")).sum()) - controls
    escapes = int((codes == ord("\\")).sum()) if content.find(b"\\", 0, end) >= 0 else 0
    return Text(rows, quotes, controls, escapes, cut)


def lines_of(content: bytes, cut: Cut = UNCUT) -> Text | None:
    """Lines as rows; None where they are not UTF-8."""
    if not is_utf_8(content):
        return None
    places = (codes_of(content) == ord("\n")).arg_true()
    rows, ends = _between(content, places), len(places)
    if b"\r" in content:
        rows = rows.str.strip_suffix("\r")
        ends += content.count(b"\r\n")
    made = as_text(rows, content, len(content), controls=ends, cut=cut)
    return replace(made, lines=content)


def _between(content: bytes, ends: pl.Series) -> pl.Series:
    """What is before, between and behind ends of lines, the last if it is anything."""
    end = pl.col("end").cast(pl.Int64)
    cuts = ends.to_frame("end").select(pl.concat_arr(end, end + 1).explode()).to_series()
    if not content.endswith(b"\n"):
        cuts = cuts.append(pl.Series([len(content)]))
    return pieces_of(content, cuts).gather_every(2)


def _quotes(rows: pl.Series) -> int:
    return int(rows.str.count_matches('"', literal=True).sum())


def _controls(rows: pl.Series) -> int:
    return int(rows.str.count_matches(CONTROL).sum())


def without(index: pl.Series, count: int) -> pl.Series:
    """The indexes of so many rows that are not among some."""
    is_left = pl.repeat(True, count, dtype=pl.Boolean, eager=True)
    return is_left.scatter(index, False).arg_true()
