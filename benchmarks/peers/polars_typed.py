"""Polars' typed read, which stops at the first cell of a wrong type: what any tool must pay.

Counting nulls makes Polars parse every cell of every column, as an error in any of them
shows, and keeps nothing. `last` would be cheaper, because it skips cells.
"""

import polars as pl
from common import folder, report, schema

claims = pl.scan_csv(folder() / "claims.csv", schema=schema())
claims.select(pl.all().null_count()).collect(engine="streaming")
report([], 0)
