"""All addresses of the project follow from those that `pyproject.toml` has."""

import json
import re
import tomllib

import pytest
from support.addresses import GITHUB, NO_DOMAIN, PLACEHOLDER, USES, Addresses, addresses_of
from support.places import ROOT, tracked_files

PROJECT = (ROOT / "pyproject.toml").read_text("utf-8")
HERE = addresses_of(tomllib.loads(PROJECT)["project"])
NONE = Addresses(None, None, HERE.version)
CHOSEN = Addresses(f"{GITHUB}ponds/claims", "Ana Pond <ana@ponds.example>", HERE.version)
MADE_UP = (PLACEHOLDER, NO_DOMAIN)
"""What stands where no address was chosen."""
SPEAK_OF_THEM = {
    *USES,
    "pyproject.toml",
    "tests/repository/test_addresses.py",
    "tests/support/addresses.py",
}
"""The files in which that may stand."""


@pytest.mark.parametrize("name", USES)
def test_every_use_is_what_pyproject_says(name, golden):
    file = ROOT / name
    golden.text(file, USES[name](file.read_text("utf-8"), HERE))


@pytest.mark.parametrize("name", USES)
def test_what_is_chosen_stands_everywhere_and_can_be_taken_back(name):
    without = USES[name]((ROOT / name).read_text("utf-8"), NONE)
    text = USES[name](without, CHOSEN)
    assert "ponds/claims" in text or CHOSEN.maintainer in text
    assert not [word for word in (*MADE_UP, "RELEASE", "still to choose") if word in text]
    assert USES[name](text, NONE) == without


def test_pages_give_the_release_of_the_repository():
    text = USES["docs/automation.md"]((ROOT / "docs" / "automation.md").read_text("utf-8"), CHOSEN)
    assert f"- uses: ponds/claims@v{HERE.version}\n" in text
    assert f"- repo: {GITHUB}ponds/claims\n    rev: v{HERE.version}\n" in text


def test_the_descriptor_has_a_homepage_and_is_else_the_same():
    text = (ROOT / "datapackage.json").read_text("utf-8")
    made = json.loads(USES["datapackage.json"](text, CHOSEN))
    assert made.pop("homepage") == CHOSEN.repository
    assert made == json.loads(USES["datapackage.json"](text, NONE))


def test_until_then_no_address_is_made_up_elsewhere():
    found = {
        file.relative_to(ROOT).as_posix()
        for file in tracked_files()
        if any(word.encode() in file.read_bytes() for word in MADE_UP)
    }
    assert found <= SPEAK_OF_THEM


def test_what_the_owner_has_to_choose_is_read_as_it_is_shown():
    """The two lines of `pyproject.toml` that wait, without the marks that hide them."""
    if HERE.repository or HERE.maintainer:
        pytest.skip("the owner has chosen")
    shown = re.sub(r"^# (maintainers|urls) =", r"\1 =", PROJECT, flags=re.MULTILINE)
    chosen = addresses_of(tomllib.loads(shown)["project"])
    assert chosen.repository == GITHUB + PLACEHOLDER
    assert chosen.maintainer == "NAME <NAME@DOMAIN>"


def test_an_address_that_was_chosen_is_one_of_github():
    """The action can be used from nowhere else."""
    assert re.fullmatch(rf"{GITHUB}[\w.-]+/[\w.-]+", HERE.repository or GITHUB + PLACEHOLDER)
    assert NO_DOMAIN.endswith(".invalid")
