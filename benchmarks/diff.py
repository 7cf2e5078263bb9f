"""What it takes to compare two tables, beside a join by hand and tools that compare CSV files.

`python benchmarks/diff.py [--rows 1000000] [--changes 1000] [--order same] [--rounds 3]` writes the
table `claims` and a second version of it, runs each tool on both in turn, checks that it finds just
what was changed, and prints medians as a table of Markdown.
"""

import argparse
import json
import os
import random
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import gettempdir
from time import perf_counter

HERE = Path(__file__).parent
KEY, LAST = "claim_id", "status"
KINDS = ("changed", "changed", "changed", "removed", "added")
MEMORY = 1024 if sys.platform != "darwin" else 1
MIB = 2**20
MOST = {"csv-diff": 1_000_000, "daff": 100_000}
"""Rows beyond which a tool is left out, as it would take very long or more memory than there is."""
Counts = Mapping[str, int]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--changes", type=int, default=1_000)
    parser.add_argument("--order", choices=("same", "shuffled"), default="same")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", nargs="+", choices=TOOLS, default=[*TOOLS])
    parser.add_argument("--folder", type=Path, default=Path(gettempdir()) / "validate-differences")
    parser.add_argument("--peer", nargs=3, metavar=("TOOL", "OLD", "NEW"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.peer:
        tool, *files = given.peer
        print(json.dumps(PEERS[tool](*map(Path, files))))
        return
    old, new = versions(given.folder, given.rows, given.changes, given.order)
    expected = json.loads((new / "changes.json").read_text("utf-8"))
    tools = [name for name in given.only if given.rows <= MOST.get(name, given.rows)]
    runs: dict[str, list[Run]] = {name: [] for name in tools}
    for _ in range(given.rounds):
        for name in tools:
            runs[name].append(run(TOOLS[name](old, new)))
            print(name, runs[name][-1], file=sys.stderr, flush=True)
    for line in table(runs, expected):
        print(line)


@dataclass(frozen=True)
class Run:
    """One run of a tool: seconds, seconds of processor time, MiB at its peak, what it found."""

    wall: float
    processor: float
    memory: float
    found: Counts


def run(command: Sequence[str]) -> Run:
    """Runs a tool in a process of its own."""
    start = perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:  # noqa: S603
        assert process.stdout is not None
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{command}: exit code {process.returncode}")
    wall = perf_counter() - start
    return Run(wall, spent(usage), usage.ru_maxrss * MEMORY / MIB, counts_in(output))


def spent(usage: resource.struct_rusage) -> float:
    """The processor time of a process."""
    return usage.ru_utime + usage.ru_stime


def counts_in(output: bytes) -> Counts:
    """How many rows a tool has found of each kind: its own answer, or that of a script here."""
    found = json.loads(output)
    if "tables" not in found:
        return found
    (rows,) = (one["rows"] for one in found["tables"] if one["resource"] == "claims")
    return {kind: rows[kind] for kind in sorted({*KINDS})}


def table(runs: Mapping[str, Sequence[Run]], expected: Counts) -> Iterator[str]:
    """The medians of all tools."""
    yield "| tool | wall s | processor s | peak MiB | finds |"
    yield "|---|---:|---:|---:|---|"
    for name, known in runs.items():
        wall, processor, memory = (
            median(getattr(one, what) for one in known) for what in ("wall", "processor", "memory")
        )
        right = all(one.found == expected for one in known)
        found = "all" if right else ", ".join(f"{n} {k}" for k, n in known[0].found.items())
        yield f"| {name} | {wall:.1f} | {processor:.1f} | {memory:,.0f} | {found} |"


def versions(parent: Path, rows: int, changes: int, order: str) -> tuple[Path, Path]:
    """The folders of both versions, which are written once and then found again."""
    old, new = parent / f"old-{rows}", parent / f"new-{rows}-{changes}-{order}"
    if not (old / "claims.csv").exists():
        command = [sys.executable, str(HERE / "generate.py"), str(old), "--rows", str(rows)]
        subprocess.run(command, check=True)  # noqa: S603
    if not (new / "changes.json").exists():
        write_changed(old, new, rows, changes, order)
    return old, new


def write_changed(old: Path, new: Path, rows: int, changes: int, order: str) -> None:
    """Writes a second version of a package.

    Of five rows drawn at random three have another status, one is left out, and one has another
    row after it. No cell of the table has a line break.
    """
    shutil.rmtree(new, ignore_errors=True)
    shutil.copytree(old, new)
    draw = random.Random(7)  # noqa: S311
    picked = sorted(draw.sample(range(rows), changes))
    kinds = {row: KINDS[number % len(KINDS)] for number, row in enumerate(picked)}
    with (old / "claims.csv").open("rb") as before, (new / "claims.csv").open("wb") as after:
        after.write(before.readline())
        lines = (text for row, line in enumerate(before) for text in changed(line, kinds.get(row)))
        if order == "shuffled":
            lines = [*lines]
            draw.shuffle(lines)
        after.writelines(lines)
    known = [*kinds.values()]
    counts = {kind: known.count(kind) for kind in sorted({*KINDS})}
    (new / "changes.json").write_text(json.dumps(counts), "utf-8")


def changed(line: bytes, kind: str | None) -> Iterator[bytes]:
    """The lines in the place of one."""
    cells, _, last = line.rstrip(b"\n").rpartition(b",")
    if kind == "changed":
        yield cells + (b",checked\n" if last != b"checked" else b",disputed\n")
    elif kind != "removed":
        yield line
    if kind == "added":
        key, _, others = line.partition(b",")
        yield key + b"x," + others


def by_polars(old: Path, new: Path) -> Counts:
    """A full join of typed reads, written by hand for these columns."""
    import polars as pl

    types = {name: pl.String() for name in first_line(old)}
    types |= {"made": pl.Date(), "amount": pl.Float64(), "page": pl.Int64()}
    before, after = (pl.scan_csv(file, schema=types) for file in (old, new))
    both = before.join(after, on=KEY, how="full", suffix=" new")
    cells = [name for name in types if name != KEY]
    differs = pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"{name} new")) for name in cells)
    added, removed = pl.col(KEY).is_null(), pl.col(f"{KEY} new").is_null()
    found = both.filter(added | removed | differs).collect(engine="streaming")
    counts = found.select(added=added.sum(), removed=removed.sum()).row(0, named=True)
    return {"added": counts["added"], "changed": found.height - sum(counts.values()), **counts}


def first_line(file: Path) -> list[str]:
    """The labels of a table."""
    with file.open(encoding="utf-8") as opened:
        return opened.readline().rstrip("\n").split(",")


def by_csv_diff(old: Path, new: Path) -> Counts:
    """csv-diff, as its documentation has it."""
    from csv_diff import compare, load_csv  # pyright: ignore

    with old.open(encoding="utf-8") as before, new.open(encoding="utf-8") as after:
        found = compare(load_csv(before, key=KEY), load_csv(after, key=KEY))
    return {kind: len(found[kind]) for kind in sorted({*KINDS})}


def by_daff(old: Path, new: Path) -> Counts:
    """daff, told the key."""
    import csv

    import daff  # pyright: ignore

    views = []
    for file in (old, new):
        with file.open(encoding="utf-8", newline="") as opened:
            views.append(daff.PythonTableView([*csv.reader(opened)]))
    flags = daff.CompareFlags()
    flags.addPrimaryKey(KEY)
    output = daff.PythonTableView([])
    daff.TableDiff(daff.Coopy.compareTables(*views, flags).align(), flags).hilite(output)
    marks = [output.getCell(0, row) for row in range(output.height)]
    return {
        "added": marks.count("+++"),
        "changed": sum(str(mark).endswith("->") for mark in marks),
        "removed": marks.count("---"),
    }


PEERS: Mapping[str, Callable[[Path, Path], Counts]] = {
    "Polars join": by_polars,
    "csv-diff": by_csv_diff,
    "daff": by_daff,
}


def ours(old: Path, new: Path) -> Sequence[str]:
    """The command."""
    command = [sys.executable, "-m", "validate", "diff", str(old), str(new)]
    return [*command, "--format", "json"]


def peer(name: str) -> Callable[[Path, Path], Sequence[str]]:
    """A script of this module."""

    def command(old: Path, new: Path) -> Sequence[str]:
        files = [str(folder / "claims.csv") for folder in (old, new)]
        return [sys.executable, __file__, "--peer", name, *files]

    return command


TOOLS: Mapping[str, Callable[[Path, Path], Sequence[str]]] = {
    "validate": ours,
    **{name: peer(name) for name in PEERS},
}


if __name__ == "__main__":
    main()
