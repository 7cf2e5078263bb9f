"""What judging EDTF dates costs: the processor time of a run with the property `edtf`, and without.

`python benchmarks/edtf.py [--rows 200000] [--dates 3000] [--runs 5]` prints both and their ratio.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Set
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

EDTF = {"earliest": "first", "latest": "last", "precision": "precision"}
HEADER = ("id", "when", *EDTF.values())


def main() -> None:
    """Measures both in turn."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, number in (("rows", 200_000), ("dates", 3_000), ("runs", 5)):
        parser.add_argument(f"--{name}", type=int, default=number)
    given = parser.parse_args()
    with TemporaryDirectory() as parent:
        folders = {name: Path(parent) / name for name in ("without", "with")}
        for name, folder in folders.items():
            write(folder, given.rows, given.dates, {"edtf": EDTF} if name == "with" else {})
        times: dict[str, list[float]] = {name: [] for name in folders}
        for _ in range(given.runs):
            for name, folder in folders.items():
                times[name].append(processor_time(folder))
    seconds = {name: median(measured) for name, measured in times.items()}
    for name, second in seconds.items():
        print(f"{name} edtf: {second:.2f} s")
    print(f"ratio: {seconds['with'] / seconds['without']:.2f}")


def write(folder: Path, rows: int, dates: int, more: Mapping[str, Any]) -> None:
    """Writes a package of one table, of which the field `when` has more properties."""
    folder.mkdir()
    days = ["first", "last"]
    fields = [{"name": name, "type": "date" if name in days else "string"} for name in HEADER]
    fields[1] |= more
    schema = {"fields": fields, "primaryKey": "id"}
    resources = [{"name": "t", "path": "t.csv", "schema": schema}]
    descriptor = {"name": "edtf", "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    known = list(some_dates(dates))
    with (folder / "t.csv").open("w", encoding="utf-8") as file:
        file.write(",".join(HEADER) + "\n")
        file.writelines(f"r{row},{known[row % dates]}\n" for row in range(rows))


def some_dates(count: int) -> Iterator[str]:
    """Days and intervals, all different, each with what follows from it."""
    for number in range(count):
        first = date(1000, 1, 1) + timedelta(days=number)
        if number % 2:
            last = first + timedelta(days=40)
            yield f"{first}/{last},{first},{last},interval"
        else:
            yield f"{first},{first},{first},day"


def processor_time(folder: Path, exit_codes: Set[int] = frozenset({0})) -> float:
    """Seconds of a run, which has to end with one of the exit codes."""
    command = [sys.executable, "-m", "validate", "run", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in exit_codes:
        raise SystemExit(f"{folder}: exit code {process.returncode}")
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main()
