"""DataFrames of Spark: what is found in them is what is found in the same rows in memory."""

import json
from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from random import Random

import polars as pl
import pytest

from validate import PackageError, validate

pytest.importorskip("pyspark")

from validate import spark

WIDE = {
    "fields": [
        {"name": "id", "type": "integer"},
        {"name": "parent", "type": "integer"},
        {"name": "pond", "type": "string", "constraints": {"unique": True, "maxLength": 8}},
        {"name": "dug", "type": "date", "constraints": {"minimum": "2001-01-01"}},
        {"name": "depth", "type": "number", "constraints": {"minimum": 0}},
        {"name": "price", "type": "number"},
        {"name": "seen", "type": "datetime"},
        {"name": "map", "type": "object"},
        {"name": "list", "type": "array"},
        {"name": "bytes", "type": "string"},
        {"name": "is_wet", "type": "boolean"},
    ],
    "primaryKey": ["id"],
    "uniqueKeys": [["dug", "depth"]],
    "foreignKeys": [
        {"fields": ["parent"], "reference": {"fields": ["id"]}},
        {"fields": ["pond"], "reference": {"resource": "ponds", "fields": ["name"]}},
    ],
    "missingValues": ["", "-9999"],
    "rules": [{"name": "wet", "check": "is_wet OR depth < 9", "message": "must be wet"}],
}
TYPES = (
    "id bigint, parent int, pond string, dug date, depth double, price decimal(20,3), "
    "seen timestamp, map map<string,int>, list array<string>, bytes binary, is_wet boolean"
)


def made_rows(count, seed=1):
    """Rows with every kind of fault in some."""
    random = Random(seed)
    return [
        (
            None if random.random() < 0.01 else random.randrange(count * 4),
            random.choice([None, random.randrange(count * 4)]),
            random.choice([None, "", f"pond {random.randrange(count * 2)}", "a name that is long"]),
            random.choice([None, date(2000 + random.randrange(20), 1, random.randrange(1, 28))]),
            random.choice([None, 0.0, -0.0, float("nan"), -9999.0, random.uniform(-1, 20)]),
            random.choice([None, Decimal(random.randrange(10**15)) / 1000]),
            random.choice([None, datetime(2024, 5, 6, random.randrange(24))]),
            random.choice([None, {"a": 1}, {}]),
            random.choice([None, ["x"], []]),
            random.choice([None, b"ab"]),
            random.choice([None, True, False]),
        )
        for _ in range(count)
    ]


def in_memory(rows):
    """The same rows as a frame of Polars; maps are structs there."""
    names = [field["name"] for field in WIDE["fields"]]
    return pl.DataFrame(
        [[*row[:7], None if row[7] is None else json.dumps(row[7]), *row[8:]] for row in rows],
        schema=dict(
            zip(
                names,
                [
                    pl.Int64,
                    pl.Int32,
                    pl.String,
                    pl.Date,
                    pl.Float64,
                    pl.Decimal(20, 3),
                    pl.Datetime("us", "UTC"),
                    pl.String,
                    pl.List(pl.String),
                    pl.Binary,
                    pl.Boolean,
                ],
                strict=True,
            )
        ),
        orient="row",
        strict=False,
    )


UNIQUE = ("primary-key", "unique-key", "unique-error")


def facts(found):
    return (found.code, found.severity, found.field, found.rule, found.message, found.key,
            found.value)  # fmt: skip


def is_repeat(found):
    return found.code in UNIQUE and "same" in found.message


def repeats(findings):
    """How many rows repeat each key: of Spark, a finding is of all rows that have a value."""
    counts = Counter()
    for found in findings:
        first = found.message.split()[0].replace(",", "")
        more = 1 if first == "row" else int(first) - 1
        counts[found.code, found.field, found.rule] += more
    return counts


def collected(report):
    return [*report.report(limit=10**6)]


def assert_alike(report, local):
    found = collected(report)
    assert Counter(facts(one) for one in found if not is_repeat(one)) == Counter(
        facts(one) for one in local if not is_repeat(one)
    )
    assert repeats(filter(is_repeat, found)) == repeats(filter(is_repeat, local))
    assert {part.what: part.count for part in report.checked} == {
        part.what: part.count for part in local.checked
    }
    assert {*report.not_checked} == {*local.not_checked}
    assert report.valid == local.valid
    assert report.findings.count() == sum(report.counts.values()) == len(found)


@pytest.mark.parametrize("count", [1, 40, 3_000])
def test_what_is_found_is_what_is_found_in_memory(session, count):
    rows = made_rows(count)
    session.conf.set("spark.sql.session.timeZone", "UTC")
    dataframe = session.createDataFrame(rows, TYPES).repartition(5)
    report = spark.validate(dataframe, WIDE)
    assert_alike(report, validate(in_memory(rows), WIDE, unfolded=True))
    report.unpersist()


SMALL = {
    "fields": [{"name": "id", "type": "integer"}, {"name": "up", "type": "integer"}],
    "primaryKey": ["id"],
    "foreignKeys": [{"fields": ["up"], "reference": {"fields": ["id"]}}],
}


def found_in(session, rows, types, schema, parts=2):
    return spark.validate(session.createDataFrame(rows, types).repartition(parts), schema)


def test_a_valid_frame_is_valid(session):
    report = found_in(session, [(1, None), (2, 1)], "id int, up int", SMALL)
    assert report.valid
    assert report.findings.count() == 0
    assert str(report) == "dataframe: valid"
    assert report.report().valid


def test_keys_written_in_several_ways_are_one(session):
    rows = [("1", "01"), ("+1", "1"), ("2", "9"), ("x", "x")]
    report = found_in(session, rows, "id string, up string", SMALL)
    said = {(one.code, one.key, one.value): one.message for one in collected(report)}
    assert said["primary-key", ("+1",), "+1"] == "2 rows have the same id"
    assert said["foreign-key", ("2",), "9"] == "no row of frame.id has this value"
    assert dict(report.by_code) == {"type-error": 2, "primary-key": 1, "foreign-key": 1}
    assert str(report).splitlines()[0] == "dataframe: not valid, 4 errors"


def test_empty_keys_are_found(session):
    report = found_in(session, [(None, 1), (1, None)], "id int, up int", SMALL)
    local = validate(pl.DataFrame({"id": [None, 1], "up": [1, None]}), SMALL)
    assert_alike(report, local)
    assert ("primary-key", "error") in report.counts


def test_columns_are_matched_with_fields_as_in_memory(session):
    fields = [{"name": "a", "type": "string"}, {"name": "b", "type": "string"}]
    for match in ("exact", "equal", "partial"):
        schema = {"fields": fields, "fieldsMatch": match, "primaryKey": ["a"]}
        report = found_in(session, [("x", "y")], "b string, c string", schema)
        assert_alike(report, validate(pl.DataFrame({"b": ["x"], "c": ["y"]}), schema))


def test_columns_of_the_same_name_are_told_apart(session):
    twice = session.sql("SELECT 1 AS `a.b`, 'x' AS `a.b`, 2 AS ``")
    schema = {"fields": [{"name": "a.b", "type": "integer"}], "fieldsMatch": "equal"}
    report = spark.validate(twice, schema)
    assert report.counts == {("duplicate-label", "error"): 1, ("extra-label", "error"): 1}


def test_a_last_column_without_name_and_values_is_debris(session):
    schema = {"fields": [{"name": "a", "type": "integer"}]}
    for value, severity in (("CAST(NULL AS STRING)", "warning"), ("'x'", "error")):
        report = spark.validate(session.sql(f"SELECT 1 AS a, {value} AS ``"), schema)
        assert report.counts == {("extra-label", severity): 1}


def test_where_no_column_is_a_field_the_rows_are_not_checked(session):
    schema = {"fields": [{"name": "a", "type": "string"}], "fieldsMatch": "partial"}
    report = found_in(session, [("x",)], "b string", schema)
    assert_alike(report, validate(pl.DataFrame({"b": ["x"]}), schema))
    assert any(part.why == "no column is a field" for part in report.not_checked)


def test_values_of_restricted_fields_are_withheld(session):
    schema = {
        "fields": [
            {"name": "id", "type": "string", "restricted": True},
            {"name": "up", "type": "string", "restricted": True, "constraints": {"maxLength": 1}},
        ],
        "primaryKey": ["id"],
        "foreignKeys": [{"fields": ["up"], "reference": {"fields": ["id"]}}],
    }
    rows = [("secret", "hidden"), ("secret", None)]
    report = found_in(session, rows, "id string, up string", schema)
    assert dict(report.by_code) == {"constraint-error": 1, "primary-key": 1, "foreign-key": 1}
    content = json.dumps([row.asDict() for row in report.findings.collect()])
    assert "secret" not in content
    assert "hidden" not in content


def test_circles_are_not_checked_and_said_so(session):
    key = {"fields": ["up"], "reference": {"fields": ["id"]}, "acyclic": True}
    schema = SMALL | {"foreignKeys": [key]}
    report = found_in(session, [(1, 2), (2, 1)], "id int, up int", schema)
    (part,) = report.not_checked
    assert (part.what, part.codes) == ("circles of foreign key frame.up", {"foreign-key-cycle"})
    assert str(report).startswith("dataframe: valid in all that was checked\nnot checked: circles")


def test_many_findings_are_listed_up_to_a_number_and_counted(session):
    schema = {"fields": [{"name": "a", "type": "integer", "constraints": {"maximum": 1}}]}
    report = spark.validate(session.range(50).toDF("a"), schema)
    assert report.counts == {("constraint-error", "error"): 48}
    listed = report.report(limit=3)
    assert [one.value for one in listed] == ["10", "11", "12"]
    assert listed.remarks == ("3 of 48 findings are listed: constraint-error, error",)
    assert not listed.valid
    for limit in (0, True, 1.5, "2", None, 2**31):
        with pytest.raises(PackageError, match=r"^limit: .*; give a whole number from 1 to "):
            report.report(limit=limit)


def test_faults_of_the_schema_are_findings_too(session):
    schema = {"fields": [{"name": "a", "type": "integer", "constraints": {"pattern": "["}}]}
    report = found_in(session, [(1,)], "a int", schema)
    local = validate(pl.DataFrame({"a": [1]}), schema)
    assert [*report.report()] == [*local]
    assert {*report.not_checked} == {*local.not_checked}


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda _: pl.DataFrame(), "dataframe: of type DataFrame; give a DataFrame of Spark"),
        (lambda _: None, "dataframe: of type NoneType; give a DataFrame of Spark"),
        (lambda s: s.readStream.format("rate").load(), "dataframe: a stream"),
        (lambda s: s.sql("SELECT INTERVAL '1' YEAR AS span"), "column span is of type interval"),
    ],
)
def test_what_cannot_be_judged_is_said_in_a_line(session, make, said):
    with pytest.raises(PackageError, match=said):
        spark.validate(make(session), {"fields": [{"name": "a"}]})


def test_a_schema_that_is_none_is_said_in_a_line(session):
    with pytest.raises(PackageError, match="schema: of type int"):
        spark.validate(session.range(1), 5)


def test_a_frame_without_rows_or_columns_is_judged(session):
    schema = {"fields": [{"name": "a", "type": "integer"}], "primaryKey": ["a"]}
    report = found_in(session, [], "a int", schema)
    assert_alike(report, validate(pl.DataFrame(schema={"a": pl.Int32}), schema))
    report = spark.validate(session.range(2).select(), schema)
    assert "blank-header" in report.by_code
