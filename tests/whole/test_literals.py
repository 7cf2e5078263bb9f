"""Values and rows are taken or refused as the text of the standard says, in both versions."""

import csv
import json

import pytest
from support.literals import BOTH, LITERALS, NATIVE, TABLES
from support.made import PROFILE

from validate import validate


def described(folder, resources, version):
    """Writes a package in a version; gives its report."""
    package = {"name": "literals", "resources": resources}
    if version == 2:
        package["$schema"] = PROFILE
    (folder / "datapackage.json").write_text(json.dumps(package), "utf-8")
    return validate(folder)


def resource(name, path, one, version, **schema):
    fields = [{"name": "number", "type": "integer"}, {"name": "x", **one}]
    return {"name": name, "path": path, "schema": {"fields": fields, **schema}}


def refused(report):
    """The rows that are refused, by resource; each has a type error and nothing else."""
    rows = {}
    for found in report:
        assert (found.code, found.field) == ("type-error", "x"), found
        rows.setdefault(found.resource, set()).add(found.row)
    assert [part.what for part in report.not_checked] == []
    return rows


def surprises(tables, rows, first):
    """Literals whose verdict is not that of the standard."""
    return [
        (table, text, "refused" if number in rows.get(name, ()) else "taken")
        for name, (table, texts, valid) in tables.items()
        for number, text in enumerate(texts, first)
        if (number in rows.get(name, ())) is (text in valid)
    ]


@pytest.mark.parametrize("version", BOTH)
@pytest.mark.parametrize("form", ["csv", "json"])
def test_texts_are_values_where_the_standard_says_so(version, form, tmp_path):
    tables, resources = {}, []
    for number, one in enumerate(LITERALS):
        if version in one.versions:
            name = f"t{number}"
            rows = [["number", "x"], *([at, text] for at, text in enumerate(one.texts))]
            with (tmp_path / f"{name}.{form}").open("w", encoding="utf-8", newline="") as file:
                json.dump(rows, file) if form == "json" else csv.writer(file).writerows(rows)
            tables[name] = (f"{one.section} ({one.force})", one.texts, one.valid)
            resources.append(resource(name, f"{name}.{form}", one.field, version))
    found = surprises(tables, refused(described(tmp_path, resources, version)), 2)
    assert "\n".join(map(str, found)) == ""


@pytest.mark.parametrize("version", BOTH)
def test_native_values_are_values_where_the_standard_says_so(version, tmp_path):
    tables, resources = {}, []
    for number, (one, valid, invalid) in enumerate(NATIVE):
        name, texts = f"t{number}", [*valid, *invalid]
        rows = ",".join(f'{{"number": {at}, "x": {text}}}' for at, text in enumerate(texts))
        (tmp_path / f"{name}.json").write_text(f"[{rows}]", "utf-8")
        tables[name] = (one, texts, valid)
        resources.append(resource(name, f"{name}.json", one, version))
    found = surprises(tables, refused(described(tmp_path, resources, version)), 2)
    assert "\n".join(map(str, found)) == ""


@pytest.mark.parametrize("version", BOTH)
def test_rows_meet_what_the_standard_asks_of_them(version, tmp_path):
    resources, wanted = [], {}
    for number, one in enumerate(TABLES):
        if version in one.versions:
            name = f"t{number}"
            with (tmp_path / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                csv.writer(file, quoting=csv.QUOTE_ALL).writerows([["a", "b"], *one.rows])
            fields = [{"name": "a", **one.a}, {"name": "b", "type": "string", **one.b}]
            schema = {"fields": fields, **one.schema}
            resources.append({"name": name, "path": f"{name}.csv", "schema": schema})
            wanted[one.section, name] = one.codes
    report = described(tmp_path, resources, version)
    found = {key: {} for key in wanted}
    sections = {name: section for section, name in wanted}
    for one in report:
        found[sections[one.resource], one.resource][one.row] = one.code
    odd = [(key, found[key], wanted[key]) for key in wanted if found[key] != wanted[key]]
    assert "\n".join(map(str, odd)) == ""
    assert report.not_checked == ()
