"""EDTF dates: their form, and the fields that follow from them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from validate._src.checks.check import Check
from validate._src.tables.table import Table
from validate._src.words.findingframe import FindingFrame
from validate._src.words.model import Edtf, Field
from validate._src.words.outcome import Checked, NotChecked, Outcome

if TYPE_CHECKING:
    from validate._src.checks.edtf_dates import EdtfDate

CODE = "edtf-error"


class EdtfCheck(Check):
    """Judges every date of every field with the `edtf` property.

    Source: EDTF, Library of Congress, levels 0 and 1 (ISO 8601-2); docs/extensions.md.
    """

    def batch(self, table: Table) -> Iterator[Outcome]:
        """Judges the dates of some rows."""
        for field in table.fields:
            if field.edtf is not None:
                yield from _absent(table, field, field.edtf)
                yield from _field(table, field)
                dates = table.text.height - table.text[field.name].null_count()
                yield Checked("EDTF dates", dates)


def _absent(table: Table, field: Field, edtf: Edtf) -> Iterator[NotChecked]:
    for name in edtf.named_fields():
        if not table.has([name]):
            what = f"EDTF dates of {table.resource.name}.{field.name} beside {name}"
            why = f"{table.location} has no column {name}"
            yield NotChecked(what, why, frozenset({CODE}), table.resource.name)


def _parsed(text: str) -> EdtfDate | None:
    """What a text says; the grammar is built only for packages that have such dates."""
    from validate._src.checks.edtf_dates import parse

    return parse(text)


def _field(table: Table, field: Field) -> Iterator[FindingFrame]:
    for index, text in enumerate(table.text[field.name]):
        if text is None:
            yield from _derived(table, field, index, None)
            continue
        date = _parsed(text)
        if date is None:
            message = "not an EDTF level 1 date"
            yield table.finding(index, CODE, message, field=field.name, rule="edtf")
            continue
        yield from _derived(table, field, index, date)
        yield from _order(table, field, index, date)


def _derived(
    table: Table, field: Field, index: int, date: EdtfDate | None
) -> Iterator[FindingFrame]:
    """The fields that hold what follows from the date: all empty when there is none."""
    assert field.edtf is not None
    following = (
        ("earliest", field.edtf.earliest, date and date.earliest),
        ("latest", field.edtf.latest, date and date.latest),
        ("precision", field.edtf.precision, date and date.precision),
    )
    for role, name, value in following:
        if name is None or not table.has([name]):
            continue
        if _is_unknown(table, name, index) or table.values[name][index] == value:
            continue
        source = table.text[field.name][index] or "an empty date"
        message = f"the {role} of {source} is {'empty' if value is None else value}"
        yield table.finding(index, CODE, message, field=name, rule=role)


def _is_unknown(table: Table, name: str, index: int) -> bool:
    """Whether a cell holds something, but nothing of its field's type."""
    return table.text[name][index] is not None and table.values[name][index] is None


def _order(table: Table, field: Field, index: int, date: EdtfDate) -> Iterator[FindingFrame]:
    assert field.edtf is not None
    name = field.edtf.not_before
    if name is None or not table.has([name]) or date.latest is None:
        return
    other = _parsed(table.text[name][index] or "")
    if other is not None and other.earliest is not None and date.latest < other.earliest:
        message = f"lies before {name}, which is {table.text[name][index]}"
        yield table.finding(index, CODE, message, field=field.name, rule="notBefore")
