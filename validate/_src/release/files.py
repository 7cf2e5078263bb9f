"""The files of a release: exports in all formats, files that were built beside, digests."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from shutil import copyfile
from zipfile import ZIP_DEFLATED, ZipFile

from validate._src.publish.archive import pack
from validate._src.publish.content import Content
from validate._src.publish.formats import FORMATS, Format, format_asked
from validate._src.publish.metadata import moment_of
from validate._src.publish.targets import Target
from validate._src.words.errors import PackageError
from validate._src.words.filenames import stem
from validate._src.words.model import Package
from validate._src.words.replacing import filling, replacing
from validate._src.words.scratch import ScratchFolder

DIGESTS = "SHA256SUMS"
LANDING = "README.md"
CODEBOOK = "codebook.md"
CODEBOOK_PURPOSE = "reading: what every table, field and value means"


@dataclass(frozen=True)
class Planned:
    """A file of a release, before it is written.

    Attributes:
        name: its name.
        purpose: what it is for.
        source: the format that it is written in, or a file that it is copied from.
    """

    name: str
    purpose: str
    source: Format | Path


def planned(
    package: Package, added: Sequence[tuple[Path, str]], without: Collection[str]
) -> list[Planned]:
    """The files that a release is to have, checked before a run of hours comes to nothing.

    What is called by a name of its own, for readers that look for it beside the package, is in the
    folder of all of them, which is a format too.

    Args:
        package: the package, which has a version.
        added: files that were built beside, each with what it is for.
        without: formats that are left out.

    Raises:
        PackageError: a format is not known or lacks its library, none is left, a file is not
            there, or two have one name.
    """
    left_out = [format_asked(f"--without {name}", name) for name in without]
    formats = [one for one in FORMATS.values() if one not in left_out and not one.file]
    if not formats:
        raise PackageError("--without: a release has the package in one format at least")
    for one in formats:
        one.check_installed()
    beginning = beginning_of(package)
    files = [Planned(f"{beginning}{_ending(one)}", one.purpose, one) for one in formats]
    for file, purpose in added:
        if not file.is_file():
            raise PackageError(f"--add {file}: no such file")
        files.append(Planned(file.name, purpose, file))
    taken = {one.lower() for one in (DIGESTS, LANDING, CODEBOOK)}
    for one in files:
        if one.name.lower() in taken:
            raise PackageError(f"{one.name} would be written twice into the release")
        taken.add(one.name.lower())
    return files


def beginning_of(package: Package) -> str:
    """What the names of files begin with: the package and its version."""
    return f"{stem(package.name)}-{stem(str(package.version))}"


def _ending(one: Format) -> str:
    """How the name of an export ends; a folder becomes a zip file, as a release has only files."""
    return f"{one.ending}.zip" if one.is_folder else one.ending


def write(one: Planned, content: Content, folder: Path) -> list[str]:
    """Writes a file of a release.

    Returns:
        What is to be known of it, a sentence each.

    Raises:
        PackageError: the format cannot hold the package.
        OSError: it cannot be written.
    """
    try:
        return _write(one, content, folder / one.name)
    except PackageError as error:
        raise PackageError(f"{error} (--without leaves out a format)") from None


def _write(one: Planned, content: Content, file: Path) -> list[str]:
    if isinstance(one.source, Path):
        copyfile(one.source, file)
        return []
    if one.source.is_folder:
        return _write_packed(one.source, content, file)
    return Target(one.source, file, one.source.name).write(content)


def _write_packed(form: Format, content: Content, file: Path) -> list[str]:
    """Writes a format that is a folder into a zip file."""
    scratch = ScratchFolder()
    with filling(scratch.path / "export") as folder:
        said = [*form.write(content, folder)]
    folder = scratch.path / "export"
    files = {
        each.relative_to(folder).as_posix(): each for each in folder.rglob("*") if each.is_file()
    }
    with replacing(file) as stream, ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        pack(archive, files, moment_of(content))
    return said


def write_digests(folder: Path) -> None:
    """Writes the digests of all files of a folder, as `sha256sum --check` reads them."""
    lines = "".join(_digests(folder))
    (folder / DIGESTS).write_text(lines, "utf-8", newline="\n")


def _digests(folder: Path) -> Iterator[str]:
    for file in sorted(folder.iterdir()):
        with file.open("rb") as stream:
            yield f"{file_digest(stream, 'sha256').hexdigest()}  {file.name}\n"
