"""The pages of the package as a whole: the start page, the codebook, what validation found."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from markupsafe import Markup

from validate._src.reading.formats import format_named
from validate._src.report.report import Report
from validate._src.site import limits
from validate._src.site.fields import ShownField, shown_fields
from validate._src.site.model import ShownTable, Site
from validate._src.site.names import file_name
from validate._src.site.rendering import Frame, Page
from validate._src.site.spoken import in_all, title_of, translated
from validate._src.site.viewlinks import ViewLink
from validate._src.words.codes import CODES, TEXT_CODES
from validate._src.words.finding import Finding
from validate._src.words.model import Part, Resource, TabularResource

LICENCES = "licenses"

MOST_UNCHECKED = 3
"""Parts beside a badge that were not checked; the page about validation has all of them."""


@dataclass(frozen=True)
class Unchecked:
    """What was not checked, in a few words.

    Attributes:
        texts: whether it has parts that only the source texts prove, which were not at hand.
        first: the first of the other parts.
        more: how many others there are.
    """

    texts: bool
    first: Sequence[str]
    more: int


def unchecked(report: Report) -> Unchecked | None:
    """What was not checked, in a few words; None if all was."""
    if not report.not_checked:
        return None
    others = [
        part.what for part in report.not_checked if not (part.codes and part.codes <= TEXT_CODES)
    ]
    return Unchecked(
        len(others) < len(report.not_checked),
        others[:MOST_UNCHECKED],
        len(others[MOST_UNCHECKED:]),
    )


@dataclass(frozen=True)
class Named:
    """A licence, a source or a contributor.

    Attributes:
        title: its name.
        address: where it is on the web, or empty.
        more: what else is said of it.
    """

    title: str
    address: str
    more: str = ""


@dataclass(frozen=True)
class Shown:
    """A resource as the start page shows it.

    Attributes:
        resource: the resource.
        title: its title as HTML, or its name for want of one.
        table: its rows, if pages show them.
        files: its files, where no page shows its rows.
        why: why its rows are not shown, if it is a table.
    """

    resource: Resource
    title: Markup
    table: ShownTable | None
    files: Sequence[Named]
    why: str


def start_page(site: Site, frame: Frame, links: Sequence[ViewLink]) -> Page:
    """The start page: what the package is, who made it, how it is cited, what it has.

    Args:
        site: what the pages are made of.
        frame: what all pages share.
        links: the views of the package.
    """
    properties = site.content.properties
    resources = [_shown_resource(one, site) for one in site.package.resources.values()]
    return frame.page(
        "start.jinja",
        "index.html",
        site.content.title,
        description=translated(
            _text(properties, "description"),
            properties.get("translations", {}),
            "description",
            site.languages,
        ),
        created=_text(properties, "created")[:10],
        homepage=_address(properties, "homepage"),
        identifier=_text(properties, "id"),
        keywords=[str(one) for one in _list(properties, "keywords")],
        licences=[*_named(properties, LICENCES)],
        contributors=[*_named(properties, "contributors")],
        sources=[*_named(properties, "sources")],
        report=site.report,
        unchecked=unchecked(site.report),
        tables=[one for one in resources if one.table or one.why],
        others=[one for one in resources if not one.table and not one.why],
        links=links,
    )


def _shown_resource(resource: Resource, site: Site) -> Shown:
    """A resource; of one whose rows no page shows, its files, and why if it is a table."""
    table, title = site.table(resource.name), in_all(title_of(resource, site.languages))
    if table is not None:
        return Shown(resource, title, table, (), "")
    may_be_table = not resource.parts or format_named(resource.format) is not None
    why = site.content.left_out.get(resource.name, "") if may_be_table else ""
    return Shown(resource, title, None, [_file(part, resource) for part in resource.parts], why)


def _file(part: Part, resource: Resource) -> Named:
    """A file: where it is on the web or in the package, its format, and how large it is."""
    address = part.location if part.location.startswith(("https://", "http://")) else ""
    size = f"{part.size:,} bytes" if part.file is not None else ""
    return Named(part.location, address, ", ".join(filter(None, (resource.format, size))))


def codebook_page(site: Site, frame: Frame) -> Page:
    """The codebook: what `validate codebook` prints, as a page."""
    sections = [
        (
            table,
            in_all(title_of(table, site.languages)),
            site.table(table.name),
            _prefixed(table, site),
        )
        for table in site.package.tables.values()
    ]
    return frame.page(
        "codebook.jinja", "codebook.html", "Codebook", sections=sections, rules=site.package.rules
    )


def _prefixed(table: TabularResource, site: Site) -> list[ShownField]:
    """The fields of a table, with anchors that no field of another table has."""
    return [
        replace(field, anchor=f"{file_name([table.name])}.{field.anchor}")
        for field in shown_fields(table, site)
    ]


@dataclass(frozen=True)
class FoundGroup:
    """The findings of a file and code.

    Attributes:
        path: the file.
        code: the code.
        title: what the code means, in a few words.
        count: how many there are.
        first: the first of them, each with the address of its row, which may be empty.
    """

    path: str
    code: str
    title: str
    count: int
    first: Sequence[tuple[Finding, str]]


def validation_page(site: Site, frame: Frame, files: Sequence[tuple[str, str]]) -> Page:
    """What validation found, what was checked, and what was not.

    Args:
        site: what the pages are made of.
        frame: what all pages share.
        files: files with all findings: address as seen from the root, and name each.
    """

    def groups(waived: bool) -> Iterator[FoundGroup]:
        found = site.report.waived if waived else site.report.findings
        for group in found.groups(limits.MOST_FINDINGS):
            first = [(one, _address_of(one, site)) for one in group.first]
            yield FoundGroup(group.path, group.code, CODES[group.code].title, group.count, first)

    return frame.page(
        "validation.jinja",
        "validation.html",
        "Validation",
        report=site.report,
        unchecked=unchecked(site.report),
        groups=[*groups(waived=False)],
        waived=[*groups(waived=True)],
        files=files,
    )


def _address_of(finding: Finding, site: Site) -> str:
    """Where the row of a finding stands, as seen from the root; empty if nowhere."""
    table = site.table(finding.resource)
    if table is None or finding.row is None:
        return ""
    index = table.numbers.index_of(finding.row)
    return "" if index is None else f"tables/{table.address(index)}"


def _text(properties: Mapping[str, Any], name: str) -> str:
    value = properties.get(name)
    return value if isinstance(value, str) else ""


def _address(properties: Mapping[str, Any], name: str) -> str:
    """An address on the web; other addresses and paths lead nowhere from a page."""
    value = _text(properties, name)
    return value if value.startswith(("https://", "http://")) else ""


def _list(properties: Mapping[str, Any], name: str) -> list[Any]:
    value = properties.get(name)
    return cast("list[Any]", value) if isinstance(value, list) else []


def _named(properties: Mapping[str, Any], name: str) -> Iterator[Named]:
    for one in _list(properties, name):
        if not isinstance(one, dict):
            yield Named(str(one), "")
            continue
        known = cast("Mapping[str, Any]", one)
        given = " ".join(filter(None, (_text(known, "givenName"), _text(known, "familyName"))))
        address = _address(known, "path")
        title = _text(known, "title") or given or _text(known, "name") or address
        roles = [str(role) for role in _list(known, "roles")] or [_text(known, "role")]
        known_as = _text(known, "name") if name == LICENCES else ""
        more = (
            "" if known_as == title else known_as,
            *roles,
            *(_text(known, one) for one in ("organization", "version", "scope")),
        )
        if title:
            yield Named(title, address, ", ".join(filter(None, more)))
