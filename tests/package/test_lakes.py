import pytest

from validate import PackageError
from validate._src.package.folder import Folder
from validate._src.package.lakes import DELTA, ICEBERG, errors_told, kind_of_lake
from validate._src.package.tablefolders import FolderHere
from validate._src.words.errors import FileError


@pytest.fixture
def table(tmp_path):
    return FolderHere(Folder(tmp_path), "ponds", "the ponds")


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("_delta_log/00000000000000000000.json", DELTA),
        ("metadata/v1.metadata.json", ICEBERG),
        ("metadata/snap-1.avro", ICEBERG),
        ("metadata/80a083e8-7026-4e79-81be-64bd76c43a11-m0.avro", ICEBERG),
        ("metadata/80a083e8.avro", ""),
        ("metadata/notes.json", ""),
        ("part-0.parquet", ""),
    ],
)
def test_kinds(tmp_path, table, file, kind):
    (tmp_path / "ponds" / file).parent.mkdir(parents=True)
    (tmp_path / "ponds" / file).touch()
    assert kind_of_lake(table) == kind


@pytest.mark.parametrize(
    "error", [OSError("no\n  disk"), ValueError("no\n  disk"), LookupError("no disk")]
)
def test_errors_of_a_library_are_told_in_one_line(table, error):
    with (
        pytest.raises(FileError) as raised,
        errors_told(table, DELTA, LookupError),
    ):
        raise error
    assert str(raised.value) == "the ponds: not a table of Delta that is whole: no disk"
    assert raised.value.reason == "not a table of Delta that is whole: no disk"


def test_errors_of_our_own_pass(table):
    with pytest.raises(LookupError, match="ours"), errors_told(table, ICEBERG):
        raise LookupError("ours")


def test_what_is_told_already_is_told_as_it_is(table):
    with (
        pytest.raises(PackageError, match=r"^the ponds: rows are deleted$"),
        errors_told(table, ICEBERG),
    ):
        raise FileError("the ponds", "rows are deleted")
