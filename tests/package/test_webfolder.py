"""Packages on the web."""

import io
import json
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from support.made import PROFILE
from support.web import FIELDS, TABLE, descriptor, found, served

from validate import PackageError, load, validate
from validate._src.cli.main import main
from validate._src.package.addresses import ONLY_FETCHED

pytestmark = [pytest.mark.served, pytest.mark.usefixtures("scratch")]


def zipped(**entries):
    content = io.BytesIO()
    with ZipFile(content, "w") as archive:
        for name, text in entries.items():
            archive.writestr(name.replace("_", "."), text)
    return content.getvalue()


def test_nothing_is_fetched_unless_that_is_allowed():
    with served({"/p/datapackage.json": descriptor("a.csv")}) as (web, asked):
        url = f"{web}/p/datapackage.json"
        with pytest.raises(PackageError) as caught:
            validate(url)
        result = CliRunner().invoke(main, ["run", url])
    line = f"{url}: not fetched; files on the web are fetched only with --allow-remote"
    assert str(caught.value) == line
    assert (result.exit_code, result.stderr) == (2, f"validate: {line}\n")
    assert asked == []


def test_paths_are_relative_to_the_url_of_the_descriptor():
    with served(
        {
            "/p/dp.json": descriptor("data/a.csv", "data/absent.csv", schema="s.json"),
            "/p/s.json": json.dumps({"fields": FIELDS}).encode(),
            "/p/data/a.csv": TABLE,
        }
    ) as (web, asked):
        report = validate(f"{web}/p/dp.json", allow_remote=True)
        assert found(report) == [
            (f"{web}/p/dp.json", None, "source-error"),
            (f"{web}/p/data/a.csv", 3, "type-error"),
        ]
        assert (report.package, report.location) == ("p", f"{web}/p/dp.json")
        assert [row.cells for row in report.rows(report).values()] == [("x",)]
    assert asked == ["/p/dp.json", "/p/data/a.csv", "/p/s.json", "/p/data/absent.csv"]


def test_a_folder_and_a_descriptor_with_a_query():
    pages = {"/p/datapackage.json": descriptor("a.csv"), "/p/a.csv": b"pond_id\n1\n"}
    pages["/p/datapackage.json?raw=1"] = pages["/p/datapackage.json"]
    with served(pages) as (web, _):
        for url in (f"{web}/p/", f"{web}/p/datapackage.json?raw=1"):
            assert validate(url, allow_remote=True).valid
        tables = load(f"{web}/p/", allow_remote=True)
    assert tables["t0"].rows() == [(1,)]


def test_a_descriptor_in_yaml():
    text = b"resources:\n- {name: t, path: a.csv, schema: {fields: [{name: pond_id}]}}\n"
    with served({"/datapackage.yaml": text, "/a.csv": TABLE}) as (web, _):
        assert validate(f"{web}/datapackage.yaml", allow_remote=True).valid


@pytest.mark.parametrize(
    ("path", "asked_for"),
    [
        ("my ponds.csv", "/p/my%20ponds.csv"),
        ("my%20ponds.csv", "/p/my%20ponds.csv"),
        ("100%.csv", "/p/100%25.csv"),
        ("池.csv", "/p/%E6%B1%A0.csv"),
        ("what?.csv", "/p/what%3F.csv"),
        ("a#b.csv", "/p/a%23b.csv"),
    ],
)
def test_paths_as_parts_of_urls(path, asked_for):
    """Data Package 2.0, Glossary, "URL or Path"."""
    with served({"/p/dp.json": descriptor(path), asked_for: TABLE}) as (web, asked):
        report = validate(f"{web}/p/dp.json", allow_remote=True)
    assert asked == ["/p/dp.json", asked_for]
    assert "type-error" in [each.code for each in report]


@pytest.mark.parametrize("folder", ["/old", "/new"])
def test_after_a_redirection_paths_are_relative_to_either_url(folder):
    """RFC 3986, section 5.1.3."""
    pages = {
        "/old/dp.json": "/new/dp.json",
        "/new/dp.json": descriptor("a.csv", "b.csv"),
        f"{folder}/a.csv": TABLE,
        f"{folder}/b.csv": TABLE,
    }
    with served(pages) as (web, _):
        report = validate(f"{web}/old/dp.json", allow_remote=True)
    assert found(report) == [(f"{web}{folder}/{name}.csv", 3, "type-error") for name in ("a", "b")]


@pytest.mark.parametrize("path", ["../a.csv", "/a.csv", "file:///etc/hostname"])
def test_paths_that_lead_out_of_the_folder_are_findings(path):
    with served({"/p/dp.json": descriptor(path, "b.csv"), "/p/b.csv": TABLE}) as (web, asked):
        fault, judged = validate(f"{web}/p/dp.json", allow_remote=True)
    assert (fault.code, judged.code) == ("descriptor-error", "type-error")
    assert asked == ["/p/dp.json", "/p/b.csv"]


def test_a_zip_file_on_the_web():
    archive = zipped(datapackage_json=descriptor("a.csv"), a_csv=TABLE)
    with served({"/ponds.zip": archive}) as (web, asked):
        report = validate(f"{web}/ponds.zip", allow_remote=True)
        assert found(report) == [(f"{web}/ponds.zip/a.csv", 3, "type-error")]
        assert report.package == "ponds"
    assert asked == ["/ponds.zip"]


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("{web}/nowhere.json", "{web}/nowhere.json: cannot be fetched: 404 Not Found"),
        ("{web}/away.json", "{web}/away.json: cannot be fetched: 302 Found"),
        ("{web}/a.csv", "{web}/a.csv: a table, not a descriptor; download it"),
        ("{web}/page", "{web}/page: a web page, not a descriptor; give the URL of the file"),
        ("{web}/text", "{web}/text:1:1: not JSON"),
        ("{web}/..", "{web}/datapackage.json: cannot be fetched: 404"),
        ("http://[x/dp.json", "http://[x/dp.json: cannot be fetched: "),
        ("ftp://127.0.0.1/dp.json", f"ftp://127.0.0.1/dp.json: {ONLY_FETCHED}"),
        ("s3a://ponds/dp.json", f"s3a://ponds/dp.json: {ONLY_FETCHED}; write s3://"),
        ("hdfs://ponds/dp.json", f"hdfs://ponds/dp.json: {ONLY_FETCHED}"),
    ],
)
def test_what_is_no_package_is_one_line(url, message):
    pages = {
        "/away.json": "file:///etc/hostname",
        "/a.csv": TABLE,
        "/page": b"\n<html>",
        "/text": b"a",
    }
    with served(pages) as (web, _), pytest.raises(PackageError) as caught:
        validate(url.format(web=web), allow_remote=True)
    assert str(caught.value).startswith(message.format(web=web))


def test_other_arguments_are_no_urls(tmp_path):
    url = "http://127.0.0.1/x"
    table = tmp_path / "t.csv"
    table.write_bytes(TABLE)
    with pytest.raises(PackageError, match="a table with a schema is read here or in a store"):
        validate(url, schema={"fields": FIELDS}, allow_remote=True)
    with pytest.raises(PackageError, match=r"^schema: .*: an address on the web"):
        validate(table, schema=url)
    for command in (
        ["run", str(table), "--schema", url],
        ["run", "--changed", url],
        ["show", "1", "--package", url],
        ["tidy", url],
    ):
        result = CliRunner().invoke(main, command)
        assert (result.exit_code, "address" in result.stderr) == (2, True)


def test_files_by_their_urls(tmp_path):
    (tmp_path / "my ponds").mkdir()
    file = tmp_path / "my ponds" / "datapackage.json"
    file.write_bytes(descriptor("a.csv"))
    (tmp_path / "my ponds" / "a.csv").write_bytes(TABLE)
    url = file.as_uri()
    assert "my%20ponds" in url
    for given in (url, url.replace("file://", "file://localhost"), file.parent.as_uri()):
        assert [each.code for each in validate(given)] == ["type-error"]
        assert CliRunner().invoke(main, ["run", given]).exit_code == 1
    result = CliRunner().invoke(main, ["run", "file://ponds.example/dp.json"])
    assert (result.exit_code, "of another computer" in result.stderr) == (2, True)


def test_files_on_the_web_cannot_be_found_by_a_pattern():
    resource = {
        "name": "t",
        "path": "t/a.csv",
        "files": {"pattern": "t/*.csv"},
        "schema": {"fields": FIELDS},
    }
    content = json.dumps({"$schema": PROFILE, "resources": [resource]}).encode()
    with served({"/datapackage.json": content, "/t/a.csv": TABLE}) as (web, _):
        report = validate(f"{web}/datapackage.json", allow_remote=True)
    (fault,) = report
    said = "t/*.csv: files on the web cannot be listed; name each of them in path"
    assert (fault.code, fault.message) == (
        "descriptor-error",
        f"resources[0].files.pattern: {said}",
    )
    assert "rows of t" in {part.what for part in report.not_checked}
