"""Results as Markdown."""

from collections.abc import Iterator
from dataclasses import replace

from results import Case, Result, Results
from targets import MEMORY, Values, number, ratios, values, verdicts
from tools import (
    CSV,
    DATASET,
    FLOOR,
    FORMATS,
    FRICTIONLESS,
    JSON,
    MILLION,
    NDJSON,
    OURS,
    PARQUET,
    TABLES,
    TITLES,
    TOOLS,
    VARIANTS,
    Tool,
)

HEADINGS = (
    "format", "tool", "wall s", "processor s", "peak MiB", "besides", "÷ typed read", "÷ ours",
    "faults: processor s", "× clean", "found", "besides",
    "column: processor s", "× clean", "found", "besides",
)  # fmt: skip
ALIGNMENT = "|---|---|" + "---:|" * (len(HEADINGS) - 2)
NOTHING = "–"


def page(results: Results) -> str:
    """All results: the sessions, the targets, and a table for each table and size."""
    told = [f"- {name}: {text}" for name, text in sorted(results.sessions.items())]
    parts = ["Sessions:\n\n" + "\n".join(told), targets(results)]
    sizes = {(case.rows, case.files) for case in results.cases if case.table != DATASET}
    for rows, files in sorted(sizes):
        parts.append(f"### {rows:,} rows{f' in {files} files' if files > 1 else ''}")
        for table in TABLES:
            if cases := cases_of(results, table, rows, files):
                parts += [heading(table, cases), of_table(results, cases)]
    return "\n\n".join(parts)


def ranges(results: Results) -> str:
    """What a run costs, from the table on which it costs least to that on which it costs most."""
    ours = Case("", CSV, MILLION, "clean", OURS)
    lines = replace(ours, form=NDJSON)
    memory = values(results, replace(ours, rows=10 * MILLION), MEMORY)
    told = (
        (
            "A million rows of CSV take {} times the processor time of a typed read by Polars, "
            "which judges nothing.",
            ratios(results, ours, replace(ours, tool=FLOOR)),
        ),
        (
            "frictionless takes {} times as long as `validate`.",
            ratios(results, replace(ours, tool=FRICTIONLESS), ours),
        ),
        (
            "The same rows as Parquet take {} times the processor time of the CSV.",
            ratios(results, replace(ours, form=PARQUET), ours),
        ),
        (
            "As newline-delimited JSON they take {} times that of a typed read.",
            ratios(results, lines, replace(lines, tool=FLOOR)),
        ),
        ("Ten million rows of CSV need {} MiB of memory.", memory),
    )
    return " ".join(ranged(text, found) for text, found in told if any(found.values()))


def ranged(text: str, found: Values) -> str:
    """A sentence with the least and the greatest of what was measured on several tables."""
    there = {table: value for table, value in found.items() if value is not None}
    least, greatest = number(min(there.values())), number(max(there.values()))
    said = text.format(least if least == greatest else f"{least} to {greatest}")
    return (
        said if len(there) == len(found) else f"{said[:-1]} (measured on {', '.join(there)} alone)."
    )


def cases_of(results: Results, table: str, rows: int, files: int) -> dict[Case, Result]:
    """The results of a table of a size."""
    return {
        case: result
        for case, result in results.cases.items()
        if (case.table, case.rows, case.files) == (table, rows, files)
    }


def heading(table: str, cases: dict[Case, Result]) -> str:
    """The name of a table, with the sizes of its files."""
    sizes = {case.form: result.size for case, result in cases.items() if result.size}
    told = [f"{TITLES[form]} {sizes[form]:,.0f} MiB" for form in FORMATS if form in sizes]
    sessions = sorted({result.session for result in cases.values()})
    return f"**{table}**: {', '.join([*told, *(f'session {name}' for name in sessions)])}"


def of_table(results: Results, cases: dict[Case, Result]) -> str:
    """A row for each tool and format."""
    lines = [row(HEADINGS), ALIGNMENT]
    some = next(iter(cases))
    for form in FORMATS:
        for tool in TOOLS:
            case = replace(some, form=form, tool=tool.name)
            if any(replace(case, variant=variant) in cases for variant in VARIANTS):
                lines.append(row((TITLES[form], tool.title, *cells(results, case, tool))))
    return "\n".join(lines)


def cells(results: Results, case: Case, tool: Tool) -> Iterator[str]:
    """What a tool takes and finds in the three variants."""
    clean = replace(case, variant="clean")
    found = results.cases.get(clean)
    if found is None or found.failure:
        yield from (reason(found), *[""] * 5)
    else:
        read = replace(clean, tool=FLOOR, form=NDJSON if case.form in JSON else case.form)
        yield from (f"{found.wall:.2f}", f"{found.processor:.2f}", f"{found.memory:,.0f}")
        yield f"{found.score.besides:,}" if tool.judges else NOTHING
        yield times(results, clean, read)
        yield times(results, clean, replace(clean, tool=OURS))
    for variant in VARIANTS[1:]:
        yield from of_variant(results, replace(case, variant=variant))


def of_variant(results: Results, case: Case) -> Iterator[str]:
    """What a tool takes and finds in a variant with faults."""
    found, clean = results.cases.get(case), results.cases.get(replace(case, variant="clean"))
    if found is None or found.failure:
        # What fails in all variants is said once.
        again = clean is not None and found is not None and clean.failure == found.failure
        yield from ("" if again else reason(found), "", "", "")
        return
    yield f"{found.processor:.2f}"
    yield times(results, case, replace(case, variant="clean"))
    yield f"{found.score.hits:,} of {found.score.faults:,}"
    yield f"{found.score.besides:,}"


def times(results: Results, case: Case, base: Case) -> str:
    """How often the processor time of a case has that of another in it."""
    ratio = results.ratio(case, base)
    return NOTHING if ratio is None else f"{ratio:.2f}"


def reason(result: Result | None) -> str:
    """Why there is no result."""
    if result is None or result.failure is None:
        return NOTHING
    return result.failure.replace("|", "\\|").replace("`", "")


def row(cells: tuple[str, ...]) -> str:
    """A row of a table."""
    return f"| {' | '.join(cells)} |"


def targets(results: Results) -> str:
    """A table of promises."""
    words = {True: "yes", False: "**no**", None: NOTHING}
    found = verdicts(results)
    rows = [row((verdict.promise, verdict.measured, words[verdict.kept])) for verdict in found]
    return "\n".join(["### Targets", "", "| target | measured | met |", "|---|---|---|", *rows])
