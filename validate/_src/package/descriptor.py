"""From `datapackage.json` to a frozen `Package`, or one clear line why not."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from validate._src.package import profile
from validate._src.package.consistency import check_package, keys_at_hand
from validate._src.package.dereference import dereferenced, marked_parts
from validate._src.package.extensions import make_anchors, make_table_rule
from validate._src.package.folder import DESCRIPTOR, Folder, mark_of, read_json
from validate._src.package.resource import make_resource
from validate._src.reading.formats import is_table
from validate._src.words.errors import PackageError
from validate._src.words.model import Package, Resource

if TYPE_CHECKING:
    from validate._src.package.remote import Remote


def load_package(path: Path, *, allow_remote: bool = False) -> Package:
    """The package that a descriptor describes.

    Args:
        path: a descriptor, or a folder that holds `datapackage.json`.
        allow_remote: whether files that it names by a URL are fetched.

    Raises:
        PackageError: the descriptor is missing, malformed or contradicts itself, or
            a file of the package lies outside its folder.

    Source: Data Package 2.0, Data Package.
    """
    file = path / DESCRIPTOR if path.is_dir() else path
    if is_table(file):
        raise PackageError(
            f"{file}: a table, not a descriptor; say what is in it with --schema FILE, "
            "or write a descriptor with `validate init`"
        )
    descriptor = read_json(file, str(file))
    package = make_package(descriptor, file, _web() if allow_remote else None)
    return replace(package, findings=(*mark_of(file, file.name), *package.findings))


def make_package(
    descriptor: Mapping[str, Any],
    file: Path,
    remote: "Remote | None" = None,
    *,
    is_whole: bool = True,
) -> Package:
    """The package of a descriptor that was read already, or is not written yet.

    Args:
        descriptor: the descriptor.
        file: where it stands, or will; the paths in it are relative to its folder.
        remote: fetches what is on the web; None where that is not allowed.
        is_whole: whether all resources are in it that its foreign keys refer to.

    Raises:
        PackageError: as `load_package` does.
    """
    folder = Folder(file.parent, remote)
    described = dereferenced(descriptor, folder, file.name)
    resources = [
        make_resource(properties, folder, file.name) for properties in described["resources"]
    ]
    if not is_whole:
        resources = [keys_at_hand(resource, resources) for resource in resources]
    package = Package(
        file=file,
        name=descriptor.get("name") or file.parent.resolve().name,
        version=descriptor.get("version"),
        resources=_by_name(resources, file),
        rules=tuple(
            make_table_rule(properties, folder, file.name)
            for properties in descriptor.get("rules", ())
        ),
        anchors=make_anchors(descriptor.get("anchors")),
        waivers=descriptor.get("waivers", {}).get("resource"),
        other_profiles=tuple(profile.other_profiles(described)),
        findings=tuple(marked_parts(descriptor, folder)),
        fetched=remote.folder if remote else None,
    )
    check_package(package)
    return package


def _web() -> "Remote":
    from validate._src.package.remote import Remote

    return Remote()


def _by_name(resources: Iterable[Resource], file: Path) -> dict[str, Resource]:
    by_name: dict[str, Resource] = {}
    for resource in resources:
        if resource.name in by_name:
            raise PackageError(f'{file.name}: two resources have the name "{resource.name}"')
        by_name[resource.name] = resource
    return by_name
