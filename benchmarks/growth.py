"""Whether time grows in proportion: the processor time of runs on packages twice as large each.

`python benchmarks/growth.py [--steps 4] [--only files ...]` prints, for each way in which a
package can grow, the times beyond that of an empty one, and how often the last is the one
before it: 2 where time is in proportion, 4 where it grows with the square.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from edtf import processor_time

SCHEMA = {"fields": [{"name": "a", "type": "integer"}, {"name": "b", "type": "string"}]}
KEYS = [{"fields": ["a"], "reference": {"resource": "t0", "fields": ["a"]}}]
SMALLEST = 1_000
FAULTY_ROWS = 500


def main() -> None:
    """Measures every way to grow, or those that are named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=4, help="sizes, each twice the one before")
    parser.add_argument("--only", nargs="+", choices=list(WAYS), default=list(WAYS))
    given = parser.parse_args()
    sizes = [SMALLEST * 2**step for step in range(given.steps)]
    for name in given.only:
        with TemporaryDirectory() as parent:
            start = _time(Path(parent) / "empty", WAYS[name], 1)
            times = [_time(Path(parent) / str(size), WAYS[name], size) - start for size in sizes]
        shown = ", ".join(
            f"{size:,}: {time:.2f} s" for size, time in zip(sizes, times, strict=True)
        )
        print(f"{name}: {shown}; {times[-1] / times[-2]:.2f} times for twice as many")
        sys.stdout.flush()


def _time(folder: Path, write: "Writer", size: int) -> float:
    folder.mkdir()
    write(folder, size)
    return processor_time(folder, exit_codes={0, 1})


Writer = Callable[[Path, int], None]


def _files(folder: Path, count: int) -> None:
    """One table in so many files of one row."""
    paths = _one_row_files(folder, count)
    _describe(folder, [{"name": "t", "path": paths, "schema": SCHEMA}])


def _faulty_files(folder: Path, count: int) -> None:
    """One table in so many files of one row, in which a cell is wrong."""
    for number in range(count):
        (folder / f"t{number}.csv").write_text(f"a,b\nx{number},x\n", "utf-8")
    paths = [f"t{number}.csv" for number in range(count)]
    _describe(folder, [{"name": "t", "path": paths, "schema": SCHEMA}])


def _json_files(folder: Path, count: int) -> None:
    """One table in so many JSON files of one row."""
    for number in range(count):
        (folder / f"t{number}.json").write_text(json.dumps([{"a": number, "b": "x"}]), "utf-8")
    paths = [f"t{number}.json" for number in range(count)]
    _describe(folder, [{"name": "t", "path": paths, "schema": SCHEMA}])


def _resources(folder: Path, count: int) -> None:
    """So many tables of one row."""
    paths = _one_row_files(folder, count)
    _describe(folder, ({"name": path[:-4], "path": path, "schema": SCHEMA} for path in paths))


def _references(folder: Path, count: int) -> None:
    """So many tables of one row; each refers to a row that the first has not."""
    paths = _one_row_files(folder, count)
    schema = {**SCHEMA, "primaryKey": "a", "foreignKeys": KEYS}
    _describe(folder, ({"name": path[:-4], "path": path, "schema": schema} for path in paths))


def _columns(folder: Path, count: int) -> None:
    """A table of so many columns, in which every cell is wrong."""
    names = [f"c{number}" for number in range(count)]
    rows = [",".join(names), *[",".join(["x"] * count)] * FAULTY_ROWS]
    (folder / "t.csv").write_text("\n".join(rows) + "\n", "utf-8")
    schema = {"fields": [{"name": name, "type": "integer"} for name in names]}
    _describe(folder, [{"name": "t", "path": "t.csv", "schema": schema}])


def _lists(folder: Path, count: int) -> None:
    """A table of a hundred times so many rows, each with a list of its own."""
    rows = ["a", *(f'"{row},{row + 1},{row + 2}"' for row in range(100 * count))]
    (folder / "t.csv").write_text("\n".join(rows) + "\n", "utf-8")
    schema = {"fields": [{"name": "a", "type": "list", "itemType": "integer"}]}
    _describe(folder, [{"name": "t", "path": "t.csv", "schema": schema}])


def _objects(folder: Path, count: int) -> None:
    """A JSON table of a hundred times so many rows."""
    rows = [{"a": row, "b": f"row {row}"} for row in range(100 * count)]
    (folder / "t.json").write_text(json.dumps(rows), "utf-8")
    _describe(folder, [{"name": "t", "path": "t.json", "schema": SCHEMA}])


def _one_row_files(folder: Path, count: int) -> list[str]:
    for number in range(count):
        (folder / f"t{number}.csv").write_text(f"a,b\n{number},x\n", "utf-8")
    return [f"t{number}.csv" for number in range(count)]


def _describe(folder: Path, resources: Iterable[Mapping[str, Any]]) -> None:
    descriptor = {"name": "growth", "resources": [*resources]}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")


WAYS: Mapping[str, Writer] = {
    "files": _files,
    "faulty-files": _faulty_files,
    "json-files": _json_files,
    "resources": _resources,
    "references": _references,
    "columns": _columns,
    "lists": _lists,
    "objects": _objects,
}

if __name__ == "__main__":
    main()
