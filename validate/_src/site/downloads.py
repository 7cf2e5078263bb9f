"""The files that are offered, and their page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import file_digest
from pathlib import Path

from validate._src.publish.content import said_of
from validate._src.publish.formats import FORMATS, Format, format_asked
from validate._src.publish.spreadsheet import write_tables
from validate._src.report.formats import renderer
from validate._src.report.formats.view import View
from validate._src.site.describing import descriptor_of
from validate._src.site.model import Site
from validate._src.site.rendering import Frame, Page

FOLDER = "downloads"
TABLES = "tables"
"""The folder of the CSV files, in which their descriptor makes a package of them."""
DESCRIPTOR = "datapackage.json"
FINDINGS = "findings.csv"


@dataclass(frozen=True)
class Download:
    """A file that is offered.

    Attributes:
        address: where it is, as seen from the root.
        name: its name.
        what: what it holds.
        size: how many bytes it has.
        sha256: the digest of its bytes.
    """

    address: str
    name: str
    what: str
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

    The tables as CSV with a descriptor of them, all findings if there are any, and the formats
    that are asked for if the package is valid.

    Args:
        site: what the pages are made of.
        root: the folder of the site.
        formats: the formats.

    Raises:
        PackageError: a format cannot hold the package.
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
        what = "The descriptor of these CSV files: tables, fields, keys and vocabularies."
        files.append(_download(root, beside / DESCRIPTOR, what))
        for table, name in zip(content.tables, names, strict=True):
            title = table.resource.title or table.name
            tables[table.name] = _download(root, beside / name, f"{title}, {table.height:,} rows.")
        files += tables.values()
    findings = _write_findings(site, root, folder / FINDINGS)
    files += [findings] if findings else []
    said += said_of(content) if formats and site.report.valid else ()
    for one in formats:
        if not site.report.valid or (one.has_tables and not content.tables):
            why = "the package is not valid" if content.tables else "there is no table"
            said.append(f"{one.name} is not offered: {why}")
            continue
        made, notes = _export(site, root, folder, one)
        files += made
        said += [f"{one.name}: {note}" for note in notes]
    return Downloads(tuple(files), tables, findings, tuple(said))


def _write_findings(site: Site, root: Path, file: Path) -> Download | None:
    if not site.report.findings:
        return None
    # Where the package lies on this machine is nobody's business, and not the same elsewhere.
    report = replace(site.report, location=site.package.file.name)
    with file.open("w", encoding="utf-8", newline="") as stream:
        stream.writelines(renderer("csv")([report], View()))
    return _download(root, file, "All that validation found.")


def _export(site: Site, root: Path, folder: Path, one: Format) -> tuple[list[Download], list[str]]:
    """Writes a format; gives its files, and what is to be known of them."""
    path = folder / one.name_for(site.package)
    what = f"For {one.purpose}."
    if one.is_folder:
        path.mkdir()
        notes = [*one.write(site.content, path)]
        return [_download(root, file, what) for file in sorted(path.iterdir())], notes
    with path.open("wb") as stream:
        notes = [*one.write(site.content, stream)]
    return [_download(root, path, what)], notes


def _download(root: Path, file: Path, what: str) -> Download:
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
