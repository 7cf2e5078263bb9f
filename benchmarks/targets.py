"""What the validator promises of itself, and whether a session has shown it."""

from collections.abc import Iterator
from dataclasses import dataclass

from results import Result, Results
from tools import FLOOR, FRICTIONLESS, OURS, TOOLS

MILLION = 1_000_000
GIB = 1024  # in MiB
MOST_OF_FLOOR, MOST_OF_TENFOLD = 1.75, 11
MOST_OF_CLEAN_FOR_FAULTS, MOST_OF_CLEAN_FOR_COLUMN = 2, 4
LEAST_OF_FRICTIONLESS = 45


@dataclass(frozen=True)
class Verdict:
    """One promise.

    Attributes:
        promise: what is promised.
        measured: what the session says.
        kept: whether it was kept; None when the session cannot tell.
    """

    promise: str
    measured: str
    kept: bool | None


def verdicts(results: Results, sizes: list[int]) -> Iterator[Verdict]:
    """All promises, those on faults for each size of the session."""
    yield at_most(
        f"clean, {MILLION:,} rows: at most {MOST_OF_FLOOR} times Polars' typed read",
        results.processor(MILLION, "clean", OURS),
        results.processor(MILLION, "clean", FLOOR),
        MOST_OF_FLOOR,
    )
    yield at_most(
        f"clean, {10 * MILLION:,} rows: at most {MOST_OF_TENFOLD} times {MILLION:,} rows",
        results.processor(10 * MILLION, "clean", OURS),
        results.processor(MILLION, "clean", OURS),
        MOST_OF_TENFOLD,
    )
    yield small("clean", 10 * MILLION, results.of(10 * MILLION, "clean", OURS))
    for rows in sizes:
        yield from of_variant(results, rows, "faults", MOST_OF_CLEAN_FOR_FAULTS)
        yield from of_variant(results, rows, "column", MOST_OF_CLEAN_FOR_COLUMN)
        yield small("column", rows, results.of(rows, "column", OURS))
    yield at_least(
        f"clean, {MILLION:,} rows: frictionless takes at least {LEAST_OF_FRICTIONLESS} times ours",
        results.processor(MILLION, "clean", FRICTIONLESS),
        results.processor(MILLION, "clean", OURS),
        LEAST_OF_FRICTIONLESS,
    )
    yield cheapest(results, MILLION)


def of_variant(results: Results, rows: int, variant: str, most: float) -> Iterator[Verdict]:
    """What faults may cost, and that each of them is found."""
    ours = results.of(rows, variant, OURS)
    yield at_most(
        f"{variant}, {rows:,} rows: at most {most} times clean",
        results.processor(rows, variant, OURS),
        results.processor(rows, "clean", OURS),
        most,
    )
    promise = f"{variant}, {rows:,} rows: every fault at its row and column, none besides"
    if ours is None:
        yield Verdict(promise, "not measured", None)
        return
    score = ours.score
    measured = f"{score.hits:,} of {score.faults:,}, {score.besides:,} besides"
    yield Verdict(promise, measured, score.is_perfect)


def at_most(promise: str, value: float | None, base: float | None, bound: float) -> Verdict:
    """A ratio that must not be greater."""
    if value is None or base is None:
        return Verdict(promise, "not measured", None)
    return Verdict(promise, f"{value / base:.2f}", value / base <= bound)


def at_least(promise: str, value: float | None, base: float | None, bound: float) -> Verdict:
    """A ratio that must not be smaller."""
    if value is None or base is None:
        return Verdict(promise, "not measured", None)
    return Verdict(promise, f"{value / base:.1f}", value / base >= bound)


def small(variant: str, rows: int, result: Result | None) -> Verdict:
    """That a run needs less than a GiB."""
    promise = f"{variant}, {rows:,} rows: less than 1 GiB"
    if result is None:
        return Verdict(promise, "not measured", None)
    return Verdict(promise, f"{result.memory:,.0f} MiB", result.memory < GIB)


def cheapest(results: Results, rows: int) -> Verdict:
    """That no other tool that judges takes less processor time for a clean file."""
    promise = f"clean, {rows:,} rows: less processor time than every other peer"
    times = {
        tool.title: seconds
        for tool in TOOLS
        if tool.judges and tool.name != OURS
        if (seconds := results.processor(rows, "clean", tool.name)) is not None
    }
    ours = results.processor(rows, "clean", OURS)
    if ours is None or not times:
        return Verdict(promise, "not measured", None)
    nearest = min(times, key=lambda title: times[title])
    return Verdict(
        promise, f"{nearest}: {times[nearest] / ours:.2f} times ours", ours < times[nearest]
    )
