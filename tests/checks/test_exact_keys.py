"""Keys and references of values that Polars cannot tell apart or hold."""

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validate import PackageError, load, validate

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
LARGEST = 2**63 - 1
TEXTS = {
    "number": st.sampled_from(
        ["0.1", "0.10", "1e-1", "0.10000000000000000001", "9007199254740992", "1e400", "1e401",
         "9007199254740993", "9007199254740993.0", "0", "-0", "1e-400", "0.30000000000000004", ""]
    ),
    "integer": st.sampled_from(
        [str(LARGEST), f"+0{LARGEST}", str(LARGEST + 1), str(LARGEST + 2), str(-LARGEST - 1),
         str(-LARGEST - 2), f"0{LARGEST + 1}", "7", "007", ""]
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """The rows at fault in tables of one or two fields `a` and `b`, by resource and code."""

    def found(*tables):
        folder = tmp_path_factory.mktemp("exact")
        resources = []
        for name, kind, rows, schema in tables:
            fields = [{"name": label, "type": kind} for label in ("a", "b")]
            text = "".join(f"{','.join(row)}\n" for row in [("a", "b"), *rows])
            (folder / f"{name}.csv").write_text(text)
            schema = {"fields": fields, **schema}
            resources.append({"name": name, "path": f"{name}.csv", "schema": schema})
        package = {"$schema": PROFILE, "name": "exact", "resources": resources}
        (folder / "datapackage.json").write_text(json.dumps(package))
        report = validate(folder)
        return [(one.resource, one.code, one.row) for one in report if one.code != "blank-row"]

    return found


def rows_of(kind):
    return st.lists(st.tuples(TEXTS[kind], TEXTS[kind]), max_size=8)


def value(row):
    return tuple(Decimal(text) if text else None for text in row)


@settings(max_examples=60, deadline=None)
@given(kind=st.sampled_from([*TEXTS]), data=st.data())
def test_keys_are_unique_as_decimals(found, kind, data):
    rows = data.draw(rows_of(kind))
    schema = {"uniqueKeys": [["a"], ["a", "b"]]}
    single = [value(row)[:1] for row in rows]
    both = [value(row) for row in rows]
    wanted = [
        ("t", "unique-key", number)
        for keys in (single, both)
        for number, key in enumerate(keys, 2)
        if None not in key and key in keys[: number - 2]
    ]
    assert sorted(found(("t", kind, rows, schema))) == sorted(wanted)


@settings(max_examples=60, deadline=None)
@given(kind=st.sampled_from([*TEXTS]), own=st.booleans(), data=st.data())
def test_references_are_found_as_decimals(found, kind, own, data):
    rows, targets = data.draw(rows_of(kind)), data.draw(rows_of(kind))
    to = "" if own else "u"
    keys = [["a"], ["a", "b"]]
    schema = {
        "foreignKeys": [
            {"fields": fields[::-1], "reference": {"resource": to, "fields": fields}}
            for fields in [["b"], ["a", "b"]]
        ]
    }
    goal = rows if own else targets
    wanted = [
        ("t", "foreign-key", number)
        for key in keys
        for number, row in enumerate(rows, 2)
        if None not in (referring := value(row if len(key) == 1 else row[::-1])[-len(key) :])
        and referring not in {value(one)[-len(key) :] for one in goal}
    ]
    tables = [("t", kind, rows, schema)] + ([] if own else [("u", kind, targets, {})])
    assert sorted(found(*tables)) == sorted(wanted)


@pytest.fixture
def package(tmp_path):
    """Writes a package of one table; gives its folder."""

    def package(text, fields, schema=(), **more):
        (tmp_path / "t.csv").write_text(text)
        resource = {"name": "t", "path": "t.csv", "schema": {"fields": fields, **dict(schema)}}
        described = {"$schema": PROFILE, "name": "p", "resources": [resource], **more}
        (tmp_path / "datapackage.json").write_text(json.dumps(described))
        return tmp_path

    return package


INTEGER = [{"name": "a", "type": "integer"}]


def test_rules_name_the_rows_of_which_they_know_nothing(package):
    rule = {"name": "small", "check": "a < 10", "message": "is large"}
    query = {"name": "few", "resource": "t", "query": "q.sql", "message": "is one of many"}
    folder = package(f"a\n1\n{2**63}\n{2**64}\n", INTEGER, {"rules": [rule]}, rules=[query])
    (folder / "q.sql").write_text("SELECT _row FROM t WHERE a > 10")
    report = validate(folder)
    assert [one for one in report if one.code != "row-constraint"] == []
    assert [(one.what, sorted(one.codes)) for one in report.not_checked] == [
        ("row rule small in 2 of the rows of t", ["row-constraint"]),
        ("table rule few in 2 of the rows of t", ["table-rule"]),
    ]


def test_integers_beyond_64_bits_are_loaded(package):
    table = load(package(f"a\n1\n{2**63}\n\n{-(2**100)}\n".replace("\n\n", "\n"), INTEGER))["t"]
    assert table["a"].to_list() == [1, 2**63, -(2**100)]
    assert str(table["a"].dtype) == "Int128"


@pytest.mark.parametrize(
    ("kind", "text"), [("integer", str(2**127)), ("datetime", "999999-01-01T00:00:00Z")]
)
def test_what_polars_cannot_hold_is_not_loaded(package, kind, text):
    folder = package(f"a\n{text}\n", [{"name": "a", "type": kind}])
    assert validate(folder).valid
    with pytest.raises(PackageError, match=r"t\.csv: row 2: a is beyond what Polars can hold"):
        load(folder)


def test_circles_lead_through_large_integers_and_far_dates(package):
    for kind, one, other in (
        ("integer", str(2**63), str(2**63 + 1)),
        ("datetime", "10000-01-01T00:00:00", "-0044-03-15T12:00:00"),
    ):
        fields = [{"name": name, "type": kind} for name in "ab"]
        key = {"fields": "b", "reference": {"resource": "", "fields": "a"}, "acyclic": True}
        folder = package(f"a,b\n{one},{other}\n{other},{one}\n", fields, {"foreignKeys": [key]})
        message = f"leads back to itself: {one} → {other} → {one}"
        assert [(found.code, found.row, found.message) for found in validate(folder)] == [
            ("foreign-key-cycle", 2, message),
            ("foreign-key-cycle", 3, message),
        ]
