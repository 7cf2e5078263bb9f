"""All pages of a site, in order."""

from collections.abc import Iterator, Sequence

from validate._src.site.downloads import Downloads, downloads_page
from validate._src.site.index import ADDRESS, search_page
from validate._src.site.mentions import Mentions
from validate._src.site.model import Site
from validate._src.site.packagepages import codebook_page, start_page, validation_page
from validate._src.site.rendering import Page, frame_of
from validate._src.site.rownames import RowNames
from validate._src.site.rowpages import RowPages
from validate._src.site.skeleton import has_skeletons, skeleton_pages
from validate._src.site.tablepages import table_pages
from validate._src.site.timeline import has_dates, timeline_page
from validate._src.site.viewlinks import INDEX, TITLE, view_links
from validate._src.site.viewpages import views_pages
from validate._src.site.views import ShownView


def pages_of(
    site: Site, downloads: Downloads, shown: Sequence[ShownView], mentions: Mentions
) -> Iterator[Page]:
    """The pages of a package, one by one.

    Args:
        site: what they are made of.
        downloads: the files that are offered.
        shown: the views of the package, evaluated.
        mentions: what speaks of rows.
    """
    links = mentions.links
    frame = frame_of(site, tuple(_sections(site, shown)))
    yield start_page(site, frame, view_links(shown))
    yield search_page(site, frame)
    if site.package.views is not None and shown:
        yield from views_pages(shown, site.package.views, frame)
    yield codebook_page(site, frame)
    yield validation_page(site, frame, downloads.of_findings())
    yield downloads_page(frame, downloads)
    if has_dates(site):
        yield timeline_page(site, links, frame)
    if has_skeletons(site):
        yield from skeleton_pages(site, links, frame)
    names = RowNames(links)
    rows = RowPages(site, mentions, names, frame, shown)
    for table in site.tables.values():
        yield from table_pages(site, table, links, names, frame, downloads.of_table(table.name))
        if table.has_row_pages:
            yield from rows.of_table(table)


def _sections(site: Site, shown: Sequence[ShownView]) -> Iterator[tuple[str, str]]:
    """The pages that every page links to: address and title each."""
    yield "index.html", "Overview"
    if shown:
        yield INDEX, TITLE
    yield ADDRESS, "Search"
    if has_dates(site):
        yield "timeline.html", "Timeline"
    if has_skeletons(site):
        yield "sources/index.html", "Sources"
    yield "codebook.html", "Codebook"
    yield "validation.html", "Validation"
    yield "downloads.html", "Downloads"
