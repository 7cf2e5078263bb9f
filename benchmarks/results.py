"""What was measured: the runs of a session, and the results that are kept of all sessions."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, astuple, dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from measuring import Run
from scoring import Score

NO_SCORE = Score(0, 0, 0)
KEPT = Path(__file__).parent / "results.json"


@dataclass(frozen=True)
class Case:
    """A tool on a package.

    Attributes:
        table: its table.
        form: the format.
        rows: how many the table has; the dataset of the repository has 0.
        variant: what is wrong in it.
        tool: the name of the tool.
        files: in how many files the table is.
    """

    table: str
    form: str
    rows: int
    variant: str
    tool: str
    files: int = 1


@dataclass(frozen=True)
class Result:
    """What all runs of a case say together, or why there are none.

    Attributes:
        session: in which they were.
        runs: how many there were.
        wall: median of seconds.
        processor: median of seconds.
        memory: median of MiB.
        score: the worst.
        size: MiB of the files of the table.
        failure: the last line of a run that failed, or why none was made.
    """

    session: str
    runs: int = 0
    wall: float = 0
    processor: float = 0
    memory: float = 0
    score: Score = NO_SCORE
    size: float = 0
    failure: str | None = None


@dataclass(frozen=True)
class Results:
    """Results by their cases, and what is to be said of the sessions.

    Attributes:
        cases: the results.
        sessions: machine and versions of each session, by its name.
    """

    cases: dict[Case, Result] = field(default_factory=dict[Case, Result])
    sessions: dict[str, str] = field(default_factory=dict[str, str])

    def of(self, case: Case) -> Result | None:
        """The result of a case, or None when it has none or failed."""
        result = self.cases.get(case)
        return None if result is None or result.failure else result

    def ratio(self, case: Case, base: Case, what: str = "processor") -> float | None:
        """How many times as much a case takes as another that was measured in the same session."""
        result, under = self.of(case), self.of(base)
        if result is None or under is None or result.session != under.session:
            return None
        return getattr(result, what) / getattr(under, what)


def summary(session: str, runs: list[tuple[Run, Score]], size: float) -> Result:
    """Medians of runs."""

    def middle(measure: Callable[[Run], float]) -> float:
        return round(median(measure(run) for run, _ in runs), 3)

    return Result(
        session=session,
        runs=len(runs),
        wall=middle(lambda run: run.wall),
        processor=middle(lambda run: run.processor),
        memory=middle(lambda run: run.memory),
        score=max((score for _, score in runs), key=lambda score: (-score.hits, score.besides)),
        size=round(size, 3),
    )


def kept(file: Path = KEPT) -> Results:
    """The results of earlier sessions."""
    if not file.exists():
        return Results()
    content = json.loads(file.read_text("utf-8"))
    results = Results(sessions=content["sessions"])
    for one in content["cases"]:
        case, result = one["case"], one["result"]
        score = Score(*result.pop("score"))
        results.cases[Case(*case)] = Result(score=score, **result)
    return results


def keep(results: Results, file: Path = KEPT) -> None:
    """Writes results, a case a line, and of sessions those that they are of."""
    lines = ",\n".join(map(json.dumps, written(results)))
    named = {result.session for result in results.cases.values()}
    told = {name: text for name, text in results.sessions.items() if name in named}
    sessions = json.dumps(told, ensure_ascii=False, indent=1)
    file.write_text(f'{{"sessions": {sessions},\n"cases": [\n{lines}\n]}}\n', "utf-8")


def written(results: Results) -> Iterator[dict[str, Any]]:
    """The cases in an order of their own."""
    for case, result in sorted(results.cases.items(), key=lambda item: astuple(item[0])):
        yield {"case": astuple(case), "result": asdict(result) | {"score": astuple(result.score)}}
