import json

import frictionless
import pytest
from support.made import said

from validate import validate
from validate._src.reading import foreign

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
FIELDS = [{"name": "pond", "type": "string"}, {"name": "depth", "type": "number"}]


@pytest.fixture
def package(tmp_path):
    """A package of one table in ODS; frictionless is asked for its cells."""
    schema = {"fields": FIELDS, "primaryKey": ["pond"]}
    resource = {"name": "t", "path": "t.ods", "schema": schema}
    keyed = {
        "name": "others",
        "data": [{"pond": "Reed"}],
        "schema": {
            "fields": FIELDS[:1],
            "foreignKeys": [{"fields": "pond", "reference": {"resource": "t", "fields": "pond"}}],
        },
    }
    descriptor = {"$schema": PROFILE, "name": "made", "resources": [resource, keyed]}
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    (tmp_path / "t.ods").write_bytes(b"")
    return tmp_path


class Source:
    """What frictionless gives of a file that it can read."""

    cell_stream = iter([["pond", "depth"], ["Mirror", 2.5], ["Lily", "deep"]])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None


def test_cells_that_frictionless_gives_are_judged_by_us(package, monkeypatch):
    monkeypatch.setattr(frictionless.Resource, "from_descriptor", lambda *_: Source())
    found = [(one.resource, one.row, one.field, one.code) for one in validate(package).findings]
    assert found == [("t", 3, "depth", "type-error"), ("others", 2, "pond", "foreign-key")]


def test_what_frictionless_lacks_is_named_as_not_checked(package, monkeypatch):
    note = 'Please install "frictionless[ods]": pip install ...'

    def refuse(*_):
        raise frictionless.FrictionlessException(frictionless.Error(note=note))

    monkeypatch.setattr(frictionless.Resource, "from_descriptor", refuse)
    report = validate(package)
    assert report.valid
    assert [part.what for part in report.not_checked] == ["rows of t", "foreign key others.pond"]


def test_what_frictionless_cannot_read_is_one_line(package, monkeypatch):
    def refuse(*_):
        raise frictionless.FrictionlessException(frictionless.Error(note="broken\nfile"))

    monkeypatch.setattr(frictionless.Resource, "from_descriptor", refuse)
    assert said(validate(package)) == "t.ods: broken file"


def test_frictionless_is_asked_for_raw_cells(package, monkeypatch):
    asked = []

    def remember(descriptor):
        asked.append(descriptor)
        return Source()

    monkeypatch.setattr(foreign, "_rows", lambda resource: asked.append(resource) or iter([]))
    validate(package)
    (resource,) = asked
    assert foreign._descriptor(resource)["dialect"] == {"header": False, "ods": {"sheet": 1}}
