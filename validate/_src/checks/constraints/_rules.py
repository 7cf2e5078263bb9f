"""Row rules as expressions of Polars, each parsed once a table."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import polars as pl

from validate._src.checks.constraints._columns import RULE
from validate._src.checks.sql import check_row_expression, reason_of
from validate._src.package.ledger import Ledger
from validate._src.tables.table import Table
from validate._src.words.codes import ROW_RULE_CODES
from validate._src.words.errors import PackageError
from validate._src.words.schema import RowRule

MOST_FAILING = 100
"""Rows of a batch on which a rule may fail: each of them takes a query for every halving."""
FAILURES = (pl.exceptions.PolarsError, pl.exceptions.PanicException)


@dataclass(frozen=True, eq=False)
class Verdicts:
    """What a rule says of n rows.

    Attributes:
        holds: n times true, false, or null where it is unknown; false where the rule fails.
        failures: why it fails on a row, by the index of the row.
        unjudged: how many rows it was not asked of, as it had failed on too many before.
    """

    holds: pl.Series
    failures: Mapping[int, str] = field(default_factory=dict[int, str])
    unjudged: int = 0


@dataclass(frozen=True, eq=False)
class CompiledRule:
    """A row rule, parsed.

    Attributes:
        rule: the rule.
        expression: what Polars makes of its SQL.
        names: the fields that it speaks of, each once.
        absent: those of them that the table has no column for; the rule cannot be judged then.
    """

    rule: RowRule
    expression: pl.Expr
    names: tuple[str, ...]
    absent: tuple[str, ...]

    @property
    def column(self) -> str:
        """The name of the column that holds what the rule says."""
        return RULE + self.rule.name

    def verdicts(self, table: Table, most: int = MOST_FAILING) -> Verdicts:
        """What the rule says of each row.

        Args:
            table: n rows.
            most: on how many of them it may fail.
        """
        if self.absent:
            return Verdicts(self._unknown(table.cells.height))
        try:
            return Verdicts(self._said_of(table.values, withheld=False))
        except PackageError:
            return self._by_halves(table, most)

    def _by_halves(self, table: Table, most: int) -> Verdicts:
        """What it says of rows on some of which it fails: the half that has one is halved."""
        pieces: list[pl.Series] = []
        failures: dict[int, str] = {}
        unjudged = 0
        left = [(0, table.values.height)]
        while left:
            start, height = left.pop()
            if len(failures) >= most:
                pieces.append(self._unknown(height))
                unjudged += height
                continue
            rows = table.values.slice(start, height)
            try:
                pieces.append(self._said_of(rows, withheld=bool(table.withheld)))
            except PackageError as error:
                if height > 1:
                    left += [(start + height // 2, height - height // 2), (start, height // 2)]
                    continue
                failures[start] = str(error).removeprefix(f"{self.rule.place.at('check')}: ")
                pieces.append(pl.Series(self.column, [False]))
        return Verdicts(pl.concat(pieces), failures, unjudged)

    def _unknown(self, height: int) -> pl.Series:
        return pl.Series(self.column, [None] * height, dtype=pl.Boolean)

    def check(self, table: Table) -> None:
        """Checks, by a table without rows, that the rule says true or false of each row.

        Raises:
            PackageError: it does not, or does not fit the types of its fields.
        """
        if not self.absent:
            self._said_of(table.values.clear(), withheld=False)

    def _said_of(self, values: pl.DataFrame, *, withheld: bool) -> pl.Series:
        place = self.rule.place.at("check")
        try:
            verdicts = values.select(self.expression.alias(self.column)).to_series()
        except FAILURES as error:
            reason = reason_of(error, withheld=withheld)
            raise PackageError(f"{place}: {reason}") from None
        if verdicts.dtype != pl.Boolean or len(verdicts) != values.height:
            raise PackageError(f"{place}: the expression must say true or false of each row")
        return verdicts


def compiled_rules(table: Table, ledger: Ledger) -> Iterator[CompiledRule]:
    """The row rules of a table that can be used.

    Args:
        table: any batch of it.
        ledger: takes those that are too large, are malformed, look at more than a row, or
            name a field that does not exist or cannot be used.
    """
    for rule in table.schema.rules:
        at, resource = rule.place.at("check"), table.resource.name
        try:
            compiled = _compiled(rule, table, str(at))
            if table.schema.unchecked.isdisjoint(compiled.names):
                compiled.check(table)
                yield compiled
                continue
        except PackageError as error:
            ledger.fault(at, str(error).removeprefix(f"{at}: "), resource)
        ledger.lost(f"row rule {rule.name} of {resource}", at, ROW_RULE_CODES, resource)


def _compiled(rule: RowRule, table: Table, place: str) -> CompiledRule:
    check_row_expression(rule.check, place)
    try:
        expression = pl.sql_expr(rule.check)
    except pl.exceptions.PolarsError as error:
        raise PackageError(f"{place}: {str(error).splitlines()[0]}") from None
    names = tuple(dict.fromkeys(expression.meta.root_names()))
    for name in names:
        if name not in table.schema.names:
            raise PackageError(f'{place}: there is no field "{name}"')
    absent = tuple(name for name in names if not table.has([name]))
    return CompiledRule(rule, expression, names, absent)
