import json

import pytest

from validate._src.package.belonging import packages_of


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """The working folder: `lakes`, a package with all kinds of files, and `notes` beside it."""
    resources = [
        {"name": "ponds", "path": ["data/a.csv", "./data/b.csv"], "schema": "ponds.schema.json"},
        {"name": "docks", "path": "docks.csv", "dialect": "docks.dialect.json"},
        {"name": "far", "path": "https://ponds.example/far.csv", "schema": {"fields": []}},
        "no resource",
        {"name": "odd", "path": [1, None], "schema": 5},
        {"name": "pools", "path": "pools", "format": "delta"},
    ]
    (tmp_path / "lakes" / "data").mkdir(parents=True)
    (tmp_path / "lakes" / "datapackage.json").write_text(json.dumps({"resources": resources}))
    (tmp_path / "notes").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(*files):
    return [descriptor.as_posix() for descriptor in packages_of(files)]


@pytest.mark.parametrize(
    "file",
    ["lakes/datapackage.json", "lakes/data/a.csv", "lakes/data/b.csv", "lakes/docks.csv",
     "lakes/ponds.schema.json", "lakes/docks.dialect.json", "notes/../lakes/docks.csv",
     "lakes/pools/_delta_log/1.json"],
)  # fmt: skip
def test_file_that_a_descriptor_names(repository, file):
    assert found(file) == ["lakes/datapackage.json"]


@pytest.mark.parametrize(
    "file", ["lakes/README.md", "lakes/data/c.csv", "notes/docks.csv", "docks.csv", "absent/x"]
)
def test_file_that_no_descriptor_names(repository, file):
    assert found(file) == []


def test_a_descriptor_in_yaml(repository):
    (repository / "lakes" / "datapackage.json").rename(repository / "lakes" / "datapackage.yaml")
    assert found("lakes/docks.csv") == ["lakes/datapackage.yaml"]
    assert found("lakes/README.md") == []


def test_a_package_is_found_once(repository):
    assert found("lakes/docks.csv", "lakes/data/a.csv") == ["lakes/datapackage.json"]


def test_a_file_can_belong_to_two_packages(repository):
    outer = {"resources": [{"name": "docks", "path": "lakes/docks.csv"}]}
    (repository / "datapackage.json").write_text(json.dumps(outer))
    assert found("lakes/docks.csv") == ["lakes/datapackage.json", "datapackage.json"]
    assert found("lakes/data/a.csv") == ["lakes/datapackage.json"]


@pytest.mark.parametrize("text", ["{", "[]", "\udcff"])
def test_a_descriptor_that_cannot_be_read_may_name_any_file_below_it(repository, text):
    (repository / "lakes" / "datapackage.json").write_text(text, errors="surrogateescape")
    assert found("lakes/README.md") == ["lakes/datapackage.json"]
    assert found("notes/docks.csv") == []


@pytest.mark.parametrize("resources", [None, {}, "docks.csv"])
def test_a_descriptor_without_resources_names_itself(repository, resources):
    text = json.dumps({"resources": resources})
    (repository / "lakes" / "datapackage.json").write_text(text)
    assert found("lakes/datapackage.json") == ["lakes/datapackage.json"]
    assert found("lakes/docks.csv") == []


def test_a_file_elsewhere_has_an_absolute_descriptor(repository, monkeypatch):
    monkeypatch.chdir(repository / "notes")
    assert packages_of(["../lakes/docks.csv"]) == [repository / "lakes" / "datapackage.json"]


@pytest.mark.parametrize("file", ["lakes/t/a.csv", "lakes/t/x=1/gone.csv"])
def test_file_that_a_pattern_finds(repository, file):
    resource = {"name": "t", "path": "t/b.csv", "files": {"pattern": "t/**/*.csv"}}
    descriptor = json.dumps({"resources": [resource]})
    (repository / "lakes" / "datapackage.json").write_text(descriptor, "utf-8")
    assert found(file) == ["lakes/datapackage.json"]
    assert found("lakes/t/_a.csv", "lakes/a.csv", "notes/a.csv") == []
