"""What a run is given in Python is taken for what it is, or refused in one line."""

import collections
import os
import shutil
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from validate import PackageError, validate

SCHEMA = {"fields": [{"name": "n", "type": "integer"}]}
FRAME = pl.DataFrame({"n": [1, 2]})
PYRIGHT = shutil.which("pyright", path=Path(sys.executable).parent)


@pytest.fixture
def table(tmp_path):
    file = tmp_path / "t.csv"
    file.write_text("n\n1\nx\n")
    return file


def test_a_table_in_a_file_may_have_a_dictionary_as_its_schema(table):
    for schema in (SCHEMA, collections.ChainMap(SCHEMA), {"fields": ({"name": "n"},)}):
        assert len(validate(table, schema=schema).findings) == ("type" in str(schema))


def test_a_dictionary_is_left_as_it_was():
    schema = {"fields": [{"name": "n"}], "foreignKeys": []}
    del schema["foreignKeys"]
    before = str(schema)
    validate(FRAME, schema)
    assert str(schema) == before


A_SCHEMA = "a Table Schema is a dictionary or the path of a JSON file"
REFUSED = {
    "no schema": ((FRAME,), {}, "a frame is checked by a Table Schema: validate(frame, schema)"),
    "two": ((FRAME, SCHEMA), {"schema": SCHEMA}, "schema: given twice"),
    "a number": ((FRAME, 5), {}, f"schema: of type int; {A_SCHEMA}"),
    "a list": ((), {"schema": [SCHEMA]}, f"schema: of type list; {A_SCHEMA}"),
    "no file": ((FRAME, "absent.json"), {}, "absent.json: no such file"),
    "a set in it": ((FRAME, {"fields": {1}}), {}, "schema: not JSON: "),
    "itself in it": ((FRAME, {}), {}, "schema: not JSON: Circular reference"),
    "a surrogate": ((FRAME, {"fields": ["\ud800"]}), {}, "schema: not JSON: "),
    "a series": ((FRAME["n"], SCHEMA), {}, "path: of type Series; give the path or URL of"),
    "a list of rows": (([{"n": 1}],), {}, "path: of type list; "),
    "bytes": ((b"x",), {}, "path: of type bytes; "),
    "in the place of sources": (("t.csv", SCHEMA), {}, "sources: a dictionary; beside a path"),
    "another resource": ((FRAME, SCHEMA), {"resources": ["t"]}, "--resource t: there is no such"),
}
REFUSED["itself in it"][0][1]["self"] = REFUSED["itself in it"][0][1]


@pytest.mark.parametrize("kind", REFUSED)
def test_what_cannot_be_used_is_said_in_one_line(kind):
    arguments, named, message = REFUSED[kind]
    with pytest.raises(PackageError) as refusal:
        validate(*arguments, **named)
    assert str(refusal.value).startswith(message)


CALLS = """
import pandas
import polars
from validate import Report, validate

def right(of_pandas: pandas.DataFrame, of_polars: polars.DataFrame) -> list[Report]:
    return [
        validate(),
        validate("t.csv", schema={"fields": []}),
        validate(of_polars, {"fields": []}),
        validate(of_polars.lazy(), schema="s.json", fast=True),
        validate(of_pandas, "s.json"),
    ]

def wrong(of_polars: polars.DataFrame) -> None:
    validate(of_polars)  # 1
    validate(of_polars, {}, sources="x")  # 2
    validate("t.csv", {"fields": []})  # 3
    validate(5)  # 4
"""


@pytest.mark.skipif(PYRIGHT is None, reason="pyright is not installed")
def test_a_type_checker_knows_which_arguments_go_together(tmp_path):
    (tmp_path / "calls.py").write_text(CALLS)
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    command = [PYRIGHT, "--pythonpath", sys.executable, "calls.py"]
    answer = subprocess.run(
        command, cwd=tmp_path, env={**os.environ, "PATH": path}, capture_output=True, text=True
    )
    errors = [line for line in answer.stdout.splitlines() if " - error: " in line]
    lines = CALLS.splitlines()
    wrong = [number for number, line in enumerate(lines, 1) if "  # " in line]
    assert sorted({int(error.split(":")[1]) for error in errors}) == wrong, answer.stdout


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("t.dta", b"<stata_dta><header>", "a Stata file (dta), which is no descriptor"),
        ("t.dat", b"a:b\n", "no descriptor, and its name is that of no table; if it is"),
        ("t.dat", b"", "no descriptor, and its name is that of no table; if it is"),
    ],
)
def test_a_file_that_is_neither_descriptor_nor_table_is_said_to_be_what_it_is(
    tmp_path, name, content, said
):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(PackageError) as raised:
        validate(tmp_path / name)
    assert said in str(raised.value)
