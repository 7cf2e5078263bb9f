"""What a run is given from Python, where nothing holds a caller to types."""

import os
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from validate._src.package.addresses import (
    Address,
    check_name,
    is_in_store,
    path_or_address,
)
from validate._src.package.descriptor import load_package, no_descriptor
from validate._src.package.foundfiles import files_named, is_pattern_given
from validate._src.package.given import Given, check_given, check_none, is_table_given
from validate._src.package.onetable import GivenSchema, is_undeclared, table_package
from validate._src.package.source import ZIP, is_zipped
from validate._src.package.yamltext import SUFFIXES
from validate._src.reading.files import errors_named, first_character
from validate._src.words.errors import PackageError
from validate._src.words.model import Package, Part
from validate._src.words.outcome import Outcome

OF_PACKAGES = (*SUFFIXES, ZIP)
"""How the names of descriptors end, and of files that may hold one."""


def as_path(value: object, name: str) -> Path:
    """An argument as a path; it may be a `file:` URL.

    Raises:
        PackageError: it cannot be one, or is empty, as a variable is that was not set.
    """
    given = as_path_or_address(value, name)
    if isinstance(given, Address):
        raise PackageError(f"{name}: {given}: an address on the web; give the path of a file")
    return given


def as_path_or_address(value: object, name: str) -> Path | Address:
    """An argument as a path, or as an address on the web.

    Raises:
        PackageError: it cannot be one, or is empty, as a variable is that was not set.
    """
    if isinstance(value, str) and not value:
        raise PackageError(f'{name}: the path is empty; that of the working folder is "."')
    if isinstance(value, str):
        return path_or_address(value)
    if isinstance(value, os.PathLike):
        return _path(value)
    if isinstance(value, Mapping):
        raise PackageError(f"{name}: a dictionary; beside a path, a schema is given as schema=…")
    raise PackageError(
        f"{name}: of type {_type_of(value)}; give the path or URL of a package, the path of a "
        "table, or a DataFrame of Polars or pandas with its schema"
    )


def as_names(names: Collection[str]) -> tuple[str, ...]:
    """Names of resources; one may be given by itself."""
    return (names,) if isinstance(names, str) else tuple(names)


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
    if isinstance(schema, os.PathLike):
        return _path(schema)
    if isinstance(schema, Mapping):
        return schema
    raise PackageError(
        f"schema: of type {_type_of(schema)}; a Table Schema is a dictionary or the path of a "
        "JSON file"
    )


def _path(value: os.PathLike[str]) -> Path:
    path = Path(value)
    check_name(str(path))
    return path


def _type_of(value: object) -> str:
    return type(value).__name__


def given_package(
    file: Path | Address, schema: GivenSchema | None, given: Given, *, allow_remote: bool
) -> tuple[Package, list[Outcome]]:
    """The package of a descriptor, or of a table with a schema or without; and what it guesses.

    A pattern stands for the files of one table; a folder does where a schema is given.

    Raises:
        PackageError: it cannot be used as it is, or something is given that stands elsewhere.
    """
    check_given(given)
    if isinstance(file, Address):
        if schema is not None and is_in_store(file.url):
            # Here, because most packages are in no store.
            from validate._src.package.storedtables import stored_package

            return stored_package(file.url, as_schema(schema), given, allow_remote=allow_remote), []
        if schema is not None:
            raise PackageError(f"{file}: on the web; a table with a schema is a file here")
        check_none(given, given, f"the descriptor {file}")
        return load_package(file, allow_remote=allow_remote), []
    if schema is not None:
        return table_package(file, as_schema(schema), given), []
    many = files_named(file) if is_pattern_given(file) else None
    if (
        many is not None
        or is_undeclared(file)
        or (is_table_given(file, given) and not is_zipped(file))
    ):
        # Here, because all that describes tables takes a tenth of the start of other runs.
        from validate._src.describe.undeclared import undeclared_package

        return undeclared_package(file, given, many)
    _check_descriptor(file)
    if file.exists():
        check_none(given, given, f"the descriptor {file}")
    return load_package(file, allow_remote=allow_remote), []


def check_version(package: Package, given: object, version: str | None) -> None:
    """Checks that a package has the version that is asked for.

    Args:
        package: the package.
        given: how it was asked for.
        version: the version; None for any.

    Raises:
        PackageError: it has another version, or none.
    """
    if version is None or package.version == version:
        return
    if not version:
        raise PackageError(f"{given}: version is empty; name one, or leave it out for any")
    there = f"version {package.version} is there" if package.version else "it has no version"
    raise PackageError(
        f"{given}: {there}, and version {version} was asked for; get that release, or ask for "
        "the version that is there"
    )


def _check_descriptor(file: Path) -> None:
    """Checks that a file may be a descriptor, which is an object of JSON or YAML.

    Raises:
        PackageError: it is another file; the message says which, if that can be told.
    """
    if not file.is_file() or file.suffix.lower() in OF_PACKAGES:
        return
    with errors_named(Part(str(file), file)):
        if first_character(file) == b"{":
            return
    raise PackageError(no_descriptor(file, str(file)))
