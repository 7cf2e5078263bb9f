"""A session: all tools on the same packages, round by round."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import packages
from measuring import Run, run, say
from packages import Package
from results import Case, Result, summary
from scoring import Score, score
from tools import DATASET, OURS, Tool

LONG = 20  # seconds; a case that takes longer is run once
Made = list[tuple[Run, Score]]


@dataclass(frozen=True)
class Session:
    """One session.

    Attributes:
        name: what it is called among the results that are kept.
        parent: where packages are.
        rounds: how often each tool is run.
        tools: those that were asked for.
        absent: why some of them cannot be run here.
        named: whether they were asked for by name.
    """

    name: str
    parent: Path
    rounds: int
    tools: tuple[Tool, ...]
    absent: dict[str, str]
    named: bool
    runs: dict[Case, Made] = field(default_factory=dict[Case, Made])

    def block(self, these: Iterable[Package]) -> Iterator[tuple[Case, Result]]:
        """Runs every tool on every package, interleaved, and gives what came out."""
        folders = {package: package.made(self.parent) for package in these}
        for package, folder in folders.items():
            packages.read_through(folder, package.table)
        failures = {case: reason for package in folders for case, reason in self.left_out(package)}
        for number in range(1, self.rounds + 1):
            for package, folder in folders.items():
                for tool in self.tools:
                    case = package.case(tool.name)
                    if is_for(tool, package) and case not in failures and self.is_quick(case):
                        if failure := self.measure(case, tool, folder):
                            failures[case] = failure
                        say(f"round {number}: {case}: {failure or self.last(case)}")
        for case, failure in failures.items():
            yield case, Result(self.name, failure=failure)
        for package, folder in folders.items():
            size = packages.size(folder, package.table)
            for case in [package.case(tool.name) for tool in self.tools]:
                if case in self.runs and case not in failures:
                    yield case, summary(self.name, self.runs[case], size)

    def left_out(self, package: Package) -> Iterator[tuple[Case, str]]:
        """The tools that cannot be run on a package, or for which it is too large."""
        for tool in self.tools:
            most = tool.most(package.form, package.variant)
            if not is_for(tool, package):
                continue
            if tool.name in self.absent:
                yield package.case(tool.name), f"not run: {self.absent[tool.name]}"
            elif most is not None and package.rows > most and not self.named:
                reason = f"not run: left out above {most:,} rows; `--only {tool.name}` runs it"
                yield package.case(tool.name), reason

    def is_quick(self, case: Case) -> bool:
        """Whether a case has not shown that it takes long."""
        return all(run.wall <= LONG for run, _ in self.runs.get(case, ()))

    def measure(self, case: Case, tool: Tool, folder: Path) -> str | None:
        """Runs a case once and keeps what came out, or says why nothing did."""
        measured = run(tool, folder, case.table)
        if measured.answer is None:
            return f"failed: {measured.failure}"
        scored = score(measured.answer, folder, case.rows)
        # The findings would make this process larger, and with it whatever it starts (see `run`).
        self.runs.setdefault(case, []).append((replace(measured, answer=None), scored))
        return None

    def last(self, case: Case) -> str:
        """The last run of a case in a few words."""
        measured, scored = self.runs[case][-1]
        took = f"{measured.wall:.2f} s, {measured.processor:.2f} s, {measured.memory:.0f} MiB"
        return f"{took}, found {scored.hits} of {scored.faults}, {scored.besides} besides"


def is_for(tool: Tool, package: Package) -> bool:
    """Whether a tool is run on a package; on the dataset it is ours alone."""
    if package.table == DATASET:
        return tool.name == OURS
    return tool.is_for(package.table, package.form, package.variant)
