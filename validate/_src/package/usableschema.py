"""A Table Schema without what is wrong in it, and what is not checked because of that."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from validate._src.package import profile
from validate._src.package.consistency import dependents, schema_problems
from validate._src.package.ledger import Ledger
from validate._src.package.problem import Problem
from validate._src.package.repair import Part, Properties, Taken, notes, taken_out
from validate._src.words.codes import (
    CONSTRAINT_CODES,
    EDTF_CODES,
    FIELD_CODES,
    FOREIGN_KEY_CODES,
    KEY_CODES,
    NUMERAL_CODES,
    ROW_RULE_CODES,
)
from validate._src.words.place import Place, Steps

FIELD = Part("fields.*.*", "field {field}", FIELD_CODES)
READ = ("title", "description", "example", "rdfType", "categoriesOrdered", "translations")
"""What people alone read of a field."""
PARTS = (
    *notes(READ, of="fields.*."),
    Part("fields.*.restricted"),  # whatever it is, it restricts: `restriction` reads it as written
    Part("fields.*.name", essential=True),
    Part("fields.*.constraints.*", "constraint {last} of field {field}", CONSTRAINT_CODES),
    Part("fields.*.constraints", "constraints of field {field}", CONSTRAINT_CODES),
    Part("fields.*.categories.*.translations"),
    Part("fields.*.categories", "categories of field {field}", CONSTRAINT_CODES),
    Part("fields.*.edtf", "EDTF dates of field {field}", EDTF_CODES),
    Part("fields.*.numeral", "numerals of field {field}", NUMERAL_CODES),
    FIELD,
    Part("fields", essential=True),
    Part("fieldsMatch", essential=True),
    Part("missingValues", essential=True),
    Part("primaryKey", "primary key", KEY_CODES),
    Part("uniqueKeys.*", "{path}", KEY_CODES),
    Part("uniqueKeys", "unique keys", KEY_CODES),
    Part("foreignKeys.*", "{path}", FOREIGN_KEY_CODES),
    Part("foreignKeys", "foreign keys", FOREIGN_KEY_CODES),
    Part("rules.*", "{path}", ROW_RULE_CODES),
    Part("rules", "row rules", ROW_RULE_CODES),
    Part("*"),
)


@dataclass(frozen=True)
class UsableSchema:
    """What can be used of a Table Schema.

    Attributes:
        properties: the schema, each field with its type; null stands for an entry of an array
            that cannot be used.
        version: of the standard that it follows, "1.0" or "2.0".
        unchecked: numbers of the fields whose values are not judged.
    """

    properties: Properties
    version: str
    unchecked: frozenset[int] = frozenset()


def usable_schema(
    schema: Properties,
    version: str,
    place: Place,
    resource: str,
    ledger: Ledger,
    written: Iterable[Problem] = (),
) -> UsableSchema | None:
    """What can be used of a Table Schema.

    Args:
        schema: the schema as read from JSON.
        version: "1.0" or "2.0".
        place: where it stands.
        resource: the name of the resource that it belongs to.
        ledger: takes what is wrong and what is not checked.
        written: what its text has that no JSON has.

    Returns:
        The schema, or None if there is nothing to read a table by.
    """
    given: Any = schema.get("fields")
    repairs = _Repairs(place, resource, ledger, given)
    problems = chain(written, profile.problems(schema, "tableschema", version))
    schema = repairs.made(schema, problems, noted=True)
    if repairs.in_vain:
        return None
    default = "string" if version == "1.0" else "any"
    fields = [{"type": default, **field} for field in schema["fields"]]
    schema = {**schema, "fields": fields}
    while found := list(schema_problems(schema, repairs.unchecked)):
        schema = repairs.made(schema, found, noted=True)
        if repairs.in_vain:
            return None
    schema = repairs.made(schema, dependents(schema, repairs.unchecked), noted=False)
    return UsableSchema(schema, version, frozenset(repairs.numbers))


class _Repairs:
    """What is taken out of a schema.

    Attributes:
        unchecked: names of the fields whose values are not judged.
        numbers: their numbers.
        in_vain: whether the schema is of no use.
    """

    def __init__(self, place: Place, resource: str, ledger: Ledger, fields: Any) -> None:
        self._place, self._resource, self._ledger = place, resource, ledger
        self._fields = fields
        self.unchecked: set[str] = set()
        self.numbers: set[int] = set()
        self.in_vain = False

    def made(self, schema: Properties, problems: Iterable[Problem], *, noted: bool) -> Properties:
        """The schema without what there are problems with.

        Args:
            schema: the schema.
            problems: what is wrong, or cannot be used because something else is.
            noted: whether they are faults of their own.
        """
        faulty: list[Steps] = []
        for problem in problems:
            if noted:
                self._note(problem)
            if not problem.is_clear:
                faulty.append(problem.steps)
        schema, taken = taken_out(schema, faulty, PARTS)
        self.in_vain = any(part.essential for part in taken.values())
        return schema if self.in_vain else self._without_fields(schema, taken)

    def _note(self, problem: Problem) -> None:
        place = self._place.at(*problem.steps)
        self._ledger.fault(place, problem.message, self._resource, self._name(problem.steps))

    def _without_fields(self, schema: Properties, taken: Taken) -> Properties:
        """The schema, in which a field of which something is taken out may hold anything."""
        fields = [*schema["fields"]]
        for steps, part in taken.items():
            name = self._name(steps)
            if part is FIELD and name is not None:
                number = int(steps[1])
                fields[number] = _bare(fields[number])
                self.unchecked.add(name)
                self.numbers.add(number)
                steps = steps[:2]
            if part.lost:
                self._lose(part, self._place.at(*steps), name)
        return {**schema, "fields": fields}

    def _lose(self, part: Part, place: Place, field: str | None) -> None:
        path = place.json_path.removeprefix(self._place.json_path).removeprefix(".")
        what = part.lost.format(field=field, path=path, last=place.steps[-1])
        self._ledger.lost(f"{what} of {self._resource}", place, part.codes, self._resource)

    def _name(self, steps: Steps) -> str | None:
        """The name of the field that something stands in, if it does and the field has one."""
        if len(steps) < 2 or steps[0] != "fields" or not isinstance(self._fields, list):
            return None
        field: Any = self._fields[int(steps[1])]
        name: Any = field.get("name") if isinstance(field, Mapping) else None
        return name if isinstance(name, str) and name else None


def _bare(field: Mapping[str, Any]) -> Properties:
    """A field that may hold anything."""
    read = {name: field[name] for name in chain(("name",), READ) if name in field}
    return {**read, "type": "any"}
