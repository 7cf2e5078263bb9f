"""Frames of Polars and pandas are judged as the same table in a file is."""

import datetime as dt
import pickle
import subprocess
import sys
from decimal import Decimal
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from support.made import one_table, places

from validate import validate
from validate._src.report.formats import FORMATS, renderer
from validate._src.report.formats.view import View

TYPES = {
    "pond": "string",
    "depth": "number",
    "fish": "integer",
    "dug": "date",
    "seen": "datetime",
    "opens": "time",
    "open": "boolean",
    "tags": "array",
    "keeper": "object",
    "freezes": "duration",
}
FIELDS = [{"name": name, "type": kind} for name, kind in TYPES.items()]
BERLIN = dt.datetime(2025, 1, 2, 3, 4, 5, tzinfo=ZoneInfo("Europe/Berlin"))
ROWS = {
    "pond": ["Mirror", "Reed", None],
    "depth": [2.5, float("nan"), None],
    "fish": [3, -1, None],
    "dug": [dt.date(1912, 4, 1), None, None],
    "seen": [BERLIN, None, None],
    "opens": [dt.time(9, 30), None, None],
    "open": [True, False, None],
    "tags": [["a"], [], None],
    "keeper": [{"name": "Ada"}, {"name": None}, None],
    "freezes": [dt.timedelta(days=30), None, None],
}


def schema(*fields, **more):
    return {"fields": [{"name": name, "type": kind} for name, kind in fields], **more}


def found(report):
    return [(one.row, one.field, one.code, one.value, one.message) for one in report]


@pytest.mark.parametrize("wanted", [None, *sorted({*TYPES.values()})])
@pytest.mark.parametrize("form", [lambda frame: frame, pl.DataFrame.lazy], ids=["frame", "lazy"])
def test_a_frame_is_judged_as_its_parquet_file_is(tmp_path, wanted, form):
    frame = pl.DataFrame(ROWS)
    fields = [{**field, "type": wanted or field["type"]} for field in FIELDS]
    folder, file = one_table(tmp_path, "t.parquet", fields)
    frame.write_parquet(file)
    report = validate(form(frame), {"fields": fields})
    assert found(report) == found(validate(folder))
    if wanted is None:
        assert places(report) == [(4, None, "blank-row")]


def test_findings_have_rows_and_no_lines():
    frame = pl.DataFrame({"n": ["1", "x", "3"], "m": ["a", "b", "a"]})
    report = validate(frame, schema(("n", "integer"), ("m", "string"), primaryKey=["m"]))
    assert [(one.path, one.row, one.line, one.key) for one in report] == [
        ("frame", 3, None, ("b",)),
        ("frame", 4, None, ("a",)),
    ]
    assert [one.code for one in report] == ["type-error", "primary-key"]
    assert (report.package, report.location) == ("frame", "frame")


def test_rows_of_all_batches_count_on(monkeypatch):
    monkeypatch.setattr("validate._src.reading.frames.BATCH", 2)
    rows = {"n": ["1", "2", "3", "4", "x"]}
    wanted = [(6, "n", "type-error")]
    for frame in (pl.DataFrame(rows), pl.LazyFrame(rows), pd.DataFrame(rows)):
        assert places(validate(frame, schema(("n", "integer")))) == wanted


@pytest.mark.parametrize("make", [pl.DataFrame, pl.LazyFrame, pd.DataFrame])
def test_an_empty_frame_has_its_header_checked(make):
    report = validate(make({"n": []}), schema(("n", "any"), ("m", "any")))
    assert places(report) == [(1, "m", "missing-label")]


@pytest.mark.parametrize("make", [pl.DataFrame, pl.LazyFrame, pd.DataFrame])
def test_a_frame_without_columns_has_no_header(make):
    assert places(validate(make(), schema(("n", "any")))) == [(1, None, "blank-header")]


def test_cells_of_objects_have_a_type_each():
    cells = [1, "2", 2.5, True, None, dt.date(2024, 1, 1), {"a": 1}, np.int64(7), np.float64(0.5)]
    frame = pl.DataFrame({"n": pl.Series(cells, dtype=pl.Object), "m": range(len(cells))})
    wrong = [4, 5, 7, 8, 10]
    for given in (frame, frame.lazy(), pd.DataFrame({"n": cells, "m": range(len(cells))})):
        report = validate(given, schema(("n", "integer"), ("m", "integer")))
        assert [one.row for one in report] == wrong


@pytest.mark.parametrize("kind", ["any", "string", "number", "array", "date"])
@pytest.mark.parametrize("value", ["\ud800", ["\udfff"], {"\ud800": 1}, np.str_("\ud800")])
def test_half_a_surrogate_pair_in_a_cell_is_found(value, kind):
    objects = pl.DataFrame({"a": pl.Series([value], dtype=pl.Object)})
    for frame in (objects, pd.DataFrame({"a": pd.Series([value], dtype=object)})):
        (finding,) = validate(frame, schema(("a", kind)))
        assert (finding.row, finding.code) == (2, "type-error")
        assert "half of a surrogate pair" in finding.message


def test_half_a_surrogate_pair_in_a_label_is_a_label_that_no_field_has():
    frame = pd.DataFrame({"a": [1], "b": [2]})
    frame.columns = pd.Index(["a", "\ud800"], dtype=object)
    (finding,) = validate(frame, schema(("a", "integer")))
    assert (finding.row, finding.code) == (1, "extra-label")
    assert finding.message.endswith(
        "; the label has half of a surrogate pair, which is not a character"
    )


def test_half_a_surrogate_pair_is_not_the_label_that_is_shown_for_it():
    frame = pd.DataFrame([[1]], columns=pd.Index(["\ud800"], dtype=object))
    (finding,) = validate(frame, schema(("?", "integer")))
    assert (finding.row, finding.code, finding.value) == (1, "incorrect-label", "?")


def test_a_signalling_nan_is_no_number_and_hides_no_missing_value():
    """pandas compares each value with itself, which such a one refuses."""
    cells = [Decimal("sNaN"), None, float("nan"), Decimal("NaN"), Decimal(1)]
    fields = schema(("a", "number"), ("b", "any"))
    fields["fields"][0]["constraints"] = {"required": True}
    report = validate(pd.DataFrame({"a": pd.Series(cells, dtype=object), "b": 1}), fields)
    codes = [(2, "type-error"), (3, "constraint-error"), (4, "constraint-error")]
    assert [(one.row, one.code) for one in report] == [*codes, (5, "constraint-error")]
    assert next(iter(report)).value == "sNaN"


def test_categories_decimals_and_wide_integers_are_their_values():
    frame = pl.DataFrame(
        {
            "c": pl.Series(["k", "l"], dtype=pl.Categorical),
            "e": pl.Series(["k", "l"], dtype=pl.Enum(["k", "l"])),
            "d": pl.Series([Decimal("1.50"), Decimal("2.25")]),
            "w": pl.Series([1, 2], dtype=pl.Int128),
            "x": pl.Series([None, None]),
        }
    )
    kinds = ("c", "string"), ("e", "string"), ("d", "number"), ("w", "integer"), ("x", "date")
    assert validate(frame, schema(*kinds)).valid
    wrong = schema(*((name, "boolean") for name, _ in kinds))
    assert {one.value for one in validate(frame, wrong)} == {"k", "l", "1.50", "2.25", "1", "2"}


PANDAS = {
    "text": pd.Series(["Mirror", None]),
    "text of Python": pd.Series(["Mirror", None], dtype="string[python]"),
    "text in objects": pd.Series(["Mirror", None], dtype=object),
    "categories": pd.Series(["Mirror", None], dtype="category"),
}


@pytest.mark.parametrize("kind", PANDAS)
def test_texts_of_pandas_are_texts_in_whatever_type(kind):
    given = schema(("pond", "string"), ("n", "integer"), missingValues=["-"])
    given["fields"][0]["constraints"] = {"required": True}
    frame = pd.DataFrame({"pond": PANDAS[kind], "n": [1, 2]})
    assert places(validate(frame, given)) == [(3, "pond", "constraint-error")]
    given["fields"][0] = {"name": "pond", "type": "integer"}
    assert places(validate(frame, given)) == [(2, "pond", "type-error")]


NUMBERS = {
    "Int64": ("integer", [1, None]),
    "UInt8": ("integer", [1, None]),
    "int16": ("integer", [1, 2]),
    "Float32": ("number", [1.5, None]),
    "float64": ("number", [1.5, None]),
    "float16": ("number", [1.5, None]),
    "boolean": ("boolean", [True, None]),
    "bool": ("boolean", [True, False]),
}


@pytest.mark.parametrize("dtype", NUMBERS)
def test_numbers_of_pandas_keep_their_types_and_nulls(dtype):
    kind, cells = NUMBERS[dtype]
    frame = pd.DataFrame({"v": pd.Series(cells, dtype=dtype), "n": [1, 2]})
    assert validate(frame, schema(("v", kind), ("n", "integer"))).valid
    wrong = validate(frame, schema(("v", "date"), ("n", "integer")))
    assert [one.row for one in wrong] == [2, 3][: 2 - cells.count(None)]


FLOATS = {
    "float16": "0.30004883",
    "float32": "0.3",
    "Float32": "0.3",
    "float64": "0.3",
    "Float64": "0.3",
    "longdouble": "0.3",
    "halffloat[pyarrow]": "0.30004883",
    "float[pyarrow]": "0.3",
    "Sparse[float32]": "0.3",
}


@pytest.mark.parametrize("dtype", FLOATS)
def test_singles_of_pandas_are_the_numbers_that_they_are_written_with(dtype):
    column = pd.Series([0.1, 0.3, 0.3, np.nan], dtype=dtype)
    given = schema(("x", "number"), ("n", "integer"), primaryKey=["x"])
    given["fields"][0]["constraints"] = {"maximum": 0.1}
    report = validate(pd.DataFrame({"x": column, "n": range(4)}), given)
    told = [(one.row, one.code, one.value) for one in report]
    text = FLOATS[dtype]
    assert told == [
        (3, "constraint-error", text),
        (4, "primary-key", text),
        (4, "constraint-error", text),
        (5, "primary-key", None),
        (5, "constraint-error", None),
    ]


def test_singles_among_objects_are_the_numbers_that_they_are_written_with():
    cells = [np.float32(0.1), np.float16(0.3), 0.3]
    given = schema(("x", "number"), ("n", "integer"))
    given["fields"][0]["constraints"] = {"maximum": 0.1}
    report = validate(pd.DataFrame({"x": pd.Series(cells, dtype=object), "n": range(3)}), given)
    assert [one.value for one in report] == ["0.30004883", "0.3"]


ARROW = {
    "numbers": pl.Series([0.1, -0.0, None], dtype=pl.Float32),
    "integers": pl.Series([1, 2**64 - 1, None], dtype=pl.UInt64),
    "texts": pl.Series(["a", "", None]),
    "categories": pl.Series(["a", "", None], dtype=pl.Categorical),
    "bytes": pl.Series([b"\xff", b"", None]),
    "days": pl.Series([dt.date(2024, 1, 2), dt.date(1, 1, 1), None]),
    "moments": pl.Series([BERLIN, BERLIN, None]),
    "durations": pl.Series([dt.timedelta(days=1), dt.timedelta(seconds=-1), None]),
    "decimals": pl.Series([Decimal("1.50"), Decimal("10.00"), None]),
    "lists": pl.Series([[1.5, float("inf"), -0.0, 1e22], [], None]),
    "structs": pl.Series([{"a": 1.0, "b": dt.date(2024, 1, 1)}, {"a": None, "b": None}, None]),
}


@pytest.mark.parametrize("wanted", sorted({*TYPES.values(), "any", "year", "list"}))
@pytest.mark.parametrize("name", ARROW)
def test_columns_of_arrow_in_pandas_are_what_polars_makes_of_them(name, wanted):
    frame = pl.DataFrame({"x": pl.concat([ARROW[name]] * 2), "n": range(6)})
    of_pandas = frame.to_pandas(use_pyarrow_extension_array=True)
    given = schema(("x", wanted), ("n", "integer"), primaryKey=["x"])
    given["fields"][1]["constraints"] = {"maximum": -1}
    assert found(validate(of_pandas, given)) == found(validate(frame, given))


def test_days_of_arrow_in_milliseconds_are_days():
    column = pd.Series([dt.date(2024, 1, 2)], dtype=pd.ArrowDtype(pa.date64()))
    frame = pd.DataFrame({"x": column, "n": [1]})
    assert validate(frame, schema(("x", "date"), ("n", "integer"))).valid


def test_numbers_of_arrow_that_polars_has_not_are_judged_one_by_one():
    column = pd.Series([Decimal("1.50"), None], dtype=pd.ArrowDtype(pa.decimal256(50, 2)))
    frame = pd.DataFrame({"x": column, "n": [1, 2]})
    given = schema(("x", "date"), ("n", "integer"))
    assert [(one.row, one.value) for one in validate(frame, given)] == [(2, "1.50")]


@pytest.mark.parametrize(
    ("cells", "texts"),
    [
        ([b"\xff", b"", None], ["/w==", None, None]),
        ([dt.timedelta(days=1), dt.timedelta.max, None], ["P1D", "P999999999DT23H59M59.999999S"]),
    ],
)
def test_bytes_and_durations_among_objects_are_texts(cells, texts):
    given = schema(("x", "string"), ("n", "integer"))
    given["fields"][0]["constraints"] = {"enum": ["none"]}
    columns = {"x": pd.Series(cells, dtype=object), "n": range(3)}
    report = validate(pd.DataFrame(columns), given)
    assert [one.value for one in report] == [text for text in texts if text]


@pytest.mark.parametrize("dtype", [pl.String, pl.Binary, pl.Categorical, pl.Enum(["", "a"])])
@pytest.mark.parametrize("missing", ["", "-"])
def test_empty_texts_of_all_types_are_missing_where_they_are_named(tmp_path, dtype, missing):
    cells = [b"", b"a"] if dtype == pl.Binary else ["", "a"]
    frame = pl.DataFrame({"x": pl.Series(cells, dtype=dtype), "n": [1, 2]})
    given = schema(("x", "string"), ("n", "integer"), missingValues=[missing])
    given["fields"][0]["constraints"] = {"required": True}
    frame.write_parquet(tmp_path / "t.parquet")
    wanted = [] if missing else [(2, "x", "constraint-error")]
    for table in (frame, frame.lazy(), frame.to_pandas()):
        assert places(validate(table, given)) == wanted
    assert places(validate(tmp_path / "t.parquet", schema=given)) == wanted


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
@pytest.mark.parametrize(
    ("zone", "text"),
    [
        (None, "2024-01-02T03:04:05"),
        ("Europe/Berlin", "2024-01-02T03:04:05"),
        ("+02:00", "2024-01-02T01:04:05"),
        ("UTC", "2024-01-02T03:04:05"),
    ],
)
def test_times_of_pandas_keep_unit_and_zone(unit, zone, text):
    times = pd.Series(pd.to_datetime(["2024-01-02T03:04:05", None])).dt.as_unit(unit)
    frame = pd.DataFrame({"t": times.dt.tz_localize(zone), "n": [1, 2]})
    assert validate(frame, schema(("t", "datetime"), ("n", "integer"))).valid
    (wrong,) = validate(frame, schema(("t", "date"), ("n", "integer")))
    assert (wrong.row, wrong.value[:19]) == (2, text)


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_durations_of_pandas_are_durations(unit):
    lasted = pd.Series(pd.to_timedelta(["30h", None])).dt.as_unit(unit)
    frame = pd.DataFrame({"t": lasted, "n": [1, 2]})
    assert validate(frame, schema(("t", "duration"), ("n", "integer"))).valid
    (wrong,) = validate(frame, schema(("t", "date"), ("n", "integer")))
    assert (wrong.row, wrong.value) == (2, "P1DT6H")


def test_times_among_objects_are_datetimes():
    cells = [pd.Timestamp("2024-01-02"), np.datetime64("2024-01-02T00:00:00", "ns"), "x", pd.NaT]
    frame = pd.DataFrame({"t": pd.Series(cells, dtype=object), "n": range(4)})
    report = validate(frame, schema(("t", "datetime"), ("n", "integer")))
    assert places(report) == [(4, "t", "type-error")]


def test_columns_of_pandas_go_by_place_even_if_they_share_a_name():
    frame = pd.DataFrame([[1, "x"]], columns=["n", "n"])
    assert places(validate(frame, schema(("n", "integer"), ("m", "string")))) == [
        (1, "m", "duplicate-label")
    ]
    levels = pd.MultiIndex.from_tuples([("depth", "m"), ("depth", "ft")])
    frame = pd.DataFrame([[1, 2]], columns=levels)
    assert validate(frame, schema(("depth m", "integer"), ("depth ft", "integer"))).valid
    frame = pd.DataFrame([[1, 2]])
    assert validate(frame, schema(("0", "integer"), ("1", "integer"))).valid


@pytest.mark.parametrize(
    ("index", "said"),
    [
        (None, False),
        (pd.RangeIndex(5, 7), False),
        (pd.RangeIndex(2, name="id"), True),
        (["a", "b"], True),
        ([0, 1], True),
    ],
)
def test_an_index_that_is_no_plain_range_is_said_to_be_ignored(index, said):
    frame = pd.DataFrame({"n": [1, 2]}, index=index)
    report = validate(frame, schema(("n", "integer")))
    assert report.valid
    assert [one.what for one in report.not_checked] == ["index of the frame"] * said


def test_a_lazy_frame_is_evaluated_once():
    evaluated = []

    def seen(frame):
        evaluated.append(frame.height)
        return frame

    frame = pl.LazyFrame({"n": [2, 1, 2]}).map_batches(seen)
    report = validate(frame, schema(("n", "integer"), primaryKey="n"))
    assert (places(report), evaluated) == ([(4, None, "primary-key")], [3])


def test_what_evaluating_a_lazy_frame_raises_is_its_own():
    with pytest.raises(pl.exceptions.ColumnNotFoundError):
        validate(pl.LazyFrame({"n": [1]}).select("m"), schema(("n", "integer")))


def test_all_formats_of_reports_show_the_rows():
    frames = pl.DataFrame({"n": ["1", "x"]}), pd.DataFrame({"n": ["1", "x"]})
    for frame in (*frames, frames[0].lazy()):
        report = validate(frame, schema(("n", "integer")))
        assert report.rows(report)["frame", 3].cells == ("x",)
        for name in FORMATS:
            assert "frame" in "".join(renderer(name)([report], View()))
        assert found(pickle.loads(pickle.dumps(report))) == found(report)


def test_keys_to_other_tables_are_named_as_not_checked():
    key = {"fields": "n", "reference": {"resource": "ponds", "fields": "n"}}
    own = {"fields": "m", "reference": {"resource": "", "fields": "n"}}
    frame = pl.DataFrame({"n": [1, 2], "m": [1, 3]})
    given = schema(("n", "integer"), ("m", "integer"), foreignKeys=[key, own])
    report = validate(frame, given)
    assert places(report) == [(3, "m", "foreign-key")]
    assert [one.what for one in report.not_checked] == ["foreign key frame.n"]


def test_fast_and_progress_go_with_frames():
    told = []
    given = schema(("n", "integer"))
    given["fields"][0]["constraints"] = {"minimum": 5}
    report = validate(pl.DataFrame({"n": [1, 2]}), given, fast=True, progress=told.append)
    assert report.valid
    assert [one.rows for one in told] == [2, 2]


def test_a_schema_may_be_a_file(tmp_path):
    file = tmp_path / "schema.json"
    file.write_text('{"fields": [{"name": "n", "type": "integer"}]}')
    frame = pl.DataFrame({"n": [1, 2]})
    assert validate(frame, file).valid
    assert validate(frame, schema=str(file)).valid


WITHOUT_PANDAS = """
import sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "pandas":
            raise ModuleNotFoundError("No module named 'pandas'", name="pandas")

sys.meta_path.insert(0, Absent())
import polars
from validate import validate
print(validate(polars.DataFrame({"n": [1]}), {"fields": [{"name": "n"}]}))
"""


def test_pandas_need_not_be_there():
    command = [sys.executable, "-c", WITHOUT_PANDAS]
    answer = subprocess.run(command, capture_output=True, text=True)
    assert (answer.stdout, answer.stderr) == ("frame: valid\n", "")


def test_no_file_is_of_a_format_that_has_none(tmp_path):
    for name in ("frame", "inline"):
        folder, file = one_table(tmp_path, "t.csv", FIELDS[:1], format=name)
        file.write_text("pond\n")
        (left_out,) = validate(folder).not_checked
        assert left_out.why.startswith(f'files of format "{name}" cannot be read; known are csv')
