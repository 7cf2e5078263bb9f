"""Table rules: SQL queries over the package's tables that return offending rows."""

from collections.abc import Iterator, Mapping

import polars as pl

from validate._src.checks.check import Check
from validate._src.checks.sql import check_query
from validate._src.fields.types import FIELD_TYPES
from validate._src.package.consistency import ROW
from validate._src.tables.dataset import Dataset
from validate._src.tables.table import Table
from validate._src.words.errors import PackageError
from validate._src.words.findingframe import FindingFrame
from validate._src.words.model import TableRule
from validate._src.words.outcome import Checked, NotChecked, Outcome


class RulesCheck(Check):
    """Runs every table rule; each row that its query returns is a finding.

    A query sees every table under its resource's name, with the fields of the schema
    as typed values and `_row`, the row number. It returns `_row` of the rule's resource.
    """

    def end(self, dataset: Dataset) -> Iterator[Outcome]:
        """Runs the rules.

        Raises:
            PackageError: a query is malformed, names what does not exist, reads files,
                or does not return `_row`.
        """
        rules = self.package.rules
        unread = [name for name, table in dataset.tables.items() if not table.complete]
        if rules and unread:
            why = f"{', '.join(unread)} could not be read to the end"
            yield NotChecked("table rules", why, frozenset({"table-rule"}))
            return
        if rules:
            frames = {name: _frame(table) for name, table in dataset.tables.items()}
            for rule in rules:
                yield _broken(dataset.tables[rule.resource], rule, _offending(rule, frames))
        yield Checked("table rules", len(rules))


def _frame(table: Table) -> pl.DataFrame:
    absent = [field for field in table.schema.fields if field.name not in table.values.columns]
    return table.values.with_columns(
        table.rows.alias(ROW),
        *(pl.lit(None, dtype=FIELD_TYPES[field.type].dtype).alias(field.name) for field in absent),
    )


def _offending(rule: TableRule, frames: Mapping[str, pl.DataFrame]) -> pl.Series:
    check_query(rule.query, rule.location)
    try:
        result = pl.SQLContext(frames, eager=True).execute(rule.query)
    except pl.exceptions.PolarsError as error:
        raise PackageError(f"{rule.location}: {str(error).splitlines()[0]}") from None
    if ROW not in result.columns or not result[ROW].dtype.is_integer():
        raise PackageError(f"{rule.location}: the query must return {ROW} of {rule.resource}")
    return result[ROW].drop_nulls().unique().sort()


def _broken(table: Table, rule: TableRule, rows: pl.Series) -> FindingFrame:
    """The rows that a rule returns, which have to be rows of its table."""
    numbers = rows.cast(pl.Int64, strict=False)
    others = rows.filter(~numbers.is_in(table.rows.implode()).fill_null(value=False))
    if len(others):
        raise PackageError(
            f"{rule.location}: returns {ROW} {others[0]}, but {rule.resource} has no such row"
        )
    indexes = table.rows.is_in(numbers.implode()).arg_true()
    message = f"{rule.message} (rule {rule.name})"
    return table.findings_at(indexes, "table-rule", message, rule=rule.name, severity=rule.severity)
