"""A second opinion: frictionless finds the same faults in the same cells.

Where it does not, `KNOWN_DIFFERENCES` says so, with the section of the standard
that decides who is right.
"""

import gc
import json
import re
import subprocess
import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

import frictionless
import pytest
from conftest import ROOT

from validate import validate
from validate._src.package.descriptor import load_package
from validate._src.tables.dataset import Dataset, read_dataset
from validate._src.tables.table import read_table
from validate._src.words.model import Dialect, Schema

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
# Its names for properties of the standard that it does not know.
ITS_OWN_NAMES = {"property": "property", "itemKeys": "keys"}
XSD_DATETIME = (
    r"-?[0-9]{4,}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})?"
)
BASE64 = r"([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?"
OUR_EXTENSIONS = {
    "row-constraint", "table-rule", "edtf-error", "foreign-key-cycle",
    "source-text", "anchor-moved", "anchor-lost", "waiver-expired", "waiver-unmatched",
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
    waived: frozenset[Place] = frozenset()

    def schema(self, place):
        """The schema of a place; an empty one where there is none."""
        resource = self.resource(place)
        return (resource and resource.schema) or Schema(())

    def resource(self, place):
        """The resource of a place, None for the package as a whole."""
        return self.dataset.package.resources.get(place.resource)

    def dialect(self, place):
        """The dialect of the resource of a place; the default one where there is none."""
        resource = self.resource(place)
        return resource.dialect if resource else Dialect()

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


def text_without(grammar, type_name, format_name="default"):
    """A cell of a type whose text is not of a grammar."""

    def applies(case, place):
        if place.code != "type-error":
            return False
        field = case.field(place)
        text = next(iter(case.texts(place, [place.field])), None)
        is_such = (field.type, field.format) == (type_name, format_name)
        return is_such and text is not None and not re.fullmatch(grammar, text, re.ASCII)

    return applies


def pattern_with(part):
    def applies(case, place):
        if place.code != "constraint-error":
            return False
        return part in case.field(place).constraints.get("pattern", "")

    return applies


def has_no_schema(case, place):
    return place != REFUSAL and not case.schema(place).fields


def is_a_refusal_of(trait):
    """Whether the package is refused, and a resource of it has a trait."""
    return lambda case, place: (
        place == REFUSAL and any(map(trait, case.dataset.package.resources.values()))
    )


def fields_match(resource):
    return resource.properties.get("schema", {}).get("fieldsMatch")


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


def is_a_key_of_other_types(case, place):
    """Whether every part of a primary key is empty or of the wrong type, some of the latter."""
    if place.code != "primary-key":
        return False
    key = case.schema(place).primary_key
    mistyped = [name for name in key if case.we_say(place, "type-error", name)]
    return bool(mistyped) and not any(
        case.texts(place, [name for name in key if name not in mistyped])
    )


def is_about_a_label_twice(case, place):
    return place.code == "error" and any(
        (found.resource, found.code) == (place.resource, "duplicate-label") for found in case.ours
    )


def is_in_the_header_behind_comments(case, place):
    """Whether a fault of a row is one of the header, which is the first row that is no comment."""
    dialect = case.dialect(place)
    return (
        bool(dialect.comment_char or dialect.comment_rows)
        and not dialect.header_rows
        and dialect.header
        and place.row is not None
        and 1 < place.row < case.dataset.tables[place.resource].rows[0]
    )


def is_the_null_sequence(case, place):
    return (
        place.code == "type-error"
        and case.dialect(place).null_sequence is not None
        and case.texts(place, [place.field]) == [None]
    )


def has_a_delimiter_of_several_characters(case, place):
    return len(case.dialect(place).delimiter) > 1


def cannot_be_read_for_its_delimiter(case, place):
    unreadable = Place(place.resource, None, None, "source-error")
    return has_a_delimiter_of_several_characters(case, place) and unreadable in case.theirs


def has_a_terminator_of_its_own(case, place):
    return case.dialect(place).line_terminator not in (None, "\r\n", "\n", "\r")


def stands_behind_the_first_file(case, place):
    """Whether a row stands in the second file of a resource, or in one after it."""
    resource = case.resource(place)
    if place.row is None or resource is None or len(resource.parts) < 2:
        return False
    first = read_table(replace(resource, parts=resource.parts[:1]))
    return place.row > max([1, *first.rows])


def stands_beside_what_is_no_row(case, place):
    """Whether an item of data inline is no row, which is all that can be wrong with its form."""
    resource, neither = case.resource(place), Place(place.resource, None, None, "source-error")
    both_say_so = neither in case.ours and neither in case.theirs
    return bool(resource and resource.format == "inline" and place.row and both_say_so)


def is_in_newline_delimited_json(*codes):
    def applies(case, place):
        resource = case.resource(place)
        return place.code in codes and resource and resource.format in ("ndjson", "jsonl")

    return applies


def refers_with_a_gap(case, place):
    keys = [key.fields for key in case.schema(place).foreign_keys if len(key.fields) > 1]
    return place.code == "foreign-key" and any(None in case.texts(place, key) for key in keys)


def is_waived(case, place):
    """Whether we found the same, and a waiver lets it pass."""
    return place in case.waived


KNOWN_DIFFERENCES = (
    # Outside what frictionless can judge: custom properties, which it passes over.
    Difference(
        "row rules, table rules, EDTF dates, acyclic keys, text anchors and waivers are ours alone",
        "Glossary, 'Descriptor': a descriptor may have other properties than the standard's",
        "ours",
        of_code(*OUR_EXTENSIONS),
    ),
    Difference(
        "knows no waivers",
        "Glossary, 'Descriptor': a descriptor may have other properties than the standard's",
        "theirs",
        is_waived,
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
        text_without(XSD_DATETIME, "datetime"),
    ),
    Difference(
        "reads lone surrogates in JSON, which no encoding can write",
        "Table Schema, 'array' and 'object': valid JSON, which is text in UTF-8 (RFC 8259, 8.1)",
        "ours",
        text_without(r"(?!.*\\ud[89a-f]).*", "array"),
    ),
    Difference(
        "drops from a base64 text what is not base64",
        "Table Schema, 'string', format 'binary': a base64 encoded string",
        "ours",
        text_without(BASE64, "string", "binary"),
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
        is_about_a_label_twice,
    ),
    Difference(
        "takes a comment for the header, which it precedes, and the header for data",
        "Table Dialect, 'commentChar': rows to omit; 'header': the first row of the others",
        "theirs",
        is_in_the_header_behind_comments,
    ),
    Difference(
        "knows nullSequence, but reads it as a text",
        "Table Dialect, 'nullSequence': the sequence SHOULD be output as null",
        "theirs",
        is_the_null_sequence,
    ),
    Difference(
        "cannot read a delimiter of several characters, and says so ...",
        "Table Dialect, 'delimiter': the character sequence which separates fields",
        "theirs",
        lambda case, place: (
            place.code == "source-error" and has_a_delimiter_of_several_characters(case, place)
        ),
    ),
    Difference(
        "... and nothing of what the file holds",
        "Table Dialect, 'delimiter': the character sequence which separates fields",
        "ours",
        cannot_be_read_for_its_delimiter,
    ),
    Difference(
        "ends rows at line breaks, whatever the lineTerminator: finds what it has not ...",
        "Table Dialect, 'lineTerminator': the character sequence which terminates rows",
        "theirs",
        has_a_terminator_of_its_own,
    ),
    Difference(
        "... and misses what is in the rows that it ends",
        "Table Dialect, 'lineTerminator': the character sequence which terminates rows",
        "ours",
        has_a_terminator_of_its_own,
    ),
    Difference(
        "drops the first row of every file after the first, and what is wrong in it ...",
        "Data Resource, 'path': files are concatenated in the simplest way, headers or not",
        "ours",
        stands_behind_the_first_file,
    ),
    Difference(
        "... and numbers those after it anew",
        "Data Resource, 'path': files are concatenated in the simplest way, headers or not",
        "theirs",
        stands_behind_the_first_file,
    ),
    Difference(
        "reads nothing of data inline in which an item is neither a list nor an object",
        "Data Resource, 'data': each item MUST be either; the others still are",
        "ours",
        stands_beside_what_is_no_row,
    ),
    Difference(
        "reads newline-delimited JSON only with a library of its own: not what is no JSON ...",
        "Table Dialect, 'Structured': JSON and such",
        "ours",
        is_in_newline_delimited_json("source-error"),
    ),
    Difference(
        "... of which it says just that the library is not there",
        "Table Dialect, 'Structured': JSON and such",
        "theirs",
        is_in_newline_delimited_json("error"),
    ),
    # What frictionless finds and the standard does not say.
    Difference(
        "refuses `fieldsMatch` as an array, as the published profile wants it",
        "Table Schema, 'fieldsMatch': a string in the text, an array in its profile of 2.0",
        "theirs",
        is_a_refusal_of(lambda resource: isinstance(fields_match(resource), list)),
    ),
    Difference(
        "refuses a table that stands in the descriptor as a text",
        "Data Resource, 'data': MUST be an array or object, or a string with its format",
        "theirs",
        is_a_refusal_of(lambda resource: isinstance(resource.data, str)),
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
        "says of a primary key that is of the wrong type also that it is empty",
        "Table Schema, 'primaryKey': the fields cannot be null, which a wrong text is not",
        "theirs",
        is_a_key_of_other_types,
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
    report = validate(folder)
    return Case(
        dataset,
        frozenset(map(place_of, report.findings)),
        frozenset(their_findings(folder)),
        frozenset(map(place_of, report.waived)),
    )


def our_findings(folder):
    return map(place_of, validate(folder).findings)


def place_of(finding):
    return Place(finding.resource, finding.row, finding.field, finding.code)


def their_findings(folder):
    """What frictionless finds, or that it refuses the descriptor."""
    try:
        package = frictionless.Package.from_descriptor(spelled_out(folder), basepath=str(folder))
    except frictionless.FrictionlessException as refusal:
        return [REFUSAL._replace(code=refusal.error.type)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # Python's, of doubled operators in a class
        warnings.simplefilter("ignore", ResourceWarning)  # of compressed files it never closes
        report = package.validate(limit_errors=0)  # 0: count all of them
        if any(resource.compression for resource in package.resources):
            gc.collect()  # here, where the warning is ignored
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
        if file_format(resource) == "tsv":
            dialect = {"delimiter": "\t", **dialect}
        names = {ITS_OWN_NAMES[name]: dialect[name] for name in ITS_OWN_NAMES if name in dialect}
        resource["dialect"] = {**DEFAULT_DIALECT, **dialect, "json": names}
        if file_format(resource) in ("ndjson", "jsonl"):
            give_inline(resource, folder)
        if "schema" in resource:
            resource["type"] = "table"  # else it takes JSON for a text of any content
        resource.setdefault("encoding", "utf-8")
    return descriptor


def give_inline(resource, folder):
    """Puts the rows of newline-delimited JSON, if it is, in the place of its path."""
    paths = resource["path"] if isinstance(resource["path"], list) else [resource["path"]]
    lines = [line for path in paths for line in (folder / path).read_text("utf-8").splitlines()]
    try:
        rows = [json.loads(line) for line in lines if line.strip()]
    except ValueError:
        return
    del resource["path"]
    resource["data"] = rows


def file_format(resource):
    """The format of a resource, if only by the name of its file."""
    paths = resource.get("path", "")
    name = paths if isinstance(paths, str) else paths[0]
    return resource.get("format", name.rpartition(".")[2]).lower()


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
