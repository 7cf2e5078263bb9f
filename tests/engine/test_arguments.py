"""What a run is given in Python is taken for what it is, or refused in one line."""

import collections
import inspect
import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from support.places import ROOT

from validate import PackageError, load, merge, run_part, schemas, validate
from validate._src.engine.arguments import as_count, as_names

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
    "a surrogate": ((FRAME, {"fields": ["\ud800"]}), {}, "schema: fields[0]: holds a lone surr"),
    "a surrogate as key": ((FRAME, {"\ud800": 1}), {}, 'schema: ["\ud800"]: holds a lone surr'),
    "halves apart": (
        (FRAME, {"title": "\ud83d" + "\ude00"}),
        {},
        "schema: title: holds a lone surr",
    ),
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


PACKAGE = ROOT / "tests" / "golden" / "package"
A_FLAG, A_FUNCTION = "give True or False", "give a function that takes a Progress"
A_FILE, NAMES = "give a path or an open binary file", "give a list of names"
A_COUNT = "give a whole number from 1"
A_GIVEN = "give a dictionary of properties"
CLOSED = io.BytesIO()
CLOSED.close()


class BytesPath:
    """A path that is bytes, as `os.PathLike` allows."""

    def __fspath__(self):
        return b"x"


OF_ARGUMENTS = {
    "resources": [
        (5, f"resources: of type int; {NAMES}"),
        (None, f"resources: of type NoneType; {NAMES}"),
        (b"log", f"resources: one is of type int; {NAMES}"),
        (["log", None], f"resources: one is of type NoneType; {NAMES}"),
    ],
    "given": [
        (None, f"given: of type NoneType; {A_GIVEN}"),
        ("delimiter", f"given: of type str; {A_GIVEN}"),
        ({"sheetName": "log"}, "given: \"sheetName\": 'log' is no list of names"),
        ({"table": [1]}, 'given: "table": [1] is no list of names'),
        ({"decimalChar": ""}, "given: \"decimalChar\": '' is not one character"),
        ({"groupChar": 5}, 'given: "groupChar": 5 is not one character'),
        ({"quoteChar": "\udcff"}, "given: \"quoteChar\": '\\udcff': bytes that are no UTF-8"),
        ({"sheetName": ["\ud800"]}, "given: \"sheetName\": '\\ud800': bytes that are no UTF-8"),
    ],
    **{
        name: [
            ("no", f"{name}: of type str; {A_FLAG}"),
            (None, f"{name}: None; {A_FLAG}"),
            (1, f"{name}: 1; {A_FLAG}"),
        ]
        for name in ("fast", "allow_remote", "unfolded", "default_severity")
    },
    "progress": [
        (True, f"progress: of type bool; {A_FUNCTION}"),
        (["x"], f"progress: of type list; {A_FUNCTION}"),
    ],
    "jobs": [
        (0, f"jobs: 0; {A_COUNT}"),
        (-2, f"jobs: -2; {A_COUNT}"),
        (True, f"jobs: True; {A_COUNT}"),
        (np.True_, f"jobs: of type bool; {A_COUNT}"),
        (2.0, f"jobs: 2.0; {A_COUNT}"),
        ("2", f"jobs: of type str; {A_COUNT}"),
        (None, f"jobs: None; {A_COUNT}"),
    ],
    "part": [
        (3, "part: of type int: write K/N"),
        (b"1/2", "part: of type bytes: write K/N"),
        ("2/1", 'part "2/1": there is no such part; write K/N'),
    ],
    "output": [
        (5, f"output: of type int; {A_FILE}"),
        (None, f"output: of type NoneType; {A_FILE}"),
        (b"x", f"output: of type bytes; {A_FILE}"),
        (io.StringIO(), "output: a file of text; open it in binary mode"),
        (CLOSED, f"output: a file that is closed; {A_FILE}"),
        ("", "output: the path is empty"),
    ],
    "results": [
        (5, "results: of type int; give a list of files"),
        (b"x", "results: of type bytes; give a list of files"),
        ({"a": 1}, "results: of type dict; give a list of files"),
        ([None], f"results: of type NoneType; {A_FILE}"),
        ([io.StringIO()], "results: a file of text; open it in binary mode"),
        (CLOSED, f"results: a file that is closed; {A_FILE}"),
        (["\0"], "results: '\\x00': no file has a null character in its name"),
        (["https://ponds.example/1.result"], "results: https://ponds.example/1.result: an address"),
        ("", "results: the path is empty"),
    ],
    "sources": [
        ("\udcff", "sources: \udcff: bytes that are no UTF-8"),
        (BytesPath(), "sources: of type BytesPath, a path of bytes; give a path of text"),
        (5, "sources: of type int; give a path"),
        ("", "sources: the path is empty"),
    ],
}
FOUND_OUT_LATER = {"path", "schema", "version"}
"""Arguments that are judged as what they lead to."""
WITHOUT = {
    validate: {"path": PACKAGE},
    run_part: {"path": PACKAGE, "part": "1/1", "output": io.BytesIO()},
    merge: {"results": []},
    load: {"path": ROOT},
    schemas: {"path": ROOT},
}
"""What each function is given beside an argument that is of no use."""


def wrong_arguments(function):
    """The arguments of a function with values that are of no use, and what is said of each."""
    names = inspect.signature(function).parameters.keys() - FOUND_OUT_LATER
    for name in sorted(names - {"session", "parts"}):
        for value, said in OF_ARGUMENTS[name]:
            yield pytest.param(function, {name: value}, said, id=f"{function.__name__} {said}")


@pytest.mark.parametrize(
    ("function", "wrong", "said"), [one for each in WITHOUT for one in wrong_arguments(each)]
)
def test_an_argument_of_another_type_is_said_in_one_line(function, wrong, said):
    with pytest.raises(PackageError) as refusal:
        function(**{**WITHOUT[function], **wrong})
    assert str(refusal.value).startswith(said)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("function", [load, schemas, validate, run_part, merge])
def test_what_may_be_given_is_said_where_it_is_not(function):
    frames, tables = function is validate, function not in (load, schemas)
    with pytest.raises(PackageError) as refusal:
        function(**{**WITHOUT[function], "path": 5})
    assert str(refusal.value).startswith("path: of type int; give the path or URL of a package")
    assert ("a table" in str(refusal.value)) is tables
    assert ("a DataFrame" in str(refusal.value)) is frames


def test_what_is_like_the_type_is_taken():
    assert as_count(np.int64(3), "jobs") == as_count(3, "jobs", most=3) == 3
    assert as_names("log") == as_names(iter(["log"])) == as_names({"log": 1}) == ("log",)


def test_one_result_may_stand_alone():
    result = io.BytesIO()
    run_part(PACKAGE, "1/1", result)
    assert len(merge(result).findings) == len(validate(PACKAGE).findings) > 0


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
