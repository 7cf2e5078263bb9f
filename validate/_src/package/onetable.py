"""A package of one table, which has a schema and no descriptor."""

import json
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl

from validate._src.package import profile
from validate._src.package.descriptor import make_package
from validate._src.package.folder import mark_of, read_json
from validate._src.reading.formats import FRAME
from validate._src.reading.frames import Frame, has_plain_index
from validate._src.words.codes import FOREIGN_KEY_CODES
from validate._src.words.errors import PackageError
from validate._src.words.finding import Finding
from validate._src.words.model import Package, Part, Resource
from validate._src.words.outcome import NotChecked
from validate._src.words.scratch import ScratchFolder

GivenSchema = str | os.PathLike[str] | Mapping[str, Any]
"""A Table Schema: the path of a JSON file, or what stands in one."""


def table_package(table: Path, schema: GivenSchema) -> tuple[Package, list[NotChecked]]:
    """A package of a single table, which has a schema and no descriptor.

    Args:
        table: a file in a format that its suffix names, CSV where it has none.
        schema: its Table Schema.

    Returns:
        The package, and the references to other tables, which are not at hand.

    Raises:
        PackageError: there is no such file, or the schema is malformed.

    Source: Data Package 2.0, Table Schema.
    """
    if not table.is_file():
        raise PackageError(f"{table}: no such file; a table from a pipe is given as -")
    properties = {"name": table.stem, "path": table.name}
    if not table.suffix:
        properties["format"] = "csv"
    return _package(table, properties, schema)


def frame_package(frame: Frame, schema: GivenSchema) -> tuple[Package, list[NotChecked]]:
    """A package of a frame of Polars or pandas.

    Args:
        frame: the frame; a `LazyFrame` is evaluated once, into a file that goes with the package.
        schema: its Table Schema.

    Returns:
        The package, and what is not at hand or not looked at.

    Raises:
        PackageError: the schema is malformed.
    """
    package, left_out = _package(Path(FRAME), {"name": FRAME, "data": []}, schema)
    (resource,) = package.resources.values()
    frame, scratch = _evaluated(frame)
    in_memory = replace(resource, format=FRAME, parts=(Part(FRAME, None),), data=frame)
    if not has_plain_index(frame):
        why = "only columns are; `frame.reset_index()` makes one of it"
        left_out.append(NotChecked("index of the frame", why))
    return replace(package, resources={FRAME: in_memory}, fetched=scratch), left_out


def _evaluated(frame: Frame) -> tuple[Frame, ScratchFolder | None]:
    """The frame as it can be read more than once, and the folder of its file if it has one.

    A `LazyFrame` that is evaluated again need not have its rows in the same order.
    """
    if not isinstance(frame, pl.LazyFrame):
        return frame, None
    if pl.Object in frame.collect_schema().dtypes():
        return frame.collect(), None
    scratch = ScratchFolder()
    file = scratch.path / "frame.arrow"
    frame.sink_ipc(file)
    return pl.scan_ipc(file), scratch


def _package(
    file: Path, properties: Mapping[str, Any], schema: GivenSchema
) -> tuple[Package, list[NotChecked]]:
    """The package of a table that has these properties, and what is not at hand for it."""
    table = properties["name"]
    content, findings = _content(schema)
    own, others = _without_references(content, table)
    resource = {**properties, "schema": own}
    descriptor = {"$schema": profile.LATEST, "name": table, "resources": [resource]}
    package = make_package(descriptor, file)
    (made,) = package.resources.values()
    _check_readable(made, file)
    why = "only this table is at hand"
    return replace(package, findings=findings), [
        NotChecked(f"foreign key to {name}", why, FOREIGN_KEY_CODES, made.name) for name in others
    ]


def _check_readable(resource: Resource, file: Path) -> None:
    if resource.unreadable is not None:
        raise PackageError(f"{file}: {resource.unreadable}")


def _content(schema: GivenSchema) -> tuple[dict[str, Any], tuple[Finding, ...]]:
    """What stands in a schema, and what is said of its file.

    Raises:
        PackageError: it is no JSON object.
    """
    if isinstance(schema, Mapping):
        return _as_json(schema), ()
    return read_json(Path(schema), str(schema)), tuple(mark_of(Path(schema), str(schema)))


def _as_json(schema: Mapping[str, Any]) -> dict[str, Any]:
    """A schema given as a dictionary, as it would come from a file.

    Raises:
        PackageError: it holds what JSON cannot.
    """
    try:
        text = json.dumps(dict(schema), ensure_ascii=False)
        text.encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise PackageError(f"schema: not JSON: {error}") from None
    return json.loads(text)


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
