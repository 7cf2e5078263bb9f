"""Fields whose values stand in the paths of files, as tables have them."""

import json

import polars as pl
import pytest
from support.made import PROFILE, places

from validate import load, validate
from validate._src.package.descriptor import load_package
from validate._src.tables.reading import read_batches, read_table


@pytest.fixture
def package(tmp_path):
    """Writes a package of a table in files of these texts, by their paths."""

    def write(files, fields, **properties):
        for path, text in files.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text, "utf-8")
        suffix = next(iter(files)).rpartition(".")[2]
        resource = {
            "name": "t",
            "path": next(iter(files)),
            "files": {"pattern": f"**/*.{suffix}"},
            **properties,
        }
        resource["schema"] = {"fields": fields, **properties.get("schema", {})}
        descriptor = {"$schema": PROFILE, "name": "made", "resources": [resource]}
        (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
        return tmp_path

    return write


YEAR, ID = {"name": "year", "type": "integer"}, {"name": "id", "type": "integer"}


def test_columns_go_by_their_order_without_them(package):
    fields = [ID, YEAR, {"name": "n", "type": "string"}]
    folder = package({"year=1/a.csv": "id,n\n1,x\n", "year=2/a.csv": "id,n\n2,y\n"}, fields)
    assert load(folder)["t"].rows() == [(1, 1, "x"), (2, 2, "y")]


def test_a_table_without_a_header(package):
    files = {"year=1/a.csv": "1\n", "year=2/a.csv": "2\n"}
    folder = package(files, [YEAR, ID], dialect={"header": False})
    assert load(folder)["t"].rows() == [(1, 1), (2, 2)]


def test_a_later_file_without_a_header_is_told_by_its_own_columns(package):
    files = {"year=1/a.csv": "id,n\n1,1\n", "year=2/a.csv": "2,2\n"}
    folder = package(files, [YEAR, ID, {"name": "n", "type": "integer"}])
    assert [one.code for one in validate(folder)] == ["missing-header"]
    assert load(folder)["t"].rows() == [(1, 1, 1), (2, 2, 2)]


@pytest.mark.parametrize(
    ("missing", "texts", "values"),
    [
        ([""], ["", "__HIVE_DEFAULT_PARTITION__", "-"], [None, None, "-"]),
        (["-"], ["", "__HIVE_DEFAULT_PARTITION__", "-"], ["", None, None]),
    ],
)
@pytest.mark.parametrize(("suffix", "row"), [("csv", "id\n1\n"), ("ndjson", '{"id": 1}\n')])
def test_missing_values_are_those_of_the_schema(package, suffix, row, missing, texts, values):
    files = {f"by={text}/a.{suffix}": row for text in texts}
    folder = package(
        files, [{"name": "by", "type": "string"}, ID], schema={"missingValues": missing}
    )
    order = sorted(range(3), key=lambda at: f"by={texts[at]}/")
    assert load(folder)["t"]["by"].to_list() == [values[at] for at in order]


def test_a_blank_row_is_blank_whatever_its_path_says(package):
    folder = package({"year=1/a.csv": "id,n\n1,2\n,\n3,4\n"}, [YEAR, ID, {"name": "n"}])
    assert places(validate(folder)) == [(3, None, "blank-row")]


def test_a_long_row_has_an_extra_cell_and_no_other_year(package):
    folder = package({"year=1/a.csv": "id,n\n1,2,3\n"}, [YEAR, ID, {"name": "n"}])
    assert places(validate(folder)) == [(2, None, "extra-cell")]
    assert read_table(load_package(folder).tables["t"]).values["year"].to_list() == [1]


def test_only_them_can_be_asked_for(package):
    folder = package({"year=1/a.csv": "id\n1\n\n2\n", "year=2/a.csv": "id\n3\n"}, [YEAR, ID])
    tables = read_batches(load_package(folder).tables["t"], only={"year"})
    found = pl.concat(table.values["year"] for table in tables)
    assert found.to_list() == [1, 1, 1, 2]  # no other column tells that a row is blank


def test_a_cell_unlike_the_path_is_told_of_its_row(package):
    files = {"year=1/a.csv": "id,year\n1,1\n2,2\n", "year=02/a.csv": "id,year\n3,2\n"}
    report = validate(package(files, [ID, YEAR]))
    (fault,) = report
    assert (fault.path, fault.line, fault.field, fault.value) == ("year=1/a.csv", 3, "year", "2")
    assert (fault.code, fault.rule) == ("constraint-error", "partition")
    assert fault.message == "the path of its file says year=1"


def test_objects_of_which_some_lack_the_key_have_it_as_a_column(package):
    rows = '{"id": 1, "year": 1}\n{"id": 2}\n'
    (fault,) = validate(package({"year=1/a.ndjson": rows}, [ID, YEAR]))
    assert (fault.row, fault.message) == (3, "the path of its file says year=1")


def test_a_name_that_is_no_field_may_be_allowed(package):
    folder = package({"year=1/a.csv": "id\n1\n"}, [ID], schema={"fieldsMatch": "subset"})
    assert validate(folder).valid


def test_braces_in_a_name_are_said_as_they_are(package):
    field = {"name": "{}", "type": "integer"}
    (fault,) = validate(package({"{}=1/a.csv": "{}\n2\n"}, [field]))
    assert fault.message == "the path of its file says {}=1"


def test_small_files_that_are_read_together_keep_their_years(package):
    files = {f"year={year}/{part}.csv": f"id\n{part}\n" for year in (1, 2) for part in range(40)}
    folder = package(files, [YEAR, ID], schema={"primaryKey": ["year", "id"]})
    rows = sorted(load(folder)["t"].rows())
    assert rows == [(year, part) for year in (1, 2) for part in range(40)]


def test_excerpts_show_rows_as_they_stand_in_files(package):
    folder = package({"year=1/a.csv": "id\nx\n"}, [YEAR, ID])
    report = validate(folder)
    (row,) = report.rows([*report]).values()
    assert row.cells == ("x",)
