"""Replays the parts of a run on the batches of a table, with and without each trick in turn.

`python benchmarks/replaying.py FOLDER TIMES TRICK ...` prints a line of JSON for each
trick: its name, and the shortest processor time of its part with it, with it again, and
without it.
Whole runs differ by more than most tricks are worth; a part, run again and again, does not.
"""

import json
import resource
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from switches import TRICKS, Trick, switch_on

from validate._src.cli._startup import quick_start

Part = Callable[[], Callable[[], object]]
"""Prepares a part of a run, and gives what is timed."""


def processor_time() -> float:
    """Seconds of user and system time of this process, all threads."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def parts(folder: Path) -> dict[str, Part]:
    """The parts of a run on the largest table in a folder, by name."""
    from validate._src.checks.check import Fact
    from validate._src.checks.constraints.check import ConstraintsCheck
    from validate._src.checks.keys import KeysCheck
    from validate._src.package.descriptor import load_package
    from validate._src.reading.files import size
    from validate._src.reading.formats import open_table
    from validate._src.tables.dataset import Dataset
    from validate._src.tables.reading import form_of, read_batches
    from validate._src.words.findingframe import FindingFrame
    from validate._src.words.findings import Findings

    package = load_package(folder)
    largest = max(package.tables.values(), key=size)
    others = [
        batch
        for one in package.tables.values()
        if one is not largest
        for batch in read_batches(one)
    ]
    form = form_of(largest, open_table(largest))

    def read() -> list:
        return [*open_table(largest).batches(form.header.width)]

    def typed() -> list:
        form = form_of(largest, open_table(largest))
        return [form.framed(batch)[0] for batch in batches]

    def seen(check: ConstraintsCheck | KeysCheck, table: Any) -> Iterable:
        judge = check.judge(table.resource)
        assert judge is not None
        for said in judge.batch(table):
            yield from check.take(said) if isinstance(said, Fact) else [said]

    def judged(check: ConstraintsCheck | KeysCheck) -> list:
        outcomes = [outcome for one in tables for outcome in seen(check, one)]
        return [*outcomes, *check.end(Dataset(package, {}, {}))]

    def keys() -> list:
        check = KeysCheck(package)
        for one in others:
            list(seen(check, one))
        return judged(check)

    def findings() -> None:
        held = Findings(package.resources)
        for frame in frames:
            held.add(frame)
        for _ in held.frames():
            pass

    batches = read()
    tables = typed()
    constraints = judged(ConstraintsCheck(package))
    frames = [outcome for outcome in constraints if isinstance(outcome, FindingFrame)]
    check = lambda: judged(ConstraintsCheck(package))  # noqa: E731
    return {
        "reading": lambda: read,
        "types": lambda: typed,
        "gate": lambda: check,
        "check": lambda: check,
        "keys": lambda: keys,
        "findings": lambda: findings,
    }


def seconds(part: Part, off: Callable[[], None] | None = None) -> float:
    """What a part takes, with everything or without a trick."""
    if off:
        off()
    try:
        timed = part()
        begun = processor_time()
        timed()
        return processor_time() - begun
    finally:
        switch_on()


def measured(trick: Trick, part: Part, times: int) -> tuple[str, float, float, float]:
    """The name of a trick, and the shortest times with it, with it again, and without it."""
    seconds(part)
    rounds = [(seconds(part), seconds(part), seconds(part, trick.off)) for _ in range(times)]
    return trick.name, *map(min, zip(*rounds, strict=True))


def main() -> None:
    """The command line."""
    folder, times, *names = sys.argv[1:]
    with quick_start():
        of_table = parts(Path(folder))
        for trick in TRICKS:
            if trick.name in names:
                print(json.dumps(measured(trick, of_table[trick.part], int(times))), flush=True)


if __name__ == "__main__":
    main()
