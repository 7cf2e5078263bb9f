"""The faults that are put into rows: their kinds, their places, and what they do to a row."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from rows import COLUMNS, LAST_PAGE, LONGEST, SHORTEST, WITH_COMMA, claim_id

FIRST_ROW = 2  # the header is row 1


@dataclass(frozen=True)
class Fault:
    """One fault that is put into a row.

    Attributes:
        row: record number, the header being 1.
        kind: name of its kind.
        code: what a validator calls it, as in `validate/_src/words/finding.py`.
        field: name of the field, or None when the fault is the row's.
        ordinal: its number among the faults of its kind, from 0.
        twin: an earlier row without a fault, whose key a duplicate takes.
    """

    row: int
    kind: str
    code: str
    field: str | None
    ordinal: int
    twin: int


Change = Callable[[list[str], Fault], list[str]]


@dataclass(frozen=True)
class Kind:
    """A kind of fault.

    Attributes:
        fields: the fields that it strikes in turn; none when the fault is the row's.
        change: from the cells of a row to those with the fault.
    """

    name: str
    code: str
    fields: tuple[str, ...]
    change: Change


def written(*texts: str) -> Change:
    """A change that writes one of some texts into the field, in turn."""
    return lambda cells, fault: put(cells, fault.field, texts[fault.ordinal % len(texts)])


def put(cells: list[str], field: str | None, text: str) -> list[str]:
    """The cells with another text in a field."""
    return [text if name == field else cell for name, cell in zip(COLUMNS, cells, strict=True)]


def break_id(cells: list[str], fault: Fault) -> list[str]:
    """An id out of its pattern; the number stays, so that it is nobody else's."""
    return put(cells, "claim_id", cells[0].replace("clm", ("CLM", "clm-", "c")[fault.ordinal % 3]))


def break_digest(cells: list[str], fault: Fault) -> list[str]:
    """A digest that is cut, or written in capitals after a mark of its kind."""
    digest = cells[COLUMNS.index("source_sha256")]
    return put(cells, "source_sha256", (digest[:-1], f"SHA256:{digest}")[fault.ordinal % 2])


def repeat_key(cells: list[str], fault: Fault) -> list[str]:
    """The key of an earlier row."""
    return put(cells, "claim_id", claim_id(fault.twin - FIRST_ROW))


def add_cell(cells: list[str], fault: Fault) -> list[str]:
    """One cell more than the header has."""
    return [*cells, ("surplus", "余り, 二つ")[fault.ordinal % 2]]


def drop_cell(cells: list[str], fault: Fault) -> list[str]:
    """The last cell gone; every third of these rows has a comma in quotes."""
    if fault.ordinal % 3 == 0:
        cells = put(cells, "statement_ja", f"造船分野での協力を拡大する{WITH_COMMA}。")
    return cells[:-1]


def empty_row(cells: list[str], fault: Fault) -> list[str]:
    """An empty line, or one of nothing but delimiters."""
    return [] if fault.ordinal % 2 else [""] * len(cells)


TYPE, CONSTRAINT = "type-error", "constraint-error"
REQUIRED = ("actor_id", "made", "kind", "source_sha256", "statement_ja")
KINDS = (
    Kind("date-type", TYPE, ("made",), written("2025/03/07", "7 March 2025", "20250307")),
    Kind("date-impossible", TYPE, ("made",), written("2025-02-30", "2023-02-29", "2025-13-01")),
    Kind("number-type", TYPE, ("amount",), written("n/a", "12.5.3", "1200,50")),
    Kind("integer-type", TYPE, ("page",), written("twelve", "3.5", "p. 7")),
    Kind("uri-format", TYPE, ("source_url",), written("not a uri", "www.example.org/a", "p. 7")),
    Kind("required", CONSTRAINT, REQUIRED, written("")),
    Kind("id-pattern", CONSTRAINT, ("claim_id",), break_id),
    Kind("digest-pattern", CONSTRAINT, ("source_sha256",), break_digest),
    Kind("kind-enum", CONSTRAINT, ("kind",), written("Pledge", "promise")),
    Kind("certainty-enum", CONSTRAINT, ("certainty",), written("certain", "stated ")),
    Kind("number-minimum", CONSTRAINT, ("amount",), written("-0.01", "-1200")),
    Kind("integer-range", CONSTRAINT, ("page",), written("0", str(LAST_PAGE + 1), "-7", "99999")),
    Kind("text-short", CONSTRAINT, ("statement_ja",), written("未定", "短" * (SHORTEST - 1))),
    Kind("text-long", CONSTRAINT, ("statement_ja",), written("長" * (LONGEST + 1), "長" * 120)),
    Kind("key-repeated", "primary-key", (), repeat_key),
    Kind("actor-dangling", "foreign-key", ("actor_id",), written("act-00000", "act-99999")),
    Kind("target-dangling", "foreign-key", ("target_id",), written("act-10001", "ACT-00001")),
    Kind("cell-extra", "extra-cell", (), add_cell),
    Kind("cell-missing", "missing-cell", (COLUMNS[-1],), drop_cell),
    Kind("row-blank", "blank-row", (), empty_row),
)
CHANGES = {kind.name: kind.change for kind in KINDS}


def planned(seed: int, rows: int, of_each: int) -> list[Fault]:
    """The faults for a table of so many rows, in the order of rows, at most one a row.

    Raises:
        SystemExit: the table has too few rows for them.
    """
    count = of_each * len(KINDS)
    if rows < 2 * count:
        raise SystemExit(f"{count} faults need at least {2 * count} rows")
    random = Random(seed)  # noqa: S311
    # The first row stays whole: a repeated key needs an earlier row to take it from.
    struck = random.sample(range(FIRST_ROW + 1, rows + FIRST_ROW), count)
    untouched = UntouchedRows(random, frozenset(struck))
    places = zip(struck, ((kind, n) for kind in KINDS for n in range(of_each)), strict=True)
    faults = [made_fault(kind, n, row, untouched.before(row)) for row, (kind, n) in places]
    return sorted(faults, key=lambda fault: fault.row)


@dataclass(frozen=True)
class UntouchedRows:
    """The rows without a fault, to be drawn from."""

    random: Random
    struck: frozenset[int]

    def before(self, row: int) -> int:
        """A row without a fault before `row`."""
        while (earlier := self.random.randrange(FIRST_ROW, row)) in self.struck:
            pass
        return earlier


def made_fault(kind: Kind, ordinal: int, row: int, twin: int) -> Fault:
    """A fault of a kind in a row."""
    field = kind.fields[ordinal % len(kind.fields)] if kind.fields else None
    return Fault(row, kind.name, kind.code, field, ordinal, twin)


def spoilt(text: str, first_row: int, faults: list[Fault]) -> str:
    """Lines of CSV, one a row, with the faults of their rows."""
    lines = text.split("\n")
    for fault in faults:
        index = fault.row - first_row
        (cells,) = csv.reader([lines[index]])
        lines[index] = csv_line(CHANGES[fault.kind](cells, fault))
    return "\n".join(lines)


def csv_line(cells: list[str]) -> str:
    """Cells as a line of CSV, quoted only where needed."""
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(cells)
    return line.getvalue()
