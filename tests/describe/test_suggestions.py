"""Suggestions: constraints and keys that all rows hold to, written by `--strict` alone."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from validate import validate
from validate._src.cli.main import main
from validate._src.curation.csvfile import write_records
from validate._src.describe.draft import describe
from validate._src.describe.facts import facts_of
from validate._src.describe.output import write
from validate._src.package.descriptor import load_package

DESCRIPTOR = Path("datapackage.json")
BOATS = "id,harbour,kind,depth,day,note\n" + "".join(
    f"{number},{harbour},{kind},{depth},{day},{note}\n"
    for number, harbour, kind, depth, day, note in [
        (1, "a", "x", "3.5", "01.01.2024", ""),
        (2, "b", "y", "4", "31.01.2024", "p"),
        (3, "a", "x", "10", "02.02.2024", "q"),
        (4, "b", "x", "7", "03.01.2024", ""),
        (5, "a", "x", "7.25", "03.01.2023", "r"),
        (6, "a", "y", "7", "03.01.2024", ""),
    ]
)
HARBOURS = "code,name\na,Ah\nb,Bee\nc,Cee\n"
SAID = """\
suggestions, which --strict writes:
  boats.id: a candidate key; required; from 1 to 6
  boats.harbour: required; one of "a", "b"; a foreign key, all values are in harbours.code
  boats.kind: required; one of "x", "y"
  boats.depth: required; from 3.5 to 10
  boats.day: required; from 03.01.2023 to 02.02.2024
  harbours.code: a candidate key; required
  harbours.name: unique; required
"""


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """The working folder, with two tables of which one refers to the other."""
    monkeypatch.chdir(tmp_path)
    Path("boats.csv").write_text(BOATS, "utf-8")
    Path("harbours.csv").write_text(HARBOURS, "utf-8")


def init(*arguments):
    return CliRunner().invoke(main, ["init", *arguments])


def schemas():
    resources = json.loads(DESCRIPTOR.read_text("utf-8"))["resources"]
    return {resource["name"]: resource["schema"] for resource in resources}


def put(name, *rows):
    Path(name).write_text("".join(f"{row}\n" for row in rows), "utf-8")
    return name


def test_they_are_said_and_not_written():
    result = init("boats.csv", "harbours.csv")
    assert SAID in result.output
    assert not any({*schema} - {"fields"} for schema in schemas().values())
    assert not any("constraints" in field for field in schemas()["boats"]["fields"])
    put("boats.csv", *BOATS.splitlines(), "6,z,w,99,05.05.2025,")
    assert validate().valid


def test_strict_writes_them_and_run_finds_nothing():
    result = init("boats.csv", "harbours.csv", "--strict")
    assert (
        SAID.replace("suggestions, which --strict writes", "constraints written") in result.output
    )
    assert result.exit_code == 0
    boats, harbours = schemas().values()
    constraints = {field["name"]: field.get("constraints") for field in boats["fields"]}
    assert constraints == {
        "id": {"required": True, "minimum": 1, "maximum": 6},
        "harbour": {"required": True, "enum": ["a", "b"]},
        "kind": {"required": True, "enum": ["x", "y"]},
        "depth": {"required": True, "minimum": 3.5, "maximum": 10.0},
        "day": {"required": True, "minimum": "03.01.2023", "maximum": "02.02.2024"},
        "note": None,
    }
    assert (boats["primaryKey"], harbours["primaryKey"]) == (["id"], ["code"])
    assert boats["foreignKeys"] == [
        {"fields": ["harbour"], "reference": {"resource": "harbours", "fields": ["code"]}}
    ]
    assert not [*validate().findings]


def test_what_strict_wrote_refuses_other_rows():
    init("boats.csv", "harbours.csv", "--strict")
    put("boats.csv", *BOATS.splitlines(), "6,z,w,99,05.05.2025,")
    codes = {finding.code for finding in validate().findings}
    assert codes == {"primary-key", "foreign-key", "constraint-error"}


@pytest.mark.parametrize("number", ["-9999", "-999", "-99"])
def test_a_sentinel_is_only_suggested(number):
    result = init(put("t.csv", "x,y", "0.5,a", f"{number},b", "3,c", f"{number},d"), "--strict")
    said = (
        f"  t.x: {number} in 2 cells, all others from 0.5 to 3; if it means that there "
        'is no value, add it to "missingValues"\n'
    )
    assert said in result.output
    assert schemas()["t"]["fields"][0] == {
        "name": "x",
        "type": "number",
        "constraints": {"required": True},
    }


def test_numbers_below_zero_are_no_sentinels_among_their_like():
    result = init(put("t.csv", "x,y", "-50,a", "-99,b", "3,c"))
    assert "missingValues" not in result.output


def test_small_numbers_refer_to_no_key_by_chance():
    put("kinds.csv", "id,name", "1,p", "2,q", "3,r")
    put("t.csv", "n,kind_id,stars", "a,1,1", "b,2,2", "c,2,3", "d,3,3")
    result = init("t.csv", "kinds.csv")
    assert "t.kind_id: required; from 1 to 3; a foreign key, all values are in kinds.id" in (
        result.output
    )
    assert result.output.count("foreign key") == 1


@pytest.mark.parametrize(
    "rows",
    [
        ("x", "1"),
        ("x", "1", "2"),
        ("x,y", "1,", "2,3,4", "3", "5,"),
        ("x,y", "1,", "2,3,4", "3", "5,", "4,"),
    ],
    ids=["one row", "two rows", "two whole rows", "three whole rows"],
)
def test_few_rows_suggest_nothing_and_broken_ones_no_end(rows):
    result = init(put("t.csv", *rows), "--strict")
    assert result.exit_code in (0, 1)
    assert ("constraints written" in result.output) == (len(rows) > 5)


@pytest.mark.parametrize(
    ("name", "texts", "said"),
    [
        ("x", ["1", "2.5", "999", "999"], "999 in 2 cells, all others from 1 to 2.5; if it means"),
        ("day", ["2024-01-31", "2024-02-01", "9999-12-31"],
         "9999-12-31 in 1 cell, all others from 2024-01-31 to 2024-02-01; if it means"),
        ("day", ["31.01.2024", "01.02.2024", "01.01.1900"],
         "01.01.1900 in 1 cell, all others from 31.01.2024 to 01.02.2024; if it means"),
        ("x", ["1.5", "500", "999"], "from 1.5 to 999\n"),
        ("day", ["1900-01-01", "1899-05-06", "1905-01-01"], "from 1899-05-06 to 1905-01-01\n"),
        ("x", ["0.5", "INF", "3", "-INF"], "from 0.5 to 3, besides 2 cells of INF, NaN or "
         "numbers beyond 1.8e308\n"),
    ],
    ids=str,
)  # fmt: skip
def test_what_stands_far_from_all_others_is_no_bound(name, texts, said):
    rows = [f"{text},." for text in (*texts, texts[0])]  # twice, so that no day is a key
    result = init(put("t.csv", f"{name},y", *rows), "--strict")
    assert f"  t.{name}: required" in result.output
    assert said in result.output
    assert result.exit_code == 0


def test_a_number_beyond_all_doubles_is_not_called_infinite():
    rows = f'[{{"a": 1}}, {{"a": 2.5}}, {{"a": {"9" * 400}}}]'
    result = init(put("t.json", rows), "--strict")
    said = "t.a: from 1 to 2.5, besides 1 cell of INF, NaN or numbers beyond 1.8e308\n"
    assert said in result.output.partition("written by no option:")[2]
    assert schemas()["t"]["fields"][0]["constraints"] == {"required": True}


def test_a_bound_that_no_double_has_is_not_written():
    texts = ["0.1", "0.5", "0.10000000000000000001", "0.50000000000000000001"]
    result = init(put("t.csv", "x,y", *(f"{text},." for text in texts)), "--strict")
    assert "  t.x: required\n" in result.output
    assert "written by no option:\n  t.x: from 0.1 to 0.5\n" in result.output
    assert schemas()["t"]["fields"][0]["constraints"] == {"required": True}
    assert result.exit_code == 0


def test_a_bound_beyond_the_exact_doubles_is_the_number_that_is_written():
    texts = ["0.5", "6.654298487888282e+16", "1"]
    assert init(put("t.csv", "x,y", *(f"{text},." for text in texts)), "--strict").exit_code == 0


COUNTRIES = [f"{place},{kind}" for place, kind in zip(
    ["A,1", "A,2", "A,3", "B,1", "B,2", "B,3", "C,1", "C,2", "C,3"], "xyxxyxxxx", strict=True
)]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["2024-01-01", "2024-01-02", "2024-01-03", "2024-01-04"], "date"),
        (["2024-01-01T00:00:00", "2024-01-01T00:10:00", "2024-01-01T00:20:00",
          "2024-01-01T00:30:00"], "datetime"),
        (["00:00:00", "00:10:00", "00:20:00", "00:30:00"], "time"),
        (["2024-01", "2024-02", "2024-03", "2024-04"], "yearmonth"),
        (["2001", "2002", "2003", "2004"], "integer"),
    ],
)  # fmt: skip
def test_a_date_or_time_that_is_other_in_every_row_is_a_key_by_itself(values, kind):
    rows = [f"{value},{status}" for value, status in zip(values, "abab", strict=True)]
    result = init(put("t.csv", "t,status", *rows), "--strict")
    assert "together" not in result.output
    assert schemas()["t"]["fields"][0]["type"] == kind
    assert schemas()["t"]["primaryKey"] == ["t"]
    assert not validate().findings


@pytest.mark.parametrize(
    "rows",
    [
        ["2024-01-02,1.5", "2024-01-01,1.5", "2024-01-03,1.5"],
        ["2024-01-01,1.5", "2024-01-02,1.5", "9999-12-31,1.5"],
        ["07:30:00,1.5", "07:10:00,1.5", "07:45:00,1.5"],
        ["1,1.5", "2,1.5", "9999,1.5"],
        ["a,1.5", "NA,1.5", "b,NA"],
        [f"what {'is written here ' * 5}{number},1.5" for number in range(3)],
    ],
    ids=["in no order", "a far day", "times in no order", "a far number", "NA", "prose"],
)
def test_what_may_repeat_or_be_missing_is_no_key(rows):
    result = init(put("t.csv", "t,x", *rows), "--strict")
    assert "primaryKey" not in schemas()["t"]
    assert "a candidate key" not in result.output
    assert "unique" not in result.output


def test_what_is_probably_a_fault_is_in_no_set_and_no_key():
    rows = [f"{day},true" for day in range(1, 20)]
    init(put("t.csv", "n,flag", *rows, "x,maybe"), "--strict")
    assert [one.get("constraints") for one in schemas()["t"]["fields"]] == [{"required": True}] * 2
    assert "primaryKey" not in schemas()["t"]


def test_spaces_around_numbers_are_not_said_but_where_they_count():
    result = init(put("t.csv", "x,y", "   7.1,a", "  -999,b", "   7.5,c", "  -999,d"))
    assert 't.x: "  -999" in 2 cells, all others from 7.1 to 7.5; if it means' in result.output


def test_a_series_that_falls_is_a_key_and_one_of_several_batches():
    assert (
        "t.t: a candidate key" in init(put("t.csv", "t", *["2024-03", "2024-02", "2024-01"])).output
    )
    DESCRIPTOR.unlink()
    days = [f"{1000 + number // 336}-{number // 28 % 12 + 1:02}-{number % 28 + 1:02}"
            for number in range(300_000)]  # fmt: skip
    put("u.csv", "t", *days)
    assert "u.t: a candidate key" in init("u.csv").output
    DESCRIPTOR.unlink()
    put("u.csv", "t", *days[150_000:], *days[:150_000])
    assert "candidate" not in init("u.csv").output


def test_a_date_in_no_order_is_no_part_of_a_key_that_it_would_be_alone():
    rows = ["2024-01-02,a", "2024-01-01,a", "2024-01-03,b", "2024-01-05,b", "2024-01-04,a"]
    assert "a candidate key" not in init(put("t.csv", "t,x", *rows)).output


def test_a_date_is_unique_beside_a_key_and_refers_to_no_other_table():
    days = ["2024-01-01", "2024-01-02", "2024-01-03"]
    put("a.csv", "day,id", *[f"{day},{number}" for number, day in enumerate(days, 7)])
    put("b.csv", "day,n", *[f"{day},1.5" for day in days])
    result = init("a.csv", "b.csv", "--strict")
    assert schemas()["a"]["primaryKey"] == ["id"]
    assert schemas()["a"]["fields"][0]["constraints"]["unique"] is True
    assert "foreign key" not in result.output


def test_a_date_with_gaps_is_no_key():
    init(put("t.csv", "t,x", "2024-01-01,1.5", "2024-01-02,2", ",2"), "--strict")
    assert "primaryKey" not in schemas()["t"]


def test_fields_that_are_a_key_together_are_one_where_no_field_is():
    result = init(put("t.csv", "country,year,kind", *COUNTRIES))
    assert "  t.country + year: a candidate key, together\n" in result.output
    assert "primaryKey" not in schemas()["t"]
    DESCRIPTOR.unlink()
    assert init("t.csv", "--strict").exit_code == 0
    assert schemas()["t"]["primaryKey"] == ["country", "year"]
    put("t.csv", "country,year,kind", *COUNTRIES, "A,1,y")
    assert [found.code for found in validate().findings] == ["primary-key"]


def test_too_many_fields_for_such_keys_are_said():
    rows = [",".join(str(number >> shift & 1) for shift in range(9)) for number in range(512)]
    said = "t: no candidate key was found; of several fields, only the first 8 fields were tried"
    assert said in init(put("t.csv", ",".join("abcdefghi"), *rows)).output


def test_too_many_rows_for_such_keys_are_said(monkeypatch):
    monkeypatch.setattr("validate._src.describe.keys.MOST_ROWS", 5)
    said = "t: no candidate key was found; of several fields, its 9 rows are too many for that"
    assert said in init(put("t.csv", "country,year,kind", *COUNTRIES)).output


PERSONS = ["name,age,city,town,since,n", *(
    f"SECRET{number},{1000 + number},SECRET{number % 2},SECRET{number % 2},2024-01-0{number + 1},1"
    for number in range(8)
), "SECRETX,SECRETX,SECRET1,SECRET0,2024-13-01,-"]  # fmt: skip


@pytest.mark.parametrize("options", [(), ("--strict",)])
def test_no_value_of_a_restricted_field_is_written_or_said(options):
    put("towns.csv", "town,n", "SECRET0,1", "SECRET1,2", "SECRET2,3")
    restricted = [part for name in ("name", "age", "city", "town", "since")
                  for part in ("--restricted", name)]  # fmt: skip
    result = init(put("t.csv", *PERSONS), "towns.csv", *options, *restricted)
    written = DESCRIPTOR.read_text("utf-8")
    for secret in ("SECRET", "100", "2024"):
        assert secret not in result.output.replace("SECRETS", "")
        assert secret not in written
    assert "t.age is string: 8 of 9 cells are integers; line 10 is [withheld]" in result.output
    fields = {field["name"]: field for field in schemas()["t"]["fields"]}
    assert fields["name"]["restricted"] is True
    assert "restricted" not in fields["n"]
    assert validate().findings.errors == 0


def test_what_refers_to_a_restricted_field_tells_none_of_its_values():
    put("towns.csv", "town,n", "SECRET0,1", "SECRET1,2", "SECRET2,3")
    rows = [f"SECRET{number % 2},{number}" for number in range(8)]
    result = init(put("t.csv", "at,n", *rows), "towns.csv", "--restricted", "town", "--strict")
    assert "t.at: required; a foreign key, all values are in towns.town" in result.output
    assert "SECRET" not in result.output + DESCRIPTOR.read_text("utf-8")


def test_a_restricted_field_that_no_table_has_is_refused():
    result = init("boats.csv", "--restricted", "harbor")
    assert result.exit_code == 2
    said = 'validate: --restricted: there is no field "harbor"; did you mean harbour?\n'
    assert result.output == said
    assert not DESCRIPTOR.exists()


def test_what_has_no_finite_value_has_no_range():
    init(put("t.csv", "x,y", "INF,a", "-INF,b", "INF,c"), "--strict")
    assert validate().valid
    assert schemas()["t"]["fields"][0]["constraints"] == {"required": True}


def test_facts_of_several_batches_are_those_of_all_rows():
    rows = [f"{number},{number % 7}" for number in range(300_000)]
    init(put("t.csv", "n,m", *rows))
    facts = facts_of(load_package(Path()).tables["t"])
    n, m = facts.columns["n"], facts.columns["m"]
    assert (facts.rows, n.least, n.greatest) == (300_000, (0, "0"), (299_999, "299999"))
    assert (len(n.distinct), len(m.distinct), m.texts) == (300_000, 7, frozenset("0123456"))


CELLS = st.one_of(
    st.integers(-1000, 10000).map(str),
    st.floats(width=32).map(str),
    st.decimals(-10, 10, allow_nan=False).map(str),
    st.dates().map(str),
    st.sampled_from(["INF", "-INF", "NaN", "NA", "-", "", "-9999", "999", "9999-12-31", "1e999",
                     "0.1", "0.10000000000000000001", "1e-400", "a", "b", "Total", "m", "[kg]",
                     "20240131", "20240229", "20240230", "1,5", "5 %", "1 234", "true"]),
)  # fmt: skip


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)  # whose folder is only where this test happens to run
@given(
    columns=st.lists(
        st.lists(CELLS, min_size=1, max_size=3).flatmap(
            lambda few: st.lists(st.one_of(CELLS, *map(st.just, few)), min_size=9, max_size=9)
        ),
        min_size=2,
        max_size=4,
    )
)
def test_constraints_that_are_written_refuse_none_of_the_rows(columns):
    labels = ["day", "b", "id", "t_id"][: len(columns)]
    with TemporaryDirectory() as folder:
        file = Path(folder, "t.csv")
        other = Path(folder, "u.csv")
        rows = [*zip(*columns, strict=True)]
        file.write_text(write_records([labels, *rows]), "utf-8", newline="")
        other.write_text(write_records([labels, *rows[:4]]), "utf-8", newline="")
        plain, strict = Path(folder, "plain.json"), Path(folder, "strict.json")
        write(describe([file, other], plain).descriptor, plain)
        write(describe([file, other], strict, strict=True).descriptor, strict)
        found = {one: [*validate(one).findings] for one in (plain, strict)}
    said = [[(one.code, one.row, one.field) for one in found[path]] for path in (plain, strict)]
    assert said[0] == said[1]


def test_nothing_is_written_from_a_row_that_is_probably_a_total():
    put("t.csv", "place,n,m", "North,1,2.5", "South,2,3.5", "West,5,1.5", "Summe,8,7.5")
    result = init("t.csv", "--strict")
    said = (
        "also seen, and written by no option:\n"
        "  t: no constraints or keys, since row 5 is probably a total; "
        "remove it from the file first\n"
    )
    assert said in result.output
    assert "constraints written" not in result.output
    assert not any("constraints" in field for field in schemas()["t"]["fields"])
    assert "primaryKey" not in schemas()["t"]


def test_what_is_no_constraint_stands_under_no_heading_of_constraints():
    result = init(put("t.csv", "x,y", "1,.", "2.5,.", "999,.", "999,."), "--strict")
    written, unwritten = result.output.split("also seen, and written by no option:\n")
    assert "  t.x: required\n" in written
    assert unwritten.startswith("  t.x: 999 in 2 cells, all others from 1 to 2.5")


SEEN = [f"A{number:03},{50 + number},{number / 8},2025-02-{number:02}" for number in range(1, 21)]


@pytest.mark.parametrize(
    "broken",
    ["A031,51,2345,-0.28674,2025-02-03", "A001,9999.5", "A031,51,2345,2025-02-03,A,,,"],
    ids=["too many", "too few", "far too many"],
)
@pytest.mark.parametrize("held", [True, False])
def test_broken_rows_are_in_no_bound_and_keep_no_field_from_being_a_key(broken, held, monkeypatch):
    if not held:
        monkeypatch.setattr("validate._src.describe.held.MOST_HELD", 0)
    result = init(put("t.csv", "id,lat,lon,seen", *SEEN[:10], broken, *SEEN[10:]), "--strict")
    said = "  t: 1 row that has too many or too few cells is left out of all this\n"
    assert said in result.output.partition("written by no option:")[2]
    schema = schemas()["t"]
    bounds = [schema["fields"][at]["constraints"] for at in (1, 2)]
    assert [one["minimum"] for one in bounds] == [51, 0.125]
    assert [one["maximum"] for one in bounds] == [70, 2.5]
    assert schema["primaryKey"] == ["id"]


def test_broken_rows_are_in_no_key_of_several_fields():
    put("t.csv", "country,year,kind", *COUNTRIES, "A,1", "A,1,x,1")
    init("t.csv", "--strict")
    assert schemas()["t"]["primaryKey"] == ["country", "year"]


def test_empty_cells_beyond_the_columns_and_other_keys_break_no_row():
    result = init(put("t.csv", "n,m", "1,2.5,", "2,3.5,,", "30,4.5,"), "--strict")
    assert schemas()["t"]["fields"][0]["constraints"]["maximum"] == 30
    assert "too many or too few" not in result.output
    DESCRIPTOR.unlink()
    put("t.json", '[{"n": 1, "m": 2.5},', '{"n": 2, "m": 3.5},', '{"n": 30, "m": 4.5}, {"n": 31}]')
    result = init("t.json", "--strict")
    assert schemas()["t"]["fields"][0]["constraints"]["maximum"] == 31
    assert "too many or too few" not in result.output
