"""What Spark costs, and gives, on one machine: wall time of runs with and without it, in turn.

`python benchmarks/spark.py PACKAGE [--master local[2]] [--rounds 3]` prints seconds from start to
end of `validate run PACKAGE` and of the same by `--engine spark`; of a package of one table in
Parquet also those of `validate.spark.validate` on it as a DataFrame. The start of Spark is
measured by itself, by a run on a package of two rows. All must come to the same verdict.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

RUN = ("-m", "validate", "run", "--format", "json")
FRAME = """
import json, os, sys
from pathlib import Path
from pyspark.sql import SparkSession
os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
package, master = Path(sys.argv[1]), sys.argv[2]
(table,) = json.loads((package / "datapackage.json").read_text("utf-8"))["resources"]
paths = table["path"] if isinstance(table["path"], list) else [table["path"]]
session = SparkSession.builder.master(master).config("spark.ui.enabled", "false").getOrCreate()
from validate import spark
frame = session.read.parquet(*[str(package / path) for path in paths])
report = spark.validate(frame, table["schema"])
print(report, file=sys.stderr)
session.stop()
sys.exit(not report.valid)
"""
SMALL = {
    "name": "small",
    "resources": [
        {"name": "t", "path": "t.csv", "schema": {"fields": [{"name": "a", "type": "integer"}]}}
    ],
}


def main() -> None:
    """Measures all cases in turn, and prints the median of each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("package", type=Path)
    parser.add_argument("--master", default="local[2]")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    by_spark = ("--engine", "spark", "--master", given.master)
    with TemporaryDirectory() as folder:
        small = Path(folder)
        (small / "t.csv").write_text("a\n1\n2\n", "utf-8")
        (small / "datapackage.json").write_text(json.dumps(SMALL), "utf-8")
        cases = {
            "validate run": (*RUN, str(given.package)),
            f"--engine spark --master {given.master}": (*RUN, str(given.package), *by_spark),
            "the same on two rows": (*RUN, str(small), *by_spark),
        }
        if _is_a_parquet_table(given.package):
            frame = ("-c", FRAME, str(given.package), given.master)
            cases["validate.spark.validate on a DataFrame"] = frame
        times: dict[str, list[float]] = {name: [] for name in cases}
        codes: dict[str, set[int]] = {name: set() for name in cases}
        for _ in range(given.rounds):
            for name, command in cases.items():
                seconds, code = _measured(command)
                times[name].append(seconds)
                codes[name].add(code)
                print(f"{name}: {seconds:.1f} s, exit code {code}", file=sys.stderr)
    for name, measured in times.items():
        told = " and ".join(map(str, sorted(codes[name])))
        print(f"{name}: {statistics.median(measured):.1f} s, exit code {told}")


def _is_a_parquet_table(package: Path) -> bool:
    resources = json.loads((package / "datapackage.json").read_text("utf-8"))["resources"]
    paths = resources[0]["path"]
    first = paths[0] if isinstance(paths, list) else paths
    return len(resources) == 1 and first.endswith(".parquet")


def _measured(command: tuple[str, ...]) -> tuple[float, int]:
    """The seconds that a command takes, and its exit code."""
    begin = perf_counter()
    done = subprocess.run(  # noqa: S603
        [sys.executable, *command], stdout=subprocess.DEVNULL, env=os.environ, check=False
    )
    return perf_counter() - begin, done.returncode


if __name__ == "__main__":
    main()
