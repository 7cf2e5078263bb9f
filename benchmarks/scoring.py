"""Compares what a tool found with what is wrong."""

import json
from dataclasses import dataclass
from pathlib import Path

from answers import Answer

FIRST_ROW = 2  # the header is row 1


@dataclass(frozen=True)
class Score:
    """How right an answer is.

    Attributes:
        faults: how many faults there are.
        hits: how many of them were found: the right row, and the right field where the
            fault is that of a field.
        besides: how many findings there are beyond one for each fault found.
    """

    faults: int
    hits: int
    besides: int

    @property
    def is_perfect(self) -> bool:
        """Whether every fault was found, and nothing else."""
        return self.hits == self.faults and not self.besides


def score(answer: Answer, folder: Path, rows: int) -> Score:
    """The score of an answer to a package whose table has so many rows."""
    file = folder / "faults.json"
    faults = json.loads(file.read_text("utf-8")) if file.exists() else []
    if [fault["row"] for fault in faults] == [None]:
        return of_a_wrong_column(answer, faults[0]["field"], rows)
    return of_listed_faults(answer, [(fault["row"], fault["field"]) for fault in faults])


def of_listed_faults(answer: Answer, faults: list[tuple[int, str | None]]) -> Score:
    """The score where every fault is known by its place."""
    cells = set(answer.found)
    struck = {row for row, _ in answer.found}
    hits = sum(row in struck if field is None else (row, field) in cells for row, field in faults)
    return Score(len(faults), hits, answer.count - hits)


def of_a_wrong_column(answer: Answer, column: str, rows: int) -> Score:
    """The score where one cell of every row is wrong, judged by the findings that are listed."""
    if not answer.found:
        return Score(rows, 0, answer.count)
    wrong = sum(
        field != column or row is None or not FIRST_ROW <= row < rows + FIRST_ROW
        for row, field in answer.found
    )
    hits = min(answer.count - wrong, rows)
    return Score(rows, hits, answer.count - hits)
