"""How much of a document claims report, section by section, and how much of it they do not."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from validate._src.tables.dataset import Dataset, anchored_rows, sound_rows
from validate._src.words.anchors import Anchors, Segments, Spans
from validate._src.words.verifications import Verifications

AGREE, DIFFER, OTHERWISE = "agreeing", "differing", "otherwise"
UNREPORTED, EXCUSED, OPEN = "unreported", "excused", "open"
SHARES = (AGREE, DIFFER, OTHERWISE, UNREPORTED, EXCUSED, OPEN)
"""What a part of a document is: reported by claims with some verdict, unreported, with a reason
for being neither, or not accounted for."""
ALL = "all"

Bounds = tuple[int, int]


@dataclass(frozen=True)
class Compared:
    """A section of a document.

    Attributes:
        section: its name, empty for the segments that name none.
        segments: how many it has.
        characters: how many it has.
        shares: by `SHARES`, in how many segments something of the kind stands, and on how many
            characters: those of the spans, or of the whole segments that are excused or open.
            Where several kinds stand in a segment, it counts for each.
    """

    section: str
    segments: int
    characters: int
    shares: Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class _Piece:
    """A segment of the document."""

    section: str
    bounds: Bounds
    reason: str | None


def compared_sections(dataset: Dataset, source: str) -> tuple[Compared, ...]:
    """The sections of a document in its order; none if no verification speaks of the source.

    Args:
        dataset: a package with anchors whose segments have section and reason.
        source: key of the source.

    Raises:
        PackageError: a table that is counted has findings.
    """
    anchors, declared = dataset.package.anchors, dataset.package.verifications
    if anchors is None or declared is None:
        return ()
    stands = _standing(dataset, anchors, declared, source)
    if not stands and source not in verified_rows(dataset, declared)[declared.source]:
        return ()
    rows = [(one, _of_source(dataset, one, source)) for one in anchors.spans]
    coded = {segment for one, spans in rows for segment in spans[one.segment]}
    pieces = _pieces(dataset, anchors.segments, source)
    names = dict.fromkeys(piece.section for piece in pieces.values())
    return tuple(
        _compared(name, {k: v for k, v in pieces.items() if v.section == name}, stands, coded)
        for name in names
    )


def verified_rows(dataset: Dataset, declared: Verifications) -> pl.DataFrame:
    """The verifications; the document of a claim about none is null.

    Raises:
        PackageError: a claim or verdict is empty, or a column is absent.
    """
    table = dataset.tables[declared.resource]
    names = (declared.claim, declared.verdict)
    return sound_rows(table, names, [declared.document, declared.source])


def _of_source(dataset: Dataset, spans: Spans, source: str) -> pl.DataFrame:
    return anchored_rows(dataset, spans).filter(pl.col(spans.source) == source)


def _standing(
    dataset: Dataset, anchors: Anchors, declared: Verifications, source: str
) -> dict[str, list[tuple[int, Bounds]]]:
    """Segment and bounds of the spans of each kind in a document."""
    rows = verified_rows(dataset, declared)
    verdicts = dict(rows.select(declared.claim, declared.verdict).iter_rows())
    kinds = {
        **dict.fromkeys(declared.agree, AGREE),
        **dict.fromkeys(declared.differ, DIFFER),
    }
    found: defaultdict[str, list[tuple[int, Bounds]]] = defaultdict(list)
    for spans in anchors.spans:
        if spans.resource not in declared.spanned:
            continue
        of_claims = spans.resource == declared.spans.resource
        own = [declared.spans.claim] if of_claims else []
        names = [spans.segment, spans.start, spans.end, *own]
        sound_rows(dataset.tables[spans.resource], own)
        for segment, start, end, *claim in _of_source(dataset, spans, source)[names].iter_rows():
            kind = kinds.get(verdicts.get(claim[0], ""), OTHERWISE) if claim else UNREPORTED
            found[kind].append((segment, (start, end)))
    return found


def _pieces(dataset: Dataset, declared: Segments, source: str) -> dict[int, _Piece]:
    """The segments of a source by their number, in the order of the table."""
    names = (declared.segment, declared.section, declared.start, declared.end, declared.reason)
    rows = _of_source(dataset, declared, source).select([str(name) for name in names]).iter_rows()
    return {
        segment: _Piece(section or "", (start, end), reason)
        for segment, section, start, end, reason in rows
    }


def _compared(
    section: str,
    pieces: Mapping[int, _Piece],
    stands: Mapping[str, Sequence[tuple[int, Bounds]]],
    coded: set[int],
) -> Compared:
    own = _offsets(piece.bounds for piece in pieces.values())
    shares: dict[str, tuple[int, int]] = {}
    for kind in (AGREE, DIFFER, OTHERWISE, UNREPORTED):
        spans = [(segment, bounds) for segment, bounds in stands.get(kind, ()) if segment in pieces]
        offsets = _offsets(bounds for _, bounds in spans) & own
        shares[kind] = len({segment for segment, _ in spans}), len(offsets)
    excused = [piece for piece in pieces.values() if piece.reason is not None]
    left = [one for key, one in pieces.items() if one.reason is None and key not in coded]
    for kind, some in ((EXCUSED, excused), (OPEN, left)):
        shares[kind] = len(some), len(_offsets(piece.bounds for piece in some))
    return Compared(section, len(pieces), len(own), shares)


def _offsets(bounds: Iterator[Bounds]) -> set[int]:
    """The offsets of the characters that lie in one of some stretches."""
    return {offset for start, end in bounds for offset in range(start, end)}


def compared_table(sections: Sequence[Compared]) -> Iterator[str]:
    """The sections of a document as lines: segments, and the share of the characters."""
    if not sections:
        return
    whole = _whole(sections)
    kinds = [kind for kind in SHARES if kind != OTHERWISE or whole.shares[kind][0]]
    table = [["section", "segments", *kinds]]
    for one in (*sections, whole):
        cells = (_share(one, kind) for kind in kinds)
        table.append([one.section, str(one.segments), *cells])
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for first, *others in table:
        cells = (f"{cell:>{width}}" for cell, width in zip(others, widths[1:], strict=True))
        yield "  " + "  ".join([f"{first:<{widths[0]}}", *cells])
    yield "  segments (share of characters); a segment may stand in several columns"


def _whole(sections: Sequence[Compared]) -> Compared:
    """The sections taken together."""
    shares = {
        kind: (
            sum(one.shares[kind][0] for one in sections),
            sum(one.shares[kind][1] for one in sections),
        )
        for kind in SHARES
    }
    segments, characters = (
        sum(one.segments for one in sections),
        sum(one.characters for one in sections),
    )
    return Compared(ALL, segments, characters, shares)


def _share(section: Compared, kind: str) -> str:
    """How many segments, and what share of the characters: `3 (12%)`."""
    segments, characters = section.shares[kind]
    return f"{segments} ({characters / max(section.characters, 1):.0%})" if segments else "0"
