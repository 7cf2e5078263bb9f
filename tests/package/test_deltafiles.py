"""Tables of Delta whose log says two things of its files."""

import json
import shutil

import pytest
from deltalake import DeltaTable, write_deltalake
from support.ponds import SCHEMA, ponds

from validate import PackageError, validate


@pytest.fixture
def log(tmp_path):
    """The log of a table of four commits with checkpoints of the second and third."""
    for at in range(4):
        write_deltalake(tmp_path / "ponds", ponds(at, 1), mode="append")
        if at in (1, 2):
            DeltaTable(tmp_path / "ponds").create_checkpoint()
    assert validate(tmp_path / "ponds", schema=SCHEMA).valid
    return tmp_path / "ponds" / "_delta_log"


def refusal(log):
    with pytest.raises(PackageError) as caught:
        validate(log.parent, schema=SCHEMA)
    return str(caught.value)


def commit(log, version):
    return log / f"{version:020}.json"


def checkpoint(log, version):
    return log / f"{version:020}.checkpoint.parquet"


def added(log, **properties):
    """The last commit adds its file once more."""
    lines = commit(log, 3).read_text("utf-8").splitlines()
    (add,) = (json.loads(line)["add"] for line in lines if '"add"' in line)
    add |= {name: of(add) if callable(of) else of for name, of in properties.items()}
    commit(log, 3).write_text("\n".join([*lines, json.dumps({"add": add})]), "utf-8")


def test_deleted_rows_do_not_come_back_with_a_path_that_was_changed(log):
    DeltaTable(log.parent).delete("pond_id = 3")
    assert validate(log.parent, schema=SCHEMA).valid
    content = commit(log, 4).read_text("utf-8")
    commit(log, 4).write_text(content.replace('"path":"part', '"path":"paru'), "utf-8")
    said = refusal(log)
    assert f"{commit(log, 4).name} removes paru" in said
    assert said.endswith("which was not there")
    commit(log, 4).write_text(content.replace('"path":"part', '"path":"./part'), "utf-8")
    assert refusal(log).endswith("and its commits say otherwise")


@pytest.mark.parametrize("begin", ["./", "%2E/"])
@pytest.mark.parametrize("changes", [True, False])
def test_a_file_is_there_once(log, begin, changes):
    added(log, path=lambda add: begin + add["path"], dataChange=changes)
    assert refusal(log).endswith("twice, and each of its rows with it")


def test_a_file_is_not_added_again_as_a_change(log):
    shutil.copy(commit(log, 2), commit(log, 3))
    said = refusal(log)
    assert f"{commit(log, 3).name} adds part-" in said
    assert said.endswith("which was there already")


def test_statistics_may_be_added_later(log):
    added(log, dataChange=False)
    assert validate(log.parent, schema=SCHEMA).valid


@pytest.mark.parametrize("cleaned", [True, False])
def test_a_checkpoint_is_held_to_what_is_said_of_it(log, cleaned):
    shutil.copy(checkpoint(log, 1), checkpoint(log, 2))
    for version in range(3 * cleaned):
        commit(log, version).unlink()
    assert f"{checkpoint(log, 2).name} has 4 as size, and _last_checkpoint says 5" in refusal(log)


def test_a_checkpoint_is_held_to_the_commits_before_it(log):
    shutil.copy(checkpoint(log, 1), checkpoint(log, 2))
    (log / "_last_checkpoint").unlink()
    said = refusal(log)
    assert f"{checkpoint(log, 2).name} has not part-" in said
    assert said.endswith("and its commits say otherwise")


def test_commits_before_a_checkpoint_may_be_deleted(log):
    commit(log, 0).unlink()
    assert validate(log.parent, schema=SCHEMA).valid


def test_a_deletion_vector_counts_whatever_the_protocol_says(log):
    vector = {"storageType": "i", "pathOrInlineDv": "x", "sizeInBytes": 1, "cardinality": 1}
    content = commit(log, 3).read_text("utf-8")
    told = f'"deletionVector":{json.dumps(vector)},"dataChange":true'
    commit(log, 3).write_text(content.replace('"dataChange":true', told), "utf-8")
    assert "deleted by deletion vectors, which are not read" in refusal(log)


@pytest.mark.parametrize("name", ["numFiles", "numOfAddFiles", "tableSizeBytes"])
def test_a_checksum_of_the_version_is_held(log, name):
    actions = DeltaTable(log.parent).get_add_actions(flatten=True)
    sizes = [row.as_py() for row in actions["size_bytes"]]
    number = sum(sizes) if name == "tableSizeBytes" else len(sizes)
    checksum = log / f"{3:020}.crc"
    checksum.write_text(json.dumps({name: number}), "utf-8")
    assert validate(log.parent, schema=SCHEMA).valid
    checksum.write_text(json.dumps({name: number + 1}), "utf-8")
    assert f"{checksum.name} says {number + 1} as {name}, and the log has" in refusal(log)


@pytest.mark.parametrize("name", ["_last_checkpoint", f"{3:020}.crc"])
def test_what_is_said_of_a_log_is_an_object_of_json(log, name):
    (log / name).write_text("[", "utf-8")
    assert f"_delta_log/{name} is no JSON object; restore or delete it" in refusal(log)
