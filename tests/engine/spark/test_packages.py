"""Packages judged by Spark in parts: the report is that of a local run."""

import json
import os
import signal
from copy import copy
from functools import partial
from pathlib import Path
from random import Random
from types import SimpleNamespace

import pytest
from engine.test_arguments import wrong_arguments
from support.command import process
from support.parted import outcome, said
from support.places import PACKAGES, ROOT
from support.tools import needs_spark
from whole.test_packages import PACKAGES as NAMES

from validate import PackageError, validate
from validate._src.engine.asked import Asked
from validate._src.engine.parts import merged_report
from validate._src.engine.shares import Share
from validate._src.package.descriptor import load_package
from validate._src.package.onetable import table_package

pytest.importorskip("pyspark")

from validate._src.engine.spark import packages
from validate._src.engine.spark.packages import (
    number_of_parts,
    results_of,
    validate_package,
)


def is_usable(asked):
    try:
        asked.chosen()
    except PackageError:
        return False
    return True


def test_the_report_on_each_package_is_that_of_a_local_run(session):
    """All of them in one job, as each takes Spark longer to hand out than us to judge it."""
    each = [Asked(str(PACKAGES / name)) for name in NAMES]
    each = [asked for asked in each if is_usable(asked)]
    different = []
    with results_of(session, [(asked, Share(1, 1)) for asked in each]) as results:
        for asked, result in zip(each, results, strict=True):
            name = Path(asked.path).name
            here = outcome(validate, name, unfolded=True)
            if outcome(partial(merged, result), name, unfolded=True) != here:
                different.append(name)
    assert different == []
    assert len(each) > 500


def merged(result, folder, **options):
    """The report of a package of whose parts this is the only result."""
    return merged_report([result], None, **options)


def rows_of(count, seed):
    """Rows of CSV with quoted line breaks, with faults in some."""
    random = Random(seed)
    for number in range(count):
        name = random.choice(["Reed", "池の名前", '"a, b"', '"l\nm"', '"q""q"', ""])
        yield f"{random.choice([number, 1, 'x', ''])},{name},{random.choice([number, 7, ''])}\n"


@pytest.fixture
def made(tmp_path):
    """A package of three files of CSV that refer to each other, each with faults."""
    fields = [
        {"name": "id", "type": "integer"},
        {"name": "pond", "type": "string", "constraints": {"maxLength": 4}},
        {"name": "up", "type": "integer"},
    ]
    resources = []
    for name in ("one", "two"):
        paths = [f"{name}-{part}.csv" for part in range(2)]
        for seed, path in enumerate(paths):
            (tmp_path / path).write_text("id,pond,up\n" + "".join(rows_of(4_000, seed)), "utf-8")
        reference = {"resource": "two", "fields": ["id"]}
        schema = {
            "fields": fields,
            "primaryKey": ["id"],
            "foreignKeys": [{"fields": ["up"], "reference": reference}],
        }
        resources.append({"name": name, "path": paths, "schema": schema})
    descriptor = {"name": "made", "resources": resources}
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    return tmp_path


@pytest.mark.parametrize("parts", [1, 2, 5])
def test_the_number_of_parts_is_no_matter(session, made, parts):
    assert said(validate_package(session, made, parts=parts)) == said(validate(made))


def test_options_are_those_of_a_local_run(session, made):
    options = {"resources": ["two"], "default_severity": True, "unfolded": True}
    assert said(validate_package(session, made, **options)) == said(validate(made, **options))
    assert said(validate_package(session, made, fast=True)) == said(validate(made, fast=True))
    table = made / "one-0.csv"
    schema = {"fields": [{"name": name, "type": "string"} for name in ("id", "pond", "up")]}
    report = validate_package(session, table, schema=schema)
    assert said(report) == said(validate(table, schema=schema))


def test_a_path_may_be_relative(session, made, monkeypatch):
    monkeypatch.chdir(made)
    report = validate_package(session)
    assert said(report) == said(validate())
    assert report.location == validate().location


def ending(session, made, monkeypatch, end):
    """Judges a package in three parts by workers that `end` before the second of them."""

    class Ending(packages.JudgingParts):
        def judged(self, number):
            if number == 1:
                end()
            yield from super().judged(number)

    monkeypatch.setattr(packages, "JudgingParts", Ending)
    return validate_package(session, made, parts=3)


def test_a_worker_that_is_killed_is_no_matter(session, made, monkeypatch):
    flag = str(made / "killed")

    def end():
        if not Path(flag).exists():
            Path(flag).touch()
            os.kill(os.getpid(), signal.SIGKILL)

    report = ending(session, made, monkeypatch, end)
    assert Path(flag).exists()
    assert said(report) == said(validate(made))


def test_a_part_whose_worker_is_killed_each_time_is_the_end(session, made, monkeypatch):
    def end():
        os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(
        PackageError, match=r"^--engine spark: part 2/3: the worker that"
    ) as refusal:
        ending(session, made, monkeypatch, end)
    line = str(refusal.value)
    assert line.endswith("; Spark says: Python worker exited unexpectedly (crashed)")


def test_a_worker_without_memory_is_said(session, made, monkeypatch):
    def end():
        raise MemoryError

    with pytest.raises(PackageError) as refusal:
        ending(session, made, monkeypatch, end)
    assert str(refusal.value).startswith(
        "--engine spark: part 2/3: its worker has no memory left: give the workers more memory, or"
    )


def test_a_file_that_vanishes_meanwhile_is_never_valid(session, made, monkeypatch):
    file = str(made / "two-1.csv")

    def end():
        Path(file).unlink(missing_ok=True)

    try:  # some parts have read it, and others have not; or none has
        report = ending(session, made, monkeypatch, end)
    except PackageError as error:
        said = [str(error)]
    else:
        assert not report.valid
        said = [finding.path for finding in report if finding.code == "source-error"]
    assert [line for line in said if "two-1.csv" in line]


def test_a_package_that_cannot_be_used_is_said_in_a_line(session, tmp_path):
    with pytest.raises(PackageError, match="no such file"):
        validate_package(session, tmp_path)
    with pytest.raises(PackageError, match="an address on the web"):
        validate_package(session, "https://ponds.example/datapackage.json")


def test_a_session_is_one_that_runs(session, tmp_path):
    with pytest.raises(PackageError, match=r"^session: of type PosixPath; give a session of Spark"):
        validate_package(tmp_path)
    stopped = copy(session)
    stopped._sc = SimpleNamespace(_jsc=None)
    with pytest.raises(PackageError, match=r"^session: it was stopped; give one that runs$"):
        validate_package(stopped, tmp_path)


A_COUNT = "give a whole number from 1 to 999999"
UNUSABLE_PARTS = [
    (0, f"parts: 0; {A_COUNT}"),
    (-1, f"parts: -1; {A_COUNT}"),
    (True, f"parts: True; {A_COUNT}"),
    (2.0, f"parts: 2.0; {A_COUNT}"),
    ("2", f"parts: of type str; {A_COUNT}"),
    (1_000_000, f"parts: 1000000; {A_COUNT}"),
]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        *(({"parts": value}, said) for value, said in UNUSABLE_PARTS),
        *((one.values[1], one.values[2]) for one in wrong_arguments(validate_package)),
    ],
)
def test_an_argument_of_no_use_is_said_before_anything_is_read(wrong, said):
    looks_like_one = SimpleNamespace(range=None, createDataFrame=None)
    with pytest.raises(PackageError) as refusal:
        validate_package(looks_like_one, ROOT, **wrong)
    assert str(refusal.value).startswith(said)


def test_the_number_of_parts_goes_by_cores_and_bytes(tmp_path, monkeypatch):
    package = load_package(ROOT)
    assert number_of_parts(package, 2) == 1
    monkeypatch.setattr(packages, "LEAST_BYTES", 1)
    assert number_of_parts(package, 2) == 8
    monkeypatch.setattr(packages, "MOST_BYTES", 1_000)
    size = sum(part.size for table in package.tables.values() for part in table.parts)
    assert number_of_parts(package, 2) == -(-size // 1_000)
    (tmp_path / "t.csv").write_text("a\n", "utf-8")
    assert number_of_parts(table_package(tmp_path / "t.csv", {"fields": [{"name": "a"}]}), 1) == 2


def run(*arguments, **variables):
    """The result of a run in a process with further variables of the environment."""
    environment = {**os.environ, **variables}
    return process("run", *arguments, env=environment, encoding="utf-8", cwd=ROOT)


def test_the_command_says_what_it_says_without_spark(configured):
    needs_spark()
    folder = ROOT / "tests" / "golden" / "package"
    options = ("--engine", "spark", "--master", "local[1]")
    found = run(*options, folder, SPARK_CONF_DIR=str(configured))
    assert (found.stdout, found.stderr) == (run(folder).stdout, "")
    assert found.returncode == 1


def test_the_command_says_what_to_install(tmp_path):
    found = run("--engine", "spark", JAVA_HOME=str(tmp_path))
    assert (found.returncode, found.stdout) == (2, "")
    assert len(found.stderr.splitlines()) == 1
    assert "--engine spark needs Java" in found.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--master", "yarn"], "--master is of --engine spark"),
        (["--engine", "spark", "--jobs", "3"], "--master 'local[3]'"),
        (["--engine", "spark", "--allow-remote"], "reads no files on the web"),
    ],
)
def test_options_that_do_not_go_with_an_engine_are_refused(arguments, said):
    found = run(*arguments)
    assert found.returncode == 2
    assert said in found.stderr
