"""Table rules: SQL queries over the package's tables that return offending rows."""

from collections.abc import Iterator, Mapping

import polars as pl

from validate._src.checks.check import Check
from validate._src.checks.queries import answers_at_once, beyond_sql, result_of, seen, unread
from validate._src.package.ledger import Ledger
from validate._src.package.links import ROW
from validate._src.tables.dataset import Dataset, tables_named_in
from validate._src.tables.table import Table
from validate._src.words.codes import TABLE_RULE_CODES
from validate._src.words.errors import PackageError
from validate._src.words.finding import WITHHELD
from validate._src.words.findingframe import FindingFrame, framed
from validate._src.words.model import Resource, TableRule
from validate._src.words.outcome import Checked, NotChecked, Outcome


class RulesCheck(Check):
    """Runs every table rule; each row that its query returns is a finding.

    A query sees every table under its resource's name, with the fields of the schema
    as typed values and `_row`, the row number. It returns `_row` of the rule's resource.
    """

    def end(self, dataset: Dataset) -> Iterator[Outcome]:
        """Runs the rules; one whose query cannot be run is a fault of the descriptor."""
        rules, ledger = self.package.rules, Ledger()
        if rules and (why := unread(dataset)):
            yield NotChecked("table rules", why, TABLE_RULE_CODES)
            return
        if rules:
            for rule in rules:
                named = tables_named_in(rule, self.package)
                what = f"table rule {rule.name}"
                yield from beyond_sql(what, named, dataset, TABLE_RULE_CODES, rule.resource)
            frames = {name: _frame(table) for name, table in dataset.tables.items()}
            answers = answers_at_once([rule for rule in rules if self._is_sound(rule)], frames)
            for rule in rules:
                table, result = dataset.tables[rule.resource], answers.get(rule.query)
                yield from self._judged(rule, table, frames, result, ledger)
        yield from framed(ledger.findings())
        yield from ledger.not_checked
        yield Checked("table rules", len(rules) - len(ledger.not_checked))

    def _named(self, rule: TableRule) -> list[Resource]:
        """The resources that a rule may look at."""
        return [self.package.resources[name] for name in tables_named_in(rule, self.package)]

    def _is_sound(self, rule: TableRule) -> bool:
        """Whether all that a rule looks at can be used."""
        return not any(one.schema and one.schema.unchecked for one in self._named(rule))

    def _judged(
        self,
        rule: TableRule,
        table: Table,
        frames: Mapping[str, pl.DataFrame],
        result: pl.DataFrame | None,
        ledger: Ledger,
    ) -> Iterator[FindingFrame]:
        """The rows that a rule finds, if all that it looks at can be used.

        Args:
            rule: the rule.
            table: the table of its resource.
            frames: all tables.
            result: what its query returns; None if it was not asked yet.
            ledger: takes a query that cannot be run.
        """
        at = rule.place.at("query")
        withheld = any(one.schema.restricted for one in self.package.tables.values())
        try:
            if self._is_sound(rule):
                if result is None:
                    query, at_file = rule.query, rule.location
                    result = result_of(query, at_file, frames, withheld=withheld)
                rows = _offending(rule, result)
                if len(rows):
                    yield _broken(table, rule, rows, withheld=withheld)
                return
        except PackageError as error:
            if not any(one.unreadable for one in self._named(rule)):
                ledger.fault(at, str(error))
        ledger.lost(f"table rule {rule.name}", at, TABLE_RULE_CODES, rule.resource)


def _frame(table: Table) -> pl.DataFrame:
    return seen(table).with_columns(table.rows.alias(ROW))


def _offending(rule: TableRule, result: pl.DataFrame) -> pl.Series:
    """The rows that a query returned, each once."""
    if ROW not in result.columns or not result[ROW].dtype.is_integer():
        raise PackageError(f"{rule.location}: the query must return {ROW} of {rule.resource}")
    rows = result[ROW]
    return rows.drop_nulls().unique().sort() if len(rows) else rows


def _broken(table: Table, rule: TableRule, rows: pl.Series, *, withheld: bool) -> FindingFrame:
    """The rows that a rule returns, which have to be rows of its table."""
    numbers = rows.cast(pl.Int64, strict=False)
    others = rows.filter(~numbers.is_in(table.rows.implode()).fill_null(value=False))
    if len(others):
        number = WITHHELD if withheld else others[0]
        raise PackageError(
            f"{rule.location}: returns {ROW} {number}, but {rule.resource} has no such row"
        )
    indexes = table.rows.is_in(numbers.implode()).arg_true()
    message = f"{rule.message} (rule {rule.name})"
    return table.findings_at(indexes, "table-rule", message, rule=rule.name, severity=rule.severity)
