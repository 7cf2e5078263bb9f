"""From a package to its site."""

from collections.abc import Callable, Iterator, Sequence
from importlib.resources import files
from itertools import chain
from pathlib import Path

from validate._src.engine.progress import Progress
from validate._src.engine.run import read_judged
from validate._src.package.addresses import Address
from validate._src.package.descriptor import load_package
from validate._src.site.downloads import formats_of, write_downloads
from validate._src.site.folder import check_free, site_folder
from validate._src.site.gather import site_of
from validate._src.site.index import index_files
from validate._src.site.mentions import Mentions
from validate._src.site.pages import pages_of
from validate._src.site.pagewords import script_words, word_rules
from validate._src.site.rendering import Page
from validate._src.site.spoken import stylesheet
from validate._src.site.viewrows import view_files
from validate._src.site.views import shown_views
from validate._src.tables.dataset import Dataset
from validate._src.words.model import Package
from validate._src.words.printing import counted

ASSETS = files("validate._src.site") / "assets"
"""The files that all pages share, as they stand in this program."""
UNHOSTED = ".nojekyll"
"""A file by which GitHub Pages takes all files as they are."""


def build_site(
    given: Path | Address,
    output: Path,
    *,
    sources: Path | None = None,
    to: Sequence[str] = (),
    allow_remote: bool = False,
    progress: Callable[[Progress], None] | None = None,
) -> Iterator[str]:
    """Judges a package, and writes its pages, whatever was found.

    Args:
        given: the package, as `load` takes it.
        output: the folder of the site: absent, empty, or a site that this has made before.
        sources: folder of source texts to prove text anchors against, if there is one.
        to: the formats of exports that are offered beside CSV.
        allow_remote: whether anything is fetched.
        progress: is told how far the run has come.

    Yields:
        What was written, and what is to be known of it.

    Raises:
        PackageError: the package or the folder cannot be used.
    """
    check_free(output)
    formats = formats_of(to)
    package = load_package(given, allow_remote=allow_remote)
    report, tables = read_judged(package, sources, progress=progress)
    site = site_of(report, tables)
    shown = shown_views(site, Dataset(package, tables))
    mentions = Mentions(site)
    yield from site.content.said
    count = 0
    with site_folder(output) as folder:
        write = _Writer()
        _write_assets(folder)
        _write_languages(folder, package)
        downloads = write_downloads(site, folder, formats)
        for page in pages_of(site, downloads, shown, mentions):
            write(folder, page)
            count += 1
        for part in chain(index_files(site, mentions), view_files(site, shown)):
            write(folder, part)
        report.check_files()
    yield from downloads.said
    yield f"wrote {output}: {counted(count, 'page')} of {report.title}, {report.standing}"


class _Writer:
    """Writes pages, and makes their folders, each once."""

    def __init__(self) -> None:
        self._made: set[str] = set()

    def __call__(self, root: Path, page: Page) -> None:
        within = page.path.rpartition("/")[0]
        if within not in self._made:
            (root / within).mkdir(parents=True, exist_ok=True)
            self._made.add(within)
        # As bytes, and by no path of its own: of a hundred thousand pages each step counts.
        with open(f"{root}/{page.path}", "wb") as file:  # noqa: PTH123
            file.write(page.content.encode())


def _write_assets(folder: Path) -> None:
    (folder / UNHOSTED).write_bytes(b"")
    (folder / "assets").mkdir()
    for asset in ASSETS.iterdir():
        (folder / "assets" / asset.name).write_bytes(asset.read_bytes())


def _write_languages(folder: Path, package: Package) -> None:
    """What shows one language of those that views have, and the words of scripts in these."""
    if package.views and package.views.languages:
        known = package.views.languages
        rules = stylesheet(known) + word_rules(known)
        (folder / "assets" / "languages.css").write_text(rules, "utf-8", newline="")
        (folder / "assets" / "words.js").write_text(script_words(known), "utf-8", newline="")
