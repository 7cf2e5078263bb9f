"""Tables that are given by the URL of objects in a store: one, a pattern of them, or a prefix."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from validate._src.package.addresses import NOT_FETCHED, in_store
from validate._src.package.folder import DESCRIPTORS
from validate._src.package.given import NOTHING, Given
from validate._src.package.lakes import kind_of_lake
from validate._src.package.laketables import lake_parts
from validate._src.package.loglessfiles import check_logless_stored
from validate._src.package.manyfiles import ManyFiles, many_files, partitioned
from validate._src.package.onetable import GivenSchema, files_package
from validate._src.package.patterns import FOLDERS, is_pattern, matches_among
from validate._src.package.remote import Remote
from validate._src.package.stores import Stored
from validate._src.package.tablefolders import FolderInStore
from validate._src.reading.formats import PARQUET, by_path, format_named
from validate._src.words.errors import FileError, PackageError
from validate._src.words.model import Package, Part

SHOWN = 5  # names that a message shows of those that are there


def stored_package(
    url: str, schema: GivenSchema, given: Given = NOTHING, *, allow_remote: bool
) -> Package:
    """A package of one table, in one object of a store or many, which has no descriptor.

    Args:
        url: of an object; with `*`, `?` or `[...]` in it, of all that fit; of a prefix, which may
            be a table of Delta or Iceberg.
        schema: its Table Schema.
        given: what is said of it beside the schema, by the names of properties.
        allow_remote: whether anything is fetched.

    Raises:
        PackageError: there is no such object, the store cannot be asked, nothing may be fetched,
            or the schema is malformed.
    """
    if not allow_remote:
        raise PackageError(f"{url}: {NOT_FETCHED}")
    package = files_package(_files(url, Remote()), schema, given)
    folder, _, name = url.rstrip("/").rpartition("/")
    return replace(package, file=Path(name), origin=f"{folder}/")


def _files(url: str, remote: Remote) -> ManyFiles:
    """The objects that make a table, fetched.

    Raises:
        PackageError: there is none, or they cannot be listed.
    """
    if not url.endswith("/") and remote.stores.holds(url):
        return _made(url, [Stored(url, 0)], remote, PurePosixPath(url).stem)
    top, pattern = _parted(url)
    if not pattern:
        folder = FolderInStore(top, remote)
        if kind_of_lake(folder):
            parts = (*lake_parts(folder, remote.folder.path),)
            return ManyFiles(
                url,
                _name(top),
                remote.folder.path,
                parts,
                format=PARQUET,
                scratch=remote.folder,
            )
    listed = remote.stores.listed(top)
    found, left_out = _found(top, pattern, listed)
    _check_undescribed(url, top, [*(one.url for one in found), *left_out])
    if not found:
        there = ", ".join(one.url for one in listed[:SHOWN])
        raise PackageError(f"{url}: no file matches{f'; there is {there}' if there else ''}")
    paths, every = ([one.url.removeprefix(top) for one in some] for some in (found, listed))
    try:
        unlisted = check_logless_stored(top, paths, every, remote)
    except PackageError as error:
        raise PackageError(f"{url}: {error}") from None
    return _made(url, found, remote, _name(top), left_out, unlisted)


def _made(
    url: str,
    found: Sequence[Stored],
    remote: Remote,
    name: str,
    left_out: Sequence[str] = (),
    unlisted: Sequence[str] = (),
) -> ManyFiles:
    remote.fetch_all((one.url for one in found), sum(one.size for one in found))
    parts = many_files(partitioned(_part(one.url, remote)) for one in found)
    return ManyFiles(
        url,
        name,
        remote.folder.path,
        parts,
        (*left_out,),
        unlisted=(*unlisted,),
        scratch=remote.folder,
    )


def _part(url: str, remote: Remote) -> Part:
    """An object; one that went since it was listed says so once it is read."""
    try:
        return Part(url, remote.fetch(url, url), named=False)
    except FileError as error:
        return Part(url, None, absent=error.reason, named=False)


def _parted(url: str) -> tuple[str, str]:
    """The prefix to look in, which ends in `/`, and the pattern within it; empty for all of it."""
    scheme, bucket, key = in_store(url)
    parts = key.split("/")
    fixed = next((at for at, part in enumerate(parts) if is_pattern(part)), len(parts))
    top = "/".join([bucket, *parts[:fixed]]).rstrip("/")
    return f"{scheme}://{top}/", "/".join(parts[fixed:])


def _found(
    top: str, pattern: str, listed: Sequence[Stored]
) -> tuple[Sequence[Stored], Sequence[str]]:
    """The objects that are meant, and what is left out; of a prefix, all tables by their names."""
    objects = {one.url.removeprefix(top): one for one in listed}
    matched = matches_among(objects, pattern or FOLDERS)
    if pattern:
        return [objects[path] for path in matched.paths], matched.left_out
    known = [path for path in matched.paths if format_named(by_path(path)[0]) is not None]
    left_out = {*matched.left_out, *matched.paths}.difference(known)
    return [objects[path] for path in known], sorted(left_out)


def _name(top: str) -> str:
    """What a table is called: after the last folder that has no `=`, or the bucket."""
    _, bucket, key = in_store(top)
    return [bucket, *(part for part in key.split("/") if part and "=" not in part)][-1]


def _check_undescribed(url: str, top: str, found: Iterable[str]) -> None:
    """Checks that nothing of what was found is a descriptor, which is of a package and no table.

    Raises:
        PackageError: something is.
    """
    for name in found:
        if PurePosixPath(name).name in DESCRIPTORS:
            raise PackageError(
                f"{url}: {name.removeprefix(top)} is the descriptor of a package, which has its "
                "schemas; leave out --schema, or name the files of one table by a pattern, such as "
                f"'{top}*.csv'"
            )
