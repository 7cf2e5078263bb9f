"""Two packages compared: their descriptors, their tables, and the version that follows."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from validate._src.compare.definitions import Described, Matched, changes_of
from validate._src.compare.difference import (
    CHANGED,
    PATCH,
    Change,
    Difference,
    NotCompared,
    Side,
    TableDifference,
)
from validate._src.compare.revision import GIT, unpacked
from validate._src.compare.tables import Renames, compare_tables, renamed_fields, sure
from validate._src.compare.version import demand
from validate._src.package.addresses import Address
from validate._src.package.descriptor import load_package
from validate._src.package.textfiles import read_json
from validate._src.reading.files import digest, size
from validate._src.tables.bare import as_table
from validate._src.tables.reading import read_batches
from validate._src.words.errors import FileError, PackageError, UnreadableError
from validate._src.words.model import Package, Resource, TabularResource
from validate._src.words.scratch import ScratchFolder


def compare(
    old: str | Path | Address,
    new: str | Path | Address,
    *,
    allow_remote: bool = False,
    folder: Path | None = None,
) -> Difference:
    """What differs between two packages.

    A package that has findings is compared as far as its tables can be read; what cannot be is
    named.

    Args:
        old: a descriptor, a folder or zip file that holds one, the URL of one, or `git:` and a
            revision of the repository that holds the folder.
        new: the same.
        allow_remote: whether files on the web are fetched.
        folder: the folder that revisions are of; the working one by default.

    Raises:
        PackageError: one of them cannot be used, or no resource of them can be compared.
    """
    scratch = ScratchFolder(), ScratchFolder()
    first, second = (
        _described(given, unpacking, folder, allow_remote=allow_remote)
        for given, unpacking in zip((old, new), scratch, strict=True)
    )
    matched = _matched(first.package, second.package)
    tables, not_compared, changes = _resources(first.package, second.package, matched)
    if matched.both and len(not_compared) == len(matched.both):
        why = not_compared[0]
        raise PackageError(f"nothing can be compared; {why.what}: {why.why}")
    not_compared += [
        NotCompared(f"{side}: {part.what}", part.why)
        for side, one in (("old", first), ("new", second))
        for part in one.package.not_checked
    ]
    every = (*changes_of(first, second, matched, _rows_of), *changes)
    versions = first.package.version, second.package.version
    return Difference(
        old=Side(str(old), first.package.name, versions[0]),
        new=Side(str(new), second.package.name, versions[1]),
        changes=every,
        tables=tuple(tables),
        not_compared=tuple(not_compared),
        demand=demand(*versions, every, tables, _referred_to(first.package)),
    )


def _described(
    given: str | Path | Address, scratch: ScratchFolder, folder: Path | None, *, allow_remote: bool
) -> Described:
    """A package with its descriptor."""
    is_revision = isinstance(given, str) and given.startswith(GIT)
    place = unpacked(str(given), scratch, folder) if is_revision else given
    place = Path(place) if isinstance(place, str) else place
    try:
        package = load_package(place, allow_remote=allow_remote)
    except PackageError as error:
        raise PackageError(str(error).replace(str(scratch.path / "revision"), str(given))) from None
    return Described(package, read_json(package.file, package.location))


def _matched(old: Package, new: Package) -> Matched:
    """Which resources are the same: those of one name, and those that are renamed for sure."""
    gone = [one for name, one in old.resources.items() if name not in new.resources]
    come = [one for name, one in new.resources.items() if name not in old.resources]
    renamed = sure(
        (one.name, other.name) for one in gone for other in come if _is_the_same(one, other)
    )
    both = [(name, name) for name in new.resources if name in old.resources]
    fields: dict[str, Renames] = {}
    for was, name in both:
        first, second = old.resources[was], new.resources[name]
        if isinstance(first, TabularResource) and isinstance(second, TabularResource):
            with suppress(UnreadableError):
                fields[name] = renamed_fields(first, second)
    return Matched([*both, *renamed], renamed, fields)


def _is_the_same(old: Resource, new: Resource) -> bool:
    """Whether a resource is another one for sure: by its bytes, or by schema and rows."""
    with suppress(FileError, UnreadableError):
        return _have_equal_bytes(old, new) or _have_equal_rows(old, new)
    return False


def _have_equal_bytes(old: Resource, new: Resource) -> bool:
    if not (old.files and new.files and size(old) == size(new) > 0):
        return False
    return digest(old, "sha256") == digest(new, "sha256")


def _have_equal_rows(old: Resource, new: Resource) -> bool:
    """Whether two tables have the same schema and the same rows, of which there are some."""
    if not (isinstance(old, TabularResource) and isinstance(new, TabularResource)):
        return False
    if not old.schema.fields or old.schema != new.schema:
        return False
    found = compare_tables(old, new)
    return isinstance(found, TableDifference) and found.same and found.new_rows > 0


def _resources(
    old: Package, new: Package, matched: Matched
) -> tuple[list[TableDifference], list[NotCompared], list[Change]]:
    """What differs in the resources that both packages have.

    Returns:
        The tables, what could not be compared, and the files that are no tables and differ.
    """
    tables: list[TableDifference] = []
    not_compared: list[NotCompared] = []
    changes: list[Change] = []
    order = [*new.resources]
    for was, name in sorted(matched.both, key=lambda names: order.index(names[1])):
        found = _compared(old.resources[was], new.resources[name], matched.fields.get(name, ()))
        if isinstance(found, TableDifference):
            tables.append(found)
        elif isinstance(found, NotCompared):
            not_compared.append(found)
        elif found is not None:
            changes.append(found)
    return tables, not_compared, changes


def _compared(
    old: Resource, new: Resource, renamed: Renames
) -> TableDifference | NotCompared | Change | None:
    """What differs in a resource: row by row if it is a table, or else in its bytes."""
    old, new = as_table(old), as_table(new)
    try:
        if isinstance(old, TabularResource) and isinstance(new, TabularResource):
            return compare_tables(old, new, renamed)
        return _files(old, new)
    except UnreadableError as error:
        return NotCompared(new.name, str(error))
    except FileError as error:
        return NotCompared(new.name, str(error))


def _rows_of(resource: Resource) -> int | None:
    """How many rows a resource has; None if it is no table that can be read to its end."""
    count, resource = 0, as_table(resource)
    if not isinstance(resource, TabularResource):
        return None
    with suppress(FileError, UnreadableError):
        for table in read_batches(resource):
            count += len(table.rows)
            if not table.complete:
                return None
        return count
    return None


def _files(old: Resource, new: Resource) -> NotCompared | Change | None:
    """Whether the files of a resource whose rows cannot be read have other bytes."""
    if not (old.files and new.files):
        why = new.unreadable or old.unreadable or "it has neither rows nor files"
        return NotCompared(new.name, why)
    first, second = digest(old, "sha256"), digest(new, "sha256")
    if first == second:
        return None
    return Change(CHANGED, "file", PATCH, new.name, old=f"sha256:{first}", new=f"sha256:{second}")


def _referred_to(package: Package) -> Mapping[str, Sequence[str]]:
    """For each resource the others that refer to it."""
    found: dict[str, list[str]] = {}
    for name, other in _references(package):
        if name not in found.setdefault(other, []) and name != other:
            found[other].append(name)
    return found


def _references(package: Package) -> Iterator[tuple[str, str]]:
    for name, resource in package.tables.items():
        for key in resource.schema.foreign_keys:
            yield name, key.resource
