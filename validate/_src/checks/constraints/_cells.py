"""Rows with faults: what is wrong with their cells, in words."""

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from validate._src.checks.constraints._columns import NOT_NULL, RULE, TYPE, Column, Condition
from validate._src.checks.constraints._compiled import CompiledSchema
from validate._src.checks.constraints._rules import CompiledRule
from validate._src.fields._length import LONGEST_PART
from validate._src.fields.constraints import REQUIRED, Declared
from validate._src.fields.forms import expected
from validate._src.fields.hints import native_hints
from validate._src.tables.table import Table
from validate._src.words.finding import cut
from validate._src.words.findingframe import FindingFrame
from validate._src.words.schema import Field

LISTED = 40  # values of an enum that a message names; more are no help to a reader
TOO_LONG = f"a year or a part of a duration is read if it has {LONGEST_PART:,} digits at most"
WRONG_NUMBERS = {
    (("integer", "year"), r"(?i)^[+-]?nan$"): "NaN is not an integer",
    (("integer", "year"), r"(?i)^[+-]?inf(inity)?$"): "infinity is not an integer",
    (("number",), r"(?i)^[+-]nan$"): "not a number is written NaN, without a sign",
    (("number",), r"(?i)^[+-]?infinity$|^\+inf$"): "infinity is written INF or -INF",
    (("datetime", "duration"), f"[0-9]{{{LONGEST_PART + 1}}}"): TOO_LONG,
}
"""What to say of numbers where they are no value, by types and pattern of the text."""


def faults_of(
    table: Table, schema: CompiledSchema, failed: Mapping[Condition, pl.Series]
) -> Iterator[FindingFrame]:
    """The faults of rows, a frame for each column and condition.

    Args:
        table: the rows.
        schema: what they were judged by.
        failed: the indexes of the rows whose cell in a column does not meet a condition, by the
            names of both.
    """
    for column in schema.columns.values():
        for condition in column.asked:
            if (column.name, condition) in failed:
                indexes = failed[column.name, condition]
                yield _fault(table, schema, column, condition, indexes)


def _fault(
    table: Table, schema: CompiledSchema, column: Column, condition: str, indexes: pl.Series
) -> FindingFrame:
    if column.kind == RULE:
        return _broken_rule(table, schema.rules[column.subject], indexes)
    field = table.schema.field(column.subject)
    if condition == TYPE:
        return _wrong_type(table, field, indexes)
    if condition == NOT_NULL:
        return _broken_constraint(table, field, Declared(REQUIRED, True), indexes)
    return _broken_constraint(table, field, schema.constraints[field.name][condition], indexes)


def _broken_rule(table: Table, compiled: CompiledRule, indexes: pl.Series) -> FindingFrame:
    cells = [
        pl.concat_str(pl.lit(f"{name}="), pl.lit(table.shown(name, indexes)).fill_null(""))
        for name in compiled.names
    ]
    described = pl.select(pl.concat_str(cells or [pl.lit("")], separator=", "))
    return table.findings_at(
        indexes,
        "row-constraint",
        _broken_or_failed(table, compiled, indexes),
        rule=compiled.rule.name,
        value=described.to_series(),
        severity=compiled.rule.severity,
    )


def _broken_or_failed(table: Table, compiled: CompiledRule, indexes: pl.Series) -> str | pl.Series:
    """What to say of rows that a rule does not hold for, or that it fails on."""
    name, broken = compiled.rule.name, f"{compiled.rule.message} (rule {compiled.rule.name})"
    failures = compiled.verdicts(table.at(indexes), most=len(indexes)).failures
    if not failures:
        return broken
    said = {at: f"the rule {name} fails: {reason}" for at, reason in failures.items()}
    return pl.Series([said.get(at, broken) for at in range(len(indexes))])


def _broken_constraint(
    table: Table, field: Field, declared: Declared, indexes: pl.Series
) -> FindingFrame:
    message = _phrases(table, field, declared, indexes)
    return table.findings_at(
        indexes, "constraint-error", message, field=field.name, rule=declared.constraint.name
    )


def _phrases(table: Table, field: Field, declared: Declared, indexes: pl.Series) -> str | pl.Series:
    """What to say of cells that do not meet a constraint."""
    constraint, argument = declared.constraint, declared.argument
    shown = _shown(argument)
    if constraint.phrases is None:
        return constraint.phrase.format(shown)
    texts, values = table.text_at(field.name, indexes), table.values[field.name].gather(indexes)
    phrases = constraint.phrases(constraint.phrase, field, argument, texts, values)
    if isinstance(phrases, str):
        return phrases.format(shown)
    return phrases.str.replace("{}", shown, literal=True)


def _wrong_type(table: Table, field: Field, indexes: pl.Series) -> FindingFrame:
    message = _no_value(field, table.text_at(field.name, indexes))
    if field.name in table.kinds:
        kinds = table.kinds[field.name].gather(indexes)
        hints = kinds.replace_strict(native_hints(field), default="", return_dtype=pl.String)
        message = message + hints
    return table.findings_at(indexes, "type-error", message, field=field.name)


def _no_value(field: Field, texts: pl.Series) -> str | pl.Series:
    """What to say of texts that are no values of a field's type."""
    said, message = f"not {expected(field)}", pl.when(False).then(pl.lit(""))
    is_wrong = [
        (found, words)
        for (types, pattern), words in WRONG_NUMBERS.items()
        if field.type in types and (found := texts.str.contains(pattern)).any()
    ]
    for found, words in is_wrong:
        message = message.when(found).then(pl.lit(words))
    return pl.select(message.otherwise(pl.lit(said))).to_series() if is_wrong else said


def _shown(argument: Any) -> str:
    """An argument as messages have it."""
    if not isinstance(argument, list):
        return cut(str(argument))
    listed = LISTED + (len(argument) == LISTED + 1)  # to count one takes as much room
    shown = ", ".join(cut(str(value)) for value in argument[:listed])
    rest = len(argument) - listed
    return shown + (f" or one of {rest} more" if rest > 0 else "")
