"""EDTF dates: their form, and the fields that follow from them."""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from validate._src.checks._companions import absent
from validate._src.checks.check import Check, Judge
from validate._src.checks.edtfdates import (
    EARLIEST,
    FIRST,
    LAST,
    LATEST,
    PRECISION,
    TEXT,
    KnownDates,
)
from validate._src.tables.table import Table
from validate._src.words.codes import EDTF_CODES
from validate._src.words.findingframe import FindingFrame
from validate._src.words.model import Package, TabularResource
from validate._src.words.outcome import Checked, Outcome
from validate._src.words.schema import Edtf, Field

CODE, KIND = "edtf-error", "EDTF dates"


class EdtfCheck(Check):
    """Judges every date of every field with the `edtf` property.

    Source: EDTF, Library of Congress, levels 0 and 1 (ISO 8601-2); docs/extensions.md.
    """

    def __init__(self, package: Package) -> None:
        """Prepares for the tables of a package."""
        super().__init__(package)
        self._known = KnownDates()

    def judge(self, resource: TabularResource) -> Judge | None:
        """What judges the dates of a table; None where no field has any."""
        has_any = any(field.edtf is not None for field in resource.schema.fields)
        return _EdtfJudge(self._known) if has_any else None


@dataclass(frozen=True)
class _EdtfJudge:
    """Judges the dates of some rows."""

    known: KnownDates

    def batch(self, table: Table) -> Iterator[Outcome]:
        """What is wrong with them, and how many there are."""
        fields = [(field, field.edtf) for field in table.fields if field.edtf is not None]
        names = {field.name for field, _ in fields}
        names |= {edtf.not_before for _, edtf in fields if edtf.not_before is not None}
        known = self.known.among(table.text[name] for name in names if table.has([name]))
        for field, edtf in fields:
            yield from absent(table, field.name, edtf.named_fields(), KIND, EDTF_CODES)
            yield from _field(table, field, edtf, known)
            dates = table.cells.height - table.cells[field.name].null_count()
            yield Checked(KIND, dates)


def _field(table: Table, field: Field, edtf: Edtf, known: pl.DataFrame) -> Iterator[FindingFrame]:
    dates = _dates_of(table, field.name, known)
    is_wrong = dates[TEXT].is_not_null() & dates[PRECISION].is_null()
    if is_wrong.any():
        message = "not an EDTF level 1 date"
        yield table.findings_at(is_wrong.arg_true(), CODE, message, field=field.name, rule="edtf")
    following = {EARLIEST: edtf.earliest, LATEST: edtf.latest, PRECISION: edtf.precision}
    for role, name in following.items():
        if name is not None and table.has([name]):
            yield from _derived(table, name, role, field.name, dates)
    if edtf.not_before is not None and table.has([edtf.not_before]):
        others = _dates_of(table, edtf.not_before, known)
        yield from _order(table, field.name, edtf.not_before, dates, others)


def _dates_of(table: Table, name: str, known: pl.DataFrame) -> pl.DataFrame:
    """What the texts of a field say, a row for each row of the table."""
    texts = table.text[name].alias(TEXT).to_frame()
    return texts.join(known, on=TEXT, how="left", maintain_order="left")


def _derived(
    table: Table, name: str, role: str, date: str, dates: pl.DataFrame
) -> Iterator[FindingFrame]:
    """What is wrong with a field that follows from dates; it is empty where there is none.

    Args:
        table: n rows.
        name: the field.
        role: what it says of the date: `earliest`, `latest` or `precision`.
        date: the field of the dates.
        dates: what the n dates say.
    """
    text, value, expected = table.text[name], table.values[name], dates[role]
    is_date = dates[TEXT].is_null() | dates[PRECISION].is_not_null()
    is_of_its_type = text.is_null() | value.is_not_null()  # what is not has a finding already
    wrong = (is_date & is_of_its_type & value.ne_missing(expected)).arg_true()
    if len(wrong):
        source = table.as_shown(dates[TEXT].gather(wrong), wrong, [date]).fill_null("an empty date")
        said = table.as_shown(expected.gather(wrong).cast(pl.String), wrong, [date])
        said = said.fill_null("empty")
        message = pl.select(pl.format(f"the {role} of {{}} is {{}}", source, said)).to_series()
        yield table.findings_at(wrong, CODE, message, field=name, rule=role)


def _order(
    table: Table, name: str, other: str, dates: pl.DataFrame, others: pl.DataFrame
) -> Iterator[FindingFrame]:
    """Dates that end before the date of another field begins."""
    wrong = (dates[LAST] < others[FIRST]).fill_null(value=False).arg_true()
    if len(wrong):
        text = table.as_shown(others[TEXT].gather(wrong), wrong, [other])
        message = f"lies before {other}, which is " + text
        yield table.findings_at(wrong, CODE, message, field=name, rule="notBefore")
