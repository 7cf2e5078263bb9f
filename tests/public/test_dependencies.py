"""What is installed with the package is what it imports, each for a reason that is given."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest
from support.places import ROOT

from validate._src.package.addresses import IN_STORES

TEXT = (ROOT / "pyproject.toml").read_text("utf-8")
DECLARED = tomllib.loads(TEXT)["project"]
EXTRAS = DECLARED["optional-dependencies"]
NOT_IN_ALL = ("azure", "gs", "lake", "spark")


def name_of(requirement):
    return re.match(r"[A-Za-z0-9_.-]+", requirement)[0].lower().replace("_", "-")


def imported_modules():
    """The modules that ours import or take files from, by the first part of their names."""
    for file in (ROOT / "validate").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield node.module.partition(".")[0]
            elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "files":
                yield node.args[0].value.partition(".")[0]


def test_what_is_declared_is_what_is_imported():
    distributions = packages_distributions()
    modules = set(imported_modules()) - sys.stdlib_module_names - {"validate"}
    imported = {
        distributions.get(module, [module])[0].lower().replace("_", "-") for module in modules
    }
    imported |= {*IN_STORES.values()}  # which fsspec imports by their names
    optional = {name_of(one) for name, extra in EXTRAS.items() if name != "all" for one in extra}
    required = {name_of(requirement) for requirement in DECLARED["dependencies"]}
    assert required | optional == imported
    assert not required & optional


@pytest.mark.parametrize("requirement", [*DECLARED["dependencies"], *EXTRAS])
def test_each_requirement_has_its_reason_above_it(requirement):
    before = re.search(
        rf'^(.*)\n(?:    "{re.escape(requirement)}",|{re.escape(requirement)} = .*)$', TEXT, re.M
    )
    assert before[1].lstrip().startswith("# ")


def test_requirements_are_in_order():
    names = [name_of(requirement) for requirement in DECLARED["dependencies"]]
    assert names == sorted(names)
    assert list(EXTRAS) == sorted(EXTRAS)


def test_all_has_every_extra_but_those_that_it_says():
    (everything,) = EXTRAS["all"]
    named = re.fullmatch(r"alliance-claims\[(.+)\]", everything)[1].split(",")
    assert named == sorted(EXTRAS.keys() - {"all", *NOT_IN_ALL})
    (reason,) = re.findall(r"^# All of these but ((?:.*\n# )*.*)\nall = ", TEXT, re.MULTILINE)
    assert all(re.search(rf"\b{name}\b", reason) for name in NOT_IN_ALL)
