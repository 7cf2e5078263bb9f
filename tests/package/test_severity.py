"""How bad findings are where a package says it, and what reports say of that."""

import json

import pytest
from click.testing import CliRunner

from validate import InvalidPackageError, load, validate
from validate._src.cli.main import main
from validate._src.report.formats import FORMATS, renderer
from validate._src.report.formats.view import View
from validate._src.words.codes import CODES, ERROR, FIXED_CODES, WARNING

FAULTY = "boat,length\nHeron,7.5\nOtter,long\n"
CLEAN = "boat,length\nHeron,7.5\n"
LOWERED = {"type-error": "warning"}


@pytest.fixture
def package(tmp_path):
    """Writes a package of two tables, the second without a fault; gives its folder."""

    def write(content=FAULTY, severity=None, of_boats=None, **properties):
        fields = [{"name": "boat", "type": "string"}, {"name": "length", "type": "number"}]
        schema = {"fields": fields, "primaryKey": "boat"}
        boats = {"name": "boats", "path": "boats.csv", "schema": schema}
        others = {"name": "others", "path": "others.csv", "schema": schema}
        descriptor = {"name": "p", "resources": [boats, others], **properties}
        if severity is not None:
            descriptor["severity"] = severity
        if of_boats is not None:
            boats["severity"] = of_boats
        (tmp_path / "datapackage.json").write_text(json.dumps(descriptor, indent=1))
        (tmp_path / "boats.csv").write_text(content)
        (tmp_path / "others.csv").write_text(CLEAN)
        return tmp_path

    return write


def severities(report):
    return [(one.code, one.severity) for one in report.findings if one.code != "severity-lowered"]


def lowered(report):
    """The codes that a report says are lowered, each with its resource."""
    found = [one for one in report.findings if one.code == "severity-lowered"]
    assert {one.severity for one in found} <= {WARNING}
    return [(one.resource, one.rule) for one in found]


@pytest.mark.parametrize("fast", [False, True])
def test_a_package_can_lower_a_code(package, fast):
    report = validate(package(severity=LOWERED), fast=fast)
    assert report.valid
    assert severities(report) == [("type-error", WARNING)]
    assert lowered(report) == [("", "type-error")]
    assert report.standing == "valid, with 2 warnings in 2 files"


def test_a_resource_can_lower_a_code_in_itself_alone(package):
    folder = package(of_boats=LOWERED)
    assert severities(validate(folder)) == [("type-error", WARNING)]
    assert lowered(validate(folder)) == [("boats", "type-error")]
    (folder / "others.csv").write_text(FAULTY)
    assert severities(validate(folder)) == [("type-error", WARNING), ("type-error", ERROR)]


def test_what_a_resource_says_comes_before_what_its_package_says(package):
    report = validate(package(severity=LOWERED, of_boats={"type-error": "error"}))
    assert severities(report) == [("type-error", ERROR)]


def test_a_warning_can_be_raised(package):
    report = validate(package(CLEAN + ",\n", severity={"blank-row": "error"}))
    assert severities(report) == [("blank-row", ERROR)]
    assert lowered(report) == []


def test_a_warning_of_files_can_be_raised(package):
    folder = package("\ufeff" + CLEAN, severity={"encoding-error": "error"})
    assert severities(validate(folder)) == [("encoding-error", ERROR)]


@pytest.mark.parametrize("code", CODES)
def test_what_cannot_be_lowered_is_a_fault_of_the_descriptor(package, code):
    report = validate(package(CLEAN, severity={code: "warning"}))
    if code in FIXED_CODES and CODES[code].severity == ERROR:
        (found,) = report.findings
        assert (found.code, found.line, found.severity) == ("descriptor-error", 40, ERROR)
        assert found.message.startswith(f"severity.{code}: {code} cannot be lowered")
    else:
        assert report.valid
        assert lowered(report) == [("", code)] * (CODES[code].severity == ERROR)


def test_a_code_that_does_not_exist_is_told_with_one_like_it(package):
    (fault, *_) = validate(package(severity={"typo-error": "warning"})).findings
    assert fault.code == "descriptor-error"
    assert fault.message.startswith(
        'severity.typo-error: there is no code "typo-error"; did you mean type-error'
    )


def test_one_code_that_cannot_be_set_leaves_the_others(package):
    report = validate(package(severity={**LOWERED, "source-error": "warning", "x": "error"}))
    assert severities(report) == [
        ("descriptor-error", ERROR),
        ("descriptor-error", ERROR),
        ("type-error", WARNING),
    ]


def test_faults_of_files_stay_errors_whatever_a_package_says(package):
    folder = package(severity={"source-error": "warning", "missing-label": "warning"})
    (folder / "boats.csv").unlink()
    (folder / "others.csv").write_text("boat\nHeron\n")
    assert severities(validate(folder)) == [
        *[("descriptor-error", ERROR)] * 2,
        ("source-error", ERROR),
        ("missing-label", ERROR),
    ]


def test_rules_are_as_bad_as_the_package_says_of_their_code(package):
    folder = package(CLEAN, severity={"row-constraint": "warning"})
    descriptor = json.loads((folder / "datapackage.json").read_text())
    rule = {"name": "long", "check": "length > 100", "message": "too short"}
    descriptor["resources"][0]["schema"]["rules"] = [rule]
    (folder / "datapackage.json").write_text(json.dumps(descriptor))
    assert severities(validate(folder)) == [("row-constraint", WARNING)]


@pytest.mark.parametrize("content", [FAULTY, CLEAN])
@pytest.mark.parametrize("format_name", FORMATS)
def test_every_format_lists_what_is_lowered(package, format_name, content):
    folder = package(content, severity={"constraint-error": "warning"})
    text = "".join(renderer(format_name)([validate(folder)], View()))
    assert "constraint-error in this package is a warning" in text.replace("\n      ", " ")


@pytest.mark.parametrize("format_name", sorted({*FORMATS} - {"csv", "jsonl"}))
def test_formats_say_that_the_package_is_not_obeyed(package, format_name):
    report = validate(package(severity=LOWERED), default_severity=True)
    assert not report.valid
    assert severities(report) == [("type-error", ERROR)]
    assert lowered(report) == []
    said = "the severity of type-error is what it is by default, not what the package says"
    assert report.remarks == (said,)
    assert said in "".join(renderer(format_name)([report], View()))
    assert said in str(report)


def test_nothing_is_said_of_a_package_that_says_nothing(package):
    assert validate(package(CLEAN), default_severity=True).remarks == ()


def test_exit_codes_follow(package):
    folder = str(package(severity=LOWERED))
    codes = [
        CliRunner().invoke(main, ["run", folder, *options]).exit_code
        for options in ([], ["--fail-on", "warning"], ["--default-severity"])
    ]
    assert codes == [0, 1, 1]


def test_a_table_in_which_a_code_is_lowered_can_be_loaded(package):
    assert load(package(severity=LOWERED))["boats"]["length"].to_list() == [7.5, None]
    with pytest.raises(InvalidPackageError, match="1 error"):
        load(package(severity={}))


def test_a_waiver_finds_what_is_lowered(package):
    folder = package(severity=LOWERED, waivers={"resource": "waivers"})
    descriptor = json.loads((folder / "datapackage.json").read_text())
    names = ("resource", "key", "field", "code", "reason", "expires")
    fields = [{"name": one, "type": "date" if one == "expires" else "string"} for one in names]
    waivers = {"name": "waivers", "path": "waivers.csv", "schema": {"fields": fields}}
    descriptor["resources"].append(waivers)
    (folder / "datapackage.json").write_text(json.dumps(descriptor))
    row = "boats,Otter,length,type-error,known,9999-12-31"
    (folder / "waivers.csv").write_text(f"{','.join(names)}\n{row}\n")
    report = validate(folder)
    assert severities(report) == []
    assert [(one.code, one.severity) for one in report.waived] == [("type-error", WARNING)]
