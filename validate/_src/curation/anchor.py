"""For coders: from a passage of a source to its segment, offsets and digest."""

import polars as pl

from validate._src.curation.csvfile import write_records
from validate._src.tables.dataset import Dataset, anchored_rows
from validate._src.tables.sourcetext import canonical, digest
from validate._src.words.anchors import Segments
from validate._src.words.errors import PackageError


def anchor(dataset: Dataset, source: str, passage: str) -> str:
    """The span of a passage as a header and a row of CSV, named as the first of the spans are.

    Args:
        dataset: a package with anchors, and the text of the source.
        source: key of the source.
        passage: characters of one segment, however spaced or wrapped.

    Raises:
        PackageError: the source has no text at hand, or the passage occurs in it
            nowhere, more than once, or across segments.
    """
    anchors = dataset.package.anchors
    text = (dataset.texts or {}).get(source)
    if anchors is None or text is None:
        raise PackageError(f'there is no text of a source "{source}" at hand')
    characters = canonical(passage)
    if not characters:
        raise PackageError("the passage has no characters")
    starts = text.occurrences(characters)
    if not starts:
        raise PackageError(f"{source}: the passage does not occur; copy it from the text")
    declared = anchors.segments
    pieces = anchored_rows(dataset, declared).filter(pl.col(declared.source) == source)
    places = [
        (_segment(pieces, declared, start, start + len(characters)), start) for start in starts
    ]
    if len(places) > 1:
        found = "; ".join(f"segment {segment or 'none'} at {start}" for segment, start in places)
        raise PackageError(
            f"{source}: the passage occurs {len(places)} times ({found}); "
            "add characters before or after it"
        )
    ((segment, start),) = places
    end = start + len(characters)
    if segment is None:
        raise PackageError(
            f"{source}: the passage at {start}-{end} lies in no single segment; "
            "anchor each segment's part by itself"
        )
    spans = anchors.spans[0]
    header = (spans.source, spans.segment, spans.start, spans.end, spans.sha256)
    return write_records([header, (source, str(segment), str(start), str(end), digest(characters))])


def _segment(pieces: pl.DataFrame, declared: Segments, start: int, end: int) -> int | None:
    """The segment of a source that holds a span, if one does."""
    holds = (pl.col(declared.start) <= start) & (pl.col(declared.end) >= end)
    return next(iter(pieces.filter(holds)[declared.segment]), None)
