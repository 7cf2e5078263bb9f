"""Packages in which nothing is found can be exported to every format, and are the same zipped."""

import json

import pytest
from support.places import PACKAGES

from validate import PackageError, load
from validate._src.publish.export import export
from validate._src.publish.formats import FORMATS


def is_clean(package):
    """Whether the run finds nothing in a package, as the file beside it says."""
    file = package / "expected.json"
    return file.exists() and json.loads(file.read_text("utf-8")).get("findings") == []


CLEAN = [package for package in sorted(PACKAGES.iterdir()) if is_clean(package)]


def test_there_are_such_packages():
    assert len(CLEAN) > 30


@pytest.mark.parametrize("package", CLEAN, ids=lambda package: package.name)
def test_a_clean_package_is_exported(package, tmp_path):
    tables = load(package)
    to = [f"{name}:{tmp_path / f'out.{name}'}" for name in FORMATS if name != "csvw"]
    if not tables:
        with pytest.raises(PackageError, match="there is no table to export"):
            list(export(package, to))
        assert not [*tmp_path.iterdir()]
        return
    list(export(package, to))
    again = load(tmp_path / "out.zip")
    assert {*again} == {*tables}
    assert all(again[name].equals(table) for name, table in tables.items())
