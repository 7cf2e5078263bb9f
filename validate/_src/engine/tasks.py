"""The tasks of a table: what of it is judged at once, and where that lies among all bytes.

What they are follows from the files alone, so that parts and merge agree on them.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from itertools import accumulate

from validate._src.engine.results import Key
from validate._src.engine.shares import Share
from validate._src.engine.tables import LEAST_PART, can_be_untried
from validate._src.reading.files import BLOCK
from validate._src.reading.parquet import Piece, pieces_in
from validate._src.reading.splits import Inline, Split, Splitting
from validate._src.tables.opening import opened
from validate._src.words.model import Package, Part, TabularResource

LEAST = 4 * BLOCK
"""Bytes of a table from which on it is cut: of smaller ones more is read twice than is shared."""

WHOLE: Key = ("whole", "", 0)


def piece_key(number: int) -> Key:
    """A piece of a table of Parquet, of which it is the one of that number."""
    return "piece", "", number


def inline_key(number: int, inline: Inline) -> Key:
    """Files that are read in order, which are so many pieces after the first of the table."""
    return "files", inline.parts[0].location, number


def split_key(split: Split) -> Key:
    """A split, told by where it ends: where it begins, those before it tell."""
    return "split", split.part.location, split.end


def pieces_of(resource: TabularResource) -> tuple[Piece, ...]:
    """The pieces of a table of Parquet; none where it is judged as a whole."""
    least = max(LEAST, LEAST_PART * len(resource.parts))
    if not can_be_untried(resource) or resource.size < least:
        return ()
    return tuple(pieces_in(resource))


def splitting(resource: TabularResource) -> Splitting | None:
    """The reader of a table whose files are split; None where it is judged as a whole.

    Rows that are comments by their numbers are others in a split whose place is not known.
    """
    if resource.size < LEAST or resource.dialect.comment_rows or can_be_untried(resource):
        return None
    reader = opened(resource)
    return reader if isinstance(reader, Splitting) else None


@dataclass(frozen=True)
class Layout:
    """The files of the tables of a package that parts judge, one after the other.

    Attributes:
        begins: the byte at which each table begins, by name.
        total: how many bytes there are.
        share: which of them is looked at.
    """

    begins: Mapping[str, int]
    total: int
    share: Share

    @classmethod
    def of(cls, package: Package, needed: Set[str], share: Share) -> "Layout":
        """The layout of a package.

        Args:
            package: the package.
            needed: the tables that no part judges.
            share: which of its bytes is looked at.
        """
        tables = [table for name, table in package.tables.items() if name not in needed]
        *begins, total = accumulate((table.size for table in tables), initial=0)
        names = [table.name for table in tables]
        return cls(dict(zip(names, begins, strict=True)), total, share)

    def of_table(self, resource: TabularResource) -> "TableLayout | None":
        """Where a table lies; None where nothing of it can be of the share."""
        begin = self.begins[resource.name]
        *begins, end = accumulate((part.size for part in resource.parts), initial=begin)
        if not self.share.may_have(begin, end, self.total):
            return None
        files = dict(zip(resource.parts, begins, strict=True))
        return TableLayout(resource, begin, end, files, self.total, self.share)


@dataclass(frozen=True, eq=False)
class TableLayout:
    """Where a table lies among all bytes.

    Attributes:
        resource: the table.
        begin: the byte at which it begins.
        end: the byte before which it ends.
        files: the byte at which each of its files begins.
        total: how many bytes there are.
        share: which of them is looked at.
    """

    resource: TabularResource
    begin: int
    end: int
    files: Mapping[Part, int]
    total: int
    share: Share

    def has_all(self) -> bool:
        """Whether the table, judged as a whole, is of the share."""
        return self._has(self.begin, self.end)

    def has_file(self, part: Part) -> bool:
        """Whether a file is of the share, whoever judges what of it."""
        begin = self.files[part]
        return self._has(begin, begin + part.size)

    def has_split(self, split: Split) -> bool:
        """Whether a split is of the share."""
        begin = self.files[split.part]
        return self._has(begin + split.start, begin + split.end)

    def has_inline(self, inline: Inline) -> bool:
        """Whether files that are read in order are of the share."""
        first, last = inline.parts[0], inline.parts[-1]
        return self._has(self.files[first], self.files[last] + last.size)

    def has_piece(self, piece: Piece) -> bool:
        """Whether a piece of a table of Parquet is of the share."""
        part = self.resource.parts[piece.part]
        begin, declared = self.files[part], max(piece.declared, 1)
        end = piece.begin + piece.height
        return self._has(
            begin + part.size * piece.begin // declared, begin + part.size * end // declared
        )

    def _has(self, begin: int, end: int) -> bool:
        return self.share.has(begin, end, self.total)
