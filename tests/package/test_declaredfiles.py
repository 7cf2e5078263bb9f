"""The files of a resource that a pattern finds; tests/packages has the faults of descriptors."""

import gzip
import json
import os
from hashlib import md5
from zipfile import ZipFile

import pytest
from support.made import PROFILE, change_descriptor, places

from validate import load, validate

FIELDS = [{"name": "year", "type": "integer"}, {"name": "id", "type": "integer"}]


@pytest.fixture
def package(tmp_path):
    """A package of two files with years in their paths, and one beside them."""
    resource = {
        "name": "t",
        "path": "t/year=1/a.csv",
        "files": {"pattern": "t/**/*.csv"},
        "schema": {"fields": FIELDS, "primaryKey": ["year", "id"]},
    }
    for year in (1, 2):
        folder = tmp_path / "t" / f"year={year}"
        folder.mkdir(parents=True)
        (folder / "a.csv").write_text("id\n1\n", "utf-8")
    descriptor = {"$schema": PROFILE, "name": "made", "resources": [resource]}
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    return tmp_path


def told(folder, **options):
    return [f"{one.path}: {one.message}" for one in validate(folder, **options)]


def change_resource(package, **properties):
    change_descriptor(package, lambda content: content["resources"][0].update(properties))


def test_they_are_one_table(package):
    assert validate(package).valid
    assert load(package)["t"].rows() == [(1, 1), (2, 1)]


def test_size_and_digest_are_those_of_the_path_alone(package):
    content = (package / "t" / "year=1" / "a.csv").read_bytes()
    change_resource(package, bytes=len(content), hash=md5(content).hexdigest())
    assert validate(package).valid
    change_resource(package, bytes=2 * len(content))
    assert [one.code for one in validate(package)] == ["byte-count"]


def test_tidy_writes_them_anew_as_those_of_the_path(package):
    from validate._src.curation.tidy import tidy
    from validate._src.package.descriptor import load_valid_package

    (package / "t" / "year=2" / "a.csv").unlink()
    change_resource(package, bytes=1)
    tidy(load_valid_package(package))
    content = json.loads((package / "datapackage.json").read_text("utf-8"))
    assert content["resources"][0]["bytes"] == len("id\n1\n")


def test_partitions_that_are_declared(package):
    (package / "t" / "year=2").rename(package / "t" / "none")
    change_resource(package, files={"pattern": "t/**/*.csv", "partitions": ["year"]})
    why = 'its path has no partition, and those of the table have the partition "year"'
    assert told(package) == [f"t/none/a.csv: {why}; none of its rows are read"]


def test_no_partitions_where_none_are_declared(package):
    change_resource(package, files={"pattern": "t/**/*.csv", "partitions": []})
    assert {one.code for one in validate(package)} >= {"missing-label"}


def test_several_paths(package):
    change_resource(package, path=["t/year=1/a.csv", "t/year=2/a.csv"])
    assert validate(package).valid
    change_resource(package, path=["t/year=1/a.csv", "u.csv"])
    (fault,) = validate(package)
    assert fault.message == (
        'resources[0].path[1]: u.csv is not among the files that match "t/**/*.csv"'
    )


def test_a_format_that_is_declared(package):
    (package / "t" / "year=2" / "a.csv").rename(package / "t" / "year=2" / "b.txt")
    change_resource(package, files={"pattern": "t/**/*"}, format="csv")
    assert load(package)["t"].height == 2


def test_compressed_files(package):
    for year in (1, 2):
        folder = package / "t" / f"year={year}"
        (folder / "a.csv.gz").write_bytes(gzip.compress((folder / "a.csv").read_bytes()))
    change_resource(package, path="t/year=1/a.csv.gz", files={"pattern": "t/*/*.gz"})
    assert load(package)["t"].height == 2


def test_what_is_set_aside_is_named(package):
    (package / "t" / "_logs").mkdir()
    (package / "t" / ".a.csv").touch()
    (said,) = validate(package).not_checked
    assert (said.what, said.codes) == ("t/.a.csv, t/_logs/ among the files of t", frozenset())


def test_in_a_zip_file(package, tmp_path_factory):
    (package / "t" / "year=2" / "_a.csv").touch()
    packed = tmp_path_factory.mktemp("packed") / "made.zip"
    with ZipFile(packed, "w") as archive:
        for file in sorted(package.rglob("*")):
            if file.is_file():
                archive.write(file, file.relative_to(package).as_posix())
    report = validate(packed)
    assert report.valid
    assert [one.what for one in report.not_checked] == ["t/year=2/_a.csv among the files of t"]
    assert load(packed)["t"].rows() == [(1, 1), (2, 1)]


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need a privilege on Windows")
def test_a_link_that_leads_out(package, tmp_path_factory):
    (package / "t" / "year=3").symlink_to(tmp_path_factory.mktemp("away"))
    at = "datapackage.json: resources[0].files.pattern: t/year=3"
    assert told(package) == [f"{at}: a link that leads out of the package's folder"]


def test_a_restricted_field_that_another_refers_to(package):
    people = {
        "name": "u",
        "data": [{"year": 1}, {"year": 2}],
        "schema": {
            "fields": [{"name": "year", "type": "integer", "restricted": True}],
            "primaryKey": "year",
        },
    }
    key = {"fields": "year", "reference": {"resource": "u", "fields": "year"}}
    change_resource(package, schema={"fields": FIELDS, "foreignKeys": [key]})
    change_descriptor(package, lambda content: content["resources"].append(people))
    (fault,) = validate(package)
    assert fault.message == (
        'resources[0].files: the field "year" is restricted, and the paths of the files show its '
        "values"
    )


def test_keys_over_partitions(package):
    (package / "t" / "year=2" / "b.csv").write_text("id\n1\n", "utf-8")
    (package / "t" / "year=2" / "c.csv").write_text("id\n2\n", "utf-8")
    report = validate(package)
    assert places(report) == [(6, None, "primary-key")]
    assert [(one.path, one.line, one.key) for one in report] == [("t/year=2/b.csv", 2, ("2", "1"))]


@pytest.mark.parametrize("is_described", [True, False])
def test_keys_that_refer_to_partitions(package, is_described):
    (package / "u.csv").write_text("y,i\n2,1\n2,3\n3,1\n", "utf-8")
    key = {"fields": ["y", "i"], "reference": {"resource": "t", "fields": ["year", "id"]}}
    fields = [{"name": name, "type": "integer"} for name in "yi"]
    other = {"name": "u", "path": "u.csv", "schema": {"fields": fields, "foreignKeys": [key]}}
    change_descriptor(package, lambda content: content["resources"].append(other))
    if not is_described:
        change_descriptor(package, lambda content: content["resources"][0].pop("schema"))
    assert places(validate(package)) == [(3, None, "foreign-key"), (4, None, "foreign-key")]
