"""Tables of Parquet judged by another process: the report is that of files tried before."""

import json
import random
import subprocess
import sys
from datetime import date

import polars as pl
import pytest
from support.made import PROFILE
from support.places import ROOT
from support.threads import threads

from validate import validate
from validate._src.engine import tables, workers
from validate._src.reading import _pieces, _trial, parquet

SCHEMA = {
    "fields": [
        {"name": "id", "type": "integer", "constraints": {"maximum": 900}},
        {"name": "pond", "type": "string", "constraints": {"required": True}},
        {"name": "dug", "type": "date"},
    ],
    "primaryKey": ["id"],
}


def rows(count):
    """Rows of which some are at fault."""
    numbers = range(count)
    return pl.DataFrame(
        {
            "id": [number % 950 for number in numbers],
            "pond": [f"pond {number % 7}" if number % 11 else None for number in numbers],
            "dug": [date(2020, 1, 1 + number % 28) for number in numbers],
        },
        schema={"id": pl.Int64, "pond": pl.String, "dug": pl.Date},
    )


def package(folder, files, rules=()):
    """A package of a table in files of these bytes."""
    paths = [f"{number}.parquet" for number in range(len(files))]
    for path, content in zip(paths, files, strict=True):
        (folder / path).write_bytes(content)
    table = {"name": "t", "path": paths, "schema": SCHEMA}
    descriptor = {"$schema": PROFILE, "name": "made", "resources": [table], "rules": rules}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    return folder


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """Sound files: of several row groups, of one, of none."""
    folder = tmp_path_factory.mktemp("sound")
    for count, group, compression in [(1000, 100, "zstd"), (5, None, "snappy"), (0, None, "zstd")]:
        file = folder / f"{count}.parquet"
        rows(count).write_parquet(file, row_group_size=group, compression=compression)
    return [(folder / f"{count}.parquet").read_bytes() for count in (1000, 5, 0)]


def told(folder, jobs=1):
    """All that a report says, in its order; without jobs, files are tried first."""
    with pytest.MonkeyPatch.context() as patch:
        if not jobs:
            patch.setattr(tables, "can_be_untried", lambda table: False)
        report = validate(folder, unfolded=True, jobs=jobs or 1)
    return [*report.findings], [*report.checked], [*report.not_checked]


@pytest.fixture
def elsewhere(monkeypatch):
    """Has a thread judge as another process does, and counts the files that are tried."""
    tried, asked = [], _trial._asked

    def counted(file, **options):
        tried.append(file)
        return asked(file, **options)

    monkeypatch.setattr(_trial, "_asked", counted)
    monkeypatch.setattr(_trial, "_KNOWN", {})
    monkeypatch.setattr(workers, "started", threads(1))
    return tried


def cut_off(content, chance):
    return content[: chance.randrange(len(content))]


def overwritten(content, chance):
    at = chance.randrange(len(content))
    return content[:at] + bytes(len(content[at : at + 50])) + content[at + 50 :]


def of_other_bits(content, chance):
    changed = bytearray(content)
    for _ in range(3):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


@pytest.mark.parametrize("spoiled", [cut_off, overwritten, of_other_bits])
@pytest.mark.parametrize("seed", range(8))
@pytest.mark.filterwarnings("ignore")
def test_of_damaged_files_the_same_is_said(tmp_path, sound, elsewhere, spoiled, seed):
    chance = random.Random(seed)
    files = [chance.choice(sound) for _ in range(chance.choice([1, 3]))]
    files[chance.randrange(len(files))] = spoiled(chance.choice(sound), chance)
    folder = package(tmp_path, files)
    assert told(folder) == told(folder, jobs=0)


@pytest.fixture
def in_pieces(monkeypatch):
    """Has several threads judge pieces of any table, and collects how many pieces they are."""
    counts, really = [], parquet.pieces_in

    def counted(resource):
        found = really(resource)
        counts.append(len(found))
        return found

    monkeypatch.setattr("validate._src.engine.untried.pieces_in", counted)
    for module in (_pieces, parquet):
        monkeypatch.setattr(module, "ROWS", 150)
    monkeypatch.setattr(parquet, "BATCH", 40)
    monkeypatch.setattr(_pieces, "MOST_ROWS", 350)
    for name in ("LEAST_PARQUET", "LEAST_PART"):
        monkeypatch.setattr(tables, name, 1)
    monkeypatch.setattr(_trial, "_KNOWN", {})
    monkeypatch.setattr(workers, "started", threads(3))
    return counts


def with_debris(frame):
    """Rows that end with blank ones, with a blank one before."""
    nothing = pl.DataFrame({name: [None] for name in frame.columns}, schema=frame.schema)
    return pl.concat([nothing, frame, nothing, nothing])


@pytest.mark.parametrize("groups", [[100], [400], [100, 1000], [1000, 60, 7]])
def test_pieces_are_judged_as_the_whole(tmp_path, in_pieces, monkeypatch, groups):
    files = []
    for at, size in enumerate(groups):
        file = tmp_path / f"made-{at}"
        with_debris(rows(1000 - at)).write_parquet(file, row_group_size=size)
        files.append(file.read_bytes())
    folder = package(tmp_path, files)
    found = told(folder, jobs=3)
    assert len(in_pieces) == 1
    assert in_pieces[0] > len(groups)
    monkeypatch.setattr(workers, "started", threads(1))
    assert {one.code for one in found[0]} == {"constraint-error", "primary-key", "blank-row"}
    assert found == told(folder)
    assert found == told(folder, jobs=0)


@pytest.mark.parametrize("spoiled", [cut_off, overwritten, of_other_bits])
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.filterwarnings("ignore")
def test_of_damaged_files_in_pieces_the_same_is_said(tmp_path, sound, in_pieces, spoiled, seed):
    chance = random.Random(seed)
    files = [sound[0], spoiled(sound[0], chance), sound[0]]
    folder = package(tmp_path, files)
    assert told(folder, jobs=3) == told(folder, jobs=0)


@pytest.mark.parametrize("messages", [0, 1, 2])
def test_a_worker_that_ends_amid_pieces_is_not_missed(
    tmp_path, sound, in_pieces, monkeypatch, messages
):
    folder = package(tmp_path, sound[:1] * 2)
    monkeypatch.setattr(workers, "started", threads(3, messages))
    assert told(folder, jobs=3) == told(folder, jobs=0)
    assert in_pieces == [20]


def test_files_of_other_columns_are_found_in_pieces(tmp_path, sound, in_pieces):
    other = tmp_path / "other"
    pl.DataFrame({"a": range(500)}).write_parquet(other)
    folder = package(tmp_path, [sound[0], other.read_bytes(), sound[0]])
    assert told(folder, jobs=3) == told(folder, jobs=0)


def test_sound_files_are_read_without_a_trial(tmp_path, sound, elsewhere):
    folder = package(tmp_path, sound)
    found = told(folder)
    assert not elsewhere  # although repeated keys are read again
    assert {one.code for one in found[0]} == {"constraint-error", "primary-key"}
    assert found == told(folder, jobs=0)


def test_files_with_other_columns_are_said_to_have_them(tmp_path, sound, elsewhere):
    other = tmp_path / "other"
    pl.DataFrame({"a": [1]}).write_parquet(other)
    folder = package(tmp_path, [sound[0], other.read_bytes(), sound[1]])
    assert told(folder) == told(folder, jobs=0)
    assert len(elsewhere) == len(sound)


@pytest.mark.parametrize("messages", [0, 1])
def test_a_worker_that_ends_has_files_tried(tmp_path, sound, elsewhere, monkeypatch, messages):
    folder = package(tmp_path, sound[:1])
    monkeypatch.setattr(workers, "started", threads(1, messages))
    assert told(folder) == told(folder, jobs=0)
    assert len(elsewhere) == 1


def test_tables_that_are_needed_whole_are_read_here(tmp_path, sound, elsewhere):
    (tmp_path / "few.sql").write_text("SELECT _row FROM t WHERE id > 940", "utf-8")
    rule = {"name": "few", "resource": "t", "query": "few.sql", "message": "is one of many"}
    folder = package(tmp_path, sound[:1], [rule])
    found = told(folder)
    assert len(elsewhere) == 1
    assert "table-rule" in {one.code for one in found[0]}
    assert found == told(folder, jobs=0)


FORKED = """
import sys
from validate._src.cli._startup import quick_start
with quick_start():
    from validate import validate
    from validate._src.engine import workers
    from validate._src.reading import _apart
    forks, forked = [], workers._forked
    workers._forked = lambda *given: forks.append(1) or forked(*given)
    report = validate(sys.argv[1])
    assert len(forks) == 1, forks
    print(len(report.findings), len(_apart.pool().idle))
"""


def in_a_process(script, folder):
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.split()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux names threads")
def test_a_fork_of_this_process_judges(tmp_path, sound):
    folder = package(tmp_path, sound)
    found = str(len(validate(folder).findings))
    assert in_a_process(FORKED, folder) == [found, "0"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux names threads")
def test_a_panic_elsewhere_is_not_shown():
    damaged = ROOT / "tests" / "packages" / "parquet-damaged"
    assert in_a_process(FORKED, damaged) == ["1", "1"]
