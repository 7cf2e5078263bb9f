"""The files that are offered, and their page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import file_digest
from pathlib import Path
from shutil import rmtree

from markupsafe import Markup

from validate._src.publish.content import said_of
from validate._src.publish.datafiles import as_address
from validate._src.publish.formats import FORMATS, Format, format_asked
from validate._src.publish.metadata import moment_of
from validate._src.publish.spreadsheet import write_tables
from validate._src.report.formats import renderer
from validate._src.report.formats.view import View
from validate._src.site.describing import descriptor_of
from validate._src.site.escaping import html
from validate._src.site.model import Site
from validate._src.site.originals import copied_files, why_withheld
from validate._src.site.pagewords import counted_in_words, worded
from validate._src.site.rendering import Frame, Page
from validate._src.site.spoken import in_all, title_of
from validate._src.words.errors import PackageError

FOLDER = "downloads"
TABLES = "tables"
"""The folder of the CSV files, in which their descriptor makes a package of them."""
DESCRIPTOR = "datapackage.json"
FINDINGS = "findings.csv"
FILES = "files"
"""The folder of the files of a package that is not valid, as they are."""


@dataclass(frozen=True)
class Download:
    """A file that is offered.

    Attributes:
        address: where it is, as seen from the root.
        name: its name.
        what: what it holds, as HTML.
        size: how many bytes it has.
        sha256: the digest of its bytes.
    """

    address: str
    name: str
    what: Markup
    size: int
    sha256: str


@dataclass(frozen=True)
class Downloads:
    """The files that are offered.

    Attributes:
        files: all of them.
        tables: the CSV files by table.
        findings: the file of all findings, if there are any.
        said: what is not offered, or not as its type is, a sentence each.
    """

    files: tuple[Download, ...]
    tables: Mapping[str, Download]
    findings: Download | None
    said: tuple[str, ...]

    def of_table(self, name: str) -> list[tuple[str, str]]:
        """The files that hold a table: address as seen from the root, and name each."""
        found = self.tables.get(name)
        return [(found.address, "CSV")] if found else []

    def of_findings(self) -> list[tuple[str, str]]:
        """The file of all findings, if there are any."""
        return [(self.findings.address, FINDINGS)] if self.findings else []


def formats_of(names: Sequence[str]) -> list[Format]:
    """The formats that are asked for, each once, in the order of the table of formats.

    Raises:
        PackageError: one is not known or lacks its library.
    """
    asked = [format_asked(f"--to {name}", name) for name in names]
    for one in asked:
        one.check_installed()
    return [one for one in FORMATS.values() if one in asked]


def write_downloads(site: Site, root: Path, formats: Sequence[Format]) -> Downloads:
    """Writes the files that are offered.

    The tables as CSV with a descriptor of them, and all findings if there are any; of a valid
    package the formats that are asked for, of another its files as they are.

    Args:
        site: what the pages are made of.
        root: the folder of the site.
        formats: the formats; what a format cannot hold is said.

    Raises:
        PackageError: the moment that files should bear is none.
    """
    folder = root / FOLDER
    folder.mkdir()
    content, said = site.content, list[str]()
    files: list[Download] = []
    tables: dict[str, Download] = {}
    if content.tables:
        beside = folder / TABLES
        beside.mkdir()
        names = write_tables(content, beside)
        (beside / DESCRIPTOR).write_text(descriptor_of(content, names), "utf-8", newline="")
        languages = site.languages
        what = worded(
            "The descriptor of these CSV files: tables, fields, keys and vocabularies.", languages
        )
        files.append(_download(root, beside / DESCRIPTOR, what))
        for table, name in zip(content.tables, names, strict=True):
            title = in_all(title_of(table.resource, languages))
            rows = counted_in_words(table.height, "row", languages)
            what = worded("{title}, {rows}.", languages, title=title, rows=rows)
            tables[table.name] = _download(root, beside / name, what)
        files += tables.values()
    findings = _write_findings(site, root, folder / FINDINGS)
    files += [findings] if findings else []
    if not site.report.valid:
        originals, why = _originals(site, root, folder / FILES)
        files += originals
        said += [f"The files are not offered as they are: {why}"] if why else ()
    elif formats:
        moment_of(content)  # that this is none is no fault of a format
        said += said_of(content)
    for one in formats:
        if why := _why_not(site, one):
            said.append(f"{one.name} is not offered: {why}")
            continue
        made, notes = _export(site, root, folder, one)
        files += made
        said += notes
    return Downloads(tuple(files), tables, findings, tuple(said))


def _write_findings(site: Site, root: Path, file: Path) -> Download | None:
    if not site.report.findings:
        return None
    # Where the package lies on this machine is nobody's business, and not the same elsewhere.
    report = replace(site.report, location=site.package.file.name)
    with file.open("w", encoding="utf-8", newline="") as stream:
        stream.writelines(renderer("csv")([report], View()))
    return _download(root, file, worded("All that validation found.", site.languages))


def _why_not(site: Site, one: Format) -> str:
    """Why a format is not offered; empty if it may be."""
    if one.has_tables and not site.content.tables:
        return "there is no table"
    return "" if site.report.valid else "the package is not valid"


def _export(site: Site, root: Path, folder: Path, one: Format) -> tuple[list[Download], list[str]]:
    """Writes a format; gives its files, and what is to be known of them.

    One that cannot hold the package is not offered, which is no reason to have no pages.
    """
    path = folder / one.name_for(site.package)
    try:
        if one.is_folder:
            path.mkdir()
            notes = [*one.write(site.content, path)]
        else:
            with path.open("wb") as stream:
                notes = [*one.write(site.content, stream)]
    except PackageError as error:
        rmtree(path) if one.is_folder else path.unlink()
        return [], [f"{one.name} is not offered: {_reason(site, one, error)}"]
    what = html(f"For {one.purpose}.")
    made = sorted(path.iterdir()) if one.is_folder else [path]
    return [_download(root, file, what) for file in made], [f"{one.name}: {note}" for note in notes]


def _reason(site: Site, one: Format, error: PackageError) -> str:
    """Why a format cannot hold a package, without where that lies on this machine."""
    said = str(error).removeprefix(f"--to {one.name}: ")
    return said.replace(site.package.location, site.package.file.name)


def _originals(site: Site, root: Path, folder: Path) -> tuple[list[Download], str]:
    """Copies the files of the package; gives them, or why they may not be given away."""
    if why := why_withheld(site.package):
        return [], why
    said = "The file of {name} as it is."
    made = (
        _download(root, copy, worded(said, site.languages, name=of.resource.name))
        for copy, of in copied_files(site, folder)
    )
    return [replace(one, address=as_address(one.address)) for one in made], ""


def _download(root: Path, file: Path, what: Markup) -> Download:
    with file.open("rb") as stream:
        digest = file_digest(stream, "sha256").hexdigest()
    address = file.relative_to(root).as_posix()
    name = address.removeprefix(f"{FOLDER}/")
    return Download(address, name, what, file.stat().st_size, digest)


def downloads_page(frame: Frame, downloads: Downloads) -> Page:
    """The page of the files that are offered."""
    return frame.page(
        "downloads.jinja",
        "downloads.html",
        "Downloads",
        downloads=downloads,
    )
