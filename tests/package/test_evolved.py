"""Files whose tables have other columns by now."""

import polars as pl
import pytest

from validate._src.package.evolved import Column, as_the_table_has_it
from validate._src.words.errors import FileError


@pytest.fixture
def file(tmp_path):
    """A file of two columns, which have no numbers."""
    written = tmp_path / "a.parquet"
    pl.DataFrame({"pond_id": [1, 2], "depth": [0.5, None]}).write_parquet(written)
    return written


def conformed(file, *columns, fallbacks=None):
    copy = file.with_name("copy.parquet")
    return as_the_table_has_it(file, "a.parquet", columns, fallbacks or {}, copy)


def test_a_file_with_the_columns_of_its_table_is_itself(file):
    assert conformed(file, Column("pond_id"), Column("depth")) == file


@pytest.mark.parametrize(
    ("names", "rows"),
    [
        (["depth", "pond_id"], [(0.5, 1), (None, 2)]),
        (["pond_id", "depth", "owner"], [(1, 0.5, None), (2, None, None)]),
        (["depth"], [(0.5,), (None,)]),
    ],
)
def test_a_copy_has_the_columns_of_the_table_in_its_order(file, names, rows):
    made = conformed(file, *map(Column, names))
    assert made != file
    frame = pl.read_parquet(made)
    assert (frame.columns, frame.rows()) == (names, rows)


def test_types_stay_what_they_are(file):
    made = conformed(file, Column("depth"), Column("pond_id"), Column("owner"))
    assert pl.read_parquet_schema(made) == {
        "depth": pl.Float64,
        "pond_id": pl.Int64,
        "owner": pl.String,
    }


def test_a_column_that_is_not_there_has_its_fallback_or_its_default(file):
    aliases = {"aliases": frozenset({"pond_id"})}
    columns = (
        Column("pond_id", 1, **aliases),
        Column("shore", 2, default="n"),
        Column("year", 3, default=2000),
    )
    made = conformed(file, *columns, fallbacks={3: 2024})
    assert pl.read_parquet(made).rows() == [(1, "n", 2024), (2, "n", 2024)]


def test_columns_are_not_guessed_by_their_names_where_they_have_numbers(file):
    with pytest.raises(FileError, match=r"^a\.parquet: its columns have no numbers"):
        conformed(file, Column("pond_id", 1), Column("depth", 2))


@pytest.mark.parametrize("content", [b"", b"PAR1", b"\0" * 100])
def test_a_file_that_cannot_be_read_is_left_to_its_reader(file, content):
    file.write_bytes(content)
    assert conformed(file, Column("depth")) == file


def test_a_damaged_file_is_left_to_its_reader(file):
    content = bytearray(file.read_bytes())
    content[4:60] = b"\xff" * 56
    file.write_bytes(bytes(content))
    assert conformed(file, Column("depth")) == file
