"""What parts tell as bytes: our own values come back as they were, and nothing else does."""

import json
import random
from dataclasses import dataclass
from datetime import date, datetime, time

import polars as pl
import pytest
from polars.testing import assert_frame_equal, assert_series_equal

from validate import validate
from validate._src.checks.check import Fact
from validate._src.engine._encoding import SIZE, VALUES, Decoder, NoValueError, encoded
from validate._src.package.descriptor import load_package
from validate._src.reading.splits import Told
from validate._src.reading.stretches import Stretch
from validate._src.words.outcome import Checked, NotChecked


@pytest.fixture
def package(make_package):
    return load_package(make_package([{"name": "id"}], "id\n1\n"))


def back(value, package):
    return Decoder(package).decoded(encoded(value))


@pytest.mark.parametrize(
    "value",
    [
        None, True, 7, 2**80, -1.5, "", "池\n\ud800", (), [1, "a"], (1, (2, [3])), range(3, 9),
        {"a": 1, ("b", 2): None}, frozenset({"b", "a"}), Checked("rows", 3),
        NotChecked("a", "b", frozenset({"x"}), None), Told(1, 2, 3, is_ascii=False),
    ],
    ids=lambda value: type(value).__name__,  # what a set is printed as differs in each process
)  # fmt: skip
def test_values_come_back(package, value):
    found = back(value, package)
    assert found == value
    assert type(found) is type(value)


COLUMNS = [
    pl.Series("", [1, None, 3], dtype=pl.UInt64),
    pl.Series("a", [2**70, None], dtype=pl.Int128),
    pl.Series("a", ["", None, "池"]),
    pl.Series("a", [None, None]),
    pl.Series("a", [], dtype=pl.Boolean),
    pl.Series("a", [date(2020, 1, 1), None]),
    pl.Series("a", [time(1, 2), None]),
    pl.Series("a", [datetime(2020, 1, 1), None]).dt.replace_time_zone("UTC"),
    pl.Series("a", [["x", None], [], None], dtype=pl.List(pl.String)),
    pl.Series("a", [b"\xff", None]),
    pl.Series("a", ["x", "y"], dtype=pl.Categorical),
    pl.Series("a", [float("nan"), None]),
]


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: str(column.dtype))
def test_columns_come_back(package, column):
    assert_series_equal(back(column, package), column)
    found = back((column.to_frame(), [column]), package)
    assert_frame_equal(found[0], column.to_frame())


def test_a_frame_without_columns_keeps_its_height(package):
    assert back(pl.DataFrame(height=7), package).height == 7


def test_tables_and_files_are_those_of_the_package_at_hand(package):
    table = package.tables["t"]
    found, stretch = back((table, Stretch(table.parts[0], 0, 2, 2, 1)), package)
    assert found is table
    assert stretch.part is table.parts[0]


def test_every_fact_can_be_written():
    assert set(Fact.__subclasses__()) <= set(VALUES)


def test_findings_come_back(make_package):
    folder = make_package([{"name": "id", "type": "integer"}], "id\nx\ny\n1\n")
    (frame,) = validate(folder).findings.frames()
    assert frame.height == 2


@dataclass(frozen=True)
class _Other:
    held: int = 1


@pytest.mark.parametrize("value", [object(), b"", _Other(), {1: _Other()}, [object()]])
def test_what_is_none_of_ours_is_not_written(value):
    with pytest.raises(TypeError, match="cannot be written"):
        encoded(value)


def made_up(told, *columns):
    text = json.dumps([told, [*map(len, columns)]]).encode()
    return b"".join([len(text).to_bytes(SIZE, "little"), text, *columns])


@pytest.mark.parametrize(
    "told",
    [
        [], ["system", "ls"], ["os.system", "ls"], ["__import__", "os"], ["Checked"],
        ["Checked", "a", 1, 2], ["table", "none"], ["part", "none", ""], ["column", 0],
        ["column", 9], ["frame", None, 1], ["range", "a", "b"], ["map", 1], ["map", [["list"], 1]],
        ["findings", 1], [["tuple"]], [{}], ["Path", "/"],
    ],
    ids=lambda value: type(value).__name__,  # what a set is printed as differs in each process
)  # fmt: skip
def test_what_is_made_up_is_no_value(package, told):
    with pytest.raises(NoValueError):
        Decoder(package).decoded(made_up(told, b"no columns"))


@pytest.mark.filterwarnings("ignore")
def test_random_bytes_are_no_value(package):
    chance = random.Random(0)
    for size in (0, 1, 8, 9, 100, 1000):
        with pytest.raises(NoValueError):
            Decoder(package).decoded(chance.randbytes(size))
        with pytest.raises(NoValueError):
            Decoder(package).decoded(made_up(["column", 0], chance.randbytes(size)) + b"x")
