"""From `datapackage.json` to a frozen `Package`, or one clear line why not."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from validate._src.package import profile
from validate._src.package.addresses import NOT_FETCHED, Address
from validate._src.package.declaredfiles import without_shown
from validate._src.package.dereference import (
    dereferenced,
    is_resource,
    package_of_resource,
)
from validate._src.package.extensions import (
    make_anchors,
    make_reliability,
    make_table_rule,
    make_verifications,
)
from validate._src.package.folder import Folder
from validate._src.package.ledger import Ledger
from validate._src.package.links import keys_at_hand, linked
from validate._src.package.restriction import with_restrictions
from validate._src.package.source import Source, source_of
from validate._src.package.textfiles import mark_of, read_json
from validate._src.package.viewpages import make_views
from validate._src.package.yamltext import SUFFIXES
from validate._src.reading.misnamed import what_it_is
from validate._src.words.codes import ERROR, TABLE_RULE_CODES
from validate._src.words.errors import PackageError
from validate._src.words.model import Package, Part, Resource, TableRule
from validate._src.words.place import Place


def load_package(given: Path | Address, *, allow_remote: bool = False) -> Package:
    """The package that a descriptor describes.

    Args:
        given: a descriptor, of a package or of a single resource, a folder or zip file that
            holds `datapackage.json`, the URL of a descriptor or such a zip file, or the name of
            an installed package.
        allow_remote: whether it and files that it names by a URL are fetched.

    Raises:
        PackageError: there is no descriptor, it is not JSON, there is no resource in it, or it
            or all of their files are on the web and nothing may be fetched.

    Source: Data Package 2.0, Data Package.
    """
    source = source_of(given, allow_remote=allow_remote)
    file = source.file
    descriptor, place = _read(source), Place(file.name, file)
    if is_resource(descriptor):
        alone = package_of_resource(descriptor)
        package = make_package(
            alone, file, source.folder, place, resource_place=place, is_whole=False
        )
    else:
        package = make_package(descriptor, file, source.folder, place)
    findings = (*mark_of(file, file.name), *source.findings, *package.findings)
    return replace(package, findings=findings)


def _read(source: Source) -> Mapping[str, Any]:
    """The descriptor of a source.

    Raises:
        PackageError: it is none.
    """
    try:
        return read_json(source.file, source.called)
    except PackageError:
        if source.file.suffix.lower() in ("", *SUFFIXES) or not source.file.is_file():
            raise
        raise PackageError(no_descriptor(source.file, source.called)) from None


def no_descriptor(file: Path, called: str) -> str:
    """What is said of a file that is no descriptor, and by its name no table either.

    Args:
        file: the file.
        called: what messages call it.

    Raises:
        FileError: it cannot be read.
    """
    if what := what_it_is(Part(called, file)):
        return f"{called}: {what}, which is no descriptor and no table that is read"
    return (
        f"{called}: no descriptor, and its name is that of no table; if it is one of text, "
        "`validate run --delimiter` says what parts its cells"
    )


def load_valid_package(path: Path) -> Package:
    """The package that a descriptor describes, without a fault in the descriptor.

    Raises:
        PackageError: as `load_package` does, or there is a fault.
    """
    package = load_package(path)
    check_descriptor(package)
    return package


def check_descriptor(package: Package) -> None:
    """Checks that nothing is wrong with a descriptor.

    Raises:
        PackageError: something is; the first fault says what.
    """
    for finding in package.findings:
        if finding.severity == ERROR:
            raise PackageError(f"{finding.place}: {finding.message}")


def make_package(
    descriptor: Mapping[str, Any],
    file: Path,
    folder: Folder | None = None,
    place: Place | None = None,
    schema_place: Place | None = None,
    resource_place: Place | None = None,
    *,
    is_whole: bool = True,
) -> Package:
    """The package of a descriptor that was read already, or is not written yet.

    Args:
        descriptor: the descriptor.
        file: where it stands, or will.
        folder: what the paths in it are relative to; by default that of the file, and nothing
            is fetched.
        place: the top of the descriptor; that of a file that is not written if None.
        schema_place: the top of the schema, if it was read elsewhere.
        resource_place: the top of the resource, if it has a descriptor of its own.
        is_whole: whether all resources are in it that its foreign keys refer to.

    Raises:
        PackageError: there is nothing in it that could be judged.
    """
    folder, ledger = folder or Folder(file.parent), Ledger()
    place = place or Place(file.name)
    whole, resources = dereferenced(descriptor, folder, place, ledger, schema_place, resource_place)
    _check_at_hand(resources, place)
    if not is_whole:
        resources = [keys_at_hand(resource, resources) for resource in resources]
    waivers = whole.get("waivers", {}).get("resource")
    known = with_restrictions(resources, waivers, ledger.schemas)
    package = Package(
        file=file,
        name=whole.get("name") or folder.name,
        version=whole.get("version"),
        resources=without_shown(known, place, resource_place, ledger),
        rules=tuple(_rules(whole, folder, place, ledger)),
        anchors=make_anchors(whole.get("anchors")),
        waivers=waivers,
        other_profiles=tuple(profile.other_profiles(whole)),
        fetched=folder.scratch,
        origin=folder.supply.origin if folder.supply else "",
        severity=whole.get("severity", {}),
        reliability=make_reliability(whole.get("reliability")),
        verifications=make_verifications(whole.get("verifications")),
        views=make_views(whole.get("views"), folder, place.at("views"), ledger),
        properties=whole,
    )
    package = linked(package, place, ledger)
    return replace(package, findings=tuple(ledger.findings()), not_checked=ledger.not_checked)


def _check_at_hand(resources: Iterable[Resource], place: Place) -> None:
    """Checks that there is a resource without files that nobody has allowed to fetch.

    Raises:
        PackageError: there is none.
    """
    urls = [
        next((part.location for part in resource.parts if part.absent == NOT_FETCHED), "")
        for resource in resources
    ]
    if all(urls):
        raise PackageError(f"{place.at('resources', 0)}: {urls[0]}: {NOT_FETCHED}")


def _rules(
    whole: Mapping[str, Any], folder: Folder, place: Place, ledger: Ledger
) -> Iterator[TableRule]:
    """The table rules whose queries can be read, each with a name of its own."""
    names: set[str] = set()
    for number, properties in enumerate(whole.get("rules", ())):
        if properties is None:  # it was taken out
            continue
        at, name = place.at("rules", number), properties["name"]
        try:
            rule = make_table_rule(properties, folder, at)
        except PackageError as error:
            ledger.fault(at.at("query"), str(error))
            ledger.lost(f"table rule {name}", at.at("query"), TABLE_RULE_CODES)
            continue
        if name in names:
            ledger.fault(at.at("name"), f'two rules have the name "{name}"')
            ledger.lost(f"table rule {name}", at.at("name"), TABLE_RULE_CODES)
            continue
        names.add(name)
        yield rule
