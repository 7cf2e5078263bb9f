"""Runs in parts: the report of all parts merged is that of a run of the whole."""

import json
import random
import time
from pathlib import Path

import pytest
from engine.test_parallel import LINES, TEXTS, cut_in, in_few_lines, package
from engine.test_untried import package as parquet_package
from engine.test_untried import sound as sound
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from support.made import change_descriptor
from support.parted import in_parts, results, said
from support.places import ROOT
from support.threads import threads

from validate import PackageError, merge, run_part, validate
from validate._src.checks.constraints import _alike, _judge
from validate._src.engine import recorded, sharing, states, tasks
from validate._src.engine.results import Result
from validate._src.reading import _firstblock, _linesplits, _pieces, _plain, _trial, blocks, parquet

COUNTS = st.sampled_from([1, 2, 3, 7])
SETTINGS = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def cut_into_parts(patch, size, tail=100):
    """Has files cut into blocks of that size, and tables of any size judged in parts."""
    cut_in(patch, size)
    patch.setattr(blocks, "TAIL", min(size, tail))
    patch.setattr(states, "HEAD", 8)  # so that most files have more
    patch.setattr(states, "TAIL", 8)
    patch.setattr(sharing, "BLOCK", size)
    patch.setattr(tasks, "LEAST", 1)
    patch.setattr(_alike, "SMALL", 2)


@SETTINGS
@given(
    texts=st.lists(TEXTS, min_size=1, max_size=3),
    size=st.sampled_from([16, 40, 100, 1000]),
    declared=st.booleans(),
    few=st.booleans(),
    count=COUNTS,
    tail=st.sampled_from([8, 100]),
)
@example(['id,pond,dug\n1,"l\nm",\n' * 9], 16, True, False, 3, 100)
@example(['id,pond,dug\n1,"l\nm\nm\nn\no\np\nq\nr",\n' * 9], 16, True, False, 3, 100)
@example(["id,pond,dug\n1,Reed,\n" + "\n" * 30 + "2,Reed,\n" + "\n" * 9], 16, True, False, 3, 100)
@example(['id,pond,dug\n1,Reed,\n2,"Reed,\n' + "3,Reed,\n" * 9], 16, True, False, 7, 100)
@example(['id,pond,dug\n1,Reed,\n2,a"b,\n' + "3,Reed,\n" * 9] * 2, 16, True, False, 2, 100)
@example(
    ['id,pond,dug\n1,Reed,\n2,"a\n3,b,2020-01-01\n4,c,2020-01-01",\n' * 9], 40, True, False, 2, 100
)
def test_parts_of_text_find_the_same(tmp_path, texts, size, declared, few, count, tail):
    folder = package(tmp_path, texts, **({"encoding": "utf-8"} if declared else {}))
    with pytest.MonkeyPatch.context() as patch:
        cut_into_parts(patch, size, tail)
        if few:
            patch.setattr(_plain, "MOST_CELLS", 12)
        with pytest.MonkeyPatch.context() as read_at_once:
            read_at_once.setattr(_firstblock, "LARGE", 2**30)
            whole = said(validate(folder, unfolded=True))
        assert said(in_parts(folder, count, unfolded=True)) == whole


@SETTINGS
@given(
    texts=st.lists(LINES, min_size=1, max_size=5),
    size=st.sampled_from([40, 100, 300]),
    declared=st.booleans(),
    sample=st.integers(1, 4),
    most=st.sampled_from([2, 5, 2**17]),
    comments=st.sampled_from([[], [], [1], [2, 3]]),
    wrong=st.sampled_from([b"", b"", b"", b"\xff", b"\xe6\xb1", b"\x00"]),
    at=st.floats(0, 1),
    count=COUNTS,
)
def test_parts_of_lines_of_json_find_the_same(
    tmp_path, texts, size, declared, sample, most, comments, wrong, at, count
):
    contents = [text.encode() for text in texts]
    place = int(at * len(contents[-1]))
    contents[-1] = contents[-1][:place] + wrong + contents[-1][place:]
    properties = {"dialect": {"commentRows": comments} if comments else {}}
    properties |= {"encoding": "utf-8"} if declared else {}
    folder = package(tmp_path, contents, "ndjson", **properties)
    with pytest.MonkeyPatch.context() as patch:
        cut_into_parts(patch, size)
        in_few_lines(patch, sample, 3, most)
        with pytest.MonkeyPatch.context() as read_at_once:
            read_at_once.setattr(_linesplits, "HEAD", 0)
            whole = said(validate(folder, unfolded=True))
        assert said(in_parts(folder, count, unfolded=True)) == whole


def many_rows(folder, count=3000):
    """A table of rows in which keys repeat, dates and references are wrong, and lines break."""
    rows = [
        f'{number % 997},"{("Reed", "x", "池の名", "Nowhere")[number % 4]}",'
        f"2020-01-{number % 40:02}\n"
        if number % 10
        else f'{number % 997},"l\nm",2020-01-01\n'
        for number in range(count)
    ]
    return package(folder, ["id,pond,dug\n" + "".join(rows)])


@pytest.mark.parametrize("count", [1, 2, 3, 7, 40])
@pytest.mark.parametrize("few", [False, True])
def test_keys_are_found_across_parts(tmp_path, monkeypatch, count, few):
    folder = many_rows(tmp_path)
    cut_into_parts(monkeypatch, 1000)
    if few:
        monkeypatch.setattr(_judge, "MOST_SUSPECTS", 3)
    whole = said(validate(folder))
    codes = {one.code for one in whole["findings"]}
    assert {"primary-key", "foreign-key", "type-error", "constraint-error"} <= codes
    assert said(in_parts(folder, count)) == whole


def test_most_splits_are_judged_once(tmp_path, monkeypatch):
    """The merge judges a split anew only where a part began amid a record."""
    folder = many_rows(tmp_path)
    cut_into_parts(monkeypatch, 1000)
    streams = results(folder, 4)
    judged = []
    really = recorded._RecordedWork.read

    def read(self, split):
        found = really(self, split)
        judged.append(isinstance(found, recorded._RecordedSplit))
        return found

    monkeypatch.setattr(recorded._RecordedWork, "read", read)
    merge(streams)
    assert judged.count(False) <= 4
    assert judged.count(True) > 40


@pytest.fixture
def in_small_pieces(monkeypatch):
    """Has any table of Parquet be judged in pieces."""
    for module in (_pieces, parquet):
        monkeypatch.setattr(module, "ROWS", 150)
    monkeypatch.setattr(parquet, "BATCH", 40)
    monkeypatch.setattr(_pieces, "MOST_ROWS", 350)
    monkeypatch.setattr(_trial, "_KNOWN", {})
    monkeypatch.setattr(tasks, "LEAST", 1)
    monkeypatch.setattr(tasks, "LEAST_PART", 1)


@pytest.mark.parametrize("count", [1, 2, 3, 7])
@pytest.mark.parametrize("files", [1, 3])
def test_parts_of_parquet_find_the_same(tmp_path, sound, in_small_pieces, count, files):
    folder = parquet_package(tmp_path, sound[:files])
    whole = said(validate(folder))
    assert whole["findings"]
    assert said(in_parts(folder, count)) == whole


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.filterwarnings("ignore")
def test_damaged_parquet_is_left_to_the_merge(tmp_path, sound, in_small_pieces, seed):
    chance, content = random.Random(seed), bytearray(sound[0])
    for _ in range(3):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    folder = parquet_package(tmp_path, [bytes(content), sound[1]])
    assert said(in_parts(folder, 3)) == said(validate(folder))


def test_where_no_process_can_be_started_pieces_are_judged_here(
    tmp_path, sound, in_small_pieces, monkeypatch
):
    monkeypatch.setattr("validate._src.engine.workers.can_fork", lambda: False)
    folder = parquet_package(tmp_path, sound)
    assert said(in_parts(folder, 3)) == said(validate(folder))


def test_a_part_without_tasks_is_a_part(tmp_path):
    folder = package(tmp_path, ["id,pond,dug\n1,Reed,\n"])
    streams = results(folder, 9)
    assert said(merge(streams)) == said(validate(folder))
    with pytest.raises(PackageError, match=r"^part 9/9: absent; give the results of all 9 parts$"):
        merge(streams[:-1])


def test_the_dataset_is_judged_in_parts(sources):
    whole = said(validate(ROOT, sources))
    assert said(in_parts(ROOT, 3, sources)) == whole


def test_a_table_with_a_schema_is_judged_in_parts(tmp_path):
    table = tmp_path / "t.csv"
    table.write_text("id;x\n1;a\n1;b\n", "utf-8")
    schema = tmp_path / "s.json"
    schema.write_text(json.dumps({"fields": [{"name": "id"}, {"name": "x"}], "primaryKey": ["id"]}))
    options = {"schema": schema, "given": {"delimiter": ";"}}
    whole = said(validate(table, **options))
    assert len(whole["findings"]) == 1
    assert said(in_parts(table, 2, **options)) == whole


def test_what_is_not_asked_for_is_not_judged(tmp_path):
    folder = many_rows(tmp_path, 20)
    whole = said(validate(folder, resources=["ponds"]))
    assert said(in_parts(folder, 2, resources=["ponds"])) == whole


@pytest.fixture
def two(tmp_path):
    """A package in a folder of its own, and the results of its two parts."""
    folder = tmp_path / "package"
    folder.mkdir()
    return many_rows(folder, 30), results(folder, 2)


def refused(streams, **options):
    with pytest.raises(PackageError) as caught:
        merge(streams, **options)
    line = str(caught.value)
    assert "\n" not in line
    return line


def test_parts_are_those_of_one_run(two):
    folder, (first, second) = two
    assert refused([]) == "no result is given; give those of all parts"
    assert refused([first, first]) == "result 2: part 1/2, as is result 1; give each part once"
    assert refused([second]) == "part 1/2: absent; give the results of all 2 parts"
    of_three = results(folder, 3)
    assert refused([first, of_three[1]]) == "result 2: part 2/3, but result 1 is part 1/2"


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"fast": True}, "--fast"),
        ({"resources": ["rows"]}, "--resource"),
        ({"default_severity": True}, "--default-severity"),
        ({"allow_remote": True}, "--allow-remote"),
    ],
)
def test_parts_are_asked_the_same(two, options, named):
    folder, (first, _) = two
    line = refused([first, results(folder, 2, **options)[1]])
    assert line.startswith(f"result 2: was asked for {named} ")


@pytest.mark.parametrize(
    ("name", "change", "why"),
    [
        ("0.csv", lambda file: file.write_bytes(file.read_bytes() + b"9,Reed,\n"), "other data"),
        ("0.csv", lambda file: file.write_bytes(file.read_bytes()[:-2] + b"x\n"), "other data"),
        ("0.csv", lambda file: file.unlink(), "other data: 0.csv"),
        ("ponds.csv", lambda file: file.unlink(), "other data: ponds.csv"),
        (
            "datapackage.json",
            lambda file: file.write_text(file.read_text().replace("90", "91")),
            "another descriptor or schema",
        ),
    ],
)
def test_parts_are_of_what_is_merged(two, name, change, why):
    folder, streams = two
    change(folder / name)
    assert why in refused(streams)


def of_all_kinds(folder, content, count=3):
    """A package of tables that are cut, judged whole and left to the merge, and of a picture."""
    rows = "id,pond,dug\n" + "".join(f"{number},Reed,\n" for number in range(99))
    many_files = package(folder, [rows] * count)
    (folder / "sold.json").write_text(json.dumps([{"id": 7}] * 99), "utf-8")
    (folder / "ruled.csv").write_text("id\n" + "1\n" * 99, "utf-8")
    (folder / "pond.png").write_bytes(bytes(99))
    (folder / "bed.parquet").write_bytes(content)
    rule = {"name": "none", "resource": "ruled", "query": "SELECT _row FROM ruled WHERE id > 1",
            "message": "more"}  # fmt: skip
    change_descriptor(
        many_files,
        lambda told: told.update(
            resources=[
                *told["resources"],
                {"name": "sold", "path": "sold.json", "schema": {"fields": [{"name": "id"}]}},
                {"name": "ruled", "path": "ruled.csv", "schema": {"fields": [{"name": "id"}]}},
                {"name": "picture", "path": "pond.png"},
                {"name": "bed", "path": "bed.parquet", "schema": {"fields": []}},
            ],
            rules=[rule],
        ),
    )
    return many_files


def changed_amid(file, content):
    """Changes a byte amid a file, which keeps its size."""
    at = len(content) // 2
    file.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])


@pytest.mark.parametrize("count", [1, 2, 3, 7])
def test_each_byte_of_files_is_compared(tmp_path, sound, in_small_pieces, count, monkeypatch):
    """All parts look at some of each file; at all of it, one of them and the merge."""
    folder = of_all_kinds(tmp_path, sound[0])
    cut_into_parts(monkeypatch, 100)
    monkeypatch.setattr("validate._src.engine.workers.can_fork", lambda: False)
    monkeypatch.setattr("validate._src.engine.workers.started", threads(1, None))
    streams, whole = results(folder, count), said(validate(folder))
    assert said(merge(streams)) == whole
    files = [file for file in folder.iterdir() if file.name != "datapackage.json"]
    for file in files:
        content = file.read_bytes()
        changed_amid(file, content)
        assert f"is of other data: {file.name} is not the same, as it is here" in refused(streams)
        file.write_bytes(content)


def test_a_part_of_other_data_is_refused_by_what_it_judges(tmp_path, sound, monkeypatch):
    """Where a part has another file than the rest, but judges nothing of it, that is of no use."""
    folder = of_all_kinds(tmp_path, sound[0])
    cut_into_parts(monkeypatch, 100)
    monkeypatch.setattr("validate._src.engine.workers.can_fork", lambda: False)
    monkeypatch.setattr("validate._src.engine.workers.started", threads(1, None))
    streams, whole = results(folder, 3), said(validate(folder))
    file = folder / "1.csv"
    content = file.read_bytes()
    changed_amid(file, content)
    others = results(folder, 3)
    file.write_bytes(content)
    judging = [at for at, one in enumerate(others) if has_read(one, "1.csv")]
    assert judging
    for at, other in enumerate(others):
        some = [*streams[:at], other, *streams[at + 1 :]]
        if at in judging:
            assert "is of other data: 1.csv is not the same" in refused(some)
        else:
            assert said(merge(some)) == whole


def has_read(stream, path):
    """Whether a part has read all of a file."""
    files = Result(stream, 1).contents.identity.files
    return any(location == path and whole for location, _, _, whole in files)


def test_files_that_no_part_has_read_are_told(two, monkeypatch):
    folder, _ = two
    monkeypatch.setattr(states, "HEAD", 8)
    monkeypatch.setattr(states, "TAIL", 8)
    with monkeypatch.context() as patch:
        patch.setattr(states.Seen, "look_at_all_of", lambda self, parts: None)
        streams = results(folder, 2)
    assert refused(streams) == "0.csv: no part has read all of it; judge all parts again"


@pytest.mark.parametrize("labels", [False, True])
def test_small_files_of_lines_of_json_are_shared(tmp_path, monkeypatch, labels):
    """But not those with labels, of which what is said of one depends on those before it."""
    row = '["1", "Reed", ""]\n' if labels else '{"id": 1, "pond": "Reed", "dug": null}\n'
    text = ('["id", "pond", "dug"]\n' if labels else "") + row * 9
    folder = package(tmp_path, [text] * 12, "ndjson")
    whole = said(validate(folder))
    cut_into_parts(monkeypatch, 3 * len(text))
    streams = results(folder, 4)
    tasks_of = [Result(one, 1).contents.tasks for one in streams]
    kinds = [one.key[0] for some in tasks_of for one in some if one.resource == "rows"]
    assert kinds == ["files"] * (1 if labels else 4)
    assert said(merge(streams)) == whole


def test_a_part_reads_what_it_judges(tmp_path, monkeypatch):
    """And little besides: the head of each file, and samples."""
    text = "id,pond,dug\n" + "1,Reed,\n" * 150_000
    folder = package(tmp_path, [text] * 12)
    fields = [{"name": name} for name in ("id", "pond", "dug")]  # of faults rows are read again
    change_descriptor(folder, lambda told: told["resources"][0].update(schema={"fields": fields}))
    monkeypatch.setattr(tasks, "LEAST", 1)
    monkeypatch.setattr(states, "time_ns", lambda: time.time_ns() + 2 * states.RECENT)
    read, really = [], Path.open

    def opened(self, *mode, **options):
        stream = really(self, *mode, **options)
        return Counting(stream, read) if self.suffix == ".csv" else stream

    monkeypatch.setattr(Path, "open", opened)
    streams = results(folder, 4)
    assert sum(read) < 3 * len(text) * 12
    read.clear()
    merge(streams)
    assert sum(read) < 2 * len(text) * 12


class Counting:
    """A file that counts what is read of it."""

    def __init__(self, stream, read):
        self._stream, self._read = stream, read

    def read(self, *size):
        content = self._stream.read(*size)
        self._read.append(len(content))
        return content

    def __getattr__(self, name):
        return getattr(self._stream, name)

    def __enter__(self):
        return self

    def __exit__(self, *raised):
        self._stream.close()


def test_a_file_that_goes_while_it_is_read_is_told(tmp_path, monkeypatch):
    folder = many_rows(tmp_path, 30)
    really = sharing.Sharing.judge

    def judge(self):
        really(self)
        (folder / "0.csv").unlink()

    monkeypatch.setattr(sharing.Sharing, "judge", judge)
    with pytest.raises(PackageError, match=r"0\.csv is not the same: it was changed while"):
        run_part(folder, "1/1", tmp_path / "a.result")
    assert not (tmp_path / "a.result").exists()


def test_a_file_that_goes_while_it_is_merged_is_told(two, monkeypatch):
    folder, streams = two
    really = recorded.Recorded.batches

    def batches(self, *given):
        yield from really(self, *given)
        (folder / "0.csv").unlink(missing_ok=True)

    monkeypatch.setattr(recorded.Recorded, "batches", batches)
    refused(streams)


def test_the_package_may_be_elsewhere(two, tmp_path):
    folder, streams = two
    whole = said(validate(folder))
    folder.rename(tmp_path / "moved")
    assert "no such file" in refused(streams)
    assert said(merge(streams, tmp_path / "moved")) == whole


def test_results_are_files(two, tmp_path):
    folder, _ = two
    files = [tmp_path / f"{number}.result" for number in (1, 2)]
    for number, file in enumerate(files, 1):
        run_part(folder, f"{number}/2", file)
    assert said(merge([*map(str, files)])) == said(validate(folder))


def test_where_a_result_cannot_be_written_is_told(two, tmp_path):
    folder, _ = two
    with pytest.raises(PackageError, match=r"no/a\.result: cannot be written: No such file"):
        run_part(folder, "1/2", tmp_path / "no" / "a.result")


def test_progress_is_told(two):
    folder, _ = two
    told = []
    streams = results(folder, 1, progress=told.append)
    assert (told[-1].resource, told[-1].rows) == (None, 32)
    merged = []
    merge(streams, progress=merged.append)
    assert (merged[-1].resource, merged[-1].rows) == (None, 32)
