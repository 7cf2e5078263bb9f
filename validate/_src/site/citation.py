"""How a release and its rows are cited."""

from validate._src.publish.metadata import citation
from validate._src.site.escaping import spelt
from validate._src.site.model import ShownTable, Site


def release(site: Site) -> str:
    """What tells this release from others: its version, or the day on which it was made."""
    if site.package.version:
        return f"version {site.package.version}"
    created = str(site.content.properties.get("created", ""))[:10]
    return f"release of {created}" if created else "no version"


def release_name(site: Site) -> str:
    """The same for names of files: a version, a day, or an empty text."""
    return site.package.version or str(site.content.properties.get("created", ""))[:10]


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
