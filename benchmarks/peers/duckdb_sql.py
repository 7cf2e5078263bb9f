"""Plain DuckDB SQL: one pass for the cells, one for the primary key, one for empty lines.

The reader sets lines with too few or too many cells aside, and passes over empty ones;
to number rows as a spreadsheet does, both are put back.
"""

# ruff: noqa: S608

import duckdb
from common import COLUMNS, FIRST_PAGE, LAST_PAGE, LISTED, LONGEST, SHORTEST, folder, report

FORM = "auto_detect = false, new_line = '\\n'"
CELLS = f"{FORM}, delim = ',', quote = '\"', escape = '\"', header = true"
WHOLE_LINES = f"{FORM}, delim = '\x01', quote = '', escape = '', header = false"
TEXT_COLUMNS = ", ".join(f"'{name}': 'VARCHAR'" for name in COLUMNS)

READ = f"""
CREATE TEMP TABLE actors AS
SELECT actor_id FROM read_csv('{folder()}/actors.csv', header = true, all_varchar = true);

CREATE TEMP VIEW claims AS
SELECT row_number() OVER () AS number, *
FROM read_csv(
    '{folder()}/claims.csv', {CELLS}, columns = {{{TEXT_COLUMNS}}},
    store_rejects = true, rejects_limit = 0
);
"""
# Where a missing value lets a condition be unknown, IS TRUE makes it false.
JUDGE_CELLS = f"""
CREATE TEMP VIEW judged AS
SELECT
    number,
    coalesce({", ".join(COLUMNS)}) IS NULL AS blank,
    regexp_full_match(claim_id, 'clm-[0-9]{{8}}') IS TRUE AS claim_id,
    (actor_id IN (FROM actors)) IS TRUE AS actor_id,
    try_strptime(made, '%Y-%m-%d') IS NOT NULL AS made,
    (kind IN ('pledge', 'plan', 'request', 'report', 'forecast', 'concern')) IS TRUE AS kind,
    (amount IS NULL OR TRY_CAST(amount AS DOUBLE) >= 0) IS TRUE AS amount,
    target_id IS NULL OR target_id IN (FROM actors) AS target_id,
    (page IS NULL OR (
        regexp_full_match(page, '[+-]?[0-9]+')
        AND TRY_CAST(page AS BIGINT) BETWEEN {FIRST_PAGE} AND {LAST_PAGE}
    )) IS TRUE AS page,
    certainty IS NULL OR certainty IN ('stated', 'implied', 'inferred') AS certainty,
    regexp_full_match(source_sha256, '[0-9a-f]{{64}}') IS TRUE AS source_sha256,
    (length(statement_ja) BETWEEN {SHORTEST} AND {LONGEST}) IS TRUE AS statement_ja,
    source_url IS NULL
        OR regexp_full_match(source_url, '[A-Za-z][A-Za-z0-9+.-]*:[^\\s<>"{{}}|\\\\^`]+')
        AS source_url,
    status IS NULL OR status IN ('draft', 'checked', 'published') AS status
FROM claims;

CREATE TEMP TABLE suspects AS
FROM judged WHERE NOT ({" AND ".join(COLUMNS)});
"""
JUDGE_KEY = """
CREATE TEMP TABLE repeats AS
SELECT number FROM claims WHERE claim_id IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY claim_id ORDER BY number) > 1;
"""
# A gap: so many lines are left out where so many, the header among them, have been read.
FIND_GAPS = f"""
CREATE TEMP TABLE empty_lines AS
SELECT line
FROM (
    SELECT row_number() OVER () AS line, content
    FROM read_csv('{folder()}/claims.csv', {WHOLE_LINES}, columns = {{'content': 'VARCHAR'}})
)
WHERE content IS NULL;

CREATE TEMP TABLE gaps AS
SELECT line - nth AS read_before, max(nth) AS left_out
FROM (
    SELECT line, row_number() OVER (ORDER BY line) AS nth
    FROM (FROM empty_lines UNION SELECT line FROM reject_errors)
)
GROUP BY ALL;
"""
GATHER = """
CREATE TEMP TABLE found AS
WITH of_rows AS (
    SELECT number, field
    FROM (UNPIVOT (SELECT * EXCLUDE blank FROM suspects WHERE NOT blank)
          ON * EXCLUDE number INTO NAME field VALUE holds)
    WHERE NOT holds
    UNION ALL
    SELECT number, NULL FROM suspects WHERE blank
    UNION ALL
    SELECT number, NULL FROM repeats
)
SELECT number + 1 + coalesce(left_out, 0) AS row, field
FROM of_rows ASOF LEFT JOIN gaps ON number + 1 > read_before
UNION ALL
SELECT DISTINCT line, column_name FROM reject_errors
UNION ALL
SELECT line, NULL FROM empty_lines;
"""

connection = duckdb.connect()
for query in (READ, JUDGE_CELLS, JUDGE_KEY, FIND_GAPS, GATHER):
    connection.execute(query)
(count,) = connection.execute("SELECT count(*) FROM found").fetchone()
report(connection.execute(f"FROM found ORDER BY row LIMIT {LISTED}").fetchall(), count)
