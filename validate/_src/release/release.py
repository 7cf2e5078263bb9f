"""A release: checked, and written whole or not at all."""

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from validate._src.compare.difference import Difference
from validate._src.compare.formats import renderer
from validate._src.compare.formats.shown import Shown
from validate._src.curation.codebook import render
from validate._src.engine.progress import Progress
from validate._src.engine.run import InvalidPackageError, read_valid
from validate._src.package.descriptor import load_package
from validate._src.package.folder import DESCRIPTOR, DESCRIPTORS
from validate._src.publish.archive import files_of
from validate._src.publish.content import Content, content_of
from validate._src.release.agreement import Agreement, Checked, agreement_of
from validate._src.release.changelog import entries_of
from validate._src.release.files import (
    CODEBOOK,
    CODEBOOK_PURPOSE,
    LANDING,
    Planned,
    beginning_of,
    planned,
    write,
    write_digests,
)
from validate._src.release.landing import Listed, landing
from validate._src.release.repository import Repository
from validate._src.report.report import Report
from validate._src.words.errors import PackageError
from validate._src.words.model import Package
from validate._src.words.replacing import filling

CHANGELOG = "CHANGELOG.md"
DIFFERENCES = {
    "html": "looking at what changed since the release before, row by row",
    "json": "programs that follow what changed, cell by cell",
}
"""The formats in which a release has what differs, each with what it is for."""


@dataclass(frozen=True)
class Wanted:
    """What a release is to be.

    Attributes:
        output: the folder that is written.
        changelog: the changelog; None for `CHANGELOG.md` beside the descriptor.
        notes: a file in Markdown that says what to know before use; None for none.
        added: files that were built beside, each with what it is for.
        without: formats that are left out.
        sources: the folder of the source texts that text anchors are proved against, if there.
    """

    output: Path
    changelog: Path | None = None
    notes: Path | None = None
    added: Sequence[tuple[Path, str]] = ()
    without: Collection[str] = ()
    sources: Path | None = None


@dataclass(frozen=True)
class Release:
    """A release that was looked at, and not written yet.

    Attributes:
        checks: what must be so in it.
    """

    checks: tuple[Checked, ...]
    _wanted: Wanted
    _agreement: Agreement
    _files: Sequence[Planned]
    _notes: str
    _judged: tuple[Report, Content] | None

    @property
    def holds(self) -> bool:
        """Whether all is as it must be."""
        return all(one.holds for one in self.checks)

    def write(self) -> Iterator[str]:
        """Writes the folder, whole or not at all.

        Yields:
            The names of its files, once they are there.

        Raises:
            PackageError: a format cannot hold the package, or the folder cannot be written.
        """
        assert self.holds, "what does not hold is not written"
        assert self._judged is not None, "a package that holds was read"
        report, content = self._judged
        output = self._wanted.output
        try:
            with filling(output) as folder:
                listed = [*self._files_in(folder, content)]
                page = landing(content, report, self._agreement, listed, self._notes)
                (folder / LANDING).write_text(page, "utf-8", newline="\n")
                write_digests(folder)
                content.check_files()
        except OSError as error:
            reason = error.strerror or str(error)
            raise PackageError(f"--output {output}: cannot be written: {reason}") from None
        yield from (str(output / file.name) for file in sorted(output.iterdir()))

    def _files_in(self, folder: Path, content: Content) -> Iterator[Listed]:
        for one in self._files:
            said = write(one, content, folder)
            yield _listed(folder / one.name, one.purpose, said)
        book = folder / CODEBOOK
        book.write_text(render(content.package), "utf-8", newline="\n")
        yield _listed(book, CODEBOOK_PURPOSE, ())
        if self._agreement.difference is not None:
            yield from _differences(self._agreement.difference, folder, content.package)


def _differences(found: Difference, folder: Path, package: Package) -> Iterator[Listed]:
    for name, purpose in DIFFERENCES.items():
        file = folder / f"{beginning_of(package)}-diff.{name}"
        with file.open("w", encoding="utf-8", newline="\n") as stream:
            stream.writelines(renderer(name)(found, Shown()))
        yield _listed(file, purpose, ())


def _listed(file: Path, purpose: str, said: Sequence[str]) -> Listed:
    return Listed(file.name, purpose, file.stat().st_size, said)


def release_of(
    given: Path, wanted: Wanted, progress: Callable[[Progress], None] | None = None
) -> Release:
    """Looks at a release: whether all agrees in it, and the package is valid.

    Args:
        given: the package: a folder of a git repository, or a descriptor in one.
        wanted: what the release is to be.
        progress: is told how far the judging of the package has come.

    Raises:
        PackageError: something cannot be used: the package, git, the changelog, an argument.
    """
    package = load_package(given)
    folder = package.file.parent
    if package.file.name not in DESCRIPTORS or given.resolve() not in _ways_to(package.file):
        raise PackageError(
            f"{given}: a release is made of a folder with {DESCRIPTOR}, in a git repository"
        )
    _check_output(wanted.output)
    changelog = wanted.changelog or folder / CHANGELOG
    entries = entries_of(_text("--changelog", changelog))
    notes = "" if wanted.notes is None else _text("--notes", wanted.notes)
    committed = [package.file, *files_of(package).values()]
    if changelog.resolve().is_relative_to(folder.resolve()):
        committed.append(changelog)
    agreement = agreement_of(package, entries, committed, Repository(folder))
    files = planned(package, wanted.added, wanted.without)
    judged, valid = _judged(package, wanted.sources, progress)
    return Release((*agreement.checks, valid), wanted, agreement, files, notes, judged)


def _judged(
    package: Package, sources: Path | None, progress: Callable[[Progress], None] | None
) -> tuple[tuple[Report, Content] | None, Checked]:
    try:
        report, tables = read_valid(package, progress, sources=sources)
    except InvalidPackageError as error:
        return None, Checked("package", str(error), holds=False)
    content = content_of(report, tables)
    content.check_tables()
    return (report, content), Checked("package", report.standing, holds=True)


def _text(option: str, file: Path) -> str:
    """The text of a file in UTF-8.

    Raises:
        PackageError: it cannot be read.
    """
    if file.exists() and not file.is_file() and not file.is_dir():  # a pipe may never end
        raise PackageError(f"{option}: {file}: not a regular file")
    try:
        return file.read_text("utf-8")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise PackageError(f"{option}: {file}: {reason}") from None


def _ways_to(descriptor: Path) -> tuple[Path, Path]:
    """How a descriptor is asked for in its own place, and not in a zip file or by a name."""
    return descriptor.resolve(), descriptor.parent.resolve()


def _check_output(output: Path) -> None:
    """Checks that a folder can be filled, before a run of hours comes to nothing."""
    if not Path(os.path.realpath(output)).parent.is_dir():
        raise PackageError(f"--output {output}: there is no folder to make it in; make that first")
    is_there = output.exists() or output.is_symlink()
    if is_there and (not output.is_dir() or any(output.iterdir())):
        raise PackageError(f"--output {output}: name a folder that is absent or empty")
