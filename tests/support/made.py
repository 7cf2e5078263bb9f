"""Packages of one table, and workbooks, that tests make."""

import csv
import json

import xlsxwriter

from validate._src.package.descriptor import make_package

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


def one_table(folder, name, fields, **properties):
    """Writes the descriptor of a table in a file that a test makes; gives both paths."""
    schema = {"fields": fields, **properties.pop("schema", {})}
    resource = {"name": "t", "path": name, "schema": schema, **properties}
    descriptor = {"$schema": PROFILE, "name": "made", "resources": [resource]}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    return folder, folder / name


def field(name, type_name="string", **properties):
    """A field of a schema."""
    return {"name": name, "type": type_name, **properties}


def key(fields, resource, references):
    """A foreign key, whose fields refer to others of a resource."""
    return {"fields": fields, "reference": {"resource": resource, "fields": references}}


def resource_of(folder, content, name="t.csv"):
    """The resource of a file with these bytes, of which nothing else is known."""
    (folder / name).write_bytes(content)
    descriptor = {"resources": [{"name": "t", "path": name}]}
    return make_package(descriptor, folder / "datapackage.json").resources["t"]


def workbook(file, **sheets):
    """Writes a workbook of these sheets, each a list of rows."""
    with xlsxwriter.Workbook(file) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)


def change_descriptor(package, change):
    """Changes the descriptor of a package in a folder."""
    file = package / "datapackage.json"
    descriptor = json.loads(file.read_text("utf-8"))
    change(descriptor)
    file.write_text(json.dumps(descriptor), "utf-8")


def change_row(package, table, number, **cells):
    """Writes other cells into a row of a CSV table of a package in a folder."""
    file = package / f"{table}.csv"
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    for name, text in cells.items():
        rows[number - 1][rows[0].index(name)] = text
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)


def said(report):
    """What a report says of a file that cannot be read, its only finding."""
    (fault,) = report.findings
    assert (fault.severity, fault.row) == ("error", None)
    assert any(part.hides(fault.resource, "type-error") for part in report.not_checked)
    return f"{fault.place}: {fault.message}"


def places(report):
    """Where the findings of a report are, and their codes."""
    return [(found.row, found.field, found.code) for found in report.findings]
