"""What is said of a table that no descriptor describes, beside its file."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from validate._src.package.yamltext import SUFFIXES
from validate._src.reading.formats import JSON, Format
from validate._src.words.errors import PackageError
from validate._src.words.surrogates import NO_CHARACTERS, is_of_characters

Given = Mapping[str, Any]
"""Properties by the names that the standard has for them; `sheetName` and `table` are lists."""
NOTHING: Given = {}
DIALECT, FIELDS = "the dialect of the resource", "the fields of the schema"


@dataclass(frozen=True)
class _Property:
    """A property that can be given.

    Attributes:
        option: the option that gives it.
        place: where a descriptor has it.
        described: what `Format.described` says of the formats that have it.
        format: the one of these that has it; empty if all do.
        noun: what it names, of which a file may have several; empty if it names none.
    """

    option: str
    place: str
    described: tuple[str, ...]
    format: str = ""
    noun: str = ""


PROPERTIES = {
    "delimiter": _Property("--delimiter", DIALECT, ("dialect",)),
    "quoteChar": _Property("--quote", DIALECT, ("dialect",)),
    "headerRows": _Property("--header-row", DIALECT, ("dialect", "sheet")),
    "header": _Property("--no-header", DIALECT, ("dialect", "sheet")),
    "sheetName": _Property("--sheet", DIALECT, ("sheet",), noun="sheet"),
    "table": _Property("--table", DIALECT, ("table",), noun="table"),
    "property": _Property("--property", DIALECT, ("types",), format=JSON),
    "encoding": _Property("--encoding", "the resource", ("dialect",)),
    "decimalChar": _Property("--decimal", FIELDS, ("dialect", "sheet")),
    "groupChar": _Property("--group", FIELDS, ("dialect", "sheet")),
}
"""What can be given, by its name in a descriptor."""
SHOWN = 20  # sheets or tables that a message names; more are no help to a reader


def check_given(given: object) -> None:
    """Checks that all that is given is known, and has values that no descriptor has.

    Raises:
        PackageError: something is not, or has a value of another kind.
    """
    if not isinstance(given, Mapping):
        kind = type(given).__name__
        raise PackageError(f"given: of type {kind}; give a dictionary of properties")
    for name in given:
        if name not in PROPERTIES:
            known = ", ".join(PROPERTIES)
            raise PackageError(f'given: "{name}" is not known; known are {known}')
        _check_value(name, given[name])
        _check_characters(name, given[name])


def _check_value(name: str, value: object) -> None:
    """Checks a value where no descriptor is made of it, which would be checked itself.

    Raises:
        PackageError: it is of another kind.
    """
    one = PROPERTIES[name]
    if one.place == FIELDS and not (isinstance(value, str) and len(value) == 1):
        raise PackageError(f'given: "{name}": {value!r} is not one character')
    if one.noun and not (
        isinstance(value, list | tuple) and all(isinstance(each, str) for each in value)
    ):
        raise PackageError(f'given: "{name}": {value!r} is no list of names')


def _check_characters(name: str, value: object) -> None:
    """Checks that a text, or each of a list, has characters alone.

    Raises:
        PackageError: one has not.
    """
    for one in value if isinstance(value, list | tuple) else (value,):
        if isinstance(one, str) and not is_of_characters(one):
            raise PackageError(f'given: "{name}": {one!r}: {NO_CHARACTERS}')


def check_fits(given: Given, known: Format, location: str) -> None:
    """Checks that a file can have what is given.

    Raises:
        PackageError: files of its format do not.
    """
    for name in given:
        one = PROPERTIES[name]
        if known.described not in one.described or one.format not in ("", known.names[0]):
            option = one.option
            what = f"{option} has no meaning for files of format {known.names[0]}"
            raise PackageError(f"{location}: {what}")


def check_none(given: Given, names: Iterable[str], where: str) -> None:
    """Checks that nothing is given that stands elsewhere.

    Args:
        given: what is given.
        names: the properties that stand elsewhere.
        where: the file that has them.

    Raises:
        PackageError: something is; the message says what to write there.
    """
    wrong = [name for name in names if name in given]
    if wrong:
        options = " and ".join(PROPERTIES[name].option for name in wrong)
        verb = "are" if len(wrong) > 1 else "is"
        said = ", and ".join(_said(name, given[name]) for name in wrong)
        raise PackageError(f"{options} {verb} for what no file declares; in {where}, {said}")


def _said(name: str, value: Any) -> str:
    values = value if PROPERTIES[name].noun else [value]
    shown = " or ".join(json.dumps(one, ensure_ascii=False) for one in values)
    return f'say "{name}": {shown} in {PROPERTIES[name].place}'


def resource_properties(given: Given) -> dict[str, Any]:
    """What a resource says of a table by what is given, numbers and names of tables left aside."""
    dialect = {
        name: value
        for name, value in given.items()
        if PROPERTIES[name].place == DIALECT and not PROPERTIES[name].noun
    }
    encoding = {"encoding": given["encoding"]} if "encoding" in given else {}
    return {**encoding, **({"dialect": dialect} if dialect else {})}


def numbers(given: Given) -> dict[str, str]:
    """The marks of numbers that are given, by the names of properties."""
    return {name: given[name] for name in ("decimalChar", "groupChar") if name in given}


def tables_named(given: Given, what: str, names: Sequence[str]) -> Iterator[str]:
    """The tables of a file that are asked for; all of these if none is.

    Args:
        given: what is given.
        what: the property that names them: `sheetName`, by name or number from 1, or `table`.
        names: their names.

    Raises:
        PackageError: there is no such table, or one is asked for twice.
    """
    if what not in given:
        yield from names
        return
    one = PROPERTIES[what]
    found: set[str] = set()
    for wanted in given[what]:
        name = _named(one, wanted, names)
        if name in found:
            raise PackageError(f'{one.option} "{wanted}": the {one.noun} "{name}" is given twice')
        found.add(name)
        yield name


def _named(one: _Property, wanted: str, names: Sequence[str]) -> str:
    if wanted in names:
        return wanted
    if one.noun == "sheet" and wanted.isdecimal() and 0 < int(wanted) <= len(names):
        return names[int(wanted) - 1]
    shown = ", ".join(f'"{name}"' for name in names[:SHOWN])
    more = ", …" if len(names) > SHOWN else ""
    raise PackageError(f'{one.option} "{wanted}": no such {one.noun}; there are {shown}{more}')


def is_table_given(file: Path, given: Given) -> bool:
    """Whether a file is a table because something is given of it, whatever its name."""
    may_be = file.suffix.lower() not in SUFFIXES or "property" in given
    return bool(given) and file.is_file() and may_be
