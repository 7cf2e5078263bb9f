"""What coders coded, as the tables of a package say it."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from validate._src.tables.dataset import Dataset, sound_rows
from validate._src.words.errors import PackageError
from validate._src.words.reliability import Reliability

Piece = tuple[str, int]
"""A segment: its source and its number there."""
Span = tuple[int, int]
Key = tuple[str, str, str]
"""A task, a coder and what the coder calls a unit."""
SHARE = re.compile(r"[0-9]{1,18}(?:[/.][0-9]{1,18})?", re.ASCII)
"""A fraction; `Fraction` reads more, of which `1e-999999999` takes it for ever."""


@dataclass(frozen=True)
class Unit:
    """What a coder coded as one thing.

    Attributes:
        coder: who.
        name: what the coder calls it.
        table: the table of which it would be a row.
        piece: the segment in which the coder found it; None where it was given.
        spans: where it stands, start and end of each span, in the order of the text.
        values: what the coder gave to each field, as text; None for an empty cell.
    """

    coder: str
    name: str
    table: str
    piece: Piece | None
    spans: tuple[Span, ...]
    values: Mapping[str, str | None]


@dataclass(frozen=True)
class Task:
    """A task of coding.

    Attributes:
        seed: what the sample and the bootstrap are drawn by.
        share: which part of each stratum is drawn; None where units are given.
        coders: who did it, in the order of the table.
        units: what they coded, in the order of the table.
    """

    name: str
    seed: int
    share: Fraction | None
    coders: tuple[str, ...]
    units: tuple[Unit, ...]

    def of(self, coder: str) -> list[Unit]:
        """The units of a coder."""
        return [unit for unit in self.units if unit.coder == coder]


@dataclass(frozen=True)
class Codings:
    """All that was coded.

    Attributes:
        tasks: in the order of their table.
        strays: rows that belong to no task, coder or unit, each in words.
    """

    tasks: tuple[Task, ...]
    strays: tuple[str, ...]


def codings_of(dataset: Dataset, declared: Reliability) -> Codings:
    """The codings of a package.

    Raises:
        PackageError: a column is absent, or a cell of it is empty that must not be, or of the
            wrong type; a share is no fraction; a field is restricted whose values would be shown.
    """
    tasks, coders = declared.tasks, declared.coders
    seeds = _rows(dataset, tasks.resource, [tasks.task, tasks.seed], [tasks.share])
    pairs = [*dict.fromkeys(_rows(dataset, coders.resource, [coders.task, coders.coder]))]
    units, strays = _units(dataset, declared, {(task, coder) for task, coder in pairs})
    found = tuple(
        Task(
            name=task,
            seed=seed,
            share=None if share is None else _fraction(task, share),
            coders=tuple(coder for of, coder in pairs if of == task),
            units=tuple(units.get(task, ())),
        )
        for task, seed, share in seeds
    )
    names = {task.name for task in found}
    lost = [(task, coder) for task, coder in pairs if task not in names]
    strays += [f"{task}, coder {coder}: there is no such task" for task, coder in lost]
    return Codings(found, tuple(strays))


def _units(
    dataset: Dataset, declared: Reliability, known: set[tuple[str, str]]
) -> tuple[dict[str, list[Unit]], list[str]]:
    """The units by task, and what belongs to none."""
    units, spans, values = declared.units, declared.spans, declared.values
    strays = list[str]()
    spans_of = defaultdict[Key, list[Span]](list)
    for *unit, start, end in _rows(
        dataset, spans.resource, [spans.task, spans.coder, spans.unit, spans.start, spans.end]
    ):
        spans_of[*unit].append((start, end))
    values_of = defaultdict[Key, dict[str, str | None]](dict)
    of_fields = [values.task, values.coder, values.unit, values.field]
    for *unit, field, value in _rows(dataset, values.resource, of_fields, [values.value]):
        if field in values_of[*unit]:
            strays.append(f"{in_words(*unit)}: {field} is coded twice")
        values_of[*unit][field] = value
    found = defaultdict[str, dict[Key, Unit]](dict)
    of_units = [units.task, units.coder, units.unit, units.table]
    places = [units.source, units.segment]
    for task, coder, name, table, *place in _rows(dataset, units.resource, of_units, places):
        key = task, coder, name
        if key in found[task]:
            strays.append(f"{in_words(*key)}: stands twice")
            continue
        piece = None if None in place else (place[0], place[1])
        in_order = tuple(sorted(spans_of.pop(key, [])))
        unit = Unit(coder, name, table, piece, in_order, values_of.pop(key, {}))
        if (task, coder) in known:
            found[task][key] = unit
        else:
            strays.append(f"{in_words(*key)}: the coder is not declared")
    left = sorted(spans_of.keys() | values_of.keys())
    strays += [f"{in_words(*key)}: there is no such unit" for key in left]
    return {task: [*of_task.values()] for task, of_task in found.items()}, strays


def _fraction(task: str, share: str) -> Fraction:
    """The share of a task.

    Raises:
        PackageError: it is none.
    """
    try:
        fraction = Fraction(share) if SHARE.fullmatch(share) else Fraction(0)
    except ZeroDivisionError:
        fraction = Fraction(0)
    if not 0 < fraction <= 1:
        raise PackageError(f'{task}: the share "{share}" is no fraction such as 1/3')
    return fraction


def in_words(task: str, coder: str, unit: str) -> str:
    """A unit, for messages."""
    return f"{task}, coder {coder}, unit {unit}"


def _rows(
    dataset: Dataset, resource: str, filled: Sequence[str], others: Sequence[str] = ()
) -> list[tuple[Any, ...]]:
    """The rows of a table, those columns alone."""
    table = dataset.tables[resource]
    names = [*filled, *others]
    for name in table.schema.restricted.intersection(names):
        raise PackageError(
            f"{dataset.package.file.name}: reliability would show values of {resource}.{name}, "
            "which is restricted"
        )
    return sound_rows(table, filled, others).select(names).rows()
