"""What codes mean, proved: each example is a package that yields just its fault."""

import json
import os
import shutil
import subprocess
import sys

import pytest
from click.testing import CliRunner

from validate import validate
from validate._src.cli.main import main
from validate._src.report.explain import EXAMPLES, catalogue, example, explain
from validate._src.words.codes import CODES, RULE_CODES, WARNING
from validate._src.words.printing import printable

MOST_LINES = 26


def run(*arguments):
    return CliRunner().invoke(main, list(map(str, arguments)), env={"COLUMNS": "1000"})


def findings(code):
    shown = example(code)
    sources = shown.sources and shown.folder / shown.sources
    return list(validate(shown.folder, sources).findings)


@pytest.mark.parametrize("code", CODES)
def test_an_example_yields_just_its_fault_at_the_place_it_shows(code, golden):
    (found,) = findings(code)
    named = ("path", "line", "field", "rule", "message")
    told = {name: getattr(found, name) for name in named if getattr(found, name) is not None}
    file = EXAMPLES / code / "example.json"
    golden.json(file, {**json.loads(file.read_text("utf-8")), "finding": told})
    severity = WARNING if code == "encoding-error" else CODES[code].severity
    assert (found.code, found.severity) == (code, severity)


def test_every_code_has_an_example_and_no_other_is_there():
    assert sorted(folder.name for folder in EXAMPLES.iterdir()) == sorted(CODES)


def said_by_run(shown):
    """What a run prints of an example, in one line."""
    sources = ["--sources", shown.folder / shown.sources] if shown.sources else []
    return " ".join(run("run", shown.folder, *sources).output.split())


def test_examples_say_what_run_says():
    shown = {code: example(code) for code in CODES}
    unsaid = {
        code: one.finding.message
        for code, one in shown.items()
        if one.finding.message not in said_by_run(one)
    }
    assert unsaid == {}


@pytest.mark.parametrize("name", CODES)
def test_an_explanation_is_short_and_marks_the_faulty_line(name):
    code, lines = CODES[name], list(explain(CODES[name]))
    assert len(lines) <= MOST_LINES
    assert lines[0] == f"{name}: {code.title}"
    assert {code.meaning, f"What to do: {code.remedy}"} <= set(lines)
    marked = [line for line in lines if line.startswith("  > ")]
    assert len(marked) == (example(name).finding.line is not None)
    assert all(printable(line) == line for line in lines)


def test_without_a_code_all_are_listed_in_the_order_of_the_catalogue():
    listed = run("explain").output.splitlines()
    assert listed == list(catalogue())
    assert [line.split()[0] for line in listed] == list(CODES)
    assert all(line.endswith(code.title) for line, code in zip(listed, CODES.values(), strict=True))


def test_explain_prints_what_a_user_needs():
    assert run("explain", "type-error").output == (
        "type-error: value of the wrong type\n"
        "\n"
        "A cell cannot be read as a value of its field's type and format.\n"
        "\n"
        "For example:\n"
        "  datapackage.json\n"
        '       {"name": "length", "type": "number"}\n'
        "  boats.csv\n"
        "    1  boat,length\n"
        "    2  Heron,7.5\n"
        "  > 3  Otter,nine\n"
        "`validate run` reports:\n"
        "  boats.csv:3  length: not a number such as 1234.5\n"
        "\n"
        "What to do: Use the format of the field's type, or leave the cell empty if the value is "
        "unknown.\n"
    )


@pytest.mark.parametrize("code", sorted(RULE_CODES))
def test_a_rule_may_be_a_warning_and_the_explanation_says_so(code, tmp_path):
    package = shutil.copytree(EXAMPLES / code, tmp_path / code)
    descriptor = json.loads((package / "datapackage.json").read_text("utf-8"))
    holder = descriptor if code == "table-rule" else descriptor["resources"][0]["schema"]
    holder["rules"][0]["severity"] = "warning"
    (package / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    assert [found.severity for found in validate(package).findings] == ["warning"]
    assert '"severity": "warning"' in run("explain", code).output


@pytest.mark.parametrize(
    ("given", "hint"),
    [("typ-error", "did you mean type-error"), ("anchor-los", "anchor-lost"), ("zzz", '"zzz"; `')],
)
@pytest.mark.parametrize("command", [("explain",), ("run", "--code")])
def test_an_unknown_code_is_a_usage_error_with_those_that_are_like_it(command, given, hint):
    result = run(*command, given)
    assert result.exit_code == 2
    assert hint in result.output
    assert "`validate explain` lists all" in result.output


def test_explain_imports_no_engine():
    script = (
        "import sys; from validate._src.cli.main import main\n"
        "main(['explain', 'foreign-key'], standalone_mode=False)\n"
        "main(['explain'], standalone_mode=False)\n"
        "print(sorted({'polars', 'pandera', 'frictionless'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", script]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    result = subprocess.run(command, capture_output=True, encoding="utf-8", env=environment)
    assert result.stdout.endswith("[]\n")
