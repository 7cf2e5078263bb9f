"""Constraints that all rows hold to: suggested, or written where they are asked for."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from slugify import slugify

from validate._src.describe.columnfacts import KEY_TYPES, NAMING, Facts
from validate._src.describe.databases import DeclaredKeys
from validate._src.describe.facts import TableFacts
from validate._src.describe.form import Properties
from validate._src.words.finding import cut
from validate._src.words.printing import counted

SAID_KEYS = 3  # candidate keys of several fields that are said: by chance there may be many
VALUELESS = frozenset({"primaryKey", "unique", "required", "foreignKeys"})
"""What says nothing of the values of a field; bounds, sets and sentinels are values."""
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


def suggestions(
    tables: Mapping[str, TableFacts],
    restricted: Mapping[str, Collection[str]] | None = None,
    declared: Mapping[str, DeclaredKeys] | None = None,
) -> list[Suggestion]:
    """The constraints and keys that all rows of the tables hold to.

    Args:
        tables: what holds for the tables, by resource.
        restricted: the fields by resource whose values are written nowhere.
        declared: the keys that databases declare, by resource; they stand, whatever the rows.

    Source: Data Package 2.0, Table Schema, "primaryKey", "foreignKeys", "Field Constraints".
    """
    judged = {name: table for name, table in tables.items() if table.tells}
    known = declared or {}
    keys = {name: table.keys for name, table in judged.items()}
    parents = {name: one for name, one in keys.items() if not _is_view(name, known)}
    found = [one for name, keys_of in known.items() for one in _of_declared(name, keys_of)]
    settled = {(one.resource, one.property, one.field) for one in found}
    has_key = {one.resource for one in found if one.property == "primaryKey"}
    found += [_of_total(name, table.totals) for name, table in tables.items() if table.totals]
    for name, table in judged.items():
        found += _of_broken(name, table)
        found += _of_repeated(name, table, (restricted or {}).get(name, ()))
        found += _of_keys(name, keys[name], known.get(name))
        if name not in has_key:
            found += _of_composite(name, table)
        for field, facts in table.columns.items():
            found += _of_column(name, field, facts, table.rows)
            if name in parents and (name, "foreignKeys", field) not in settled:
                found += _of_references(name, field, facts, judged, parents)
    return _without_values(found, restricted or {})


def _without_values(
    found: Sequence[Suggestion], restricted: Mapping[str, Collection[str]]
) -> list[Suggestion]:
    """The suggestions without the values of restricted fields, and of all that refer to such."""
    hidden = {(resource, name) for resource, names in restricted.items() for name in names}
    pairs = [pair for one in found if one.property == "foreignKeys" for pair in _ends(one)]
    known = 0
    while hidden and known < len(hidden):
        known = len(hidden)
        hidden |= {end for pair in pairs if hidden & {*pair} for end in pair}
    return [
        one for one in found if one.property in VALUELESS or (one.resource, one.field) not in hidden
    ]


def _ends(key: Suggestion) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """The two fields of each part of a foreign key."""
    reference = key.value["reference"]
    other = reference.get("resource", key.resource)
    for own, its in zip(key.value["fields"], reference["fields"], strict=True):
        yield (key.resource, own), (other, its)


def _is_view(name: str, declared: Mapping[str, DeclaredKeys]) -> bool:
    """Whether a table is a view: that its values are in other tables is no reference."""
    return name in declared and declared[name].is_view


def _of_declared(resource: str, declared: DeclaredKeys) -> Iterator[Suggestion]:
    """The keys that a database declares."""
    if declared.primary_key:
        said = "the primary key that the database declares"
        key = [*declared.primary_key]
        yield Suggestion(resource, " + ".join(key), "primaryKey", key, said)
    for fields, other, others in declared.references:
        of_other = {} if other == resource else {"resource": other}
        value = {"fields": [*fields], "reference": {**of_other, "fields": [*others]}}
        said = f"a foreign key to {other}.{' + '.join(others)}, which the database declares"
        yield Suggestion(resource, " + ".join(fields), "foreignKeys", value, said)


def _of_total(resource: str, totals: Sequence[int]) -> Suggestion:
    """That there are no constraints for a table, since a sum would be in its bounds and keys."""
    rows = " and ".join(f"{number:,}" for number in totals)
    is_one = f"row {rows} is probably a total" if len(totals) == 1 else f"rows {rows} are totals"
    said = f"no constraints or keys, since {is_one}; remove it from the file first"
    return Suggestion(resource, "", "", None, said)


def _of_broken(resource: str, table: TableFacts) -> Iterator[Suggestion]:
    """That broken rows are left out of what is suggested."""
    if table.broken:
        has = "has" if table.broken == 1 else "have"
        said = (
            f"{counted(table.broken, 'row')} that {has} too many or too few cells "
            f"{'is' if table.broken == 1 else 'are'} left out of all this"
        )
        yield Suggestion(resource, "", "", None, said)


def _of_repeated(resource: str, table: TableFacts, hidden: Collection[str]) -> Iterator[Suggestion]:
    """Which values repeat of fields that would be keys but for them."""
    for one in table.repeated:
        said = one.said(hides=one.name in hidden)
        yield Suggestion(resource, one.name, "unique", None, said)


def _of_keys(
    resource: str, keys: Iterable[str], declared: DeclaredKeys | None
) -> Iterator[Suggestion]:
    """The first candidate key as the primary key if none is declared, the others as unique."""
    key = declared.primary_key if declared else ()
    for number, field in enumerate(one for one in keys if (one,) != key):
        if number or key:
            yield Suggestion(resource, field, "unique", True, "unique")
        else:
            yield Suggestion(resource, field, "primaryKey", [field], "a candidate key")


def _of_composite(resource: str, table: TableFacts) -> Iterator[Suggestion]:
    """The first candidate key of several fields as the primary key; some others are said."""
    for number, key in enumerate(table.composite[:SAID_KEYS]):
        said = "another candidate key" if number else "a candidate key"
        value = None if number else [*key]
        yield Suggestion(resource, " + ".join(key), "primaryKey", value, f"{said}, together")
    if table.untried:
        said = f"no candidate key was found; of several fields, {table.untried}"
        yield Suggestion(resource, "", "primaryKey", None, said)


def _of_column(resource: str, field: str, facts: Facts, rows: int) -> Iterator[Suggestion]:
    if not facts.nulls:
        yield Suggestion(resource, field, "required", True, "required")
    texts = facts.texts
    filled = rows - facts.nulls
    is_set = facts.type == "string" and not facts.is_doubtful
    if is_set and texts and REPEATED * len(texts) <= filled:
        said = f"one of {', '.join(_quoted(text) for text in sorted(texts))}"
        yield Suggestion(resource, field, "enum", sorted(texts), said)
    if facts.type in KEY_TYPES and facts.distinct is None:
        said = "too many different values to tell whether it is a key"
        yield Suggestion(resource, field, "unique", None, said)
    yield from _of_range(resource, field, facts)


def _of_range(resource: str, field: str, facts: Facts) -> Iterator[Suggestion]:
    """The range of a column; where a sentinel stands far from it, that it may mean nothing.

    No range is written that a descriptor could not say exactly, nor one that NaN or infinity,
    which are in the column, are not in, nor one of a column in which some are probably faults.
    """
    if facts.least is None or facts.greatest is None:
        return
    far = facts.far
    near = [(value, text) for text, (value, _) in facts.sentinels.items() if text not in far]
    least = min([facts.least, *near], key=itemgetter(0))
    greatest = max([facts.greatest, *near], key=itemgetter(0))
    spread = f"from {cut(least[1].strip())} to {cut(greatest[1].strip())}"
    for text in sorted(far):
        shown = cut(text) if text == text.strip() else _quoted(text)
        said = (
            f"{shown} in {counted(facts.sentinels[text][1], 'cell')}, all others {spread}; if "
            'it means that there is no value, add it to "missingValues"'
        )
        yield Suggestion(resource, field, "missingValues", None, said)
    if far or facts.is_doubtful:
        return
    cells = counted(facts.beyond, "cell")
    beyond = f", besides {cells} of INF, NaN or numbers beyond 1.8e308" if facts.beyond else ""
    bounds = [_argument(facts, least), _argument(facts, greatest)]
    if beyond or not facts.is_exact:
        bounds = [None, None]
    yield Suggestion(resource, field, "minimum", bounds[0], f"{spread}{beyond}")
    yield Suggestion(resource, field, "maximum", bounds[1], "")


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
    if facts.distinct is None or not len(facts.distinct) or facts.type not in NAMING:
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
        yield f"{resource}{'.' if field else ''}{field}: {'; '.join(said)}"


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
            keys["primaryKey"] = one.value
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
