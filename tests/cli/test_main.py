"""What all commands have in common."""

import subprocess
import sys

import pytest
from support.command import run
from support.places import ROOT


@pytest.mark.parametrize(
    "arguments", [("run", "--format", "xml"), ("run", "a", "b"), ("show",), ("sail",)]
)
def test_unusable_arguments_get_exit_code_2(arguments):
    assert run(*arguments).exit_code == 2


@pytest.mark.parametrize(
    "arguments", [("explain", "\x1b[2J\t"), ("run", "--code", "\u202ex\x1b]0;")]
)
def test_arguments_are_quoted_without_what_controls_a_terminal(arguments):
    result = run(*arguments, color=True)  # as on a terminal, where nothing is taken out
    assert result.exit_code == 2
    assert "there is no code" in result.stderr
    assert all(character.isprintable() or character == "\n" for character in result.stderr)


def test_help_and_version_import_no_engine():
    script = (
        "import sys; from validate._src.cli.main import main\n"
        "main(['--help'], standalone_mode=False)\n"
        "print(sorted({'polars', 'pandera', 'frictionless'} & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert result.stdout.endswith("[]\n")


@pytest.mark.parametrize(("package", "code"), [("valid-mixed", 0), ("unique", 1), ("absent", 2)])
def test_the_program_ends_with_the_code_of_its_report(package, code):
    command = [sys.executable, "-m", "validate", "run", ROOT / "tests" / "packages" / package]
    answer = subprocess.run(command, capture_output=True, text=True)
    assert answer.returncode == code
    assert (answer.stdout + answer.stderr).endswith("\n")


def test_an_interrupted_run_is_one_line_and_an_exit_code_of_its_own(monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("validate._src.engine.run.validate", interrupted)
    result = run("run", ROOT)
    assert (result.exit_code, result.stderr) == (130, "validate: interrupted\n")
