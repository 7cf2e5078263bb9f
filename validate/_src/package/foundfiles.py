"""The files of a folder or a pattern that a run is given, as those of one table."""

import re
from collections.abc import Iterable
from glob import escape
from pathlib import Path, PurePosixPath

from validate._src.package.folder import DESCRIPTORS, Folder
from validate._src.package.loglessfiles import check_logless_here
from validate._src.package.manyfiles import ManyFiles, many_files, part_at, partitioned
from validate._src.package.nearmiss import Names
from validate._src.package.patterns import FOLDERS, Matches, is_pattern, matches
from validate._src.reading.formats import by_path, format_named
from validate._src.words.errors import PackageError
from validate._src.words.surrogates import in_characters

UNNAMED = "files"


def is_pattern_given(given: Path) -> bool:
    """Whether a path is a pattern; what exists is itself, whatever its name."""
    try:
        return is_pattern(str(given)) and not given.exists()
    except (OSError, ValueError):  # a name that no file can have
        return False


def files_named(given: Path, but: Path | None = None) -> ManyFiles:
    """The files that make one table.

    What paths say of rows counts from the first folder on that is called `key=value`.

    Args:
        given: a folder, of which all files are taken whose names stand for a format; or a pattern.
        but: a file that is none of them, if it is there: that of their schema.

    Raises:
        PackageError: there is none, the folder has a descriptor, their names stand for several
            formats, or a link leads out of the folder.
    """
    if given.is_dir():
        _check_undescribed(given)
        folder, pattern = _at(given.parts)
        pattern = f"{pattern}/{FOLDERS}" if pattern else FOLDERS
    elif is_pattern_given(given):
        folder, pattern = _at(given.parts)
    else:
        raise PackageError(f"{given}: no such file; a table from a pipe is given as -")
    if not folder.is_dir():
        raise PackageError(f"{given}: there is no folder {folder}{_near(folder)}")
    found = matches(folder, pattern)
    paths, left_out = _tables(folder, found, but, every=not given.is_dir())
    _check_no_descriptor(given, paths)
    if not paths:
        raise PackageError(f"{given}: {_nothing(found, is_folder=given.is_dir())}")
    inside = Folder(folder)
    try:
        check_logless_here(folder, paths)
        _check_links(folder, found)
        parts = many_files(partitioned(part_at(path, inside)) for path in paths)
    except PackageError as error:
        raise PackageError(f"{given}: {error}") from None
    return ManyFiles(str(given), _name(given, folder), folder, parts, left_out, pattern)


def _at(parts: tuple[str, ...]) -> tuple[Path, str]:
    """The folder to look in, and what is looked for there: from the first `key=value` or `*` on.

    A part of the path that is there is itself, whatever characters it has.
    """
    fixed: list[str] = []
    pattern: list[str] = []
    is_literal = True
    for at, part in enumerate(parts):
        is_literal = is_literal and (not is_pattern(part) or Path(*parts[: at + 1]).exists())
        if is_literal and not pattern and "=" not in part:
            fixed.append(part)
        else:
            pattern.append(escape(part) if is_literal else part)
    return Path(*fixed), "/".join(pattern)


def _tables(
    folder: Path, found: Matches, but: Path | None, *, every: bool
) -> tuple[list[str], tuple[str, ...]]:
    """The files that are meant and what is left out; of a folder, what is a table by its name."""
    others = [path for path in found.paths if but is None or not _is_same(folder / path, but)]
    if every:
        return others, found.left_out
    known = [path for path in others if format_named(by_path(path)[0]) is not None]
    return known, tuple(sorted({*found.left_out, *others} - {*known}))


def _is_same(file: Path, other: Path) -> bool:
    try:
        return file.name == other.name and file.samefile(other)
    except OSError:
        return False


def _check_undescribed(folder: Path) -> None:
    """Checks that a folder has no descriptor, by which it is a package and no table.

    Raises:
        PackageError: it has one.
    """
    for name in DESCRIPTORS:
        if (folder / name).is_file():
            raise PackageError(
                f"{folder}: a package, which has its schemas in {name}; leave out --schema, or "
                f"name the files of one table by a pattern, such as '{folder.as_posix()}/*.csv'"
            )


def _check_no_descriptor(given: Path, paths: Iterable[str]) -> None:
    """Checks that no file is the descriptor of a package.

    Raises:
        PackageError: one is.
    """
    for path in paths:
        if PurePosixPath(path).name in DESCRIPTORS:
            raise PackageError(
                f"{given}: {path} is the descriptor of a package, and a pattern stands for the "
                "files of one table; name packages one by one, or let the shell expand the pattern"
            )


def _check_links(folder: Path, found: Matches) -> None:
    """Checks that no link leads out of the folder, or nowhere, as where a disk is not there.

    Raises:
        PackageError: one does.
    """
    for link in found.leading_out:
        raise PackageError(f"{link}: a link that leads out of the folder")
    for path in found.paths:
        if (folder / path).is_symlink() and not (folder / path).exists():
            raise PackageError(f"{path}: a link to what is not there")


def _nothing(found: Matches, *, is_folder: bool) -> str:
    """What is said where there is no file: what there is instead."""
    if is_folder:
        said = "the folder has no file whose name stands for a format that is read"
        there: Iterable[str] = found.paths[:5]
    else:
        said, there = "no file matches", found.there
    shown = ", ".join(there)
    return f"{said}; there is {shown}" if shown else said


def _near(folder: Path) -> str:
    """Words about a folder that may be the one that a path misses."""
    top = Path(folder.anchor) if folder.is_absolute() else Path()
    near = Names(top).near(folder.relative_to(top).parts)
    return "" if near is None else f"; there is {near}"


def _name(given: Path, folder: Path) -> str:
    """What a table of many files is called: after its folder, or what a name in it begins with."""
    if folder != Path() or given.is_dir():
        named = given if folder == Path() else folder
        return in_characters(named.resolve().name) or UNNAMED
    for part in reversed(given.parts):
        begin = PurePosixPath(re.split(r"[*?[]", part)[0]).stem.strip("-_. ")
        if begin and "=" not in part:
            return begin
    return UNNAMED
