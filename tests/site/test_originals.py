"""Files of packages that are not valid: which may be given away as they are, and which not."""

import json

import pytest
from support.made import PROFILE

from validate._src.engine.run import read_judged
from validate._src.package.descriptor import load_package
from validate._src.site.gather import site_of
from validate._src.site.originals import copied_files, why_withheld

FIELD = {"name": "a", "type": "integer"}


def package_of(folder, *resources):
    """A package of these resources, of whose files one that is there has a wrong value."""
    descriptor = {"$schema": PROFILE, "name": "made", "resources": [*resources]}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    (folder / "deep").mkdir()
    (folder / "deep" / "t 1#.csv").write_bytes(b"\xef\xbb\xbfa\r\nx\r\n")
    return load_package(folder)


def resource(name="t", path="deep/t 1#.csv", field=FIELD):
    return {"name": name, "path": path, "schema": {"fields": [field]}}


def test_files_are_copied_byte_by_byte_to_their_paths(tmp_path):
    absent = resource("gone", "gone.csv")
    package = package_of(tmp_path, resource(), absent, resource("again"))
    site = site_of(*read_judged(package, None))
    assert why_withheld(package) == ""
    copies = [*copied_files(site, tmp_path / "out")]
    assert [(copy.relative_to(tmp_path / "out").as_posix(), of.resource.name)
            for copy, of in copies] == [("deep/t 1#.csv", "t")]  # fmt: skip
    assert copies[0][0].read_bytes() == b"\xef\xbb\xbfa\r\nx\r\n"


@pytest.mark.parametrize(
    ("others", "why"),
    [
        ([resource("secret", field={**FIELD, "restricted": True})], "fields are restricted"),
        ([{**resource("lost"), "schema": "absent.json"}], "the schema of lost cannot be read"),
        (["no object"], "not all of its resources can be told from the descriptor"),
    ],
)
def test_where_a_value_may_be_restricted_no_file_is_given_away(tmp_path, others, why):
    assert why in why_withheld(package_of(tmp_path, resource(), *others))
