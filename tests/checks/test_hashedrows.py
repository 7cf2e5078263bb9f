"""Keys beyond what memory should hold lie on disk; what is found is the same."""

import json

import polars as pl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from support.made import PROFILE

from validate import validate
from validate._src.checks import _hashedrows, _references
from validate._src.checks._hashedrows import HASH, HashedRows, ranges_of
from validate._src.checks._references import References, Referring, Targets

NUMBERS = st.sampled_from(["", "1", "1.0", "1e400", "10e399", "-0", "0", "NaN", "2", "3", "x"])
ROWS = st.lists(st.tuples(NUMBERS, st.sampled_from(["a", "b", "", "池"])), max_size=40)


def package(folder, rows, targets):
    """A package of which each row refers to one of the targets by two fields."""
    fields = [{"name": "n", "type": "number"}, {"name": "t", "type": "string"}]
    keys = {"uniqueKeys": [["n", "t"]]}
    reference = {"resource": "targets", "fields": ["n", "t"]}
    schema = {"fields": fields, **keys}
    referring = {**schema, "foreignKeys": [{"fields": ["n", "t"], "reference": reference}]}
    fields_of_rows = [fields[0] | {"constraints": {"unique": True}}, fields[1]]
    tables = {
        "rows": ({**referring, "fields": fields_of_rows}, rows),
        "targets": (schema, targets),
    }
    for name, (_, content) in tables.items():
        lines = ["n,t", *map(",".join, content)]
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", "utf-8")
    resources = [
        {"name": name, "path": f"{name}.csv", "schema": schema}
        for name, (schema, _) in tables.items()
    ]
    descriptor = {"$schema": PROFILE, "name": "made", "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    return folder


def limited(patch, most):
    """Lets memory hold so many keys."""
    patch.setattr(_hashedrows, "MOST_ROWS", most)
    for name in ("MOST_IN_FILE", "MOST_IN_PART"):
        patch.setattr(_hashedrows, name, max(most // 2, 1))
    for name in ("COMPACT_AT", "MOST_DISTINCT", "MOST_TARGETS", "MOST_BYTES", "MOST_REFERRING"):
        patch.setattr(_references, name, most)
    patch.setattr(_references, "MOST_JOINED", max(most, 1))


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(ROWS, ROWS, st.sampled_from([0, 1, 5]))
@example([("1e400", "a"), ("2", "a")] * 3, [("10e399", "a")], 1)
def test_keys_on_disk_are_judged_as_in_memory(tmp_path, rows, targets, most):
    folder = package(tmp_path, rows, targets)
    alone = [*validate(folder).findings]
    with pytest.MonkeyPatch.context() as patch:
        limited(patch, most)
        assert [*validate(folder).findings] == alone


def test_parts_hold_equal_hashes_together(monkeypatch):
    monkeypatch.setattr(_hashedrows, "MOST_IN_PART", 2)
    rows, parts = HashedRows(10), len([*ranges_of(45)])
    assert parts == 23
    ends = [0, 2**64 // parts - 1, 2**64 // parts, 2**63, 2**64 - 1]
    hashes = pl.Series(ends * 9, dtype=pl.UInt64)
    for start in range(0, len(hashes), 4):
        some = pl.DataFrame({HASH: hashes.slice(start, 4)})
        rows.add(some.with_row_index("row", start))
    assert rows.on_disk
    assert [[*part.unique().sort()] for part in rows.hashes() if len(part)] == [
        [0, 2**64 // parts - 1],
        [2**64 // parts],
        [2**63],
        [2**64 - 1],
    ]
    assert sorted(pl.concat(rows.hashes())) == sorted(hashes)
    assert [*rows.where(pl.col(HASH) == 2**63)["row"]] == [*range(3, 45, 5)]
    assert [*pl.concat(rows.pieces())[HASH]] == [*hashes]


def test_parts_are_no_more_than_so_many(monkeypatch):
    monkeypatch.setattr(_hashedrows, "MOST_PARTS", 3)
    assert len([*ranges_of(10**9)]) == 3
    assert len([*ranges_of(0)]) == 1


def test_values_that_others_refer_to_are_all_there_from_memory_and_disk(monkeypatch):
    monkeypatch.setattr(_references, "MOST_BYTES", 20)
    monkeypatch.setattr(_references, "MOST_JOINED", 2)
    targets = Targets()
    frames = [pl.DataFrame({"0": [f"{batch}-{row}" for row in range(4)]}) for batch in range(6)]
    frames[4] = frames[4].with_columns(pl.lit("1e400").alias("exactly 0"))
    for frame in frames:
        targets.add(frame)
    assert targets.known() is None
    parts = [*targets.parts()]
    assert {part.height for part in parts} == {2}
    assert pl.concat(parts, how="diagonal").equals(pl.concat(frames, how="diagonal"))


@pytest.mark.parametrize("most", [2, 3])
def test_rows_that_refer_are_kept_unless_they_are_many(monkeypatch, most):
    monkeypatch.setattr(_references, "MOST_REFERRING", most)
    values = pl.DataFrame({"0": ["a", "b", "a"]})
    rows = _references.hashed(values).select(HASH).with_columns(row=pl.Series([2, 5, 9]))
    references = References()
    references.add(Referring(values.unique(), rows))
    found = references.rows_with(pl.DataFrame({"0": ["a"]}))
    assert (None if found is None else [*found]) == (None if most == 2 else [2, 9])
    references.add(Referring(values.clear(), None))
    assert references.rows_with(values) is None
