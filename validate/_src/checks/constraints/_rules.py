"""Row rules as expressions of Polars, each parsed once a table."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from validate._src.checks.constraints._columns import RULE
from validate._src.checks.sql import check_row_expression, reason_of
from validate._src.fields.selecting import selected
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
            return Verdicts(self.said_of(table.values, withheld=False))
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
                pieces.append(self.said_of(rows, withheld=bool(table.withheld)))
            except PackageError as error:
                if height > 1:
                    left += [(start + height // 2, height - height // 2), (start, height // 2)]
                    continue
                failures[start] = str(error).removeprefix(f"{self.rule.place.at('check')}: ")
                pieces.append(pl.Series(self.column, [False]))
        return Verdicts(pl.concat(pieces), failures, unjudged)

    def _unknown(self, height: int) -> pl.Series:
        return pl.Series(self.column, [None] * height, dtype=pl.Boolean)

    def said_of(self, values: pl.DataFrame, *, withheld: bool) -> pl.Series:
        """What the rule says of each of some rows.

        Args:
            values: the rows.
            withheld: whether their values may not be written.

        Raises:
            PackageError: it fails, or does not say true or false of each row.
        """
        place = self.rule.place.at("check")
        try:
            verdicts = values.select_seq(self.expression.alias(self.column)).to_series()
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
    compiled = [_compiled_or_why(rule, table) for rule in table.schema.rules]
    usable = [one for one in compiled if isinstance(one, CompiledRule) and not one.absent]
    no_rows = table.values.clear()
    are_sound = _say_of_each_row(usable, no_rows)
    for rule, one in zip(table.schema.rules, compiled, strict=True):
        at, resource = rule.place.at("check"), table.resource.name
        try:
            if isinstance(one, PackageError):
                raise one
            if table.schema.unchecked.isdisjoint(one.names):
                if not are_sound and not one.absent:
                    one.said_of(no_rows, withheld=False)
                yield one
                continue
        except PackageError as error:
            ledger.fault(at, str(error).removeprefix(f"{at}: "), resource)
        ledger.lost(f"row rule {rule.name} of {resource}", at, ROW_RULE_CODES, resource)


def verdicts_of(rules: Mapping[str, CompiledRule], table: Table) -> dict[str, Verdicts]:
    """What rules say of each row of a table, by their names.

    All are asked by one query, unless one of them fails on some row.
    """
    asked = {name: rule.expression.alias(name) for name, rule in rules.items() if not rule.absent}
    try:
        said = selected(table.values, asked.values())
    except FAILURES:
        said = table.values.select()
    if said.height != table.values.height or {*said.dtypes} != {pl.Boolean()}:
        return {name: rule.verdicts(table) for name, rule in rules.items()}
    return {
        name: Verdicts(said[name].alias(rule.column)) if name in asked else rule.verdicts(table)
        for name, rule in rules.items()
    }


def _say_of_each_row(rules: Sequence[CompiledRule], no_rows: pl.DataFrame) -> bool:
    """Whether all of some rules say true or false of each row, by a table without any.

    Each says it in a list of its own: side by side, what is said once would be repeated.
    """
    if not rules:
        return True
    asked = (rule.expression.implode().alias(str(at)) for at, rule in enumerate(rules))
    try:
        said = no_rows.select_seq(asked)
    except FAILURES:
        return False
    return {*said.dtypes} == {pl.List(pl.Boolean())} and not any(said.row(0))


def _compiled_or_why(rule: RowRule, table: Table) -> CompiledRule | PackageError:
    """A rule compiled, or why it cannot be."""
    try:
        return _compiled(rule, table, str(rule.place.at("check")))
    except PackageError as error:
        return error


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
