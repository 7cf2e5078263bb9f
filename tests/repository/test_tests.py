"""The tests themselves: a file for a module, and no file of a package without a use."""

import json
import re

from support.places import PACKAGES, ROOT

from validate._src.package.patterns import Pattern

TESTS = ROOT / "tests"
MODULES = ROOT / "validate" / "_src"
# Folders of tests that are of no folder of modules.
OF_THE_WHOLE = ("public", "repository", "support", "whole")
OF_NO_MODULE = {
    "reading/test_parts.py": "tables in several files, in every format",
    "checks/test_exact_keys.py": "keys, rules and tables of values that Polars does not hold",
    "checks/test_not_checked.py": "what checks of all kinds leave out",
    "diagnosis/test_restraint.py": "what is no misread file, of whatever kind",
    "package/test_published.py": "our profiles beside the published ones",
    "package/test_otherstores.py": "stores of Google and Azure, each by its own library",
    "cli/test_help.py": "the help of all commands",
    "site/test_browser.py": "pages as a browser shows them",
    "site/test_scripts.py": "what scripts make of texts, beside what Python makes of them",
    "site/test_search.py": "the search of pages in a browser",
    "site/test_proof.py": "texts that are dropped on a page",
    "site/test_rows.py": "tables that are filtered and saved in a browser",
    "site/test_view_browser.py": "pages of views as a browser shows them",
    "site/test_foreign.py": "packages of others, wide, bare or half empty",
    "site/test_columns.py": "columns of wide tables in a browser",
}
UNNAMED = {
    "files-by-pattern/ponds/year=2024/_temporary.csv": "so that there is a name to be left out",
    "file-is-a-folder/ponds/1.csv": "so that the path, a folder, is not empty",
    "path-in-another-case/Ponds.csv": "so that there is a file whose name is nearly the path",
    "path-percent-encoded/two ponds.csv": "so that the path has a name to be decoded to",
    "path-is-no-url/ponds.csv": "so that the file is there, were the address read as its path",
}


def test_each_file_of_tests_has_the_name_of_what_it_tests():
    files = [file.relative_to(TESTS) for file in TESTS.rglob("test_*.py")]
    nameless = {
        file.as_posix()
        for file in files
        if file.parts[0] not in OF_THE_WHOLE and not has_a_module(file)
    }
    assert nameless == set(OF_NO_MODULE)


def has_a_module(file):
    """Whether a module, underscored or not, or a folder of modules has the name of a test file."""
    name = file.stem.removeprefix("test_")
    names = (f"{name}.py", f"_{name}.py", name)
    return any((MODULES / file.parent / one).exists() for one in names)


def test_each_file_of_a_package_has_a_use_in_it():
    packages = [entry for entry in PACKAGES.iterdir() if entry.is_dir()]
    assert {file for package in packages for file in needless_files(package)} == set(UNNAMED)


def needless_files(package):
    """Files that no JSON of a package names, by a pattern or else, and that are no source texts."""
    files = {file.relative_to(package).as_posix() for file in package.rglob("*") if file.is_file()}
    files -= {"datapackage.json", "expected.json"}
    json_files = [file for file in package.rglob("*.json") if file.name != "expected.json"]
    texts = "\n".join(file.read_text("utf-8", "replace") for file in json_files)
    patterns = [*map(Pattern, re.findall(r'"pattern": "([^"]*/[^"]*)"', texts))]
    sources = json.loads((package / "expected.json").read_text("utf-8")).get("sources")
    return {
        f"{package.name}/{file}"
        for file in files
        if f'"{file}"' not in texts
        and not (sources and file.startswith(f"{sources}/"))
        and not any(pattern.fits(file) for pattern in patterns)
    }
