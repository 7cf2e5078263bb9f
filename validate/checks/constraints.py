"""Types, constraints and row rules: each Table Schema compiled into a Pandera schema.

The frame that Pandera judges has three kinds of columns: `text:<field>` for what
the cell holds, `value:<field>` for what it means, and `rule:<name>` for what a row
rule says of the row. One fault of a cell is one failure case of one named check.
"""

import json
import re
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pandera.polars as pa
import polars as pl
from jsonschema import Draft7Validator
from jsonschema.exceptions import SchemaError
from pandera.config import ValidationDepth, config_context, get_config_global, set_config
from pandera.errors import SchemaErrors
from referencing import Registry
from referencing.exceptions import Unresolvable
from referencing.jsonschema import DRAFT7

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

Condition = Callable[[pl.Expr], pl.Expr]


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
            pl.String, nullable=not _is_required(field, table.schema), checks=[_type_check(field)]
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


def _is_required(field: Field, schema: Schema) -> bool:
    """Whether null is forbidden; the standard forbids it in a primary key as well."""
    return field.constraints.get(REQUIRED) is True or field.name in schema.primary_key


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
        checks.append(_check("categories", _among(field, allowed_values, place)))
    return checks


def _among(field: Field, allowed: Any, place: str) -> Condition:
    values = _values(field, allowed, place)
    return lambda value: value.is_in(values.implode())


def _bound(compare: Callable[[pl.Expr, pl.Expr], pl.Expr]) -> Callable[..., Condition]:
    def condition(field: Field, argument: Any, place: str) -> Condition:
        limit = pl.lit(_values(field, [argument], place)[0], FIELD_TYPES[field.type].dtype)
        if field.type == "number":
            # Polars sorts NaN above every number; it is in no range.
            return lambda value: compare(value, limit) & value.is_not_nan()
        return lambda value: compare(value, limit)

    return condition


def _length(compare: Callable[[pl.Expr, int], pl.Expr]) -> Callable[..., Condition]:
    def condition(field: Field, argument: int, place: str) -> Condition:
        length = FIELD_TYPES[field.type].length
        return lambda value: compare(length(value), argument)

    return condition


def _pattern(field: Field, argument: str, place: str) -> Condition:
    """The whole value matches, as in XML Schema; by Python where Rust's regex cannot."""
    whole = f"^(?:{_with_rust_subtraction(argument)})$"
    try:
        pl.Series([""]).str.contains(whole)
    except pl.exceptions.ComputeError as error:
        try:
            matches = re.compile(argument).fullmatch
        except re.error:
            reason = str(error).rpartition("error: ")[2].splitlines()[0]
            raise PackageError(f'{place}: invalid pattern "{argument}": {reason}') from None
        return lambda value: value.map_elements(
            lambda text: matches(text) is not None, return_dtype=pl.Boolean
        )
    return lambda value: value.str.contains(whole)


def _with_rust_subtraction(pattern: str) -> str:
    """A pattern with XML Schema's class subtraction, `[a-z-[aeiou]]`, as Rust writes it."""
    written, depth, escaped = "", 0, False
    for character in pattern:
        if character == "[" and not escaped:
            written += "-[" if depth and written.endswith("-") else "["
            depth += 1
        elif depth and not escaped and character in "&~-" and written.endswith(character):
            written += "\\" + character  # doubled, they are operators of Rust's classes
        else:
            written += character
            depth -= character == "]" and not escaped and depth > 0
        escaped = character == "\\" and not escaped
    return written


def _json_validator(schema: Any, place: str) -> Draft7Validator:
    """A validator that resolves references within the schema, and none outside it."""
    contents = DRAFT7.create_resource(schema)
    resolver = Registry[Any]().with_resource("", contents).resolver()
    try:
        Draft7Validator.check_schema(schema)
        for reference in _references(schema):
            resolver.lookup(reference)
        validator = Draft7Validator(schema, registry=Registry())
        validator.is_valid({})
    except SchemaError as error:
        raise PackageError(f"{place}: {error.message}") from None
    except Unresolvable as error:
        raise PackageError(f"{place}: refers to {error.ref}, which it does not hold") from None
    except RecursionError:
        raise PackageError(f"{place}: refers to itself without end") from None
    return validator


def _references(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        if isinstance(schema.get("$ref"), str):
            yield schema["$ref"]
        schema = list(schema.values())
    if isinstance(schema, list):
        for part in schema:
            yield from _references(part)


def _json_schema(field: Field, argument: Any, place: str) -> Condition:
    validator = _json_validator(argument, f"{place}: jsonSchema")
    return lambda value: value.map_elements(
        lambda text: validator.is_valid(json.loads(text)), return_dtype=pl.Boolean
    )


CONDITIONS: Mapping[str, Callable[[Field, Any, str], Condition]] = {
    "enum": _among,
    "pattern": _pattern,
    "jsonSchema": _json_schema,
    "minimum": _bound(lambda value, limit: value >= limit),
    "maximum": _bound(lambda value, limit: value <= limit),
    "exclusiveMinimum": _bound(lambda value, limit: value > limit),
    "exclusiveMaximum": _bound(lambda value, limit: value < limit),
    "minLength": _length(lambda length, limit: length >= limit),
    "maxLength": _length(lambda length, limit: length <= limit),
}


def _values(field: Field, arguments: Any, place: str) -> pl.Series:
    """Values that a constraint names: JSON values as they are, texts as cells would be read."""
    values = [_value(field, argument) for argument in arguments]
    for argument, value in zip(arguments, values, strict=True):
        if value is None:
            raise PackageError(
                f'{place}: "{argument}" in a constraint is no value of type {field.type}'
            )
    return pl.Series(values, dtype=FIELD_TYPES[field.type].dtype)


def _value(field: Field, argument: Any) -> Any:
    if not isinstance(argument, str):
        argument = json.dumps(argument, ensure_ascii=False)
        field = Field(field.name, field.type, field.format, {}, (), {})
    parser = FIELD_TYPES[field.type].parser(field.format)
    assert parser is not None
    return pl.DataFrame({"text": [argument]}).select(parser(pl.col("text"), field)).item()


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
