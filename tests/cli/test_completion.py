"""What shells are told to complete, asked for as they ask."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from support.places import ROOT

from validate._src.cli.completion import SHELLS
from validate._src.cli.main import main
from validate._src.package.descriptor import load_package
from validate._src.words.codes import CODES

BASH = shutil.which("bash")
PROGRAM = shutil.which("validate", path=Path(sys.executable).parent)
REQUEST = "import sys; from validate.__main__ import program; program()"


def completions(*words, shell="bash", cwd=ROOT):
    """The lines that a shell gets for a command line, the last word being completed."""
    environment = {
        **os.environ,
        "_VALIDATE_COMPLETE": f"{shell}_complete",
        "COMP_WORDS": " ".join(["validate", *map(str, words)]),
        "COMP_CWORD": str(len(words)),
    }
    command = [sys.executable, "-c", REQUEST]
    asked = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True)
    assert (asked.returncode, asked.stderr) == (0, "")
    return asked.stdout.splitlines()


def plain(*words, cwd=ROOT):
    return [line.removeprefix("plain,") for line in completions(*words, cwd=cwd) if line]


def test_commands_and_options_are_completed():
    assert plain("ru") == ["run"]
    assert plain("run", "--resou") == ["--resource"]


def test_resources_of_the_working_folder_are_completed():
    names = list(load_package(ROOT).resources)
    assert plain("run", "--resource", "") == names
    assert plain("run", "--resource", "se") == [name for name in names if name[:2] == "se"]


def test_resources_of_the_package_that_is_named_are_completed(tmp_path):
    package = ROOT / "tests" / "packages" / "waiver"
    assert plain("run", package, "--resource", "", cwd=tmp_path) == ["ponds", "waivers"]
    assert plain("run", package / "datapackage.json", "--resource", "p", cwd=tmp_path) == ["ponds"]


@pytest.mark.parametrize(
    "content",
    [None, b"{", b"\xff", b"[]", b"{}", b'{"resources": 7}', b'{"resources": [7, {"name": 7}]}',
     b"[" * 100_000, b'{"resources": [{"name": "a\\nfile,b"}]}'],
    ids=str,
)  # fmt: skip
def test_a_descriptor_that_cannot_be_used_completes_nothing(tmp_path, content):
    if content is not None:
        (tmp_path / "datapackage.json").write_bytes(content)
    assert plain("run", "--resource", "", cwd=tmp_path) == []


def test_codes_are_completed_with_their_titles():
    assert plain("run", "--code", "") == plain("explain", "") == list(CODES)
    shown = completions("explain", "type", shell="zsh")
    assert shown == ["plain", "type-error", CODES["type-error"].title]


def test_files_are_left_to_the_shell():
    assert completions("init", "d") == ["file,d"]


def test_completions_import_no_engine():
    script = (
        "import os, sys\n"
        "from validate._src.cli.main import main\n"
        "try:\n    main(prog_name='validate')\n"
        "except SystemExit:\n    pass\n"
        "print(sorted({'polars', 'pandera', 'frictionless'} & set(sys.modules)))"
    )
    environment = {
        **os.environ,
        "_VALIDATE_COMPLETE": "bash_complete",
        "COMP_WORDS": "validate run --resource ",
        "COMP_CWORD": "3",
    }
    command = [sys.executable, "-c", script]
    asked = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert "plain,sources\n" in asked.stdout
    assert asked.stdout.endswith("[]\n")


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_asks_this_program(shell):
    script = CliRunner().invoke(main, ["completion", shell])
    assert script.exit_code == 0
    assert f"_VALIDATE_COMPLETE={shell}_complete" in script.output


def test_the_help_says_how_to_install_it_in_a_line_each():
    output = CliRunner().invoke(main, ["completion", "--help"]).output
    assert """  bash: echo 'eval "$(validate completion bash)"' >> ~/.bashrc\n""" in output
    assert """  zsh:  echo 'eval "$(validate completion zsh)"' >> ~/.zshrc\n""" in output
    assert "  fish: validate completion fish > ~/.config/fish/" in output


@pytest.mark.skipif(not (BASH and PROGRAM), reason="takes bash, and the program installed")
def test_bash_completes_by_the_script():
    script = """
    eval "$(validate completion bash)"
    complete -p validate
    COMP_WORDS=(validate run --resource me) COMP_CWORD=3
    _validate_completion validate
    echo "${COMPREPLY[@]}"
    """
    path = os.pathsep.join([str(Path(PROGRAM).parent), os.environ["PATH"]])
    command = [BASH, "--norc", "--noprofile", "-c", script]
    asked = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "PATH": path}, capture_output=True, text=True
    )
    assert asked.stdout.splitlines() == [
        "complete -o nosort -F _validate_completion validate",
        "memberships",
    ]


def test_every_option_has_a_help_text():
    for command in main.commands.values():
        options = [option for option in command.params if isinstance(option, click.Option)]
        assert all(option.help for option in options)
