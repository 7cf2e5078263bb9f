"""Reports as one table in CSV: every finding a row, for spreadsheets and statistics."""

from collections.abc import Iterator, Sequence

import polars as pl

from validate._src.report.formats.view import View, pieces
from validate._src.report.formats.wording import KEY, safe
from validate._src.report.report import Report, Unusable
from validate._src.words.finding import FINDING_COLUMNS
from validate._src.words.printing import printable

FORMULA = r'(^|;)([ "]*)([=+@＝＋－＠\t\r\n-])'
# Some spreadsheets part cells by semicolons, and read full-width signs as the plain ones.


def render(reports: Sequence[Report | Unusable], view: View) -> Iterator[str]:
    """The findings as rows, with `package` and the attributes of `Finding` as columns.

    `package` is the descriptor; the parts of a key are joined by commas. What a spreadsheet
    would take for a formula begins with an apostrophe.

    Source: OWASP, "CSV Injection".
    """
    yield ",".join(["package", *FINDING_COLUMNS]) + "\n"
    for report in reports:
        for findings in pieces(view.frames(report)):
            package = pl.lit(printable(report.location)).alias("package")
            table = findings.with_columns(KEY).select(package, *FINDING_COLUMNS)
            yield harmless(table)


def harmless(table: pl.DataFrame) -> str:
    """Rows of CSV that do no harm in a spreadsheet or a terminal; no header before them."""
    return safe(_without_formulas(table)).write_csv(include_header=False)


def _without_formulas(table: pl.DataFrame) -> pl.DataFrame:
    return table.with_columns(pl.col(pl.String).str.replace_all(FORMULA, "${1}${2}'${3}"))
