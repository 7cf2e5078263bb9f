"""Which fields a finding is about: those that its key or its rule names."""

import re
from collections.abc import Iterable, Iterator, Sequence

from validate._src.checks._keyvalues import listed
from validate._src.words.finding import Finding
from validate._src.words.model import Package
from validate._src.words.schema import Schema

SQL_TEXT = re.compile(r"--[^\n]*|'(?:[^']|'')*'")
SQL_NAME = re.compile(r'"((?:[^"]|"")*)"|`([^`]*)`|(\w+)')


def fields_of(finding: Finding, package: Package) -> list[str]:
    """The fields of the finding's own table that its key or rule names, besides `field`."""
    resource = package.resources.get(finding.resource)
    if resource is None or resource.schema is None:
        return []
    names = [*_named(finding, resource.schema, package)]
    return [name for name in dict.fromkeys(names) if name in resource.schema.names]


def _named(finding: Finding, schema: Schema, package: Package) -> Iterator[str]:
    match finding.code:
        case "primary-key":
            yield from schema.primary_key
        case "unique-key":
            yield from _told(finding, schema.unique_keys)
        case "foreign-key":
            yield from _referring(finding, schema)
        case "row-constraint":
            yield from _in_sql(rule.check for rule in schema.rules if rule.name == finding.rule)
        case "table-rule":
            yield from _in_sql(rule.query for rule in package.rules if rule.name == finding.rule)
        case "edtf-error":
            yield from _of_edtf(finding, schema)
        case "numeral-error":
            yield from _of_numeral(finding, schema)
        case _:
            return


def _told(finding: Finding, keys: Iterable[Sequence[str]]) -> Iterator[str]:
    """The fields of the key that a finding is of; of several the message says which it is."""
    keys = [*keys]
    if finding.field is not None or len(keys) > 1:
        keys = [key for key in keys if finding.message.endswith(f" the same {listed(key)}")]
    for key in keys:
        yield from key


def _referring(finding: Finding, schema: Schema) -> Iterator[str]:
    """The fields of a reference; the message names the key that it refers to."""
    for key in schema.foreign_keys:
        if f" {key.resource}.{listed(key.reference_fields)} " in finding.message:
            fits = len(key.fields) > 1 if finding.field is None else key.fields == (finding.field,)
            yield from key.fields if fits else ()


def _of_edtf(finding: Finding, schema: Schema) -> Iterator[str]:
    """The date that a field follows from, and the one that it must not precede."""
    for field in schema.fields:
        if field.edtf is not None and finding.rule != "edtf":
            named = field.edtf.named_fields()
            if finding.field in named or (finding.field == field.name and field.edtf.not_before):
                yield field.name
                if finding.rule == "notBefore" and field.edtf.not_before is not None:
                    yield field.edtf.not_before


def _of_numeral(finding: Finding, schema: Schema) -> Iterator[str]:
    """The numeral that a field does not agree with."""
    for field in schema.fields:
        if field.numeral is not None and finding.field in field.numeral.named_fields():
            yield field.name


def _in_sql(texts: Iterable[str]) -> Iterator[str]:
    """The names in an expression or a query, of fields and of all else."""
    for text in texts:
        for quoted, ticked, bare in SQL_NAME.findall(SQL_TEXT.sub(" ", text)):
            yield quoted.replace('""', '"') or ticked or bare
