"""Packages of one table, and workbooks, that tests make."""

import json

import xlsxwriter

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


def one_table(folder, name, fields, **properties):
    """Writes the descriptor of a table in a file that a test makes; gives both paths."""
    schema = {"fields": fields, **properties.pop("schema", {})}
    resource = {"name": "t", "path": name, "schema": schema, **properties}
    descriptor = {"$schema": PROFILE, "name": "made", "resources": [resource]}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    return folder, folder / name


def workbook(file, **sheets):
    """Writes a workbook of these sheets, each a list of rows."""
    with xlsxwriter.Workbook(file) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)


def places(report):
    """Where the findings of a report are, and their codes."""
    return [(found.row, found.field, found.code) for found in report.findings]
