"""Splits of files of delimited text."""

from dataclasses import dataclass, replace

from validate._src.reading._parsing import Asked
from validate._src.reading._plain import PlainBlock, plain_block
from validate._src.reading.batch import Batch
from validate._src.reading.blocks import read_range
from validate._src.reading.encodings import is_utf_8
from validate._src.reading.records import Place
from validate._src.reading.splits import Split, Told
from validate._src.words.model import Dialect


class TextSplitReader:
    """Reads splits of the files of a table, those that are plain."""

    def __init__(self, dialect: Dialect, width: int) -> None:
        """Has read none yet.

        Args:
            dialect: how they are delimited.
            width: how many columns the table has.
        """
        self._dialect, self._asked = dialect, Asked(width)
        self._has_surplus = False

    def read(self, split: Split) -> "PlainSplit | None":
        """A split; None where it is not plain, which may be for it begins inside a quoted cell."""
        block = read_range(split.part, split.start, split.end)
        if split.is_looked_at and not is_utf_8(block):
            return None
        surplus = self._has_surplus
        plain = plain_block(block, self._dialect, self._asked, 1, has_surplus=surplus)
        if plain is None or plain.odd is None:
            return None
        ragged, _ = plain.odd
        self._has_surplus = any(len(cells) > self._asked.width for cells in ragged.values())
        is_ascii = not split.is_looked_at or block.isascii()
        return PlainSplit(split, plain, is_ascii=is_ascii)


@dataclass(frozen=True, eq=False)
class PlainSplit:
    """A split that is plain.

    Attributes:
        split: where it is.
        block: its records.
        is_ascii: whether it is ASCII, or nobody looked.
    """

    split: Split
    block: PlainBlock
    is_ascii: bool

    @property
    def told(self) -> Told:
        """What it tells of those after it."""
        end = self.split.start + len(self.block.quoting.block)
        return Told(self.block.height, self.block.lines, end, self.is_ascii)

    def batch(self, place: Place, dialect: Dialect) -> Batch:
        """Its records, the first of which is at a place."""
        batch = replace(self.block, dialect=dialect).batch(self.split.part.location, place)
        assert batch is not None, "it was looked for ragged records when it was read"
        return batch
