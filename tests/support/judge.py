"""Reads metadata by the tools of their standards, in an environment of these; prints JSON.

    python judge.py FOLDER SHAPES

The folder is a package with what `validate export --to metadata` writes beside its descriptor.
For each standard: the faults that its tool finds, and the rows that it reads, if it reads rows.
"""

import json
import logging
import os
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from warnings import catch_warnings, simplefilter

RO_CRATE = "https://w3id.org/ro/crate/"


def croissant(file):
    """By mlcroissant: rows by record set, and the keys that it joins by."""
    import mlcroissant

    faults, rows, references = [], {}, {}
    dataset = mlcroissant.Dataset(str(file))
    issues = dataset.metadata.ctx.issues
    faults += sorted(issues.errors | issues.warnings)
    for one in dataset.metadata.record_sets:
        # A dataset keeps what it has read, and joins by that only once.
        read = mlcroissant.Dataset.from_metadata(dataset.metadata).records(one.uuid)
        rows[one.name] = [
            {field.name: plain(record[field.uuid]) for field in one.fields} for record in read
        ]
        references[one.name] = [
            [field.name, field.references.uuid] for field in one.fields if field.references
        ]
    return {"faults": faults, "rows": rows, "references": references}


def csvw(file):
    """By csvw: rows by address, whether keys are unique and references found."""
    from csvw import CSVW

    # Strictly, it would take a foreign key without a value for a fault.
    read = CSVW(str(file), validate=True, strict=False)
    try:
        is_valid = read.is_valid
    except ValueError as error:
        return {"faults": [str(error)], "rows": {}}
    faults = [str(one.message) for one in read.warnings]
    rows = {
        str(table.url): [{name: plain(cell) for name, cell in row.items()} for row in table]
        for table in read.tables
    }
    return {"faults": faults or ([] if is_valid else ["not valid"]), "rows": rows}


def rocrate(file):
    """By roc-validator, without the web: the context is that of the library `rocrate`."""
    from rdflib.plugins.shared.jsonld import context
    from requests import Response
    from rocrate_validator import services
    from rocrate_validator.models import Severity, ValidationSettings
    from rocrate_validator.utils.http import HttpRequester

    folder = Path(find_spec("rocrate").submodule_search_locations[0])
    words = (folder / "data" / "ro-crate.jsonld").read_bytes()

    def answer(self, url, *_, **__):
        response = Response()
        response.url, response._content = url, words
        response.status_code = 200 if url.startswith(RO_CRATE) else 504
        response.headers["Content-Type"] = "application/ld+json"
        return response

    HttpRequester.get = answer
    context.source_to_json = lambda *_, **__: (json.loads(words), None)
    settings = ValidationSettings(
        rocrate_uri=file.parent,
        profile_identifier="ro-crate-1.2",
        requirement_severity=Severity.REQUIRED,
        skip_availability_check=True,
    )
    issues = services.validate(settings).get_issues(Severity.REQUIRED)
    return {"faults": sorted({issue.message for issue in issues})}


def dcat(file, shapes):
    """By pyshacl and the shapes of DCAT-AP."""
    from pyshacl import validate
    from rdflib import Graph
    from rdflib.namespace import SH

    graph = Graph().parse(file, format="json-ld")
    _, report, _ = validate(graph, shacl_graph=Graph().parse(shapes, format="turtle"))
    paths = {str(path) for path in report.objects(None, SH.resultPath)}
    messages = {str(one) for one in report.objects(None, SH.resultMessage)}
    return {"faults": sorted(paths or messages), "triples": len(graph)}


def datacite(file):
    """By the JSON Schema that the library `datacite` has."""
    from datacite import schema45

    errors = schema45.validator.iter_errors(json.loads(file.read_text("utf-8")))
    return {"faults": sorted(error.message for error in errors)}


def citation(file):
    """By cffconvert."""
    from cffconvert import Citation
    from jsonschema.exceptions import ValidationError

    try:
        Citation(file.read_text("utf-8")).validate()
    except ValidationError as error:
        return {"faults": [error.message]}
    return {"faults": []}


def plain(value):
    """A value as JSON can have it: a date or time as its text, a number as it is."""
    if isinstance(value, bytes):
        return value.decode()
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if hasattr(value, "item"):
        return value.item()
    return value if isinstance(value, str | int | float | bool | list | None) else str(value)


def judged(folder, shapes):
    """What all tools say; of a file that is not there, nothing."""
    tools = {
        "croissant.json": croissant,
        "csv-metadata.json": csvw,
        "ro-crate-metadata.json": rocrate,
        "dcat.jsonld": lambda file: dcat(file, shapes),
        "datacite.json": datacite,
        "CITATION.cff": citation,
    }
    files = {name: folder / name for name in tools}
    return {name: tools[name](file) for name, file in files.items() if file.exists()}


if __name__ == "__main__":
    logging.disable(logging.ERROR)
    with tempfile.TemporaryDirectory() as scratch, catch_warnings():
        simplefilter("ignore")
        os.environ["CROISSANT_CACHE"] = scratch
        print(json.dumps(judged(Path(sys.argv[1]).resolve(), Path(sys.argv[2]))))
