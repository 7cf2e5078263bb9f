"""What is wrong with codings: what keeps them from being measured, or makes the measure untrue."""

from collections import Counter
from collections.abc import Iterator

from validate._src.curation.reliability.codings import Piece, Task, Unit, in_words
from validate._src.curation.reliability.sample import Segmented
from validate._src.words.printing import counted


def faults_of_task(
    task: Task, sample: list[Piece] | None, segments: Segmented, empty: str
) -> Iterator[str]:
    """What is wrong with who coded what, and where.

    Args:
        task: the task.
        sample: the segments that its seed draws; None where units are given.
        segments: all segments.
        empty: the table for which a segment without units is coded.
    """
    coders = counted(len(task.coders), "coder")
    if sample is None and len(task.coders) < 2:
        yield f"{task.name}: has {coders}; at least two can agree"
    if sample is not None and len(task.coders) != 2:
        yield f"{task.name}: has {coders}; units are paired between two"
    if not task.units:
        yield f"{task.name}: has no units"
        return
    if sample is None:
        yield from _faults_of_given(task)
        return
    for coder in task.coders:
        yield from _faults_of_sample(task, coder, sample, empty)
    for unit in task.units:
        for fault in _faults_of_place(unit, segments, empty):
            yield fault_of_unit(task, unit, fault)


def fault_of_unit(task: Task, unit: Unit, fault: str) -> str:
    """What is wrong with a unit."""
    return f"{in_words(task.name, unit.coder, unit.name)}: {fault}"


def _faults_of_given(task: Task) -> Iterator[str]:
    """Units that not all coders have, or not as rows of the same table."""
    known = {(unit.coder, unit.name) for unit in task.units}
    tables: dict[str, str] = {}
    for unit in task.units:
        if unit.piece is not None or unit.spans:
            yield fault_of_unit(task, unit, "is given, and stands in no segment")
        first = tables.setdefault(unit.name, unit.table)
        if unit.table != first:
            fault = f"is coded for {unit.table}, by another coder for {first}"
            yield fault_of_unit(task, unit, fault)
    for coder in task.coders:
        for name in tables:
            if (coder, name) not in known:
                yield f"{in_words(task.name, coder, name)}: is not coded"


def _faults_of_sample(task: Task, coder: str, sample: list[Piece], empty: str) -> Iterator[str]:
    """Segments that a coder should have coded, or should not."""
    units = task.of(coder)
    coded = Counter(unit.piece for unit in units)
    drawn = {*sample}
    for piece in sample:
        if piece not in coded:
            yield f"{task.name}, coder {coder}: {_said(piece)} is drawn and not coded"
    for piece in coded:
        if piece is not None and piece not in drawn:
            yield f"{task.name}, coder {coder}: {_said(piece)} is coded and not drawn"
    for unit in units:
        if (piece := unit.piece) is not None and unit.table == empty and coded[piece] > 1:
            yield f"{task.name}, coder {coder}: {_said(piece)} is coded beside being without units"


def _faults_of_place(unit: Unit, segments: Segmented, empty: str) -> Iterator[str]:
    """Spans that are none, or not in the segment."""
    if unit.piece is None:
        yield "stands in no segment"
        return
    if unit.table == empty and unit.spans:
        yield "a segment without units has a span"
    if unit.table != empty and not unit.spans:
        yield "has no span"
    bounds = segments.spans.get(unit.piece)
    if bounds is None:
        yield f"there is no {_said(unit.piece)}"
        return
    for start, end in unit.spans:
        if start >= end:
            yield f"the span {start}-{end} has no characters"
        elif start < bounds[0] or bounds[1] < end:
            within = f"{_said(unit.piece)}, {bounds[0]}-{bounds[1]}"
            yield f"the span {start}-{end} is outside {within}"


def _said(piece: Piece) -> str:
    return f"segment {piece[1]} of {piece[0]}"
