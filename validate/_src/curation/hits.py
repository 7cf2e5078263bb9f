"""Rows that have words in their texts, listed with the words marked."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import click

from validate._src.curation.places import Place, first_cells
from validate._src.curation.ranking import Kind
from validate._src.curation.search import Found, Hit
from validate._src.words.matching import folded, spans
from validate._src.words.printing import counted, printable

LONGEST = 320
"""Characters of a text that are shown as a whole."""
AROUND = 120
"""Characters that are shown on both sides of the first word in a longer one."""
SAID: Mapping[Kind, str] = {
    Kind.TIE: "which only ties others together",
    Kind.CODING: "which says how others were coded",
}
"""What is said of the tables whose rows are not listed."""


def listed(found: Found, limit: int, *, colour: bool) -> Iterator[str]:
    """The rows that were found, each with the fields that have the words, and how many there are.

    Args:
        found: hits, at least one, and the words that they have.
        limit: how many rows of a table are listed; all are counted, those of tables aside too.
        colour: whether words are marked in colour, for a terminal.
    """
    terms = [*map(folded, found.words)]
    counts = Counter(_table(hit) for hit in found.hits)
    shown: Counter[str] = Counter()
    for hit in found.hits:
        shown[_table(hit)] += 1
        if shown[_table(hit)] <= limit and _table(hit) not in found.aside:
            yield from _lines(hit, terms, colour=colour)
    for name, count in counts.items():
        if name in found.aside:
            rows = counted(count, "row")
            yield f"… and {rows} of {name}, {SAID[found.aside[name]]}: --resource {name} lists them"
        elif count > limit:
            rows = counted(count - limit, "more row")
            yield f"… and {rows} of {name}: --limit {count} lists them"
    yield _total(found, counts)


def _total(found: Found, counts: Counter[str]) -> str:
    quoted = " and ".join(f'"{printable(word)}"' for word in found.words)
    rows = counted(counts.total(), "row")
    verb = "has" if counts.total() == 1 else "have"
    where = f" in {counted(len(counts), 'table')}" if len(counts) > 1 else ""
    key = "" if all(hit.fields for hit in found.hits) else ", or a key like it"
    return f"{rows}{where} {verb} {quoted}{key}"


def _table(hit: Hit) -> str:
    return hit.place.table.resource.name


def _lines(hit: Hit, terms: Sequence[str], *, colour: bool) -> Iterator[str]:
    head = printable(hit.place.name)
    said = "".join(f"  {printable(title)} {count:,}" for title, count in hit.spoken)
    styled = click.style(head, bold=True) if colour else head
    yield f"{styled}  ({printable(hit.place.location)}){said}"
    if not hit.fields:
        yield from (f"  {printable(cell)}" for cell in first_cells(hit.place))
    for name in hit.fields:
        yield f"  {printable(name)}: {_marked(_text(hit.place, name), terms, colour=colour)}"
    yield ""


def _text(place: Place, name: str) -> str:
    return place.cells()[name]


def _marked(text: str, terms: Sequence[str], *, colour: bool) -> str:
    """A text, or what stands around the first word in it, with the words marked."""
    found = spans(text, terms)
    first, last = _window(text, found[0] if found else (0, 0))
    pieces = ["…"] if first else []
    at = first
    for start, end in found:
        if first <= start and end <= last:
            word = printable(text[start:end])
            marked = click.style(word, fg="red", bold=True) if colour else word
            pieces += [printable(text[at:start]), marked]
            at = end
    pieces += [printable(text[at:last]), "…" if last < len(text) else ""]
    return "".join(pieces)


def _window(text: str, word: tuple[int, int]) -> tuple[int, int]:
    """Which part of a text is shown."""
    if len(text) <= LONGEST:
        return 0, len(text)
    start, end = word
    return max(0, start - AROUND), min(len(text), max(end + AROUND, LONGEST))
