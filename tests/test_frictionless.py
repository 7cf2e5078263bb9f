"""A second opinion: frictionless finds the same faults in the same cells.

Where it does not, `KNOWN_DIFFERENCES` says so, with the section of the standard
that decides who is right.
"""

import json
import subprocess
import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import frictionless
import pytest
from conftest import ROOT

from validate import validate
from validate.dataset import Dataset, read_dataset
from validate.descriptor import load_package
from validate.model import Schema

PACKAGES = ROOT / "tests" / "packages"
# What the standard has by default; frictionless sniffs whatever is not spelled out.
DEFAULT_DIALECT = {
    "header": True,
    "delimiter": ",",
    "lineTerminator": "\r\n",
    "quoteChar": '"',
    "doubleQuote": True,
    "skipInitialSpace": False,
}
OUR_EXTENSIONS = {
    "row-constraint", "table-rule", "edtf-error", "foreign-key-cycle",
    "source-text", "anchor-moved", "anchor-lost",
}  # fmt: skip


class Place(NamedTuple):
    """Where something was found, and what."""

    resource: str
    row: int | None
    field: str | None
    code: str


REFUSAL = Place("", None, None, "package-error")


@dataclass(frozen=True)
class Case:
    """A package, and what each of the two finds in it."""

    dataset: Dataset
    ours: frozenset[Place]
    theirs: frozenset[Place]

    def schema(self, place):
        """The schema of a place; an empty one where there is none."""
        resource = self.dataset.package.resources.get(place.resource)
        return (resource and resource.schema) or Schema(())

    def field(self, place):
        """The field of a place, which is one of a cell."""
        return self.schema(place).fields[self.schema(place).names.index(place.field)]

    def texts(self, place, names):
        """The cells of a row, null where they are missing; empty for a blank row."""
        table = self.dataset.tables[place.resource]
        return [
            row[name]
            for number, row in zip(table.rows, table.text.iter_rows(named=True), strict=True)
            if number == place.row
            for name in names
        ]

    def we_say(self, place, code, field=None):
        """Whether we find this in the row of a place."""
        return Place(place.resource, place.row, field, code) in self.ours


@dataclass(frozen=True)
class Difference:
    """Findings that only one of the two has.

    Attributes:
        what: what frictionless does otherwise than we.
        section: where the standard (Data Package 2.0) decides it.
        only: whose findings they are, "ours" or "theirs".
        applies: whether a finding that only one of the two has is such a one.
    """

    what: str
    section: str
    only: str
    applies: Callable[[Case, Place], bool]


def of_code(*codes):
    return lambda case, place: place.code in codes


def type_error(type_name, format_name="default"):
    def applies(case, place):
        if place.code != "type-error":
            return False
        field = case.field(place)
        return (field.type, field.format) == (type_name, format_name)

    return applies


def pattern_with(part):
    def applies(case, place):
        if place.code != "constraint-error":
            return False
        return part in case.field(place).constraints.get("pattern", "")

    return applies


def has_no_schema(case, place):
    return place != REFUSAL and not case.schema(place).fields


def is_outside_the_categories(case, place):
    return place.code == "constraint-error" and case.field(place).categories is not None


def is_a_gap_in_a_primary_key(case, place):
    return (
        place.code == "constraint-error"
        and place.field in case.schema(place).primary_key
        and None in case.texts(place, [place.field])
    )


def is_the_key_of_a_blank_row(case, place):
    return place.code == "primary-key" and case.we_say(place, "blank-row")


def refers_with_a_gap(case, place):
    keys = [key.fields for key in case.schema(place).foreign_keys if len(key.fields) > 1]
    return place.code == "foreign-key" and any(None in case.texts(place, key) for key in keys)


KNOWN_DIFFERENCES = (
    # Outside what frictionless can judge: custom properties, which it passes over.
    Difference(
        "row rules, table rules, EDTF dates, acyclic keys and text anchors are ours alone",
        "Glossary, 'Descriptor': a descriptor may have other properties than the standard's",
        "ours",
        of_code(*OUR_EXTENSIONS),
    ),
    # What the standard says and frictionless leaves out.
    Difference(
        "does not know uniqueKeys",
        "Table Schema, 'uniqueKeys': required to be unique, nulls excluded",
        "ours",
        of_code("unique-key"),
    ),
    Difference(
        "does not know categories",
        "Table Schema, 'categories': the value MUST exactly match one of them",
        "ours",
        is_outside_the_categories,
    ),
    Difference(
        "takes the fields of a primary key for optional",
        "Table Schema, 'primaryKey': equivalent to adding `required: true` to its fields",
        "ours",
        is_a_gap_in_a_primary_key,
    ),
    Difference(
        "compiles `a|b` to `^a|b$`, which any value that starts with a meets",
        "Table Schema, 'pattern': XML Schema syntax, in which the whole value matches",
        "ours",
        pattern_with("|"),
    ),
    Difference(
        "reads datetimes that are not in the form of XML Schema",
        "Table Schema, 'datetime': MUST be in a form defined by XML Schema",
        "ours",
        type_error("datetime"),
    ),
    Difference(
        "reads lone surrogates in JSON, which no encoding can write",
        "Table Schema, 'array' and 'object': valid JSON, which is text in UTF-8 (RFC 8259, 8.1)",
        "ours",
        type_error("array"),
    ),
    Difference(
        "drops from a base64 text what is not base64",
        "Table Schema, 'string', format 'binary': a base64 encoded string",
        "ours",
        type_error("string", "binary"),
    ),
    Difference(
        "drops a byte order mark in silence",
        "Data Resource, 'encoding': it is RECOMMENDED to use UTF-8 (without BOM)",
        "ours",
        of_code("encoding-error"),
    ),
    Difference(
        "takes an empty header row for no header, and says nothing",
        "Table Dialect, 'header': the first row MUST be interpreted as a header row",
        "ours",
        of_code("blank-header"),
    ),
    Difference(
        "reads text after a closing quote, and a quote that is never closed, and says nothing",
        "Table Dialect, 'quoteChar', as in RFC 4180, 2.5: quotes come in pairs around a cell",
        "ours",
        of_code("quote-error"),
    ),
    Difference(
        "gives up on a table whose fields are mapped by name when a label stands twice ...",
        "Table Schema, 'fieldsMatch': fields MUST be mapped by their names",
        "ours",
        of_code("duplicate-label"),
    ),
    Difference(
        "... and says so with a general error, without the place",
        "Table Schema, 'fieldsMatch': fields MUST be mapped by their names",
        "theirs",
        of_code("error"),
    ),
    # What frictionless finds and the standard does not say.
    Difference(
        "refuses `fieldsMatch` as an array, as the published profile wants it",
        "Table Schema, 'fieldsMatch': a string in the text, an array in its profile of 2.0",
        "theirs",
        of_code("package-error"),
    ),
    Difference(
        "infers a schema for a resource without one, and judges rows by it",
        "Data Resource, 'type': without it, and without a schema, a non-specific file",
        "theirs",
        has_no_schema,
    ),
    Difference(
        "does not know the class subtraction of XML Schema",
        "Table Schema, 'pattern': MUST conform to the XML Schema syntax, as in `[a-z-[aeiou]]`",
        "theirs",
        pattern_with("-["),
    ),
    Difference(
        "says of a blank row also that its primary key is empty",
        "Table Schema, 'primaryKey': identifies each row; the text has no word on blank ones",
        "theirs",
        is_the_key_of_a_blank_row,
    ),
    Difference(
        "looks up composite foreign keys of which a part is missing",
        "Table Schema, 'foreignKeys': modelled on SQL, where such a row refers to none",
        "theirs",
        refers_with_a_gap,
    ),
)


def judged(folder):
    """What we and frictionless find in a package."""
    dataset = read_dataset(load_package(folder))
    return Case(dataset, frozenset(our_findings(folder)), frozenset(their_findings(folder)))


def our_findings(folder):
    for finding in validate(folder).findings:
        yield Place(finding.resource, finding.row, finding.field, finding.code)


def their_findings(folder):
    """What frictionless finds, or that it refuses the descriptor."""
    try:
        package = frictionless.Package.from_descriptor(spelled_out(folder), basepath=str(folder))
    except frictionless.FrictionlessException as refusal:
        return [REFUSAL._replace(code=refusal.error.type)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # Python's, of doubled operators in a class
        report = package.validate(limit_errors=0)  # 0: count all of them
    findings = [
        as_place(task.name, error.to_descriptor()) for task in report.tasks for error in task.errors
    ]
    return [*findings, *(REFUSAL._replace(code=error.type) for error in report.errors)]


def as_place(resource, error):
    """A finding of frictionless in our terms.

    Faults of the header have the numbers of its rows in place of a row; what is not
    of one field has none, an empty name, or the list of the fields of a key.
    """
    row = error.get("rowNumber") or next(iter(error.get("rowNumbers", ())), None)
    fields = error.get("fieldNames") or [error.get("fieldName") or None]
    return Place(resource, row, fields[0] if len(fields) == 1 else None, error["type"])


def spelled_out(folder):
    """The descriptor with nothing left for frictionless to guess."""
    descriptor = read_json(folder / "datapackage.json")
    for resource in descriptor["resources"]:
        dialect = resource.get("dialect", {})
        if isinstance(dialect, str):
            dialect = read_json(folder / dialect)
        resource["dialect"] = {**DEFAULT_DIALECT, **dialect}
        resource.setdefault("encoding", "utf-8")
    return descriptor


def read_json(file):
    return json.loads(file.read_text("utf-8"))


def differences(case):
    """Each finding that only one of the two has, with whose it is."""
    if REFUSAL in case.theirs:
        return [("theirs", REFUSAL)]
    ours = [("ours", place) for place in case.ours - case.theirs]
    return sorted([*ours, *(("theirs", place) for place in case.theirs - case.ours)], key=str)


def excuses(case, only, place):
    return [
        known for known in KNOWN_DIFFERENCES if known.only == only and known.applies(case, place)
    ]


def unexplained(case):
    """The differences that no known one explains."""
    return [(only, place) for only, place in differences(case) if not excuses(case, only, place)]


def is_to_be_judged(folder):
    """Whether a package has findings to compare; one that cannot be used has none."""
    return "findings" in read_json(folder / "expected.json")


FOLDERS = [file.parent for file in sorted(PACKAGES.glob("*/expected.json"))]
JUDGED = [folder for folder in FOLDERS if is_to_be_judged(folder)]
case_of = cache(judged)


@pytest.mark.parametrize("folder", JUDGED, ids=lambda folder: folder.name)
def test_frictionless_agrees(folder):
    assert unexplained(case_of(folder)) == []


def test_every_known_difference_still_shows():
    cases = [case_of(folder) for folder in JUDGED]
    shown = [
        known for case in cases for found in differences(case) for known in excuses(case, *found)
    ]
    assert [known.what for known in KNOWN_DIFFERENCES if known not in shown] == []


def test_both_find_the_dataset_valid():
    case = judged(ROOT)
    assert case.ours == case.theirs == frozenset()


def test_command_of_frictionless_accepts_the_dataset():
    command = [sys.executable, "-m", "frictionless", "validate", "datapackage.json"]
    process = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert process.returncode == 0, process.stdout.decode()
