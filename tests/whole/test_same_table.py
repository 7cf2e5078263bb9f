"""One table has the same findings in every format, and in one file or several."""

import csv
import datetime as dt
import gzip
import io
import json
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.made import PROFILE
from support.sheets import ods, xls, xlsx

from validate import validate

FIELDS = [
    {"name": "id", "type": "integer", "constraints": {"required": True}},
    {"name": "pond", "type": "string", "constraints": {"enum": ["Reed", "Mirror", "Étang"]}},
    {"name": "depth", "type": "number", "constraints": {"minimum": 0, "unique": True}},
    {"name": "dug", "type": "date", "constraints": {"maximum": "2024-05-06"}},
    {"name": "open", "type": "boolean"},
]
SCHEMA = {"fields": FIELDS, "primaryKey": "id", "missingValues": ["", "n/a"]}
NAMES = [field["name"] for field in FIELDS]


def column(*values):
    """Cells of a column: good ones, and texts that are no values of its type."""
    return st.sampled_from([*values, "n/a", "deep"]) | st.none()


ROWS = st.lists(
    st.tuples(
        column(1, 2, 3, 4, 5),
        st.sampled_from(["Reed", "Mirror", "Étang", "Lily"]),
        column(0.5, 1.0, 2.25, 1e3, -1.0),
        column(dt.date(2020, 2, 29), dt.date(2024, 5, 6), dt.date(2025, 1, 1)),
        column(True, False),
    ),
    max_size=12,
)


CUTS = st.lists(st.integers(0, 12), min_size=1, max_size=6)
"""Where a table is cut into files, of which some may be empty."""


def cut(rows, places):
    """The rows in files that begin at these places."""
    begins = [0, *sorted(places)]
    return [rows[begin:end] for begin, end in zip(begins, [*begins[1:], None], strict=True)]


def plain(cell):
    """A cell as JSON has it."""
    return cell.isoformat() if isinstance(cell, dt.date) else cell


def as_csv(rows):
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(NAMES)
    for row in rows:
        texts = [json.dumps(cell) if isinstance(cell, bool) else plain(cell) for cell in row]
        writer.writerow(texts)
    return stream.getvalue().encode()


def objects(rows):
    """Rows as objects, of which each has its keys in another order."""
    made = [dict(zip(NAMES, map(plain, row), strict=True)) for row in rows]
    return [
        dict([*one.items()][at % 5 :] + [*one.items()][: at % 5]) for at, one in enumerate(made)
    ]


def parquet_column(cells):
    """A column of one type; where it has texts among others, all are texts."""
    if len({type(cell) for cell in cells if cell is not None}) > 1:
        texts = [json.dumps(cell) if isinstance(cell, bool) else plain(cell) for cell in cells]
        return pl.Series([None if text is None else str(text) for text in texts], dtype=pl.String)
    return pl.Series(cells, dtype=None if any(c is not None for c in cells) else pl.String)


def write_parquet(file, rows):
    cells = [[*column] for column in zip(*rows, strict=True)] or [[]] * len(NAMES)
    frame = pl.DataFrame(dict(zip(NAMES, map(parquet_column, cells), strict=True)))
    frame.write_parquet(file)


def lines(rows):
    return "".join(f"{json.dumps(row)}\n" for row in rows).encode()


WRITERS = {
    "csv": lambda file, rows: file.write_bytes(as_csv(rows)),
    "csv.gz": lambda file, rows: file.write_bytes(gzip.compress(as_csv(rows))),
    "json": lambda file, rows: file.write_text(json.dumps(objects(rows), indent=1), "utf-8"),
    "ndjson": lambda file, rows: file.write_bytes(lines(objects(rows))),
    "parquet": write_parquet,
    "xlsx": lambda file, rows: xlsx(file, ponds=[NAMES, *rows]),
    "xls": lambda file, rows: xls(file, ponds=[NAMES, *rows]),
    "ods": lambda file, rows: ods(file, ponds=[NAMES, *rows]),
}
ONE_TYPE_A_FILE = ("parquet",)
"""Formats in which files of one table would differ in the types of their columns."""


def found_in(suffix, parts):
    """The findings of a table in files of a format: how often each is found, by key."""
    with TemporaryDirectory() as folder:
        paths = [f"t{number}.{suffix}" for number in range(len(parts))]
        resource = {"name": "t", "path": paths if len(paths) > 1 else paths[0], "schema": SCHEMA}
        descriptor = {"$schema": PROFILE, "name": "same", "resources": [resource]}
        (Path(folder) / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
        for path, rows in zip(paths, parts, strict=True):
            WRITERS[suffix](Path(folder) / path, rows)
        report = validate(folder)
        assert not report.not_checked
        return Counter((one.key, one.field, one.code, one.rule) for one in report.findings)


@settings(max_examples=25, deadline=None)
@given(rows=ROWS, data=st.data())
@pytest.mark.parametrize("suffix", WRITERS)
def test_a_table_has_the_same_findings_in_each_format(suffix, rows, data):
    expected = found_in("csv", [rows])
    assert found_in(suffix, [rows]) == expected
    if suffix not in ONE_TYPE_A_FILE:
        assert found_in(suffix, cut(rows, data.draw(CUTS))) == expected


@settings(max_examples=25, deadline=None)
@given(rows=ROWS, data=st.data())
def test_a_table_has_the_same_findings_in_any_order(rows, data):
    """But for keys, of which the later row is the one at fault."""
    once = list({row[0]: row for row in rows if isinstance(row[0], int)}.values())
    other = data.draw(st.permutations(once))
    by_key = [
        Counter({one: n for one, n in found_in("json", [order]).items() if one[3] != "unique"})
        for order in (once, other)
    ]
    assert by_key[0] == by_key[1]
