"""What a run is given from Python, where nothing holds a caller to types."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from validate._src.package.onetable import GivenSchema
from validate._src.words.errors import PackageError


def as_path(value: object, name: str) -> Path:
    """An argument as a path.

    Raises:
        PackageError: it cannot be one, or is empty, as a variable is that was not set.
    """
    if isinstance(value, str) and not value:
        raise PackageError(f'{name}: the path is empty; that of the working folder is "."')
    if isinstance(value, str | os.PathLike):
        return Path(value)
    if isinstance(value, Mapping):
        raise PackageError(f"{name}: a dictionary; beside a path, a schema is given as schema=…")
    raise PackageError(
        f"{name}: of type {_type_of(value)}; give the path of a package or of a table, or a "
        "DataFrame of Polars or pandas with its schema"
    )


def schema_of_frame(second: object, schema: object) -> GivenSchema:
    """The schema of a frame, which may be the second argument or the one of that name.

    Raises:
        PackageError: there is none, there are two, or it is of another type.
    """
    if second is not None and schema is not None:
        raise PackageError("schema: given twice; a frame has one, and no sources")
    return as_schema(second if schema is None else schema)


def as_schema(schema: Any) -> GivenSchema:
    """An argument as a Table Schema.

    Raises:
        PackageError: it cannot be one.
    """
    if schema is None:
        raise PackageError(
            "a frame is checked by a Table Schema: validate(frame, schema), where the schema is "
            "a dictionary or the path of a JSON file"
        )
    if isinstance(schema, str):
        return as_path(schema, "schema")
    if isinstance(schema, os.PathLike | Mapping):
        return schema
    raise PackageError(
        f"schema: of type {_type_of(schema)}; a Table Schema is a dictionary or the path of a "
        "JSON file"
    )


def _type_of(value: object) -> str:
    return type(value).__name__
