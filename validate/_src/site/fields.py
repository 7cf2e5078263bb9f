"""Fields and vocabularies as pages describe them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from validate._src.site.model import Site
from validate._src.site.names import file_name
from validate._src.site.spoken import in_all, title_of
from validate._src.site.values import unit_of
from validate._src.words.model import TabularResource
from validate._src.words.schema import Category, Field, ForeignKey

CONSTRAINTS = {
    "minimum": "at least {}",
    "maximum": "at most {}",
    "exclusiveMinimum": "more than {}",
    "exclusiveMaximum": "less than {}",
    "minLength": "at least {} long",
    "maxLength": "at most {} long",
    "pattern": "matches {}",
    "jsonSchema": "follows the JSON Schema {}",
}
"""Constraints in words; those that are not here have words of their own."""


@dataclass(frozen=True)
class ShownField:
    """A field as pages describe it.

    Attributes:
        name: its name.
        title: its title as HTML, or its name for want of one.
        is_named: whether its title is another than its name.
        anchor: what the ids end with that are about it; of no other field of its table.
        type: its type, with what is special about it.
        unit: the unit of its values, empty where none is declared.
        description: its description, or empty.
        example: an example, or empty.
        restricted: whether its values are shown nowhere.
        demands: what its values must keep, in words.
        references: the tables that it refers to: address as seen from the root, and title as HTML.
        categories: the values that it may have, if they are listed.
    """

    name: str
    title: Markup
    is_named: bool
    anchor: str
    type: str
    unit: str
    description: str
    example: str
    restricted: bool
    demands: tuple[str, ...]
    references: tuple[tuple[str, Markup], ...]
    categories: tuple[Category, ...]


def shown_fields(resource: TabularResource, site: Site) -> list[ShownField]:
    """The fields of a table, restricted ones too, in the order of the schema."""
    return [_shown(field, resource, site) for field in resource.schema.fields]


def _shown(field: Field, resource: TabularResource, site: Site) -> ShownField:
    properties = field.properties

    return ShownField(
        name=field.name,
        title=in_all(title_of(field, site.languages)),
        is_named=field.title not in ("", field.name),
        anchor=file_name([field.name]),
        type=_type(field),
        unit=unit_of(field),
        description=str(properties.get("description") or ""),
        example="" if field.restricted else _text(properties.get("example")),
        restricted=field.restricted,
        demands=tuple(_demands(field, resource)),
        references=tuple(_references(field, resource, site)),
        categories=field.categories or (),
    )


def _type(field: Field) -> str:
    said = field.type
    if field.format not in ("", "default"):
        said += f", {field.format}"
    return said + (", EDTF" if field.edtf else "")


def _text(value: Any) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return json.dumps(value, ensure_ascii=False)


def _demands(field: Field, resource: TabularResource) -> Iterator[str]:
    schema = resource.schema
    if field.name in schema.primary_key:
        whole = len(schema.primary_key) == 1
        yield "the key of the row" if whole else "part of the key of the row"
    yield "never missing" if schema.requires(field) else "may be missing"
    for name, argument in field.constraints.items():
        if name == "unique" and argument is True:
            yield "never twice the same"
        elif name == "enum":
            yield f"one of {', '.join(map(_text, argument))}"
        elif name in CONSTRAINTS:
            yield CONSTRAINTS[name].format(_text(argument))


def _references(
    field: Field, resource: TabularResource, site: Site
) -> Iterator[tuple[str, Markup]]:
    for key in resource.schema.foreign_keys:
        if field.name == key.fields[-1] and (target := site.table(key.resource)):
            yield f"tables/{target.folder}/index.html", target.said + _together(key)


def _together(key: ForeignKey) -> str:
    others = key.fields[:-1]
    return f" (with {', '.join(others)})" if others else ""
