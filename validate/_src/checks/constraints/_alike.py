"""Small tables with the same schema, held to be judged at once.

To ask Pandera takes half a millisecond, however few the rows are: judged one by one, 20,000
tables of a row take half as long again.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import polars as pl

from validate._src.checks.constraints._compiled import CompiledSchema
from validate._src.checks.constraints._gate import verdict_on
from validate._src.tables.table import Table
from validate._src.words.errors import PackageError

SMALL = 1_000  # rows: of larger tables, asking is the smallest part
MOST = 500  # tables that are held: each is in memory


@dataclass(frozen=True)
class Alike:
    """Some small tables, or batches of one, that ask the same of their rows.

    Attributes:
        schema: the compiled schema of the first, by which all can be judged.
        tables: the tables, at least one once any is judged.
    """

    schema: CompiledSchema
    tables: list[Table] = field(default_factory=list[Table])

    @property
    def is_full(self) -> bool:
        """Whether they are to be judged."""
        return len(self.tables) >= MOST

    def goes_with(self, table: Table) -> bool:
        """Whether a table asks the same of its rows, which are few."""
        first = self.tables[0]
        return (
            is_small(table)
            and table.cells.schema == first.cells.schema
            and table.schema == first.schema
        )

    def at_fault(self) -> Iterator[Table]:
        """The tables that have rows at fault, or cannot be judged with the others."""
        frames = [self.schema.frame(table, pl.DataFrame()) for table in self.tables]
        try:
            verdict = verdict_on(pl.concat(frames), self.schema.questions)
        except PackageError:
            yield from self.tables
            return
        if verdict.passes:
            return
        at_fault, start = verdict.at_fault, 0
        for table in self.tables:
            if at_fault.slice(start, len(table.rows)).any():
                yield table
            start += len(table.rows)


def may_be_held(schema: CompiledSchema, table: Table) -> bool:
    """Whether tables can be judged together: what is not judged in one is counted by table."""
    return is_small(table) and not schema.rules and not schema.one_by_one


def is_small(table: Table) -> bool:
    """Whether a table has few rows."""
    return len(table.rows) <= SMALL
