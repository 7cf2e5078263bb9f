"""A package of one table, which has a schema and no descriptor."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from validate._src.package import profile
from validate._src.package.descriptor import make_package
from validate._src.package.folder import mark_of, read_json
from validate._src.words.codes import FOREIGN_KEY_CODES
from validate._src.words.errors import PackageError
from validate._src.words.model import Package
from validate._src.words.outcome import NotChecked


def table_package(table: Path, schema: Path) -> tuple[Package, list[NotChecked]]:
    """A package of a single table, which has a schema and no descriptor.

    Args:
        table: a file in a format that its suffix names, CSV where it has none.
        schema: a Table Schema in JSON.

    Returns:
        The package, and the references to other tables, which are not at hand.

    Raises:
        PackageError: there is no such file, or the schema is malformed.

    Source: Data Package 2.0, Table Schema.
    """
    if not table.is_file():
        raise PackageError(f"{table}: no such file; a table from a pipe is given as -")
    own, others = _without_references(read_json(schema, str(schema)), table.stem)
    properties = {"name": table.stem, "path": table.name, "schema": own}
    if not table.suffix:
        properties["format"] = "csv"
    descriptor = {"$schema": profile.LATEST, "name": table.stem, "resources": [properties]}
    package = make_package(descriptor, table)
    (resource,) = package.resources.values()
    if resource.unreadable is not None:
        raise PackageError(f"{table}: {resource.unreadable}")
    package = replace(package, findings=tuple(mark_of(schema, str(schema))))
    why = "only this table is at hand"
    return package, [
        NotChecked(f"foreign key to {name}", why, FOREIGN_KEY_CODES, resource.name)
        for name in others
    ]


def _without_references(schema: Any, table: str) -> tuple[Any, list[str]]:
    """A Table Schema without foreign keys to other tables, and the names of these tables."""
    keys = schema.get("foreignKeys", []) if isinstance(schema, dict) else []
    if not isinstance(keys, list):
        return schema, []
    others = [name for key in keys if (name := _referenced(key)) not in ("", table)]
    own = [key for key in keys if _referenced(key) in ("", table)]
    return ({**schema, "foreignKeys": own} if others else schema), others


def _referenced(key: Any) -> str:
    """The resource that a foreign key refers to; empty for its own, or if it is malformed."""
    reference = key.get("reference") if isinstance(key, dict) else None
    name = reference.get("resource", "") if isinstance(reference, dict) else ""
    return name if isinstance(name, str) else ""
