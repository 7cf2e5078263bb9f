"""For coders: where a passage of a source stands, and the rows of a source that is new."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from validate._src.curation.csvfile import write_records
from validate._src.tables.dataset import Dataset, anchored_rows, text_of
from validate._src.tables.sourcetext import SourceText, canonical, digest
from validate._src.words.anchors import Segments
from validate._src.words.errors import PackageError
from validate._src.words.model import Package


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


def cut(package: Package, source: str, folder: Path) -> str:
    """The rows of a source and of its segments, a segment a line of its text, as CSV.

    Line breaks are no characters of canonical text, so a text is cut by putting each segment on a
    line of its own; empty lines are none.

    Args:
        package: a package with anchors, which name the columns; its tables are not read.
        source: key of the source, which may be new to the package.
        folder: folder that holds its text.

    Returns:
        A header and the row of the source, an empty line, a header and a row a segment.

    Raises:
        PackageError: there are no anchors, or there is no such text, or none that can be read.
    """
    anchors = package.anchors
    if anchors is None:
        raise PackageError(f"{package.file.name}: the package declares no text anchors")
    text = text_of(folder, source)
    if text is None:
        raise PackageError(f"--sources {folder}: holds no {source}.txt")
    sources, declared = anchors.sources, anchors.segments
    rows = [(source, *row) for row in _segments(text)]
    if not rows:
        raise PackageError(f"{source}.txt: the text has no characters")
    own = (sources.source, sources.characters, sources.sha256)
    names = (declared.source, declared.segment, declared.start, declared.end, declared.sha256)
    whole = write_records([own, (source, str(len(text.canonical)), text.sha256)])
    return f"{whole}\n{write_records([names, *rows])}"


def _segments(text: SourceText) -> Iterator[tuple[str, str, str, str]]:
    """Number, start, end and digest of each line that has characters."""
    number = start = 0
    for line in text.original.split("\n"):
        characters = canonical(line)
        if characters:
            number, end = number + 1, start + len(characters)
            yield str(number), str(start), str(end), digest(characters)
            start = end


def _segment(pieces: pl.DataFrame, declared: Segments, start: int, end: int) -> int | None:
    """The segment of a source that holds a span, if one does."""
    holds = (pl.col(declared.start) <= start) & (pl.col(declared.end) >= end)
    return next(iter(pieces.filter(holds)[declared.segment]), None)
