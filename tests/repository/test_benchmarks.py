"""The benchmarks measure what they say: their packages have just the faults that are listed."""

import json
import re
import runpy
import subprocess
import sys
from collections import Counter

import pytest
from support.known_differences import unexplained
from support.places import ROOT
from support.second_opinion import Place, judged, our_findings

# All take the packages that are generated once.
pytestmark = pytest.mark.xdist_group("benchmarks")
BENCHMARKS = ROOT / "benchmarks"
ROWS, FAULTS_A_KIND, KINDS = 2_000, 10, 20


def generate(folder, variant):
    command = [sys.executable, BENCHMARKS / "generate.py", folder, "--rows", str(ROWS)]
    options = ["--variant", variant, "--faults-a-kind", str(FAULTS_A_KIND)]
    subprocess.run([*command, *options], check=True)
    return folder


@pytest.fixture(scope="module")
def shapes(tmp_path_factory):
    """A clean package and one with faults of each of the other shapes."""
    parent, made = tmp_path_factory.mktemp("shapes"), {}
    for name in ("measurements", "registry", "events"):
        made[name] = [parent / f"{name}-{variant}" for variant in ("clean", "faults")]
        for folder in made[name]:
            command = [sys.executable, BENCHMARKS / "shapes.py", folder, "--shape", name]
            options = ["--rows", str(ROWS), "--variant", folder.name.rpartition("-")[2]]
            subprocess.run([*command, *options], check=True)
    return made


@pytest.fixture(scope="module")
def tricks():
    """The tricks that can be switched off."""
    return runpy.run_path(str(BENCHMARKS / "switches.py"))["TRICKS"]


def read_json(file):
    return json.loads(file.read_text("utf-8"))


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """A package of each variant."""
    parent = tmp_path_factory.mktemp("benchmarks")
    return {
        variant: generate(parent / variant, variant) for variant in ("clean", "faults", "column")
    }


def test_both_find_the_clean_package_valid(folders):
    case = judged(folders["clean"])
    assert case.ours == case.theirs == frozenset()


def test_both_find_the_listed_faults_and_nothing_else(folders):
    faults = read_json(folders["faults"] / "faults.json")
    places = [Place(f["resource"], f["row"], f["field"], f["code"]) for f in faults]
    assert Counter(our_findings(folders["faults"])) == Counter(places)
    case = judged(folders["faults"])
    assert unexplained(case) == []
    assert case.ours <= case.theirs


def test_faults_are_so_many_of_each_kind_and_one_a_row(folders):
    faults = read_json(folders["faults"] / "faults.json")
    assert set(Counter(fault["kind"] for fault in faults).values()) == {FAULTS_A_KIND}
    assert len({fault["kind"] for fault in faults}) == KINDS
    assert len({fault["row"] for fault in faults}) == len(faults)


def test_every_cell_of_the_column_is_wrong(folders):
    wrong = {
        Place("claims", row, "source_sha256", "constraint-error") for row in range(2, ROWS + 2)
    }
    case = judged(folders["column"])
    assert case.ours == case.theirs == wrong


def test_same_seed_same_bytes(folders, tmp_path):
    again = generate(tmp_path, "faults")
    for name in ("datapackage.json", "actors.csv", "claims.csv", "faults.json"):
        assert (again / name).read_bytes() == (folders["faults"] / name).read_bytes()


def test_the_rules_of_the_peers_are_those_of_the_package(folders):
    rules = runpy.run_path(str(BENCHMARKS / "peers" / "common.py"))
    claims = read_json(folders["clean"] / "datapackage.json")["resources"][1]
    fields = {field["name"]: field for field in claims["schema"]["fields"]}
    constraints = {name: field.get("constraints", {}) for name, field in fields.items()}
    assert rules["COLUMNS"] == tuple(fields)
    assert [*rules["TYPED"]] == [n for n, field in fields.items() if field["type"] != "string"]
    assert [*rules["REQUIRED"]] == [n for n, c in constraints.items() if c.get("required")]
    assert rules["ENUMS"] == {n: c["enum"] for n, c in constraints.items() if "enum" in c}
    for name, pattern in ((n, c["pattern"]) for n, c in constraints.items() if "pattern" in c):
        assert rules["PATTERNS"][name] == f"^{pattern}$"
    page, text = constraints["page"], constraints["statement_ja"]
    assert (rules["FIRST_PAGE"], rules["LAST_PAGE"]) == (page["minimum"], page["maximum"])
    assert (rules["SHORTEST"], rules["LONGEST"]) == (text["minLength"], text["maxLength"])


def run_without(names, folder):
    command = [sys.executable, BENCHMARKS / "switches.py", names, folder]
    run = subprocess.run(command, capture_output=True, text=True)
    assert run.stderr == ""
    return run.returncode, json.loads(run.stdout)


def test_tables_of_other_shapes_are_valid_and_their_faults_are_found(shapes):
    for name, (clean, faults) in shapes.items():
        assert run_without("", clean)[0] == 0, name
        assert run_without("", faults)[0] == 1, name


def test_without_tricks_the_same_is_found(shapes, tricks):
    names = ",".join(trick.name for trick in tricks if trick.name != "plain")
    for folders in shapes.values():
        assert run_without(names, folders[1]) == run_without("", folders[1])


def test_the_page_names_every_trick_in_a_place_that_there_is(tricks):
    page = (BENCHMARKS / "README.md").read_text("utf-8")
    table = page.partition("<!-- tricks -->")[2].partition("<!-- end of tricks -->")[0]
    rows = re.findall(r"^\| \*\*(.+?)\*\*: (.+?) \| `(.+?)` \|", table, re.MULTILINE)
    assert rows == [(trick.name, trick.what, trick.where) for trick in tricks]
    for trick in tricks:
        module, _, attribute = trick.where.partition(": ")
        file = ROOT / "validate" / "_src" / module
        assert attribute.rpartition(".")[2] in file.read_text("utf-8"), trick.name


def test_every_phase_of_a_run_is_timed(folders):
    command = [sys.executable, BENCHMARKS / "phases.py", folders["clean"]]
    run = subprocess.run(command, capture_output=True, text=True)
    assert run.stderr == ""
    rows = run.stdout.splitlines()
    assert rows[0] == "| phase | processor ms |"
    assert rows[-1].startswith("| all |")
