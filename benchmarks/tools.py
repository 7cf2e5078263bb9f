"""The tools that are compared, each a script in `peers/`, and what they are run on."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO

from answers import Answer, of_last_line, of_report

PEERS = Path(__file__).parent / "peers"
TABLES = ("claims", "measurements", "registry", "events")
DATASET = "dataset"  # that of the repository, by the side of the tables
VARIANTS = ("clean", "faults", "column")
CSV, NDJSON, OBJECTS, ARRAYS, PARQUET = "csv", "ndjson", "json-objects", "json-arrays", "parquet"
TITLES = {
    CSV: "CSV",
    NDJSON: "NDJSON",
    OBJECTS: "JSON of objects",
    ARRAYS: "JSON of arrays",
    PARQUET: "Parquet",
}
JSON = (NDJSON, OBJECTS, ARRAYS)
FORMATS = (CSV, *JSON, PARQUET)
OURS, ONE_JOB, FAST = "ours", "ours_one_job", "ours_fast"
FLOOR, FRICTIONLESS, DATA_DICT, FAIRSPEC = "polars_typed", "frictionless", "data_dict", "fairspec"
MILLION = 1_000_000


@dataclass(frozen=True)
class Tool:
    """A tool.

    Attributes:
        name: what tables and `--only` call it.
        title: what it is, for tables.
        script: its file in `peers/`.
        answer: reads what it found in a table from what it wrote.
        options: arguments of the script beside the folder.
        tables: on which it is run.
        formats: on which it is run.
        variants: on which it is run.
        judges: whether it finds faults; a mere read does not.
        most_rows: above so many rows of a format it is run only if `--only` names it.
        most_faulty: above so many rows it is run on clean tables alone, likewise.
        exit_codes: with which it ends when it has done its work.
        python: the interpreter of its script.
    """

    name: str
    title: str
    script: str
    answer: Callable[[IO[bytes], str], Answer] = of_last_line
    options: tuple[str, ...] = ()
    tables: tuple[str, ...] = TABLES
    formats: tuple[str, ...] = (CSV,)
    variants: tuple[str, ...] = VARIANTS
    judges: bool = True
    most_rows: Mapping[str, int] = field(default_factory=dict[str, int])
    most_faulty: int | None = None
    exit_codes: tuple[int, ...] = (0,)
    python: str = sys.executable

    def is_for(self, table: str, form: str, variant: str) -> bool:
        """Whether it is run on a variant of a table in a format."""
        return table in self.tables and form in self.formats and variant in self.variants

    def most(self, form: str, variant: str) -> int | None:
        """Above how many rows of a format it is not run on a variant; None if on any."""
        limits = (self.most_rows.get(form), None if variant == "clean" else self.most_faulty)
        return min((limit for limit in limits if limit is not None), default=None)


def ours(name: str, title: str, *options: str, formats: tuple[str, ...] = FORMATS) -> Tool:
    """Our own command with some options."""
    return Tool(name, title, "ours.py", of_report, options, formats=formats, exit_codes=(0, 1))


def read(name: str, title: str, *formats: str) -> Tool:
    """A mere read by Polars, which ends at the first cell of a wrong type."""
    return Tool(name, title, f"{name}.py", formats=formats, variants=("clean",), judges=False)


def by_hand(name: str, title: str, script: str) -> Tool:
    """A tool to which its script has to say the rules, which are those of `claims`."""
    return Tool(name, title, script, tables=("claims",))


TOOLS = (
    read(FLOOR, "Polars, typed read", CSV, NDJSON, PARQUET),
    replace(
        read(FLOOR, "Polars, datetimes too", CSV),
        name="polars_datetimes",
        options=("--datetimes",),
        tables=("measurements", "events"),
    ),
    read("polars_text", "Polars, read as text", CSV),
    ours(OURS, "**validate**"),
    ours(ONE_JOB, "validate, `--jobs 1`", "--jobs", "1"),
    replace(
        ours(FAST, "validate, `--fast`", "--fast", formats=(PARQUET,)),
        variants=("clean",),
        judges=False,
    ),
    by_hand("duckdb_sql", "DuckDB, SQL by hand", "duckdb_sql.py"),
    by_hand("pandera_by_hand", "Pandera, schema by hand", "pandera_by_hand.py"),
    by_hand("dataframely", "dataframely", "dataframely_schema.py"),
    by_hand("pointblank", "pointblank", "pointblank_plan.py"),
    by_hand("patito", "patito", "patito_model.py"),
    Tool(
        FRICTIONLESS,
        "frictionless",
        "by_frictionless.py",
        formats=(CSV, *JSON),
        most_rows={CSV: MILLION, **dict.fromkeys(JSON, MILLION // 10)},
        most_faulty=MILLION // 10,
    ),
    Tool(DATA_DICT, "data-dict", "by_data_dict.py", formats=(PARQUET,)),
    Tool(
        FAIRSPEC,
        "fairspec",
        "by_fairspec.py",
        formats=FORMATS,
        # It ends at a thousand errors.
        variants=("clean", "faults"),
        most_rows=dict.fromkeys(FORMATS, MILLION // 10),
    ),
)
# Of these the versions are told; ours is told by its commit.
DISTRIBUTIONS = (
    "polars",
    "pandera",
    "duckdb",
    "dataframely",
    "pointblank",
    "patito",
    "frictionless",
    "data-dict-yaml",
)
