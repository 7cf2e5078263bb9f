"""The pages of tables: a part of the rows each, the fields on the first."""

from collections.abc import Iterator, Sequence

import polars as pl
from markupsafe import Markup

from validate._src.site import limits
from validate._src.site.fields import shown_fields
from validate._src.site.links import Link, Links
from validate._src.site.model import ShownTable, Site
from validate._src.site.rendering import Frame, Page
from validate._src.site.values import ShownColumn, shown_column

AROUND = 2  # parts that are linked to on either side


def table_pages(
    site: Site, table: ShownTable, links: Links, frame: Frame, files: Sequence[tuple[str, str]]
) -> Iterator[Page]:
    """The pages of a table.

    Args:
        site: what the pages are made of.
        table: the table.
        links: the foreign keys of the package.
        frame: what all pages share.
        files: files that hold the table: address as seen from the root, and name each.
    """
    columns = [*map(shown_column, table.columns)]
    at_fields = links.at_fields(table)
    fields = shown_fields(table.published.resource, site)
    leading = _leading(table)
    said = [table.cut] if table.cut else []
    said += [
        one for one in site.content.said if one.startswith((f"{table.name}:", f"{table.name}."))
    ]
    for part in range(table.parts):
        first = part * limits.ROWS_A_PART
        indexes = pl.int_range(
            first, min(first + limits.ROWS_A_PART, table.height), dtype=pl.UInt32, eager=True
        )
        yield frame.page(
            "table.jinja",
            f"tables/{table.folder}/{table.part_file(part)}",
            table.title if not part else f"{table.title}, part {part + 1:,}",
            trail=(("index.html#tables", "Tables"),)
            + (((f"tables/{table.folder}/index.html", table.title),) if part else ()),
            table=table,
            part=part,
            near=_near(part, table.parts),
            first=first + 1,
            last=first + len(indexes),
            fields=fields,
            rules=table.schema.rules,
            files=files,
            said=said,
            header=_header(columns, leading),
            rows=_rows(table, columns, at_fields, indexes, leading) if len(indexes) else "",
        )


def _near(part: int, parts: int) -> list[int | None]:
    """The parts that are linked to: the first, the last and those around; None for a gap."""
    shown = sorted({0, parts - 1, *range(max(0, part - AROUND), min(parts, part + AROUND + 1))})
    found: list[int | None] = []
    for number in shown:
        if found and number != (found[-1] or 0) + 1:
            found.append(None)
        found.append(number)
    return found


def _leading(table: ShownTable) -> str | None:
    """The field whose cells head the rows; None where record numbers do."""
    key = table.key_columns
    return key[0].name if len(key) == 1 else None


def _header(columns: Sequence[ShownColumn], leading: str | None) -> Markup:
    """The labels, the one that heads the rows first."""
    cells = [] if leading else [Markup('<th scope="col">Row</th>')]
    for column in _ordered(columns, leading):
        kind = Markup(' class="{}"').format(column.kind) if column.kind else ""
        name = Markup(" <code>{}</code>").format(column.name) if column.title != column.name else ""
        cells.append(Markup('<th scope="col"{}>{}{}</th>').format(kind, column.title, name))
    return Markup("").join(cells)


def _ordered(columns: Sequence[ShownColumn], leading: str | None) -> list[ShownColumn]:
    return sorted(columns, key=lambda column: column.name != leading)


def _rows(
    table: ShownTable,
    columns: Sequence[ShownColumn],
    at_fields: dict[str, Link],
    indexes: pl.Series,
    leading: str | None,
) -> Markup:
    """The rows at some indexes as HTML, whole columns at once."""
    names = pl.lit(table.names.gather(indexes))
    parts: list[pl.Expr] = []
    if leading is None:
        shown = pl.lit(table.numbers.gather(indexes))
        parts.append(_heading(table, names, shown.cast(pl.String)))
    for column in _ordered(columns, leading):
        cells = pl.lit(column.cells(indexes))
        if column.name == leading:
            parts.append(_heading(table, names, cells.fill_null("no key")))
            continue
        if link := at_fields.get(column.name):
            targets = pl.lit(link.parent.addresses(link.targets.gather(indexes)))
            linked = pl.format('<a href="../{}">{}</a>', targets, cells)
            cells = pl.coalesce(linked, cells)
        kind = f' class="{column.kind}"' if column.kind else ""
        parts.append(pl.format(f"<td{kind}>{{}}</td>", cells.fill_null("")))
    row = pl.format('<tr id="row-{}">{}</tr>', names, pl.concat_str(parts))
    return Markup("\n".join(pl.select(row.alias("row")).to_series()))  # noqa: S704 - all escaped


def _heading(table: ShownTable, names: pl.Expr, shown: pl.Expr) -> pl.Expr:
    """What heads a row: its key, which leads to its page or its anchor."""
    if table.has_row_pages:
        return pl.format('<th scope="row"><a href="{}.html">{}</a></th>', names, shown)
    return pl.format('<th scope="row"><a href="#row-{}">{}</a></th>', names, shown)
