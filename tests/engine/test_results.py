"""Results: what is no whole result is told in one line, whatever it is."""

import json
import os
import pickle
import random
from io import BytesIO, RawIOBase
from zlib import crc32

import pytest
from engine.test_parts import many_rows
from support.parted import results

from validate import PackageError, merge, run_part
from validate._src.engine.results import BEGIN, TAIL, Result


@pytest.fixture
def made(tmp_path):
    """A package, and the only part of it."""
    folder = many_rows(tmp_path, 60)
    (stream,) = results(folder, 1)
    return folder, stream.getvalue()


def refused(content):
    with pytest.raises(PackageError) as caught:
        merge([BytesIO(content)])
    line = str(caught.value)
    assert line.startswith("result 1: ")
    assert "\n" not in line
    return line


class _Harm:
    def __reduce__(self):
        return os.system, ("touch harmed",)


def test_what_is_no_result_is_told(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    chance = random.Random(0)
    for content in (b"", b"{}", chance.randbytes(1000), pickle.dumps(_Harm())):
        assert "no result of a part" in refused(content)
        assert "breaks off" in refused(BEGIN + content)
    assert not (tmp_path / "harmed").exists()


def test_a_result_that_breaks_off_is_told(made):
    _, content = made
    for size in range(len(BEGIN), len(content), 97):
        assert "breaks off" in refused(content[:size])


def test_a_changed_byte_is_told(made):
    _, content = made
    chance = random.Random(1)
    for _ in range(300):
        changed = bytearray(content)
        changed[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        refused(bytes(changed))


def test_two_results_in_a_file_are_told(made):
    """The second alone was read, whose places are those of the first where they are of one part."""
    _, content = made
    said = f"{len(content):,} bytes stand before the result of part 1/1; a file holds one result"
    assert said in refused(content * 2)
    assert said in refused(content[:-7] + b"\0" * 7 + content)


@pytest.mark.parametrize("behind", [b"\n", b"\0", b"x" * 5000, BEGIN])
def test_what_stands_behind_a_result_is_told(made, behind):
    _, content = made
    assert "breaks off, or something stands behind it" in refused(content + behind)


def test_what_is_lost_or_stands_twice_in_between_is_told(made):
    _, content = made
    middle = len(content) // 3
    refused(content[:middle] + content[middle + 1 :])
    refused(content[:middle] + content[middle - 9 :])


def test_parts_of_two_runs_are_told(tmp_path):
    halves = []
    for rows in (60, 61):
        folder = tmp_path / str(rows)
        folder.mkdir()
        halves.append(results(many_rows(folder, rows), 2))
    with pytest.raises(PackageError, match=r"^result 2: is of other data: .*; judge both parts"):
        merge([halves[0][0], halves[1][1]])


@pytest.mark.skipif(os.name == "nt", reason="pipes and devices of Unix")
@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_what_has_no_end_is_not_opened(tmp_path, kind):
    file = tmp_path / "a.result" if kind == "pipe" else "/dev/zero"
    if kind == "pipe":
        os.mkfifo(file)
    with pytest.raises(PackageError, match="not a regular file; a merge reads it in several"):
        merge([file])


@pytest.mark.parametrize(
    "change",
    [
        lambda told: told.pop("share"),
        lambda told: told.update(share=7),
        lambda told: told.update(share="3/2"),
        lambda told: told.update(asked=None),
        lambda told: told["asked"].update(path=7),
        lambda told: told["asked"].update(resources=[7]),
        lambda told: told["asked"].pop("fast"),
        lambda told: told.update(tasks=[1]),
        lambda told: told["tasks"][0].__setitem__(2, [[-1, 2, 3]]),
        lambda told: told.update(files=[[1]]),
        lambda told: told.update(tool=3),
        lambda told: told.pop("begins"),
        lambda told: told.update(begins=told["begins"] + 1),
        lambda told: told.update(begins=None),
    ],
)
def test_a_list_that_is_made_up_is_told(made, change):
    _, content = made
    length, _, _ = TAIL.unpack(content[-TAIL.size :])
    start = len(content) - TAIL.size - length
    told = json.loads(content[start : start + length])
    change(told)
    assert "damaged" in refused(content[:start] + listed(told))


def listed(told):
    """A list with the size and checksum that it should have."""
    text = json.dumps(told).encode()
    return text + TAIL.pack(len(text), crc32(text), b"whole\n")


def test_a_file_that_is_gone_is_told(tmp_path):
    with pytest.raises(PackageError, match=r"a\.result: the result cannot be read: No such file"):
        Result(tmp_path / "a.result", 1)
    with pytest.raises(PackageError, match=r"the result cannot be read: Is a directory"):
        Result(tmp_path, 1)


class Taking(RawIOBase):
    """A file without a buffer that takes some bytes at once, and what it has taken."""

    def __init__(self, most):
        self.most, self.taken = most, b""

    def write(self, content):
        if self.most is None:
            return None
        self.taken += content[: self.most]
        return min(self.most, len(content))


@pytest.mark.parametrize("most", [7, 1000])
def test_a_file_that_takes_some_bytes_at_once_gets_all(made, most):
    folder, content = made
    output = Taking(most)
    run_part(folder, "1/1", output)
    assert [*merge([BytesIO(output.taken)])] == [*merge([BytesIO(content)])]


@pytest.mark.parametrize("most", [0, None])
def test_a_file_that_takes_nothing_is_told(made, most):
    folder, _ = made
    with pytest.raises(PackageError, match="the result: cannot be written: it takes nothing"):
        run_part(folder, "1/1", Taking(most))
