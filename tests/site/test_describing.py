"""The descriptor of the CSV files: all that the schema says of what is published, and no more."""

import json

from support.made import PROFILE

from validate import validate


def test_what_is_not_published_is_not_spoken_of(tmp_path, site_of):
    fields = [
        {"name": "id", "type": "string"},
        {"name": "who", "type": "string", "restricted": True},
        {"name": "when", "type": "string", "edtf": {"notBefore": "born"}},
        {"name": "born", "type": "string", "edtf": {}, "restricted": True},
        {"name": "boss", "type": "string"},
        {"name": "count", "type": "number", "decimalChar": ",", "constraints": {"minimum": 0}},
    ]
    schema = {
        "fields": fields,
        "primaryKey": "id",
        "uniqueKeys": [["who", "when"], ["boss"]],
        "foreignKeys": [
            {"fields": "boss", "reference": {"resource": "", "fields": "id"}, "acyclic": True},
        ],
        "rules": [{"name": "r", "check": "who <> boss", "message": "no own boss"}],
        "missingValues": ["", "NA"],
    }
    resources = [
        {"name": "t", "path": "t.csv", "title": "T", "schema": schema},
        {"name": "names", "data": [{"who": "Tanaka-7f3a"}],
         "schema": {"fields": [{"name": "who", "type": "string", "restricted": True}]}},
    ]  # fmt: skip
    (tmp_path / "LICENCE").write_text("all")
    descriptor = {
        "$schema": PROFILE, "name": "p", "version": "1.0.0", "resources": resources,
        "licenses": [{"name": "CC0-1.0", "path": "LICENCE"}],
        "sources": [{"title": "A", "path": "https://a.example/"}],
    }  # fmt: skip
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    rows = 'id,who,when,born,boss,count\na,x,2025,1990,,"1,5"\nb,y,NA,1991,a,NA\n'
    (tmp_path / "t.csv").write_text(rows, "utf-8")
    site, _ = site_of(tmp_path)
    folder = site.folder / "downloads" / "tables"
    made = json.loads((folder / "datapackage.json").read_text("utf-8"))
    (table,) = made["resources"]
    assert made["licenses"] == [{"name": "CC0-1.0"}]
    assert made["sources"] == [{"title": "A", "path": "https://a.example/"}]
    assert [field["name"] for field in table["schema"]["fields"]] == ["id", "when", "boss", "count"]
    assert "edtf" not in table["schema"]["fields"][1]
    assert table["schema"]["uniqueKeys"] == [["boss"]]
    assert table["schema"]["foreignKeys"][0]["acyclic"] is True
    assert "rules" not in table["schema"]
    report = validate(folder)
    assert report.valid, str(report)
    assert {part.what: part.count for part in report.checked}["foreign keys"] == 1
