"""The files that make a table of Delta or Iceberg, given by itself or as a path of a resource."""

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import polars as pl

from validate._src.package.addresses import is_in_store, scheme_of
from validate._src.package.evolved import as_the_table_has_it
from validate._src.package.folder import Folder
from validate._src.package.lakes import (
    DELTA,
    ICEBERG,
    LakeFile,
    LakeTable,
    TableFolder,
    kind_of_lake,
)
from validate._src.package.manyfiles import ManyFiles
from validate._src.package.tablefolders import FolderHere, FolderInStore
from validate._src.reading.formats import PARQUET
from validate._src.words.errors import FileError, PackageError
from validate._src.words.extras import pip_install
from validate._src.words.model import Part
from validate._src.words.scratch import ScratchFolder
from validate._src.words.surrogates import in_characters

LIBRARIES = {DELTA: "deltalake", ICEBERG: "pyiceberg"}


def kind_here(folder: Path) -> str:
    """What kind of table a folder is by itself; empty if it is none."""
    return kind_of_lake(FolderHere(Folder(folder), "", str(folder)))


def lake_files(given: Path) -> ManyFiles | None:
    """The files of the table that a folder is by itself; None if it is no such table.

    Raises:
        FileError: as `lake_parts` does.
    """
    folder = FolderHere(Folder(given), "", str(given))
    if not kind_of_lake(folder):
        return None
    scratch = ScratchFolder()
    parts = (*lake_parts(folder, scratch.path),)
    name = in_characters(given.resolve().name) or "table"
    return ManyFiles(str(given), name, given, parts, format=PARQUET, scratch=scratch)


def lake_in(folder: Folder, path: str) -> TableFolder | None:
    """The folder of the table that a path of a resource names; None if it names none.

    Args:
        folder: the folder of the package, which remembers what is there.
        path: a path, or the URL of a prefix in a store; in a store it ends in `/`.
    """
    if path not in folder.lakes:
        folder.lakes[path] = _lake_in(folder, path)
    return folder.lakes[path]


def _lake_in(folder: Folder, path: str) -> TableFolder | None:
    """The same, looked for."""
    url = f"{folder.supply.origin}{path}" if folder.supply and not scheme_of(path) else path
    if is_in_store(url):
        if folder.remote is None or not url.endswith("/"):
            return None
        table: TableFolder = FolderInStore(url, folder.remote, path)
    elif scheme_of(path):
        return None
    else:
        table = FolderHere(folder, path, path)
    try:
        return table if kind_of_lake(table) else None
    except PackageError:  # it cannot be listed, and whoever asks for it as a file is told why
        return None


def why(error: PackageError) -> str:
    """Why a file or a table cannot be had, without its name where that stands elsewhere."""
    return error.reason if isinstance(error, FileError) else str(error)


def lake_parts(folder: TableFolder, scratch: Path) -> Sequence[Part]:
    """The files that make a table now, each with its partition; one that cannot be had says why.

    Args:
        folder: the folder of a table.
        scratch: a folder for copies of files whose columns have other names by now.

    Returns:
        The files in order of their paths; of a table without a file, one without rows.

    Raises:
        FileError: the library that reads the log is not installed, the log cannot be read, or the
            table has what is not read here.
        PackageError: there is no room for its files.
    """
    table = _table(folder)
    if not table.files:
        file = scratch / "no-rows.parquet"
        names = [*(column.name for column in table.columns), *table.partitions]
        pl.DataFrame(schema=dict.fromkeys(names, pl.String)).write_parquet(file)
        return [Part(folder.prefix or folder.called, file, named=False)]
    files = sorted(table.files, key=lambda file: file.path)
    folder.prepare([one for one in files if not one.refused])
    return [_part(one, table, folder, scratch / f"{at}.parquet") for at, one in enumerate(files)]


def _table(folder: TableFolder) -> LakeTable:
    """The table that a folder is.

    Raises:
        FileError: as `lake_parts` does.
    """
    kind = kind_of_lake(folder)
    library = LIBRARIES[kind]
    if find_spec(library) is None:
        raise FileError(folder.called, f"tables of {kind} need {library}: {pip_install(library)}")
    if kind == DELTA:
        from validate._src.package.delta import delta_table

        return delta_table(folder)
    from validate._src.package.iceberg import iceberg_table

    return iceberg_table(folder)


def _part(one: LakeFile, table: LakeTable, folder: TableFolder, copy: Path) -> Part:
    location = one.path if one.refused else f"{folder.prefix}{one.path}"
    try:
        if one.refused:
            raise FileError(location, one.refused)
        file = folder.file(one.path)
        size = file.stat().st_size
        if one.size and size != one.size:
            said = f"has {size:,} bytes, and the log of its table says {one.size:,}"
            raise FileError(location, said)
        file = as_the_table_has_it(file, location, table.columns, one.fallbacks, copy, one.rows)
    except PackageError as error:  # of a path that leads out as well
        return Part(location, None, absent=why(error), partition=one.partition, named=False)
    return Part(location, file, partition=one.partition, named=False)
