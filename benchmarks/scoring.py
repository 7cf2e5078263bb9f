"""Compares what a tool found with what is wrong."""

import json
from dataclasses import dataclass
from pathlib import Path

from answers import Answer

WRONG_COLUMN = "source_sha256"
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


def score(answer: Answer, folder: Path, variant: str, rows: int) -> Score:
    """The score of an answer to a variant of the package with so many rows."""
    if variant == "column":
        return of_a_wrong_column(answer, rows)
    if variant == "clean":
        return Score(0, 0, answer.count)
    faults = json.loads((folder / "faults.json").read_text("utf-8"))
    return of_listed_faults(answer, [(fault["row"], fault["field"]) for fault in faults])


def of_listed_faults(answer: Answer, faults: list[tuple[int, str | None]]) -> Score:
    """The score where every fault is known by its place."""
    cells = set(answer.found)
    struck = {row for row, _ in answer.found}
    hits = sum(row in struck if field is None else (row, field) in cells for row, field in faults)
    return Score(len(faults), hits, answer.count - hits)


def of_a_wrong_column(answer: Answer, rows: int) -> Score:
    """The score where one cell of every row is wrong, judged by the findings that are listed."""
    if not answer.found:
        return Score(rows, 0, answer.count)
    wrong = sum(not is_of_the_column(row, field, rows) for row, field in answer.found)
    hits = min(answer.count - wrong, rows)
    return Score(rows, hits, answer.count - hits)


def is_of_the_column(row: int | None, field: str | None, rows: int) -> bool:
    """Whether a finding is one of the wrong cells of the column."""
    return field == WRONG_COLUMN and row is not None and FIRST_ROW <= row < rows + FIRST_ROW
