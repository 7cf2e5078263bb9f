"""What plugs in elsewhere: the hooks of pre-commit, and the action, whose script is run here."""

import os
import re
import shlex
import shutil
import subprocess
import sys

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

    def run(workspace, packages=".", fail_on="error", sources=""):
        files = {name: tmp_path / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        variables = {**os.environ, **{name: str(file) for name, file in files.items()}}
        variables |= {"RUNNER_TEMP": str(tmp_path / "temp"), "PACKAGES": packages}
        variables |= {"FAIL_ON": fail_on, "SOURCES": sources}
        command = ["bash", "-e", "-o", "pipefail", "-c", step("validate")["run"]]
        done = subprocess.run(
            command, cwd=workspace, env=variables, capture_output=True, text=True, check=True
        )
        written = {name: file.read_text("utf-8") for name, file in files.items() if file.exists()}
        return done, written, tmp_path / "temp" / "validate-reports"

    return run


@BASH
def test_the_action_annotates_and_keeps_every_report(job):
    done, written, reports = job(ROOT, "tests/golden/package\ntests/packages/valid-mixed\n")
    assert "::error file=tests/golden/package/boats.csv,line=5" in done.stdout
    assert written["GITHUB_OUTPUT"] == "exit-code=1\n"
    assert sorted(file.name for file in reports.iterdir()) == [
        "report.html", "report.sarif", "report.txt",
    ]  # fmt: skip
    assert "2 packages, 1 valid" in written["GITHUB_STEP_SUMMARY"]


@BASH
def test_nothing_in_the_summary_is_read_as_markup(job):
    _, written, _ = job(GOLDEN)
    first, blank, *lines = written["GITHUB_STEP_SUMMARY"].splitlines()
    assert (first, blank) == ("### validate", "")
    assert all(line.startswith("    ") for line in lines)


@BASH
@pytest.mark.parametrize(
    ("package", "fail_on", "code"),
    [("valid-mixed", "error", 0), ("row-rule-warning", "error", 0),
     ("row-rule-warning", "warning", 1), ("absent", "error", 2)],
)  # fmt: skip
def test_the_action_tells_the_exit_code(job, package, fail_on, code):
    done, written, _ = job(ROOT / "tests" / "packages", package, fail_on)
    assert written["GITHUB_OUTPUT"] == f"exit-code={code}\n"
    assert ("::error" in done.stdout) == (code == 2)


@BASH
def test_inputs_are_no_commands(job, tmp_path):
    hostile = f"$(touch {tmp_path}/owned); `touch {tmp_path}/owned`"
    _, written, _ = job(tmp_path, hostile, sources=hostile)
    assert written["GITHUB_OUTPUT"] == "exit-code=2\n"
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
def test_hooks_run_what_there_is(hook, monkeypatch):
    program, command = shlex.split(hook["entry"])
    assert program == "validate"
    assert f"`{hook['id']}`" in PAGE
    monkeypatch.chdir(GOLDEN)
    given = ["datapackage.json"] if hook.get("pass_filenames", True) else []
    assert CliRunner().invoke(main, [command, *given]).exit_code == 1


def test_hook_of_descriptors_takes_descriptors_alone():
    pattern = re.compile(HOOKS[0]["files"])
    assert pattern.search("datapackage.json")
    assert pattern.search("a/b/datapackage.json")
    assert not pattern.search("a/mydatapackage.json")
