"""What all arguments have in common: each is a text, and a path is one that a file can have."""

import os
import shutil

import click
import pytest
from support.command import run
from support.places import PACKAGES

from validate._src.cli._options import Command, FilePath
from validate._src.cli.main import COMMANDS

PACKAGE = PACKAGES / "valid-mixed"
BYTES = "a\udcff"
"""As Python has an argument of two bytes, of which the second is no UTF-8."""
LONG = f"{'x' * 300}{'y' * 300}.json"
NAMES_REPORTS = ("outputs",)
"""Parameters that are paths with a format before them."""


def parameters(kind):
    """Each parameter of each command that is of a kind."""
    return [
        pytest.param(command, one, id=f"{command.name} {one.opts[-1]}")
        for command in COMMANDS
        for one in command.params
        if kind(one)
    ]


def takes_a_path(one):
    return isinstance(one.type, FilePath) or one.name in NAMES_REPORTS


def takes_a_text(one):
    return not takes_a_path(one) and not getattr(one, "is_flag", False)


def arguments(command, one, value):
    """Arguments of a command of which one has this value, and the others what they need."""
    given = []
    for other in command.params:
        if other is one and isinstance(one, click.Option):
            given += [one.opts[-1], *[value] * one.nargs]
        elif other is one:
            given.append(value)
        elif other.required or (command.name, other.name) == ("run", "packages"):
            flag = [other.opts[-1]] if isinstance(other, click.Option) else []
            given += [*flag, *(["bash"] if other.name == "shell" else [PACKAGE])]
    return given


def refused(command, one, value):
    """What a command says of a value that it does not take, without where lines are broken."""
    result = run(command.name, *arguments(command, one, value))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Traceback" not in result.stderr
    return " ".join(result.stderr.split())


def named(one):
    """How a message names a parameter."""
    return one.opts[-1] if isinstance(one, click.Option) else (one.metavar or one.name).strip("[].")


def test_all_commands_check_their_arguments():
    assert {type(command) for command in COMMANDS} == {Command}


@pytest.mark.parametrize(("command", "one"), parameters(takes_a_path))
def test_a_path_that_is_too_long_is_named_with_its_ends(command, one):
    value = f"json:{LONG}" if one.name in NAMES_REPORTS else LONG
    said = refused(command, one, value)
    assert f"{'x' * 30}…{'y' * 25}.json: the path, or a name in it, is longer than" in said
    assert "give a shorter one" in said
    assert named(one).lower() in said.lower()


@pytest.mark.parametrize(("command", "one"), parameters(takes_a_path))
def test_a_path_of_bytes_that_are_no_utf8_is_refused(command, one):
    value = f"json:{BYTES}" if one.name in NAMES_REPORTS else BYTES
    said = refused(command, one, value)
    assert r"a\udcff: bytes that are no UTF-8" in said
    assert named(one).lower() in said.lower()


@pytest.mark.parametrize(("command", "one"), parameters(takes_a_text))
def test_a_text_of_bytes_that_are_no_utf8_is_refused(command, one):
    value = BYTES[1:] if one.name in ("delimiter", "quote", "decimal", "group") else BYTES
    said = refused(command, one, value)
    assert r"\udcff" in said
    assert named(one).lower() in said.lower()


@pytest.mark.skipif(os.name == "nt", reason="names of other bytes, which Unix has")
@pytest.mark.parametrize("command", ["run", "tidy", "codebook", "coverage", "site", "merge"])
def test_a_working_folder_of_such_a_name_is_refused_too(command, tmp_path, monkeypatch):
    folder = tmp_path / BYTES
    shutil.copytree(PACKAGE, folder)
    monkeypatch.chdir(folder)
    more = {"site": ["--output", "out"], "merge": ["1.result"]}.get(command, [])
    result = run(command, *more)
    assert (result.exit_code, result.stdout) == (2, "")
    assert r"a\udcff" in result.stderr
    assert "rename what has such a name" in " ".join(result.stderr.split())
