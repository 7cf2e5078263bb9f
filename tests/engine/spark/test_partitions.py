"""What workers make of rows, without Spark: whatever the batches, it is what a run finds."""

from collections import Counter

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validate import validate

pa = pytest.importorskip("pyarrow")
pytest.importorskip("pyspark")

from validate._src.engine.spark import columns, partitions  # noqa: E402
from validate._src.package.onetable import frame_package  # noqa: E402
from validate._src.tables.batches import TableForm  # noqa: E402
from validate._src.tables.header import match_header  # noqa: E402

FIELDS = [
    {"name": "id", "type": "integer", "constraints": {"minimum": 2}},
    {"name": "pond", "type": "string", "constraints": {"maxLength": 3, "required": True}},
    {"name": "dug", "type": "date"},
    {"name": "seen", "type": "string", "edtf": {}},
]
SCHEMA = {
    "fields": FIELDS,
    "primaryKey": ["id"],
    "rules": [{"name": "early", "check": "id < 4 OR pond <> 'x'", "severity": "warning",
               "message": "x is late"}],
}  # fmt: skip
ROWS = st.lists(
    st.tuples(
        st.sampled_from([1, 2, 3, 4, 5, None]),
        st.sampled_from(["x", "Reed", "池の名前", "", " x", None]),
        st.sampled_from(["2020-01-01", "2020-13-01", "２020-01-01", None]),
        st.sampled_from(["2020-01/2020-02", "2020-1", None]),
    ),
    max_size=30,
)


def frame_of(rows, labels=("id", "pond", "dug", "seen")):
    dtypes = [pl.Int64, pl.String, pl.String, pl.String]
    return pl.DataFrame(rows, schema=dict(zip(labels, dtypes, strict=True)), orient="row")


def judged(frame, sizes, schema=SCHEMA, labels=None):
    """The findings of workers, each handed so many rows in a batch, and all that they tell."""
    package, _ = frame_package(frame.clear(), schema)
    (resource,) = package.tables.values()
    form = TableForm(resource, match_header(resource, labels or frame.columns), None)
    judging = partitions.Judging(package, form)
    placed = frame.rename({name: str(at) for at, name in enumerate(frame.columns)})
    arrow = placed.to_arrow(compat_level=pl.CompatLevel.oldest())
    found, told, start = [], partitions.Told(), 0
    for size in [*sizes, frame.height]:
        part = arrow.slice(start, size)
        start += size
        for batch in judging(part.to_batches(max_chunksize=2)):
            assert batch.schema == partitions.JUDGED
            for row in batch.to_pylist():
                content = row.pop("told")
                if content is None:
                    found.append(row)
                else:
                    told.add(partitions.Told.unpickled(content))
    return found, told


def facts(found):
    return (found["code"], found["severity"], found["field"], found["rule"], found["message"],
            tuple(found["key"]), found["value"], found["note"])  # fmt: skip


def facts_of_run(frame, schema=SCHEMA):
    """The same as a run finds it; of each blank row and not of those at the end together."""
    report = validate(frame, schema, unfolded=True)
    return report, Counter(
        facts(vars(found)) for found in report if found.message[:8] not in ("row 2 has", "the tabl")
    )


@settings(deadline=None, max_examples=40)
@given(ROWS, st.lists(st.integers(0, 7), max_size=6))
def test_findings_do_not_depend_on_the_batches(rows, sizes):
    rows = [row for row in rows if any(cell is not None for cell in row)]
    ids = [row[0] for row in rows if row[0] is not None]
    schema = dict(SCHEMA)
    if len(ids) > len({*ids}):  # which Spark is asked about, and no worker
        del schema["primaryKey"]
    frame = frame_of(rows)
    found, told = judged(frame, sizes, schema)
    report, expected = facts_of_run(frame, schema)
    assert Counter(map(facts, found)) == expected
    assert told.found.total() == len(report.findings)
    assert {what: told.checked[what] for what in ("rows", "cells", "EDTF dates")} == {
        part.what: part.count
        for part in report.checked
        if part.what in ("rows", "cells", "EDTF dates")
    }


def test_each_blank_row_is_told_of_as_rows_end_nowhere():
    frame = frame_of([(2, "x", None, None), (None,) * 4, (None,) * 4])
    found, told = judged(frame, [])
    assert [(row["code"], row["severity"]) for row in found] == [("blank-row", "error")] * 2
    assert (told.rows, told.checked["rows"]) == (3, 1)
    assert told.found == {("blank-row", "error"): 2}


def test_the_last_column_that_is_filled_is_told():
    frame = frame_of([(2, "x", "", "2020")])
    schema, labels = {"fields": FIELDS[:2]}, ["id", "pond", "", ""]
    assert judged(frame, [], schema, labels)[1].filled == 3
    empty = frame.with_columns(seen=pl.lit(None))
    assert judged(empty, [], schema, labels)[1].filled == -1


def test_what_is_not_judged_of_some_rows_is_told_in_facts():
    beyond = pl.DataFrame({"id": ["99999999999999999999", "3"]})
    schema = {
        "fields": FIELDS[:1],
        "rules": [{"name": "early", "check": "id < 9", "message": "late"}],
    }
    _, told = judged(beyond, [1], schema)
    (fact,) = told.facts
    assert [*fact.unknown.values()] == [1]
    report = validate(beyond, schema)
    assert any("early in 1 of the rows" in part.what for part in report.not_checked)


def test_nothing_is_told_of_nothing():
    found, told = judged(frame_of([]), [])
    assert (found, told) == ([], partitions.Told(checked=told.checked))
    assert told.checked.total() == 0
    assert columns.spark_types(partitions.JUDGED).endswith("told binary")
