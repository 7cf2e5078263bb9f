"""Which segments a seed draws."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from random import Random

from validate._src.curation.reliability.codings import Piece, Span
from validate._src.tables.dataset import Dataset, anchored_rows, sound_rows
from validate._src.words.anchors import Segments


@dataclass(frozen=True)
class Segmented:
    """The segments of all texts.

    Attributes:
        spans: start and end of each, in the order of their table.
        strata: those that can be drawn, by source and section, in the same order.
    """

    spans: Mapping[Piece, Span]
    strata: tuple[tuple[Piece, ...], ...]


def segmented(
    dataset: Dataset, declared: Segments, without: Mapping[str, tuple[str, ...]]
) -> Segmented:
    """The segments of a package.

    Args:
        dataset: the package.
        declared: what its segments are.
        without: values of fields of segments that no sample is drawn from.

    Raises:
        PackageError: a column is absent, or a cell of it is empty or of the wrong type.
    """
    anchored_rows(dataset, declared)
    sections = [] if declared.section is None else [declared.section]
    table = dataset.tables[declared.resource]
    rows = sound_rows(table, sections, [*without]).iter_rows(named=True)
    spans: dict[Piece, Span] = {}
    strata: dict[tuple[str, ...], list[Piece]] = {}
    for row in rows:
        piece = row[declared.source], row[declared.segment]
        spans[piece] = row[declared.start], row[declared.end]
        if all(row[field] not in values for field, values in without.items()):
            key = (row[declared.source], *(row[section] for section in sections))
            strata.setdefault(key, []).append(piece)
    return Segmented(spans, tuple(map(tuple, strata.values())))


def drawn(strata: tuple[tuple[Piece, ...], ...], seed: int, share: Fraction) -> list[Piece]:
    """The sample of a task: of each stratum that share, at least, in the order of the segments.

    One generator, `random.Random(seed)`, draws from the strata in their order, by `sample`.

    Args:
        strata: the segments that can be drawn.
        seed: the seed of the task.
        share: the part of each stratum.
    """
    generator, found = Random(seed), list[Piece]()  # noqa: S311
    for stratum in strata:
        sample = set(generator.sample(stratum, ceil(len(stratum) * share)))
        found += [piece for piece in stratum if piece in sample]
    return found
