"""Tables judged by several workers: the report is that of one."""

import json
import subprocess
import sys
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from support.made import PROFILE
from support.threads import threads

from validate import validate
from validate._src.engine import parallel, tables, workers
from validate._src.reading import (
    _firstblock,
    _jsoncolumns,
    _jsonlines,
    _keys,
    _linesplits,
    _parsing,
    _plain,
    _smallfiles,
    _textfile,
    blocks,
    native,
)

FIELDS = [
    {"name": "id", "type": "integer", "constraints": {"maximum": 90}},
    {"name": "pond", "type": "string", "constraints": {"maxLength": 4}},
    {"name": "dug", "type": "date"},
]
SCHEMA = {
    "fields": FIELDS,
    "primaryKey": ["id"],
    "foreignKeys": [{"fields": ["pond"], "reference": {"resource": "ponds", "fields": ["name"]}}],
}
TEXT_CELLS = ["1", "2", "91", "", "x", "Reed", "池の名前", "2020-01-01", "2020-13-01", "é", " "]
QUOTED = ['"a, b"', '"q""q"', '"l\nm"', '"\n\n"', '"r\r\nr"', '"', 'a"b']
CELLS = st.sampled_from([*TEXT_CELLS, *QUOTED])
ROWS = st.lists(st.lists(CELLS, min_size=0, max_size=4).map(",".join), max_size=30)
TEXTS = st.builds(
    lambda rows, end, header: end.join([header, *rows]) + end,
    ROWS,
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["id,pond,dug", "id,pond,dug,", "id,name,dug", '"id","po\nnd",dug']),
)


KEYS = st.sampled_from(["id", "pond", "dug", "pond ", "\u6c60"])
ESCAPED = [r'"\u6c60"', r'"\ud83d\ude00"', r'"\ud83d"', r'"a\\"', r'"a\"b, "', r'"l\nm"']
PLAIN_CELLS = [
    json.dumps(cell) for cell in [1, 2, 91, 1.5, True, None, [1, "]"], {"id": 1}, *TEXT_CELLS]
]
LARGE_CELLS = ['"池の名前"', '"😀"', '"Reed"', '"Reed"', "1e2", "12345678901234567890"]
JSON_CELLS = st.sampled_from([*PLAIN_CELLS, *ESCAPED, *LARGE_CELLS])
OBJECTS = st.lists(st.tuples(KEYS, JSON_CELLS), max_size=4).map(
    lambda cells: "{" + ", ".join(f"{json.dumps(key)}: {cell}" for key, cell in cells) + "}"
)
ALIKE = st.tuples(JSON_CELLS, JSON_CELLS, JSON_CELLS).map(
    lambda cells: '{{"id": {}, "pond": {}, "dug": {}}}'.format(*cells)
)
LISTS = st.lists(JSON_CELLS, min_size=1, max_size=4).map(lambda cells: f"[{', '.join(cells)}]")
LABELS = st.sampled_from(
    ['["id", "pond", "dug"]', '["id", "name", "dug"]', '["id", "pond", "dug", ""]']
)
ODD_LINES = st.sampled_from(
    ["", " ", "\u3000", "\t", "5", "null", '"x"', "[1]", "{}", '\ufeff{"id": 1}']
)
WRONG_LINES = st.sampled_from(
    ['{"id": 1},', '{"id": NaN}', '{"id": 1', '{"id": 1} {}', "x", "[1,]"]
)


def lines_of(row):
    """Texts of lines that are mostly such rows, of which one may be no JSON."""
    rows = st.lists(st.one_of(*[row] * 9, ODD_LINES), min_size=5, max_size=40)
    wrong = st.tuples(st.integers(5, 40), WRONG_LINES)
    return st.builds(
        lambda mark, head, rows, wrong, end, last: (
            mark + end.join([*head, *rows[: wrong[0]], *wrong[1:], *rows[wrong[0] :]]) + end * last
        ),
        st.sampled_from(["", "", "", "\ufeff"]),
        st.lists(LABELS, max_size=1) if row is LISTS else st.just([]),
        rows,
        st.one_of(*[st.just((0,))] * 3, wrong),
        st.sampled_from(["\n", "\n", "\r\n"]),
        st.booleans(),
    )


LINES = lines_of(st.one_of(ALIKE, ALIKE, OBJECTS)) | lines_of(LISTS)


def package(folder, texts, suffix="csv", **properties):
    """A package of a table in files of these texts, and of one that it refers to."""
    paths = [f"{number}.{suffix}" for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        (folder / path).write_bytes(text if isinstance(text, bytes) else text.encode())
    (folder / "ponds.csv").write_text("name\nReed\nx\n", "utf-8")
    ponds = {"name": "ponds", "path": "ponds.csv", "schema": {"fields": [FIELDS[1]]}}
    ponds["schema"]["fields"] = [{"name": "name", "type": "string"}]
    rows = {"name": "rows", "path": paths, "schema": SCHEMA, **properties}
    descriptor = {"$schema": PROFILE, "name": "made", "resources": [rows, ponds]}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    return folder


def told(folder, **options):
    """All that a report says, in its order."""
    report = validate(folder, unfolded=True, **options)
    return [*report.findings], [*report.checked], [*report.not_checked]


def cut_in(patch, size, *, count=3, dies_after=None):
    """Has files cut into blocks of that size, and judged by threads where jobs are asked for."""
    for module in (blocks, parallel, _linesplits, _textfile):
        patch.setattr(module, "BLOCK", size)
    patch.setattr(blocks, "TAIL", min(size, 8))
    patch.setattr(_firstblock, "HEADER", max(size // 2, 8))
    patch.setattr(_firstblock, "LARGE", 2 * size)
    patch.setattr(_linesplits, "HEAD", max(size // 2, 8))
    for module in (blocks, _parsing):
        patch.setattr(module, "LONGEST_BLOCK", 2 * size)
    patch.setattr(_textfile, "TINY", 1)
    patch.setattr(_smallfiles, "SMALL", 10)
    for least in ("LEAST", "LEAST_LINES"):
        patch.setattr(tables, least, 1)
    patch.setattr(workers, "started", threads(count, dies_after))


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    texts=st.lists(TEXTS, min_size=1, max_size=3),
    size=st.sampled_from([16, 40, 100, 1000]),
    declared=st.booleans(),
    few=st.booleans(),
)
@example(['id,pond,dug\n1,"l\nm",\n' * 9], 16, True, False)
@example(['id,pond,dug\n1,"l\nm\nm\nn\no\np\nq\nr",\n' * 9], 16, True, False)
@example(["id,pond,dug\n1,Reed,\n" + "\n" * 30 + "2,Reed,\n" + "\n" * 9], 16, True, False)
@example(['id,pond,dug\n1,Reed,\n2,"Reed,\n' + "3,Reed,\n" * 9], 16, True, False)
@example(['id,pond,dug\n1,Reed,\n2,a"b,\n' + "3,Reed,\n" * 9] * 2, 16, True, False)
def test_workers_find_the_same(tmp_path, texts, size, declared, few):
    folder = package(tmp_path, texts, **({"encoding": "utf-8"} if declared else {}))
    with pytest.MonkeyPatch.context() as patch:
        cut_in(patch, size)
        if few:
            patch.setattr(_plain, "MOST_CELLS", 12)
        assert told(folder, jobs=3) == told(folder)


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    texts=st.lists(LINES, min_size=1, max_size=2),
    size=st.sampled_from([40, 100, 300]),
    declared=st.booleans(),
    sample=st.integers(1, 4),
    few=st.sampled_from([1, 3, 100]),
    most=st.sampled_from([2, 5, 2**17]),
    comments=st.sampled_from([[], [], [1], [2, 3]]),
    wrong=st.sampled_from([b"", b"", b"", b"\xff", b"\xe6\xb1", b"\x00"]),
    at=st.floats(0, 1),
)
def test_workers_find_the_same_in_lines_of_json(
    tmp_path, texts, size, declared, sample, few, most, comments, wrong, at
):
    contents = [text.encode() for text in texts]
    place = int(at * len(contents[-1]))
    contents[-1] = contents[-1][:place] + wrong + contents[-1][place:]
    properties = {"dialect": {"commentRows": comments} if comments else {}}
    properties |= {"encoding": "utf-8"} if declared else {}
    folder = package(tmp_path, contents, "ndjson", **properties)
    with pytest.MonkeyPatch.context() as patch:
        cut_in(patch, size)
        in_few_lines(patch, sample, few, most)
        assert told(folder, jobs=3) == told(folder)


def in_few_lines(patch, sample, few, most):
    """Has few lines be enough for what takes many: a head, a shape, a batch."""
    for module in (_jsonlines, _keys, _linesplits, native):
        patch.setattr(module, "SAMPLE", sample)
    for module in (_jsonlines, _linesplits):
        patch.setattr(module, "MOST_ROWS", most)
    patch.setattr(_jsoncolumns, "FEW", few)
    patch.setattr(native, "BATCH", most)


@pytest.mark.parametrize("declared", [False, True])
@pytest.mark.parametrize("wrong", [b"\xff", b"\xe6\xb1", "\ufeff".encode(), b"\x00"])
@pytest.mark.parametrize("at", [2, 40, 80])
def test_bytes_that_are_no_text_are_found_where_they_are(tmp_path, declared, wrong, at):
    lines = [b"id,pond,dug", *[b"%d,Reed," % number for number in range(90)]]
    lines[at] += wrong
    folder = package(tmp_path, [b"\n".join(lines)], **({"encoding": "utf-8"} if declared else {}))
    with pytest.MonkeyPatch.context() as patch:
        cut_in(patch, 64)
        assert told(folder, jobs=3) == told(folder)


@pytest.mark.parametrize("name", ["池", "pond"])
@pytest.mark.parametrize("suffix", ["csv", "ndjson"])
def test_an_encoding_is_detected_after_what_stands_in_the_head(tmp_path, suffix, name):
    begin = {"csv": f"id,{name},dug\n", "ndjson": f'{{"id": 1, "{name}": "x"}}\n'}[suffix]
    row = {"csv": b"1,%b,\n", "ndjson": b'{"id": 1, "pond": "%b"}\n'}[suffix]
    content = [begin.encode(), *[row % b"Reed"] * 40, row % b"caf\xe9", *[row % b"Reed"] * 40]
    folder = package(tmp_path, [b"".join(content)], suffix)
    with pytest.MonkeyPatch.context() as patch:
        cut_in(patch, 128)
        in_few_lines(patch, 1, 1, 2**17)
        found = told(folder)
        assert told(folder, jobs=3) == found
    assert "encoding-error" in {one.code for one in found[0]}


def test_rows_that_are_not_asked_for_may_turn_out_to_be_none(tmp_path):
    rows = [
        '["id", "pond", "dug"]',
        *[f'[{number % 1100}, "Reed", null]' for number in range(1200)],
    ]
    folder = package(tmp_path, ["\n".join([*rows, '{"id": 1'])], "ndjson")
    findings, _, _ = told(folder)
    assert sum(one.code == "primary-key" for one in findings) == 100
    assert [one.line for one in findings if one.code == "source-error"] == [1202]


def many_rows(tmp_path):
    """A package of which every few rows are at fault, and records go over the ends of blocks."""
    rows = [f'{number % 97},"Reed\n{number % 5}",2020-01-{number % 40:02}' for number in range(200)]
    return package(tmp_path, ["\n".join(["id,pond,dug", *rows, "", ""])])


@pytest.mark.parametrize("messages", [0, 1, 2, 3, 4, 7])
@pytest.mark.parametrize("count", [1, 3])
def test_a_worker_that_ends_is_not_missed(tmp_path, monkeypatch, count, messages):
    folder = many_rows(tmp_path)
    cut_in(monkeypatch, 100, count=count, dies_after=messages)
    assert told(folder, jobs=3) == told(folder)


def test_what_a_worker_raises_is_raised_here(tmp_path, monkeypatch):
    class WrongError(Exception):
        def __init__(self, one, two):
            super().__init__(f"{one} {two}")

    def fail(*_):
        raise WrongError("it is", "wrong")

    folder = many_rows(tmp_path)
    cut_in(monkeypatch, 100)
    monkeypatch.setattr("validate._src.engine._serving.Work.judged", fail)
    with pytest.raises(RuntimeError, match="it is wrong") as caught:
        told(folder, jobs=3)
    assert "in fail" in "".join(caught.value.__notes__)


@pytest.fixture(scope="module")
def large_lines(tmp_path_factory):
    """A package of 40 MB of lines of JSON, of which some are at fault and some no objects."""
    texts = ["many words", "池の名前 😀", r"\u6c60 \ud83d\ude00", 'a \\"b\\", c']
    dates = [f"2020-01-{day:02}" for day in range(1, 29)]
    rows = (
        f'{{"id": {number}, "pond": "{texts[number % 4] * 30}", "dug": "{dates[number % 28]}"}}'
        if number % 500
        else "[1]"
        if number % 1000
        else f'{{"id": {number - 900}, "pond": 1, "pond": "x"}}\r\n'
        for number in range(75_000)
    )
    folder = tmp_path_factory.mktemp("lines")
    return package(folder, ["\n".join(rows)], "ndjson")


def test_processes_find_the_same_in_lines_of_json(large_lines, monkeypatch):
    monkeypatch.setattr(tables, "LEAST_LINES", 1)
    alone = told(large_lines)
    assert told(large_lines, jobs=2) == alone
    codes = {one.code for one in alone[0]}
    assert {"source-error", "duplicate-label", "primary-key", "foreign-key"} <= codes


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """A package of 50 MB, of which every thousandth row is at fault and a quoted text goes on."""
    text = "many words\n" * 100
    rows = (
        f'{number},"{text}",2020-01-{number % 28 + 1 if number % 1000 else 40:02}\n'
        for number in range(48_000)
    )
    content = "".join(["id,pond,dug\n", *rows])
    folder = tmp_path_factory.mktemp("large")
    return package(folder, [content])


def test_processes_find_the_same(large, monkeypatch):
    monkeypatch.setattr(tables, "LEAST", 1)
    assert told(large, jobs=2) == told(large)


def test_a_process_that_is_killed_is_not_missed(large, monkeypatch):
    really_started = workers.started

    @contextmanager
    def started(package, count, *, forked):
        with really_started(package, count, forked=forked) as all_workers:
            assert len(all_workers) == 2
            all_workers[0]._end()
            yield all_workers

    alone = told(large)
    monkeypatch.setattr(tables, "LEAST", 1)
    monkeypatch.setattr(workers, "started", started)
    assert told(large, jobs=2) == alone


def test_the_command_prints_the_same(large):
    one, two = (
        preset("main()", "run", "--jobs", jobs, "--format", "jsonl", "--unfolded", large)
        for jobs in ("1", "2")
    )
    assert one.returncode == 1
    assert one.stdout.count("\n") > 47_000
    assert (two.returncode, two.stdout, two.stderr) == (1, one.stdout, one.stderr)


EARLY = """
from validate._src.cli._startup import quick_start
from validate._src.cli.main import main
with quick_start():
    from validate import validate
    from validate._src.engine import tables
tables.LEAST = 1
"""


def preset(script, *arguments):
    """A process of its own that judges files of any size by others, after some lines of Python."""
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    command = [sys.executable, "-c", EARLY + script, *map(str, arguments)]
    return subprocess.run(command, check=False, **options)


JUDGED = "import sys\nprint(len(validate(sys.argv[1], jobs=2).findings))"
USED = "import polars as pl\npl.DataFrame({'a': [1]}).lazy().filter(pl.col('a') > 1).collect()"
ALONE = (
    "import sys\nsys.executable = ''",
    "import sys\nsys.executable = '/nonexistent'",
    "import sys\nsys.executable = '/bin/false'",
    "import resource\nresource.setrlimit(resource.RLIMIT_NOFILE, (40, 40))",
)


@pytest.mark.parametrize("limit", ALONE)
def test_without_processes_all_is_done_here(large, limit):
    done = preset("\n".join([USED, limit, JUDGED]), large)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{len(validate(large).findings)}\n"


def test_children_that_nobody_waits_for_are_no_error(large):
    ignored = "import signal\nsignal.signal(signal.SIGCHLD, signal.SIG_IGN)"
    done = preset("\n".join([ignored, JUDGED]), large)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{len(validate(large).findings)}\n"


def test_of_a_table_without_a_schema_nothing_is_judged(tmp_path, monkeypatch):
    ponds = "name,depth,\n" + "Reed,1,\n" * 60 + ",,\n"
    folder = package(tmp_path, ["id,pond,dug\n1,Reed,\n2,Sea,\n"])
    (folder / "ponds.csv").write_text(ponds, "utf-8")
    descriptor = json.loads((folder / "datapackage.json").read_text("utf-8"))
    del descriptor["resources"][1]["schema"]
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    cut_in(monkeypatch, 40)
    alone = told(folder)
    assert [one.code for one in alone[0]] == ["foreign-key"]
    assert told(folder, jobs=3) == alone
