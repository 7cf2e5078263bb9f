"""`validate reliability` as a user meets it."""

import csv
import shutil
import sys

import pytest
from support.command import run
from support.made import change_descriptor
from support.places import PACKAGES, ROOT


@pytest.fixture
def package(tmp_path):
    """A copy of a package with two tasks, which a test may break."""
    return shutil.copytree(PACKAGES / "reliability", tmp_path / "package")


def edit(package, table, change):
    """Changes the rows of a table, each a dictionary."""
    file = package / f"{table}.csv"
    with file.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        rows, names = [*reader], reader.fieldnames
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(change(rows))


def without(**cells):
    return lambda rows: [row for row in rows if not is_row(row, cells)]


def setting(column, value, **cells):
    return lambda rows: [row | {column: value} if is_row(row, cells) else row for row in rows]


def beside(**cells):
    return lambda rows: [*rows, dict.fromkeys(rows[0], "") | cells]


def is_row(row, cells):
    return all(row[name] == value for name, value in cells.items())


X = {"task": "finding-1", "reader": "x"}
Y = {"task": "finding-1", "reader": "y"}
Z = {"task": "finding-1", "reader": "z"}
JUDGED = {"task": "judging-1", "reader": "z", "unit": "s4"}
BREAKS = {
    "a segment that is drawn and not coded": (
        [("units", without(**X, unit="1")), ("values", without(**X, unit="1"))],
        "finding-1, coder x: segment 2 of evening-log is drawn and not coded",
    ),
    "a segment that is coded and not drawn": (
        [("units", setting("segment", "1", **X, unit="1"))],
        "finding-1, coder x: segment 1 of evening-log is coded and not drawn",
    ),
    "another seed than that of the sample": (
        [("tasks", setting("seed", "8", task="finding-1"))],
        "finding-1, coder y: segment 3 of evening-log is coded and not drawn",
    ),
    "a segment with and without units": (
        [
            ("units", beside(**X, unit="9", table="segments", text="morning-log", segment="5")),
            ("values", beside(**X, unit="9", field="why", value="nothing")),
        ],
        "finding-1, coder x: segment 5 of morning-log is coded beside being without units",
    ),
    "a segment that does not exist": (
        [("units", setting("segment", "99", **X, unit="1"))],
        "finding-1, coder x, unit 1: there is no segment 99 of evening-log",
    ),
    "a unit in no segment": (
        [("units", setting("segment", "", **X, unit="1"))],
        "finding-1, coder x, unit 1: stands in no segment",
    ),
    "a coder who is not declared": (
        [("readers", without(**Y))],
        "finding-1, coder y, unit 1: the coder is not declared",
    ),
    "a coder beside those who are declared": (
        [
            ("units", beside(**Z, unit="1", table="sightings", text="morning-log", segment="5")),
            ("spans", beside(**Z, unit="1", start="101", end="105")),
        ],
        "finding-1, coder z, unit 1: the coder is not declared",
    ),
    "one coder": (
        [("readers", without(**Y)), ("units", without(**Y))],
        "finding-1: has 1 coder; units are paired between two",
    ),
    "a task without units": (
        [
            ("tasks", beside(task="judging-2", seed="1")),
            ("readers", lambda rows: [*rows, *({**one, "task": "judging-2"} for one in rows[:2])]),
        ],
        "judging-2: has no units",
    ),
    "a coder of no task": (
        [("readers", beside(task="finding-2", reader="x"))],
        "finding-2, coder x: there is no such task",
    ),
    "a value that is not in the closed list": (
        [("values", setting("value", "swan", **X, unit="2", field="bird"))],
        "finding-1, coder x, unit 2: bird: is not one of coot, duck, grebe, heron (categories)",
    ),
    "a value that refers to no row": (
        [("values", setting("value", "cy", **X, unit="2", field="keeper"))],
        "finding-1, coder x, unit 2: keeper: no row of keepers.keeper has this value (foreignKeys)",
    ),
    "a value of another type": (
        [("values", setting("value", "many", **X, unit="2", field="birds"))],
        "finding-1, coder x, unit 2: birds: not an integer such as 42",
    ),
    "a value out of bounds": (
        [("values", setting("value", "-1", **X, unit="2", field="birds"))],
        "finding-1, coder x, unit 2: birds: is less than 0 (minimum)",
    ),
    "a value beyond what can be held": (
        [("values", setting("value", "9" * 30, **X, unit="2", field="birds"))],
        "finding-1, coder x, unit 2: birds: a value beyond what can be compared",
    ),
    "no value where one is required": (
        [("values", setting("value", "", **X, unit="2", field="bird"))],
        "finding-1, coder x, unit 2: bird: a value is required",
    ),
    "a field that is not coded": (
        [("values", without(**X, unit="2", field="keeper"))],
        "finding-1, coder x, unit 2: keeper is not coded",
    ),
    "a field that the table does not have": (
        [("values", setting("field", "wings", **X, unit="2", field="keeper"))],
        "finding-1, coder x, unit 2: sightings has no field wings",
    ),
    "a field without closed values": (
        [("values", setting("field", "note", **X, unit="2", field="keeper"))],
        "finding-1, coder x, unit 2: sightings.note has no closed values that could be compared",
    ),
    "a table that does not exist": (
        [("units", setting("table", "rumours", **X, unit="2"))],
        "finding-1, coder x, unit 2: there is no table rumours",
    ),
    "a span outside its segment": (
        [("spans", setting("end", "99", **X, unit="4"))],
        "finding-1, coder x, unit 4: the span 18-99 is outside segment 2 of morning-log, 18-44",
    ),
    "a span without characters": (
        [("spans", setting("end", "18", **X, unit="4"))],
        "finding-1, coder x, unit 4: the span 18-18 has no characters",
    ),
    "a unit without a span": (
        [("spans", without(**X, unit="4"))],
        "finding-1, coder x, unit 4: has no span",
    ),
    "a span where there is no unit": (
        [("spans", beside(**X, unit="1", start="22", end="23"))],
        "finding-1, coder x, unit 1: a segment without units has a span",
    ),
    "a span of no unit": (
        [("spans", beside(**X, unit="77", start="22", end="23"))],
        "finding-1, coder x, unit 77: there is no such unit",
    ),
    "a value of no unit": (
        [("values", beside(**X, unit="77", field="bird", value="coot"))],
        "finding-1, coder x, unit 77: there is no such unit",
    ),
    "a given unit that a coder leaves out": (
        [("units", without(**JUDGED)), ("values", without(**JUDGED))],
        "judging-1, coder z, unit s4: is not coded",
    ),
    "a given unit in a segment": (
        [
            ("units", setting("text", "morning-log", **JUDGED)),
            ("units", setting("segment", "5", **JUDGED)),
        ],
        "judging-1, coder z, unit s4: is given, and stands in no segment",
    ),
    "a given unit of two tables": (
        [
            ("units", setting("table", "sightings", **JUDGED)),
            ("values", setting("field", "sureness", **JUDGED)),
            ("values", setting("value", "sure", **JUDGED)),
        ],
        "judging-1, coder z, unit s4: is coded for sightings, by another coder for verdicts",
    ),
    "a given unit and no coder": (
        [(table, without(task="judging-1")) for table in ("readers", "units", "values")],
        "judging-1: has 0 coders; at least two can agree",
    ),
}


@pytest.mark.parametrize("name", BREAKS)
def test_what_is_wrong_with_codings_is_said_and_nothing_computed_from_them(package, name):
    edits, line = BREAKS[name]
    for table, change in edits:
        edit(package, table, change)
    result = run("reliability", package)
    assert result.exit_code == 1
    assert line in [said.strip() for said in result.output.splitlines()]
    assert "the codings give" not in result.output


SHIPPED = {
    "another alpha": (
        setting("alpha", "1.000", table="sightings", field="keeper"),
        "finding-1: sightings.keeper: alpha is 1.000, the codings give 0.000",
    ),
    "an alpha that is undefined": (
        setting("alpha", "", table="sightings", field="bird"),
        "finding-1: sightings.bird: alpha is empty, the codings give 1.000",
    ),
    "another end of an interval": (
        setting("low", "0.700", table="sightings", field="birds"),
        "finding-1: sightings.birds: low is 0.700, the codings give 0.931",
    ),
    "another agreement": (
        setting("agreement", "1.000", task="judging-1"),
        "judging-1: verdicts.verdict: agreement is 1.000, the codings give 0.500",
    ),
    "another level": (
        setting("level", "nominal", field="sureness"),
        "finding-1: sightings.sureness: level is nominal, the codings give ordinal",
    ),
    "another number of units": (
        setting("units", "50", table="sightings", field="*"),
        "finding-1: sightings.*: units is 50, the codings give 11",
    ),
    "a row left out": (
        without(table="sightings", field="keeper"),
        "finding-1: sightings.keeper: has no row",
    ),
    "a row too many": (
        beside(task="finding-2", table="sightings", field="bird", level="nominal"),
        "finding-2: sightings.bird: the codings give no such row",
    ),
}


@pytest.mark.parametrize("name", SHIPPED)
def test_results_that_the_codings_do_not_give_are_named(package, name):
    change, line = SHIPPED[name]
    edit(package, "results", change)
    result = run("reliability", package)
    assert result.exit_code == 1
    assert result.output.splitlines()[-1] == line
    assert result.output.count("the codings give") + result.output.count("has no row") == 1


def test_results_as_shipped(package):
    result = run("reliability", package)
    assert result.exit_code == 0
    assert "finding-1: coders x, y, seed 7, 6 of 9 segments drawn\n" in result.output
    assert "judging-1: coders x, y, z, seed 8\n" in result.output


def test_results_of_the_dataset_are_as_shipped():
    result = run("reliability", ROOT)
    assert result.exit_code == 0
    assert "coding-1: coders a, b, seed 20261130, 113 of 298 segments drawn" in result.output


def test_write_writes_what_the_codings_give(package):
    file = package / "results.csv"
    before = file.read_bytes()
    file.write_bytes(before.splitlines(keepends=True)[0])
    assert run("reliability", package).exit_code == 1
    result = run("reliability", package, "--write")
    assert (result.exit_code, file.read_bytes()) == (0, before)
    assert result.output.endswith(f"written: {file}\n")


def test_write_writes_nothing_where_something_is_wrong(package):
    before = (package / "results.csv").read_bytes()
    edit(package, "spans", without(**X, unit="4"))
    assert run("reliability", package, "--write").exit_code == 1
    assert (package / "results.csv").read_bytes() == before


def test_write_refuses_a_package_in_a_zip_file(package, tmp_path):
    file = shutil.make_archive(str(tmp_path / "zipped"), "zip", package)
    assert run("reliability", file).exit_code == 0
    result = run("reliability", file, "--write")
    assert result.exit_code == 2
    assert "results are written in folders; unpack it" in result.output


def resource(descriptor, name):
    return next(one for one in descriptor["resources"] if one["name"] == name)


def restrict(descriptor):
    resource(descriptor, "readers")["schema"]["fields"][1]["restricted"] = True


def add_note(descriptor):
    resource(descriptor, "results")["schema"]["fields"].append({"name": "note", "type": "string"})


def declare_nothing(descriptor):
    del descriptor["reliability"]


def without_file(descriptor):
    resource(descriptor, "results")["path"] = "outcomes.csv"


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (restrict, "reliability would show values of readers.reader, which is restricted"),
        (add_note, "results.csv: nothing gives the field note"),
        (declare_nothing, "datapackage.json: declares no reliability"),
        (without_file, "outcomes.csv: no such file"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(package, change, line):
    change_descriptor(package, change)
    result = run("reliability", package, "--write")
    assert result.exit_code == 2
    assert line in result.output.splitlines()[-1]


def count_in_numbers(descriptor):
    resource(descriptor, "sightings")["schema"]["fields"][3]["type"] = "number"


def test_a_number_without_end_cannot_be_compared(package):
    change_descriptor(package, count_in_numbers)
    edit(package, "values", setting("value", "INF", **X, unit="2", field="birds"))
    result = run("reliability", package)
    assert result.exit_code == 1
    assert "unit 2: birds: a value beyond what can be compared" in result.output


def twice(rows):
    return [*rows, rows[-1]]


@pytest.mark.parametrize(
    ("table", "line"),
    [
        ("units", "judging-1, coder z, unit s4: stands twice"),
        ("values", "judging-1, coder z, unit s4: verdict is coded twice"),
        ("results", "judging-1: verdicts.verdict: has two rows"),
    ],
)
def test_what_is_coded_twice_is_named_whatever_the_keys(package, table, line):
    change_descriptor(package, without_keys)
    edit(package, table, twice)
    result = run("reliability", package)
    assert result.exit_code == 1
    assert line in result.output


def without_keys(descriptor):
    for one in descriptor["resources"]:
        one["schema"].pop("primaryKey", None)


def test_a_coder_who_is_declared_twice_is_one(package):
    change_descriptor(package, without_keys)
    edit(package, "readers", lambda rows: [*rows, rows[0]])
    assert run("reliability", package).exit_code == 0


@pytest.mark.parametrize("share", ["half", "0", "1/0", "4/3", "-1/3", "１/３", "1e-999999999"])
def test_a_share_that_is_no_fraction(package, share):
    edit(package, "tasks", setting("share", share, task="finding-1"))
    result = run("reliability", package)
    assert result.exit_code == 2
    assert f'finding-1: the share "{share}" is no fraction such as 1/3' in result.output


def test_a_unit_all_of_whose_cells_are_empty(package):
    edit(package, "values", lambda rows: [row for row in rows if row["field"] in ("why", "keeper")])
    edit(package, "values", setting("value", "", **X, unit="2"))
    result = run("reliability", package)
    assert result.exit_code == 1
    assert "not computed" not in result.output
    assert "the codings give" in result.output


def test_a_required_field_may_be_empty_where_units_are_given(package):
    """To that coder, the row would not stand; of a unit that he found, it is at fault."""
    change_descriptor(package, required("verdicts", "verdict"))
    edit(package, "values", setting("value", "", **JUDGED))
    result = run("reliability", package)
    assert "not computed" not in result.output
    assert "judging-1: verdicts.verdict: " in result.output
    edit(package, "values", setting("value", "", **X, unit="4", field="bird"))
    result = run("reliability", package)
    assert "finding-1, coder x, unit 4: " in result.output


def required(table, name):
    def change(descriptor):
        fields = next(one for one in descriptor["resources"] if one["name"] == table)["schema"]
        field = next(one for one in fields["fields"] if one["name"] == name)
        field["constraints"] = {"required": True}

    return change


def test_segments_without_units_and_without_values(package):
    edit(package, "values", without(field="why"))
    result = run("reliability", package)
    assert result.exit_code == 1
    assert "not computed" not in result.output
    assert "finding-1: segments.why: the codings give no such row" in result.output


def test_tables_with_findings_are_not_measured(package):
    edit(package, "spans", setting("end", "far", **X, unit="4"))
    result = run("reliability", package)
    assert result.exit_code == 2
    assert "spans.csv: has findings; run `validate run` first" in result.output


def test_without_the_library_the_command_says_what_to_install(package, monkeypatch):
    monkeypatch.setitem(sys.modules, "krippendorff", None)
    result = run("reliability", package)
    assert result.exit_code == 2
    assert "reliability needs krippendorff: pip install" in result.output
