"""What is missing is named with the command that installs it, wherever we came from."""

import re
import shlex
import tomllib
from importlib import metadata

import pytest
from support.places import ROOT

from validate._src.words import extras
from validate._src.words.extras import pip_install


def extra_requirements():
    return [line for line in metadata.requires("alliance-claims") if "extra ==" in line]


def test_the_command_names_the_library_in_a_version_that_works():
    words = shlex.split(pip_install("python-calamine"))
    assert words[:2] == ["pip", "install"]
    (requirement,) = words[2:]
    assert requirement.startswith("python-calamine")
    assert set(requirement.removeprefix("python-calamine").split(",")) == {">=0.4", "<1"}
    assert requirement in {line.partition(";")[0].strip() for line in extra_requirements()}


@pytest.mark.parametrize(
    ("lines", "command"),
    [
        (["pins"], 'pip install "pins"'),
        (["pins-more>2", "pins (>=1) ; extra == 'x'"], 'pip install "pins(>=1)"'),
        (["pins[all]<3,>=1; extra == 'x'"], 'pip install "pins[all]<3,>=1"'),
        (["other"], 'pip install "pins"'),
        (None, 'pip install "pins"'),
    ],
)
def test_versions_are_those_of_our_metadata(monkeypatch, lines, command):
    monkeypatch.setattr(extras, "requires", lambda _: lines)
    assert pip_install("pins") == command


def test_without_metadata_the_library_alone_is_named(monkeypatch):
    def missing(name):
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(extras, "requires", missing)
    assert pip_install("pins") == 'pip install "pins"'


def test_the_page_names_every_extra():
    """Those of which `all` is made are said to be."""
    page = (ROOT / "docs" / "command-line.md").read_text("utf-8")
    section = page.partition("\n## Extras\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)` \|.*\| (yes|no: .*) \|$", section, re.MULTILINE)
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    declared = pyproject["project"]["optional-dependencies"]
    (every,) = declared.pop("all")
    assert sorted(name for name, _ in rows) == sorted(declared)
    of_all = {name for name, among in rows if among == "yes"}
    assert of_all == set(re.search(r"\[(.*)\]", every)[1].split(","))
