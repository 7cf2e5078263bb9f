import gzip
from dataclasses import replace

import polars as pl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from validate._src.package.descriptor import load_package
from validate._src.reading import _parsing, _plain, _quoting, _smallfiles, _textfile, blocks
from validate._src.reading._textfile import TextFile
from validate._src.reading.delimited import DelimitedReader
from validate._src.words.errors import PackageError
from validate._src.words.model import Dialect


@pytest.fixture(autouse=True)
def _even_tiny_texts_by_polars(monkeypatch):
    monkeypatch.setattr(_textfile, "TINY", -1)


@pytest.fixture
def resource(make_package):
    """A resource of which a test gives the bytes."""
    return load_package(make_package([{"name": "pond"}], "")).resources["t"]


def with_bytes(resource, data, **changes):
    """The resource with these bytes in its file, read in blocks of a few bytes."""
    resource.files[0].write_bytes(data)
    return replace(resource, **changes)


def table(resource, width=None):
    """Labels, and rows of number, line and cells; ragged records, findings by code and line."""
    reader = DelimitedReader(resource)
    width = len(reader.labels or []) if width is None else width
    batches = list(reader.batches(width))
    rows = [
        (number, line, cells)
        for batch in batches
        for number, line, cells in zip(batch.rows, batch.lines, batch.cells.rows(), strict=True)
    ]
    ragged = {
        batch.rows[index]: cells for batch in batches for index, cells in batch.ragged.items()
    }
    empty = [row for batch in batches for row in batch.rows.gather(batch.empty)]
    found = [(one.code, one.line) for batch in batches for one in batch.findings]
    return reader.labels, rows, ragged, empty, found


def broken_off(resource):
    """The cells of a table of one column that can be read, and why the next ones cannot."""
    *before, last = DelimitedReader(resource).batches(1)
    assert all(batch.complete for batch in before)
    assert not last.complete
    (fault,) = last.findings
    cells = [cell for batch in (*before, last) for cell in batch.cells["0"]]
    return cells, f"{fault.path}:{fault.line}: {fault.message}"


def one_by_one(monkeypatch):
    monkeypatch.setattr(_plain, "may_be_plain", lambda *_: False)


CELLS = st.sampled_from(
    ["", "a", " b", "あ", '"x"', '"a,b"', '"q""q"', '"l\nm"', '"l\r\nm"', '""', '""""',
     '",x"', '"x\n"', '",\n"',
     "\x1c", "\0", '" "', "#c", '"#c"', '" #d"', " #e",
     "x\u2028y", '"' + "\n" * 9 + '"', "x^n", "xک", "x\x01", "\ufeffq"]
)  # fmt: skip
WILD = st.sampled_from(['a"b', '"a"b', '"open', "c\rd", 'x" "y'])
CONTENTS = st.one_of(
    st.builds(
        lambda rows, end, last: end.join(map(",".join, rows)) + end * last,
        st.lists(st.lists(st.one_of(CELLS, CELLS, CELLS, CELLS, WILD), max_size=4), max_size=8),
        st.sampled_from(["\n", "\r\n"]),
        st.booleans(),
    ),
    st.text(st.sampled_from('ab,;\n\r"# \t\v\0\x85\u2028あ📎'), max_size=60),
)
DIALECTS = st.builds(
    Dialect,
    delimiter=st.sampled_from(",; "),
    quote_char=st.sampled_from(['"', '"', "'", None]),
    skip_initial_space=st.booleans(),
    header=st.booleans(),
    comment_char=st.sampled_from([None, "#"]),
    comment_rows=st.sampled_from([(), (2,)]),
)


@settings(
    max_examples=1500,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    CONTENTS,
    DIALECTS,
    st.booleans(),
    st.sampled_from([1, 5, 16, 1000]),
    st.sampled_from([1, 2**20]),
)
@example("a,b\nq,3\n1,2,", Dialect(), False, 1000, 1)
@example("a,b\nq\n1,2,", Dialect(), False, 1000, 1)
@example("a,b\r\nq,3\r\n\r\n1,2,", Dialect(), False, 1000, 1)
@example("a\nq\n1,", Dialect(), False, 1000, 1)
@example('a,b,c\n"x\n","",",y\nz"\n', Dialect(), False, 1000, 1)
@example('a,b\n"1\n2",3\n4,"5\n\n6"\n7\n', Dialect(), False, 16, 1)
@example('a,b\r\n"1\r\n2",\r\n"3""",\r\n\r\n"4"\r\n5,,\r\n', Dialect(), False, 1000, 1)
@example('a,b\n"1",\n"2"\n3,,\n\n4,"5",6', Dialect(), False, 1000, 2**20)
def test_polars_and_csv_read_the_same(resource, content, dialect, marked, size, sparse):
    data = ("\ufeff" * marked + content).encode()
    resource = with_bytes(resource, data, dialect=dialect)
    width = None if dialect.header else 3
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "BLOCK", size)
        patch.setattr(blocks, "TAIL", min(size, 4))
        patch.setattr(blocks, "LONGEST_BLOCK", 200)
        patch.setattr(_plain, "MOST_CELLS", size * 2)
        patch.setattr(_quoting, "SPARSE", sparse)  # lines without quotes left out, or not
        fast = table(resource, width)
        one_by_one(patch)
        assert fast == table(resource, width)


@settings(
    max_examples=500,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(CONTENTS, DIALECTS, st.sampled_from([5, 16, 1000]), st.sets(st.integers(1, 9)))
@example('a,b\n"1\n2",3\n4,"5\n\n6"\n7\n', Dialect(), 1000, {2, 4})
def test_rows_that_are_wanted_are_read_alone_as_among_others(
    resource, content, dialect, size, wanted
):
    # Declared, as null characters beside commas look like UTF-16.
    resource = with_bytes(resource, content.encode(), dialect=dialect, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "BLOCK", size)
        patch.setattr(blocks, "TAIL", min(size, 4))
        patch.setattr(blocks, "LONGEST_BLOCK", 200)
        whole = DelimitedReader(resource)
        width = len(whole.labels or []) if dialect.header else 3
        among_others = rows_of(whole.batches(width), wanted)
        alone = DelimitedReader(resource).batches(
            width,
            [str(column) for column in range(width)],
            pl.Series(sorted(wanted), dtype=pl.Int64),
        )
        assert rows_of(alone, wanted) == among_others


def rows_of(batches, wanted):
    return {
        number: (line, cells)
        for batch in batches
        for number, line, cells in zip(
            batch.rows, batch.lines, batch.cells.rows(named=True), strict=True
        )
        if number in wanted
    }


def test_plain_text_is_read_by_polars(resource, monkeypatch):
    data = b'a,b\n"x, y",2\n"z\nz",3\n\n4\n5,6,7\n'
    monkeypatch.setattr(TextFile, "_one_by_one", None)
    labels, rows, ragged, empty, found = table(with_bytes(resource, data))
    assert labels == ["a", "b"]
    assert rows == [
        (2, 2, ("x, y", "2")),
        (3, 3, ("z\nz", "3")),
        (4, 5, (None, None)),
        (5, 6, ("4", None)),
        (6, 7, ("5", "6")),
    ]
    assert (ragged, empty, found) == ({5: ["4"], 6: ["5", "6", "7"]}, [4], [])


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_of_records_with_an_empty_last_cell_only_those_that_are_ragged_are_cut_out(
    resource, monkeypatch, end
):
    cut_out = []
    text = _quoting.Quoting.text
    monkeypatch.setattr(
        _quoting.Quoting, "text", lambda one, index: cut_out.extend(index) or text(one, index)
    )
    rows = [b"a,b", b'"x ""y""",', b"1,", b"2", b'3,"z"', b"4,,", b"", b'"5', b'",', b"6,7,8"]
    _, _, ragged, empty, _ = table(with_bytes(resource, end.join(rows)))
    assert (ragged, empty) == ({4: ["2"], 6: ["4", "", ""], 9: ["6", "7", "8"]}, [7])
    assert cut_out == [2, 4, 5, 7]


@pytest.mark.parametrize("compressed", [False, True])
@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("data", [b"a\nb\n\xc9tang\n", b'a\nb\n\xc9""\n'])
def test_wrong_encoding_names_line_and_byte(resource, monkeypatch, compressed, plain, data):
    if not plain:
        one_by_one(monkeypatch)
    resource = with_bytes(
        resource,
        gzip.compress(data) if compressed else data,
        compression="gz" if compressed else "",
        detects_encoding=False,
    )
    with pytest.raises(PackageError, match=r"^t\.csv:3: byte 0xc9 at offset 4 is not utf-8;"):
        table(resource)


def test_wrong_encoding_beyond_the_first_block_is_placed_exactly(resource, monkeypatch):
    monkeypatch.setattr(blocks, "BLOCK", 8)
    monkeypatch.setattr(blocks, "TAIL", 4)
    data = b"a\n" + "池\n".encode() * 20 + b"\xff\n"
    rows, said = broken_off(with_bytes(resource, data))
    assert rows == ["池"] * 19  # and none of the block that has the wrong byte
    assert said.startswith("t.csv:22: byte 0xff at offset 82 is not utf-8;")


def test_text_is_decoded_as_declared(resource):
    latin = with_bytes(resource, b"\xc9tang\r\n1\r\n", encoding="iso8859-1")
    assert table(latin)[:2] == (["Étang"], [(2, 2, ("1",))])


def test_unreadable_file_is_one_line(resource):
    resource.files[0].unlink()
    with pytest.raises(PackageError, match=r"^t\.csv: cannot be read: "):
        DelimitedReader(resource)


def test_only_the_columns_that_are_wanted_are_made(resource):
    reader = DelimitedReader(with_bytes(resource, b"a,b,c\n1,2,3\n"))
    (batch,) = reader.batches(3, ["2"])
    assert batch.cells["2"].to_list() == ["3"]
    assert "1" not in batch.cells.columns
    assert isinstance(batch.empty, pl.Series)


@pytest.mark.parametrize("size", [4, 16, 1000])
def test_a_header_is_found_behind_many_comments(resource, monkeypatch, size):
    monkeypatch.setattr(blocks, "BLOCK", size)
    monkeypatch.setattr(blocks, "TAIL", 4)
    comments = "# a comment\n" * 9
    dialect = Dialect(comment_char="#")
    resource = with_bytes(resource, f"{comments}pond\nReed\n# x\nLily\n".encode(), dialect=dialect)
    labels, rows, *_ = table(resource)
    assert labels == ["pond"]
    assert rows == [(11, 11, ("Reed",)), (13, 13, ("Lily",))]


def test_surplus_cells_are_looked_for_at_once_behind_the_first(resource, monkeypatch):
    monkeypatch.setattr(blocks, "BLOCK", 8)
    monkeypatch.setattr(blocks, "TAIL", 6)
    monkeypatch.setattr(_smallfiles, "SMALL", 0)
    refused, by_polars = [], _parsing.by_polars
    monkeypatch.setattr(
        _parsing,
        "by_polars",
        lambda *given, refuse, **more: (
            refused.append(refuse) or by_polars(*given, refuse=refuse, **more)
        ),
    )
    rows = [b"1,2", b"3,4", b"5,6,7", b"8,9", b"1,2", b"3", b"4,5", b"6,7,8", b"9,1", b"2,3"]
    _, found, ragged, _, _ = table(with_bytes(resource, b"\n".join([b"a,b", *rows]) + b"\n"))
    assert len(found) == 10
    assert {*map(len, ragged.values())} == {1, 3}
    first = refused.index(False)
    assert refused[:first] == [True] * first != []
    assert refused[first:] == [False] * (len(refused) - first) != [False]
