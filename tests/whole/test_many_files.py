"""Findings in many files are those in one with the same rows, whatever the format and the cut."""

import csv
import json
import random
from dataclasses import dataclass
from urllib.parse import quote

import polars as pl
import pytest
from engine.test_parallel import cut_in
from support.made import PROFILE
from support.threads import threads

from validate import load, validate
from validate._src.engine import tables, workers

NAMES = ("year", "id", "depth", "tag")
SCHEMA = {
    "fields": [
        {"name": "year", "type": "integer", "constraints": {"minimum": 2000, "required": True}},
        {"name": "id", "type": "integer"},
        {"name": "depth", "type": "number", "constraints": {"maximum": 100}},
        {"name": "tag", "type": "string"},
    ],
    "primaryKey": ["year", "id"],
    "foreignKeys": [{"fields": ["year"], "reference": {"resource": "years", "fields": ["year"]}}],
    "rules": [{"name": "odd", "check": "year + id <> 2030", "message": "no such pair"}],
}
YEARS = {
    "name": "years",
    "data": [{"year": 2023}, {"year": 2024}, {"year": 1999}],
    "schema": {"fields": [{"name": "year", "type": "integer"}], "primaryKey": "year"},
}
RULES = [
    {"name": "late", "resource": "t", "query": "late.sql", "message": "not so late"},
]
FORMATS = ("csv", "tsv", "ndjson", "json", "parquet")


def made_rows(seed):
    """Rows of which some are at fault: texts, null where a value is missing."""
    chance = random.Random(seed)
    return [
        {
            "year": chance.choice(["2023", "2024", "2023", "2024", "1999", "2050", "x y", None]),
            "id": chance.choice([*map(str, range(12)), "b", None]),
            "depth": chance.choice(["1.5", "2", "200", "deep", None]),
            "tag": f"t{number}",
        }
        for number in range(60)
    ]


@dataclass(frozen=True)
class Files:
    """How rows are written: in which format, and whether the year stands in the path."""

    suffix: str
    is_hive: bool

    def cut(self, rows, seed):
        """Rows by the paths of files, in the order of these."""
        chance = random.Random(seed)
        files = {}
        for row in rows:
            files.setdefault(self._path(row, chance.randrange(4)), []).append(row)
        return {path: files[path] for path in sorted(files)}

    def _path(self, row, number):
        if not self.is_hive:
            return f"t/part-{number}.{self.suffix}"
        year = "__HIVE_DEFAULT_PARTITION__" if row["year"] is None else quote(row["year"])
        return f"t/year={year}/part-{number}.{self.suffix}"

    def write(self, file, rows, names=None):
        names = names or NAMES[int(self.is_hive) :]
        rows = [{name: row[name] for name in names} for row in rows]
        file.parent.mkdir(parents=True, exist_ok=True)
        if self.suffix == "parquet":
            pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String)).write_parquet(file)
        elif self.suffix in ("csv", "tsv"):
            with file.open("w", encoding="utf-8", newline="") as stream:
                delimiter = "\t" if self.suffix == "tsv" else ","
                writer = csv.DictWriter(stream, names, delimiter=delimiter)
                writer.writeheader()
                writer.writerows(rows)
        elif self.suffix == "ndjson":
            file.write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
        else:
            file.write_text(json.dumps(rows), "utf-8")


def descriptor(folder, **properties):
    folder.mkdir(exist_ok=True)
    (folder / "late.sql").write_text("SELECT _row FROM t WHERE year > 2023 AND id > 9", "utf-8")
    table = {"name": "t", **properties, "schema": SCHEMA}
    content = {"$schema": PROFILE, "name": "made", "resources": [table, YEARS], "rules": RULES}
    (folder / "datapackage.json").write_text(json.dumps(content), "utf-8")
    return folder


def in_one_file(folder, files, rows):
    files.write(folder / f"t.{files.suffix}", rows, NAMES)
    return descriptor(folder, path=f"t.{files.suffix}")


def in_many_files(folder, files, cut):
    for path, rows in cut.items():
        files.write(folder / path, rows)
    pattern = f"t/**/*.{files.suffix}"
    return descriptor(folder, path=next(iter(cut)), files={"pattern": pattern})


def found(report):
    """What is found, but for where the rows stand."""
    return sorted(
        (one.code, one.field or "", one.rule or "", one.key, one.value or "") for one in report
    )


@pytest.fixture(params=[(suffix, hive) for suffix in FORMATS for hive in (False, True)])
def files(request):
    return Files(*request.param)


@pytest.mark.parametrize("seed", range(3))
def test_many_files_are_as_one(tmp_path, files, seed):
    cut = files.cut(made_rows(seed), seed)
    rows = [row for some in cut.values() for row in some]
    one = validate(in_one_file(tmp_path / "one", files, rows))
    many = validate(in_many_files(tmp_path / "many", files, cut))
    assert len(found(one)) > 30
    assert found(many) == found(one)
    assert_places_are_right(many, cut)


def assert_places_are_right(report, cut):
    """Each finding of a row names the file in which its row stands, and its line there."""
    numbered = [(path, row["tag"]) for path, rows in cut.items() for row in rows]
    with_header = report.source.resources["t"].format in ("csv", "tsv")
    numbers, number = {}, 1
    for at, (path, _) in enumerate(numbered):
        is_first = at == 0 or numbered[at - 1][0] != path
        number += (with_header and is_first and at > 0) + 1
        numbers[number] = path
    for one in report:
        if one.row is not None and one.resource == "t":
            assert one.path == numbers[one.row]
            if with_header:
                begin = min(at for at, path in numbers.items() if path == one.path)
                assert one.line == one.row - begin + 2


def test_a_pattern_on_the_command_line_is_as_a_package(tmp_path, files):
    cut = files.cut(made_rows(7), 7)
    folder = in_many_files(tmp_path, files, cut)
    schema = {**SCHEMA, "foreignKeys": []}
    kept = [one for one in found(validate(folder)) if one[0] not in ("foreign-key", "table-rule")]
    for given in (tmp_path / "t", tmp_path / "t" / "**" / f"*.{files.suffix}"):
        report = validate(given, schema=schema)
        assert found(report) == kept
        assert {one.path for one in report} <= {path.removeprefix("t/") for path in cut}


def test_workers_find_the_same(tmp_path, files, monkeypatch):
    folder = in_many_files(tmp_path, files, files.cut(made_rows(1), 1))
    alone = [*map(str, validate(folder))]
    cut_in(monkeypatch, 100)
    monkeypatch.setattr(tables, "LEAST_PARQUET", 1)
    monkeypatch.setattr(tables, "LEAST_PART", 1)
    monkeypatch.setattr(workers, "started", threads(3))
    assert [*map(str, validate(folder, jobs=3))] == alone


def test_values_are_loaded(tmp_path, files):
    rows = [
        {"year": f"202{n % 3}", "id": str(100 + n), "depth": None, "tag": f"t{n}"}
        for n in range(30)
    ]
    cut = files.cut(rows, 3)
    folder = in_many_files(tmp_path, files, cut)
    content = json.loads((folder / "datapackage.json").read_text("utf-8"))
    content["resources"][1]["data"] = [{"year": 2020}, {"year": 2021}, {"year": 2022}]
    (folder / "datapackage.json").write_text(json.dumps(content), "utf-8")
    (folder / "late.sql").write_text("SELECT _row FROM t WHERE FALSE", "utf-8")
    wanted = [(int(row["year"]), row["tag"]) for some in cut.values() for row in some]
    assert load(folder)["t"].select("year", "tag").rows() == wanted
