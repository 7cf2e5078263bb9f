"""From `datapackage.json` to a frozen `Package`, or one clear line why not."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any

from validate._src.package import profile
from validate._src.package.addresses import NOT_FETCHED
from validate._src.package.dereference import dereferenced
from validate._src.package.extensions import make_anchors, make_table_rule
from validate._src.package.folder import DESCRIPTOR, Folder, descriptor_in, mark_of, read_json
from validate._src.package.ledger import Ledger
from validate._src.package.links import keys_at_hand, linked
from validate._src.package.restriction import with_restrictions
from validate._src.reading.formats import is_table
from validate._src.words.codes import ERROR, TABLE_RULE_CODES
from validate._src.words.errors import PackageError
from validate._src.words.model import Package, Resource, TableRule
from validate._src.words.place import Place

MOST_NAMED = 5  # tables that a message names; of more it gives a pattern

if TYPE_CHECKING:
    from validate._src.package.remote import Remote


def load_package(path: Path, *, allow_remote: bool = False) -> Package:
    """The package that a descriptor describes.

    Args:
        path: a descriptor, or a folder that holds `datapackage.json`.
        allow_remote: whether files that it names by a URL are fetched.

    Raises:
        PackageError: there is no descriptor, it is not JSON, there is no resource in it, or all
            have files on the web and nothing may be fetched.

    Source: Data Package 2.0, Data Package.
    """
    file = descriptor_in(path) if path.is_dir() else path
    if is_table(file) and file.exists():
        raise PackageError(
            f"{file}: a table, not a descriptor; say what is in it with --schema FILE, "
            "or write a descriptor with `validate init`"
        )
    if path.is_dir() and not file.exists():
        raise _undescribed(path)
    descriptor = read_json(file, str(file))
    place = Place(file.name, file)
    package = make_package(descriptor, file, _web() if allow_remote else None, place)
    return replace(package, findings=(*mark_of(file, file.name), *package.findings))


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


def _undescribed(folder: Path) -> PackageError:
    """What to say of a folder without a descriptor: how to write one, if it has tables."""
    file = folder / DESCRIPTOR
    tables = sorted(each.name for each in folder.iterdir() if is_table(each) and each.is_file())
    if not tables:
        return PackageError(f"{file}: no such file")
    named = tables if len(tables) <= MOST_NAMED else sorted({f"*{Path(t).suffix}" for t in tables})
    here = folder.resolve() == Path.cwd()
    given = [name if here else str(folder / name) for name in named]
    shown = given if len(tables) > MOST_NAMED else [quote(name) for name in given]
    output = [] if here else ["--output", quote(str(file))]
    command = " ".join(["validate", "init", *shown, *output])
    return PackageError(f"{file}: no such file; `{command}` writes one")


def make_package(
    descriptor: Mapping[str, Any],
    file: Path,
    remote: "Remote | None" = None,
    place: Place | None = None,
    schema_place: Place | None = None,
    *,
    is_whole: bool = True,
) -> Package:
    """The package of a descriptor that was read already, or is not written yet.

    Args:
        descriptor: the descriptor.
        file: where it stands, or will; the paths in it are relative to its folder.
        remote: fetches what is on the web; None where that is not allowed.
        place: the top of the descriptor; that of a file that is not written if None.
        schema_place: the top of the schema, if it was read elsewhere.
        is_whole: whether all resources are in it that its foreign keys refer to.

    Raises:
        PackageError: there is nothing in it that could be judged.
    """
    folder, ledger = Folder(file.parent, remote), Ledger()
    place = place or Place(file.name)
    whole, resources = dereferenced(descriptor, folder, place, ledger, schema_place)
    _check_at_hand(resources, place)
    if not is_whole:
        resources = [keys_at_hand(resource, resources) for resource in resources]
    waivers = whole.get("waivers", {}).get("resource")
    package = Package(
        file=file,
        name=whole.get("name") or file.parent.resolve().name,
        version=whole.get("version"),
        resources=with_restrictions(resources, waivers, ledger.schemas),
        rules=tuple(_rules(whole, folder, place, ledger)),
        anchors=make_anchors(whole.get("anchors")),
        waivers=waivers,
        other_profiles=tuple(profile.other_profiles(whole)),
        fetched=remote.folder if remote else None,
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


def _web() -> "Remote":
    from validate._src.package.remote import Remote

    return Remote()


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
