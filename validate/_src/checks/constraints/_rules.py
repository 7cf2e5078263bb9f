"""Row rules as expressions of Polars, each parsed once a table."""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from validate._src.checks.constraints._columns import RULE
from validate._src.checks.sql import check_row_expression
from validate._src.tables.table import Table
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
        place: where the rule stands, for messages.
    """

    rule: RowRule
    expression: pl.Expr
    names: tuple[str, ...]
    absent: tuple[str, ...]
    place: str

    def verdicts(self, table: Table) -> pl.Series:
        """What the rule says of each row: true, false, or null where it is unknown.

        Raises:
            PackageError: the expression does not fit the types of its fields, or does not
                say true or false of each row.
        """
        name, height = RULE + self.rule.name, table.text.height
        if self.absent:
            return pl.Series(name, [None] * height, dtype=pl.Boolean)
        try:
            verdicts = table.values.select(self.expression.alias(name)).to_series()
        except pl.exceptions.PolarsError as error:
            raise PackageError(f"{self.place}: {str(error).splitlines()[0]}") from None
        if verdicts.dtype != pl.Boolean or len(verdicts) != height:
            raise PackageError(f"{self.place}: the expression must say true or false of each row")
        return verdicts


def compiled_rules(table: Table) -> Iterator[CompiledRule]:
    """The row rules of a table.

    Raises:
        PackageError: a rule is too large, malformed, looks at more than a row or names a
            field that does not exist.
    """
    for rule in table.schema.rules:
        yield _compiled(rule, table)


def _compiled(rule: RowRule, table: Table) -> CompiledRule:
    place = f'resource "{table.resource.name}": rule "{rule.name}"'
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
    return CompiledRule(rule, expression, names, absent, place)
