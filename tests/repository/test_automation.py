"""What plugs in elsewhere: the hooks of pre-commit, and the action, whose script is run here."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from support.places import ROOT

from validate._src.cli.main import main

ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
PAGE = (ROOT / "docs" / "automation.md").read_text("utf-8")
GOLDEN = ROOT / "tests" / "golden" / "package"
EXAMPLES = [
    yaml.safe_load(block) for block in re.findall(r"^```yaml\n(.*?)^```", PAGE, re.M | re.S)
]
BASH = pytest.mark.skipif(
    os.name == "nt" or shutil.which("bash") is None, reason="there is no bash here"
)


def step(name):
    (found,) = [step for step in ACTION["runs"]["steps"] if step.get("name") == name]
    return found


@pytest.fixture
def job(tmp_path, monkeypatch):
    """A job as a runner of GitHub prepares it: runs the step that validates, gives its files."""
    programs = tmp_path / "temp" / "validate" / "bin"
    programs.mkdir(parents=True)
    program = programs / "validate"
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m validate "$@"\n')
    program.chmod(0o755)

    def run(workspace, packages=".", fail_on="error", sources="", args="", page="report"):
        files = {name: tmp_path / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        variables = {**os.environ, **{name: str(file) for name, file in files.items()}}
        variables |= {"RUNNER_TEMP": str(tmp_path / "temp"), "PACKAGES": packages}
        variables |= {"FAIL_ON": fail_on, "SOURCES": sources, "ARGS": args}
        variables |= {"PAGE": page, "JOB": "check-0"}
        command = ["bash", "-e", "-o", "pipefail", "-c", step("validate")["run"]]
        done = subprocess.run(
            command, cwd=workspace, env=variables, capture_output=True, text=True, check=True
        )
        outputs = dict(
            line.split("=", 1) for line in files["GITHUB_OUTPUT"].read_text("utf-8").splitlines()
        )
        summary = files["GITHUB_STEP_SUMMARY"]
        return done, outputs, summary.read_text("utf-8") if summary.exists() else ""

    return run


@BASH
def test_the_action_annotates_and_keeps_every_report(job):
    done, outputs, summary = job(ROOT, "tests/golden/package\ntests/packages/valid-mixed\n")
    assert "::error file=tests/golden/package/boats.csv,line=5" in done.stdout
    assert outputs["exit-code"] == "1"
    assert sorted(file.name for file in Path(outputs["reports"]).iterdir()) == [
        "report.html", "report.sarif", "report.txt",
    ]  # fmt: skip
    assert "2 packages, 1 valid" in summary


@BASH
def test_nothing_in_the_summary_is_read_as_markup(job):
    _, _, summary = job(GOLDEN)
    first, blank, *lines = summary.splitlines()
    assert (first, blank) == ("### validate", "")
    assert all(line.startswith("    ") for line in lines)


@BASH
@pytest.mark.parametrize(
    ("package", "fail_on", "code"),
    [("valid-mixed", "error", 0), ("row-rule-warning", "error", 0),
     ("row-rule-warning", "warning", 1), ("absent", "error", 2)],
)  # fmt: skip
def test_the_action_tells_the_exit_code(job, package, fail_on, code):
    done, outputs, _ = job(ROOT / "tests" / "packages", package, fail_on)
    assert outputs["exit-code"] == str(code)
    assert ("::error" in done.stdout) == (code == 2)


@BASH
def test_more_arguments_are_passed_on(job):
    _, _, whole = job(ROOT, "tests/packages/valid-mixed")
    _, _, fast = job(ROOT, "tests/packages/valid-mixed", args="--fast\n--limit\n3\n")
    assert "only structure and types are asked for" in fast
    assert "only structure and types are asked for" not in whole


@BASH
def test_artifacts_of_two_uses_have_two_names_and_one_category(job):
    _, first, _ = job(GOLDEN)
    _, second, _ = job(GOLDEN)
    assert first["page"].startswith("report-check-0-")
    assert first["page"] != second["page"]
    assert first["category"] == second["category"]
    assert job(ROOT, "tests/packages/valid-mixed")[1]["category"] != first["category"]


@BASH
def test_no_page_has_no_name(job):
    assert job(GOLDEN, page="")[1]["page"] == ""


def test_a_failed_upload_to_code_scanning_does_not_fail_the_job():
    assert step("upload SARIF")["continue-on-error"] is True
    assert step("say what was not uploaded")["if"] == "steps.sarif.outcome == 'failure'"


def test_every_output_of_a_step_that_is_used_is_written():
    text = (ROOT / "action.yml").read_text("utf-8")
    used = set(re.findall(r"steps\.validate\.outputs\.([a-z-]+)", text))
    assert used == set(re.findall(r'^ +echo "([a-z-]+)=', step("validate")["run"], re.M))


@BASH
def test_inputs_are_no_commands(job, tmp_path):
    hostile = f"$(touch {tmp_path}/owned); `touch {tmp_path}/owned`"
    _, outputs, _ = job(tmp_path, hostile, sources=hostile, args=hostile, page=hostile)
    assert outputs["exit-code"] == "2"
    assert not (tmp_path / "owned").exists()


def test_inputs_reach_scripts_by_their_environment_alone():
    scripts = [step["run"] for step in ACTION["runs"]["steps"] if "run" in step]
    assert not [script for script in scripts if "${{" in script]


def test_every_input_of_the_action_is_used_and_described():
    text = (ROOT / "action.yml").read_text("utf-8")
    for name in ACTION["inputs"]:
        assert f"inputs.{name}" in text
        assert f"| `{name}` |" in PAGE
    assert set(re.findall(r"inputs\.([a-z-]+)", text)) == set(ACTION["inputs"])


def test_example_workflow_gives_the_action_what_it_knows():
    (workflow,) = [example for example in EXAMPLES if "jobs" in example]
    given = workflow["jobs"]["validate"]["steps"][-1]["with"]
    assert set(given) <= set(ACTION["inputs"])


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
@pytest.mark.parametrize("changed", ["datapackage.json", "boats.csv"])
def test_hooks_run_what_there_is(hook, changed, monkeypatch):
    program, *command = shlex.split(hook["entry"])
    assert program == "validate"
    assert f"`{hook['id']}`" in PAGE
    monkeypatch.chdir(GOLDEN)
    given = [changed] if hook.get("pass_filenames", True) else []
    assert CliRunner().invoke(main, [*command, *given]).exit_code == 1


def test_hooks_see_files_of_every_kind():
    assert not [hook for hook in HOOKS if hook.keys() & {"files", "types", "types_or", "exclude"}]
