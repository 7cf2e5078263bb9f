"""Where a package is: in a folder, in a zip file, installed, on the web or in a store."""

from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from shlex import quote
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from validate._src.package.addresses import (
    FETCHED,
    NOT_FETCHED,
    Address,
    in_store,
    is_in_store,
    not_fetched,
    scheme_of,
)
from validate._src.package.folder import DESCRIPTOR, Folder, descriptor_in
from validate._src.package.installed import installed, installed_like
from validate._src.package.lakes import LOG, METADATA
from validate._src.reading.files import first_character
from validate._src.reading.formats import is_table
from validate._src.words.errors import PackageError
from validate._src.words.finding import Finding
from validate._src.words.scratch import ScratchFolder

if TYPE_CHECKING:
    from validate._src.package.remote import Remote

MOST_NAMED = 5  # tables that a message names; of more it gives a pattern
ZIP = ".zip"


@dataclass(frozen=True)
class Source:
    """A descriptor, and where the files are that it names.

    Attributes:
        file: the descriptor.
        called: what messages call it.
        folder: what the paths in it are relative to.
        findings: what is wrong with what holds them.
    """

    file: Path
    called: str
    folder: Folder
    findings: tuple[Finding, ...] = ()


def source_of(given: Path | Address, *, allow_remote: bool) -> Source:
    """Where the package is that an argument names.

    Args:
        given: a descriptor, a folder or a zip file, the URL of a descriptor or a zip file, or the
            name of an installed package, where no file has it.
        allow_remote: whether anything is fetched.

    Raises:
        PackageError: there is no descriptor, or it is on the web and nothing may be fetched.
    """
    remote = _web() if allow_remote else None
    if isinstance(given, Address):
        return _on_the_web(given.url, remote)
    if str(given) == given.name and not given.exists():
        given = installed(given.name) or _not_installed(given)
    if given.suffix.lower() == ZIP and given.is_file():
        return _zipped(given, given.as_posix(), remote)
    file = descriptor_in(given) if given.is_dir() else given
    if is_table(file) and file.exists():
        raise PackageError(
            f"{file}: a table, not a descriptor; say what is in it with --schema FILE, "
            "or write a descriptor with `validate init`"
        )
    if given.is_dir() and not file.exists():
        raise _undescribed(given)
    return Source(file, str(file), Folder(file.parent, remote))


def _not_installed(given: Path) -> Path:
    """A path that is no name of an installed package, unless it is nearly one.

    Raises:
        PackageError: it is.
    """
    if near := installed_like(given.name):
        raise PackageError(
            f"{given}: no such file, and no package of this name is installed; "
            f"did you mean {' or '.join(near)}?"
        )
    return given


def is_zipped(file: Path) -> bool:
    """Whether a file is a zip file, by its name, and a package is in it."""
    if file.suffix.lower() != ZIP or not file.is_file():
        return False
    from validate._src.package.zipped import holds_package

    return holds_package(file)


def _zipped(file: Path, called: str, remote: "Remote | None") -> Source:
    """The package in a zip file, which goes into the scratch folder of what is fetched, if any."""
    from validate._src.package.zipped import ZippedPackage

    supply = ZippedPackage(file, remote.folder if remote else ScratchFolder(), called)
    descriptor = descriptor_in(supply.folder)
    location = f"{supply.origin}{descriptor.name}"
    supply.bring(PurePosixPath(descriptor.name), location)
    findings = (
        Finding(
            resource="",
            path=descriptor.name,
            code="source-error",
            message=f'the entry "{name}" leads out of the zip file; it is not unpacked',
        )
        for name in supply.leading_out
    )
    return Source(descriptor, location, Folder(supply.folder, remote, supply), (*findings,))


def _on_the_web(url: str, remote: "Remote | None") -> Source:
    """The package of a descriptor or zip file on the web or in a store.

    Of a folder, it is that of its `datapackage.json`.
    """
    if scheme_of(url) not in FETCHED:
        raise PackageError(f"{url}: {not_fetched(url)}")
    if remote is None:
        raise PackageError(f"{url}: {NOT_FETCHED}")
    path = _path_in(url)
    name = PurePosixPath(path).name
    if is_table(PurePosixPath(name)):
        how = "say what is in it with --schema FILE" if is_in_store(url) else "download it"
        raise PackageError(f"{url}: a table, not a descriptor; {how}, or name it in a descriptor")
    if path.endswith("/") or name in ("", ".."):
        url, name = _descriptor_of(url), DESCRIPTOR
    fetched = remote.fetch(url, url)
    if name.lower().endswith(ZIP):
        return _zipped(fetched, url, remote)
    if _is_a_page(fetched):
        raise PackageError(f"{url}: a web page, not a descriptor; give the URL of the file itself")
    from validate._src.package.webfolder import WebFolder

    supply = WebFolder(url, remote)
    file = supply.keep(fetched, PurePosixPath(name), url)
    return Source(file, url, Folder(supply.folder, remote, supply))


def _path_in(url: str) -> str:
    """The path of a URL; of an object, the key.

    Raises:
        PackageError: it is no URL.
    """
    if is_in_store(url):
        return in_store(url)[2]
    try:
        return urlsplit(url).path
    except ValueError as error:
        raise PackageError(f"{url}: cannot be fetched: {error}") from None


def _descriptor_of(folder: str) -> str:
    """The URL of the descriptor in a folder."""
    if is_in_store(folder):
        return f"{folder.rstrip('/')}/{DESCRIPTOR}"
    return urljoin(folder, DESCRIPTOR)


def _is_a_page(fetched: Path) -> bool:
    """Whether a file is HTML or XML, such as a page that shows a descriptor."""
    return first_character(fetched) == b"<"


def _undescribed(folder: Path) -> PackageError:
    """What to say of a folder without a descriptor: how to write one, if it has tables."""
    file = folder / DESCRIPTOR
    if any((folder / name).is_dir() for name in (LOG, METADATA)):
        from validate._src.package.laketables import kind_here

        if kind := kind_here(folder):
            return PackageError(
                f"{folder}: a table of {kind}; say what is in it with --schema FILE, or name the "
                "folder as the path of a resource"
            )
    tables = sorted(each.name for each in folder.iterdir() if is_table(each) and each.is_file())
    if not tables:
        many = any("=" in each.name and each.is_dir() for each in folder.iterdir())
        hint = "; if it is one table of many files, give its --schema" if many else ""
        return PackageError(f"{file}: no such file{hint}")
    named = tables if len(tables) <= MOST_NAMED else sorted({f"*{Path(t).suffix}" for t in tables})
    here = folder.resolve() == Path.cwd()
    given = [name if here else str(folder / name) for name in named]
    shown = given if len(tables) > MOST_NAMED else [quote(name) for name in given]
    output = [] if here else ["--output", quote(str(file))]
    command = " ".join(["validate", "init", *shown, *output])
    return PackageError(f"{file}: no such file; `{command}` writes one")


def _web() -> "Remote":
    from validate._src.package.remote import Remote

    return Remote()
