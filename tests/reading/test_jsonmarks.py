"""Rows of JSON that are cut out of a text are those that Python reads."""

import json

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validate._src.reading import _jsonforms, _jsonmarks
from validate._src.reading._codes import pieces_of
from validate._src.reading._jsonforms import form_of, stretch_of
from validate._src.reading._jsonmarks import cut_at_marks
from validate._src.reading._jsonshapes import shape_of

STRINGS = st.sampled_from(["", "a", "池,é", "},", '{"a": 1}', "],\n[", '"', "\\", '\\",', "😀"])
NESTED = st.sampled_from([{}, [], [1, "a,"], {"a": [1, {"b": "],\n["}], "c": "}"}])
VALUES = STRINGS | NESTED | st.integers(-5, 5) | st.none() | st.booleans()
ROWS = st.lists(st.tuples(VALUES, VALUES, VALUES), min_size=2, max_size=12)
STYLES = st.sampled_from([(", ", ": "), (",", ":")])
LAYOUTS = st.sampled_from([",\n", ",\r\n", ",", ", ", ",\n  ", "\n, ", " ,\n"])


def texts(rows, style, *, as_lists, is_ascii):
    """Each row as a text."""
    made = [[*row] if as_lists else dict(zip("abc", row, strict=True)) for row in rows]
    return [json.dumps(one, separators=style, ensure_ascii=is_ascii) for one in made]


@settings(max_examples=300, deadline=None)
@given(
    ROWS,
    STYLES,
    LAYOUTS,
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.integers(1, 4),
    st.sampled_from([1, 100]),
)
def test_rows_that_are_cut_out_of_an_array_are_those_of_python(
    rows, style, layout, as_lists, by_lines, is_ascii, most, rarely
):
    written = texts(rows, style, as_lists=as_lists, is_ascii=is_ascii)
    content = layout.join([*written, ""]).encode()
    form = form_of(content, by_lines=by_lines, by_key=False)
    assert form is not None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_jsonforms, "MOST_ROWS", most)
        patch.setattr(_jsonforms, "RARELY", rarely)
        stretch = stretch_of(content, form)
        if stretch is None or not stretch.are_rows():
            return
    count = len(stretch.text.rows)
    wholes = [stretch.text.whole(at) for at in range(count)]
    assert [whole.rstrip(" ") for whole in wholes] == written[:count]  # a comma may stand off
    assert content[stretch.end :].lstrip() == layout.join([*written[count:], ""]).lstrip().encode()
    ends = [len(layout.join([*written[:at], ""]).encode()) for at in range(1, count)]
    assert [stretch.end_of(at) for at in range(1, count)] == ends
    assert stretch.lines(7).to_list() == [
        7 + layout.join([*written[:at], ""]).count("\n") for at in range(count)
    ]


@pytest.mark.parametrize("as_lists", [True, False])
@pytest.mark.parametrize("layout", [",\n", ",", "\n, "])
def test_plain_rows_are_told_for_certain(as_lists, layout):
    written = texts([("a", 1, None)] * 5, (", ", ": "), as_lists=as_lists, is_ascii=True)
    content = layout.join([*written, ""]).encode()
    stretch = stretch_of(content, form_of(content, by_lines=True, by_key=False))
    assert stretch.are_rows()
    assert [stretch.text.whole(at) for at in range(len(stretch.text.rows))] == (
        written if layout == ",\n" else written[: len(stretch.text.rows)]
    )
    assert len(stretch.text.rows) >= 4


@pytest.mark.parametrize("rarely", [1, 100])
@pytest.mark.parametrize("as_lists", [True, False])
def test_lines_that_are_rows_with_others_in_them_are_told(monkeypatch, as_lists, rarely):
    monkeypatch.setattr(_jsonforms, "RARELY", rarely)
    rows = [("a", ["]", 1], {"b": "}, {"})] * 5
    written = texts(rows, (", ", ": "), as_lists=as_lists, is_ascii=True)
    content = ",\n".join([*written, ""]).encode()
    assert stretch_of(content, form_of(content, by_lines=True, by_key=False)).are_rows()


@pytest.mark.parametrize("rarely", [1, 100])
@pytest.mark.parametrize("lines", ["[[1],\n[2],\n[3]],\n", "[1, 2], [3, 4],\n", "[[1],\n[2]],\n"])
def test_lines_that_only_look_like_rows_are_none(monkeypatch, lines, rarely):
    monkeypatch.setattr(_jsonforms, "RARELY", rarely)
    content = ("[1, 2],\n" + lines + "[3, 4],\n").encode()
    assert not stretch_of(content, form_of(content, by_lines=True, by_key=False)).are_rows()


@settings(max_examples=300, deadline=None)
@given(ROWS, STYLES, st.sampled_from(["", ","]), st.booleans())
def test_lists_cut_at_marks_have_the_values_that_python_reads(rows, style, comma, is_ascii):
    written = texts(rows, style, as_lists=True, is_ascii=is_ascii)
    lines = "".join(one + comma + "\n" for one in written)
    shape = shape_of(written[0] + comma) or shape_of(written[0])
    behind = shape.behind[-1] + comma
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_jsonmarks, "SEVERAL", 10**6)
        marked = cut_at_marks(lines.encode(), len(rows), _with_behind(shape, behind))
    if marked is None:  # where every comma is between values
        assert lines.count(",") == len(rows) * (2 + len(comma))
        return
    assert marked.index.to_list() == [*range(len(rows))]
    values = [marked.cells[str(at)].to_list() for at in range(3)]
    last = [cell.removesuffix(marked.last.removesuffix(comma)) for cell in values[2]]
    assert [*zip(*map(_read, (*values[:2], last)), strict=True)] == rows


def _with_behind(shape, behind):
    return shape.__class__(
        shape.keys, shape.opening, shape.before, (*shape.behind[:-1], behind), is_list=True
    )


def _read(cells):
    return [json.loads(cell.lstrip(",")) for cell in cells]


@given(st.lists(st.sampled_from(["", "a", "池é", "😀, long enough to be no view"]), max_size=9))
def test_pieces_of_a_block_are_its_texts(texts):
    ends = [len("".join(texts[: at + 1]).encode()) for at in range(len(texts))]
    assert pieces_of("".join(texts).encode(), pl.Series(ends, dtype=pl.UInt32)).to_list() == texts
