"""A package of one table, which has a schema and no descriptor."""

import json
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

import polars as pl

from validate._src.fields._length import MOST_DIGITS
from validate._src.package import profile
from validate._src.package.descriptor import check_descriptor, make_package
from validate._src.package.foundfiles import files_named
from validate._src.package.given import (
    NOTHING,
    PROPERTIES,
    Given,
    check_fits,
    check_none,
    numbers,
    resource_properties,
    tables_named,
)
from validate._src.package.manyfiles import ManyFiles, set_aside, shown_in_paths, unseen_logs
from validate._src.package.source import is_zipped
from validate._src.package.textfiles import check_characters, mark_of, read_json
from validate._src.reading.files import first_character
from validate._src.reading.formats import FRAME, JSON, by_path, check_unpacked, format_named
from validate._src.reading.inmemory import Frame, has_plain_index
from validate._src.words.errors import PackageError, UnreadableError
from validate._src.words.model import Package, Part, Resource
from validate._src.words.outcome import NotChecked
from validate._src.words.place import Place
from validate._src.words.scratch import ScratchFolder

GivenSchema = str | os.PathLike[str] | Mapping[str, Any]
"""A Table Schema: the path of a JSON file, or what stands in one."""


def is_undeclared(file: Path) -> bool:
    """Whether a file is a table and no descriptor: by its name, one of JSON by its first bytes."""
    name, _ = by_path(file.name)
    known = format_named(name)
    if known is None or known.described is None or not file.is_file() or is_zipped(file):
        return False
    return name != JSON or first_character(file) == b"["


def table_package(table: Path, schema: GivenSchema, given: Given = NOTHING) -> Package:
    """A package of a single table, which has a schema and no descriptor.

    Args:
        table: a file in a format that its suffix names, CSV where it has none; or many of them, by
            a folder or a pattern.
        schema: its Table Schema.
        given: what is said of it beside the schema, by the names of properties.

    Returns:
        The package; its foreign keys to other tables are set apart.

    Raises:
        PackageError: there is no such file, or the schema is malformed.

    Source: Data Package 2.0, Table Schema.
    """
    if table.is_dir():
        # Here, because few tables are folders.
        from validate._src.package.laketables import lake_files

        if (made := lake_files(table)) is not None:
            return files_package(made, schema, given)
    if not table.is_file():
        but = None if isinstance(schema, Mapping) else Path(schema)
        return files_package(files_named(table, but), schema, given)
    if is_zipped(table):
        raise PackageError(f"{table}: a package, which has its schemas; leave out --schema")
    properties: dict[str, Any] = {"name": table.stem, "path": table.name}
    if not table.suffix or (given and format_named(by_path(table.name)[0]) is None):
        properties["format"] = "csv"
    package = _package(table, properties, schema)
    return _package(table, _with_given(package, properties, given), schema) if given else package


def files_package(files: ManyFiles, schema: GivenSchema, given: Given = NOTHING) -> Package:
    """A package of many files that make one table, which has a schema and no descriptor.

    Args:
        files: the files.
        schema: the Table Schema of the table.
        given: what is said of it beside the schema, by the names of properties.

    Returns:
        The package, its paths relative to the folder of the files; its foreign keys to other
        tables are set apart, and what was left out among the files is named.

    Raises:
        PackageError: the schema is malformed, or a field whose values stand in paths is restricted.
    """
    location = files.parts[0].location
    properties: dict[str, Any] = {"name": files.name, "path": PurePosixPath(location).name}
    if files.format:
        properties["format"] = files.format
    elif not PurePosixPath(location).suffix or (
        given and format_named(by_path(location)[0]) is None
    ):
        properties["format"] = "csv"

    def made(properties: Mapping[str, Any]) -> Package:
        return _of_files(_package(Path(files.called), properties, schema), files)

    package = made(properties)
    return made(_with_given(package, properties, given)) if given else package


def _of_files(package: Package, files: ManyFiles) -> Package:
    """A package whose table is made by some files.

    Raises:
        PackageError: a field whose values stand in their paths is restricted.
    """
    (resource,) = package.resources.values()
    made = replace(resource, parts=files.parts)
    for message in shown_in_paths(made):
        raise PackageError(f"{files.called}: {message}")
    return replace(
        package,
        base=files.folder,
        fetched=files.scratch,
        resources={made.name: made},
        not_checked=(
            *package.not_checked,
            *set_aside(made.name, files.left_out),
            *unseen_logs(made.name, files.unlisted),
        ),
    )


def _with_given(package: Package, properties: dict[str, Any], given: Given) -> dict[str, Any]:
    """The properties of a table with what is given of it beside its schema.

    Raises:
        PackageError: something is given that the schema has, or that no such file has.
    """
    check_none(given, numbers(given), "the schema")
    (resource,) = package.resources.values()
    known = format_named(resource.format)
    assert known is not None
    check_fits(given, known, resource.location)
    made = {**properties, **resource_properties(given)}
    for name in ("sheetName", "table"):
        if name in given:
            made["dialect"] = {**made.get("dialect", {}), name: _table_named(resource, given, name)}
    return made


def _table_named(resource: Resource, given: Given, what: str) -> str:
    """The sheet or table that is given, of which there may be one.

    Raises:
        PackageError: there is no such one, or several are given.
    """
    from validate._src.reading._sheets import sheets_of
    from validate._src.reading.sqlite import tables_of

    check_unpacked(resource)
    try:
        is_sheet = what == "sheetName"
        names = (
            [one.name for one in sheets_of(resource)] if is_sheet else tables_of(resource.parts[0])
        )
    except UnreadableError as error:
        raise error.unusable(resource.location) from None
    found = [*tables_named(given, what, names)]
    if len(found) > 1:
        one = PROPERTIES[what]
        raise PackageError(f"{one.option}: a schema is of one {one.noun}")
    return found[0]


def frame_package(frame: Frame, schema: GivenSchema) -> tuple[Package, list[NotChecked]]:
    """A package of a frame of Polars or pandas.

    Args:
        frame: the frame; a `LazyFrame` is evaluated once, into a file that goes with the package.
        schema: its Table Schema.

    Returns:
        The package, and what is not looked at.

    Raises:
        PackageError: the schema is malformed.
    """
    package = _package(Path(FRAME), {"name": FRAME, "data": []}, schema)
    left_out: list[NotChecked] = []
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


def _package(file: Path, properties: Mapping[str, Any], schema: GivenSchema) -> Package:
    """The package of a table that has these properties; its keys to other tables are set apart."""
    table = properties["name"]
    content, place = _content(schema)
    resource = {**properties, "schema": content}
    descriptor = {"$schema": profile.LATEST, "name": table, "resources": [resource]}
    package = make_package(descriptor, file, schema_place=place, is_whole=False)
    (made,) = package.resources.values()
    if made.unreadable is not None:
        check_descriptor(package)
        raise PackageError(f"{file}: {made.unreadable}")
    marks = mark_of(place.file, place.name) if place.file else ()
    return replace(package, findings=(*marks, *package.findings))


def _content(schema: GivenSchema) -> tuple[dict[str, Any], Place]:
    """What stands in a schema, and where it stands.

    Raises:
        PackageError: it is no JSON object.
    """
    if isinstance(schema, Mapping):
        return _as_json(schema), Place("schema")
    file = Path(schema)
    return read_json(file, str(schema)), Place(str(schema), file)


def _as_json(schema: Mapping[str, Any]) -> dict[str, Any]:
    """A schema given as a dictionary, as it would come from a file.

    Raises:
        PackageError: it holds what JSON cannot.
    """
    try:
        content = json.loads(json.dumps(dict(schema), ensure_ascii=False))
        check_characters(content, Place("schema"))
    except (TypeError, ValueError, RecursionError) as error:
        if "integer string conversion" in str(error):
            error = f"an integer has more than {MOST_DIGITS:,} digits; give it as a text"
        raise PackageError(f"schema: not JSON: {error}") from None
    return content
