"""The page on runs in parts: its examples are what the command takes and Python runs."""

import re
import shlex

import pytest
import yaml
from click.testing import CliRunner
from support.places import ROOT

from validate import validate
from validate._src.cli.main import main
from validate._src.cli.run import run

PAGE = (ROOT / "docs" / "parts.md").read_text("utf-8")


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


def test_the_first_example_gives_the_report_of_a_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "boats").symlink_to(ROOT / "tests" / "golden" / "package")
    lines = [shlex.split(line) for line in blocks("sh")[0].splitlines()]
    done = [CliRunner().invoke(main, words[1:]) for words in lines]
    assert [one.exit_code for one in done] == [0, 0, 0, 1]
    assert done[-1].stdout == CliRunner().invoke(main, ["run", "boats"]).stdout


def commands_of(text):
    """The commands of ours in a script, variables as any number."""
    text = re.sub(r"\$\{\{.*?\}\}|\$\w+", "1", text)
    return [
        shlex.split(found) for found in re.findall(r'validate [^\n"]+(?:"[^\n"]*"[^\n"]*)*', text)
    ]


def test_the_jobs_of_the_matrix_are_as_many_as_the_parts():
    (text,) = blocks("yaml")
    job = yaml.safe_load(text)["jobs"]["part"]
    numbers = job["strategy"]["matrix"]["part"]
    assert numbers == [*range(1, len(numbers) + 1)]
    assert f"/{len(numbers)} --output" in text


@pytest.mark.parametrize("text", [*blocks("yaml"), *blocks("sh")])
def test_examples_are_commands_that_are_understood(text):
    commands = commands_of(text)
    assert commands
    for _, name, *arguments in commands:
        main.commands[name].make_context(name, arguments)


def test_the_example_in_python_gives_the_report_of_a_run(tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    (text,) = blocks("python")
    names = {}
    exec(text.replace("/tmp", str(tmp_path)), names)
    assert [*names["report"]] == [*validate("tests/golden/package")]


def test_every_option_of_a_run_is_placed():
    """Each is of the parts, of the merge, or of a run of the whole."""
    asked = PAGE.partition("## What is asked")[2].partition("##")[0]
    given = {"--quote", "--encoding", "--decimal", "--group", "--header-row", "--no-header"}
    given |= {"--sheet", "--table"}  # between --delimiter and --property
    others = {"--part", "--color", "--no-color", "--help"}
    options = {name for one in run.params if one.param_type_name == "option" for name in one.opts}
    assert {name for name in options - given - others if f"`{name}`" not in asked} == set()
