"""Whole tiny packages: each yields the findings, or the one line, in its `expected.json`."""

import os
import shutil

import pytest
from support.golden import expected
from support.places import ROOT

from validate import PackageError, validate
from validate._src.words.codes import CODES

FOLDER = ROOT / "tests" / "packages"
PACKAGES = sorted(file.parent.name for file in FOLDER.glob("*/expected.json"))
MEMBERS = ("resource", "row", "line", "field", "code", "rule", "key")


def codes_expected(name):
    return {finding["code"] for finding in expected(name).get("findings", ())}


def outcome(folder, sources):
    """What a run says of a package, in the form of `expected.json`."""
    try:
        report = validate(folder, sources and folder / sources)
    except PackageError as error:
        return {"error": str(error).replace(f"{folder}{os.sep}", "")}
    return {"findings": [*map(members_of, report.findings)]}


def members_of(finding):
    """What tells a finding; of one of the descriptor, what it says as well."""
    members = {member: getattr(finding, member) for member in MEMBERS}
    said = {"message": finding.message} if finding.code == "descriptor-error" else {}
    return {**members, "key": list(finding.key), **said}


@pytest.mark.parametrize("name", PACKAGES)
def test_package_yields_exactly_what_it_is_made_for(name, golden):
    given = {key: value for key, value in expected(name).items() if key == "sources"}
    found = outcome(FOLDER / name, given.get("sources"))
    golden.json(FOLDER / name / "expected.json", {**given, **found})


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need a privilege on Windows")
def test_link_that_leads_out_of_the_package_is_not_followed(tmp_path):
    package = shutil.copytree(FOLDER / "valid-version-1", tmp_path / "package")
    (package / "ponds.csv").rename(tmp_path / "ponds.csv")
    (package / "ponds.csv").symlink_to(tmp_path / "ponds.csv")
    (found,) = outcome(package, None)["findings"]
    line = "ponds.csv: a link that leads out of the package's folder"
    assert found["message"] == f"resources[0].path: {line}"


def test_each_code_has_a_package_that_yields_it_alone():
    alone = [codes_expected(name) for name in PACKAGES]
    assert [code for code in CODES if {code} not in alone] == []


def test_every_folder_is_run():
    assert {entry.name for entry in FOLDER.iterdir() if entry.is_dir()} == set(PACKAGES)


def is_an_expectation(wanted):
    """Whether it is one line, or whole findings of known codes."""
    findings = wanted.get("findings", ())
    return (
        set(wanted) - {"sources"} in ({"error"}, {"findings"})
        and all(
            tuple(found) in (MEMBERS, (*MEMBERS, "message")) and found["code"] in CODES
            for found in findings
        )
        and "\n" not in wanted.get("error", "")
    )


def test_expectations_are_one_line_or_whole_findings_of_known_codes():
    assert [name for name in PACKAGES if not is_an_expectation(expected(name))] == []
