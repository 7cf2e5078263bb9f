"""Findings in words, many at once: each text on one line and safe to show."""

from collections.abc import Iterator

import polars as pl

from validate._src.report.report import Report
from validate._src.words.finding import sentence
from validate._src.words.printing import UNPRINTABLE_PATTERN, printable

KEY = pl.when(pl.col("key").list.len() > 0).then(pl.col("key").list.join(",")).alias("key")
WHERE = (
    pl.format('sheet "{}"', "sheet"),
    pl.format("cell {}", "cell"),
    pl.format("row {}", "row"),
    pl.format("key {}", "key"),
    pl.format('value "{}"', "value"),
)


def descriptor(report: Report) -> str:
    """The descriptor of the package as seen from the working folder."""
    return report.file(report.source.file.name)


def safe(texts: pl.DataFrame) -> pl.DataFrame:
    """A frame in which every text is as `printable` has it."""
    return texts.with_columns(
        _printable(column) for column in texts.get_columns() if column.dtype == pl.String
    )


def _printable(texts: pl.Series) -> pl.Series:
    """Only what has something to escape is looked at character by character."""
    unsafe = texts.str.contains(UNPRINTABLE_PATTERN).fill_null(value=False).arg_true()
    return texts.scatter(unsafe, [printable(text) for text in texts.gather(unsafe)])


def in_words(findings: pl.DataFrame, report: Report) -> pl.DataFrame:
    """Findings of a report in words that are safe to show.

    Returns:
        A row a finding, the attributes as columns with the parts of the key joined by
        commas and no lines of what stands in the descriptor, and more: `file` as seen from
        the working folder, `said`, which is what is wrong, and `whole`, which also says
        where in the file, by row, key and value, and has the note.
    """
    files = {path: printable(report.file(path)) for path in findings["path"].unique()}
    words = findings.with_columns(
        KEY,
        pl.col("path").replace_strict(files, return_dtype=pl.String).alias("file"),
        pl.when(~pl.col("path").is_in(list(in_descriptor(report)))).then("line").alias("line"),
    )
    where = pl.concat_list(WHERE).list.drop_nulls().list.join(", ").replace("", None)
    words = safe(words)
    parts = words.select("message", "field", "rule").iter_rows()
    said = pl.Series("said", [sentence(*part) for part in parts], dtype=pl.String)
    return words.with_columns(said).with_columns(
        pl.concat_str(
            "said", pl.format("; {}", where), pl.format("; {}", "note"), ignore_nulls=True
        ).alias("whole"),
    )


def in_descriptor(report: Report) -> Iterator[str]:
    """The paths, in findings, of data that stand in the descriptor itself."""
    for resource in report.source.resources.values():
        if not resource.files:
            yield resource.location
