"""Few rows that are read again by where they stand are what they were when all were read."""

import random

import polars as pl
import pytest
from support.made import one_table

from validate import validate
from validate._src.package.descriptor import load_package
from validate._src.reading import _lines, _plain, _smallfiles, _textfile, blocks
from validate._src.tables import reading
from validate._src.tables.reading import read_batches, read_rows

FIELDS = [
    {"name": "id", "type": "integer"},
    {"name": "pond", "type": "string"},
    {"name": "note", "type": "string"},
]


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Blocks of a few lines, which are read neither one by one nor files at once."""
    monkeypatch.setattr(blocks, "BLOCK", 100)
    monkeypatch.setattr(blocks, "TAIL", 50)
    monkeypatch.setattr(_textfile, "TINY", 0)
    monkeypatch.setattr(_smallfiles, "SMALL", 0)


@pytest.fixture
def refused(monkeypatch):
    """Has the whole file read no more than once."""

    def refuse(*_, **__):
        raise AssertionError("it is read as a whole")

    return lambda: monkeypatch.setattr(reading, "read_batches", refuse)


def written(chance, line_end):
    """A text of rows, of which some are short or blank, or have quotes around a cell."""
    lines = ["id,pond,note"]
    for number in range(chance.randrange(40, 90)):
        pond = chance.choice(["Reed", "池", "", '"Mirror, ""old"""', " "])
        lines.append(chance.choice([f"{number},{pond},x"] * 9 + [f"{number},{pond}", "", ",,"]))
    return (line_end.join(lines) + chance.choice(["", line_end])).encode()


def cells_of(tables, names):
    """The cells of rows with their numbers and lines."""
    return [
        (number, line, cells)
        for table in tables
        for number, line, cells in zip(
            table.rows, table.lines, table.cells.select(names).iter_rows(), strict=True
        )
    ]


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("piece", [1, 9, 2**15])
def test_rows_read_again_are_what_they_were(tmp_path, monkeypatch, refused, seed, line_end, piece):
    monkeypatch.setattr(_lines, "PIECE", piece)
    chance = random.Random(seed)
    folder, _ = one_table(tmp_path, "0.csv", FIELDS, path=["0.csv", "1.csv"])
    mark = chance.choice([b"", b"\xef\xbb\xbf"])
    for name in ("0.csv", "1.csv"):
        (tmp_path / name).write_bytes(mark + written(chance, line_end))
    table = load_package(folder).tables["t"]
    tables = [one for one in read_batches(table) if len(one.rows)]
    stretches = [one.stretch for one in tables]
    assert len(stretches) > 4
    assert any(one.marks for one in stretches) is (piece < 2**15)
    all_rows = cells_of(tables, ["id", "pond"])
    some = sorted(chance.sample([number for number, _, _ in all_rows], 12))
    refused()
    again = read_rows(table, {"id", "pond"}, pl.Series(some, dtype=pl.Int64), stretches)
    assert cells_of(again, ["id", "pond"]) == [row for row in all_rows if row[0] in some]


def test_of_rows_that_are_gone_the_file_is_read_as_a_whole(tmp_path):
    folder, file = one_table(tmp_path, "t.csv", FIELDS)
    content = b"id,pond,note\n" + b"".join(b"%d,Reed,\n" % number for number in range(40))
    file.write_bytes(content)
    table = load_package(folder).tables["t"]
    stretches = [one.stretch for one in read_batches(table)]
    file.write_bytes(content[: len(content) // 2])
    again = [*read_rows(table, {"id"}, pl.Series([2, 41]), stretches)]
    assert cells_of(again, ["id"])[0] == (2, 2, ("0",))
    file.unlink()
    assert not [*read_rows(table, {"id"}, pl.Series([2, 41]), stretches)][-1].complete


@pytest.mark.parametrize(("tiny", "cells"), [(0, 2**23), (2**11, 2**23), (0, 12)])
def test_rows_before_a_wrong_byte_are_read_again_where_they_stand(
    tmp_path, monkeypatch, tiny, cells
):
    monkeypatch.setattr(_textfile, "TINY", tiny)
    monkeypatch.setattr(_plain, "MOST_CELLS", cells)
    folder, file = one_table(tmp_path, "t.csv", FIELDS, schema={"primaryKey": ["id"]})
    repeated = set()
    for before in range(30):
        others = [b"%d,Reed,\n" % (number + 9) for number in range(before)]
        opened = b'8,"' + b"long\n" * 12 + b'end",\n'  # which a block does not hold to its end
        rows = ["1,池,\n".encode(), *others, b"1,Reed,\n", opened]
        file.write_bytes(b"id,pond,note\n" + b"".join(rows) + b"90,\xff,\n")
        tables = [*read_batches(load_package(folder).tables["t"])]
        was_read = any(before + 3 in one.rows for one in tables)
        found = [one.row for one in validate(folder).findings if one.code == "primary-key"]
        assert found == [before + 3] * was_read
        repeated.add(was_read)
    assert repeated == {True, False}
