"""Every package, judged in parts: the report of the parts merged is that of a run of the whole."""

from functools import partial

from support.parted import in_parts, outcome
from whole.test_packages import PACKAGES

from validate import validate
from validate._src.engine import parallel, sharing, tasks
from validate._src.reading import _textfile, blocks


def unlike(count, **options):
    """The packages of which so many parts say something else than a run of the whole."""
    parted = partial(in_parts, count=count)
    return [
        name
        for name in PACKAGES
        if outcome(validate, name, **options) != outcome(parted, name, **options)
    ]


def test_parts_find_what_the_whole_does():
    assert unlike(3) == []


def test_parts_are_asked_what_the_whole_is():
    assert unlike(1, fast=True, default_severity=True) == []


def test_parts_find_what_the_whole_does_where_files_are_cut(monkeypatch):
    monkeypatch.setattr(_textfile, "TINY", 0)
    for module in (blocks, sharing, parallel):
        monkeypatch.setattr(module, "BLOCK", 100)
    monkeypatch.setattr(blocks, "TAIL", 100)
    monkeypatch.setattr(tasks, "LEAST", 1)
    assert unlike(2) == []
