"""All pages of a site, in order."""

from collections.abc import Iterator

from validate._src.site.downloads import Downloads, downloads_page
from validate._src.site.index import ADDRESS, search_page
from validate._src.site.links import Links
from validate._src.site.model import Site
from validate._src.site.packagepages import codebook_page, start_page, validation_page
from validate._src.site.rendering import Page, frame_of
from validate._src.site.rowpages import RowPages
from validate._src.site.skeleton import has_skeletons, skeleton_pages
from validate._src.site.tablepages import table_pages
from validate._src.site.timeline import has_dates, timeline_page


def pages_of(site: Site, downloads: Downloads) -> Iterator[Page]:
    """The pages of a package, one by one.

    Args:
        site: what they are made of.
        downloads: the files that are offered.
    """
    links = Links(site)
    frame = frame_of(site, tuple(_sections(site)))
    yield start_page(site, frame)
    yield search_page(site, frame)
    yield codebook_page(site, frame)
    yield validation_page(site, frame, downloads.of_findings())
    yield downloads_page(frame, downloads)
    if has_dates(site):
        yield timeline_page(site, links, frame)
    if has_skeletons(site):
        yield from skeleton_pages(site, links, frame)
    rows = RowPages(site, links, frame)
    for table in site.tables.values():
        yield from table_pages(site, table, links, frame, downloads.of_table(table.name))
        if table.has_row_pages:
            yield from rows.of_table(table)


def _sections(site: Site) -> Iterator[tuple[str, str]]:
    """The pages that every page links to: address and title each."""
    yield "index.html", "Overview"
    yield ADDRESS, "Search"
    if has_dates(site):
        yield "timeline.html", "Timeline"
    if has_skeletons(site):
        yield "sources/index.html", "Sources"
    yield "codebook.html", "Codebook"
    yield "validation.html", "Validation"
    yield "downloads.html", "Downloads"
