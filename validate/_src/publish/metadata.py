"""What is said of a package, its tables and their fields beside the rows."""

import json
import os
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from validate._src.package.loosely import objects
from validate._src.publish.columns import Column
from validate._src.publish.content import Content, PublishedTable
from validate._src.publish.people import CREATORS, roles_of
from validate._src.words.errors import PackageError

EPOCH = "SOURCE_DATE_EPOCH"
FIRST_MOMENT = datetime(1980, 1, 1, tzinfo=UTC)  # that entries of zip files can have
LAST_MOMENT = datetime(2107, 12, 31, tzinfo=UTC)
UNSHOWN = frozenset({"name", "title", "description", "type", "format", "example", "categories"})
"""The properties of a field that have a place of their own, where fields are listed."""


def moment_of(content: Content) -> datetime:
    """The moment that files bear which must bear one: always the same for the same package.

    `SOURCE_DATE_EPOCH` if it is set, or when the package was made by its descriptor, or 1980.

    Raises:
        PackageError: the variable is no number of seconds from 1980 to 2107.

    Source: https://reproducible-builds.org/specs/source-date-epoch/.
    """
    if (given := os.environ.get(EPOCH)) is not None:
        try:
            moment = datetime.fromtimestamp(int(given), UTC)
        except (ValueError, OverflowError, OSError):
            moment = None
        if moment is None or not FIRST_MOMENT <= moment <= LAST_MOMENT:
            raise PackageError(f"{EPOCH}={given}: not a number of seconds from 1980 to 2107")
        return moment
    try:
        moment = datetime.fromisoformat(str(content.properties.get("created", "")))
    except ValueError:
        return FIRST_MOMENT
    moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max(moment, FIRST_MOMENT), LAST_MOMENT)


def is_dated() -> bool:
    """Whether the moment is given by the environment."""
    return EPOCH in os.environ


def facts(content: Content) -> Iterator[tuple[str, str]]:
    """What the descriptor says of the package: names of properties, each with a text."""
    properties = content.properties
    yield "name", content.package.name
    for name in ("title", "version", "created", "description", "homepage", "id"):
        if properties.get(name):
            yield name, str(properties[name])
    if licences := [_licence(one) for one in objects(properties.get("licenses"))]:
        yield "licence", "; ".join(licences)
    yield "citation", citation(content)
    for name in ("contributors", "sources"):
        if listed := [_titled(one) for one in objects(properties.get(name))]:
            yield name, "; ".join(listed)
    if keywords := properties.get("keywords"):
        yield "keywords", "; ".join(map(str, keywords))


def citation(content: Content) -> str:
    """How the package is cited: who made it, when, its title, version and address."""
    properties = content.properties
    people = objects(properties.get("contributors"))
    creators = [one for one in people if CREATORS.intersection(roles_of(one))] or people
    names = "; ".join(_name(one) for one in creators)
    year = str(properties.get("created", ""))[:4]
    version = content.package.version
    parts = (
        f"{names} ({year})" if names and year else names or year,
        content.title + (f" (version {version})" if version else ""),
        str(properties.get("id") or properties.get("homepage") or ""),
    )
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def package_json(content: Content) -> str:
    """The descriptor of the package without its resources."""
    kept = {name: value for name, value in content.properties.items() if name != "resources"}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True)


def schema_json(table: PublishedTable) -> str:
    """The schema of a table, of which only the fields are left that are exported."""
    resource = table.resource
    schema = {**resource.schema.properties}
    schema["fields"] = [dict(column.field.properties) for column in table.columns]
    return json.dumps(schema, ensure_ascii=False)


def constraints_json(column: Column) -> str:
    """What the schema asks of a field beside its type, as JSON; empty if it is nothing."""
    asked = {name: value for name, value in column.field.properties.items() if name not in UNSHOWN}
    return json.dumps(asked, ensure_ascii=False) if asked else ""


def example_of(column: Column) -> str:
    """The example that the schema gives of a field, as a text; empty if it gives none."""
    example = column.field.properties.get("example", "")
    return example if isinstance(example, str) else json.dumps(example, ensure_ascii=False)


def about(column: Column) -> str:
    """Title and description of a field in one text; empty if it has neither."""
    return ": ".join(part for part in (column.title, column.description) if part)


def about_table(table: PublishedTable) -> str:
    """The same of a table."""
    return ": ".join(part for part in (table.resource.title, table.resource.description) if part)


def _name(contributor: Mapping[str, Any]) -> str:
    given, family = contributor.get("givenName"), contributor.get("familyName")
    if contributor.get("title"):
        return str(contributor["title"])
    return " ".join(str(part) for part in (given, family) if part) or "anonymous"


def _titled(one: Mapping[str, Any]) -> str:
    title = _name(one) if {"givenName", "familyName"} & one.keys() else str(one.get("title", ""))
    return " ".join(part for part in (title, _path(one)) if part)


def _licence(licence: Mapping[str, Any]) -> str:
    named = [str(licence[name]) for name in ("name", "title") if licence.get(name)]
    return ", ".join([*named, _path(licence)] if licence.get("path") else named)


def _path(one: Mapping[str, Any]) -> str:
    return str(one.get("path") or "")
