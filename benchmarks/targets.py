"""What the validator promises of itself, and whether the results show it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from results import Case, Results
from tools import (
    ARRAYS,
    CSV,
    DATA_DICT,
    DATASET,
    FAST,
    FLOOR,
    FORMATS,
    FRICTIONLESS,
    MILLION,
    NDJSON,
    OBJECTS,
    OURS,
    PARQUET,
    TABLES,
    TITLES,
    TOOLS,
)

GIB = 1024  # in MiB
TEN, HUNDRED, FILES = 10 * MILLION, 100 * MILLION, 10
OLD = "claims"  # which has bounds of its own
WALL, PROCESSOR, MEMORY = "wall", "processor", "memory"
PEERS = [tool for tool in TOOLS if tool.judges and tool.script != "ours.py"]
Values = Mapping[str, float | None]


@dataclass(frozen=True)
class Verdict:
    """One promise.

    Attributes:
        promise: what is promised.
        measured: what the results say, table by table.
        kept: whether it was kept; None when the results cannot tell.
    """

    promise: str
    measured: str
    kept: bool | None


def verdicts(results: Results) -> Iterator[Verdict]:
    """All promises."""
    yield from of_reading(results)
    yield from of_faults(results)
    yield from of_formats(results)
    yield from of_size(results)
    yield cheapest(results)


def of_reading(results: Results) -> Iterator[Verdict]:
    """What clean CSV may cost beside a mere read, and beside frictionless."""
    clean = Case("", CSV, MILLION, "clean", OURS)
    yield at_most(
        "CSV, 1M rows, processor: at most 2 times Polars' typed read, 1.4 on claims",
        ratios(results, clean, replace(clean, tool=FLOOR)),
        2,
        {OLD: 1.4},
    )
    ten = replace(clean, rows=TEN)
    yield at_most(
        "CSV, 10M rows, wall: at most 2 times Polars' typed read, 1.4 on claims",
        ratios(results, ten, replace(ten, tool=FLOOR), WALL),
        2,
        {OLD: 1.4},
    )
    yield at_least(
        "CSV, 1M rows, processor: frictionless takes at least 40 times ours, 60 on claims",
        ratios(results, replace(clean, tool=FRICTIONLESS), clean),
        40,
        {OLD: 60},
    )


def of_faults(results: Results) -> Iterator[Verdict]:
    """What faults may cost, and that each of them is found."""
    for rows in (MILLION, TEN):
        clean = Case("", CSV, rows, "clean", OURS)
        for variant, most in (("faults", 1.5), ("column", 2)):
            yield at_most(
                f"CSV, {rows // MILLION}M rows, {variant}, processor: at most {most} times clean",
                ratios(results, replace(clean, variant=variant), clean),
                most,
            )
    for form in FORMATS:
        yield perfect(results, form)


def of_formats(results: Results) -> Iterator[Verdict]:
    """What other formats may cost beside CSV, a peer, and a mere read."""
    for rows in (MILLION, TEN):
        parquet = Case("", PARQUET, rows, "clean", OURS)
        yield at_most(
            f"Parquet, {rows // MILLION}M rows, processor: at most 0.6 times the CSV",
            ratios(results, parquet, replace(parquet, form=CSV)),
            0.6,
        )
        yield at_least(
            f"Parquet, {rows // MILLION}M rows, processor: data-dict takes longer than we do",
            ratios(results, replace(parquet, tool=DATA_DICT), parquet),
            1,
        )
    fast = Case("", PARQUET, TEN, "clean", FAST)
    yield at_most("Parquet, 10M rows, `--fast`, wall: at most 1 s", values(results, fast, WALL), 1)
    read = Case("", NDJSON, MILLION, "clean", FLOOR)
    for form in (NDJSON, OBJECTS, ARRAYS):
        yield at_most(
            f"{TITLES[form]}, 1M rows, processor: at most 2.5 times Polars' read of the NDJSON",
            ratios(results, replace(read, form=form, tool=OURS), read),
            2.5,
        )


def of_size(results: Results) -> Iterator[Verdict]:
    """What large tables, and the smallest, may take."""
    for form in (CSV, PARQUET):
        hundred = Case("", form, HUNDRED, "clean", OURS, FILES)
        memory = measured(values(results, hundred, MEMORY))
        yield at_most(f"{TITLES[form]}, 100M rows in ten files: less than 2 GiB", memory, 2 * GIB)
        for what in (WALL, PROCESSOR):
            yield at_most(
                f"{TITLES[form]}, 100M rows in ten files, {what}: at most 11.5 times 10M rows",
                measured(ratios(results, hundred, replace(hundred, rows=TEN), what)),
                11.5,
            )
        ten = Case("", form, TEN, "clean", OURS)
        yield at_most(
            f"{TITLES[form]}, 10M rows: less than 1 GiB", values(results, ten, MEMORY), GIB
        )
    dataset = results.of(Case(DATASET, CSV, 0, "clean", OURS))
    seconds = {DATASET: None if dataset is None else dataset.processor}
    yield at_most("the dataset of this repository, processor: at most 0.6 s", seconds, 0.6)


def values(results: Results, case: Case, what: str = PROCESSOR) -> Values:
    """A measure of a case on each table."""
    found = {table: results.of(replace(case, table=table)) for table in TABLES}
    return {table: one if one is None else getattr(one, what) for table, one in found.items()}


def ratios(results: Results, case: Case, base: Case, what: str = PROCESSOR) -> Values:
    """How many times as much a case takes as another, on each table."""
    return {
        table: results.ratio(replace(case, table=table), replace(base, table=table), what)
        for table in TABLES
    }


def measured(values: Values) -> Values:
    """The tables that have a value, which need not be all; all if none has one."""
    return {table: value for table, value in values.items() if value is not None} or values


def at_most(
    promise: str, values: Values, bound: float, others: Mapping[str, float] | None = None
) -> Verdict:
    """That no value is greater than its bound."""
    return judged(promise, values, lambda name, value: value <= (others or {}).get(name, bound))


def at_least(
    promise: str, values: Values, bound: float, others: Mapping[str, float] | None = None
) -> Verdict:
    """That no value is smaller than its bound."""
    return judged(promise, values, lambda name, value: value >= (others or {}).get(name, bound))


def judged(promise: str, values: Values, holds: Callable[[str, float], bool]) -> Verdict:
    """A promise that is kept if it holds on each table, and cannot be judged with one missing."""
    found = {table: value for table, value in values.items() if value is not None}
    said = ", ".join(f"{table} {number(found.get(table))}" for table in values)
    if not all(holds(table, value) for table, value in found.items()):
        return Verdict(promise, said, kept=False)
    return Verdict(promise, said if found else "not measured", True if found == values else None)


def number(value: float | None) -> str:
    """A measure with three digits or all before the point."""
    if value is None:
        return "–"
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def perfect(results: Results, form: str) -> Verdict:
    """That every fault is found at its row and column, and nothing else, at all sizes."""
    found = [
        (case, result.score)
        for case, result in results.cases.items()
        if case.tool == OURS and case.form == form and case.table in TABLES and not result.failure
    ]
    wrong = [case for case, score in found if not score.is_perfect]
    promise = f"{TITLES[form]}: every fault at its row and column, none besides"
    if wrong:
        places = ", ".join(f"{case.table} {case.variant} {case.rows:,}" for case in wrong)
        return Verdict(promise, f"not so: {places}", kept=False)
    faults = sum(score.faults for _, score in found)
    said = f"{faults:,} faults" if faults else "not measured"
    return Verdict(promise, said, True if faults else None)


def cheapest(results: Results) -> Verdict:
    """That no other tool that judges takes less processor time for the old table."""
    promise = "CSV, 1M rows of claims, processor: less than every other peer"
    ours = Case(OLD, CSV, MILLION, "clean", OURS)
    ratios = {tool.title: results.ratio(replace(ours, tool=tool.name), ours) for tool in PEERS}
    times = {title: ratio for title, ratio in ratios.items() if ratio is not None}
    if not times:
        return Verdict(promise, "not measured", None)
    nearest = min(times, key=lambda title: times[title])
    return Verdict(promise, f"{nearest}: {times[nearest]:.2f} times ours", times[nearest] > 1)
