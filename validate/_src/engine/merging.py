"""Findings of the same code from batch to batch, put together before they are looked at.

Whether a frame of findings follows from a misread file, what notes its values need and how it
is counted is asked in some twenty queries, however few it has.
"""

from collections.abc import Iterable, Iterator, Sequence

import polars as pl

from validate._src.words._held import MOST_IN_MEMORY
from validate._src.words.findingframe import FindingFrame
from validate._src.words.outcome import Outcome

MOST = MOST_IN_MEMORY // 2
"""Findings up to which any are put together: once some lie on disk, their order shows in which
order they came."""
LARGE = 1_000  # findings in a frame for which such queries take less time than to copy it


def merged(outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """What checks say, frames of findings of the same resource, file and code as one.

    Of each they are in the order in which they came, and so are the first of all codes in a file.
    What is no finding is said at once.
    """
    held: dict[tuple[str, str], list[FindingFrame]] = {}
    count, path = 0, None
    for outcome in outcomes:
        if not isinstance(outcome, FindingFrame):
            yield outcome
            continue
        count += len(outcome)
        own = _path_of(outcome)
        if own is None or own != path or count > MOST or len(outcome) >= LARGE:
            yield from map(_one, held.values())
            held, path = {}, own
        if own is None or count > MOST or len(outcome) >= LARGE:
            yield outcome
        else:
            held.setdefault((outcome.resource, outcome.code), []).append(outcome)
    yield from map(_one, held.values())


def _path_of(found: FindingFrame) -> str | None:
    """The file that all findings are in; None if there are several, or no finding."""
    paths = found.rows["path"]
    return paths[0] if len(paths) and paths.n_unique() == 1 else None


def _one(frames: Sequence[FindingFrame]) -> FindingFrame:
    """Findings of the same code as one frame."""
    first = frames[0]
    if len(frames) == 1:
        return first
    keys = [frame.rows["key"] if frame.keys is None else frame.keys for frame in frames]
    are_known = all(frame.keys is None for frame in frames)
    return FindingFrame(
        first.resource,
        first.code,
        pl.concat([frame.rows for frame in frames], rechunk=True),
        None if are_known else pl.concat([one.alias("key") for one in keys]),
    )
