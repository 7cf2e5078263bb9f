"""What frictionless finds in a package, in the same terms as what we find."""

import gc
import json
import warnings
from dataclasses import dataclass
from typing import NamedTuple

import frictionless

from validate import validate
from validate._src.package.descriptor import load_package
from validate._src.tables.dataset import Dataset
from validate._src.tables.reading import read_table
from validate._src.words.model import Dialect
from validate._src.words.schema import Schema

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


class Place(NamedTuple):
    """Where something was found, and what."""

    resource: str
    row: int | None
    field: str | None
    code: str


REFUSAL = Place("", None, None, "package-error")


@dataclass(frozen=True)
class Case:
    """A package, and what each of the two finds in it.

    Attributes:
        faults: what we say of the descriptor, with the place of the finding.
        refusal: what frictionless says of a descriptor that it refuses.
    """

    dataset: Dataset
    ours: frozenset[Place]
    theirs: frozenset[Place]
    waived: frozenset[Place] = frozenset()
    faults: tuple[tuple[Place, str], ...] = ()
    refusal: str = ""

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


def judged(folder):
    """What we and frictionless find in a package."""
    package = load_package(folder)
    tables = {name: read_table(resource) for name, resource in package.tables.items()}
    dataset = Dataset(package, tables)
    report = validate(folder, unfolded=True)
    theirs, refusal = their_opinion(folder)
    return Case(
        dataset,
        frozenset(map(place_of, report.findings)),
        frozenset(theirs),
        frozenset(map(place_of, report.waived)),
        tuple(
            (place_of(finding), finding.message)
            for finding in report.findings
            if finding.code == "descriptor-error"
        ),
        refusal,
    )


def our_findings(folder):
    return map(place_of, validate(folder, unfolded=True).findings)


def place_of(finding):
    return Place(finding.resource, finding.row, finding.field, finding.code)


def their_findings(folder):
    """What frictionless finds, or that it refuses the descriptor."""
    findings, _ = their_opinion(folder)
    return findings


def their_opinion(folder):
    """The same, and what it says where it refuses the descriptor."""
    try:
        package = frictionless.Package.from_descriptor(spelled_out(folder), basepath=str(folder))
        return findings_of(package), ""
    except frictionless.FrictionlessException as refusal:
        # Of a schema in its own file only when it is read.
        return [REFUSAL], "\n".join(error.note for error in (refusal.error, *refusal.reasons))


def findings_of(package):
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
    return json.loads(file.read_text("utf-8-sig"))


def differences(case):
    """Each finding that only one of the two has, with whose it is."""
    if REFUSAL in case.theirs:
        return [("theirs", REFUSAL)]
    ours = [("ours", place) for place in case.ours - case.theirs]
    return sorted([*ours, *(("theirs", place) for place in case.theirs - case.ours)], key=str)
