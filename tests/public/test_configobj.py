"""configobj installs a module `validate` of its own: whichever came last, both work.

Of the folder `validate` in an environment, both distributions claim the `__init__`. Here
such an environment is made of copies; nothing is installed.
"""

import os
import shutil
import subprocess
import sys
import sysconfig

import pytest
from support.places import ROOT

THEIR_INIT = "from configobj.validate import *\n"
THEIR_MODULE = """
__all__ = ("__version__", "Validator", "is_integer")
__version__ = "1.0.1"
INTERNAL = 1
class Validator: pass
def is_integer(value): return int(value)
"""
WORKS = {
    "the command": "from validate.__main__ import program; program()",
    "the module": "import runpy, sys; runpy.run_module('validate', run_name='__main__')",
    "the interface": "from validate.api import load, validate; print(load.__name__, 'version')",
}


@pytest.fixture
def environment(tmp_path):
    """A folder with our package and a configobj, as they are in one environment."""
    ours = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "validate", tmp_path / "validate", ignore=ours)
    (tmp_path / "configobj").mkdir()
    (tmp_path / "configobj" / "__init__.py").touch()
    (tmp_path / "configobj" / "validate.py").write_text(THEIR_MODULE)
    return tmp_path


def python(environment, script, *arguments):
    """Runs a script that sees this environment, and not where we are installed otherwise."""
    libraries = dict.fromkeys(sysconfig.get_path(kind) for kind in ("purelib", "platlib"))
    path = os.pathsep.join([str(environment), *libraries])
    return subprocess.run(
        [sys.executable, "-S", "-c", script, *arguments],
        cwd=environment,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
    )


def come_last(environment):
    (environment / "validate" / "__init__.py").write_text(THEIR_INIT)


def be_uninstalled(environment):
    (environment / "validate" / "__init__.py").unlink()
    shutil.rmtree(environment / "configobj")


@pytest.mark.parametrize("what", WORKS)
@pytest.mark.parametrize("they", [come_last, be_uninstalled, None])
def test_what_we_offer_works_whatever_they_do(environment, they, what):
    if they:
        they(environment)
    answer = python(environment, WORKS[what], "--version")
    assert answer.stderr == ""
    assert "version" in answer.stdout


@pytest.mark.parametrize("they", [come_last, None])
def test_what_they_offer_works_as_well(environment, they):
    if they:
        they(environment)
    script = "from validate import Validator, is_integer; print(Validator.__module__)"
    assert python(environment, script).stdout == "configobj.validate\n"


def test_of_their_names_none_is_ours(environment):
    script = (
        "import validate; print(dir(validate) == validate.__all__)\n"
        "print([n for n in ('INTERNAL', '__version__', 'sail') if hasattr(validate, n)])"
    )
    assert python(environment, script).stdout.splitlines() == ["True", "[]"]
