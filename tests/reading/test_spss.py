"""Files of SPSS, which its own library reads."""

import datetime as dt
import random
from collections import Counter

import polars as pl
import pyreadstat
import pytest
from support.made import one_table, places

from validate import load, validate
from validate._src.reading import spss
from validate._src.reading._apart import Worker

FIELDS = [{"name": "id", "type": "integer"}, {"name": "boat", "type": "string"}]


@pytest.fixture
def table(tmp_path):
    """Writes columns to a file of SPSS; gives the folder of its package."""

    def write(columns, fields=FIELDS, suffix="sav", properties=None, **written):
        folder, file = one_table(tmp_path, f"t.{suffix}", fields, **(properties or {}))
        pyreadstat.write_sav(pl.DataFrame(columns), file, **written)
        return folder

    return write


@pytest.mark.parametrize("rows", [1, 2, 10_000])
def test_rows_are_checked(table, monkeypatch, rows):
    monkeypatch.setattr(spss, "ROWS", rows)
    folder = table({"id": [1.0, 2.5, None, 4.0], "boat": ["Tern", "池", "", "x"]})
    assert places(validate(folder)) == [(3, "id", "type-error"), (4, None, "blank-row")]


@pytest.mark.parametrize("suffix", ["sav", "zsav"])
def test_cells_have_types(table, suffix):
    fields = [{"name": name, "type": name} for name in ("date", "datetime", "time", "number")]
    cells = (dt.date(1500, 5, 6), dt.datetime(2024, 5, 6, 7, 8, 9), dt.time(7, 8, 9), 1.5)
    columns = {field["name"]: [cell] for field, cell in zip(fields, cells, strict=True)}
    folder = table(columns, fields, suffix, row_compress=suffix == "sav")
    assert places(validate(folder)) == []
    assert load(folder)["t"].rows() == [cells]


def test_a_header_is_no_row_whatever_the_dialect_says(table):
    folder = table({"id": [1], "boat": ["Tern"]}, properties={"dialect": {"header": False}})
    assert load(folder)["t"].rows() == [(1, "Tern")]


def test_values_that_the_file_declares_as_missing_are_missing(table):
    folder = table({"id": [1, 999], "boat": ["Tern", "Gull"]}, missing_ranges={"id": [999]})
    assert load(folder)["t"]["id"].to_list() == [1, None]


def test_other_columns_are_found(table):
    folder = table({"id": [1], "ship": ["Tern"]})
    assert places(validate(folder)) == [(1, "boat", "incorrect-label")]


@pytest.mark.parametrize("end", [0, 3, 200, -1])
def test_what_is_no_such_file_is_a_finding(table, end):
    folder = table({"id": [1], "boat": ["Tern"]})
    file = folder / "t.sav"
    file.write_bytes(file.read_bytes()[:end])
    found = validate(folder, unfolded=True).findings
    assert [one.code for one in found if one.code != "misread-file"] == ["source-error"]


def test_without_the_library_the_table_is_named_as_not_checked(table, monkeypatch):
    folder = table({"id": [1], "boat": ["Tern"]})
    monkeypatch.setitem(__import__("sys").modules, "pyreadstat", None)
    (part,) = validate(folder).not_checked
    assert "pip install" in part.why
    assert "pyreadstat" in part.why


def _damaged(content, number):
    """A file cut off, or with bytes changed; by its number always the same."""
    draw = random.Random(number)
    made = bytearray(content)
    if number % 2:
        return bytes(made[: draw.randrange(len(made))])
    for _ in range(draw.choice([1, 4, 30])):
        made[draw.randrange(len(made))] = draw.randrange(256)
    return bytes(made)


@pytest.mark.parametrize("suffix", ["sav", "zsav"])
def test_a_damaged_file_has_an_outcome(table, suffix):
    columns = {"id": [*range(50)], "boat": [f"boat {at}" for at in range(50)]}
    folder = table(columns, suffix=suffix, row_compress=suffix == "sav", column_labels=["i", "b"])
    file = folder / f"t.{suffix}"
    whole = file.read_bytes()
    said = Counter()
    for number in range(60):
        file.write_bytes(_damaged(whole, number))
        said.update(one.code for one in validate(folder, unfolded=True).findings)
    assert said["source-error"] > 20
    file.write_bytes(whole)
    assert validate(folder).valid


def test_a_library_that_ends_its_process_is_a_finding(table, monkeypatch):
    folder = table({"id": [1], "boat": ["Tern"]})
    ask = Worker.ask

    def ask_one_that_ends(worker, *question, **more):
        worker.process.kill()
        return ask(worker, *question, **more)

    monkeypatch.setattr(Worker, "ask", ask_one_that_ends)
    (found,) = validate(folder).findings
    assert found.code == "source-error"
    assert "the library that reads it fails" in found.message
