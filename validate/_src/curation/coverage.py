"""How completely each source is coded: segments, rows, and expressions that no row accounts for."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from validate._src.curation.countedrows import coded_sources, proved_rows, refuse_restricted
from validate._src.curation.documents import Compared, compared_sections, compared_table
from validate._src.tables.dataset import Dataset, anchored_rows, sound_rows
from validate._src.tables.sourcetext import SourceText
from validate._src.words.anchors import Anchors, Segments, Spans
from validate._src.words.errors import PackageError

_Rows = tuple[Spans, pl.DataFrame]
"""Spans that are rows of one resource, and those rows."""


@dataclass(frozen=True)
class Loose:
    """An expression of a text that lies in no span, in a piece that is not excused.

    Attributes:
        kind: name of the accountable kind.
        segment: the piece in which it starts, or None where there is none.
        start: its offset in the canonical text.
        context: it and the characters around it.
    """

    kind: str
    segment: int | None
    start: int
    context: str


@dataclass(frozen=True)
class Coverage:
    """How completely one source is coded.

    Attributes:
        source: key of the source.
        segments: how many pieces it has.
        coded: how many of them hold a span.
        excused: how many have a reason, by reason.
        open_segments: pieces with neither a span nor a reason.
        sections: the sections of the text, in its order.
        rows: how many rows have a span in each section, by (section, table).
        accounted: how many expressions are accounted for, by kind; None without the text.
        loose: the expressions that are not, in order.
        compared: how its sections compare with what claims report of it; none of a source that
            is no document of the verifications.
    """

    source: str
    segments: int
    coded: int
    excused: Counter[str]
    open_segments: tuple[int, ...]
    sections: tuple[str, ...]
    rows: Counter[tuple[str, str]]
    accounted: Counter[str] | None
    loose: tuple[Loose, ...]
    compared: tuple[Compared, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every piece is coded or excused, and nothing is loose."""
        return not self.open_segments and not self.loose


def coverage(dataset: Dataset) -> list[Coverage]:
    """How completely each source is coded, in the order of the sources.

    Raises:
        PackageError: the package declares no anchors, or no section and reason of its pieces;
            a table that is counted has findings; a text is not the one that was coded.
    """
    anchors = dataset.package.anchors
    if anchors is None or anchors.segments.section is None or anchors.segments.reason is None:
        raise PackageError(
            f"{dataset.package.file.name}: anchors: coverage needs segments with section and reason"
        )
    _check_free(dataset, anchors)
    pieces = dataset.tables[anchors.segments.resource]
    sound_rows(pieces, (), [anchors.segments.section, anchors.segments.reason])
    return [_coverage(dataset, anchors, source) for source in coded_sources(dataset, anchors)]


def _check_free(dataset: Dataset, anchors: Anchors) -> None:
    """Checks that no field is restricted whose values coverage is said by.

    Raises:
        PackageError: one is.
    """
    pieces = anchors.segments
    for resource, names in (
        (anchors.sources.resource, [anchors.sources.source]),
        (pieces.resource, [pieces.source, pieces.segment, str(pieces.section), str(pieces.reason)]),
    ):
        refuse_restricted(dataset, resource, names)


def _coverage(dataset: Dataset, anchors: Anchors, source: str) -> Coverage:
    declared = anchors.segments
    pieces = anchored_rows(dataset, declared).filter(pl.col(declared.source) == source)
    spans = [
        (one, anchored_rows(dataset, one).filter(pl.col(one.source) == source))
        for one in anchors.spans
    ]
    spans_of_rows = [(one, rows) for one, rows in spans if one in dataset.package.evidence]
    coded = {segment for one, rows in spans for segment in rows[one.segment]}
    reasons = dict(zip(pieces[declared.segment], pieces[str(declared.reason)], strict=True))
    text = (dataset.texts or {}).get(source)
    expressions = [] if text is None else list(_expressions(anchors, text))
    loose = [] if text is None else list(_loose(expressions, anchors, pieces, spans, text))
    return Coverage(
        source=source,
        segments=pieces.height,
        coded=len(coded),
        excused=Counter(reason for reason in reasons.values() if reason is not None),
        open_segments=tuple(
            segment
            for segment, reason in reasons.items()
            if reason is None and segment not in coded
        ),
        sections=tuple(dict.fromkeys(_sections(anchors, pieces))),
        rows=_rows_by_section(dataset, anchors, pieces, spans_of_rows),
        accounted=None
        if text is None
        else Counter(kind for kind, _, _ in expressions) - Counter(item.kind for item in loose),
        loose=tuple(loose),
        compared=compared_sections(dataset, source),
    )


def _rows_by_section(
    dataset: Dataset, anchors: Anchors, pieces: pl.DataFrame, spans: Sequence[_Rows]
) -> Counter[tuple[str, str]]:
    """How many rows of each table the spans of each section stand for.

    The tables are those whose primary key is a reference to what the spans refer to.
    """
    section = dict(zip(pieces[anchors.segments.segment], _sections(anchors, pieces), strict=True))
    tables = dict(proved_rows(dataset, [declared for declared, _ in spans]))
    standing: set[tuple[str, str, str]] = set()
    for declared, rows in spans:
        references = [key.fields[0] for key in dataset.proving_keys(declared)]
        sound_rows(dataset.tables[declared.resource], (), references)
        standing |= {
            (section.get(row[declared.segment], ""), tables[row[name]], row[name])
            for name in references
            for row in rows.iter_rows(named=True)
            if row[name] in tables
        }
    return Counter((where, table) for where, table, _ in standing)


def _sections(anchors: Anchors, pieces: pl.DataFrame) -> pl.Series:
    """The section of each piece, empty for a piece that names none."""
    return pieces[str(anchors.segments.section)].fill_null("")


def _expressions(anchors: Anchors, text: SourceText) -> Iterator[tuple[str, int, int]]:
    """Kind, start and end of everything in a text that must be accounted for."""
    exempt = [
        match.span() for name in anchors.exempt for match in re.finditer(name, text.canonical)
    ]
    for kind in anchors.accountable:
        for match in re.finditer(kind.pattern, text.canonical):
            start, end = match.span()
            is_note_mark = all(offset in text.superscripts for offset in range(start, end))
            if not is_note_mark and not _inside(start, end, exempt):
                yield kind.name, start, end


def _loose(
    expressions: list[tuple[str, int, int]],
    anchors: Anchors,
    pieces: pl.DataFrame,
    spans: Sequence[_Rows],
    text: SourceText,
) -> Iterator[Loose]:
    declared: Segments = anchors.segments
    proved = [bounds for one, rows in spans for bounds in rows.select(one.start, one.end).rows()]
    segments = list(
        pieces.select(
            declared.segment, declared.start, declared.end, str(declared.reason)
        ).iter_rows()
    )
    for kind, start, end in expressions:
        around = [row for row in segments if row[1] <= start < row[2]]
        if _inside(start, end, proved) or any(reason for *_, reason in around):
            continue
        context = text.canonical[max(0, start - 12) : end + 12]
        yield Loose(kind, around[0][0] if around else None, start, context)


def _inside(start: int, end: int, bounds: list[tuple[int, int]]) -> bool:
    return any(first <= start and end <= last for first, last in bounds)


def lines_of(result: Coverage) -> Iterator[str]:
    """The coverage of a source as lines."""
    excused = ", ".join(f"{reason} {count}" for reason, count in sorted(result.excused.items()))
    total = sum(result.excused.values())
    yield result.source
    yield f"  segments {result.segments}: coded {result.coded}, excused {total} ({excused})"
    for segment in result.open_segments:
        yield f"  segment {segment} is neither coded nor excused"
    yield from _row_table(result)
    yield from compared_table(result.compared)
    if result.accounted is None:
        yield "  not checked: what lies beside its spans; no text was given (--sources DIR)"
        return
    counted = ", ".join(f"{kind} {count}" for kind, count in sorted(result.accounted.items()))
    yield f"  accounted for: {counted or 'nothing'}"
    for item in result.loose:
        place = f"{item.kind} in segment {item.segment} at {item.start}"
        yield f"  not accounted for: {place}: …{item.context}…"


def _row_table(result: Coverage) -> Iterator[str]:
    sections = [where for where in result.sections if any(where == s for s, _ in result.rows)]
    tables = sorted({table for _, table in result.rows})
    if not tables:
        return
    width = max(len(section) for section in (*sections, "section"))
    yield "  " + "  ".join([f"{'section':<{width}}", *tables])
    for section in sections:
        counts = (f"{result.rows[section, table]:>{len(table)}}" for table in tables)
        yield "  " + "  ".join([f"{section:<{width}}", *counts])
