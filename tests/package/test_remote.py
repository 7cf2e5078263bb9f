import json

import pytest
from support.made import said
from support.web import served

from validate import PackageError, validate
from validate._src.package import remote
from validate._src.package.addresses import NOT_FETCHED, ONLY_FETCHED

pytestmark = pytest.mark.served

PONDS = b"pond_id,depth\n1,2.5\n2,deep\n"
SCHEMA = b'{"fields": [{"name": "pond_id"}, {"name": "depth", "type": "number"}]}'


@pytest.fixture
def web():
    """The address of a server, and what it was asked for."""
    pages = {"/ponds.csv": PONDS, "/schema.json": SCHEMA, "/away": "file:///etc/hostname"}
    with served(pages) as server:
        yield server


@pytest.fixture
def package(tmp_path, web):
    """Writes a package whose table stands at a path of the server."""

    def write(path, schema="/schema.json"):
        resource = {"name": "ponds", "path": web[0] + path, "schema": web[0] + schema}
        descriptor = {
            "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
            "name": "made",
            "resources": [resource],
        }
        (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
        return tmp_path

    return write


def test_nothing_is_fetched_unless_that_is_allowed(package, web):
    with pytest.raises(PackageError, match="fetched only with --allow-remote"):
        validate(package("/ponds.csv"))
    assert web[1] == []


def test_what_is_not_fetched_is_a_finding_beside_what_is_at_hand(package, web):
    """Data Package 2.0, Data Resource, "path", of which a URL needs trust."""
    folder = package("/ponds.csv")
    descriptor = json.loads((folder / "datapackage.json").read_text("utf-8"))
    (remote_one,) = descriptor["resources"]
    fields = [{"name": "pond_id", "type": "integer"}]
    near = {"name": "near", "path": "near.csv", "schema": {"fields": fields}}
    descriptor["resources"] = [{**remote_one, "schema": {"fields": fields}}, near]
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    (folder / "near.csv").write_text("pond_id\none\n", "utf-8")
    far, judged = validate(folder)
    assert (far.resource, far.code, far.message) == ("ponds", "source-error", NOT_FETCHED)
    assert (judged.resource, judged.row, judged.code) == ("near", 2, "type-error")
    assert [found.resource for found in validate(folder, resources=["near"])] == ["near"]
    assert web[1] == []


@pytest.mark.parametrize("name", ["schema", "dialect"])
def test_a_schema_or_dialect_that_is_not_fetched_is_a_fault_of_the_descriptor(package, web, name):
    folder = package("/ponds.csv")
    descriptor = json.loads((folder / "datapackage.json").read_text("utf-8"))
    (resource,) = descriptor["resources"]
    resource |= {"path": "near.csv", "schema": {"fields": [{"name": "pond_id"}]}}
    resource[name] = f"{web[0]}/{name}.json"
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    (folder / "near.csv").write_text("pond_id\n1\n", "utf-8")
    report = validate(folder)
    (found,) = report
    assert found.code == "descriptor-error"
    assert found.message == f"resources[0].{name}: {web[0]}/{name}.json: {NOT_FETCHED}"
    assert ("rows of ponds", f"datapackage.json: resources[0].{name} cannot be used") in [
        (part.what, part.why) for part in report.not_checked
    ]
    assert web[1] == []


def test_what_is_allowed_is_fetched_once_and_checked(package, web):
    report = validate(package("/ponds.csv"), allow_remote=True)
    (found,) = report.findings
    assert (found.path, found.row, found.field) == (f"{web[0]}/ponds.csv", 3, "depth")
    assert sorted(web[1]) == ["/ponds.csv", "/schema.json"]


@pytest.mark.parametrize(
    ("path", "reason"), [("/nowhere", "404 Not Found"), ("/away", "302 Found")]
)
def test_what_cannot_be_fetched_is_one_finding(package, web, path, reason):
    report = validate(package(path), allow_remote=True)
    assert said(report).startswith(f"{web[0]}{path}: cannot be fetched: {reason}")
    assert web[1].count(path) == 1


@pytest.mark.parametrize(
    ("limit", "value", "reason"),
    [("LARGEST", 10, "more than 10 bytes"), ("LONGEST", -1.0, "not there after")],
)
def test_size_and_time_are_limited(package, monkeypatch, limit, value, reason):
    monkeypatch.setattr(remote, limit, value)
    report = validate(package("/ponds.csv"), allow_remote=True)
    assert {found.code for found in report} == {"descriptor-error", "source-error"}
    assert all(reason in found.message for found in report)


@pytest.fixture
def elsewhere(package, web):
    """Writes a package whose table stands at another URL."""

    def write(url):
        folder = package("/ponds.csv")
        text = (folder / "datapackage.json").read_text("utf-8")
        (folder / "datapackage.json").write_text(text.replace(f"{web[0]}/ponds.csv", url), "utf-8")
        return folder

    return write


@pytest.mark.parametrize("allow_remote", [False, True])
def test_only_what_http_leads_to_is_fetched(elsewhere, allow_remote):
    report = validate(elsewhere("ftp://127.0.0.1/ponds.csv"), allow_remote=allow_remote)
    (found,) = (found for found in report if found.code == "source-error")
    assert found.message == ONLY_FETCHED


@pytest.mark.parametrize("url", ["file:///etc/hostname", "data:,a"])
def test_what_is_not_on_the_web_is_a_finding(elsewhere, url):
    """Data Package 2.0, Glossary, "URL or Path"."""
    (found,) = validate(elsewhere(url), allow_remote=True)
    assert (found.code, found.resource) == ("descriptor-error", "ponds")
    assert "is neither a URL" in found.message or ONLY_FETCHED in found.message
