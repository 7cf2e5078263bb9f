"""Types, constraints and row rules: each Table Schema compiled into a Pandera schema.

The frame that Pandera judges has three kinds of columns: `text:<field>` for what
the cell holds, `value:<field>` for what it means, and `rule:<name>` for what a row
rule says of the row. One fault of a cell is one failure case of one named check.
"""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import Any

import pandera.polars as pa
import polars as pl
from pandera.config import ValidationDepth, config_context, get_config_global, set_config
from pandera.errors import SchemaErrors

from validate.checks.conditions import CONDITIONS, Condition, among
from validate.dataset import Dataset
from validate.errors import PackageError
from validate.fieldtypes import FIELD_TYPES
from validate.findings import Checked, Finding, Outcome
from validate.model import Field, RowRule, Schema
from validate.tables import Table

TEXT, VALUE, RULE = "text:", "value:", "rule:"
TYPE, REQUIRED = "type", "required"
LISTED = 40
PHRASES = {
    "enum": "is not one of {}",
    "categories": "is not one of {}",
    "pattern": "does not match the pattern {}",
    "minimum": "is less than {}",
    "maximum": "is greater than {}",
    "exclusiveMinimum": "is not greater than {}",
    "exclusiveMaximum": "is not less than {}",
    "minLength": "is shorter than {}",
    "maxLength": "is longer than {}",
    "jsonSchema": "does not fit the JSON Schema of the field",
}


def check(dataset: Dataset) -> Iterator[Outcome]:
    """Judges every cell by its field's type and constraints, every row by the row rules.

    Raises:
        PackageError: a constraint or rule is unknown, misplaced or malformed.

    Source: Data Package 2.0, Table Schema, "Field Types" and "Field Constraints".
    """
    tables = dataset.tables.values()
    for table in tables:
        yield from _judge(table, compile_schema(table))
    yield Checked("cells", sum(table.text.height * table.text.width for table in tables))
    yield Checked("constraints", sum(_constraints(table.schema) for table in tables))
    yield Checked("row rules", sum(len(table.schema.rules) for table in tables))


def compile_schema(table: Table) -> pa.DataFrameSchema:
    """The Pandera schema of a table's frame.

    Raises:
        PackageError: a constraint is unknown, or does not fit its field.
    """
    columns: dict[str, Any] = {}
    for field in table.fields:
        columns[TEXT + field.name] = pa.Column(
            pl.String, nullable=not table.schema.requires(field), checks=[_type_check(field)]
        )
        columns[VALUE + field.name] = pa.Column(
            FIELD_TYPES[field.type].dtype, nullable=True, checks=_constraint_checks(field, table)
        )
    for rule in table.schema.rules:
        columns[RULE + rule.name] = pa.Column(
            pl.Boolean, nullable=True, checks=[_check(rule.name, lambda holds: holds)]
        )
    return pa.DataFrameSchema(columns)


def _constraints(schema: Schema) -> int:
    declared = sum(len(field.constraints) for field in schema.fields)
    return declared + sum(field.categories is not None for field in schema.fields)


def _type_check(field: Field) -> pa.Check:
    value = pl.col(VALUE + field.name)
    return _check(TYPE, lambda text: text.is_null() | value.is_not_null())


def _check(name: str, condition: Condition) -> pa.Check:
    def holds(data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(condition(pl.col(data.key)).fill_null(True))

    return pa.Check(holds, name=name, error=name)


def _constraint_checks(field: Field, table: Table) -> list[pa.Check]:
    place = f'resource "{table.resource.name}": field "{field.name}"'
    allowed = FIELD_TYPES[field.type].constraints
    checks: list[pa.Check] = []
    for name, argument in field.constraints.items():
        if name not in allowed:
            raise PackageError(
                f'{place}: type {field.type} cannot have the constraint "{name}"; '
                f"it can have {', '.join(sorted(allowed))}"
            )
        if name in CONDITIONS:
            checks.append(_check(name, CONDITIONS[name](field, argument, place)))
    if field.categories is not None:
        if field.type not in ("string", "integer"):
            raise PackageError(f"{place}: categories go with type string or integer")
        allowed_values = [category.value for category in field.categories]
        for value in field.constraints.get("enum", ()):
            if value not in allowed_values:
                raise PackageError(f'{place}: "{value}" in enum is not among the categories')
        checks.append(_check("categories", among(field, allowed_values, place)))
    return checks


@contextmanager
def _pinned_configuration() -> Generator[None]:
    """Pandera as we need it, whatever its environment variables or our host say."""
    configuration = get_config_global()
    host_uses_narwhals = configuration.use_narwhals_backend
    set_config(use_narwhals_backend=False)
    try:
        with config_context(
            validation_enabled=True, validation_depth=ValidationDepth.SCHEMA_AND_DATA
        ):
            yield
    finally:
        configuration.use_narwhals_backend = host_uses_narwhals


def _judge(table: Table, schema: pa.DataFrameSchema) -> Iterator[Finding]:
    frame = _frame(table)
    with _pinned_configuration():
        try:
            schema.validate(frame, lazy=True)
        except SchemaErrors as errors:
            cases = errors.failure_cases
        else:
            return
    rules = {rule.name: rule for rule in table.schema.rules}
    for column, name, index in cases.select("column", "check", "index").iter_rows():
        kind, _, subject = column.partition(":")
        if index is None:
            raise RuntimeError(f"Pandera could not judge {table.resource.name}.{column}: {name}")
        if f"{kind}:" == RULE:
            yield _broken_rule(table, index, rules[subject])
        else:
            yield _broken_constraint(table, index, subject, name)


def _frame(table: Table) -> pl.DataFrame:
    return pl.concat(
        [
            table.text.rename(lambda name: TEXT + name),
            table.values.rename(lambda name: VALUE + name),
            *(_verdicts(table, rule) for rule in table.schema.rules),
        ],
        how="horizontal",
    )


def _verdicts(table: Table, rule: RowRule) -> pl.DataFrame:
    """What a row rule says of each row: true, false or unknown."""
    place = f'resource "{table.resource.name}": rule "{rule.name}"'
    if not table.has(_names_in(rule, place)):
        missing = [name for name in _names_in(rule, place) if name not in table.schema.names]
        if missing:
            raise PackageError(f'{place}: there is no field "{missing[0]}"')
        return pl.DataFrame(
            {RULE + rule.name: pl.Series([None] * table.text.height, dtype=pl.Boolean)}
        )
    try:
        verdicts = table.values.select(pl.sql_expr(rule.check).alias(RULE + rule.name))
    except pl.exceptions.PolarsError as error:
        raise PackageError(f"{place}: {str(error).splitlines()[0]}") from None
    if verdicts.dtypes != [pl.Boolean] or verdicts.height != table.text.height:
        raise PackageError(f"{place}: the expression must say true or false of each row")
    return verdicts


def _names_in(rule: RowRule, place: str) -> list[str]:
    try:
        return pl.sql_expr(rule.check).meta.root_names()
    except pl.exceptions.PolarsError as error:
        raise PackageError(f"{place}: {str(error).splitlines()[0]}") from None


def _broken_rule(table: Table, index: int, rule: RowRule) -> Finding:
    names = list(dict.fromkeys(pl.sql_expr(rule.check).meta.root_names()))
    return table.finding(
        index,
        "row-constraint",
        f"{rule.message} (rule {rule.name})",
        rule=rule.name,
        value=table.described(index, names),
    )


def _broken_constraint(table: Table, index: int, name: str, constraint: str) -> Finding:
    field = table.schema.fields[table.schema.names.index(name)]
    if constraint == TYPE:
        kind = field.type if field.format == "default" else f"{field.type}/{field.format}"
        message = f"not a value of type {kind}"
        return table.finding(index, "type-error", message, field=name)
    if constraint == "not_nullable":
        message = f"{name} is required"
        return table.finding(index, "constraint-error", message, field=name, rule=REQUIRED)
    if field.categories is not None and constraint == "categories":
        argument: Any = [category.value for category in field.categories]
    else:
        argument = field.constraints[constraint]
    message = PHRASES[constraint].format(_shown(argument))
    return table.finding(index, "constraint-error", message, field=name, rule=constraint)


def _shown(argument: Any) -> str:
    if not isinstance(argument, list):
        return str(argument)
    shown = ", ".join(str(value) for value in argument[:LISTED])
    rest = len(argument) - LISTED
    return shown + (f" or one of {rest} more" if rest > 0 else "")
