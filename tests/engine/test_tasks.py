"""Tasks: all parts and the merge agree on them."""

import pytest
from engine.test_parallel import cut_in, package
from support.parted import results

from validate._src.engine import sharing, tasks
from validate._src.engine.results import Result


def tasks_of(streams):
    return [
        [(task.resource, task.key) for task in Result(stream, 1).contents.tasks]
        for stream in streams
    ]


@pytest.mark.parametrize("count", [1, 2, 5])
def test_each_task_is_judged_once(tmp_path, monkeypatch, count):
    text = "id,pond,dug\n" + "1,Reed,\n" * 90
    folder = package(tmp_path, [text, text[:20], text])
    cut_in(monkeypatch, 100)
    monkeypatch.setattr(tasks, "LEAST", 1)
    monkeypatch.setattr(sharing, "BLOCK", 100)
    (whole,) = tasks_of(results(folder, 1))
    some = tasks_of(results(folder, count))
    assert sorted(task for each in some for task in each) == sorted(whole)
    kinds = [(name, key[0]) for name, key in whole]
    assert kinds.count(("rows", "files")) == 1
    assert kinds.count(("ponds", "files")) == 1
    assert kinds.count(("rows", "split")) > 10
    assert all(some)


def test_small_tables_are_one_task(tmp_path):
    folder = package(tmp_path, ["id,pond,dug\n1,Reed,\n"] * 3)
    (found,) = tasks_of(results(folder, 1))
    assert found == [("rows", tasks.WHOLE), ("ponds", tasks.WHOLE)]


def test_rows_that_are_comments_by_number_are_not_split(tmp_path, monkeypatch):
    text = "id,pond,dug\n" + "1,Reed,\n" * 90
    folder = package(tmp_path, [text], dialect={"commentRows": [50]})
    cut_in(monkeypatch, 100)
    monkeypatch.setattr(tasks, "LEAST", 1)
    (found,) = tasks_of(results(folder, 1))
    assert ("rows", tasks.WHOLE) in found
