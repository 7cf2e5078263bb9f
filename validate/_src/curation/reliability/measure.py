"""What the codings of a task give: how far coders agree on units, and on each field of a table."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from validate._src.curation.reliability.codings import Piece, Task, Unit
from validate._src.curation.reliability.coincidence import Item, coincidences
from validate._src.curation.reliability.pairing import Pair, characters, paired
from validate._src.curation.reliability.resampling import Floats, draws_of, interval
from validate._src.curation.reliability.sample import Segmented
from validate._src.curation.reliability.unitizing import GAP, CodedUnit, Unitizing, unitizing
from validate._src.curation.reliability.values import Coded

ALL = "*"
"""What stands for all tables, and instead of a field for the units themselves."""
UNITIZING = "unitizing"
Characters = list[set[str]]
"""The tables in whose units each character of a piece stands, as one coder has it."""
Together = tuple[int, tuple[Unit, ...]]
"""A unit as all coders have it, after the number of the piece with which it is drawn."""


@dataclass(frozen=True)
class Result:
    """How far the coders of a task agree.

    Attributes:
        table: the table, or `*` for all.
        field: the field, or `*` for the units themselves.
        level: the level of measurement, or `unitizing`.
        units: of a field, how many units were compared; else how many were found, by all coders.
        values: how many values can be compared; of units, characters.
        alpha: Krippendorff's alpha; None where nothing varies.
        low: lower end of its interval of 95 %; None where no draw gives an alpha.
        high: upper end.
        draws: how many draws of the bootstrap give an alpha.
        agreement: of a field, the share of the compared units with equal cells; else that of the
            found units that are paired. None where there are no units.
    """

    task: str
    table: str
    field: str
    level: str
    units: int
    values: int
    alpha: float | None
    low: float | None
    high: float | None
    draws: int
    agreement: float | None


def measured(
    task: Task,
    sample: Sequence[Piece] | None,
    coded: Mapping[str, Coded],
    segments: Segmented,
    empty: str,
) -> Iterator[Result]:
    """The results of a task in which nothing is wrong.

    Args:
        task: the task.
        sample: the segments that were drawn; None where units are given.
        coded: the values of its units by table.
        segments: all segments.
        empty: the table for which a segment without units is coded.
    """
    if sample is None:
        together = [*_given(task)]
        draws = draws_of(len(together), task.seed)
        for table, values in coded.items():
            yield from _of_fields(task, table, values, together, draws)
        return
    ones, others = map(task.of, task.coders)
    pairs = paired(ones, others, lambda one, other: _alike(one, other, coded))
    places = {piece: number for number, piece in enumerate(sample)}
    together = [(places[pair[0].piece], pair) for pair in pairs if pair[0].piece is not None]
    draws = draws_of(len(sample), task.seed)
    tables_of = _tables_of(task, sample, segments, empty)
    groups = {ALL: coded.keys() - {empty}, **{table: {table} for table in coded}}
    for name, tables in groups.items():
        continuum = unitizing([_divided(coders, tables) for coders in tables_of])
        yield _of_units(task, name, tables, continuum, pairs, draws)
        if name in coded:
            yield from _of_fields(task, name, coded[name], together, draws)


def _given(task: Task) -> Iterator[Together]:
    """Units that were given to all coders: each is drawn by itself."""
    units = {(unit.coder, unit.name): unit for unit in task.units}
    for number, name in enumerate(dict.fromkeys(unit.name for unit in task.units)):
        yield number, tuple(units[coder, name] for coder in task.coders)


def _alike(one: Unit, other: Unit, coded: Mapping[str, Coded]) -> int:
    """In how many fields two units of a table have equal values."""
    values = coded[one.table].values
    first, second = values[one.coder, one.name], values[other.coder, other.name]
    return sum(first[field] == second[field] for field in first)


def _tables_of(
    task: Task, sample: Sequence[Piece], segments: Segmented, empty: str
) -> list[list[Characters]]:
    """The tables of the units in which each character stands, by piece and coder."""
    found = list[list[Characters]]()
    for piece in sample:
        bounds = segments.spans[piece]
        by_coder: dict[str, Characters] = {
            coder: [set() for _ in range(*bounds)] for coder in task.coders
        }
        for unit in task.units:
            if unit.piece == piece:
                spans = [bounds] if unit.table == empty else unit.spans
                for offset in characters(spans):
                    by_coder[unit.coder][offset - bounds[0]].add(unit.table)
        found.append([*by_coder.values()])
    return found


def _divided(
    coders: Sequence[Characters], tables: Collection[str]
) -> tuple[int, list[list[CodedUnit]]]:
    """A piece as coders divide it: runs of characters that stand in units of the same tables."""
    units = list[list[CodedUnit]]()
    for of_coder in coders:
        values = [frozenset(found.intersection(tables)) or GAP for found in of_coder]
        runs = groupby(enumerate(values), key=lambda one: one[1])
        ends = [(value, [place for place, _ in run]) for value, run in runs]
        units.append([(run[0], run[-1] + 1, value) for value, run in ends if value is not GAP])
    return len(coders[0]), units


def _of_units(
    task: Task,
    name: str,
    tables: Collection[str],
    continuum: Unitizing,
    pairs: Sequence[Pair],
    draws: Floats,
) -> Result:
    """How far coders agree on what is a unit of some tables."""
    units = sum(unit.table in tables for unit in task.units)
    both = 2 * sum(one.table in tables for one, _ in pairs)
    alphas = continuum.alphas(draws)
    low, high = interval(alphas) or (None, None)
    return Result(
        task=task.name,
        table=name,
        field=ALL,
        level=UNITIZING,
        units=units,
        values=continuum.characters,
        alpha=continuum.alpha(),
        low=low,
        high=high,
        draws=len(alphas),
        agreement=both / units if units else None,
    )


def _of_fields(
    task: Task, table: str, coded: Coded, together: Sequence[Together], draws: Floats
) -> Iterator[Result]:
    """How far coders agree on each field of a table, in the units that they all have."""
    together = [(piece, units) for piece, units in together if units[0].table == table]
    for field, level in coded.levels.items():
        items = [
            Item(piece, tuple(coded.values[unit.coder, unit.name][field] for unit in units))
            for piece, units in together
        ]
        compared = coincidences(items, level, coded.orders.get(field, ()), draws.shape[1])
        alphas = compared.alphas(draws)
        low, high = interval(alphas) or (None, None)
        equal = sum(len(set(item.values)) == 1 for item in items)
        yield Result(
            task=task.name,
            table=table,
            field=field,
            level=level,
            units=len(items),
            values=compared.values,
            alpha=compared.alpha(),
            low=low,
            high=high,
            draws=len(alphas),
            agreement=equal / len(items) if items else None,
        )
