"""Constraints that all rows hold to: suggested, or written where they are asked for."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from slugify import slugify

from validate._src.describe.facts import KEY_TYPES, Facts, TableFacts
from validate._src.describe.form import Properties
from validate._src.words.finding import cut
from validate._src.words.printing import counted

FEWEST_ROWS = 3  # in fewer, nearly every column is unique and complete by chance
REPEATED = 3
"""How often the texts of a small set are repeated at least, on average."""


@dataclass(frozen=True)
class Suggestion:
    """A constraint or key that all rows of a table hold to.

    Attributes:
        resource: name of the resource.
        field: name of the field.
        property: `primaryKey`, `foreignKeys`, or the name of a constraint.
        value: its value in a descriptor; None where nothing is to be written.
        said: what holds, for people.
    """

    resource: str
    field: str
    property: str
    value: Any
    said: str


def suggestions(tables: Mapping[str, TableFacts]) -> list[Suggestion]:
    """The constraints and keys that all rows of the tables hold to.

    Source: Data Package 2.0, Table Schema, "primaryKey", "foreignKeys", "Field Constraints".
    """
    judged = {
        name: table
        for name, table in tables.items()
        if table.complete and table.rows >= FEWEST_ROWS
    }
    keys = {name: [*_keys(table)] for name, table in judged.items()}
    found: list[Suggestion] = []
    for name, table in judged.items():
        found += _of_keys(name, keys[name])
        for field, facts in table.columns.items():
            found += _of_column(name, field, facts, table.rows)
            found += _of_references(name, field, facts, judged, keys)
    return found


def _keys(table: TableFacts) -> Iterator[str]:
    """The fields that have another value in every row."""
    for name, facts in table.columns.items():
        values = facts.distinct
        if facts.type in KEY_TYPES and values is not None and len(values) == table.rows:
            yield name


def _of_keys(resource: str, keys: Iterable[str]) -> Iterator[Suggestion]:
    """The first candidate key as the primary key, the others as unique."""
    for number, field in enumerate(keys):
        if number:
            yield Suggestion(resource, field, "unique", True, "unique")
        else:
            yield Suggestion(resource, field, "primaryKey", field, "a candidate key")


def _of_column(resource: str, field: str, facts: Facts, rows: int) -> Iterator[Suggestion]:
    if not facts.nulls:
        yield Suggestion(resource, field, "required", True, "required")
    texts = facts.texts
    filled = rows - facts.nulls
    if facts.type == "string" and texts and REPEATED * len(texts) <= filled:
        said = f"one of {', '.join(_quoted(text) for text in sorted(texts))}"
        yield Suggestion(resource, field, "enum", sorted(texts), said)
    if facts.type in KEY_TYPES and facts.distinct is None:
        said = "too many different values to tell whether it is a key"
        yield Suggestion(resource, field, "unique", None, said)
    yield from _of_range(resource, field, facts)


def _of_range(resource: str, field: str, facts: Facts) -> Iterator[Suggestion]:
    """The range of a column; where a sentinel stands far from it, that it may mean nothing."""
    if facts.least is None or facts.greatest is None:
        return
    least, greatest = facts.least, facts.greatest
    spread = f"from {cut(least[1])} to {cut(greatest[1])}"
    if facts.sentinels:
        for number, cells in facts.sentinels.items():
            if least[0] > number / 10:
                said = (
                    f"{number} in {counted(cells, 'cell')}, all others {spread}; if it means that "
                    'there is no value, add it to "missingValues"'
                )
                yield Suggestion(resource, field, "missingValues", None, said)
        return
    yield Suggestion(resource, field, "minimum", _argument(facts, least), spread)
    yield Suggestion(resource, field, "maximum", _argument(facts, greatest), "")


def _argument(facts: Facts, extreme: tuple[Any, str]) -> Any:
    """A bound as a descriptor has it: a number, or the text of a date as the field writes it."""
    value, text = extreme
    return value if facts.type in ("integer", "number") else text


def _of_references(
    resource: str,
    field: str,
    facts: Facts,
    tables: Mapping[str, TableFacts],
    keys: Mapping[str, list[str]],
) -> Iterator[Suggestion]:
    """The candidate key of another table that has all values of a column, if one does."""
    if facts.distinct is None or not len(facts.distinct) or facts.type not in KEY_TYPES:
        return
    for other, names in keys.items():
        for key in names:
            parent = tables[other].columns[key]
            if other == resource or parent.type != facts.type or parent.distinct is None:
                continue
            if not _is_likely(field, facts, other, key):
                continue
            if facts.distinct.is_in(parent.distinct.implode()).all():
                reference = {"resource": other, "fields": [key]}
                said = f"a foreign key, all values are in {other}.{key}"
                value = {"fields": [field], "reference": reference}
                yield Suggestion(resource, field, "foreignKeys", value, said)
                return


def _is_likely(field: str, facts: Facts, other: str, key: str) -> bool:
    """Whether values that are all in a key refer to it: numbers may be among others by chance."""
    if facts.type == "string" and facts.distinct is not None and len(facts.distinct) > 1:
        return True
    name, table = slugify(field), slugify(other)
    return name == slugify(key) != "id" or name.startswith(table.rstrip("s"))


def said_of(found: Iterable[Suggestion]) -> Iterator[str]:
    """What is suggested of each field, a line each."""
    lines: dict[tuple[str, str], list[str]] = {}
    for one in found:
        lines.setdefault((one.resource, one.field), []).extend([one.said] if one.said else [])
    for (resource, field), said in lines.items():
        yield f"{resource}.{field}: {'; '.join(said)}"


def with_suggestions(descriptor: Properties, found: Iterable[Suggestion]) -> Properties:
    """A descriptor in which suggestions are written as constraints and keys."""
    known = [one for one in found if one.value is not None]
    resources = [
        {**one, "schema": _strict(one["schema"], [s for s in known if s.resource == one["name"]])}
        for one in descriptor["resources"]
    ]
    return {**descriptor, "resources": resources}


def _strict(schema: Properties, found: Iterable[Suggestion]) -> Properties:
    constraints: dict[str, Properties] = {}
    keys: Properties = {}
    for one in found:
        if one.property == "primaryKey":
            keys["primaryKey"] = [one.value]
        elif one.property == "foreignKeys":
            keys.setdefault("foreignKeys", []).append(one.value)
        else:
            constraints.setdefault(one.field, {})[one.property] = one.value
    fields = [
        {**one, "constraints": constraints[one["name"]]} if one["name"] in constraints else one
        for one in schema["fields"]
    ]
    return {**schema, "fields": fields, **keys}


def _quoted(text: str) -> str:
    return json.dumps(cut(text), ensure_ascii=False)
