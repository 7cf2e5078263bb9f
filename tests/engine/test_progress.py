"""How far a run has come."""

import gzip
import json

from support.places import ROOT

from validate import validate
from validate._src.reading import _smallfiles, _textfile, blocks, files


def test_rows_and_bytes_grow_to_all_there_are(tmp_path, monkeypatch):
    for module in (files, blocks, _textfile):
        monkeypatch.setattr(module, "BLOCK", 2**17)
    text = "a,b\n" + "".join(f"{number},x\n" for number in range(100_000))
    (tmp_path / "plain.csv").write_text(text, "utf-8")
    (tmp_path / "packed.csv.gz").write_bytes(gzip.compress(text.encode()))
    fields = [{"name": "a", "type": "integer"}, {"name": "b", "type": "string"}]
    resources = [
        {"name": name, "path": path, "schema": {"fields": fields}}
        for name, path in (("plain", "plain.csv"), ("packed", "packed.csv.gz"))
    ]
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": resources}), "utf-8")
    steps = []
    assert validate(tmp_path, progress=steps.append).valid
    size = sum((tmp_path / name).stat().st_size for name in ("plain.csv", "packed.csv.gz"))
    assert {step.size for step in steps} == {size}
    assert [step.bytes for step in steps] == sorted(step.bytes for step in steps)
    assert [step.rows for step in steps] == sorted(step.rows for step in steps)
    assert next(step.resource for step in steps) == "plain"
    assert (steps[-1].resource, steps[-1].rows, steps[-1].bytes) == (None, 200_000, size)
    halfway = [step for step in steps if step.resource == "plain"]
    assert len(halfway) > 3
    assert 0 < halfway[0].bytes < size


def test_tables_without_files_have_no_bytes():
    steps = []
    validate(ROOT / "tests" / "packages" / "inline-objects", progress=steps.append)
    assert steps[-1].rows > 0


def test_files_of_a_table_and_tables_behind_each_other_add_up(tmp_path, monkeypatch):
    monkeypatch.setattr(_smallfiles, "SMALL", -1)  # together they make one step
    names = [f"t{number}.csv" for number in range(6)]
    for number, name in enumerate(names):
        (tmp_path / name).write_text("a\n" + "1\n" * (number + 1), "utf-8")
    schema = {"fields": [{"name": "a", "type": "integer"}]}
    resources = [
        {"name": "parts", "path": names[:5], "schema": schema},
        {"name": "last", "path": names[5], "schema": schema},
    ]
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": resources}), "utf-8")
    steps = []
    validate(tmp_path, progress=steps.append)
    sizes = [(tmp_path / name).stat().st_size for name in names]
    read = [sum(sizes[: number + 1]) for number in range(len(sizes))]
    assert sorted({step.bytes for step in steps}) == read
    assert [step.bytes for step in steps] == sorted(step.bytes for step in steps)
