"""The public names: what they are, what importing them costs, and that the values travel."""

import copy
import json
import os
import pickle
import pydoc
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support.places import ROOT

import validate
import validate.api

PUBLIC = [
    "Finding",
    "InvalidPackageError",
    "PackageError",
    "Progress",
    "Report",
    "Tables",
    "load",
    "merge",
    "run_part",
    "schemas",
    "validate",
]


def test_the_public_names_are_these():
    assert dir(validate) == validate.__all__ == validate.api.__all__ == PUBLIC


@pytest.mark.parametrize("name", PUBLIC)
def test_a_name_is_one_thing_in_both_places(name):
    assert getattr(validate, name) is getattr(validate.api, name)
    assert getattr(validate, name).__doc__


def test_help_describes_them_alone():
    text = pydoc.render_doc(validate, renderer=pydoc.plaintext)
    described = re.findall(r"^    (?:class )?(\w+)\(.*\)(?: -> .*)?$", text, re.MULTILINE)
    assert sorted(described) == PUBLIC


PYRIGHT = shutil.which("pyright", path=Path(sys.executable).parent)


@pytest.mark.skipif(PYRIGHT is None, reason="pyright is not installed")
def test_a_type_checker_sees_them_alone_with_complete_types(tmp_path):
    command = [PYRIGHT, "--verifytypes", "validate", "--ignoreexternal", "--outputjson"]
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {**os.environ, "PATH": path}  # of which the first Python is asked for packages
    answer = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    completeness = json.loads(answer.stdout)["typeCompleteness"]
    seen = {symbol["name"] for symbol in completeness["symbols"] if symbol["isExported"]}
    names = {f"{module}.{name}" for module in ("validate", "validate.api") for name in PUBLIC}
    program = {"validate.__main__.program"}
    of_spark = {
        f"validate.spark.{name}" for name in ("SparkReport", "validate", "validate_package")
    }
    assert seen == names | of_spark | program | {"validate.__getattr__", "validate.__dir__"}
    assert completeness["completenessScore"] == 1


def test_nothing_else_is_there():
    with pytest.raises(AttributeError, match="module 'validate' has no attribute 'sail'"):
        _ = validate.sail
    with pytest.raises(ImportError):
        from validate import sail  # noqa: F401


def test_importing_the_package_imports_no_engine():
    script = (
        "import sys, validate; before = 'polars' in sys.modules\n"
        "from validate import load; print(before, 'polars' in sys.modules)"
    )
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert answer.stdout.split() == ["False", "True"]


@pytest.mark.parametrize(
    "travel", [copy.copy, copy.deepcopy, lambda t: pickle.loads(pickle.dumps(t))]
)
def test_tables_can_be_copied_and_pickled(travel):
    tables = validate.load(ROOT)
    arrived = travel(tables)
    assert type(arrived) is validate.Tables
    assert (arrived.package, arrived.version) == (tables.package, tables.version)
    assert list(arrived) == list(tables)
    assert all(arrived[name].equals(table) for name, table in tables.items())


def test_a_host_finds_its_settings_as_they_were():
    """Importing and validating change nothing that a host has set."""
    script = (
        "import atexit, csv, gc, sys, warnings, logging, signal\n"
        "csv.field_size_limit(12345)\n"
        "atexit.register(print, 'the handler of the host')\n"
        "def state():\n"
        "    return (csv.field_size_limit(), gc.isenabled(), gc.get_freeze_count(),\n"
        "        gc.get_threshold(), sys.meta_path[:], warnings.filters[:],\n"
        "        logging.root.handlers[:], logging.root.level, signal.getsignal(signal.SIGINT),\n"
        "        polars.Config.state(), vars(get_config_global()).copy())\n"
        "import edtf, frictionless, jsonschema, pandera.polars, polars\n"
        "from pandera.config import get_config_global\n"
        "before = state()\n"
        "from validate import validate, load\n"
        "validate(); load()\n"
        "assert state() == before, (before, state())\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT
    )
    assert (answer.stdout, answer.stderr) == ("the handler of the host\n", "")
