"""The tables of a report as pages show them."""

from collections.abc import Mapping

import polars as pl

from validate._src.publish.content import PublishedTable, content_of_judged
from validate._src.report.report import Report
from validate._src.site.model import ShownTable, Site
from validate._src.site.names import file_name, row_names
from validate._src.tables.table import Table


def site_of(report: Report, tables: Mapping[str, Table]) -> Site:
    """What the pages of a package are made of.

    Args:
        report: the report on it.
        tables: its tables by resource name, as far as they could be read.
    """
    content = content_of_judged(report, tables)
    shown = {one.name: _shown(one, tables[one.name]) for one in content.tables}
    return Site(content, report, shown)


def _shown(published: PublishedTable, table: Table) -> ShownTable:
    columns = {column.name: column.texts for column in published.columns}
    key = published.resource.schema.primary_key
    keys = pl.DataFrame([columns[name] for name in key] if columns.keys() >= {*key} else [])
    cut = "" if table.complete else f"{table.last_location} could not be read to its end"
    names = row_names(keys, table.rows)
    return ShownTable(published, file_name([published.name]), names, table.rows, cut)
