"""All pages of a site, in order."""

from collections.abc import Iterator

from validate._src.site.links import Links
from validate._src.site.model import Site
from validate._src.site.packagepages import codebook_page, start_page, validation_page
from validate._src.site.rendering import Page, frame_of
from validate._src.site.rowpages import RowPages
from validate._src.site.tablepages import table_pages

SECTIONS = (
    ("index.html", "Overview"),
    ("codebook.html", "Codebook"),
    ("validation.html", "Validation"),
)


def pages_of(site: Site) -> Iterator[Page]:
    """The pages of a package, one by one."""
    links = Links(site)
    frame = frame_of(site, SECTIONS)
    yield start_page(site, frame)
    yield codebook_page(site, frame)
    yield validation_page(site, frame, ())
    rows = RowPages(site, links, frame)
    for table in site.tables.values():
        yield from table_pages(site, table, links, frame, ())
        if table.has_row_pages:
            yield from rows.of_table(table)
