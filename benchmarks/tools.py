"""The tools that are compared, each a script in `peers/`."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from answers import Answer, of_last_line, of_report

PEERS = Path(__file__).parent / "peers"
OURS, FLOOR, FRICTIONLESS = "ours", "polars_typed", "frictionless"


@dataclass(frozen=True)
class Tool:
    """A tool.

    Attributes:
        name: what tables and `--only` call it.
        title: what it is, for tables.
        script: its file in `peers/`.
        answer: reads what it found from what it wrote.
        judges: whether it finds faults; a mere read does not.
        most_rows: above that many rows it is run only if `--only` names it.
        exit_codes: with which it ends when it has done its work.
    """

    name: str
    title: str
    script: str
    answer: Callable[[IO[bytes]], Answer] = of_last_line
    judges: bool = True
    most_rows: int | None = None
    exit_codes: tuple[int, ...] = (0,)


TOOLS = (
    Tool(FLOOR, "Polars, typed read", "polars_typed.py", judges=False),
    Tool("polars_text", "Polars, read as text", "polars_text.py", judges=False),
    Tool(OURS, "**validate**", "ours.py", of_report, exit_codes=(0, 1)),
    Tool("duckdb_sql", "DuckDB, SQL by hand", "duckdb_sql.py"),
    Tool("pandera_by_hand", "Pandera, schema by hand", "pandera_by_hand.py"),
    Tool("dataframely", "dataframely", "dataframely_schema.py"),
    Tool("pointblank", "pointblank", "pointblank_plan.py"),
    Tool("patito", "patito", "patito_model.py"),
    Tool(FRICTIONLESS, "frictionless", "by_frictionless.py", most_rows=1_000_000),
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
)
