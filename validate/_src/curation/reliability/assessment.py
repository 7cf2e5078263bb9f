"""From a package to what its codings give, and what is wrong with them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from validate._src.curation.reliability.codings import Piece, Task, codings_of
from validate._src.curation.reliability.faults import fault_of_unit, faults_of_task
from validate._src.curation.reliability.measure import Result, measured
from validate._src.curation.reliability.sample import Segmented, drawn, segmented
from validate._src.curation.reliability.shipped import differences
from validate._src.curation.reliability.values import Coded, coded
from validate._src.tables.dataset import read_dataset
from validate._src.words.anchors import Anchors
from validate._src.words.errors import PackageError
from validate._src.words.model import Package
from validate._src.words.reliability import Reliability


@dataclass(frozen=True)
class Assessed:
    """A task and what its codings give.

    Attributes:
        sample: the segments that its seed draws; None where units are given.
        faults: what is wrong with its codings, a sentence each.
        results: what they give; nothing where something is wrong.
    """

    task: Task
    sample: Sequence[Piece] | None
    faults: Sequence[str]
    results: Sequence[Result]


@dataclass(frozen=True)
class Assessment:
    """All tasks of a package.

    Attributes:
        segments: how many segments can be drawn.
        strays: codings that belong to nothing, a sentence each.
        differences: where the package has other results, a sentence each.
    """

    tasks: Sequence[Assessed]
    segments: int
    strays: Sequence[str]
    differences: Sequence[str] = ()

    @property
    def faults(self) -> list[str]:
        """All that is wrong with codings."""
        return [*self.strays, *(fault for task in self.tasks for fault in task.faults)]

    @property
    def results(self) -> list[Result]:
        """All results."""
        return [result for task in self.tasks for result in task.results]


def declared_by(package: Package) -> tuple[Reliability, Anchors]:
    """What a package declares of its codings, and of its texts.

    Raises:
        PackageError: it declares no codings.
    """
    if package.reliability is None or package.anchors is None:
        raise PackageError(f"{package.file.name}: declares no reliability")
    return package.reliability, package.anchors


def assessed(package: Package, *, compare: bool = True) -> Assessment:
    """What the codings of a package give, and what is wrong with them.

    Args:
        package: the package.
        compare: whether its own results are compared; otherwise their table is not read.

    Raises:
        PackageError: the package declares no codings, or tables of them have findings; a share
            is no fraction.
    """
    declared, anchors = declared_by(package)
    own = declared.results.resource
    others = {name: one for name, one in package.resources.items() if compare or name != own}
    dataset = read_dataset(replace(package, resources=others))
    codings = codings_of(dataset, declared)
    segments = segmented(dataset, anchors.segments, declared.without)
    empty = anchors.segments.resource
    tasks = [_assessed(package, task, segments, empty) for task in codings.tasks]
    found = Assessment(tasks, sum(map(len, segments.strata)), codings.strays)
    if not compare or found.faults:
        return found
    return replace(found, differences=[*differences(dataset, declared.results, found.results)])


def _assessed(package: Package, task: Task, segments: Segmented, empty: str) -> Assessed:
    sample = None if task.share is None else drawn(segments.strata, task.seed, task.share)
    by_table = {
        name: coded(package, table, units, given=task.share is None)
        for name, table in package.tables.items()
        if (units := [unit for unit in task.units if unit.table == name])
    }
    faults = [
        *faults_of_task(task, sample, segments, empty),
        *_faults_of_units(package, task, by_table),
    ]
    results = [] if faults else [*measured(task, sample, by_table, segments, empty)]
    return Assessed(task, sample, faults, results)


def _faults_of_units(package: Package, task: Task, by_table: Mapping[str, Coded]) -> Iterator[str]:
    """Units of no table, and with values that could not stand in it."""
    for unit in task.units:
        if unit.table not in package.tables:
            yield fault_of_unit(task, unit, f"there is no table {unit.table}")
    for values in by_table.values():
        for unit, fault in values.faults:
            yield fault_of_unit(task, unit, fault)
