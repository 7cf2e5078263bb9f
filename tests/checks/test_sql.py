"""SQL of rules: what it may look at is judged by its words, and by nothing in a text."""

import json
import re
import subprocess
import sys

import polars as pl
import pytest
from support.places import ROOT

from validate import PackageError
from validate._src.checks.sql import check_query, check_row_expression

OF_ONE_ROW = [
    "note <> 'please select one'",
    "note <> 'see read_csv(1)'",
    "note = 'it''s select'",
    "note ~ '\\d+ select (select 1)'",
    "$$(select 1)$$ = note",
    "$tag$max(note)$tag$ = note",
    "read_only = 1 AND scan_date IS NULL",
    "first = 1 AND over = 2 AND max < min",
    "`select` = 1",
    '"sel""ect (select" = 1',
    "note.select = 1",
    "note /* (select 1) max(note) */ = 1",
    "/* /* */ (select 1) */ note = 1",
    "note -- (select 1)\n = 1",
    "note -- max(note)\r = 2",
    "note ^@ 'select'",
    "note <=> 1",
    "note = '{# (select 1) #}'",
]
OF_TABLES_OR_FILES = [
    "note IN (SELECT note FROM boats)",
    "note = (select 1)",
    "EXISTS (SELECT 1)",
    "note > ALL (SELECT 1)",
    "note IN (WITH a AS (SELECT 1) SELECT 1)",
    "X'' = (select 1)",
    "b'1' = (select 1)",
    "'''''' = (select 1)",
    "$$ $ $$ = (select 1)",
    "$a$ $$ $a$ = (select 1) or $$x$$ = note",
    "`note``s` = (select 1)",
    "note = 'x\\' AND note = (select 1) AND note = ' '",
    "note {# x #} = (SELECT 1)",
    "read_csv('x') = 1",
    "note = READ_PARQUET ('x')",
    "\"read_csv\"('x') = 1",
    "`scan_ndjson`('x') = 1",
    "note IN (FROM read_csv('x'))",
]
OF_OTHER_ROWS = [
    "depth < MAX(depth)",
    "depth < max/**/(depth)",
    "depth < max (depth)",
    '"max"(depth) = 1',
    "COUNT(*) > 1",
    "SUM(depth) OVER (PARTITION BY note) > 1",
    "ROW_NUMBER() OVER () > 1",
    "STRING_AGG(note) = 'x'",
    "FIRST_VALUE(note) OVER () = 1",
    "QUANTILE_CONT(depth, 0.5) > 1",
]


def refusal(check, text):
    try:
        check(text, "here")
    except PackageError as error:
        return str(error)
    return None


def test_what_looks_at_one_row_is_let_pass_and_read_by_polars():
    assert {text: refusal(check_row_expression, text) for text in OF_ONE_ROW} == dict.fromkeys(
        OF_ONE_ROW
    )
    for text in OF_ONE_ROW:
        pl.sql_expr(text)


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (OF_TABLES_OR_FILES, "a row rule looks at one row and reads no tables or files"),
        (OF_OTHER_ROWS, "looks at other rows"),
    ],
)
def test_what_looks_further_is_refused(texts, said):
    let_pass = [text for text in texts if said not in (refusal(check_row_expression, text) or "")]
    assert let_pass == []


def rules_of(name):
    """The SQL of all rules in the dataset, the examples and the tests, by the property's name."""
    files = [*ROOT.glob("schemas/*.json"), *ROOT.glob("validate/_src/report/examples/*/*.json")]
    files += ROOT.glob("tests/packages/*/datapackage.json")
    for file in files:
        text = file.read_text("utf-8", "replace")
        if f'"{name}"' in text:
            yield from (json.loads(f'"{found}"') for found in re.findall(
                rf'"{name}": "((?:[^"\\]|\\.)*)"', text
            ))  # fmt: skip


def polars_reads(check):
    try:
        return pl.sql_expr(check) is not None
    except pl.exceptions.PolarsError:
        return False


def test_what_polars_reads_is_refused_for_what_it_looks_at_alone():
    checks = {check for check in rules_of("check") if polars_reads(check)}
    assert len(checks) > 20
    refused = {refusal(check_row_expression, check) for check in checks} - {None}
    assert all("looks at" in line for line in refused)


def test_queries_are_refused_only_if_they_read_files():
    queries = [file.read_text("utf-8") for file in ROOT.glob("schemas/rules/*.sql")]
    queries += [
        "SELECT _row FROM boats WHERE note = 'read_csv(1)'",
        "SELECT _row, read_only FROM boats -- read_csv(1)",
        "WITH scan_dates AS (SELECT 1) SELECT * FROM scan_dates",
    ]
    assert [line for query in queries if (line := refusal(check_query, query))] == []
    readers = [
        "SELECT * FROM read_csv('x')",
        "SELECT * FROM \"read_csv\"('x')",
        "SELECT * FROM /* 'x' */ scan_parquet /**/ ('x')",
        "SELECT 'it''s' FROM boats, read_ipc('x')",
        "SELECT $$ ' $$, 1 FROM read_csv($$x$$)",
    ]
    let_pass = [
        query for query in readers if "reads no files" not in (refusal(check_query, query) or "")
    ]
    assert let_pass == []


def test_sql_with_an_open_quote_is_refused():
    assert refusal(check_row_expression, "note = 'select") == (
        "here: not SQL: a quote or a comment is not closed"
    )


def test_plain_rules_do_not_take_the_time_to_import_a_parser():
    script = (
        "import sys; from validate import validate; validate('.'); "
        "sys.exit('sqlglot' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT).returncode == 0
