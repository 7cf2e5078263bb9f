"""Names and patterns that lead from one part of a package to another."""

import json
import shutil

import pytest
from support.places import PACKAGES

from validate import validate


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("boats(", 'invalid pattern "boats(": missing )'),
        ("a{99999999999}", "the repetition number is too large"),
        ("(" * 5000 + ")" * 5000, "invalid pattern: groups are nested too deeply"),
    ],
)
@pytest.mark.parametrize(
    ("steps", "declared"),
    [
        ("accountable[0].pattern", lambda pattern: [{"name": "boats", "pattern": pattern}]),
        ("exempt[0]", lambda pattern: [pattern]),
    ],
)
def test_a_pattern_that_is_none_is_a_fault_at_its_place(
    tmp_path, steps, declared, pattern, message
):
    package = shutil.copytree(PACKAGES / "valid-anchors", tmp_path / "package")
    descriptor = json.loads((package / "datapackage.json").read_text("utf-8"))
    descriptor["anchors"][steps.partition("[")[0]] = declared(pattern)
    (package / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    report = validate(package)
    (found,) = report.findings
    assert found.message.startswith(f"anchors.{steps}: ")
    assert message in found.message
    assert [part.what for part in report.not_checked] == ["text anchors"]
