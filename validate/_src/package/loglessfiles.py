"""That files which a pattern finds lie in no table with a log, which alone says what is of it.

Files that were deleted from such a table, and those that were replaced, lie there for a while, and
none of their rows is to be judged.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from stat import S_ISDIR
from typing import TYPE_CHECKING

from validate._src.package.addresses import is_in_store
from validate._src.package.folder import Folder
from validate._src.package.lakes import (
    DATA,
    DELTA,
    ICEBERG,
    LOG,
    METADATA,
    is_metadata,
    kind_of_lake,
)
from validate._src.package.logsabove import check_above, refused
from validate._src.package.tablefolders import FolderHere
from validate._src.reading.formats import PARQUET, by_path, format_named
from validate._src.words.errors import FileError, PackageError

if TYPE_CHECKING:
    from validate._src.package.remote import Remote

KindOf = Callable[[str], str]
"""What kind of table a folder is, by its path or URL; empty if it is none."""
CAPITALS = LOG.upper()  # as systems make names that know no other letters
GIVE = "give the folder itself, with its schema"


def check_logless_here(folder: Path, paths: Iterable[str]) -> None:
    """Checks that no file lies in a table with a log, also where that lies above the folder.

    Args:
        folder: a folder that a person has named.
        paths: of files in it, relative to it.

    Raises:
        PackageError: one does.
    """
    of_tables = [*filter(_may_be_of_a_table, paths)]
    _check(
        of_tables,
        lambda path: _kind_here(folder, path, str(folder / path)),
        folder.as_posix(),
        GIVE,
    )
    _check_really(of_tables, folder, folder.as_posix(), GIVE)


def check_logless(folder: Folder, paths: Iterable[str], what_to_do: str) -> Sequence[str]:
    """Checks that no file of a package lies in a table with a log, be that above its folder.

    Args:
        folder: the folder of the package.
        paths: of files in it, relative to it.
        what_to_do: what is said to do if one does.

    Returns:
        As `check_logless_stored`, of a package in a store.

    Raises:
        PackageError: one does.
    """
    of_tables = [*filter(_may_be_of_a_table, paths)]
    if folder.supply is not None and folder.supply.names is not None:
        names = [*map(str, folder.supply.names)]
        if of_tables:
            _check_names(names, "")
        kinds = tables_among(names)
        _check(of_tables, lambda path: kinds.get(path, ""), "", what_to_do)
        if of_tables and folder.remote is not None and is_in_store(folder.supply.origin):
            return check_above(folder.supply.origin, of_tables[0], folder.remote, what_to_do)
    else:
        _check(of_tables, lambda path: _kind_here(folder.path, path, path), "", what_to_do)
        _check_really(of_tables, folder.path, "", what_to_do)
    return ()


def check_logless_stored(
    top: str, paths: Iterable[str], listed: Iterable[str], remote: "Remote"
) -> list[str]:
    """Checks that no object lies in a table with a log, also where that lies above the prefix.

    Args:
        top: the URL of a prefix that a person has named, which ends in `/`.
        paths: of objects below it, relative to it.
        listed: the same of all objects below it.
        remote: lists what lies above.

    Returns:
        The URLs of prefixes above it that the store does not list: whether one is such a table is
        not known.

    Raises:
        PackageError: one does.
    """
    every = [*listed]
    of_tables, kinds = [*filter(_may_be_of_a_table, paths)], tables_among(every)
    if of_tables:
        _check_names(every, top)
    _check(of_tables, lambda path: kinds.get(path, ""), top, GIVE)
    return check_above(top, of_tables[0], remote, GIVE) if of_tables else []


def tables_among(paths: Iterable[str]) -> dict[str, str]:
    """The folders that are tables with a log, by the paths of all files, and their kinds."""
    found: dict[str, str] = {}
    for path in paths:
        folder, _, name = path.rpartition("/")
        above, _, last = folder.rpartition("/")
        if last == LOG:
            found[above] = DELTA
        elif last == METADATA and is_metadata(name):
            found.setdefault(above, ICEBERG)
    return found


def _check_names(paths: Iterable[str], top: str) -> None:
    """Checks that nothing among files is nearly a log of Delta: one of capitals, or a file.

    Raises:
        PackageError: something is.
    """
    for path in paths:
        *folders, name = path.split("/")
        for at, folder in enumerate(folders):
            if folder != LOG and folder.casefold() == LOG:
                raise _misnamed(f"{top}{'/'.join(folders[: at + 1])}")
        if name == LOG:
            raise _of_a_file(f"{top}{path}")


def _may_be_of_a_table(path: str) -> bool:
    """Whether a file may be one of Delta or Iceberg: one of Parquet, if its name says anything."""
    known = format_named(by_path(path)[0])
    return known is None or PARQUET in known.names


def _check(paths: Iterable[str], kind_of: KindOf, top: str, what_to_do: str) -> None:
    for folder, path in _folders(paths):
        if kind := kind_of(folder):
            there = "/".join(part for part in (top.rstrip("/"), folder) if part) or "."
            raise refused(path, kind, there, what_to_do)


def _check_really(paths: Sequence[str], top: Path, called: str, what_to_do: str) -> None:
    """The same of the folders that files lie in once links are followed, and of all above these.

    Args:
        paths: of files, relative to the top; its own folders are looked at already.
        top: the folder that has them.
        called: what messages call it; empty if they leave it out.
        what_to_do: what is said to do if a file lies in a table.

    Raises:
        FileError: a folder cannot be listed that does not lie above the top, of which somebody may
            be let see no more.
        PackageError: one does.
    """
    real = top.resolve()
    seen: set[Path] = set()
    for folder, path in _real_folders(paths, top):
        for each in (folder, *folder.parents):
            if each in seen:
                break
            seen.add(each)
            try:
                kind = _kind_here(each, "", str(each))
            except FileError:
                if each in real.parents:
                    continue
                raise
            if kind:
                inside = each.is_relative_to(real)
                there = Path(called, each.relative_to(real)) if inside else each
                raise refused(path, kind, there.as_posix(), what_to_do)


def _real_folders(paths: Iterable[str], top: Path) -> Iterator[tuple[Path, str]]:
    """The folder that each file really lies in, those of plain files in one folder once."""
    seen: set[str] = set()
    for path in paths:
        file = top / path
        folder = path.rpartition("/")[0]
        if file.is_symlink():
            # `resolve` raises where links lead in a circle, as the reading of the file says.
            yield Path(os.path.realpath(file)).parent, path
        elif folder not in seen:
            seen.add(folder)
            yield file.parent.resolve(), path


def _folders(paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each folder that files lie in, whether at once or deeper, with the first of these files."""
    seen: set[str] = set()
    for path in paths:
        folder = path
        while folder:
            folder = folder.rpartition("/")[0]
            if folder in seen:
                break
            seen.add(folder)
            yield folder, path


def _kind_here(top: Path, path: str, called: str) -> str:
    """What kind of table a folder is.

    Raises:
        FileError: it cannot be listed.
        PackageError: it has a log of Delta in which no file is left, or nearly one; or metadata
            without a file beside data, as tables of Iceberg have both.
    """
    folder, where = top / path, Path(called)
    log, metadata = _mode_of(folder / LOG), _mode_of(folder / METADATA)
    if not S_ISDIR(log) and S_ISDIR(_mode_of(folder / CAPITALS)):
        raise _misnamed((where / CAPITALS).as_posix())
    if log and not S_ISDIR(log):
        raise _of_a_file((where / LOG).as_posix())
    if not log and not S_ISDIR(metadata):
        return ""  # nearly always, and there may be thousands
    kind = kind_of_lake(FolderHere(Folder(top), path, called))
    if log and kind != DELTA:
        raise PackageError(
            f"{(where / LOG).as_posix()} is the log of a table of Delta, and has no file; "
            "restore it"
        )
    if not kind and S_ISDIR(_mode_of(folder / DATA)) and not any((folder / METADATA).iterdir()):
        raise PackageError(
            f"{(where / METADATA).as_posix()} is empty, beside {DATA}: if that is of a table of "
            "Iceberg, restore its metadata; else delete the empty folder"
        )
    return kind


def _mode_of(path: Path) -> int:
    """What is there, links followed; 0 if nothing is, or it cannot be told."""
    try:
        return path.stat().st_mode
    except (OSError, ValueError):  # its folder may be listed, but nothing in it be read
        return 0


def _misnamed(log: str) -> PackageError:
    return PackageError(
        f"{log} is nearly the log of a table of Delta, which is called {LOG}; rename it so, and "
        "give the table, or otherwise if it is none"
    )


def _of_a_file(log: str) -> PackageError:
    return PackageError(
        f"{log} is a file, and the log of a table of Delta is a folder; restore that, or rename "
        "the file if it is of none"
    )
