"""Numerals: fields that print a number, held to those that hold it and to the texts that say it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from validate._src.checks._companions import absent
from validate._src.checks._numerals import numbers_in
from validate._src.checks.check import Check, Judge
from validate._src.tables.table import Table
from validate._src.words.codes import NUMERAL_CODES
from validate._src.words.findingframe import FindingFrame
from validate._src.words.model import TabularResource
from validate._src.words.outcome import Checked, Outcome
from validate._src.words.schema import Numeral

CODE, KIND = "numeral-error", "numerals"
NUMERAL, RESTATED = "numeral", "restatedIn"
MEMBERS = ("value", "maximum")
"""The members of the property that name fields of numbers, by the place of the number."""
Number = frozenset[Decimal]
Numbers = Sequence[Number]


class NumeralsCheck(Check):
    """Judges every numeral of every field with the `numeral` property.

    Source: docs/extensions.md, "Numerals".
    """

    def judge(self, resource: TabularResource) -> Judge:
        """What judges the numerals of a table."""
        return _NumeralsJudge()


class _NumeralsJudge:
    """Judges the numerals of some rows."""

    def batch(self, table: Table) -> Iterator[Outcome]:
        """What is wrong with them, and how many there are."""
        for field in table.fields:
            if field.numeral is not None:
                named = field.numeral.named_fields()
                yield from absent(table, field.name, named, KIND, NUMERAL_CODES)
                yield from _Numerals(table, field.name, field.numeral).findings()
                stated = table.cells.height - table.cells[field.name].null_count()
                yield Checked(KIND, stated)


@dataclass(frozen=True)
class _Fault:
    """What is wrong in a row: words, and the numbers after them, which may have to be withheld."""

    row: int
    words: str
    numbers: str


@dataclass(frozen=True)
class _Numerals:
    """The numerals of a field in some rows.

    Attributes:
        table: n rows.
        name: the field.
        numeral: what goes with it.
    """

    table: Table
    name: str
    numeral: Numeral

    def findings(self) -> Iterator[FindingFrame]:
        """What is wrong, field by field."""
        stated = [numbers_in(text or "") for text in self.table.text[self.name]]
        is_empty = self.table.cells[self.name].is_null()
        most, wanted = 1, "one number"
        if self.numeral.maximum is not None:
            most, wanted = 2, "one number or the two of a range"
        told = [
            empty or 1 <= len(numbers) <= most
            for numbers, empty in zip(stated, is_empty, strict=True)
        ]
        untold = [
            _Fault(row, f"must state {wanted}, and states ", _listed(stated[row]) or "none")
            for row, is_told in enumerate(told)
            if not is_told
        ]
        yield from self._found(untold, self.name, NUMERAL)
        rows = {row: stated[row] for row, is_told in enumerate(told) if is_told}
        for place, name in enumerate((self.numeral.value, self.numeral.maximum)):
            if name is not None and self.table.has([name]):
                yield from self._found(self._differing(rows, place, name), name, MEMBERS[place])
        for name in self.numeral.restated_in:
            if self.table.has([name]):
                yield from self._found(self._unsaid(rows, name), name, RESTATED)

    def _differing(self, rows: Mapping[int, Numbers], place: int, name: str) -> Iterator[_Fault]:
        """What a field holds that is not the number at a place of the numeral, or not nothing."""
        held = _decimals(self.table, name)
        is_missing = self.table.cells[name].is_null().to_list()
        for row, numbers in rows.items():
            value, wanted = held[row], numbers[place] if place < len(numbers) else None
            if value is None and not is_missing[row]:
                continue  # of the wrong type: that is a finding already
            if wanted is None and value is not None:
                only = f"{self.name} states one number, " if numbers else f"{self.name} is empty"
                yield _Fault(row, only, _listed(numbers))
            if wanted is not None and value not in wanted:
                yield _Fault(row, f"{self.name} states ", _listed([wanted]))

    def _unsaid(self, rows: Mapping[int, Numbers], name: str) -> Iterator[_Fault]:
        """What the numerals state and a text does not."""
        texts = self.table.text[name].to_list()
        for row, numbers in rows.items():
            if texts[row] is not None:
                said = numbers_in(texts[row])
                unsaid = [number for number in numbers if all(map(number.isdisjoint, said))]
                if unsaid:
                    yield _Fault(row, f"does not state what {self.name} states: ", _listed(unsaid))

    def _found(self, faults: Iterable[_Fault], name: str, rule: str) -> Iterator[FindingFrame]:
        found = [*faults]
        if found:
            rows = pl.Series([fault.row for fault in found])
            numbers = pl.Series([fault.numbers for fault in found])
            named = [self.name, *self.numeral.named_fields()]
            shown = self.table.as_shown(numbers, rows, named)
            message = pl.Series([fault.words for fault in found]) + shown
            yield self.table.findings_at(rows, CODE, message, field=name, rule=rule)


def _decimals(table: Table, name: str) -> list[Decimal | None]:
    """The values of a field, each exactly; null where missing or of the wrong type."""
    values = table.values[name]
    exactly = table.exactly(name)
    texts = values.cast(pl.String) if exactly is None else exactly.fill_null(values.cast(pl.String))
    return [None if text is None else Decimal(text) for text in texts]


def _listed(numbers: Iterable[Number]) -> str:
    """Numbers as a person reads them; of one that may be two, both."""
    texts = (" or ".join(f"{value:,f}" for value in sorted(number)) for number in numbers)
    return ", ".join(texts)
