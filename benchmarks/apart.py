"""What it costs to read files apart: processor time of workbooks and Parquet files, in turn.

`python benchmarks/apart.py [--rows 100000] [--rounds 5]` prints medians: of `validate run` on a
workbook and of the library alone that reads it, and of a run on the same table in Parquet: read
here without asking whether it is damaged, judged by a fork, and read on trial before. XlsxWriter
must be installed.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

RUN = "import sys; from validate.__main__ import program; sys.argv[1:] = ['run', '.']; program()"
HERE = """from validate._src.cli._startup import quick_start
with quick_start():
    import validate._src.engine.tables as t, validate._src.reading.parquet as p
t.can_be_untried = lambda table: False
"""
CASES = {
    "workbook, python-calamine alone": ("t.xlsx", "import python_calamine as c\n"
        "b = c.CalamineWorkbook.from_path('t.xlsx'); list(b.get_sheet_by_index(0).iter_rows())"),
    "workbook, validate run": ("t.xlsx", RUN),
    "Parquet, read here": ("t.parquet", 
        f"{HERE}p.what_is_wrong = lambda file, footer_only: None\n{RUN}"),
    "Parquet, validate run": ("t.parquet", RUN),
    "Parquet, on trial before": ("t.parquet", f"{HERE}{RUN}"),
}  # fmt: skip
TYPES = {"id": "integer", "pond": "string", "depth": "number", "dug": "date", "open": "boolean"}


def main() -> None:
    """Measures all cases."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    times: dict[str, list[float]] = {name: [] for name in CASES}
    with TemporaryDirectory() as parent:
        for path in ("t.xlsx", "t.parquet"):
            _write(Path(parent) / path, path, given.rows)
        for _ in range(given.rounds):
            for name, (path, script) in CASES.items():
                times[name].append(_processor_time(Path(parent) / path, script))
    for name, measured in times.items():
        print(f"{name}: {statistics.median(measured):.2f} s")


def _write(folder: Path, path: str, rows: int) -> None:
    folder.mkdir()
    table = _table(rows)
    if path.endswith("xlsx"):
        table.write_excel(folder / path)
    else:
        table.write_parquet(folder / path)
    fields = [{"name": name, "type": kind} for name, kind in TYPES.items()]
    fields.append({"name": "note", "type": "string"})
    resource = {"name": "t", "path": path, "schema": {"fields": fields, "primaryKey": "id"}}
    (folder / "datapackage.json").write_text(json.dumps({"resources": [resource]}), "utf-8")


def _table(rows: int) -> pl.DataFrame:
    numbers = range(rows)
    return pl.DataFrame(
        {
            "id": numbers,
            "pond": [f"pond {at % 997}" for at in numbers],
            "depth": [at * 7919 % 100_003 / 1000 for at in numbers],
            "dug": [date(2000, 1, 1) + timedelta(days=at % 9000) for at in numbers],
            "open": [at % 2 == 0 for at in numbers],
            "note": [f"a note of {at}" for at in numbers],
        }
    )


def _processor_time(folder: Path, script: str) -> float:
    """The seconds that a Python took, with the processes that it started."""
    before = os.times()
    command = [sys.executable, "-c", script]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    after = os.times()
    return sum(after[2:4]) - sum(before[2:4])


if __name__ == "__main__":
    main()
