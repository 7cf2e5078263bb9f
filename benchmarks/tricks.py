"""Switches off one trick after the other, and prints what each is worth on tables of many shapes.

`python benchmarks/tricks.py --write` puts the table into the README.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from pathlib import Path

import bytecode
from measuring import say
from run import README
from switches import TRICKS, Trick

HERE = Path(__file__).parent
MARKED = re.compile(r"(?<=<!-- tricks -->\n).*(?=<!-- end of tricks -->)", re.DOTALL)
ROWS, FEW_ROWS = 300_000, 1000
TIMES, WHOLE_RUNS = 5, 3
OF_THE_BENCHMARK = ("clean", "faults", "column")
EXIT_CODES = (0, 1)
NDJSON = " ndjson"


@dataclass(frozen=True)
class Measured:
    """What a trick is worth on a table, in seconds of processor time.

    Attributes:
        trick: its name.
        table: the table.
        whole: the shortest run of the command.
        on: the shortest time of the part of the run that the trick belongs to.
        again: the same once more, measured in turn with it: what differs is noise.
        off: the same without the trick.
    """

    trick: str
    table: str
    whole: float
    on: float
    again: float
    off: float

    @property
    def gain(self) -> float:
        """What is gained, in milliseconds."""
        return (self.off - min(self.on, self.again)) * 1000

    @property
    def noise(self) -> float:
        """How much the same differs from the same, in milliseconds."""
        return abs(self.on - self.again) * 1000

    def __str__(self) -> str:
        """Table and gain, in milliseconds and as a share of the whole run."""
        share = self.gain / self.whole / 10
        return f"{self.table} {self.gain:+,.0f} ± {self.noise:.0f} ({share:+.1f} %)"


def package(parent: Path, table: str) -> Path:
    """The folder of a package, which is generated if it is not there."""
    folder = parent / table.replace(" ", "-")
    if (folder / "datapackage.json").exists():
        return folder
    say(f"generating {folder}")
    table, is_ndjson = table.removesuffix(NDJSON), table.endswith(NDJSON)
    shape, _, variant = table.partition(" ")
    if table in OF_THE_BENCHMARK:
        shape, variant = "claims", table
    elif table == "small":
        shape = "measurements"
    rows = FEW_ROWS if table == "small" else ROWS
    # The faults of the tables of other shapes are in one row of a hundred.
    wrong = "scattered" if shape != "claims" and variant == "faults" else variant or "clean"
    options = ["--table", shape, "--rows", str(rows), "--variant", wrong]
    options += ["--format", "ndjson"] if is_ndjson else []
    subprocess.run([sys.executable, HERE / "generate.py", folder, *options], check=True)  # noqa: S603
    return folder


def run(folder: Path, without: str = "") -> float:
    """The processor time of the command as a process of its own, without a trick."""
    command = [sys.executable, HERE / "switches.py", without, folder]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)  # Popen must not wait for it
    if process.returncode not in EXIT_CODES:
        raise SystemExit(f"{folder} without {without}: exit code {process.returncode}")
    return usage.ru_utime + usage.ru_stime


def replayed(names: list[str], table: str, folder: Path, times: int) -> Iterator[Measured]:
    """What tricks within a run are worth on a table."""
    whole = min(run(folder) for _ in range(WHOLE_RUNS))
    command = [sys.executable, HERE / "replaying.py", folder, str(times), *names]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        assert process.stdout is not None
        for line in process.stdout:
            trick, *seconds = json.loads(line)
            yield Measured(trick, table, whole, *seconds)
    if process.returncode:
        raise SystemExit(f"{table}: exit code {process.returncode}")


def started(trick: str, table: str, folder: Path, times: int) -> Measured:
    """What a trick of the start is worth: whole runs, with, with again and without it in turn."""
    rounds = [(run(folder), run(folder), run(folder, trick)) for _ in range(2 * times)]
    on, again, off = map(min, zip(*rounds, strict=True))
    return Measured(trick, table, min(on, again), on, again, off)


def session(parent: Path, tricks: Iterable[Trick], times: int) -> Iterator[Measured]:
    """Tricks on all tables that they can make a difference on."""
    for table in dict.fromkeys(table for trick in tricks for table in trick.tables):
        folder = package(parent, table)
        here = [trick for trick in tricks if table in trick.tables]
        if within := [trick.name for trick in here if trick.part != "start"]:
            yield from replayed(within, table, folder, times)
        for trick in here:
            if trick.part == "start":
                yield started(trick.name, table, folder, times)


def lines(found: list[Measured]) -> Iterator[str]:
    """The table of tricks."""
    yield "| trick | where | worth on a table, in ms (share of the whole run) |"
    yield "|---|---|---|"
    for trick in TRICKS:
        worth = [str(one) for one in found if one.trick == trick.name]
        cells = (f"**{trick.name}**: {trick.what}", f"`{trick.where}`", "<br>".join(worth))
        yield f"| {' | '.join(cells)} |"


def write(text: str) -> None:
    """Puts the table between the marks of the README."""
    README.write_text(MARKED.sub(lambda _: f"\n{text}\n\n", README.read_text("utf-8")), "utf-8")


def kept(file: Path) -> list[Measured]:
    """What was measured last of each trick on each table."""
    text = file.read_text("utf-8") if file.exists() else ""
    found = [Measured(*json.loads(line)) for line in text.splitlines()]
    return [*{(one.trick, one.table): one for one in found}.values()]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    names = [trick.name for trick in TRICKS]
    parser.add_argument("--times", type=int, default=TIMES, metavar="N", help="how often each")
    parser.add_argument("--only", nargs="*", choices=names, default=names, metavar="TRICK")
    folder = Path(tempfile.gettempdir()) / "validate-tricks"
    parser.add_argument("--folder", type=Path, default=folder, metavar="DIR")
    parser.add_argument("--write", action="store_true", help="write the table into README.md")
    arguments = parser.parse_args()
    bytecode.make()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    results = arguments.folder / "measured.jsonl"
    tricks = [trick for trick in TRICKS if trick.name in arguments.only]
    with results.open("a", encoding="utf-8") as file:
        for one in session(arguments.folder, tricks, arguments.times):
            say(f"{one.trick}: {one}")
            file.write(json.dumps(astuple(one)) + "\n")
            file.flush()
    text = "\n".join(lines(kept(results)))
    print(text)
    if arguments.write:
        write(text)


if __name__ == "__main__":
    main()
