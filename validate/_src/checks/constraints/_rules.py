"""Row rules as expressions of Polars, each parsed once a table."""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from validate._src.checks.constraints._columns import RULE
from validate._src.checks.sql import check_row_expression, reason_of
from validate._src.package.ledger import Ledger
from validate._src.tables.table import Table
from validate._src.words.codes import ROW_RULE_CODES
from validate._src.words.errors import PackageError
from validate._src.words.schema import RowRule


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

    def verdicts(self, table: Table) -> pl.Series:
        """What the rule says of each row: true, false, or null where it is unknown.

        Raises:
            PackageError: the expression does not fit the values.
        """
        if self.absent:
            name = RULE + self.rule.name
            return pl.Series(name, [None] * table.text.height, dtype=pl.Boolean)
        return self._said_of(table.values, withheld=bool(table.withheld))

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
            verdicts = values.select(self.expression.alias(RULE + self.rule.name)).to_series()
        except pl.exceptions.PolarsError as error:
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
