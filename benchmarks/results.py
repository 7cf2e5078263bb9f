"""The measurements of a session."""

from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median

from measuring import Run
from scoring import Score


@dataclass(frozen=True)
class Case:
    """A tool on a variant of the package of a size."""

    rows: int
    variant: str
    tool: str


@dataclass(frozen=True)
class Result:
    """What all runs of a case say together.

    Attributes:
        runs: how many of them there were.
        wall: median of seconds.
        processor: median of seconds.
        memory: median of MiB.
        score: the worst.
    """

    runs: int
    wall: float
    processor: float
    memory: float
    score: Score


@dataclass(frozen=True)
class Results:
    """What was measured, case by case.

    Attributes:
        runs: the runs that ended well, with their scores.
        failures: the last line of a run that failed.
        left_out: why a case was not run.
    """

    runs: dict[Case, list[tuple[Run, Score]]] = field(default_factory=dict)
    failures: dict[Case, str] = field(default_factory=dict)
    left_out: dict[Case, str] = field(default_factory=dict)

    def of(self, rows: int, variant: str, tool: str) -> Result | None:
        """The result of a case, or None when it has none."""
        case = Case(rows, variant, tool)
        if case in self.failures or case not in self.runs:
            return None
        return summary(self.runs[case])

    def processor(self, rows: int, variant: str, tool: str) -> float | None:
        """The processor time of a case, or None when it has none."""
        result = self.of(rows, variant, tool)
        return None if result is None else result.processor


def summary(runs: list[tuple[Run, Score]]) -> Result:
    """Medians of runs."""

    def middle(measure: Callable[[Run], float]) -> float:
        return median(measure(run) for run, _ in runs)

    return Result(
        runs=len(runs),
        wall=middle(lambda run: run.wall),
        processor=middle(lambda run: run.processor),
        memory=middle(lambda run: run.memory),
        score=max((score for _, score in runs), key=lambda score: (-score.hits, score.besides)),
    )
