import json
import re

import pytest

from validate._src.package.deltacommits import Added, read_commit, spelled

ADD = {"add": {"path": "./%70.parquet", "dataChange": True}}
REMOVE = {"remove": {"path": "q.parquet"}}
CHANGES = {"cdc": {"path": "_change_data/a=1/c.parquet"}}


def read(folder, *actions, **metrics):
    file = folder / f"{3:020}.json"
    begin = {"commitInfo": {"operationMetrics": metrics}}
    file.write_text("".join(json.dumps(each) + "\n" for each in (begin, *actions)), "utf-8")
    return read_commit(file)


def test_paths_are_spelled_alike(tmp_path):
    commit = read(tmp_path, ADD, REMOVE)
    assert commit.added == (Added("p.parquet", vector=False, changes=True),)
    assert commit.removed == ("q.parquet",)
    assert spelled("a=%2520/./b") == "a=%20/b"


@pytest.mark.parametrize(
    ("actions", "metrics", "said"),
    [
        ([], {"num_added_files": 2}, "has 0 files, and says that it has added 2"),
        ([{"add": None}], {"num_added_files": 1}, "has 0 files, and says that it has added 1"),
        ([ADD], {"num_added_files": "2"}, "has 1 files, and says that it has added 2"),
        ([ADD], {"num_target_files_added": 2}, "has 1 files, and says that it has added 2"),
        ([ADD], {"num_removed_files": 1}, "has 0 files, and says that it has removed 1"),
        ([REMOVE], {"numRemovedFiles": "2"}, "has 1 files, and says that it has removed 2"),
        ([ADD], {"numFilesRemoved": 1}, "has 0 files, and says that it has removed 1"),
        ([ADD], {"num_added_files": "one"}, 'says of num_added_files "one", which is no number'),
        ([ADD], {"num_added_files": True}, 'says of num_added_files "True", which is no number'),
        ([{"cdc": ADD["add"]}], {}, "has ./%70.parquet as a file of changes, which are in"),
    ],
)
def test_a_commit_has_the_files_that_it_says(tmp_path, actions, metrics, said):
    with pytest.raises(ValueError, match=rf"^_delta_log/{3:020}.json {re.escape(said)}"):
        read(tmp_path, *actions, **metrics)


@pytest.mark.parametrize(
    "metrics",
    [{}, {"num_added_files": 2}, {"num_added_files": None, "numRemovedFiles": "-1"}],
)
def test_files_of_changes_are_counted_among_those_added(tmp_path, metrics):
    assert len(read(tmp_path, ADD, CHANGES, **metrics).added) == 1


def test_what_names_no_file_is_told_by_the_reader(tmp_path):
    assert read(tmp_path, {"add": {"path": 5}}) is None
