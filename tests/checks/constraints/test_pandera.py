"""Pandera's environment variables cannot make bad data pass."""

import csv
import io
import json
import os
import subprocess
import sys

import pytest
from support.places import ROOT

VARIABLES = (
    ("PANDERA_VALIDATION_ENABLED", "False"),
    ("PANDERA_VALIDATION_DEPTH", "SCHEMA_ONLY"),
    ("PANDERA_VALIDATION_DEPTH", "DATA_ONLY"),
    ("PANDERA_CACHE_DATAFRAME", "True"),
    ("PANDERA_KEEP_CACHED_DATAFRAME", "True"),
    ("PANDERA_USE_NARWHALS_BACKEND", "True"),
)
ENVIRONMENTS = [*({name: value} for name, value in VARIABLES), dict(VARIABLES)]

# A column for each fault: its field without the name, a good cell and a bad one, the finding.
FAULTS = {
    "mistyped": ({"type": "integer"}, "1", "one", "type-error"),
    "required": ({"constraints": {"required": True}}, "x", "", "constraint-error"),
    "unique": ({"constraints": {"unique": True}}, "x", "x", "unique-error"),
    "enum": ({"constraints": {"enum": ["x", "y"]}}, "x", "z", "constraint-error"),
    "categories": ({"categories": ["x", "y"]}, "x", "z", "constraint-error"),
    "pattern": ({"constraints": {"pattern": "[a-c]"}}, "a", "ab", "constraint-error"),
    "minLength": ({"constraints": {"minLength": 2}}, "xx", "x", "constraint-error"),
    "maxLength": ({"constraints": {"maxLength": 2}}, "xx", "xxx", "constraint-error"),
    "minimum": ({"type": "integer", "constraints": {"minimum": 2}}, "2", "1", "constraint-error"),
    "maximum": ({"type": "integer", "constraints": {"maximum": 2}}, "2", "3", "constraint-error"),
    "exclusiveMinimum": (
        {"type": "integer", "constraints": {"exclusiveMinimum": 2}}, "3", "2", "constraint-error",
    ),
    "exclusiveMaximum": (
        {"type": "integer", "constraints": {"exclusiveMaximum": 2}}, "1", "2", "constraint-error",
    ),
}  # fmt: skip
RULE = {"name": "ordered", "check": "minimum >= 2", "message": "minimum is at least 2"}


@pytest.fixture
def bad_package(make_package):
    """A package with a good row and one that breaks every constraint and a row rule."""
    fields = [{"name": "id", "type": "string"}]
    fields += [{"name": name, "type": "string", **field} for name, (field, *_) in FAULTS.items()]
    good = ["1", *(good for _, good, _, _ in FAULTS.values())]
    bad = ["2", *(bad for _, _, bad, _ in FAULTS.values())]
    content = io.StringIO()
    csv.writer(content, lineterminator="\n").writerows([["id", *FAULTS], good, bad])
    return make_package(fields, content.getvalue(), primaryKey=["id"], rules=[RULE])


def run(package, **variables):
    """Exit code and report of `validate run` with only these variables of Pandera set."""
    inherited = {name: value for name, value in os.environ.items() if "PANDERA" not in name}
    process = subprocess.run(
        [sys.executable, "-m", "validate", "run", str(package), "--format", "json"],
        cwd=ROOT,
        env={**inherited, **variables},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert process.stderr == ""
    return process.returncode, json.loads(process.stdout)["packages"][0]


def test_every_fault_is_found(bad_package):
    exit_code, report = run(bad_package)
    found = {(finding["row"], finding["field"], finding["code"]) for finding in report["findings"]}
    expected = {(3, name, code) for name, (_, _, _, code) in FAULTS.items()}
    assert found == {*expected, (3, None, "row-constraint")}
    assert exit_code == 1


def test_variables_change_nothing(bad_package):
    usual = run(bad_package)
    assert [one for one in ENVIRONMENTS if run(bad_package, **one) != usual] == []
