import re

import pytest

from validate._src.package.deltalog import check_commits

ACTION = b'{"commitInfo": {}}\n'


def refused(folder, **sizes):
    """What is said of a log of such files, whose names are numbers of commits or checkpoints."""
    log = folder / "_delta_log"
    log.mkdir()
    for name, size in sizes.items():
        kind, number, *more = name.split("_")
        begin = f"{int(number):020}"
        if kind == "checkpoint":
            begin += ".checkpoint"
        if more:
            begin += "".join(f".{int(one):010}" for one in more)
        ending = "json" if kind == "commit" else "parquet"
        content = ACTION if size else b""
        (log / f"{begin}.{ending}").write_bytes(content)
    try:
        check_commits(folder)
    except ValueError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    "sizes",
    [
        {},
        {"commit_0": 1},
        {"commit_0": 1, "commit_1": 1},
        {"checkpoint_4": 1},
        {"commit_3": 0, "checkpoint_4": 1, "commit_5": 1},
        {"checkpoint_4_1_2": 1, "checkpoint_4_2_2": 1, "commit_5": 1},
    ],
)
def test_logs_that_are_whole(tmp_path, sizes):
    assert refused(tmp_path, **sizes) == ""


@pytest.mark.parametrize(
    ("sizes", "version", "what"),
    [
        ({"commit_0": 0}, 0, "has 0 bytes"),
        ({"commit_0": 1, "commit_1": 0}, 1, "has 0 bytes"),
        ({"commit_1": 1}, 0, "is not there"),
        ({"commit_0": 1, "commit_2": 1}, 1, "is not there"),
        ({"checkpoint_4": 1, "commit_6": 1}, 5, "is not there"),
        ({"checkpoint_4": 0, "commit_5": 1}, 0, "is not there"),
        ({"checkpoint_4_1_2": 1, "commit_5": 1}, 0, "is not there"),
    ],
)
def test_logs_that_lack_a_commit(tmp_path, sizes, version, what):
    assert refused(tmp_path, **sizes).startswith(f"_delta_log/{version:020}.json {what}")


def test_a_checkpoint_may_have_an_identifier(tmp_path):
    assert refused(tmp_path, commit_5=1, checkpoint_4=0).startswith(f"_delta_log/{0:020}.json is")
    name = f"{4:020}.checkpoint.80a083e8-7026-4e79-81be-64bd76c43a11.json"
    (tmp_path / "_delta_log" / name).write_text("{}", "utf-8")
    check_commits(tmp_path)


@pytest.mark.parametrize("content", [b" ", b"\n\n", b"{}\n", b"{\n}\n"])
def test_a_commit_without_an_action_says_nothing(tmp_path, content):
    log = tmp_path / "_delta_log"
    log.mkdir()
    (log / f"{0:020}.json").write_bytes(ACTION)
    last = log / f"{1:020}.json"
    last.write_bytes(content)
    with pytest.raises(ValueError, match=rf"^_delta_log/{last.name} has no action, and a commit"):
        check_commits(tmp_path)
    last.write_bytes(content + b"\n" + ACTION)
    check_commits(tmp_path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"foo": 1}\n', "has no action, and a commit says something"),
        (b'{}\n\n{"foo": {"add": 1}}', "has no action, and a commit says something"),
        (
            ACTION + b'{"adf": {"path": "a.parquet"}}',
            'says "adf", which is no action that is known',
        ),
    ],
)
def test_a_wrong_byte_in_the_name_of_an_action_does_not_lose_what_it_adds(tmp_path, content, said):
    log = tmp_path / "_delta_log"
    log.mkdir()
    (log / f"{0:020}.json").write_bytes(content)
    with pytest.raises(ValueError, match=rf"^_delta_log/{0:020}.json {said}"):
        check_commits(tmp_path)


@pytest.mark.parametrize(
    "name",
    [
        f"{2:020}.JSON",
        f"{2:020}.json.gz",
        f"{2:020}.json#1",
        f"{2:020}.crc",
        f".{2:020}.json.crc",
        f"._{2:020}.json",
        f"{2:020} (1).json",
        f"{2:020}",
        f"{0:020}.{2:020}.compacted.json",
        f"{2:020}.checkpoint.{1:010}.{2:010}.parquet",
    ],
)
def test_what_is_of_a_later_version_says_that_a_commit_is_lost(tmp_path, name):
    log = tmp_path / "_delta_log"
    log.mkdir()
    for version in range(2):
        (log / f"{version:020}.json").write_bytes(ACTION)
    (log / name).write_text("{}", "utf-8")
    said = f"^_delta_log/{re.escape(name)} is of version 2, and the last commit that is there of 1"
    with pytest.raises(ValueError, match=said):
        check_commits(tmp_path)
    (log / f"{2:020}.json").write_bytes(ACTION)
    assert check_commits(tmp_path).broken == ""


@pytest.mark.parametrize(
    "name", ["_last_checkpoint", f".{2:020}.json.a-b.tmp", "_commit_1.json.tmp"]
)
def test_what_is_named_otherwise_is_of_no_version(tmp_path, name):
    log = tmp_path / "_delta_log"
    log.mkdir()
    (log / f"{0:020}.json").write_bytes(ACTION)
    (log / name).write_text("{}", "utf-8")
    assert check_commits(tmp_path).broken == ""


def test_a_commit_is_a_file(tmp_path):
    log = tmp_path / "_delta_log"
    (log / f"{1:020}.json").mkdir(parents=True)
    (log / f"{0:020}.json").write_bytes(ACTION)
    with pytest.raises(ValueError, match=rf"^_delta_log/{1:020}.json is not a file, and a commit"):
        check_commits(tmp_path)


def test_what_is_no_json_is_told_by_the_reader(tmp_path):
    log = tmp_path / "_delta_log"
    log.mkdir()
    for content in (b"{", b"[1]\n", b"\xff"):
        for version in range(2):
            (log / f"{version:020}.json").write_bytes(content)
        assert check_commits(tmp_path).broken == f"_delta_log/{0:020}.json"
