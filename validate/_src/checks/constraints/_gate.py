"""The gate: one check by Pandera of all that is asked of a batch, and its verdict."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

import polars as pl

from validate._src.checks.constraints._columns import Condition, Question
from validate._src.fields.selecting import selected


@dataclass(frozen=True, eq=False)
class Broken:
    """A condition that some of n cells do not meet.

    Attributes:
        column: name of their column.
        condition: what they do not meet.
        met: n times whether a cell meets it.
    """

    column: str
    condition: str
    met: pl.Series


@dataclass(frozen=True, eq=False)
class Verdict:
    """What the gate says of a batch of n rows.

    Attributes:
        broken: what some cell does not meet; nothing if the batch passes.
    """

    broken: tuple[Broken, ...] = ()

    @property
    def passes(self) -> bool:
        """Whether every cell meets everything."""
        return not self.broken

    @property
    def at_fault(self) -> pl.Series:
        """Whether each of the n rows does not meet something; of a batch that does not pass."""
        return ~pl.select(pl.all_horizontal(one.met for one in self.broken)).to_series()


PASSED = Verdict()


def verdict_on(
    frame: pl.DataFrame, questions: Sequence[Question], likely: Set[Condition] = frozenset()
) -> Verdict:
    """What Pandera says of a batch, by one check of everything.

    Args:
        frame: n rows with the columns of a compiled schema.
        questions: all that is asked of them.
        likely: what some cells are likely not to meet; it does not change what is said.

    Raises:
        RuntimeError: Pandera did not ask the gate, or does not say what it says.
    """
    if not frame.height:
        return PASSED
    # Here, because where no row is judged it would be imported for nothing.
    import pandera.polars as pa
    from pandera.errors import SchemaError

    from validate._src.checks.constraints._pandera import pinned_configuration

    verdicts: list[Verdict] = []

    def holds(data: pa.PolarsData) -> bool:
        # In memory, where it is: by the engine that works on parts of the rows, a small table's
        # check takes a tenth longer.
        whole = data.lazyframe.collect(engine="in-memory")
        verdicts.append(_judged(whole, questions, likely))
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


def _judged(frame: pl.DataFrame, questions: Sequence[Question], likely: Set[Condition]) -> Verdict:
    """The verdict on a frame; only what some cell does not meet is asked of each cell.

    Each cell at once: +7 % on the benchmark's table, +2 to 4 % on others (benchmarks/tricks.py).
    What is likely not to be met is asked of each cell at once, and not of all before.

    Raises:
        RuntimeError: of a question that some cell does not meet each cell meets every condition.
    """
    asked = {one for one in questions if not likely.isdisjoint(one.conditions)}
    others = [one for one in questions if one not in asked]
    holds = _answers(frame, [question.all for question in others])
    unmet = {question for question, answer in zip(others, holds, strict=True) if not answer[0]}
    broken = tuple(_broken(frame, [one for one in questions if one in asked | unmet]))
    if not {one.column for one in unmet} <= {one.column for one in broken}:
        raise RuntimeError("a question and its conditions disagree")
    return Verdict(broken) if broken else PASSED


def _broken(frame: pl.DataFrame, questions: Sequence[Question]) -> Iterator[Broken]:
    """What some cell does not meet, each cell asked."""
    asked = [(one.column, *condition) for one in questions for condition in one.each.items()]
    met = _answers(frame, [each for _, _, each in asked])
    for (column, condition, _), cells in zip(asked, met, strict=True):
        if not cells.all():
            yield Broken(column, condition, cells)


def _answers(frame: pl.DataFrame, questions: Sequence[pl.Expr]) -> list[pl.Series]:
    return selected(frame, questions).get_columns() if questions else []
