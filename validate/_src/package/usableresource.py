"""A resource as far as its descriptor can be used, with the schema and dialect it may refer to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from validate._src.package import profile
from validate._src.package.declaredfiles import PROPERTY as PATTERN
from validate._src.package.declaredfiles import set_aside_by
from validate._src.package.dialect import PROPERTIES, dialect_problems
from validate._src.package.folder import Folder
from validate._src.package.jsonobjects import problems_of
from validate._src.package.ledger import Ledger, unusable
from validate._src.package.problem import Problem
from validate._src.package.repair import Part, Properties, Taken, taken_out
from validate._src.package.resource import format_of, make_resource, resource_problems, with_format
from validate._src.package.severity import note_lowered, severity_problems
from validate._src.package.tableschema import make_schema
from validate._src.package.textfiles import mark_of
from validate._src.package.usableschema import usable_schema
from validate._src.words.codes import DIGEST_CODES
from validate._src.words.errors import PackageError
from validate._src.words.model import Resource
from validate._src.words.place import Place
from validate._src.words.schema import Schema

FILES = ("schema", "dialect")
"""What may stand in a file of its own."""
NEEDED = ("path", PATTERN, "data", "format", "compression", "encoding", *FILES)
"""What the rows of a resource cannot be read without, if it is at fault."""
PARTS = (
    Part("bytes", "declared size", DIGEST_CODES),
    Part("hash", "declared digest", DIGEST_CODES),
    *(Part(name, essential=True) for name in NEEDED),
    Part("severity.*"),
    Part("*"),
)


@dataclass(frozen=True)
class Surroundings:
    """What the resources of a package have in common.

    Attributes:
        folder: the folder of the package.
        version: the version of the standard that the package follows.
        ledger: takes what is wrong and what is not checked.
        schema_place: the top of a schema that was read elsewhere, if there is one.
        names: the names that are taken, and the place of each.
    """

    folder: Folder
    version: str
    ledger: Ledger
    schema_place: Place | None = None
    names: dict[str, Place] = field(default_factory=dict[str, Place])


def usable_resource(
    entry: Any, problems: Iterable[Problem], place: Place, around: Surroundings
) -> Resource:
    """What can be used of a resource; with a fault that its rows need, they are not read.

    Args:
        entry: the resource as the descriptor has it.
        problems: what the profiles find wrong with it, but for its schema and dialect; in these,
            what no JSON has.
        place: where it stands.
        around: what it shares with the others.
    """
    properties: Properties = entry if isinstance(entry, dict) else {}
    name = _name(properties, place, around)
    own, within = _sorted_out(problems)
    repairs = _Repairs(name, place, around.ledger, within)
    properties = repairs.made(properties, own)
    properties = repairs.made(properties, resource_problems(properties, around.folder))
    properties = with_format(properties, around.folder)
    properties = repairs.made(properties, severity_problems(properties))
    note_lowered(properties, place, around.ledger, name)
    schema = _schema(properties, repairs, around)
    dialect = _dialect(properties, repairs, around)
    why = None if repairs.at_fault is None else unusable(repairs.at_fault)
    around.ledger.set_aside(set_aside_by(name, properties, around.folder))
    properties = {**properties, "dialect": dialect}
    return make_resource(name, properties, schema, around.folder, why, place)


def _name(properties: Properties, place: Place, around: Surroundings) -> str:
    """The name of a resource; its place, if it has none or that of an earlier one.

    Source: Data Package 2.0, Data Resource, "name", which is unique.
    """
    name: Any = properties.get("name")
    if isinstance(name, str) and name not in around.names:
        around.names[name] = place
        return name
    own = place.json_path
    while own in around.names:
        own += "*"
    if isinstance(name, str):
        message = f'"{name}" is the name of {around.names[name].json_path}; it goes by "{own}" here'
        around.ledger.fault(place.at("name"), message, own)
    around.names[own] = place
    return own


def _sorted_out(problems: Iterable[Problem]) -> tuple[list[Problem], list[Problem]]:
    """The problems of a resource itself, and those within its schema or dialect.

    Rows inline are read as those of a file are: what their JSON has too much leaves them clear.
    """
    own: list[Problem] = []
    within: list[Problem] = []
    for problem in problems:
        first, *others = problem.steps or ("",)
        if first == "data" and others:
            problem = replace(problem, is_clear=True)
        (within if first in FILES and others else own).append(problem)
    return own, within


class _Repairs:
    """What is taken out of a resource.

    Attributes:
        name: what the resource is called.
        place: where it stands.
        within: what is wrong within its schema and dialect as they are written.
        at_fault: the first place at fault that its rows cannot be read without, or None.
    """

    def __init__(self, name: str, place: Place, ledger: Ledger, within: Iterable[Problem]) -> None:
        self.name, self.place, self.within, self._ledger = name, place, within, ledger
        self.at_fault: Place | None = None

    def made(self, properties: Properties, problems: Iterable[Problem]) -> Properties:
        """The properties without what there are problems with."""
        problems = list(problems)
        for problem in problems:
            self.note(self.place.at(*problem.steps), problem.message)
        faulty = [problem.steps for problem in problems if not problem.is_clear]
        if () in faulty:  # no object, or one that has no path and no data, or both
            self.need(self.place)
            faulty += [("path",), ("data",)]
        properties, taken = taken_out(properties, faulty, PARTS)
        self._lose(taken)
        return properties

    def note(self, place: Place, message: str) -> None:
        """Takes a fault."""
        self._ledger.fault(place, message, self.name)

    def need(self, place: Place) -> None:
        """Takes a place at fault that rows cannot be read without."""
        self.at_fault = self.at_fault or place

    def _lose(self, taken: Taken) -> None:
        for steps, part in taken.items():
            at = self.place.at(*steps)
            if part.essential:
                self.need(at)
            elif part.lost:
                self._ledger.lost(f"{part.lost} of {self.name}", at, part.codes, self.name)


def _schema(properties: Properties, repairs: _Repairs, around: Surroundings) -> Schema | None:
    for schema, place, written in _part(properties, "schema", repairs, around):
        version = around.version
        if place.steps == () and "$schema" in schema:  # a file may follow a version of its own
            version = profile.standard_version(schema)
        around.ledger.schemas[repairs.name] = schema
        usable = usable_schema(schema, version, place, repairs.name, around.ledger, written)
        if usable is not None:
            return make_schema(usable, repairs.name, place)
        repairs.need(place)
    return None


def _dialect(properties: Properties, repairs: _Repairs, around: Surroundings) -> Properties:
    for dialect, place, written in _part(properties, "dialect", repairs, around):
        problems = [*written, *profile.problems(dialect, "tabledialect", around.version)]
        if not any(map(_is_needed, problems)):
            problems += dialect_problems(dialect, format_of(properties)[0])
        for problem in problems:
            repairs.note(place.at(*problem.steps), problem.message)
        needed = [problem.steps for problem in problems if _is_needed(problem)]
        if not needed:
            return dialect
        repairs.need(place.at(*needed[0]))
    return {}


def _is_needed(problem: Problem) -> bool:
    """Whether a problem of a dialect keeps rows from being read."""
    return problem.steps[0] in PROPERTIES and not problem.is_clear


def _part(
    properties: Properties, name: str, repairs: _Repairs, around: Surroundings
) -> Iterator[tuple[Properties, Place, list[Problem]]]:
    """The schema or dialect of a resource, its place, and what its text has that no JSON has."""
    given: Any = properties.get(name)
    if isinstance(given, dict):
        elsewhere = around.schema_place if name == "schema" else None
        written = [
            replace(problem, steps=problem.steps[1:])
            for problem in repairs.within
            if problem.steps[0] == name
        ]
        yield given, elsewhere or repairs.place.at(name), [*written, *problems_of(given)]
    elif isinstance(given, str):
        at = repairs.place.at(name)
        try:
            file = around.folder.file(given, "")
            around.ledger.mark(mark_of(file, given))
            read = around.folder.json(given, "")
            yield read, Place(given, file), [*read.problems]
        except PackageError as error:
            repairs.note(at, str(error))
            repairs.need(at)
