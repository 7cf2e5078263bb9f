"""The wheel holds the tool and the dataset, which is found offline by its name."""

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
from importlib.util import find_spec
from pathlib import Path
from zipfile import ZipFile

import pytest
from support.places import ROOT, tracked_files

from validate import PackageError, load

pytestmark = pytest.mark.xdist_group("wheel")

VERSION = load(ROOT).version
DATASET = ("datapackage.json", "schemas/", "data/", "LICENSE-DATA")
OFFLINE = """
import socket


def refuse(*arguments):
    raise AssertionError("the network is used")


socket.socket.connect = socket.getaddrinfo = refuse
"""
ASKED = """
from pathlib import Path

import validate

tables = validate.load("alliance-claims")
print(Path(validate.__file__).parents[1], tables.package, tables.version)
print(*(f"{name}={frame.height}" for name, frame in tables.items()))
try:
    validate.load("alliance-claims", version="0.3.0")
except validate.PackageError as error:
    print(error)
"""


def hatchling(folder, *arguments):
    if find_spec("hatchling") is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("not installed: hatchling")
    command = [sys.executable, "-m", "hatchling", "build", *arguments]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def sdist(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sdist")
    hatchling(ROOT, "-t", "sdist", "-d", folder)
    (file,) = folder.iterdir()
    return file


@pytest.fixture(scope="module")
def wheel(sdist, tmp_path_factory):
    """The wheel, as it is built from the source distribution."""
    source, folder = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    with tarfile.open(sdist) as packed:
        packed.extractall(source, filter="data")
    (project,) = source.iterdir()
    hatchling(project, "-t", "wheel", "-d", folder)
    (file,) = folder.iterdir()
    return file


@pytest.fixture(scope="module")
def python(wheel, tmp_path_factory):
    """The Python of a new environment with the wheel, and beside it the libraries that are here."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    install = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-index"]
    subprocess.run([*install, "--no-deps", "--no-compile", wheel], check=True)
    (site,) = folder.rglob("site-packages")
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    return python


def asked(python, *arguments, cwd):
    variables = {name: text for name, text in os.environ.items() if name != "PYTHONPATH"}
    command = [python, "-I", *arguments]
    done = subprocess.run(command, cwd=cwd, env=variables, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_dataset_is_found_offline_by_its_name(python, tmp_path):
    place, counts, refused = asked(python, "-c", OFFLINE + ASKED, cwd=tmp_path).splitlines()
    folder, *named = place.split()
    assert Path(folder).is_relative_to(python.parents[1])
    assert named == ["alliance-claims", VERSION]
    assert counts.split() == [f"{name}={frame.height}" for name, frame in load(ROOT).items()]
    assert refused.startswith(f"alliance-claims: version {VERSION} is there, and version 0.3.0 was")


def test_the_command_takes_the_name_too(python, tmp_path):
    said = asked(python, "-m", "validate", "run", "alliance-claims", cwd=tmp_path)
    assert said.startswith(f"alliance-claims {VERSION}: valid in all that was checked\n")


def test_the_wheel_has_the_dataset_byte_by_byte_and_no_copy_of_it(wheel):
    names = {file.relative_to(ROOT).as_posix() for file in tracked_files()}
    of_dataset = {name for name in names if name.startswith(DATASET)}
    with ZipFile(wheel) as packed:
        held = {name for name in packed.namelist() if not name.startswith("validate/")}
        for name in of_dataset:
            assert packed.read(f"alliance_claims/{name}") == (ROOT / name).read_bytes()
    expected = {"alliance_claims/__init__.py", *(f"alliance_claims/{name}" for name in of_dataset)}
    assert {name for name in held if ".dist-info/" not in name} == expected


def test_the_source_distribution_has_all_but_tests_and_workflows(sdist):
    with tarfile.open(sdist) as packed:
        held = {name.partition("/")[2] for name in packed.getnames()}
    left_out = ("tests/", ".ci/", ".github/")
    names = {file.relative_to(ROOT).as_posix() for file in tracked_files()}
    assert {name for name in names if not name.startswith(left_out)} <= held
    assert not [name for name in held if name.startswith(left_out)]


def test_a_clone_is_found_by_the_same_name():
    """What runs these tests is an editable install, or the folder of the repository itself."""
    where = asked_here("import alliance_claims; print(alliance_claims.descriptor)")
    assert Path(where.strip()) == ROOT / "datapackage.json"


def asked_here(code):
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    return done.stdout


def test_another_version_of_a_folder_is_refused_as_well(tmp_path):
    assert load(ROOT, version=VERSION).version == VERSION
    with pytest.raises(PackageError, match=r"version 9\.0\.0 was asked for"):
        load(ROOT, version="9.0.0")
    (tmp_path / "t.csv").write_text("a\n1\n")
    schema = '{"fields": [{"name": "a", "type": "integer"}]}'
    resource = f'{{"name": "t", "path": "t.csv", "schema": {schema}}}'
    (tmp_path / "datapackage.json").write_text(f'{{"name": "p", "resources": [{resource}]}}')
    with pytest.raises(PackageError, match="it has no version, and version 1"):
        load(tmp_path, version="1")
