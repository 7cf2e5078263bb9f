"""The gate: one check by Pandera of all that is asked of a batch, and its verdict."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandera.polars as pa
import polars as pl
from pandera.errors import SchemaError

from validate._src.checks.constraints._columns import Question
from validate._src.checks.constraints._pandera import pinned_configuration


@dataclass(frozen=True, eq=False)
class Verdict:
    """What the gate says of a batch of n rows.

    Attributes:
        broken: the questions that some cell does not meet; none if the batch passes.
        at_fault: n times whether a row does not meet one of them; None if the batch passes.
    """

    broken: tuple[Question, ...] = ()
    at_fault: pl.Series | None = None

    @property
    def passes(self) -> bool:
        """Whether every cell meets everything."""
        return not self.broken


PASSED = Verdict()


def verdict_on(frame: pl.DataFrame, questions: Sequence[Question]) -> Verdict:
    """What Pandera says of a batch, by one check of everything.

    Args:
        frame: n rows with the columns of a compiled schema.
        questions: all that is asked of them.

    Raises:
        RuntimeError: Pandera did not ask the gate, or does not say what it says.
    """
    verdicts: list[Verdict] = []

    def holds(data: pa.PolarsData) -> bool:
        verdicts.append(_judged(data.lazyframe.collect(), questions))
        return verdicts[-1].passes

    schema = pa.DataFrameSchema(checks=[pa.Check(holds, name="gate")])
    refused: SchemaError | None = None
    with pinned_configuration():
        try:
            # A frame would be copied for each of Pandera's steps: off, +1 % on the benchmark.
            schema.validate(frame.lazy())
        except SchemaError as error:
            refused = error.with_traceback(None)  # it refers to itself, and would keep the frame
    if len(verdicts) != 1 or verdicts[0].passes is not (refused is None):
        raise RuntimeError("Pandera does not say what its gate says") from refused
    return verdicts[0]


def _judged(frame: pl.DataFrame, questions: Sequence[Question]) -> Verdict:
    """The verdict on a frame; only what some cell does not meet is asked of each cell.

    Each cell at once: +7 % on the benchmark's table, +2 to 4 % on others
    (benchmarks/tricks.py).
    """
    holds = _answers(frame, [question.all for question in questions])
    broken = [question for question, answer in zip(questions, holds, strict=True) if not answer[0]]
    if not broken:
        return PASSED
    met = _answers(frame, [question.each for question in broken])
    return Verdict(tuple(broken), ~pl.select(pl.all_horizontal(met)).to_series())


def _answers(frame: pl.DataFrame, questions: Sequence[pl.Expr]) -> list[pl.Series]:
    return frame.select(questions).get_columns() if questions else []
