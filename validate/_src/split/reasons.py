"""Why rows are invalid, and what else was found in their table, as a table in CSV."""

from collections.abc import Iterable, Iterator, Mapping

import polars as pl

from validate._src.report.formats.csv import harmless
from validate._src.report.formats.wording import KEY
from validate._src.report.report import Report
from validate._src.split.again import Splitting
from validate._src.split.folder import REASONS, Files
from validate._src.split.judgement import OF_NO_ROW
from validate._src.split.parting import IN_INVALID
from validate._src.words.codes import ERROR
from validate._src.words.findingframe import DTYPES
from validate._src.words.findings import Findings

COLUMNS = (
    "row", IN_INVALID, "line", "code", "field", "message", "severity", "value", "key", "rule",
    "note", "path", "sheet", "cell", "waiver",
)  # fmt: skip
ORDER = "order"
GONE = "once the invalid rows have gone: {}"
SAID = "note"
"""The severity of what is said of the table as a whole, and is no finding."""


def begin(files: Files, stem: str, said: Iterable[str]) -> None:
    """Begins the reasons of a table with what is said of it as a whole, a row each."""
    rows = pl.DataFrame({"message": pl.Series([*said], dtype=pl.String)}).with_columns(
        pl.lit(None, DTYPES.get(name, pl.Int64)).alias(name)
        for name in COLUMNS
        if name != "message"
    )
    rows = rows.with_columns(pl.lit(SAID).alias("severity"), pl.lit(None, pl.String).alias("key"))
    with files.writing(f"{stem}.{REASONS}") as stream:
        stream.write(f"{','.join(COLUMNS)}\n{harmless(rows.select(COLUMNS))}".encode())


def add_findings(report: Report, files: Files, tables: Mapping[str, Splitting]) -> None:
    """Adds all findings of the tables, warnings and waived ones too.

    Args:
        report: has the findings.
        files: takes the reasons.
        tables: what became of the tables, by resource.
    """
    places = {name: one.parted.places() for name, one in tables.items()}
    for findings in (report.findings, report.waived):
        for name, group in _by_resource(findings):
            if name in tables:
                _add(_placed(group, places[name]), files, tables[name].stem)
    for name, table in tables.items():
        for again, moved in table.rounds:
            for found, group in _by_resource(again.findings):
                if found == name:
                    _add(_moved(group, moved, places[name]), files, table.stem)


def _by_resource(findings: Findings) -> Iterator[tuple[str, pl.DataFrame]]:
    for frame in findings.frames():
        groups = frame.partition_by("resource", maintain_order=True, as_dict=True)
        for (name,), group in groups.items():
            yield str(name), group


def _moved(findings: pl.DataFrame, moved: pl.DataFrame, invalid: pl.DataFrame) -> pl.DataFrame:
    """What was found in rows once others had gone, at the places that they have in the table."""
    errors = findings.filter(severity=ERROR).drop("line", "path")
    errors = errors.join(moved, left_on="row", right_on="from", how="inner", maintain_order="left")
    errors = errors.drop("row").rename({"row_right": "row"})
    return errors.join(invalid, on="row", how="inner", maintain_order="left").with_columns(
        message=pl.format(GONE, "message")
    )


def _placed(findings: pl.DataFrame, invalid: pl.DataFrame) -> pl.DataFrame:
    """Findings with the number of their row in the file of the invalid ones.

    Errors that name a line and no row, such as a quote astray, are of the row that it is in.
    """
    ordered = findings.with_row_index(ORDER)
    names_line = pl.col("row").is_null() & pl.col("line").is_not_null()
    is_of_row = names_line & (pl.col("severity") == ERROR) & ~pl.col("code").is_in([*OF_NO_ROW])
    by_line = ordered.filter(is_of_row).drop("row").sort("line")
    by_line = by_line.join_asof(invalid, on="line", by="path", check_sortedness=False)
    by_row = ordered.filter(~is_of_row).join(
        invalid.select("row", IN_INVALID), on="row", how="left", maintain_order="left"
    )
    return pl.concat([by_row, by_line.select(by_row.columns)]).sort(ORDER)


def _add(findings: pl.DataFrame, files: Files, stem: str) -> None:
    with files.writing(f"{stem}.{REASONS}") as stream:
        for piece in findings.with_columns(KEY).select(COLUMNS).iter_slices():
            stream.write(harmless(piece).encode())
