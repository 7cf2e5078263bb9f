"""Tables of Delta: the files of the current version, by the log.

Source: Delta Transaction Log Protocol, "Add File and Remove File" and "Table Features".
"""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import polars as pl
from deltalake import DeltaTable
from deltalake.exceptions import DeltaError

from validate._src.package.deltafiles import check_files
from validate._src.package.deltalog import broken_checkpoint, check_commits
from validate._src.package.evolved import Column
from validate._src.package.lakes import DELTA, LakeFile, LakeTable, TableFolder, errors_told
from validate._src.reading.spelled import as_text
from validate._src.words.errors import FileError
from validate._src.words.printing import said_by

MAPPING, VECTORS = "delta.columnMapping.mode", "deletionVectors"
NAMED = "delta.columnMapping.physicalName"  # of a column, what it is called in files
WITHOUT_EFFECT = frozenset(
    {"timestampNtz", "typeWidening", "typeWidening-preview", "v2Checkpoint", "vacuumProtocolCheck"}
)
"""Features of tables that change nothing of which rows files have, and how they are called."""
HANDLED = frozenset({"columnMapping", VECTORS})
"""Features that are looked for themselves."""
PARTITION = "partition."  # begins the names of columns with values of partitions
DELETED = "rows of it are deleted by deletion vectors, which are not read"
REWRITE = "rewrite its files first (REORG TABLE … APPLY (PURGE))"


def delta_table(folder: TableFolder) -> LakeTable:
    """A table of Delta.

    Raises:
        FileError: its log cannot be read, or it has what is not read here: names of columns that
            are not those in its files, deleted rows in its files, unknown features.
    """
    with errors_told(folder, DELTA, DeltaError):
        top = folder.with_log()
        log = check_commits(top)
        table = _table(top, log.broken)
        _check_features(folder, table)
        added = pl.DataFrame(table.get_add_actions(flatten=True))
        if check_files(top, log, added):
            raise FileError(folder.called, f"{DELETED}; {REWRITE}")
        names = table.metadata().partition_columns
        columns = [field.name for field in table.schema().fields if field.name not in names]
        files = [*_files(added, names)]
    return LakeTable([*map(Column, columns)], names, files)


def _table(top: Path, broken: str) -> DeltaTable:
    """The table as its log has it.

    Args:
        top: its folder.
        broken: the commit that is no JSON; empty if there is none.

    Raises:
        ValueError: the log cannot be read; the message names that commit, or a checkpoint that is
            cut, as the library does not.
        DeltaError: it cannot, and nobody knows which file is broken.
    """
    try:
        table = DeltaTable(str(top))
    except (DeltaError, OSError, ValueError) as error:
        if not (named := broken or broken_checkpoint(top)):
            raise
        raise ValueError(f"{named}: {said_by(error)}") from None
    if broken:  # the library may read over it
        raise ValueError(f"{broken} is not lines of JSON objects, as a commit is")
    return table


def _check_features(folder: TableFolder, table: DeltaTable) -> None:
    """Checks that the rows of a table are all those of its files, and its columns theirs.

    Raises:
        FileError: they are not, or nobody here knows.
    """
    features = frozenset(table.protocol().reader_features or ())
    fields = table.schema().fields
    mode = table.metadata().configuration.get(MAPPING, "none")
    # Of the names alone, too: were the mode lost, all columns would be empty.
    if mode != "none" or any(one.metadata.get(NAMED, one.name) != one.name for one in fields):
        why = "its columns have other names in its files (column mapping), which is not followed"
        raise FileError(folder.called, f"{why}; write a copy of the table without")
    if unknown := sorted(features - WITHOUT_EFFECT - HANDLED):
        raise FileError(
            folder.called, f"it has features that are not known here: {', '.join(unknown)}"
        )
    if VECTORS in features and _has_vectors(table):
        raise FileError(folder.called, f"{DELETED}; {REWRITE}")


def _has_vectors(table: DeltaTable) -> bool:
    try:
        return pl.DataFrame(table.deletion_vectors()).height > 0
    except (DeltaError, OSError, ValueError):  # there is one, in a file that cannot be read
        return True


def _files(added: pl.DataFrame, names: list[str]) -> Iterator[LakeFile]:
    """The files of a table, by the actions that have added them."""
    for name in names:
        values = added[f"{PARTITION}{name}"]
        added = added.with_columns(as_text(values))
    for row in added.iter_rows(named=True):
        partition = tuple((name, row[f"{PARTITION}{name}"]) for name in names)
        size, rows = row["size_bytes"] or 0, row.get("num_records")  # statistics may be left out
        yield LakeFile(unquote(row["path"]), partition, size=size, rows=rows)
