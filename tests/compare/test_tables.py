"""Which rows of two tables are said to differ."""

import json
import random

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.versions import BOATS, ROWS, changed, field_changed, write

from validate._src.checks import _hashedrows
from validate._src.compare import _changedrows, _equal, _pairing
from validate._src.compare.compare import compare
from validate._src.words.errors import PackageError

KINDS = ("changed", "added", "removed")


@pytest.fixture
def compared(tmp_path):
    """Compares boats with rows of CSV; gives the difference of the table."""

    def compare_rows(old, new, before=BOATS, after=None):
        write(tmp_path / "old", old, before)
        write(tmp_path / "new", new, after or before)
        (table,) = compare(tmp_path / "old", tmp_path / "new").tables
        return table

    return compare_rows


def without_key(resource=BOATS):
    return changed(lambda one: one["schema"].pop("primaryKey"), resource)


def counts(table):
    return table.added, table.removed, table.changed


def rows(table, kind):
    return [(row.key, *((c.field, c.old, c.new) for c in row.cells)) for row in table.rows[kind]]


def test_a_changed_cell_is_told_with_its_row_and_both_texts(compared):
    table = compared(ROWS, ["b1,4.5,red", "b2,5,black", "b3,,green"])
    assert counts(table) == (0, 0, 1)
    assert table.cells == {"colour": 1}
    (row,) = table.rows["changed"]
    assert (row.old.row, row.new.row, row.new.line, row.new.path) == (3, 3, 3, "boats.csv")
    assert row.values == {"id": "b2", "length": "5", "colour": "black"}
    assert rows(table, "changed") == [(("b2",), ("colour", "blue", "black"))]


def test_added_and_removed_rows_stand_in_the_order_of_their_files(compared):
    table = compared(["b1,1,x", "b3,1,x", "b5,1,x"], ["b0,1,x", "b3,1,x", "b4,1,x"])
    assert rows(table, "added") == [(("b0",),), (("b4",),)]
    assert rows(table, "removed") == [(("b1",),), (("b5",),)]
    assert next(iter(table.rows["removed"])).values == {
        "id": "b1",
        "length": "1",
        "colour": "x",
    }


@pytest.mark.parametrize("other", ["5.0", "05", "5e0"])
def test_numbers_are_equal_however_they_are_written(compared, other):
    assert compared(ROWS, ["b1,4.50,red", f"b2,{other},blue", "b3,,green"]).same


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("0.30000000000000000001", "0.3"),
        ("9007199254740993", "9007199254740992"),
        ("12345678901234567890123", "12345678901234567890124"),
    ],
)
@pytest.mark.parametrize("key", [True, False])
def test_numbers_that_are_one_double_differ_if_they_do(compared, old, new, key):
    resource = BOATS if key else without_key()
    table = compared([f"b1,{old},red"], [f"b1,{new},red"], resource)
    assert counts(table) == ((0, 0, 1) if key else (1, 1, 0))


def test_integers_beyond_64_bits_are_compared_exactly(compared):
    resource = field_changed("length", type="integer")
    large = 2**70
    assert compared([f"b1,{large},x"], [f"b1,{large},x"], resource).same
    assert counts(compared([f"b1,{large},x"], [f"b1,{large + 1},x"], resource)) == (0, 0, 1)


def test_missing_values_are_equal_however_they_are_written(compared):
    resource = changed(lambda one: one["schema"].update(missingValues=["", "NA"]))
    assert compared(["b1,,red"], ["b1,NA,red"], resource).same
    table = compared(["b1,NA,red"], ["b1,2,red"], resource)
    assert rows(table, "changed") == [(("b1",), ("length", None, "2"))]


def test_cells_that_are_not_of_their_type_are_compared_as_written(compared):
    table = compared(["b1,long,red", "b2,1,red"], ["b1,short,red", "b2,1,red"])
    assert rows(table, "changed") == [(("b1",), ("length", "long", "short"))]
    assert table.notes == (
        "length: 1 cell of the old table not of its type, compared as written",
        "length: 1 cell of the new table not of its type, compared as written",
    )
    assert compared(["b1,long,red"], ["b1,long,red"]).same


def test_a_cell_that_is_not_of_its_type_is_no_missing_value(compared):
    table = compared(["b1,long,red"], ["b1,,red"])
    assert rows(table, "changed") == [(("b1",), ("length", "long", None))]
    assert rows(compared(["b1,,red"], ["b1,long,red"]), "changed") == [
        (("b1",), ("length", None, "long"))
    ]


def test_without_a_key_rows_are_compared_as_often_as_they_stand_there(compared):
    table = compared(
        ["a,1,x", "a,1,x", "a,1,x", "b,2,y"], ["b,2.0,y", "a,1,x", "c,3,z"], without_key()
    )
    assert counts(table) == (1, 2, 0)
    assert table.key == ()
    assert "compared as a whole" in table.notes[0]


def test_repeated_keys_are_paired_in_order_after_equal_rows(compared):
    table = compared(["b1,1,x", "b1,2,y", "b2,1,x"], ["b1,2,y", "b1,3,x", "b1,4,z", "b2,1,x"])
    assert rows(table, "changed") == [(("b1",), ("length", "1", "3"))]
    assert [row.values["length"] for row in table.rows["added"]] == ["4"]


def test_a_key_of_several_fields_is_a_key(compared):
    resource = changed(lambda one: one["schema"].update(primaryKey=["id", "colour"]))
    table = compared(["b1,1,x", "b1,2,y"], ["b1,1,x", "b1,3,y", "b1,2,z"], resource)
    assert rows(table, "changed") == [(("b1", "y"), ("length", "2", "3"))]
    assert rows(table, "added") == [(("b1", "z"),)]


def test_a_key_that_the_new_table_does_not_have_is_that_of_the_old_one(compared):
    assert compared(ROWS, ROWS, BOATS, without_key()).key == ("id",)


def test_another_type_is_compared_by_what_both_have(compared):
    integers = field_changed("length", type="integer")
    assert compared(["b1,4.0,x"], ["b1,4,x"], BOATS, integers).same
    table = compared(["b1,4.5,x"], ["b1,4,x"], BOATS, integers)
    assert rows(table, "changed") == [(("b1",), ("length", "4.5", "4"))]
    texts = field_changed("length", type="string")
    table = compared(["b1,4.0,x"], ["b1,4,x"], BOATS, texts)
    assert rows(table, "changed") == [(("b1",), ("length", "4.0", "4"))]
    assert table.notes == ("length: of another type now, and compared as it is written",)


def test_a_field_that_one_table_lacks_changes_no_row(compared):
    shorter = changed(lambda one: one["schema"]["fields"].pop())
    table = compared(ROWS, [row.rpartition(",")[0] for row in ROWS], BOATS, shorter)
    assert table.same


def test_columns_may_change_places(compared):
    moved = changed(lambda one: one["schema"]["fields"].reverse())
    new = [",".join(reversed(row.split(","))) for row in ROWS]
    assert compared(ROWS, new, BOATS, moved).same


def test_a_column_that_is_absent_is_noted(tmp_path):
    write(tmp_path / "old", ROWS)
    write(tmp_path / "new", ["b1,4.5", "b2,5", "b3,"], labels="id,length")
    (table,) = compare(tmp_path / "old", tmp_path / "new").tables
    assert counts(table) == (0, 0, 3)
    assert table.notes == (
        "colour: without a column in the new table, and so without values there",
    )


def test_values_of_restricted_fields_are_written_nowhere(compared):
    secret = field_changed("colour", restricted=True)
    table = compared(["b1,1,red", "b2,1,blue"], ["b1,1,green", "b3,1,black"], BOATS, secret)
    said = repr([list(found) for found in table.rows.values()])
    assert table.cells == {"colour": 1}
    assert not any(colour in said for colour in ("red", "blue", "green", "black"))


def test_other_formats_are_equal_to_csv_by_their_values(tmp_path):
    write(tmp_path / "old", ROWS)
    new = write(tmp_path / "new", ROWS, {**BOATS, "path": "boats.json"})
    table = [{"id": "b1", "length": 4.5, "colour": "red"}, {"id": "b2", "length": 5, "colour": "x"}]
    (new / "boats.json").write_text(json.dumps([*table, {"id": "b3", "colour": "green"}]), "utf-8")
    (found,) = compare(tmp_path / "old", new).tables
    assert rows(found, "changed") == [(("b2",), ("colour", "blue", "x"))]
    parquet = write(tmp_path / "third", [], {**BOATS, "path": "boats.parquet"})
    frame = pl.DataFrame(
        {"id": ["b1", "b2", "b3"], "length": [4.5, 5.0, None], "colour": ["red", "blue", "green"]}
    )
    frame.write_parquet(parquet / "boats.parquet")
    (found,) = compare(tmp_path / "old", parquet).tables
    assert found.same


def test_a_table_that_breaks_off_is_not_compared(tmp_path):
    other = {**BOATS, "name": "others"}
    write(tmp_path / "old", ROWS, BOATS, other)
    new = write(tmp_path / "new", ROWS, BOATS, {**other, "path": "absent.csv"})
    found = compare(tmp_path / "old", new)
    (part,) = found.not_compared
    assert (part.what, part.why) == ("others", "new: absent.csv: no such file")
    assert [table.resource for table in found.tables] == ["boats"]


def test_two_packages_of_which_nothing_can_be_compared_are_unusable(tmp_path):
    write(tmp_path / "old", ROWS)
    new = write(tmp_path / "new", ROWS)
    (new / "boats.csv").unlink()
    with pytest.raises(PackageError, match=r"nothing can be compared; boats: new: boats\.csv"):
        compare(tmp_path / "old", new)


def test_tables_without_a_schema_are_compared_as_texts(tmp_path):
    plain = {"name": "boats", "path": "boats.csv"}
    write(tmp_path / "old", ["1,a"], plain, labels="id,colour")
    write(tmp_path / "new", ["1.0,a"], plain, labels="id,colour")
    (table,) = compare(tmp_path / "old", tmp_path / "new").tables
    assert counts(table) == (1, 1, 0)
    assert table.fields == ("id", "colour")


def test_files_that_are_no_tables_are_compared_by_their_bytes(tmp_path):
    page = {"name": "page", "path": "page.pdf", "format": "pdf"}
    for name, content in (("old", b"%PDF 1"), ("new", b"%PDF 2")):
        (write(tmp_path / name, ROWS, BOATS, page) / "page.pdf").write_bytes(content)
    (change,) = compare(tmp_path / "old", tmp_path / "new").changes
    assert (change.what, change.resource, change.level) == ("file", "page", "patch")


def expected(old, new):
    """What differs between two tables of which no key repeats, by their rows as dictionaries."""
    return {
        "added": sorted(new.keys() - old.keys()),
        "removed": sorted(old.keys() - new.keys()),
        "changed": sorted(key for key in old.keys() & new.keys() if old[key] != new[key]),
    }


def told(table):
    return {kind: sorted(row.key[0] for row in table.rows[kind]) for kind in KINDS}


TABLES = st.dictionaries(st.integers(0, 40).map(str), st.sampled_from("xyz"), max_size=40)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(old=TABLES, new=TABLES, shuffled=st.randoms())
def test_any_two_tables(compared, old, new, shuffled):
    """Whatever the order of rows, and however little of them is looked at together."""
    first, second = ([f"{key},1,{value}" for key, value in rows.items()] for rows in (old, new))
    shuffled.shuffle(second)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_equal, "FEWEST", 4)
        patch.setattr(_equal, "NEAR", 3)
        table = compared(first, second)
        assert told(table) == expected(old, new)
        whole = compared(first, second, without_key())
    same = len(old.items() & new.items())
    assert counts(whole) == (len(new) - same, len(old) - same, 0)


@pytest.mark.parametrize("order", ["sorted", "shuffled"])
def test_large_tables_go_to_disk_and_differ_in_just_what_was_changed(compared, monkeypatch, order):
    monkeypatch.setattr(_pairing, "MOST_BYTES", 2_000)
    monkeypatch.setattr(_hashedrows, "MOST_ROWS", 500)
    monkeypatch.setattr(_changedrows, "MOST_BYTES", 2_000)
    monkeypatch.setattr(_changedrows, "AT_ONCE", 50)
    draw = random.Random(5)
    old = {f"{number:05}": "x" for number in range(5_000)}
    new = dict(old)
    for key in draw.sample(sorted(old), 300):
        new[key] = "y"
    for key in draw.sample(sorted(old), 100):
        new.pop(key, None)
    new.update({f"{number:05}+": "x" for number in range(0, 5_000, 50)})
    first, second = ([f"{key},1,{value}" for key, value in rows.items()] for rows in (old, new))
    second.sort()
    if order == "shuffled":
        draw.shuffle(second)
    table = compared(first, second)
    assert told(table) == expected(old, new)
    for kind in KINDS:
        places = [(row.old if kind == "removed" else row.new).row for row in table.rows[kind]]
        assert places == sorted(places)
        assert len(places) == getattr(table, kind)


def test_a_long_stretch_in_one_table_only_is_passed_in_the_order_of_keys(compared, monkeypatch):
    """The rows behind it are brought side by side again, and none of them is held."""
    monkeypatch.setattr(_equal, "FEWEST", 16)
    held = []
    add = _pairing.Unpaired.add

    def counting(self, rows):
        held.append(rows.old.height + rows.new.height)
        add(self, rows)

    monkeypatch.setattr(_pairing.Unpaired, "add", counting)
    old = [f"{number:05},1,x" for number in range(3_000, 6_000)]
    new = [f"{number:05},1,x" for number in range(6_000)]
    table = compared(old, new)
    assert counts(table) == (3_000, 0, 0)
    assert sum(held) == 3_000
