"""What the help says, and that the page on the command line says the same."""

import re
import shlex

import pytest
from click.testing import CliRunner
from support.golden import with_blocks
from support.places import ROOT

from validate._src.cli.main import main

PAGE = (ROOT / "docs" / "command-line.md").read_text("utf-8")


def help_of(*command):
    runner = CliRunner(env={"COLUMNS": "80"})
    return runner.invoke(main, [*command, "--help"], prog_name="validate").stdout


def examples_of(name):
    lines = help_of(name).partition("Examples:\n")[2].splitlines()
    return [re.split(r"  +", line.strip())[0] for line in lines]


def test_page_and_help_are_equal(golden):
    helps = [help_of(), *(help_of(name) for name in main.commands)]
    golden.text(ROOT / "docs" / "command-line.md", with_blocks(PAGE, "text", helps))
    assert re.findall(r"^## validate (.+)$", PAGE, re.MULTILINE) == list(main.commands)


@pytest.mark.parametrize("name", main.commands)
def test_every_option_is_explained_and_stands_in_an_example(name):
    examples = " ".join(examples_of(name))
    for parameter in main.commands[name].params:
        if parameter.param_type_name == "option":
            assert parameter.help
            assert parameter.opts[-1] in examples


@pytest.mark.parametrize("name", main.commands)
def test_examples_are_commands_that_are_understood(name):
    for example in examples_of(name):
        words = re.split(r" [|>] ", example.removeprefix("… | "))[0]
        words = words.removeprefix('eval "$(').removesuffix(')"')
        program, command, *arguments = shlex.split(words)
        assert (program, command) == ("validate", name)
        main.commands[name].make_context(name, arguments)


@pytest.mark.parametrize("name", main.commands)
def test_help_fits_a_narrow_terminal(name):
    assert max(map(len, help_of(name).splitlines())) <= 80
