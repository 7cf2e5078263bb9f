"""Table rules: SQL queries over the package's tables that return offending rows."""

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from validate._src.checks.check import Check
from validate._src.checks.sql import check_query, reason_of
from validate._src.fields.types import FIELD_TYPES
from validate._src.package.ledger import Ledger
from validate._src.package.links import ROW
from validate._src.tables.dataset import Dataset, tables_named_in
from validate._src.tables.table import BEYOND, Table
from validate._src.words.codes import TABLE_RULE_CODES
from validate._src.words.errors import PackageError
from validate._src.words.finding import WITHHELD
from validate._src.words.findingframe import FindingFrame, framed
from validate._src.words.model import Package, TableRule
from validate._src.words.outcome import Checked, NotChecked, Outcome


class RulesCheck(Check):
    """Runs every table rule; each row that its query returns is a finding.

    A query sees every table under its resource's name, with the fields of the schema
    as typed values and `_row`, the row number. It returns `_row` of the rule's resource.
    """

    def end(self, dataset: Dataset) -> Iterator[Outcome]:
        """Runs the rules; one whose query cannot be run is a fault of the descriptor."""
        rules, ledger = self.package.rules, Ledger()
        unread = [name for name, table in dataset.tables.items() if not table.complete]
        if rules and unread:
            why = f"{', '.join(unread)} could not be read to the end"
            yield NotChecked("table rules", why, TABLE_RULE_CODES)
            return
        if rules:
            yield from _unknown(rules, self.package, dataset)
            frames = {name: _frame(table) for name, table in dataset.tables.items()}
            for rule in rules:
                yield from self._judged(rule, dataset.tables[rule.resource], frames, ledger)
        yield from framed(ledger.findings())
        yield from ledger.not_checked
        yield Checked("table rules", len(rules) - len(ledger.not_checked))

    def _judged(
        self, rule: TableRule, table: Table, frames: Mapping[str, pl.DataFrame], ledger: Ledger
    ) -> Iterator[FindingFrame]:
        """The rows that a rule finds, if all that it looks at can be used."""
        at = rule.place.at("query")
        withheld = any(one.schema.restricted for one in self.package.tables.values())
        named = [self.package.resources[name] for name in tables_named_in(rule, self.package)]
        try:
            if not any(one.schema and one.schema.unchecked for one in named):
                rows = _offending(rule, frames, withheld=withheld)
                if len(rows):
                    yield _broken(table, rule, rows, withheld=withheld)
                return
        except PackageError as error:
            if not any(one.unreadable for one in named):
                ledger.fault(at, str(error))
        ledger.lost(f"table rule {rule.name}", at, TABLE_RULE_CODES, rule.resource)


def _unknown(
    rules: Sequence[TableRule], package: Package, dataset: Dataset
) -> Iterator[NotChecked]:
    """The rules that look at tables with values which SQL does not know."""
    for rule in rules:
        for name in sorted(tables_named_in(rule, package) & dataset.tables.keys()):
            table = dataset.tables[name]
            if count := table.count_beyond(table.values.columns):
                what = f"table rule {rule.name} in {count} of the rows of {name}"
                yield NotChecked(what, BEYOND, TABLE_RULE_CODES, rule.resource)


def _frame(table: Table) -> pl.DataFrame:
    absent = [field for field in table.schema.fields if field.name not in table.values.columns]
    return table.values.with_columns(
        table.rows.alias(ROW),
        *(pl.lit(None, dtype=FIELD_TYPES[field.type].dtype).alias(field.name) for field in absent),
    )


def _offending(rule: TableRule, frames: Mapping[str, pl.DataFrame], *, withheld: bool) -> pl.Series:
    check_query(rule.query, rule.location)
    try:
        result = pl.SQLContext(frames, eager=True).execute(rule.query)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        raise PackageError(f"{rule.location}: {reason_of(error, withheld=withheld)}") from None
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
