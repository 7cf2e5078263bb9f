"""Keys as texts, for engines that bring equal keys of all rows together by themselves.

Hashes and frames of Polars stay in a process. A text is the same where the values are, in
whatever process it was made, and however their cells are written.
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import chain

import polars as pl

from validate._src.checks._keyvalues import EXACTLY, INDEX, key_values, listed
from validate._src.checks._references import dangling
from validate._src.checks._uniqueness import Uniqueness, repeated_at, uniquenesses
from validate._src.checks._uniqueness import empty_primary_keys as empty_primary_keys
from validate._src.tables.table import Table
from validate._src.words.findingframe import FindingFrame
from validate._src.words.schema import ForeignKey, Schema

ABSENT = "-"
"""What stands for a part that no row has, or whose Polars type tells all of its values apart."""


@dataclass(frozen=True)
class KeyTexts:
    """The keys of a table of which no other is at hand, each with a number: its place in `all`.

    Attributes:
        unique: those whose values stand in one row only.
        foreign: those to the table itself.
    """

    unique: tuple[Uniqueness, ...]
    foreign: tuple[ForeignKey, ...]

    @classmethod
    def of(cls, schema: Schema, columns: Set[str], foreign: Sequence[ForeignKey]) -> "KeyTexts":
        """The keys of a schema as far as they can be judged.

        Args:
            schema: the schema.
            columns: names of the fields that have a column.
            foreign: the foreign keys that can be judged.
        """
        unique = (one for one in uniquenesses(schema) if columns >= {*one.fields})
        return cls(tuple(unique), tuple(foreign))

    @property
    def all(self) -> "tuple[Uniqueness | ForeignKey, ...]":
        """All of them."""
        return (*self.unique, *self.foreign)

    @property
    def fields(self) -> frozenset[str]:
        """The names of the fields that they are made of."""
        referred_to = (key.reference_fields for key in self.foreign)
        return frozenset(chain(*(key.fields for key in self.all), *referred_to))

    def texts(self, table: Table) -> Iterator[tuple[int, bool, pl.Series]]:
        """The keys of some rows: its number, whether others refer to it, and the texts.

        Rows without a value in some part of a key are left out.
        """
        for number, key in enumerate(self.all):
            yield number, False, key_texts(table, key.fields)[1]
            if isinstance(key, ForeignKey):
                yield number, True, key_texts(table, key.reference_fields)[1]

    def findings(self, table: Table, number: int) -> tuple[pl.Series, FindingFrame]:
        """The texts of a key in the rows that have one, and what to say of each if it is at fault.

        Of a key that is to stand in one row only, how many have it is to be said by others: the
        messages are empty.
        """
        key = self.all[number]
        indexes, texts = key_texts(table, key.fields)
        if isinstance(key, Uniqueness):
            return texts, repeated_at(table, key, indexes, "")
        none = table.findings_at(indexes.clear(), "foreign-key", "")
        return texts, next(dangling(table, key, indexes), none)


def key_texts(table: Table, names: Sequence[str]) -> tuple[pl.Series, pl.Series]:
    """The values of a key as texts.

    Args:
        table: some rows.
        names: the fields of the key.

    Returns:
        The indexes of the m rows that have a value in each field, and m texts: two are equal
        where the values are.
    """
    values = key_values(table, names)
    parts = [str(part) for part in range(len(names))]
    exact = [EXACTLY + part for part in parts if EXACTLY + part in values.columns]
    coded = {name: _coded(_as_text(values[name])) for name in (*parts, *exact)}
    each = [
        one for part in parts for one in (coded[part], coded.get(EXACTLY + part, pl.lit(ABSENT)))
    ]
    texts = values.select(pl.concat_str(each).alias("texts")).to_series()
    return values[INDEX], texts


def _as_text(values: pl.Series) -> pl.Series:
    """Values as texts, each in one form; there is one zero."""
    if values.dtype.is_float():
        values = values + 0.0
    if values.dtype.is_temporal():
        values = values.to_physical()
    return values.cast(pl.String)


def _coded(texts: pl.Series) -> pl.Expr:
    """Texts such that several in a row can be told apart: each after its length."""
    text = pl.lit(texts)
    length = text.str.len_bytes().cast(pl.String)
    return pl.when(text.is_null()).then(pl.lit(ABSENT)).otherwise(length + ":" + text)


def repeated_message(unique: Uniqueness) -> str:
    """What is said, after their number, of the rows that have the same key."""
    return f"rows have the same {listed(unique.fields)}"
