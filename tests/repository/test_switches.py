"""What a switch of the benchmarks replaces is looked up and used by the run that it changes."""

import dis
import importlib
import pkgutil
import runpy
import subprocess
import sys
from functools import cache, partial, wraps
from types import CodeType, ModuleType

import pytest
from support.places import ROOT

import validate
from validate.api import validate as checked

pytestmark = pytest.mark.xdist_group("benchmarks")
BENCHMARKS = ROOT / "benchmarks"
ROWS = 5_000
SWITCHES = runpy.run_path(str(BENCHMARKS / "switches.py"))
TRICKS = {trick.name: trick for trick in SWITCHES["TRICKS"]}
OF_GLOBALS = ("LOAD_GLOBAL", "LOAD_NAME")
OF_ATTRIBUTES = ("LOAD_ATTR", "LOAD_METHOD")


def codes_in(code):
    """The code of a function, and of all that are made in it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from codes_in(constant)


@cache
def names_loaded(code, kinds):
    """The names that a piece of code looks up when it is run."""
    return {one.argval for one in dis.get_instructions(code) if one.opname in kinds}


def functions_of(module):
    """The code of what a module defines; not that of the module itself, which is run once."""
    code = module.__spec__.loader.get_code(module.__name__)
    return [one for each in code.co_consts if isinstance(each, CodeType) for one in codes_in(each)]


def ours():
    """All modules of `validate`."""
    for found in pkgutil.walk_packages(validate.__path__, "validate."):
        if not found.name.startswith("validate._src.engine.spark."):
            yield importlib.import_module(found.name)


def lookups(owner, name):
    """The functions that look up what is replaced, as code."""
    if isinstance(owner, ModuleType) and owner.__name__.startswith("validate."):
        codes, kinds = functions_of(owner), OF_GLOBALS
    else:  # an attribute of a class, or of a module of others
        codes = [code for module in ours() for code in functions_of(module)]
        kinds = OF_ATTRIBUTES
    return [code for code in codes if name in names_loaded(code, kinds)]


def replaced_by(trick):
    """What the switch of a trick replaces: owners, and names of their attributes."""
    try:
        trick.off()
        return [(owner, name) for owner, name, _ in SWITCHES["REPLACED"]]
    finally:
        SWITCHES["switch_on"]()


@pytest.mark.parametrize("name", TRICKS)
def test_what_a_switch_replaces_is_looked_up_by_some_function(name):
    void = [
        f"{owner.__name__}.{attribute}"
        for owner, attribute in replaced_by(TRICKS[name])
        if not lookups(owner, attribute)
    ]
    assert void == []
    assert replaced_by(TRICKS[name])


def watched(value, note):
    """The same value, which calls `note` whenever it is used, in whatever thread."""
    if callable(value):

        @wraps(value)
        def called(*given, **named):
            note()
            return value(*given, **named)

        return called

    def noted(name):
        def method(self, *given):
            note()
            return getattr(super(kind, self), name)(*given)

        return method

    names = ("__lt__", "__le__", "__gt__", "__ge__") if isinstance(value, int) else USES_OF_A_TABLE
    kind = type("Watched", (type(value),), {name: noted(name) for name in names})
    return kind(value)


USES_OF_A_TABLE = ("__getitem__", "__iter__", "get", "items", "values", "keys")


def generated(folder, table):
    """A small package of a table of a trick."""
    kind, is_ndjson = table.removesuffix(" ndjson"), table.endswith(" ndjson")
    shape, _, variant = kind.partition(" ")
    if kind in ("clean", "faults", "column"):
        shape, variant = "claims", kind
    elif variant == "faults":
        variant = "scattered"
    options = ["--table", shape, "--variant", variant or "clean", "--rows", str(ROWS)]
    options += ["--format", "ndjson"] if is_ndjson else []
    subprocess.run([sys.executable, BENCHMARKS / "generate.py", folder, *options], check=True)
    return folder


WITHIN = {name: trick for name, trick in TRICKS.items() if trick.part != "start"}


@pytest.fixture(scope="module")
def used_by(tmp_path_factory):
    """What switches replace that is used as a table is judged."""
    parent = tmp_path_factory.mktemp("switches")
    everything = {one for trick in WITHIN.values() for one in replaced_by(trick)}

    @cache
    def used(table):
        folder, found = generated(parent / table.replace(" ", "-"), table), set()
        with pytest.MonkeyPatch.context() as patch:
            for owner, name in everything:
                note = partial(found.add, (owner, name))
                patch.setattr(owner, name, watched(getattr(owner, name), note))
            findings = [*checked(folder)]  # in order, as a report has them
        assert bool(findings) == any(one in table for one in ("faults", "column"))
        return found

    return used


@pytest.mark.parametrize("name", WITHIN)
def test_a_run_uses_what_a_switch_replaces(name, used_by):
    """On a table at least that the trick is measured on: small, not each has occasion for it."""
    replaced = {*replaced_by(TRICKS[name])}
    assert any(replaced & used_by(table) for table in TRICKS[name].tables)


def test_a_switch_that_has_become_void_is_noticed(used_by):
    """Where a function moves on, its old module has the name no more, or nobody there asks it."""
    module = importlib.import_module("validate._src.fields._text")
    assert lookups(module, "are_all")
    assert not lookups(module, "EMAIL_OF_OLD")
    assert not lookups(module, "annotations")
    assert (module, "annotations") not in used_by("clean")
