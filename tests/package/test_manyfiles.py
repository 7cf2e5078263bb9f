import pytest

from validate._src.package.manyfiles import (
    many_files,
    partition_of,
    partitioned,
    set_aside,
)
from validate._src.words.errors import PackageError
from validate._src.words.model import Part


def parts(*paths):
    return [partitioned(Part(path, None)) for path in paths]


@pytest.mark.parametrize(
    ("path", "partition"),
    [
        ("a.csv", ()),
        ("year=2024/a.csv", (("year", "2024"),)),
        ("x/year=2024/y/month=5/a=b.csv", (("year", "2024"), ("month", "5"))),
        ("city=S%C3%A3o%20Paulo/a.csv", (("city", "São Paulo"),)),
        ("a%3Db=c=d/a.csv", (("a=b", "c=d"),)),
        ("year=/a.csv", (("year", ""),)),
        ("year=__HIVE_DEFAULT_PARTITION__/a.csv", (("year", None),)),
        ("=x/a.csv", ()),
        ("100%FF/a.csv", ()),
        ("a+b=1+1/a.csv", (("a+b", "1+1"),)),
    ],
)
def test_what_a_path_says_of_its_rows(path, partition):
    assert partition_of(path) == partition


def test_only_names_that_are_asked_for_count():
    assert partition_of("year=2024/run=7/a.csv", ["year"]) == (("year", "2024"),)
    assert partition_of("year=2024/a.csv", []) == ()


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("a=1/a=2/a.csv", 'its path has the partition "a" twice'),
        ("a=%FF/a.csv", '"%FF" in its path is no UTF-8 once it is decoded'),
    ],
)
def test_a_path_that_contradicts_itself_is_that_of_no_file(path, said):
    (part,) = parts(path)
    assert (part.absent, part.file, part.partition) == (said, None, ())


def test_files_are_in_the_order_of_their_paths():
    found = many_files(parts("b=1/a.csv", "a.csv", "b=1/B.csv", "b=0/z.csv"))
    assert [part.location for part in found] == ["b=0/z.csv", "b=1/B.csv", "b=1/a.csv", "a.csv"]


def test_a_file_with_other_partitions_than_most_says_so_and_comes_last():
    first, second, other, another = many_files(
        parts("a/x.csv", "year=1/a.csv", "year=2/a.csv", "month=1/year=2/a.csv")
    )
    assert first.absent == second.absent == ""
    said = 'and those of the table have the partition "year"; none of its rows are read'
    assert other.absent == f"its path has no partition, {said}"
    assert another.absent == f'its path has the partitions "month" and "year", {said}'
    assert other.partition == another.partition == ()


def test_the_order_of_names_in_a_path_is_of_no_matter():
    found = many_files(parts("a=1/b=2/x.csv", "b=1/a=2/x.csv"))
    assert not any(part.absent for part in found)


def test_the_names_may_be_given():
    (part,) = many_files([partitioned(Part("x/a.csv", None), ["year"])], ["year"])
    assert part.absent.startswith("its path has no partition, and those of the table have")


@pytest.mark.parametrize(
    ("first", "second"),
    [("a.csv", "b.tsv"), ("a.csv", "b.csv.gz"), ("a", "b.csv"), ("a.xyz", "b.csv")],
)
def test_files_of_two_formats_are_refused(first, second):
    with pytest.raises(PackageError, match=f"{first} and {second} are files of two formats"):
        many_files(parts(first, second))
    assert len(many_files(parts(first, second), is_declared=True)) == 2


def test_names_of_one_format_are_one():
    assert len(many_files(parts("a.ndjson", "b.jsonl", "c.NDJSON"))) == 3


def test_what_is_left_out_is_named():
    assert [*set_aside("t", [])] == []
    (said,) = set_aside("t", [*"abcdefg"])
    assert (said.what, said.resource) == ("a, b, c, d, e and 2 more among the files of t", "t")
    assert said.codes == frozenset()
