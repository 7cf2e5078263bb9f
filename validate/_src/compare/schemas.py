"""What differs between two Table Schemas, and which part of the version each change demands."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from validate._src.compare.difference import (
    ADDED,
    CHANGED,
    MAJOR,
    MINOR,
    PATCH,
    REMOVED,
    RENAMED,
    Change,
)
from validate._src.words.codes import ERROR
from validate._src.words.model import TableRule
from validate._src.words.schema import Category, Field, ForeignKey, Options, RowRule, Schema

Renames = Sequence[tuple[str, str]]
"""Names of the old package, each with its new one."""
LEAST = ("minimum", "exclusiveMinimum", "minLength")
GREATEST = ("maximum", "exclusiveMaximum", "maxLength")
FLAGS = ("required", "unique")
OF_FIELDS = ("name", "type", "format", "constraints", "categories", "missingValues")
"""Properties of fields that are looked at by themselves, beside their options."""


def property_changed(
    what: str, old: Any, new: Any, level: str, resource: str | None = None, field: str | None = None
) -> Iterator[Change]:
    """The change of a property; none where it is the same."""
    if not is_same(old, new):
        yield Change(kind_of(old, new), what, level, resource, field, old=old, new=new)


def kind_of(old: Any, new: Any) -> str:
    return ADDED if old is None else REMOVED if new is None else CHANGED


def is_same(old: Any, new: Any) -> bool:
    """Whether two values are the same in JSON, where `true` is not `1`."""
    return old is new or _written(old) == _written(new)


def _written(value: Any) -> str:
    return json.dumps(value, sort_keys=True, default=str)


def changes_of_schema(
    old: Schema, new: Schema, renamed: Renames, resource: str
) -> Iterator[Change]:
    before = {name: was for was, name in renamed}
    known = {field.name: field for field in old.fields}
    both: list[tuple[Field, Field]] = []
    for field in new.fields:
        was = known.pop(before.get(field.name, field.name), None)
        if was is None:
            yield Change(ADDED, "field", MAJOR, resource, field.label, new=field.type)
            continue
        both.append((was, field))
        if was.name != field.name:
            yield Change(
                RENAMED, "field", MAJOR, resource, field.label, old=was.label, new=field.label
            )
        yield from _of_field(was, field, resource)
    for field in known.values():
        yield Change(REMOVED, "field", MAJOR, resource, field.label, old=field.type)
    yield from _order(old, both, resource)
    yield from _keys(old, new, dict(renamed), resource)
    yield from property_changed("fieldsMatch", old.fields_match, new.fields_match, MAJOR, resource)
    yield from _row_rules(old.rules, new.rules, resource)


def _order(old: Schema, both: Sequence[tuple[Field, Field]], resource: str) -> Iterator[Change]:
    """Whether the fields that both have stand in another order."""
    now = [field.label for _, field in both]
    places = {was.name: field.label for was, field in both}
    was = [places[field.name] for field in old.fields if field.name in places]
    if was != now:
        yield Change(CHANGED, "order of fields", MAJOR, resource, old=was, new=now)


def _of_field(old: Field, new: Field, resource: str) -> Iterator[Change]:
    at = (resource, new.label)
    yield from property_changed("type", old.type, new.type, MAJOR, *at)
    yield from property_changed("format", old.format, new.format, MAJOR, *at)
    yield from property_changed(
        "missing values", [*old.missing_values], [*new.missing_values], MAJOR, *at
    )
    for option in fields(Options):
        was, now = getattr(old.options, option.name), getattr(new.options, option.name)
        if was != now:
            yield Change(CHANGED, "option", MAJOR, *at, option.name, was, now)
    for name in dict.fromkeys([*new.constraints, *old.constraints]):
        was, now = old.constraints.get(name), new.constraints.get(name)
        if not is_same(was, now):
            level = MAJOR if _is_stricter(name, was, now) else MINOR
            yield Change(kind_of(was, now), "constraint", level, *at, name, was, now)
    yield from _categories(old.categories, new.categories, at)
    for name in dict.fromkeys([*new.properties, *old.properties]):
        if name not in OF_FIELDS and name not in _written_options():
            was, now = old.properties.get(name), new.properties.get(name)
            if not is_same(was, now):
                yield Change(kind_of(was, now), "property", PATCH, *at, name, was, now)


def _written_options() -> frozenset[str]:
    """The options of fields as descriptors spell them."""
    return frozenset(
        first + "".join(map(str.capitalize, others))
        for first, *others in (option.name.split("_") for option in fields(Options))
    )


def _is_stricter(name: str, old: Any, new: Any) -> bool:
    """Whether a constraint lets less pass than before; also where that cannot be told."""
    if name in FLAGS:
        return new is True
    if old is None or new is None:
        return new is not None
    if name == "enum" and isinstance(old, list) and isinstance(new, list):
        return not {*map(_written, old)} <= {*map(_written, new)}
    are_numbers = all(isinstance(one, int | float) for one in (old, new))
    if are_numbers and name in LEAST:
        return new > old
    if are_numbers and name in GREATEST:
        return new < old
    return True


def _categories(
    old: tuple[Category, ...] | None, new: tuple[Category, ...] | None, at: tuple[str, str]
) -> Iterator[Change]:
    """The categories that were added or removed, and those with another label."""
    if old is None or new is None:
        if old != new:
            was, now = (None if one is None else [each.value for each in one] for one in (old, new))
            level = MAJOR if old is None else MINOR
            yield Change(kind_of(was, now), "categories", level, *at, old=was, new=now)
        return
    olds, news = ({one.value: one for one in known} for known in (old, new))
    for value, category in news.items():
        if value not in olds:
            yield Change(ADDED, "category", MINOR, *at, str(value), new=value)
        elif olds[value] != category:
            was, now = (_words(one) for one in (olds[value], category))
            yield Change(CHANGED, "category", PATCH, *at, str(value), was, now)
    for value in olds:
        if value not in news:
            yield Change(REMOVED, "category", MAJOR, *at, str(value), old=value)


def _words(category: Category) -> dict[str, Any]:
    """What is said of a category."""
    said = {"label": category.label, "description": category.description}
    return {**said, "translations": category.translations} if category.translations else said


def _keys(old: Schema, new: Schema, renamed: Mapping[str, str], resource: str) -> Iterator[Change]:
    """What differs in keys, the fields of the old ones by their new names."""

    def now(names: tuple[str, ...]) -> list[str]:
        return [renamed.get(name, name) for name in names]

    yield from property_changed(
        "primary key", now(old.primary_key) or None, [*new.primary_key] or None, MAJOR, resource
    )
    was, are = [now(key) for key in old.unique_keys], [[*key] for key in new.unique_keys]
    for key in are:
        if key not in was:
            yield Change(ADDED, "unique key", MAJOR, resource, name=_listed(key), new=key)
    for key in was:
        if key not in are:
            yield Change(REMOVED, "unique key", MINOR, resource, name=_listed(key), old=key)
    olds = {_listed(now(key.fields)): _reference(key) for key in _foreign_keys(old)}
    news = {_listed(key.fields): _reference(key) for key in _foreign_keys(new)}
    for name in dict.fromkeys([*news, *olds]):
        yield from _named("foreign key", MINOR, resource, name, olds.get(name), news.get(name))


def _foreign_keys(schema: Schema) -> tuple[ForeignKey, ...]:
    return (*schema.foreign_keys, *schema.outside_keys)


def _named(what: str, level: str, resource: str, name: str, old: Any, new: Any) -> Iterator[Change]:
    """The change of one of several things of a kind; none where it is the same."""
    if old != new:
        yield Change(kind_of(old, new), what, level, resource, name=name, old=old, new=new)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)


def _reference(key: ForeignKey) -> dict[str, Any]:
    """What a foreign key refers to."""
    found = {"resource": key.resource, "fields": [*key.reference_fields]}
    return {
        **found,
        **({"package": key.package} if key.package else {}),
        **({"acyclic": True} if key.acyclic else {}),
    }


def _row_rules(old: Sequence[RowRule], new: Sequence[RowRule], resource: str) -> Iterator[Change]:
    olds, news = ({rule.name: rule for rule in rules} for rules in (old, new))
    for name in dict.fromkeys([*news, *olds]):
        first, second = olds.get(name), news.get(name)
        yield from rule_changed(name, resource, of_rule(first), of_rule(second))


def of_rule(rule: RowRule | TableRule | None) -> dict[str, str] | None:
    """What a rule says: its condition or query, its message and its severity."""
    if rule is None:
        return None
    condition = {"check": rule.check} if isinstance(rule, RowRule) else {"query": rule.query}
    return {**condition, "message": rule.message, "severity": rule.severity}


def rule_changed(
    name: str, resource: str, old: dict[str, str] | None, new: dict[str, str] | None
) -> Iterator[Change]:
    """The change of a rule; one that is added, or that lets other rows pass, restricts more."""
    if old is None or new is None:
        is_stricter = new is not None and new["severity"] == ERROR
        level = MAJOR if is_stricter else MINOR
    elif {**old, "message": ""} == {**new, "message": ""}:
        level = PATCH
    else:
        level = MAJOR if new["severity"] == ERROR else MINOR
    yield from _named("rule", level, resource, name, old, new)
