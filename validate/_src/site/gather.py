"""The tables of a report as pages show them."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace

import polars as pl

from validate._src.publish.content import (
    Content,
    PublishedTable,
    content_of_judged,
    left_out_line,
    unjudged,
)
from validate._src.report.report import Report
from validate._src.site.model import ShownTable, Site, Tables
from validate._src.site.names import file_name, row_names
from validate._src.tables.bare import as_table
from validate._src.tables.dataset import Dataset
from validate._src.tables.reading import read_table
from validate._src.tables.table import Table
from validate._src.words.errors import UnreadableError
from validate._src.words.model import Package, TabularResource

BARE = "its page has its cells as they stand, and no file of it is offered"
"""What is said of a table without a schema beside why it is not exported."""


def site_of(report: Report, tables: Mapping[str, Table]) -> Site:
    """What the pages of a package are made of.

    Tables without a schema, of which nothing is judged, are shown by their labels, as texts.

    Args:
        report: the report on it.
        tables: its tables by resource name, as far as they could be read.
    """
    content = content_of_judged(report, tables)
    bare = dict(_bare(report.source))
    published = {one.name: one for one in content.tables}
    if bare:
        published |= {one.name: one for one in content_of_judged(report, bare).tables}
    read = {**tables, **bare}
    views = report.source.views
    languages = tuple(views.languages) if views else ()
    shown = {
        name: _shown(published[name], read[name], languages, is_bare=name in bare)
        for name in report.source.resources
        if name in published
    }
    return Site(content.package, shown, _said_of_bare(content, shown), report)


def tables_of(dataset: Dataset) -> Tables:
    """The tables of a package as their rows refer to each other, of which nothing was judged.

    Their rows have no pages, and so no names.
    """
    none = pl.Series(dtype=pl.String)
    found = (unjudged(table) for table in dataset.tables.values())
    return Tables(
        dataset.package,
        {
            one.name: ShownTable(one, "", none, dataset.tables[one.name].rows)
            for one in found
            if one is not None
        },
    )


def _bare(package: Package) -> Iterator[tuple[str, Table]]:
    """The tables without a schema that can be read."""
    for name, resource in package.resources.items():
        table = as_table(resource)
        if table is not resource and isinstance(table, TabularResource):
            with suppress(UnreadableError):  # of which the start page says why
                yield name, read_table(table)


def _said_of_bare(content: Content, shown: Mapping[str, ShownTable]) -> Content:
    """What is said of the tables that are not exported, if their rows are shown nevertheless."""
    reasons = {name: why for name, why in content.left_out.items() if name in shown}
    whole = {left_out_line(name, why): f"{name}: {why}; {BARE}" for name, why in reasons.items()}
    return replace(content, said=tuple(whole.get(one, one) for one in content.said))


def _shown(
    published: PublishedTable, table: Table, languages: tuple[str, ...], *, is_bare: bool
) -> ShownTable:
    columns = {column.name: column.texts for column in published.columns}
    key = published.resource.schema.primary_key
    keys = pl.DataFrame([columns[name] for name in key] if columns.keys() >= {*key} else [])
    cut = "" if table.complete else f"{table.last_location} could not be read to its end"
    names = row_names(keys, table.rows)
    folder = file_name([published.name])
    return ShownTable(published, folder, names, table.rows, cut, is_bare, languages)
