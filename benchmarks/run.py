"""Runs all tools on the same packages, interleaved, and prints what each takes and finds.

All three sizes, into the README: `python benchmarks/run.py --rows 100000 1000000 10000000 --write`
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import bytecode
import rendering
from measuring import run
from results import Case, Results
from scoring import score
from targets import verdicts
from tools import TOOLS, Tool

HERE = Path(__file__).parent
GENERATOR = HERE / "generate.py"
MAKERS = (GENERATOR, HERE / "rows.py", HERE / "faults.py")
README = HERE / "README.md"
VARIANTS = ("clean", "faults", "column")
LONG = 60  # seconds; a case that takes longer is run once
MARKED = re.compile(r"(?<=<!-- results -->\n).*(?=<!-- end of results -->)", re.DOTALL)
BLOCK = 2**24


def package(parent: Path, rows: int, variant: str) -> Path:
    """The folder of a package, which is generated if it is not there.

    Its name has a digest of the generator, so that no package of an older one is taken.
    """
    digest = sha256(b"".join(file.read_bytes() for file in MAKERS)).hexdigest()[:8]
    folder = parent / f"{rows}-{variant}-{digest}"
    if not (folder / "datapackage.json").exists():
        say(f"generating {folder}")
        command = [sys.executable, str(GENERATOR), str(folder)]
        subprocess.run([*command, "--rows", str(rows), "--variant", variant], check=True)  # noqa: S603
    return folder


def session(
    results: Results, rows: int, folders: dict[str, Path], tools: Iterable[Tool], rounds: int
) -> None:
    """Runs every tool on every variant of one size, round by round."""
    for folder in folders.values():
        read_through(folder / "claims.csv")
    for number in range(1, rounds + 1):
        for variant, folder in folders.items():
            for tool in tools:
                case = Case(rows, variant, tool.name)
                if is_to_be_run(results, case):
                    measure(results, case, tool, folder)
                    say(f"round {number}: {rows:,} {variant} {tool.name}: {last(results, case)}")


def is_to_be_run(results: Results, case: Case) -> bool:
    """Whether a case is to be run (again): not after a failure, nor after a long run."""
    if case in results.failures or case in results.left_out:
        return False
    return all(run.wall <= LONG for run, _ in results.runs.get(case, ()))


def measure(results: Results, case: Case, tool: Tool, folder: Path) -> None:
    """Runs a case once and keeps what came out."""
    measured = run(tool, folder)
    if measured.answer is None:
        results.failures[case] = measured.failure or "it said nothing"
        return
    scored = score(measured.answer, folder, case.variant, case.rows)
    # The findings would make this process larger, and with it whatever it starts (see `run`).
    results.runs.setdefault(case, []).append((replace(measured, answer=None), scored))


def last(results: Results, case: Case) -> str:
    """The last run of a case in a few words."""
    if case in results.failures:
        return results.failures[case]
    measured, _ = results.runs[case][-1]
    return f"{measured.wall:.2f} s, {measured.processor:.2f} s, {measured.memory:.0f} MiB"


def read_through(file: Path) -> None:
    """Reads a file once, so that no tool is the one that fetches it from the disk."""
    with file.open("rb") as stream:
        while stream.read(BLOCK):
            pass


def leave_out(results: Results, rows: int, variants: Iterable[str], named: bool) -> None:
    """Notes the tools that a size is too large for, unless they were asked for by name."""
    for tool in TOOLS:
        if tool.most_rows is not None and rows > tool.most_rows and not named:
            for variant in variants:
                why = f"left out above {tool.most_rows:,} rows; `--only {tool.name}` runs it"
                results.left_out[Case(rows, variant, tool.name)] = why


def report(arguments: argparse.Namespace) -> Iterator[str]:
    """The parts of the report, each as soon as it is there."""
    load = os.getloadavg()[0]
    bytecode.make()
    results = Results()
    tools = [tool for tool in TOOLS if not arguments.only or tool.name in arguments.only]
    yield rendering.surroundings(arguments.rounds, load)
    for rows in arguments.rows:
        folders = {name: package(arguments.folder, rows, name) for name in arguments.variants}
        sizes = {name: (folder / "claims.csv").stat().st_size for name, folder in folders.items()}
        leave_out(results, rows, arguments.variants, bool(arguments.only))
        session(results, rows, folders, tools, arguments.rounds)
        yield rendering.tables(results, rows, arguments.variants, sizes)
    yield rendering.targets([*verdicts(results, arguments.rows)])


def write(text: str) -> None:
    """Puts a report between the marks of the README."""
    readme = README.read_text("utf-8")
    README.write_text(MARKED.sub(lambda _: f"\n{text}\n\n", readme), "utf-8")


def say(text: str) -> None:
    """Tells whoever waits what is going on."""
    print(text, file=sys.stderr, flush=True)


def parsed_arguments() -> argparse.Namespace:
    """The arguments of the command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    names = [tool.name for tool in TOOLS]
    parser.add_argument("--rows", type=int, nargs="+", required=True, metavar="N")
    parser.add_argument("--rounds", type=int, default=5, metavar="N")
    parser.add_argument("--only", nargs="+", choices=names, default=[], metavar="NAME")
    parser.add_argument("--variants", nargs="+", choices=VARIANTS, default=[*VARIANTS])
    default = Path(tempfile.gettempdir()) / "validate-benchmarks"
    parser.add_argument("--folder", type=Path, default=default, metavar="DIR")
    parser.add_argument("--write", action="store_true", help="write the results into README.md")
    return parser.parse_args()


def main() -> None:
    """Runs the session, and prints its parts as they come."""
    arguments = parsed_arguments()
    parts = []
    for part in report(arguments):
        print(part, end="\n\n", flush=True)
        parts.append(part)
    if arguments.write:
        write("\n\n".join(parts))


if __name__ == "__main__":
    main()
