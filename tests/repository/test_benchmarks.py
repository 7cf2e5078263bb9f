"""The benchmarks measure what they say: their packages have just the faults that are listed."""

import importlib
import json
import re
import runpy
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from support.known_differences import unexplained
from support.places import ROOT
from support.second_opinion import Place, judged, our_findings

# All take the packages that are generated once.
pytestmark = pytest.mark.xdist_group("benchmarks")
BENCHMARKS = ROOT / "benchmarks"
ROWS, FAULTS = 2_000, 320
TABLES = ("claims", "measurements", "registry", "events")
FORMATS = ("csv", "ndjson", "json-objects", "json-arrays", "parquet")
GENERATE = """
import sys
sys.path.insert(0, {benchmarks!r})
from pathlib import Path
from generate import FORMS, TABLES, Wanted, generate
for shape in TABLES.values():
    for name, form in FORMS.items():
        for variant in ("clean", "faults", "column"):
            folder = Path({parent!r}, f"{{shape.name}}-{{name}}-{{variant}}")
            generate(folder, Wanted(shape, form, {rows}, variant, 1), {faults})
"""


def generate(folder, *options):
    command = [sys.executable, BENCHMARKS / "generate.py", folder, "--rows", str(ROWS)]
    subprocess.run([*command, *options], check=True)
    return folder


def read_json(file):
    return json.loads(file.read_text("utf-8"))


def listed(folder):
    return read_json(folder / "faults.json")


def places(faults):
    return [Place(f["resource"], f["row"], f["field"], f["code"]) for f in faults]


@pytest.fixture(scope="module")
def packages(tmp_path_factory):
    """The folder with a package of every table, format and variant."""
    parent = tmp_path_factory.mktemp("benchmarks")
    given = {"benchmarks": str(BENCHMARKS), "parent": str(parent), "rows": ROWS, "faults": FAULTS}
    subprocess.run([sys.executable, "-c", GENERATE.format(**given)], check=True)
    return parent


@pytest.fixture(scope="module")
def folders(packages):
    """The packages of `claims` as CSV, by their variants."""
    return {
        variant: packages / f"claims-csv-{variant}" for variant in ("clean", "faults", "column")
    }


@pytest.fixture(scope="module")
def shapes(tmp_path_factory):
    """A clean package and one with scattered faults of each of the other shapes."""
    parent = tmp_path_factory.mktemp("shapes")
    return {
        name: [
            generate(parent / f"{name}-{variant}", "--table", name, "--variant", variant)
            for variant in ("clean", "scattered")
        ]
        for name in TABLES[1:]
    }


@pytest.fixture(scope="module")
def tricks():
    """The tricks that can be switched off."""
    return runpy.run_path(str(BENCHMARKS / "switches.py"))["TRICKS"]


@pytest.fixture
def module(monkeypatch):
    """Imports a module of the benchmarks, which are no package; others of its name come back."""
    before = dict(sys.modules)
    monkeypatch.syspath_prepend(BENCHMARKS)
    yield importlib.import_module
    for name, loaded in [*sys.modules.items()]:
        if Path(getattr(loaded, "__file__", None) or "").parent == BENCHMARKS:
            del sys.modules[name]
    sys.modules.update({name: one for name, one in before.items() if name not in sys.modules})


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("table", TABLES)
def test_a_clean_package_is_valid(packages, table, form):
    assert [*our_findings(packages / f"{table}-{form}-clean")] == []


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("table", TABLES)
def test_the_listed_faults_are_found_and_nothing_else(packages, table, form):
    folder = packages / f"{table}-{form}-faults"
    assert Counter(our_findings(folder)) == Counter(places(listed(folder)))


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("table", TABLES)
def test_every_cell_of_the_column_is_wrong(packages, table, form):
    folder = packages / f"{table}-{form}-column"
    (fault,) = places(listed(folder))
    wrong = [fault._replace(row=row) for row in range(2, ROWS + 2)]
    assert Counter(our_findings(folder)) == Counter(wrong)


def test_frictionless_finds_the_clean_package_valid(folders):
    assert judged(folders["clean"]).theirs == frozenset()


def test_frictionless_finds_the_listed_faults(folders):
    case = judged(folders["faults"])
    assert unexplained(case) == []
    assert case.ours <= case.theirs


def test_frictionless_finds_every_cell_of_the_column_wrong(folders):
    case = judged(folders["column"])
    assert case.ours == case.theirs


@pytest.mark.parametrize("table", TABLES)
def test_kinds_of_faults_are_as_many_as_each_other_and_one_a_row(packages, table):
    for form in FORMATS:
        faults = listed(packages / f"{table}-{form}-faults")
        kinds = Counter(fault["kind"] for fault in faults)
        assert max(kinds.values()) - min(kinds.values()) <= 1
        assert len({fault["row"] for fault in faults}) == len(faults) == FAULTS


@pytest.mark.parametrize("table", TABLES)
def test_every_type_and_constraint_and_key_of_a_table_is_broken(packages, table):
    folder = packages / f"{table}-csv-faults"
    schema = read_json(folder / "datapackage.json")["resources"][-1]["schema"]
    broken = {(fault["kind"], fault["field"]) for fault in listed(folder)}
    expected = {("primaryKey", None)}
    for field in schema["fields"]:
        name, form = field["name"], field.get("format")
        expected |= {(rule, name) for rule in field.get("constraints", {})}
        expected |= {("categories", name)} if "categories" in field else set()
        if field["type"] != "string" or form:
            expected.add((form if field["type"] == "string" else field["type"], name))
    expected |= {("foreignKey", key["fields"][0]) for key in schema.get("foreignKeys", ())}
    # A primary key without a value is a fault of the key, too.
    assert expected - broken <= {("required", name) for name in schema["primaryKey"]}


def test_same_arguments_same_bytes(packages, tmp_path):
    for form in ("csv", "parquet"):
        before = packages / f"registry-{form}-faults"
        options = ("--table", "registry", "--format", form, "--variant", "faults")
        again = generate(tmp_path / form, *options, "--faults", str(FAULTS))
        for file in before.iterdir():
            assert (again / file.name).read_bytes() == file.read_bytes()


def test_a_table_in_several_files_has_the_same_rows(packages, tmp_path):
    folder = generate(tmp_path, "--table", "events", "--files", "3")
    files = [
        folder / name for name in read_json(folder / "datapackage.json")["resources"][0]["path"]
    ]
    header, *rows = (packages / "events-csv-clean" / "events.csv").read_text("utf-8").splitlines()
    found = [file.read_text("utf-8").splitlines() for file in files]
    assert [lines[0] for lines in found] == [header] * 3
    assert [line for lines in found for line in lines[1:]] == rows
    assert [*our_findings(folder)] == []


def test_the_command_knows_what_can_be_generated_and_by_what(module):
    tools, generator = module("tools"), module("generate")
    assert (*generator.TABLES,) == tools.TABLES
    assert (*generator.FORMS,) == tools.FORMATS
    assert set(tools.VARIANTS) < set(generator.VARIANTS)


def test_the_digest_of_packages_is_that_of_all_that_makes_them(module):
    generator = "import sys; sys.path.insert(0, {!r}); import generate; print(*sys.modules)"
    command = [sys.executable, "-c", generator.format(str(BENCHMARKS))]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    makers = {f"{name}.py" for name in loaded if (BENCHMARKS / f"{name}.py").exists()}
    assert makers == set(module("packages").MAKERS)


def test_a_session_runs_tools_on_tables_and_formats(tmp_path):
    command = [sys.executable, BENCHMARKS / "run.py", "--rows", "4000", "--rounds", "1"]
    tables = ["--tables", "events", "dataset", "--variants", "clean", "faults"]
    forms = ["--formats", "csv", "parquet", "--remove", "--folder", tmp_path]
    only = ["--only", "ours", "ours_fast", "polars_typed", "pandera_by_hand"]
    given = [*command, *tables, *forms, *only]
    page = subprocess.run(given, capture_output=True, text=True, check=True).stdout
    rows = [
        tuple(cell.strip() for cell in line.split("|")[1:3])
        for line in page.splitlines()
        if "|" in line
    ]
    assert [row for row in rows if row[0] in {"CSV", "Parquet"}] == [
        ("CSV", "Polars, typed read"),
        ("CSV", "**validate**"),
        ("Parquet", "Polars, typed read"),
        ("Parquet", "**validate**"),
        ("Parquet", "validate, `--fast`"),
    ]
    assert page.count("| 1,000 of 1,000 | 0 | ") == 2
    assert "| CSV: every fault at its row and column, none besides | 1,000 faults | yes |" in page
    assert re.search(r"\| the dataset of this repository.*\| dataset [0-9.]+ \|", page)
    assert [*tmp_path.iterdir()] == []


def test_tools_that_cannot_be_run_say_why(module, tmp_path):
    tools, session = module("tools"), module("session")
    package = module("packages").Package("claims", "csv", ROWS, "clean")
    broken = tools.Tool("broken", "A script that is not there", "absent.py")
    large = tools.Tool("large", "One that takes long", "absent.py", most_rows={"csv": ROWS - 1})
    absent = tools.Tool("absent", "One that is not installed", "absent.py")
    this = session.Session(
        "now", tmp_path, 2, (broken, large, absent), {"absent": "for lack of it"}, named=False
    )
    found = {case.tool: result.failure for case, result in this.block([package])}
    assert found["broken"].startswith("failed: ")
    assert found["large"] == "not run: left out above 1,999 rows; `--only large` runs it"
    assert found["absent"] == "not run: for lack of it"


def test_a_slow_tool_is_run_on_large_tables_without_faults_alone(module):
    slow = module("tools").Tool("slow", "", "absent.py", most_rows={"csv": 9}, most_faulty=5)
    limits = {(form, variant): slow.most(form, variant) for form in ("csv", "parquet")
              for variant in ("clean", "faults")}  # fmt: skip
    assert limits == {
        ("csv", "clean"): 9,
        ("csv", "faults"): 5,
        ("parquet", "clean"): None,
        ("parquet", "faults"): 5,
    }


def measured(module, seconds, **places):
    results = module("results")
    case = {"table": "claims", "form": "csv", "rows": 10**6, "variant": "clean", "tool": "ours"}
    session = places.pop("session", "now")
    score = module("scoring").Score(0, 0, 0)
    return results.Case(**case | places), results.Result(session, 1, seconds, seconds, 100, score)


def verdict(module, found, promise):
    results = module("results").Results(dict(found))
    return next(v for v in module("targets").verdicts(results) if v.promise.startswith(promise))


def test_a_target_is_met_if_it_is_met_on_every_table(module):
    promise = "CSV, 1M rows, processor: at most 2 times"
    found = []
    for table in TABLES:
        assert verdict(module, found, promise).kept is None
        found.append(measured(module, 1, table=table, tool="polars_typed"))
        found.append(measured(module, 1.4, table=table))
    met = verdict(module, found, promise)
    assert met.kept is True
    assert met.measured == "claims 1.4, measurements 1.4, registry 1.4, events 1.4"
    found.append(measured(module, 2.5, table="events"))
    assert verdict(module, found, promise).kept is False


def test_the_old_table_has_bounds_of_its_own(module):
    found = [measured(module, 1, tool="polars_typed"), measured(module, 1.5)]
    assert verdict(module, found, "CSV, 1M rows, processor: at most 2 times").kept is False


def test_a_fault_that_was_not_found_breaks_a_promise(module):
    promise, score = "CSV: every fault", module("scoring").Score
    case, clean = measured(module, 1)
    assert verdict(module, [(case, clean)], promise).kept is None
    case, faults = measured(module, 1, variant="faults")
    for hits, besides, kept in ((9, 0, True), (8, 0, False), (9, 1, False)):
        found = replace(faults, score=score(9, hits, besides))
        assert verdict(module, [(case, found)], promise).kept is kept


def test_what_was_measured_in_two_sessions_is_not_compared(module):
    found = [measured(module, 1, tool="polars_typed", session="then"), measured(module, 9)]
    assert verdict(module, found, "CSV, 1M rows, processor: at most 2 times").kept is None


def test_results_are_kept_as_they_are(module, tmp_path):
    results = module("results")
    both = results.Results(sessions={"now": "a machine", "then": "another"})
    case, result = measured(module, 1)
    both.cases[case] = result
    results.keep(both, tmp_path / "results.json")
    kept = results.kept(tmp_path / "results.json")
    assert kept.cases == {case: result}
    assert kept.sessions == {"now": "a machine"}
    assert results.kept(tmp_path / "absent.json") == results.Results()


def test_the_pages_say_what_is_kept(module):
    everything, run = module("results").kept(), module("run")
    for page, rendered in run.PAGES.items():
        (said,) = run.MARKED.findall(page.read_text("utf-8"))
        assert said.strip() == rendered(everything).strip()


def test_figures_are_the_range_over_all_tables_or_say_of_which(module):
    found = [measured(module, 60, tool="frictionless")]
    for table, seconds in zip(TABLES, (1.5, 3, 2, 2.5), strict=True):
        found.append(measured(module, 1, table=table, tool="polars_typed"))
        found.append(measured(module, seconds, table=table))
    results = module("results").Results(dict(found))
    said = module("rendering").ranges(results)
    assert "take 1.5 to 3 times the processor time of a typed read" in said
    assert "frictionless takes 40 times as long as `validate` (measured on claims alone)." in said


CHILD = "import time; filled = b'x' * 50_000_000; time.sleep(1)"
PARENT = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {CHILD!r}])"


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_the_memory_of_processes_that_a_tool_starts_is_its_own(module):
    watch = module("memory").Watch
    with subprocess.Popen([sys.executable, "-c", PARENT]) as parent:
        watched = watch(parent.pid)
        parent.wait()
    assert watched.end() > 50_000_000
    with subprocess.Popen([sys.executable, "-c", CHILD]) as alone:
        watched = watch(alone.pid)
        alone.wait()
    assert watched.end() == 0


def test_the_rules_of_the_peers_are_those_of_the_package(folders):
    rules = runpy.run_path(str(BENCHMARKS / "peers" / "common.py"))
    claims = read_json(folders["clean"] / "datapackage.json")["resources"][-1]
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


def test_tables_for_tricks_are_valid_and_their_faults_are_found(shapes):
    for name, (clean, scattered) in shapes.items():
        assert run_without("", clean)[0] == 0, name
        assert run_without("", scattered)[0] == 1, name


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


def test_just_what_was_changed_is_found_to_differ(tmp_path):
    for order in ("same", "shuffled"):
        options = ["--rows", "3000", "--changes", "50", "--order", order, "--folder", tmp_path]
        tools = ["--only", "validate", "Polars join", "--rounds", "1"]
        command = [sys.executable, BENCHMARKS / "diff.py", *options, *tools]
        run = subprocess.run(command, capture_output=True, text=True, check=True)
        rows = run.stdout.splitlines()[2:]
        assert [row.split(" | ")[-1] for row in rows] == ["all |", "all |"]
