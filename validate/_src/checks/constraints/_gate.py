"""The gate: one check by Pandera of all that is asked of a batch, and its verdict."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandera.polars as pa
import polars as pl
from pandera.errors import SchemaError

from validate._src.checks.constraints._columns import Question
from validate._src.checks.constraints._pandera import pinned_configuration
from validate._src.words.errors import PackageError

ADDED_BY_POLARS = "  This error occurred in the following expression"


@dataclass(frozen=True, eq=False)
class Verdict:
    """What the gate says of a batch of n rows.

    Attributes:
        broken: the questions that some cell does not meet; none if the batch passes.
        at_fault: n times whether a row does not meet one of them; None if the batch passes.
        refusal: why the batch cannot be judged, such as a pattern that takes too long.
    """

    broken: tuple[Question, ...] = ()
    at_fault: pl.Series | None = None
    refusal: PackageError | None = None

    @property
    def passes(self) -> bool:
        """Whether nothing speaks against the batch."""
        return not self.broken and self.refusal is None


PASSED = Verdict()


def verdict_on(
    frame: pl.DataFrame, questions: Sequence[Question], doubted: Sequence[Question]
) -> Verdict:
    """What Pandera says of a batch, by one check of everything.

    Args:
        frame: n rows with the columns of a compiled schema.
        questions: all that is asked of them.
        doubted: those of the questions that the batch before did not meet.

    Raises:
        PackageError: the batch cannot be judged.
        RuntimeError: Pandera did not ask the gate, or does not say what it says.
    """
    verdicts: list[Verdict] = []

    def holds(data: pa.PolarsData) -> bool:
        verdicts.append(_judged(data.lazyframe.collect(), questions, doubted))
        return verdicts[-1].passes

    schema = pa.DataFrameSchema(checks=[pa.Check(holds, name="gate")])
    refused: SchemaError | None = None
    with pinned_configuration():
        try:
            # As a lazy frame it is not copied for each of Pandera's steps.
            schema.validate(frame.lazy())
        except SchemaError as error:
            refused = error.with_traceback(None)  # it refers to itself, and would keep the frame
    if len(verdicts) != 1 or verdicts[0].passes is not (refused is None):
        raise RuntimeError("Pandera does not say what its gate says") from refused
    if (refusal := verdicts[0].refusal) is not None:
        raise refusal
    return verdicts[0]


def _judged(
    frame: pl.DataFrame, questions: Sequence[Question], doubted: Sequence[Question]
) -> Verdict:
    """The verdict on a frame; what the batch before did not meet is asked of each cell at once."""
    try:
        others = [question for question in questions if question not in doubted]
        said = _answers(frame, [question.all for question in others])
        failed = [question for question, answer in zip(others, said, strict=True) if not answer[0]]
        suspected = [*doubted, *failed]
        answers = _answers(frame, [question.each for question in suspected])
    except PackageError as error:  # Pandera would take it for a fault of the data
        return Verdict(refusal=without_what_polars_adds(error))
    broken = [
        (question, met) for question, met in zip(suspected, answers, strict=True) if not met.all()
    ]
    if not broken:
        return PASSED
    at_fault = ~pl.select(pl.all_horizontal(met for _, met in broken)).to_series()
    return Verdict(tuple(question for question, _ in broken), at_fault)


def _answers(frame: pl.DataFrame, questions: Sequence[pl.Expr]) -> list[pl.Series]:
    # For a query of its own each question would be planned, which takes longer than some answers.
    return frame.select(questions).get_columns() if questions else []


def without_what_polars_adds(error: PackageError) -> PackageError:
    """An error of ours that went through Polars, in our own words alone."""
    return PackageError(str(error).partition(ADDED_BY_POLARS)[0])
