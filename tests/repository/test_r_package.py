"""The package for R: its tables are those of `load`, and it does what its pages say."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support.golden import with_blocks
from support.places import ROOT
from support.tools import needs

from validate import load

# Installed once, for all tests of this file.
pytestmark = pytest.mark.xdist_group("r-package")

PACKAGE = ROOT / "r"
PAGE = ROOT / "docs" / "r.md"
README = (ROOT / "README.md").read_text("utf-8")
MADE = shutil.ignore_patterns("inst", "*.tar.gz", "*.Rcheck")
DATASET = ("datapackage.json", "schemas", "data", "LICENSE-DATA")
COMMAND = Path(sys.executable).with_name("validate.exe" if os.name == "nt" else "validate")
CLASSES = {
    "string": ["character"],
    "integer": ["integer"],
    "number": ["numeric"],
    "boolean": ["logical"],
    "date": ["Date"],
}
CELLS = """
cells <- lapply(tables, function(table) lapply(table, function(column) {
  if (is.factor(column) || inherits(column, "Date")) as.character(column) else as.vector(column)
}))
writeLines(jsonlite::toJSON(cells, na = "null", digits = NA), useBytes = TRUE)
"""
COLUMNS = """
columns <- lapply(tables, function(table) lapply(table, function(column) list(
  class = I(class(column)), levels = I(as.character(levels(column))), label = attr(column, "label"),
  description = attr(column, "description")
)))
writeLines(jsonlite::toJSON(columns, auto_unbox = TRUE), useBytes = TRUE)
"""


def blocks(text, language):
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    """What the package is installed from: a copy, since installing writes into its folder."""
    needs("R")
    folder = tmp_path_factory.mktemp("clone")
    shutil.copytree(PACKAGE, folder / "r", ignore=MADE)
    for name in DATASET:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def library(clone, tmp_path_factory):
    """A library of R with the package."""
    folder = tmp_path_factory.mktemp("library")
    installed = r_command("INSTALL", f"--library={folder}", "r", cwd=clone)
    assert installed.returncode == 0, installed.stderr
    return folder


def r_command(*arguments, cwd):
    command = [needs("R"), "CMD", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, encoding="utf-8", check=False)


def run_r(script, library, **variables):
    """What a script prints that finds the package, in the repository's folder."""
    file = library / "script.R"
    file.write_text(script, "utf-8")
    return run_file(file, library, **variables)


def run_file(file, library, **variables):
    variables = {**os.environ, "R_LIBS": str(library), **variables}
    result = subprocess.run(
        [needs("Rscript"), file],
        cwd=ROOT,
        env=variables,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


LOADED = "suppressPackageStartupMessages(library(allianceclaims))\ntables <- alliance_claims()\n"


@pytest.mark.parametrize(
    "file", sorted((PACKAGE / "tests").glob("*.R")), ids=lambda file: file.stem
)
def test_its_own_tests_pass(file, library):
    assert COMMAND.exists()
    run_file(file, library, ALLIANCECLAIMS_VALIDATE=str(COMMAND))


@pytest.mark.parametrize("variables", [{}, {"LC_ALL": "C"}], ids=["locale", "no-locale"])
def test_tables_are_those_of_load(variables, library):
    tables = json.loads(run_r(LOADED + CELLS, library, **variables))
    expected = {}
    for name, frame in load(ROOT).items():
        columns = frame.to_dict(as_series=False)
        expected[name] = {field: as_json(values) for field, values in columns.items()}
    assert tables == expected


def as_json(values):
    plain = (str, int, float, bool, type(None))
    return [value if isinstance(value, plain) else value.isoformat() for value in values]


def test_columns_are_what_their_fields_say(library):
    columns = json.loads(run_r(LOADED + COLUMNS, library))
    descriptor = json.loads((ROOT / "datapackage.json").read_text("utf-8"))
    expected = {}
    for resource in descriptor["resources"]:
        fields = json.loads((ROOT / resource["schema"]).read_text("utf-8"))["fields"]
        expected[resource["name"]] = {field["name"]: described(field) for field in fields}
    assert columns == expected


def described(field):
    categories = [category["value"] for category in field.get("categories", [])]
    factor = ["ordered", "factor"] if field.get("categoriesOrdered") else ["factor"]
    return {
        "class": factor if categories else CLASSES[field["type"]],
        "levels": categories,
        "label": field["title"],
        "description": field["description"],
    }


def test_readme_has_the_same_answers_with_the_package(library):
    loading, _, closing, *asking = blocks(README, "r")
    assert loading.startswith("library(allianceclaims)\n")
    mark = 'cat("\\n--\\n")\n'
    printed = run_r(mark.join([loading + closing, *asking]), library).split("\n--\n")
    assert [answer.rstrip() for answer in printed[1:]] == [
        answer.rstrip() for answer in blocks(README, "text")
    ]


def test_claims_about_each_topic_are_those_of_the_readme(library):
    _, _, closing, *_ = blocks(README, "r")
    compared = """
    for (topic in tables$topics$topic_id) {
      given <- claims_about(topic, tables)
      cat(topic, nrow(given), identical(given$claim_id, as.vector(about(topic)$claim_id)), "\\n")
    }
    """
    lines = run_r(LOADED + closing + compared, library).splitlines()
    assert len(lines) == load(ROOT)["topics"].height
    assert [line for line in lines if line.split()[2] != "TRUE"] == []
    assert sum(int(line.split()[1]) > 0 for line in lines) > 100


def test_page_shows_what_r_prints(golden, library):
    page = PAGE.read_text("utf-8")
    shown = []
    before = "options(width = 100)\nlibrary(allianceclaims)\n"
    for code in blocks(page, "r"):
        script = before + 'cat("--\\n")\n' + code
        path = os.pathsep.join([str(COMMAND.parent), os.environ["PATH"]])
        shown.append(run_r(script, library, PATH=path).partition("--\n")[2])
        before += f"invisible({{\n{code}\n}})\n"
    golden.text(PAGE, with_blocks(page, "text", shown))


def built(folder):
    """The file that is built from `r` in a folder."""
    result = r_command("build", "r", cwd=folder)
    assert result.returncode == 0, result.stderr
    (file,) = folder.glob("allianceclaims_*.tar.gz")
    return file


@pytest.fixture(scope="module")
def release(clone):
    """The package as a file that holds the dataset."""
    subprocess.run([needs("Rscript"), "tools/extdata.R"], cwd=clone / "r", check=True)
    return built(clone)


def test_a_file_with_the_dataset_installs_anywhere(release, tmp_path):
    installed = r_command("INSTALL", f"--library={tmp_path}", release, cwd=tmp_path)
    assert installed.returncode == 0, installed.stderr
    held = {file.name for file in (tmp_path / "allianceclaims" / "extdata").iterdir()}
    assert held == set(DATASET)


def test_a_file_without_the_dataset_says_so(tmp_path):
    needs("R")
    shutil.copytree(PACKAGE, tmp_path / "r", ignore=MADE)
    library = tmp_path / "library"
    library.mkdir()
    installed = r_command("INSTALL", f"--library={library}", built(tmp_path), cwd=library)
    assert installed.returncode != 0
    assert "no dataset beside this folder" in installed.stderr


def test_r_has_nothing_to_say_against_it(release, tmp_path, monkeypatch):
    """`R CMD check` without errors, warnings or notes; no index of packages is fetched for it."""
    index = tmp_path / "src" / "contrib" / "PACKAGES"
    index.parent.mkdir(parents=True)
    index.touch()
    profile = tmp_path / "profile.R"
    profile.write_text(f'options(repos = c(CRAN = "{tmp_path.as_uri()}"))\n', "utf-8")
    monkeypatch.setenv("R_PROFILE_USER", str(profile))
    checked = r_command("check", "--no-manual", "--no-tests", release, cwd=tmp_path)
    assert "\nStatus: OK\n" in checked.stdout, checked.stdout + checked.stderr
    assert "unable to access" not in checked.stdout + checked.stderr
