"""What manifests of Iceberg and their lists say, and that less of it is never a whole table."""

import json

import pytest
from support.iceberg import IcebergTable
from support.ponds import SCHEMA, ponds

from validate import PackageError, validate

LIST, MANIFEST = "snap-*.avro", "[!s]*.avro"
SYNC = 16  # bytes that end the header of an Avro file, and each block


@pytest.fixture
def made(tmp_path):
    """A table of one file."""
    table = IcebergTable(tmp_path / "ponds", [(1, "pond_id", "long"), (2, "depth", "double")])
    table.commit(table.write("a.parquet", ponds(1, 1), (1, 2)))
    return table


def refusal(table):
    with pytest.raises(PackageError) as caught:
        validate(table.folder, schema=SCHEMA)
    return str(caught.value)


def summarised(made, **counts):
    """Has the summary of the snapshot count something."""
    (file,) = (made.folder / "metadata").glob("*.metadata.json")
    metadata = json.loads(file.read_text("utf-8"))
    for name, count in counts.items():
        metadata["snapshots"][0]["summary"][name.replace("_", "-")] = count
    file.write_text(json.dumps(metadata), "utf-8")


def file_of(made, pattern):
    """The list of manifests or the manifest, what is in it, and where its first block begins."""
    (file,) = (made.folder / "metadata").glob(pattern)
    content = file.read_bytes()
    return file, content, content.index(content[-SYNC:]) + SYNC


def test_a_manifest_that_is_cut_is_never_one_with_fewer_files(made):
    """An Avro file that ends behind its header, or behind a block, is whole to a reader."""
    file, content, block = file_of(made, MANIFEST)
    file.write_bytes(content[:block])
    said = f"has {block:,} bytes, and the list of manifests says {len(content):,}"
    assert f"metadata/{file.name} {said}" in refusal(made)


def test_a_manifest_has_as_many_files_as_its_list_says(made):
    file, content, block = file_of(made, MANIFEST)
    status = block + 3  # behind the number of entries and that of bytes, of which there are > 63
    assert content[block] == content[status] == 2  # one entry, which was added (1)
    file.write_bytes(content[:status] + b"\4" + content[status + 1 :])
    assert f"metadata/{file.name} has 0 files, and the list of manifests says 1" in refusal(made)


@pytest.mark.parametrize(
    ("deleted", "there", "said"),
    [((), "data", "deletes"), (["data/deletes.parquet"], "deletes", "data")],
)
def test_a_manifest_has_files_of_the_kind_that_its_list_says(made, deleted, there, said):
    """The wrong byte says of data that they are deletes, and of deletes that they are data."""
    metadata = made.folder / "metadata"
    for file in metadata.iterdir():
        file.unlink()
    made.commit("data/a.parquet", deleted=deleted)
    (file,) = metadata.glob(LIST)
    content = file.read_bytes()
    end = content.rindex(b".avro") + len(".avro")
    kind = end + 3  # behind the length of the manifest, of two bytes, and its partition spec
    assert content[kind] == (2 if deleted else 0)
    other = b"\0" if deleted else b"\2"
    file.write_bytes(content[:kind] + other + content[kind + 1 :])
    assert f"has files of {there}, and the list of manifests says files of {said}" in refusal(made)


def test_a_wrong_byte_in_a_name_is_not_the_name_of_another_file_of_the_table(tmp_path):
    table = IcebergTable(tmp_path / "ponds", [(1, "pond_id", "long"), (2, "depth", "double")])
    paths = [table.write(f"{name}.parquet", ponds(at, 1), (1, 2)) for at, name in enumerate("ab")]
    table.commit(*paths)
    file, content, _ = file_of(table, MANIFEST)
    file.write_bytes(content.replace(b"data/b.parquet", b"data/a.parquet"))
    assert f"its manifests name {table.location}/data/a.parquet twice" in refusal(table)


@pytest.mark.parametrize("count", [0, 1])
@pytest.mark.parametrize("name", ["total_data_files", "added_data_files", "total_records"])
def test_a_list_that_ends_behind_its_header_lacks_what_the_summary_counts(made, name, count):
    summarised(made, **{name: str(count)})
    assert validate(made.folder, schema=SCHEMA).valid
    file, content, block = file_of(made, LIST)
    file.write_bytes(content[:block])
    if count:
        what = "rows" if name == "total_records" else "files"
        assert f"its manifests have 0 {what}, and its summary counts 1" in refusal(made)
    elif name == "added_data_files":
        assert "counts neither files nor rows" in refusal(made)
    else:
        assert validate(made.folder, schema=SCHEMA).valid


def test_a_list_without_a_manifest_is_whole_only_where_a_summary_says_so(made):
    file, content, block = file_of(made, LIST)
    file.write_bytes(content[:block])
    said = "has no manifest, and the summary of its snapshot counts neither files nor rows"
    assert f"metadata/{file.name} {said}" in refusal(made)


def test_a_count_that_is_no_number_is_named(made):
    summarised(made, total_data_files="many")
    assert "the summary of its snapshot has no number for total-data-files" in refusal(made)


@pytest.mark.parametrize("pattern", [LIST, MANIFEST])
@pytest.mark.parametrize("byte", [b"\0", b"\xff", b"\xfe"])
def test_lengths_that_lead_behind_the_end_are_one_line(made, pattern, byte):
    """The library reads what lies behind its memory there, or ends the process."""
    file, content, block = file_of(made, pattern)
    within = block + 3  # a block begins with its counts
    rest = len(content) - SYNC - within
    file.write_bytes(content[:within] + byte * rest + content[-SYNC:])
    said = refusal(made)
    assert said.startswith(f"{made.folder}: not a table of Iceberg that is whole: metadata/")
    assert file.name in said


@pytest.mark.parametrize("pattern", [LIST, MANIFEST])
@pytest.mark.parametrize("length", [0, 3, 40, 900, -1, -SYNC])
def test_files_that_are_cut_are_one_line(made, pattern, length):
    file, content, _ = file_of(made, pattern)
    file.write_bytes(content[:length])
    assert f"not a table of Iceberg that is whole: metadata/{file.name}" in refusal(made)
