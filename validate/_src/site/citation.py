"""How a release and its rows are cited."""

from validate._src.publish.metadata import citation
from validate._src.site.escaping import spelt
from validate._src.site.model import ShownTable, Site
from validate._src.words.filenames import stem


def release(site: Site) -> str:
    """What tells this release from others: its version, or the day on which it was made."""
    if site.package.version:
        return f"version {site.package.version}"
    created = _day(site)
    return f"release of {created}" if created else "no version"


def _day(site: Site) -> str:
    """The day on which the release was made, or an empty text."""
    return str(site.content.properties.get("created", ""))[:10]


def saved_name(site: Site, name: str) -> str:
    """What a file of rows that a reader saves is called: the package, its release, what they are.

    Args:
        site: what the pages are made of.
        name: the name of the table or the view that has the rows.
    """
    parts = (site.package.name, site.package.version or _day(site), name)
    return "-".join(stem(part) for part in parts if part)


def package_citation(site: Site) -> str:
    """How the package is cited, with its release."""
    said = citation(site.content)
    return said if site.package.version else f"{said.rstrip('.')}. {release(site).capitalize()}."


def row_citation(package: str, table: ShownTable, index: int) -> str:
    """How a row is cited, up to its address, which a reader's browser knows.

    Args:
        package: how its package is cited.
        table: its table.
        index: its index.
    """
    key = spelt(table.key_text(index))
    return f"{package.rstrip('.')}. {table.title}: {key}."
