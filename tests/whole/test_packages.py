"""Whole tiny packages: each yields the findings, or the one line, in its `expected.json`."""

import json
import os
import shutil

import pytest
from support.places import ROOT

from validate import PackageError, validate
from validate._src.words.codes import CODES

FOLDER = ROOT / "tests" / "packages"
PACKAGES = sorted(file.parent.name for file in FOLDER.glob("*/expected.json"))
MEMBERS = ("resource", "row", "line", "field", "code", "rule", "key")


def expected(name):
    return json.loads((FOLDER / name / "expected.json").read_text("utf-8"))


def codes_expected(name):
    return {finding["code"] for finding in expected(name).get("findings", ())}


def outcome(folder, sources):
    """What a run says of a package, in the form of `expected.json`."""
    try:
        report = validate(folder, sources and folder / sources)
    except PackageError as error:
        return {"error": str(error).replace(f"{folder}{os.sep}", "")}
    found = [{member: getattr(one, member) for member in MEMBERS} for one in report.findings]
    return {"findings": [{**one, "key": list(one["key"])} for one in found]}


@pytest.mark.parametrize("name", PACKAGES)
def test_package_yields_exactly_what_it_is_made_for(name):
    wanted = expected(name)
    sources = wanted.pop("sources", None)
    assert outcome(FOLDER / name, sources) == wanted


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need a privilege on Windows")
def test_link_that_leads_out_of_the_package_is_not_followed(tmp_path):
    package = shutil.copytree(FOLDER / "valid-version-1", tmp_path / "package")
    (package / "ponds.csv").rename(tmp_path / "ponds.csv")
    (package / "ponds.csv").symlink_to(tmp_path / "ponds.csv")
    line = "resources[0]: ponds.csv: a link that leads out of the package's folder"
    assert outcome(package, None) == {"error": f"datapackage.json: {line}"}


@pytest.mark.parametrize("code", CODES)
def test_a_package_yields_just_this_code(code):
    assert any(codes_expected(name) == {code} for name in PACKAGES)


def test_every_folder_is_run():
    assert {entry.name for entry in FOLDER.iterdir() if entry.is_dir()} == set(PACKAGES)


@pytest.mark.parametrize("name", PACKAGES)
def test_expectation_is_one_line_or_whole_findings_of_known_codes(name):
    wanted = expected(name)
    assert set(wanted) - {"sources"} in ({"error"}, {"findings"})
    assert codes_expected(name) <= set(CODES)
    assert all(tuple(finding) == MEMBERS for finding in wanted.get("findings", ()))
    assert "\n" not in wanted.get("error", "")
