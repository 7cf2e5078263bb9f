"""Runs all tools on the same packages, interleaved, and prints what each takes and finds.

All tables, into the README: `python benchmarks/run.py --rows 100000 1000000 --write`
"""

import argparse
import re
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import bytecode
import rendering
from measuring import say
from packages import Package
from results import Results, keep, kept
from session import Session
from surroundings import readied, told
from tools import CSV, DATASET, FORMATS, NDJSON, PARQUET, TABLES, TOOLS, VARIANTS

ROOT = Path(__file__).parent.parent
README = Path(__file__).parent / "README.md"
PAGES = {README: rendering.page, ROOT / "README.md": rendering.ranges}
MARKED = re.compile(r"(?<=<!-- results -->\n).*(?=<!-- end of results -->)", re.DOTALL)
BY_DEFAULT = (CSV, NDJSON, PARQUET)


def blocks(given: argparse.Namespace) -> Iterator[list[Package]]:
    """What is measured in turn: all that is compared with each other."""
    if DATASET in given.tables:
        yield [Package(DATASET, CSV, 0, "clean")]
    for rows in given.rows:
        for table in given.tables:
            if table != DATASET:
                yield [
                    Package(table, form, rows, variant, given.files)
                    for variant in given.variants
                    for form in given.formats
                ]


def started(given: argparse.Namespace) -> Session:
    """The session that was asked for."""
    name = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}"
    asked = [tool for tool in TOOLS if not given.only or tool.name in given.only]
    ready = {tool.name: readied(tool, given.folder) for tool in asked}
    absent = {name: reason for name, reason in ready.items() if isinstance(reason, str)}
    tools = tuple(tool if tool.name in absent else ready[tool.name] for tool in asked)
    return Session(name, given.folder, given.rounds, tools, absent, bool(given.only))


def measured(given: argparse.Namespace) -> Iterator[Results]:
    """The results of a session, after each block."""
    session = started(given)
    results = Results(sessions={session.name: told(given.rounds)})
    for block in blocks(given):
        results.cases.update(session.block(block))
        if given.remove:
            remove([package for package in block if package.table != DATASET], given.folder)
        yield results


def remove(these: list[Package], parent: Path) -> None:
    """Deletes packages."""
    for package in these:
        shutil.rmtree(package.folder(parent))


def write(results: Results) -> None:
    """Puts results into the file of those that are kept, and all of these into the pages."""
    everything = kept()
    everything.sessions.update(results.sessions)
    everything.cases.update(results.cases)
    keep(everything)
    everything = kept()
    for page, rendered in PAGES.items():
        text = page.read_text("utf-8")
        new = f"\n{rendered(everything)}\n\n"
        page.write_text(MARKED.sub(lambda _, new=new: new, text), "utf-8")


def parsed_arguments() -> argparse.Namespace:
    """The arguments of the command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    names, tables = [tool.name for tool in TOOLS], (*TABLES, DATASET)
    parser.add_argument("--rows", type=int, nargs="+", default=[], metavar="N")
    parser.add_argument("--tables", nargs="+", choices=tables, default=[*tables])
    parser.add_argument("--formats", nargs="+", choices=FORMATS, default=[*BY_DEFAULT])
    parser.add_argument("--variants", nargs="+", choices=VARIANTS, default=[*VARIANTS])
    parser.add_argument("--only", nargs="+", choices=names, default=[], metavar="NAME")
    parser.add_argument("--rounds", type=int, default=5, metavar="N")
    parser.add_argument("--files", type=int, default=1, metavar="N", help="of a table")
    default = Path(tempfile.gettempdir()) / "validate-benchmarks"
    parser.add_argument("--folder", type=Path, default=default, metavar="DIR")
    parser.add_argument("--remove", action="store_true", help="delete packages when measured")
    parser.add_argument("--write", action="store_true", help="keep results, and write the pages")
    given = parser.parse_args()
    if given.files > 1 and given.variants != ["clean"]:
        parser.error("only clean tables are in several files: --variants clean")
    return given


def main() -> None:
    """Runs the session, and prints its results."""
    given = parsed_arguments()
    given.folder.mkdir(parents=True, exist_ok=True)
    bytecode.make()
    results = Results()
    for results in measured(given):
        if given.write:
            write(results)
            say("written")
    print(rendering.page(results))


if __name__ == "__main__":
    main()
