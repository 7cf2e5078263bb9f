"""Workbooks are opened once, as long as they are kept."""

import os
from dataclasses import replace

import pytest
from support.made import one_table, places
from support.sheets import xlsx

from validate._src.package.descriptor import load_package
from validate._src.reading import _apart, _keptsheets, _sheets, open_table, workbooks_kept
from validate._src.reading._kept import _KEPT
from validate._src.words.errors import FileError

FIELDS = [{"name": "id", "type": "integer"}]
ROWS = [["id"], *([number] for number in range(10))]


@pytest.fixture
def resource(tmp_path, monkeypatch):
    monkeypatch.setattr(_sheets, "ROWS", 3)
    folder, file = one_table(tmp_path, "t.xlsx", FIELDS)
    xlsx(file, ponds=ROWS, reeds=ROWS[:5])
    return load_package(folder).tables["t"]


@pytest.fixture
def opened(monkeypatch):
    """The questions by which sheets were opened."""
    asked = []
    send = _apart.Worker.send

    def sent(worker, *question):
        if question[0] == "open sheet":
            asked.append(question)
        send(worker, *question)

    monkeypatch.setattr(_apart.Worker, "send", sent)
    return asked


def texts(resource):
    batches = open_table(resource).batches(1)
    return [text for batch in batches for text in batch.cells["0"]]


def first(resource):
    """The text of the first cell, as one reads it who wants no more."""
    return next(iter(open_table(resource).batches(1))).cells["0"][0]


IDS = [str(number) for number in range(10)]


def test_whoever_wants_rows_reads_on_where_others_ended(resource, opened):
    with workbooks_kept():
        assert first(resource) == "0"
        assert texts(resource) == IDS
        assert texts(resource) == IDS
    assert len(opened) == 1
    assert texts(resource) == IDS
    assert len(opened) == 2


def test_two_may_read_at_once(resource, opened):
    with workbooks_kept():
        one, other = open_table(resource).batches(1), open_table(resource).batches(1)
        found = [(*a.cells["0"], *b.cells["0"]) for a, b in zip(one, other, strict=True)]
    assert found == [(*cells, *cells) for cells in ("01", "234", "567", "89")]
    assert len(opened) == 1


def test_what_is_within_keeps_no_more_than_what_is_around(resource, opened):
    with workbooks_kept():
        with workbooks_kept():
            texts(resource)
        texts(resource)
    assert len(opened) == 1


@pytest.mark.parametrize("readers", [1, 2])
def test_a_sheet_that_is_too_large_is_read_again(resource, opened, monkeypatch, readers):
    monkeypatch.setattr(_keptsheets, "MOST_KEPT", 200)
    with workbooks_kept():
        before = [open_table(resource) for _ in range(readers - 1)]
        assert texts(resource) == IDS
        assert [[*one.batches(1)][-1].cells["0"].to_list() for one in before] == [["8", "9"]] * (
            readers - 1
        )
        assert texts(resource) == IDS
    assert len(opened) == 2


def test_a_file_that_has_changed_is_read_again(resource, opened):
    with workbooks_kept():
        texts(resource)
        (file,) = resource.files
        xlsx(file, ponds=[["id"], [77]])
        os.utime(file, ns=(1, 1))
        assert texts(resource) == ["77"]
    assert len(opened) == 2


def test_processes_serve_others_when_sheets_are_wanted_no_more(resource, monkeypatch):
    pool = _apart.Pool()
    monkeypatch.setattr(_apart, "_pool", lambda parent: pool)
    with workbooks_kept():
        first(resource)
        assert pool.idle == []
    assert len(pool.idle) == 1
    pool.stop()


def test_a_sheet_that_is_damaged_is_so_for_all(resource, monkeypatch):
    def fails(extent):
        raise FileError("t.xlsx", "broken")
        yield

    monkeypatch.setattr(_sheets._Book, "blocks", lambda book, extent: fails(extent))
    with workbooks_kept():
        for _ in range(2):
            with pytest.raises(FileError, match="broken"):
                texts(resource)


def test_the_same_is_found_where_sheets_are_kept_and_where_not(tmp_path, monkeypatch):
    from validate import validate

    fields = [{"name": "id", "type": "integer"}, {"name": "depth", "type": "number"}]
    folder, file = one_table(tmp_path, "t.xlsx", fields, schema={"primaryKey": "id"})
    xlsx(file, ponds=[["id", "depth"], [1, 2.5], [2, "deep"], [1, None]])
    kept = places(validate(folder))
    monkeypatch.setattr(_keptsheets, "kept", lambda: None)
    assert places(validate(folder)) == kept
    assert (3, "depth", "type-error") in kept


def test_a_sheet_that_is_closed_takes_no_room(tmp_path, monkeypatch):
    monkeypatch.setattr(_sheets, "ROWS", 3)
    folder, file = one_table(tmp_path, "t.xlsx", FIELDS)
    names = [f"sheet {number}" for number in range(6)]
    xlsx(file, **dict.fromkeys(names, ROWS))
    made = load_package(folder).tables["t"]
    with workbooks_kept():
        for name in names:
            assert first(replace(made, dialect=replace(made.dialect, sheet_name=name))) == "0"
        kept = _keptsheets._sheets_of(_KEPT.get())
        assert kept._size == sum(sheet.size for sheet in kept._sheets.values())
