"""What a run is given from Python, where nothing holds a caller to types."""

import operator
import os
from collections.abc import Callable, Iterable, Mapping
from io import TextIOBase
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from validate._src.package.addresses import (
    HTTP,
    Address,
    check_name,
    is_in_store,
    not_fetched,
    path_or_address,
    scheme_of,
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
Made = TypeVar("Made")
A_PATH = "give a path"
A_PACKAGE = "give the path or URL of a package"
OR_A_TABLE = f"{A_PACKAGE}, or the path of a table"
OR_A_FRAME = f"{A_PACKAGE}, the path of a table, or a DataFrame of Polars or pandas with its schema"


def as_path(value: object, name: str) -> Path:
    """An argument as a path; it may be a `file:` URL.

    Raises:
        PackageError: it cannot be one, or is empty, as a variable is that was not set.
    """
    given = as_path_or_address(value, name, A_PATH)
    if isinstance(given, Address):
        raise PackageError(f"{name}: {given}: an address on the web; give the path of a file")
    return given


def as_path_or_address(value: object, name: str, what_to_give: str) -> Path | Address:
    """An argument as a path, or as an address on the web.

    Args:
        value: the argument.
        name: its name.
        what_to_give: what to say of a value of another type.

    Raises:
        PackageError: it cannot be one, or is empty, as a variable is that was not set.
    """
    if isinstance(value, str) and not value:
        raise PackageError(f'{name}: the path is empty; that of the working folder is "."')
    if isinstance(value, str):
        return _of_argument(name, path_or_address, value)
    if isinstance(value, os.PathLike):
        return _path(value, name)
    if isinstance(value, Mapping):
        raise PackageError(f"{name}: a dictionary; beside a path, a schema is given as schema=…")
    raise PackageError(f"{name}: of type {_type_of(value)}; {what_to_give}")


def as_names(names: object) -> tuple[str, ...]:
    """Names of resources; one may be given by itself.

    Raises:
        PackageError: they are no names.
    """
    if isinstance(names, str):
        return (names,)
    if not isinstance(names, Iterable):
        raise PackageError(f"resources: of type {_type_of(names)}; give a list of names")
    found = tuple(names)
    for name in found:
        if not isinstance(name, str):
            raise PackageError(f"resources: one is of type {_type_of(name)}; give a list of names")
    return found


def as_count(value: object, name: str, most: int | None = None) -> int:
    """An argument as a number of things, of which there is at least one.

    Args:
        value: the argument.
        name: its name.
        most: the largest number that there may be.

    Raises:
        PackageError: it is no whole number, or too small or large a one.
    """
    wanted = "give a whole number from 1" + ("" if most is None else f" to {most}")
    try:
        # An integer of NumPy is one, and a truth value is none.
        count = operator.index(value) if not isinstance(value, bool) else 0  # type: ignore[arg-type]
    except TypeError:
        raise PackageError(f"{name}: {_shown(value)}; {wanted}") from None
    if count < 1 or (most is not None and count > most):
        raise PackageError(f"{name}: {_shown(value)}; {wanted}")
    return count


def check_options(progress: object = None, **flags: object) -> None:
    """Checks options by their names: flags, of which a text such as "no" is none, and a callback.

    Raises:
        PackageError: one is something else.
    """
    for name, value in flags.items():
        if not isinstance(value, bool):
            raise PackageError(f"{name}: {_shown(value)}; give True or False")
    if progress is not None and not callable(progress):
        raise PackageError(
            f"progress: of type {_type_of(progress)}; give a function that takes a Progress"
        )


def as_output(value: object) -> Path | BinaryIO:
    """An argument as a file to be written: its path, or one that is open.

    Raises:
        PackageError: it is neither.
    """
    return _file(value, "output", "write")


def as_results(value: object) -> list[Path | BinaryIO]:
    """An argument as files that parts have written, by their paths or open; one may stand alone.

    Raises:
        PackageError: it is something else.
    """
    if isinstance(value, str | os.PathLike) or hasattr(value, "read"):
        value = [value]
    if not isinstance(value, Iterable) or isinstance(value, bytes | Mapping):
        raise PackageError(f"results: of type {_type_of(value)}; give a list of files")
    return [_file(one, "results", "read", "seek") for one in value]


def _file(value: Any, name: str, *methods: str) -> Path | BinaryIO:
    """A file by its path, or an open one that can do what is asked.

    Raises:
        PackageError: it is something else, or is closed, or of text.
    """
    if isinstance(value, str | os.PathLike):
        return as_path(value, name)
    if not all(hasattr(value, method) for method in methods):
        raise PackageError(f"{name}: of type {_type_of(value)}; {A_PATH} or an open binary file")
    if isinstance(value, TextIOBase):
        raise PackageError(f"{name}: a file of text; open it in binary mode")
    if getattr(value, "closed", False):
        raise PackageError(f"{name}: a file that is closed; {A_PATH} or an open binary file")
    return value


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
        return _path(schema, "schema")
    if isinstance(schema, Mapping):
        return schema
    raise PackageError(
        f"schema: of type {_type_of(schema)}; a Table Schema is a dictionary or the path of a "
        "JSON file"
    )


def _path(value: os.PathLike[Any], name: str) -> Path:
    held = os.fspath(value)  # which may be bytes, of which no path is made
    if not isinstance(held, str):
        raise PackageError(f"{name}: of type {_type_of(value)}, a path of bytes; {A_PATH} of text")
    path = Path(held)
    _of_argument(name, check_name, str(path))
    return path


def _of_argument(name: str, made: Callable[[str], Made], value: str) -> Made:
    """What is made of the value of an argument, which an error names."""
    try:
        return made(value)
    except PackageError as error:
        raise PackageError(f"{name}: {error}") from None


def _type_of(value: object) -> str:
    return type(value).__name__


def _shown(value: object) -> str:
    """A number or truth value as it is written; of anything else its type."""
    is_short = value is None or isinstance(value, int | float)
    return repr(value) if is_short else f"of type {_type_of(value)}"


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
            if scheme_of(file.url) not in HTTP:
                raise PackageError(f"{file}: {not_fetched(file.url)}")
            raise PackageError(
                f"{file}: a table with a schema is read here or in a store, not on "
                "the web; download it, or name it in a package"
            )
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


def check_version(package: Package, given: object, version: object) -> None:
    """Checks that a package has the version that is asked for.

    Args:
        package: the package.
        given: how it was asked for.
        version: the version; None for any.

    Raises:
        PackageError: it has another version, or none, or that is no text.
    """
    if version is not None and not isinstance(version, str):
        raise PackageError(f"version: of type {_type_of(version)}; give a text such as 0.4.0")
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
