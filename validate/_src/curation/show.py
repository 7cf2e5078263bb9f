"""Rows with what they refer to, what refers to them, and their passages."""

from collections.abc import Iterator, Sequence

from validate._src.curation.places import Place, anchored, rows_with, summary
from validate._src.curation.search import Speaking
from validate._src.curation.verification import beside, compared, spans_of_documents
from validate._src.tables.dataset import Dataset
from validate._src.tables.table import Table
from validate._src.words.anchors import Spans
from validate._src.words.schema import ForeignKey

SHOWN = 5


def render(
    dataset: Dataset,
    places: Sequence[Place],
    width: int = 0,
    speaking: Speaking | None = None,
) -> str:
    """The rows as text, each with its references both ways, its passages and its verification.

    Args:
        dataset: where the rows stand.
        places: the rows.
        width: how many columns a line may have, for what stands side by side in wide ones.
        speaking: what speaks of rows; None if it is not asked.
    """
    lines = (line for place in places for line in _row(dataset, place, width, speaking))
    return "\n".join(lines) + "\n"


def _row(dataset: Dataset, place: Place, width: int, speaking: Speaking | None) -> Iterator[str]:
    yield f"{place.name}  ({place.location})"
    references = {
        name: (key, dataset.tables[key.resource])
        for key in place.table.schema.foreign_keys
        for name in key.fields
    }
    for name, text in place.cells().items():
        yield f"  {name}: {text}"
        if name in references and name == references[name][0].fields[-1]:
            yield from _outgoing(place, *references[name])
    if speaking is not None and (spoken := speaking(*place.at)):
        yield f"  ← in all: {', '.join(f'{title} {count:,}' for title, count in spoken)}"
    referring = list(_referring(dataset, place))
    for table, key, indexes in referring:
        fields = ", ".join(key.fields)
        yield f"  ← {table.resource.name}.{fields}: {len(indexes)}"
        yield from (f"      {summary(Place(table, index))}" for index in indexes[:SHOWN])
        if len(indexes) > SHOWN:
            yield f"      … and {len(indexes) - SHOWN} more"
    passages = [
        line
        for table, spans, index in _passages(dataset, place, referring)
        for line in anchored(dataset, Place(table, index), spans)
    ]
    yield from beside(passages, [*compared(dataset, place)], width)
    yield ""


def _outgoing(place: Place, key: ForeignKey, target: Table) -> Iterator[str]:
    wanted = [place.table.text[name][place.index] for name in key.fields]
    for index in rows_with(target, key.reference_fields, wanted):
        yield f"    → {summary(Place(target, index))}"


def _referring(dataset: Dataset, place: Place) -> Iterator[tuple[Table, ForeignKey, list[int]]]:
    for table in dataset.tables.values():
        for key in table.schema.foreign_keys:
            if key.resource != place.table.resource.name:
                continue
            wanted = [place.table.text[name][place.index] for name in key.reference_fields]
            indexes = rows_with(table, key.fields, wanted)
            if indexes:
                yield table, key, indexes


def _passages(
    dataset: Dataset,
    place: Place,
    referring: Sequence[tuple[Table, ForeignKey, list[int]]],
) -> Iterator[tuple[Table, Spans, int]]:
    """The spans that a row is, or that refer to it as what they prove."""
    anchors = dataset.package.anchors
    if anchors is None:
        return
    for spans in (anchors.segments, *anchors.spans):
        if place.table.resource.name == spans.resource:
            yield place.table, spans, place.index
    for spans in dataset.package.evidence:
        for table, key, indexes in referring:
            if table.resource.name == spans.resource and key in dataset.proving_keys(spans):
                yield from ((table, spans, index) for index in indexes)
    yield from spans_of_documents(dataset, place)
