"""Results as Markdown."""

import os
import platform
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from measuring import MIB
from results import Case, Result, Results
from targets import Verdict
from tools import DISTRIBUTIONS, FLOOR, OURS, TOOLS, Tool

ROOT = Path(__file__).parent.parent
HEADINGS = (
    "tool", "runs", "wall s", "processor s", "peak MiB", "found", "besides",
    "÷ typed read", "÷ ours",
)  # fmt: skip
ALIGNMENT = "|---|" + "---:|" * (len(HEADINGS) - 1)
NOTHING = "–"
GIB = 2**30


def tables(results: Results, rows: int, variants: list[str], sizes: dict[str, int]) -> str:
    """A table for each variant of one size.

    Args:
        results: what was measured.
        rows: the size.
        variants: the variants that were run.
        sizes: bytes of `claims.csv` by variant.
    """
    parts = [f"### {rows:,} rows"]
    for variant in variants:
        title = f"**{variant}** ({sizes[variant] / MIB:,.0f} MiB)"
        parts += [title, "\n".join([row(HEADINGS), ALIGNMENT, *lines(results, rows, variant)])]
    return "\n\n".join(parts)


def lines(results: Results, rows: int, variant: str) -> Iterator[str]:
    """The rows of a table, a tool each."""
    for tool in TOOLS:
        case = Case(rows, variant, tool.name)
        result = results.of(rows, variant, tool.name)
        if result is not None:
            yield row(measured(results, case, tool, result))
        elif case in results.failures:
            yield without_result(tool, f"failed: {results.failures[case]}")
        elif case in results.left_out:
            yield without_result(tool, f"not run: {results.left_out[case]}")


def measured(results: Results, case: Case, tool: Tool, result: Result) -> tuple[str, ...]:
    """The cells of a tool that ran."""
    score = result.score
    found = f"{score.hits:,} of {score.faults:,}" if score.faults else NOTHING
    return (
        tool.title,
        str(result.runs),
        f"{result.wall:.2f}",
        f"{result.processor:.2f}",
        f"{result.memory:,.0f}",
        found if tool.judges else NOTHING,
        f"{score.besides:,}" if tool.judges else NOTHING,
        ratio(result.processor, results.processor(case.rows, "clean", FLOOR)),
        ratio(result.processor, results.processor(case.rows, case.variant, OURS)),
    )


def ratio(value: float, base: float | None) -> str:
    """A ratio of processor times."""
    return NOTHING if base is None else f"{value / base:.2f}"


def without_result(tool: Tool, why: str) -> str:
    """The row of a tool that has no result."""
    blanks = [""] * (len(HEADINGS) - 2)
    return row((tool.title, why.replace("|", "\\|").replace("`", ""), *blanks))


def row(cells: tuple[str, ...]) -> str:
    """A row of a table."""
    return f"| {' | '.join(cells)} |"


def targets(verdicts: list[Verdict]) -> str:
    """A table of promises."""
    words = {True: "yes", False: "**no**", None: NOTHING}
    rows = [row((verdict.promise, verdict.measured, words[verdict.kept])) for verdict in verdicts]
    return "\n".join(["### Targets", "", "| target | measured | met |", "|---|---|---|", *rows])


def surroundings(rounds: int, load: float) -> str:
    """When, on which machine and with which versions a session ran.

    Args:
        rounds: how often each tool was to run.
        load: the load of the machine before the session.
    """
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / GIB
    versions = ", ".join(f"{name} {version_of(name)}" for name in DISTRIBUTIONS)
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, rounds: {rounds}. "
        f"{os.cpu_count()} cores ({platform.machine()}), {memory:.0f} GiB, "
        f"{platform.system()} {platform.release()}, load {load:.1f} at the start. "
        f"Python {platform.python_version()}, {versions}; validate at {commit()}."
    )


def version_of(distribution: str) -> str:
    """The version of a distribution."""
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "not installed"


def commit() -> str:
    """The commit of this repository, with a word if `validate/` differs from it."""
    head = git("rev-parse", "--short", "HEAD")
    changed = git("status", "--porcelain", "--", "validate")
    return f"{head or 'an unknown commit'}{' with changes' if changed else ''}"


def git(*arguments: str) -> str:
    """What git says; nothing where there is no repository."""
    command = ["git", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True).stdout.strip()  # noqa: S603
