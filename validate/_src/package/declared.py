"""Frozen values from the properties of a descriptor that have the same names."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, TypeVar, cast

Value = TypeVar("Value")


def property_name(attribute: str) -> str:
    """What a descriptor calls an attribute: `groupChar` for `group_char`."""
    first, *others = attribute.split("_")
    return first + "".join(map(str.capitalize, others))


def property_names(kind: type[Any]) -> frozenset[str]:
    """What a descriptor calls the attributes of a frozen dataclass."""
    return frozenset(property_name(field.name) for field in fields(kind))


def declared(kind: type[Value], properties: Mapping[str, Any], **others: Any) -> Value:
    """A value of a frozen dataclass whose attributes are the properties with their names.

    Args:
        kind: the dataclass; an attribute that no property gives has its default.
        properties: a descriptor, its names in camel case; lists become tuples.
        others: attributes that are no properties.
    """
    names = {property_name(field.name): field.name for field in fields(cast("Any", kind))}
    given = {
        names[name]: tuple(value) if isinstance(value, list) else value
        for name, value in properties.items()
        if name in names
    }
    return kind(**{**given, **others})
