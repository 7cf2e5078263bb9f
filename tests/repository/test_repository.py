"""The repository keeps the promises of its README."""

import ast
import itertools
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from support.places import ROOT, tracked_files

from validate import load
from validate._src.cli.main import main

PACKAGE = ROOT / "validate" / "_src"
README = (ROOT / "README.md").read_text("utf-8")


def code_blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def test_version_is_the_same_everywhere():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    descriptor = json.loads((ROOT / "datapackage.json").read_text("utf-8"))
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    citation = (ROOT / "CITATION.cff").read_text("utf-8")
    r_package = (ROOT / "r" / "DESCRIPTION").read_text("utf-8")
    versions = {
        project["version"],
        descriptor["version"],
        re.search(r"^## \[(.+?)\]", changelog, re.MULTILINE)[1],
        re.search(r"^version: (.+)$", citation, re.MULTILINE)[1],
        re.search(r"^Version: (.+)$", r_package, re.MULTILINE)[1],
        re.search(r"Alliance Claims (\d\S+),", README)[1],
    }
    assert len(versions) == 1


@pytest.mark.parametrize(
    ("table", "stated"),
    [
        (
            "claims",
            r"(?P<count>\d+) (?P<table>commitments|figures|document_mentions|dates|positions)",
        ),
        ("unreported", r"(?P<table>commitments|figures|dates|positions): (?P<count>\d+)"),
    ],
)
def test_changelog_counts_the_rows_that_each_release_added(table, stated):
    rows = load(ROOT)[table]
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    for version, entry in re.findall(r"^## \[(.+?)\](.*?)(?=^## |\Z)", changelog, re.M | re.S):
        added = rows.filter(added_in=version)["table"].value_counts()
        said = {one["table"]: int(one["count"]) for one in re.finditer(stated, entry)}
        assert said == dict(added.iter_rows())


def test_ci_calls_the_test_command_of_the_readme():
    assert ".venv/bin/python -m pytest" in code_blocks("sh")[1]
    assert re.search(r"^python -m pytest$", (ROOT / ".ci" / "run").read_text("utf-8"), re.MULTILINE)


def test_readme_names_every_table():
    for file in (ROOT / "data").iterdir():
        assert f"`data/{file.name}`" in README or f"`{file.name}`" in README


def test_links_of_the_documents_lead_somewhere():
    for document in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text("utf-8")):
            assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_every_file_has_a_licence():
    notice = (ROOT / "LICENSE-DATA").read_text("utf-8")
    top = {file.relative_to(ROOT).parts[0] for file in tracked_files()}
    unnamed = {".gitignore", ".gitattributes", "LICENSE", "LICENSE-DATA"}
    assert {name for name in top - unnamed if name not in notice} == set()


def test_module_runs_as_a_program():
    result = subprocess.run([sys.executable, "-m", "validate", "--version"], capture_output=True)
    assert result.stdout.split() == [b"validate,", b"version", load_version()]


def load_version():
    return json.loads((ROOT / "datapackage.json").read_text("utf-8"))["version"].encode()


def listed_modules(folder):
    """The modules of a folder in the order of its docstring, and the folders in it."""
    return [name for name, _ in summaries(docstring_of(folder))]


def parts_of(folder):
    files = {file.stem for file in folder.glob("*.py")} - {"__init__", "__main__"}
    return files | {file.parent.name for file in folder.glob("*/__init__.py")}


FOLDERS = sorted(file.parent for file in PACKAGE.rglob("__init__.py"))


OTHERS = "*"  # stands for the modules of one shape, of which a table elsewhere says what they are


def test_each_folder_lists_its_modules():
    for folder in FOLDERS:
        listed, parts = set(listed_modules(folder)), parts_of(folder)
        assert listed - {OTHERS} <= parts, folder
        assert OTHERS in listed or listed == parts, folder


def summaries(text):
    """What is said of each folder in a list such as the README's: its name and a sentence."""
    return re.findall(r"^(\w+|\*)[:/] +(.+)$", text, re.MULTILINE)


def test_the_map_of_the_readme_is_that_of_the_folders():
    listed = README.partition("## How it is built")[2].split("```")[1]
    assert summaries(listed) == summaries(docstring_of(PACKAGE))
    for folder, summary in summaries(listed):
        first = docstring_of(PACKAGE / folder).splitlines()[0]
        assert first[0].lower() + first[1:] == summary


def docstring_of(folder):
    return ast.get_docstring(ast.parse((folder / "__init__.py").read_text("utf-8"))) or ""


def rank(module):
    """Where a module stands among all, by the order of its folder and of the list in that."""
    folders = [PACKAGE, *itertools.accumulate(module[:-1], Path.joinpath, initial=PACKAGE)][1:]
    return [place(folder, name) for folder, name in zip(folders, module, strict=True)]


def place(folder, name):
    """Where a module stands in the list of its folder."""
    listed = listed_modules(folder)
    return listed.index(name if name in listed else OTHERS)


def test_imports_point_one_way():
    """A module imports only what stands before it: folders before its own, modules before it."""
    for file in PACKAGE.rglob("*.py"):
        module = file.relative_to(PACKAGE).with_suffix("").parts
        if module[-1] in ("__init__", "__main__"):
            continue
        for imported in imports_of(file):
            assert rank(imported) < rank(module), f"{file} imports {'.'.join(imported)}"


def imports_of(file):
    """The modules of ours that a module imports, wherever the line stands in it."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("validate._src."):
            path = node.module.split(".")[2:]
            for alias in node.names:
                inner = PACKAGE.joinpath(*path, alias.name)
                is_module = inner.is_dir() or inner.with_suffix(".py").exists()
                yield [*path, alias.name] if is_module else path


def test_readme_shows_every_command():
    lines = code_blocks("sh")[2].splitlines()
    shown = [line.split()[1] for line in lines if line.startswith("validate ")]
    assert sorted(shown) == sorted(main.commands)
    assert len(shown) == len(lines)
