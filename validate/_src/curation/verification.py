"""A claim beside the document that it reports: the verdict, and the words of the document."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from rich.cells import cell_len

from validate._src.curation.places import Place, anchored, rows_with
from validate._src.report.formats._wrapping import hanging
from validate._src.tables.dataset import Dataset
from validate._src.tables.table import Table
from validate._src.words.anchors import Spans
from validate._src.words.printing import printable
from validate._src.words.verifications import Verifications

WIDE = 120
"""Columns of a terminal from which on two texts stand side by side; in fewer, neither reads well.

Beyond the hundred that are taken where there is no terminal, so a file never has two in a line.
"""
BETWEEN = " │ "


def compared(dataset: Dataset, place: Place) -> Iterator[str]:
    """What is said of the comparison of a claim with its document, and where that says it.

    Args:
        dataset: where the claim stands.
        place: a row of any table; nothing is said of one that is no claim with a verification.
    """
    declared = dataset.package.verifications
    if declared is None or place.table.resource.name not in _tables_of_claims(dataset, declared):
        return
    table = dataset.tables[declared.resource]
    for index in rows_with(table, [declared.claim], _key(place)):
        row = Place(table, index)
        yield from _verdict(dataset, row, declared)
        for spanned, spans, span in spans_of_documents(dataset, row):
            yield from anchored(dataset, Place(spanned, span), spans)


def spans_of_documents(dataset: Dataset, place: Place) -> Iterator[tuple[Table, Spans, int]]:
    """The spans of documents that belong to a verification or to an unreported item.

    Args:
        dataset: where they stand.
        place: a row of any table; one that is neither has none.
    """
    anchors, declared = dataset.package.anchors, dataset.package.verifications
    if anchors is None or declared is None:
        return
    of_rows = {declared.resource: (declared.spans.resource, declared.spans.claim)}
    if (items := declared.unreported) is not None:
        of_rows[items.resource] = (items.spans.resource, items.spans.item)
    resource, field = of_rows.get(place.table.resource.name, ("", ""))
    if (spans := anchors.spans_of(resource)) is not None:
        table = dataset.tables[resource]
        yield from ((table, spans, index) for index in rows_with(table, [field], _key(place)))


def _tables_of_claims(dataset: Dataset, declared: Verifications) -> set[str]:
    """The tables that verifications refer to as claims, or else those that evidence does."""
    keys = dataset.tables[declared.resource].schema.foreign_keys
    registers = {key.resource for key in keys if key.fields == (declared.claim,)}
    return registers or {
        key.resource for spans in dataset.package.evidence for key in dataset.proving_keys(spans)
    }


def _key(place: Place) -> list[str | None]:
    """The text of the key of a row, be it of one field; else nothing that a row could refer to."""
    names = place.table.schema.primary_key
    return [place.table.text[name][place.index] for name in names if place.table.has([name])]


def _verdict(dataset: Dataset, row: Place, declared: Verifications) -> Iterator[str]:
    """The verdict with its aspects, and all else that a verification says."""
    cells = row.cells()
    cells.pop(declared.claim, None)
    verdict = cells.pop(declared.verdict, "none")
    mark = next((mark for mark, verdicts in _marks(declared) if verdict in verdicts), "?")
    aspects = ", ".join(_aspects(dataset, row, declared))
    about = f" ({aspects})" if aspects else ""
    yield f"  {mark} {declared.verdict}: {verdict}{about} · {row.name}"
    yield from (f"      {name}: {text}" for name, text in cells.items())


def _marks(declared: Verifications) -> Sequence[tuple[str, Sequence[str]]]:
    return (("=", declared.agree), ("≠", declared.differ), ("…", declared.wait))


def _aspects(dataset: Dataset, row: Place, declared: Verifications) -> Iterator[str]:
    """In what a claim differs from its document, as it may be written."""
    if (differences := declared.differences) is not None:
        table = dataset.tables[differences.resource]
        for index in rows_with(table, [differences.claim], _key(row)):
            aspect = Place(table, index).cells().get(differences.aspect)
            yield from () if aspect is None else (aspect,)


def beside(left: Sequence[str], right: Sequence[str], width: int) -> Iterator[str]:
    """Lines side by side in two columns where there is room, else one text below the other.

    Args:
        left: lines, each with the spaces that it is indented by.
        right: lines that go with them.
        width: how many columns of the terminal a line may have.
    """
    if not left or not right or width < WIDE:
        yield from (*left, *right)
        return
    room = (width - len(BETWEEN)) // 2
    for one, other in zip_longest(_folded(left, room), _folded(right, room), fillvalue=""):
        yield f"{one}{' ' * (room - cell_len(one))}{BETWEEN}{other}".rstrip()


def _folded(lines: Sequence[str], room: int) -> Iterator[str]:
    """Lines broken where they are longer than a column."""
    for line in map(printable, lines):
        text = line.lstrip()
        yield from hanging(text, room, line[: len(line) - len(text)])
