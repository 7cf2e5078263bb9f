"""Numbers of any length, beyond what Python makes integers of."""

import json
from decimal import Decimal

import polars as pl
import pytest
from support.made import one_table, places

from validate import validate
from validate._src.fields._json import canonical_json, read_json, written_json
from validate._src.fields._length import any_decimal, digits_of, integer, is_whole, json_value

LONG = "7" * 5000


@pytest.mark.parametrize(
    ("number", "digits"),
    [
        (1e30, "1" + "0" * 30),
        (2.0**53, "9007199254740992"),
        (-0.0, "0"),
        (-12, "-12"),
        (Decimal("9007199254740993.000"), "9007199254740993"),
        (Decimal("1.2e3"), "1200"),
        (Decimal(LONG), LONG),
    ],
)
def test_digits_are_those_of_the_value(number, digits):
    assert digits_of(number) == digits


@pytest.mark.parametrize(
    ("text", "whole"), [("1e999", True), ("10e-1", True), ("1.5", False), ("1e-999", False)]
)
def test_a_number_without_decimals_is_whole(text, whole):
    assert is_whole(Decimal(text)) is whole


def test_exponents_without_end_make_numbers_as_large_or_small_as_can_be():
    endless = "9" * 30
    assert any_decimal(f"-1e{endless}") < Decimal("-1e999999999")
    assert any_decimal(f"5e-{endless}") == any_decimal(f"0e{endless}") == 0


def test_integers_of_any_length_are_read():
    assert integer(LONG) == Decimal(LONG)
    assert json_value(f"[{LONG}, 1]") == [LONG, 1]
    assert json_value("[1e400, 9007199254740992.5, 1e30, 0.5]") == [
        "1e400", "9007199254740992.5", 1e30, 0.5,
    ]  # fmt: skip
    with pytest.raises(json.JSONDecodeError):
        json_value("[1")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (f'{{"a": {LONG}}}', f'{{"a": {LONG}.0}}', True),
        (f'{{"a": {LONG}}}', f'{{"a": {LONG}1}}', False),
        ("[1e5000]", "[10e4999]", True),
        ("[1e400]", "[1e401]", False),
        ("[9007199254740993.0]", "[9007199254740992]", False),
        ("[1e999999999999999999999]", "[2]", False),
    ],
)
def test_numbers_in_json_are_told_apart_at_any_length(one, other, same):
    first, second = (canonical_json(read_json(text)) for text in (one, other))
    assert (first == second) is same
    assert canonical_json(read_json(first)) == first


def test_json_is_written_with_its_numbers():
    value = {"b": [Decimal(LONG), Decimal("1.5"), 10**5000, True], "a": "x"}
    assert written_json(value) == f'{{"b": [{LONG}, 1.5, {10}{"0" * 4999}, true], "a": "x"}}'


FIELDS = [
    {"name": "id", "type": "integer", "constraints": {"unique": True, "maximum": "1" + LONG}},
    {"name": "n", "type": "number"},
    {"name": "o", "type": "object"},
    {"name": "l", "type": "list", "itemType": "integer"},
]
ROWS = [
    f'{{"id": {LONG}, "n": {LONG}.5, "o": {{"a": {LONG}}}, "l": "{LONG},1"}}',
    f'{{"id": 2{LONG}, "n": 1e999999999999999999999, "o": {{"a": 1e999}}, "l": "1"}}',
    f'{{"id": {LONG}, "n": {LONG}, "o": {{}}, "l": "1"}}',
]
WANTED = [(3, "id", "constraint-error"), (4, "id", "unique-error")]


@pytest.mark.parametrize("name", ["t.json", "t.ndjson", "t.csv"])
def test_cells_hold_numbers_of_any_length(name, tmp_path):
    folder, file = one_table(tmp_path, name, FIELDS)
    text = f"[{','.join(ROWS)}]" if name == "t.json" else "\n".join(ROWS)
    if name == "t.csv":
        text = f'id,n,o,l\n{LONG},1,"{{""a"": {LONG}}}","{LONG},1"\n2{LONG},1,,\n{LONG},1,,\n'
    file.write_text(text, "utf-8")
    assert places(validate(folder)) == WANTED


@pytest.mark.parametrize("descriptor", ["datapackage.json", "datapackage.yaml"])
def test_descriptors_hold_integers_of_any_length(descriptor, tmp_path):
    text = f"""{{"name": "p", "resources": [{{"name": "t", "data": [
    {{"id": {LONG}}}, {{"id": {LONG}1}}],
    "schema": {{"fields": [{{"name": "id", "type": "integer",
    "constraints": {{"maximum": {LONG}, "enum": [{LONG}, {LONG}1]}}}}]}}}}]}}"""
    (tmp_path / descriptor).write_text(text, "utf-8")
    assert places(validate(tmp_path / descriptor)) == [(3, "id", "constraint-error")]


def test_a_length_that_is_too_long_is_a_fault_of_the_descriptor(tmp_path):
    text = f"""{{"name": "p", "resources": [{{"name": "t", "data": [{{"s": "x"}}],
    "schema": {{"fields": [{{"name": "s", "type": "string",
    "constraints": {{"minLength": {LONG}}}}}]}}}}]}}"""
    (tmp_path / "datapackage.json").write_text(text, "utf-8")
    assert places(validate(tmp_path)) == [(None, "s", "descriptor-error")]


@pytest.mark.parametrize(
    ("type_name", "text", "is_read"),
    [
        ("year", LONG, True),
        ("yearmonth", f"{LONG}-01", True),
        ("datetime", f"2024-01-31T00:00:00.{LONG}", True),
        ("datetime", f"{LONG}-01-31T00:00:00", False),
        ("duration", f"PT0.{LONG}S", True),
        ("duration", f"P{LONG}D", False),
        ("duration", "P" + "9" * 4000 + "Y" + "9" * 4000 + "D", True),
    ],
)
def test_a_year_or_part_of_a_duration_has_a_longest_length(type_name, text, is_read, tmp_path):
    field = {"name": "x", "type": type_name, "constraints": {"unique": True}}
    folder, file = one_table(tmp_path, "t.csv", [field])
    file.write_text(f"x\n{text}\n", "utf-8")
    report = validate(folder)
    assert places(report) == ([] if is_read else [(2, "x", "type-error")])
    assert is_read or "4,000 digits at most" in next(iter(report)).message


def test_bounds_are_exact_at_any_length(tmp_path):
    fields = [
        {
            "name": "when",
            "type": "datetime",
            "constraints": {"minimum": f"2024-01-31T00:00:00.{LONG}"},
        },
        {"name": "month", "type": "yearmonth", "constraints": {"maximum": f"-{LONG}-02"}},
        {"name": "took", "type": "duration", "constraints": {"maximum": f"PT0.{LONG}S"}},
    ]
    folder, file = one_table(tmp_path, "t.csv", fields)
    pl.DataFrame(
        {
            "when": [f"2024-01-31T00:00:00.{LONG}1", f"2024-01-31T00:00:00.{LONG[1:]}"],
            "month": [f"-{LONG}-01", f"-{LONG}-03"],
            "took": [f"PT0.{LONG[1:]}S", f"PT0.{LONG}1S"],
        }
    ).write_csv(file)
    assert places(validate(folder)) == [
        (3, name, "constraint-error") for name in ("when", "month", "took")
    ]
