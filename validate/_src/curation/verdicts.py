"""The verdicts on the claims of each document, and the claims that wait for one."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from validate._src.curation.countedrows import coded_sources, refuse_restricted, tables_of_claims
from validate._src.curation.csvfile import write_records
from validate._src.curation.documents import verified_rows
from validate._src.curation.places import Place, first_cells, rows_with
from validate._src.tables.dataset import Dataset, anchored_rows, sound_rows
from validate._src.words.anchors import Anchors
from validate._src.words.errors import PackageError
from validate._src.words.printing import counted, no_such, printable
from validate._src.words.verifications import Verifications


@dataclass(frozen=True)
class Verdicts:
    """The verdicts on the claims of one document.

    Attributes:
        document: the document; empty for the claims about none.
        counts: how many claims have each verdict.
        waiting: how many of them wait.
    """

    document: str
    counts: Counter[str]
    waiting: int


@dataclass(frozen=True)
class Evidence:
    """A span on which a claim rests.

    Attributes:
        order: where it stands in the order of the texts: the number of its source, its start.
        place: the same in words.
        words: its characters; None without the text.
    """

    order: tuple[int, int]
    place: str
    words: str | None


def verdicts(dataset: Dataset) -> list[Verdicts]:
    """The verdicts on the claims of each document: first of those that were compared most.

    Then those of which most claims wait come first; the claims about none are last.

    Raises:
        PackageError: the verifications have findings, or are restricted.
    """
    declared = dataset.package.verifications
    if declared is None:
        return []
    refuse_restricted(dataset, declared.resource, [declared.document, declared.verdict])
    rows = verified_rows(dataset, declared).select(declared.document, declared.verdict).rows()
    found: dict[str, Counter[str]] = {}
    for document, verdict in rows:
        found.setdefault(document or "", Counter())[verdict] += 1
    judged = [
        Verdicts(document, counts, sum(counts[verdict] for verdict in declared.wait))
        for document, counts in found.items()
    ]
    return sorted(judged, key=_standing)


def _standing(one: Verdicts) -> tuple[bool, int, int]:
    compared = one.counts.total() - one.waiting
    return not one.document, -compared, -one.waiting


def verdict_table(results: Sequence[Verdicts], declared: Verifications) -> Iterator[str]:
    """The verdicts on each document as lines."""
    found = dict.fromkeys(verdict for one in results for verdict in one.counts)
    names = dict.fromkeys((*declared.agree, *declared.differ, *declared.wait, *found))
    labels = [one.document or "(none)" for one in results]
    width = max(len(name) for name in (*labels, declared.document))
    yield declared.resource
    yield "  " + "  ".join([f"{declared.document:<{width}}", *names])
    for label, one in zip(labels, results, strict=True):
        cells = (f"{one.counts[name]:>{len(name)}}" for name in names)
        yield "  " + "  ".join([f"{label:<{width}}", *cells])
    waiting = [one for one in results if one.waiting]
    if waiting:
        claims = counted(sum(one.waiting for one in waiting), "claim")
        of_documents = counted(len(waiting), "document")
        yield f"  waiting: {claims} of {of_documents} (--waiting DOCUMENT lists those of one)"


def waiting(dataset: Dataset, document: str) -> str:
    """The claims of a document that wait to be compared with it, as CSV, one a line.

    They stand in the order of the texts that report them, as they are read beside the document:
    the claim, its table, where its evidence stands, its words with the texts at hand, and the
    first cells of its row.

    Args:
        dataset: a package with verifications.
        document: the document.

    Raises:
        PackageError: the package declares no verifications; there is no such document; a table
            that is looked at has findings, or fields that are restricted.
    """
    anchors, declared = dataset.package.anchors, dataset.package.verifications
    if anchors is None or declared is None:
        raise PackageError(f"{dataset.package.file.name}: the package declares no verifications")
    _check_free(dataset, declared)
    rows = verified_rows(dataset, declared)
    known = rows[declared.document].drop_nulls().unique(maintain_order=True)
    if document not in known:
        raise PackageError(no_such("document", document, known))
    waits = (pl.col(declared.document) == document) & pl.col(declared.verdict).is_in(declared.wait)
    claims = rows.filter(waits)[declared.claim]
    evidence = _evidence(dataset, anchors, {*claims})
    tables = tables_of_claims(dataset)
    header = (declared.claim, "table", "places", "passages", "row")
    nowhere = (len(dataset.tables[anchors.sources.resource].rows), 0)
    ordered = sorted(
        claims, key=lambda claim: min((one.order for one in evidence[claim]), default=nowhere)
    )
    lines = (
        (
            claim,
            tables.get(claim, ""),
            "; ".join(one.place for one in evidence[claim]),
            " … ".join(one.words for one in evidence[claim] if one.words is not None),
            _says(dataset, tables.get(claim), claim),
        )
        for claim in ordered
    )
    return write_records([header, *(map(printable, line) for line in lines)])


def _check_free(dataset: Dataset, declared: Verifications) -> None:
    """Checks that no field is restricted that says which claims wait and where they stand."""
    names = [declared.claim, declared.document, declared.verdict]
    refuse_restricted(dataset, declared.resource, names)
    for spans in dataset.package.evidence:
        places = [spans.source, spans.segment, spans.start, spans.end]
        refuse_restricted(dataset, spans.resource, places)


def _evidence(dataset: Dataset, anchors: Anchors, claims: set[str]) -> dict[str, list[Evidence]]:
    """The spans on which claims rest, in the order of the texts."""
    numbers = {source: number for number, source in enumerate(coded_sources(dataset, anchors))}
    found: dict[str, list[Evidence]] = {claim: [] for claim in claims}
    for spans in dataset.package.evidence:
        for key in dataset.proving_keys(spans):
            sound_rows(dataset.tables[spans.resource], (), key.fields)
            names = (key.fields[0], spans.source, spans.segment, spans.start, spans.end)
            for row in anchored_rows(dataset, spans).select(names).iter_rows():
                claim, source, segment, start, end = row
                if claim in found:
                    text = (dataset.texts or {}).get(source)
                    words = None if text is None else text.passage(start, end)
                    place = f"{source} segment {segment} at {start}-{end}"
                    order = numbers.get(source, len(numbers)), start
                    found[claim].append(Evidence(order, place, words))
    return {claim: sorted(some, key=lambda one: one.order) for claim, some in found.items()}


def _says(dataset: Dataset, name: str | None, claim: str) -> str:
    """The first cells of the row of a claim, as they may be written."""
    if name is None:
        return ""
    table = dataset.tables[name]
    rows = rows_with(table, table.schema.primary_key, [claim])
    return " · ".join(cell for index in rows for cell in first_cells(Place(table, index)))
