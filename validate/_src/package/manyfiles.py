"""Many files that make one table: their order, their format, and what their paths say of rows.

Source: Apache Hive, partitions: folders named `key=value`, the value percent-encoded.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from validate._src.package.folder import Folder
from validate._src.reading.formats import by_path, format_named
from validate._src.words.errors import FileError, PackageError
from validate._src.words.model import Part, Partition, Resource
from validate._src.words.outcome import NotChecked
from validate._src.words.scratch import ScratchFolder

NAMED = 5  # of what is left out; a message with thousands of names is no help
WHY_LEFT_OUT = "names that begin with . or _ are left out, and of a folder those of no known format"
MISSING = "__HIVE_DEFAULT_PARTITION__"
"""What stands in a path for a missing value."""


@dataclass(frozen=True)
class ManyFiles:
    """Files that make one table, which no descriptor names.

    Attributes:
        called: what messages and the report call them, such as a folder or a pattern.
        name: what the resource is called.
        folder: what their locations are relative to.
        parts: the files, as `many_files` has them; one at least.
        left_out: what stands among them and is none of them, such as `_SUCCESS`.
        pattern: what finds them in that folder; empty where they are found otherwise.
        format: what format they have, whatever their names; empty where these say it.
        scratch: the folder of those that were fetched or made, which goes with the package.
        unlisted: the prefixes above them that a store does not list.
    """

    called: str
    name: str
    folder: Path
    parts: tuple[Part, ...]
    left_out: tuple[str, ...] = ()
    pattern: str = ""
    format: str = ""
    scratch: ScratchFolder | None = None
    unlisted: tuple[str, ...] = ()


def many_files(
    found: Iterable[Part], keys: Sequence[str] | None = None, *, is_declared: bool = False
) -> tuple[Part, ...]:
    """Files as the parts of one table, whoever has found them.

    Args:
        found: the files, each with its partition.
        keys: the names of their partitions; by default those that most of them have.
        is_declared: whether it is declared what format all of them have, whatever their names.

    Returns:
        The files in the order of their locations, by code points; those that are absent come last,
        so that the header is that of another. One with other partitions than the table is absent,
        which says why.

    Raises:
        PackageError: their names stand for several formats or compressions; it names two files.
    """
    ordered = sorted(found, key=lambda part: part.location)
    if not is_declared:
        _check_alike(ordered)
    wanted = _most_common(ordered) if keys is None else frozenset(keys)
    alike = [part if _keys_of(part) == wanted else _absent(part, wanted) for part in ordered]
    return tuple(sorted(alike, key=lambda part: bool(part.absent)))


def part_at(path: str, folder: Folder, within: str = "", *, named: bool = True) -> Part:
    """A file of a resource; one that is absent is a finding once it is looked at.

    Args:
        path: where it is, in the folder.
        folder: the folder.
        within: the file in it that is meant, if it is a zip file of several.
        named: whether the `path` of the resource names it.

    Raises:
        PackageError: the path is not safe.
    """
    try:
        return Part(path, folder.file(path, ""), within=within, named=named)
    except FileError as error:
        return Part(path, None, absent=error.reason, named=named)


def partition_of(path: str, keys: Sequence[str] | None = None) -> Partition:
    """What the folders of a path say of the rows of its file: `year=2024/` says the year.

    Args:
        path: with `/` between its parts; the last is the name of the file, which says nothing.
        keys: the names that count; by default all.

    Returns:
        The names and texts in the order of the path, percent-decoded, a missing value as None.

    Raises:
        ValueError: a name stands there twice, or is no UTF-8 once it is decoded; the message says
            which.
    """
    found: dict[str, str | None] = {}
    for folder in path.split("/")[:-1]:
        key, equals, value = folder.partition("=")
        name = _decoded(key) if equals else ""
        if not name or (keys is not None and name not in keys):
            continue
        if name in found:
            raise ValueError(f'its path has the partition "{name}" twice')
        found[name] = None if value == MISSING else _decoded(value)
    return tuple(found.items())


def partitioned(part: Part, keys: Sequence[str] | None = None) -> Part:
    """A file with what its location says of its rows; absent if that contradicts itself."""
    try:
        return replace(part, partition=partition_of(part.location, keys))
    except ValueError as error:
        return part if part.absent else replace(part, file=None, absent=str(error))


def _decoded(text: str) -> str:
    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError:
        raise ValueError(f'"{text}" in its path is no UTF-8 once it is decoded') from None


def _check_alike(parts: Iterable[Part]) -> None:
    """Checks that the names of files stand for one format and compression.

    Raises:
        PackageError: they do not.
    """
    first: tuple[object, Part] | None = None
    for part in parts:
        name, compression = by_path(part.location)
        kind = (format_named(name) or name, compression)
        if first is not None and kind != first[0]:
            raise PackageError(
                f"{first[1].location} and {part.location} are files of two formats, which make no "
                "table; name those of one, by a pattern such as "
                f"*{''.join(PurePosixPath(part.location).suffixes)}"
            )
        first = first or (kind, part)


def _keys_of(part: Part) -> frozenset[str]:
    return frozenset(name for name, _ in part.partition)


def _most_common(parts: Iterable[Part]) -> frozenset[str]:
    """The partitions that most of the files have that are there; of as many, the first."""
    counts = Counter(_keys_of(part) for part in parts if not part.absent)
    return max(counts, key=counts.__getitem__, default=frozenset())


def _absent(part: Part, wanted: frozenset[str]) -> Part:
    """A file whose path says other things of its rows than those of others say of theirs."""
    if part.absent:
        return replace(part, partition=())
    said, others = _said(_keys_of(part)), _said(wanted)
    why = f"its path has {said}, and those of the table have {others}; none of its rows are read"
    return replace(part, file=None, absent=why, partition=())


def _said(names: frozenset[str]) -> str:
    listed = " and ".join(f'"{name}"' for name in sorted(names))
    return f"the partition{'s' if len(names) > 1 else ''} {listed}" if names else "no partition"


def shown_in_paths(resource: Resource) -> Iterator[str]:
    """What is wrong with restricted fields whose values stand in the paths of files."""
    schema = resource.schema
    hidden = {schema.field(name).label for name in schema.restricted} if schema else set[str]()
    for name in resource.partitions:
        if name in hidden:
            yield f'the field "{name}" is restricted, and the paths of the files show its values'


def set_aside(name: str, left_out: Sequence[str]) -> Iterator[NotChecked]:
    """What is said of what stands among the files of a resource and is none of them.

    Args:
        name: the name of the resource.
        left_out: what it is.
    """
    if left_out:
        said = ", ".join(left_out[:NAMED])
        if len(left_out) > NAMED:
            said += f" and {len(left_out) - NAMED:,} more"
        yield NotChecked(f"{said} among the files of {name}", WHY_LEFT_OUT, frozenset(), name)


def unseen_logs(name: str, unlisted: Sequence[str]) -> Iterator[NotChecked]:
    """What is said of prefixes above the files of a resource that a store does not list.

    Args:
        name: the name of the resource.
        unlisted: the URLs of the prefixes.
    """
    if unlisted:
        said = f"the store does not list {', '.join(unlisted)}"
        what = "of a table of Delta or Iceberg there it is not known which files count"
        yield NotChecked(f"a log above the files of {name}", f"{said}; {what}", frozenset(), name)
