"""What was judged at one place, moved to another: it is what would be judged there."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace

import polars as pl
import pytest
from engine.test_parallel import LINES, TEXTS, in_few_lines, package
from engine.test_parts import SETTINGS, cut_into_parts, many_rows
from hypothesis import given
from hypothesis import strategies as st

from validate._src.checks import CHECKS
from validate._src.checks.constraints import _alike, _judge
from validate._src.engine._serving import Work
from validate._src.engine.judging import judges_of
from validate._src.engine.recorded import _names_places
from validate._src.package.descriptor import load_package
from validate._src.reading.records import Place
from validate._src.reading.splits import SplitFile, Splitting
from validate._src.tables.opening import opened
from validate._src.tables.reading import form_of
from validate._src.words.model import Part, Resource
from validate._src.words.shift import Shift

PLACES = st.builds(Place, st.integers(2, 10**6), st.integers(2, 10**6))


def splits_in(folder):
    """The splits of a table, each read, with how they are judged and where the first stands."""
    checked = load_package(folder)
    resource = checked.tables["rows"]
    reader = opened(resource)
    if not isinstance(reader, Splitting):
        return
    form = form_of(resource, reader)
    width = form.header.width
    judges = judges_of([check(checked) for check in CHECKS], resource)
    work = Work(reader.split_reader(width), form, judges)
    for piece in reader.pieces(width):
        if not isinstance(piece, SplitFile):
            [*piece(2)]
            continue
        piece.counted_from(2)
        for split in piece.splits():
            unplaced = work.read(split)
            if unplaced is not None:
                yield split, work, unplaced, piece.where


@SETTINGS
@given(
    content=st.tuples(st.just("csv"), TEXTS) | st.tuples(st.just("ndjson"), LINES),
    size=st.sampled_from([16, 40, 100, 300]),
    before=PLACES,
    after=PLACES,
)
def test_what_is_moved_is_what_is_found_there(tmp_path, content, size, before, after):
    suffix, text = content
    folder = package(tmp_path, [text], suffix)
    with pytest.MonkeyPatch.context() as patch:
        cut_into_parts(patch, size)
        in_few_lines(patch, 2, 3, 5)
        for found in splits_in(folder):
            compare(*found, before, after)


def compare(split, work, unplaced, where, before, after):
    """Judges a split at two places, and moves what is found at one to the other."""
    here = work.judged(unplaced, replace(where, place=before))
    there = work.judged(unplaced, replace(where, place=after))
    lines = after.line - before.line
    shift = Shift(after.number - before.number, lines, split.part.location)
    for one, other in zip(here, there, strict=True):
        if not _names_places(one):
            assert plain(one.moved(shift)) == plain(other)


def plain(value):
    """A value that can be compared; distinct values of references come in any order."""
    match value:
        case pl.DataFrame():
            return sorted(map(repr, value.rows(named=True)))
        case pl.Series():
            return [value.dtype, *value]
        case Mapping():
            return {key: plain(one) for key, one in value.items()}
        case tuple() | list():
            return [plain(one) for one in value]
        case Resource() | Part():
            return value.name if isinstance(value, Resource) else value.location
        case _ if is_dataclass(value):
            return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
        case _:
            return value


@pytest.mark.parametrize(
    ("small", "most", "wanted"),
    [(1000, 30, {"Small"}), (0, 30, {"Begun", "Found"}), (0, 1000, {"Begun", "Suspects"})],
)
def test_all_kinds_of_facts_are_moved(tmp_path, monkeypatch, small, most, wanted):
    folder = many_rows(tmp_path)
    cut_into_parts(monkeypatch, 3000)
    monkeypatch.setattr(_alike, "SMALL", small)
    monkeypatch.setattr(_judge, "MOST_SUSPECTS", most)
    kinds = set[str]()
    for found in splits_in(folder):
        compare(*found, Place(2, 2), Place(5000, 7000))
        _, work, unplaced, where = found
        said = (one for batch in work.judged(unplaced, where) for _, one in batch.said)
        kinds.update(type(one).__name__ for one in said)
    assert {"Read", "Keys", "Checked"} < kinds
    assert kinds >= wanted
