"""Valid rows judged by themselves: a row may refer to one that is not valid, and has gone."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import polars as pl

from validate._src.engine.run import check
from validate._src.report.report import Report
from validate._src.split.folder import VALID, Files
from validate._src.split.judgement import Judgement, error_codes, judgements
from validate._src.split.parting import Parted, part
from validate._src.words.codes import (
    CODES,
    CONSTRAINT_CODES,
    EDTF_CODES,
    FOREIGN_KEY_CODES,
    KEY_CODES,
    NUMERAL_CODES,
    ROW_RULE_CODES,
    TABLE_RULE_CODES,
)
from validate._src.words.model import Package, Part, Resource, TabularResource

MOST_ROUNDS = 10
"""A chain of rows that each refer to the one before loses one row a round, and may be as long as
its table: with more rounds that takes quadratic time."""
STILL = f"after {MOST_ROUNDS} rounds, rows still refer to rows that went in the last one"
ALONE = "judged by themselves, they have errors of the code {}"
WITHOUT_VALUES = (
    "judged by themselves, without the values of restricted fields, they have errors of the code {}"
)
MISSING_CODES = (
    CONSTRAINT_CODES | ROW_RULE_CODES | EDTF_CODES | NUMERAL_CODES | (KEY_CODES - FOREIGN_KEY_CODES)
)
"""Codes of what is found of a row where a value is missing that its schema asks for."""


@dataclass
class Splitting:
    """A resource while it is parted, until nothing is found in its valid rows.

    Attributes:
        resource: its resource.
        stem: what the names of its files begin with.
        judgement: what was found in its rows.
        parted: how it was parted at last.
        why_not: why it was not; empty if it was.
        doubts: what keeps rows in which nothing was found from being valid for sure.
        rounds: of each time that rows were moved to the invalid ones, what was found, and the
            numbers of these rows: `from` in the file of the valid ones, `row` in the table.
    """

    resource: Resource
    stem: str
    judgement: Judgement
    parted: Parted = field(default_factory=Parted)
    why_not: str = ""
    doubts: list[str] = field(default_factory=list[str])
    rounds: list[tuple[Report, pl.DataFrame]] = field(
        default_factory=list[tuple[Report, pl.DataFrame]]
    )


def judge_again(report: Report, tables: Mapping[str, Splitting], files: Files) -> None:
    """Judges what was taken for valid by itself, and moves rows until nothing is found in them.

    Args:
        report: what was found in all rows.
        tables: the tables that were parted, by the names of their resources.
        files: has their files.

    Raises:
        NotAsWrittenError: a file was changed meanwhile.
    """
    if not any(one.parted.invalid or one.parted.blanked for one in tables.values()):
        return
    for _ in range(MOST_ROUNDS):
        again = check(_package(report.source, tables, files))
        found = dict(_found(again, tables))
        if not found:
            return
        for name, rows in found.items():
            _move(tables[name], again, rows, files)
    for name in dict(_found(check(_package(report.source, tables, files)), tables)):
        tables[name].doubts.append(STILL)


def _package(source: Package, tables: Mapping[str, Splitting], files: Files) -> Package:
    """The package with the rows that were taken for valid, in place of all."""
    resources: dict[str, Resource] = {
        name: _with_file(tables[name], files) if name in tables else resource
        for name, resource in source.resources.items()
    }
    return replace(source, resources=resources, findings=(), not_checked=())


def _with_file(table: Splitting, files: Files) -> Resource:
    resource = table.resource
    file = files.path(f"{table.stem}.{VALID}")
    return replace(
        resource,
        parts=(Part(resource.location, file),),
        compression="",
        encoding=table.parted.encoding or resource.encoding,
        detects_encoding=False,
        bytes=None,
        hash=None,
    )


def _found(again: Report, tables: Mapping[str, Splitting]) -> Iterator[tuple[str, pl.Series]]:
    """The numbers of rows that are not valid by themselves, by resource.

    What else is wrong is a doubt of the table. So is what may be wrong only because values of
    restricted fields are left out: no row is moved for it.
    """
    moves = _moves(tables)
    for name, judgement in judgements(again, moves).items():
        table = tables[name]
        for code in sorted(judgement.codes - table.judgement.codes):
            _doubt(table, ALONE.format(code))
        rows = judgement.rows.filter(judgement.rows > table.parted.before)
        if len(rows):
            yield name, rows
    for name, code in sorted({*error_codes(again)}):
        if not moves(name, code) and _is_doubtful(tables.get(name), code):
            _doubt(tables[name], WITHOUT_VALUES.format(code))


def _moves(tables: Mapping[str, Splitting]) -> Callable[[str, str], bool]:
    """Says whether rows with an error of a code in a resource go to the invalid ones.

    Table rules may read the tables in which values are left out, whatever their own table is.
    """
    blanked = {name for name, one in tables.items() if one.parted.blanked}

    def moves(name: str, code: str) -> bool:
        if name not in tables or CODES[code].subject == "waiver":
            return False
        if code in FOREIGN_KEY_CODES:
            return True
        return name not in blanked and not (blanked and code in TABLE_RULE_CODES)

    return moves


def _is_doubtful(table: Splitting | None, code: str) -> bool:
    """Whether errors of a code for which no row goes are a doubt.

    Where values are left out, that they are missing is no fault; waivers of rows that have gone
    are of no use, and none either.
    """
    if table is None or CODES[code].subject == "waiver":
        return False
    return not (table.parted.blanked and code in MISSING_CODES)


def _doubt(table: Splitting, doubt: str) -> None:
    if doubt not in table.doubts:
        table.doubts.append(doubt)


def _move(table: Splitting, again: Report, rows: pl.Series, files: Files) -> None:
    """Parts a table anew, with more rows among the invalid ones."""
    assert isinstance(table.resource, TabularResource), "it was parted"
    files.drop_parted(table.stem)
    table.parted = part(table.resource, table.judgement, files, table.stem, rows)
    moved = pl.DataFrame(
        {"from": table.parted.moved_from, "row": table.parted.moved},
        schema={"from": pl.Int64, "row": pl.Int64},
    )
    rows = pl.concat([table.judgement.rows, moved["row"]]).sort()
    table.judgement = replace(table.judgement, rows=rows)
    table.rounds.append((again, moved))
