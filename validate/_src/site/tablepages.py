"""The pages of tables: a part of the rows each, the fields on the first."""

from collections.abc import Iterator, Sequence

import polars as pl
from markupsafe import Markup

from validate._src.site.escaping import plain, spelt
from validate._src.site.fields import shown_fields
from validate._src.site.links import Links
from validate._src.site.model import ShownTable, Site
from validate._src.site.pagewords import worded
from validate._src.site.references import Link
from validate._src.site.rendering import Frame, Page
from validate._src.site.rownames import RowNames
from validate._src.site.spoken import in_line
from validate._src.site.values import WRAPPED, ShownColumn, shown_column

AROUND = 2  # parts that are linked to on either side
WIDE = 12  # columns from which on a table is wider than a screen, and need not save room
BARE = "This table has no schema: its cells are shown as they stand, and none of them was checked."


def table_pages(
    site: Site,
    table: ShownTable,
    links: Links,
    names: RowNames,
    frame: Frame,
    files: Sequence[tuple[str, str]],
) -> Iterator[Page]:
    """The pages of a table.

    Args:
        site: what the pages are made of.
        table: the table.
        links: the foreign keys of the package.
        names: what the rows are called that it refers to.
        frame: what all pages share.
        files: files that hold the table: address as seen from the root, and name each.
    """
    columns = [shown_column(one, site.languages) for one in table.filled]
    at_fields = links.at_fields(table)
    fields = [] if table.is_bare else shown_fields(table.published.resource, site)
    leading = leading_field(table)
    empty = {*table.by_field} - {column.name for column in columns}
    said = [*_said(site, table)]
    referring = [] if table.has_row_pages else links.into(table)
    for part in range(table.parts):
        first = part * table.rows_a_part
        indexes = pl.int_range(
            first, min(first + table.rows_a_part, table.height), dtype=pl.UInt32, eager=True
        )
        yield frame.page(
            "table.jinja",
            f"tables/{table.folder}/{table.part_file(part)}",
            in_line(table.titles) + (f", part {part + 1:,}" if part else ""),
            trail=(("index.html#tables", "Tables"),)
            + (((f"tables/{table.folder}/index.html", table.said),) if part else ()),
            table=table,
            part=part,
            near=_near(part, table.parts),
            first=first + 1,
            last=first + len(indexes),
            fields=fields,
            empty=[one for one in fields if one.name in empty],
            rules=table.schema.rules,
            files=files,
            said=said,
            header=_header(columns, leading, referring, site.languages),
            is_wide=len(columns) >= WIDE,
            rows=_rows(table, columns, at_fields, names, indexes, leading, referring)
            if len(indexes)
            else "",
        )


def _said(site: Site, table: ShownTable) -> Iterator[str]:
    """What is to be known of a table before its rows."""
    if table.is_bare:
        yield BARE
    if table.cut:
        yield table.cut
    for one in () if table.is_bare else site.content.said:
        if one.startswith((f"{table.name}:", f"{table.name}.")):
            yield one


def _near(part: int, parts: int) -> list[int | None]:
    """The parts that are linked to: the first, the last and those around; None for a gap."""
    shown = sorted({0, parts - 1, *range(max(0, part - AROUND), min(parts, part + AROUND + 1))})
    found: list[int | None] = []
    for number in shown:
        if found and number != (found[-1] or 0) + 1:
            found.append(None)
        found.append(number)
    return found


def leading_field(table: ShownTable) -> str | None:
    """The field whose cells head the rows; None where record numbers do."""
    key = table.key_columns
    return key[0].name if len(key) == 1 else None


def _header(
    columns: Sequence[ShownColumn],
    leading: str | None,
    referring: Sequence[Link],
    languages: Sequence[str],
) -> Markup:
    """The labels, the one that heads the rows first."""
    bare = Markup('<th scope="col">{}</th>')
    cells = [] if leading else [bare.format(worded("Row", languages))]
    cells += map(_label, _ordered(columns, leading))
    if referring:
        cells.append(bare.format(worded("What refers to it", languages)))
    return Markup("").join(cells)


def _label(column: ShownColumn) -> Markup:
    """A label: title and name of a field and its unit, what it means where the mouse rests."""
    kind = Markup(' class="{}"').format(column.kind) if column.kind else ""
    meaning = plain(spelt(column.column.description))
    tip = Markup(' title="{}"').format(meaning) if meaning else ""
    name = Markup("")
    if column.title != column.name:
        name = Markup(" <code>{}</code>").format(spelt(column.name))
    unit = Markup("")
    if column.unit:
        said = worded("in {unit}", column.languages, unit=column.unit)
        unit = Markup(' <span class="m">{}</span>').format(said)
    label = Markup('<th scope="col" data-field="{}"{}{}>{}{}{}</th>')
    return label.format(column.name, kind, tip, column.said, unit, name)


def _ordered(columns: Sequence[ShownColumn], leading: str | None) -> list[ShownColumn]:
    return sorted(columns, key=lambda column: column.name != leading)


def _rows(
    table: ShownTable,
    columns: Sequence[ShownColumn],
    at_fields: dict[str, Link],
    called: RowNames,
    indexes: pl.Series,
    leading: str | None,
    referring: Sequence[Link],
) -> Markup:
    """The rows at some indexes as HTML, whole columns at once."""
    names = table.names.gather(indexes)
    pages = pl.select(pl.format("{}.html", pl.lit(names))).to_series()
    parts: list[pl.Expr] = []
    if leading is None:
        shown = pl.lit(table.numbers.gather(indexes))
        parts.append(_heading(table, names, shown.cast(pl.String)))
    for column in _ordered(columns, leading):
        if column.name == leading:
            keys = pl.lit(column.cells(indexes, in_link=True)).fill_null("no key")
            parts.append(_heading(table, names, keys, is_long=column.has_long_keys))
            continue
        cells = pl.lit(column.cells(indexes, pages if table.has_row_pages else None))
        if link := at_fields.get(column.name):
            found = link.targets.gather(indexes)
            targets = pl.lit(link.parent.addresses(found))
            inside = pl.lit(column.cells(indexes, in_link=True))
            beside = pl.lit(called.beside(link.parent, found))
            cells = pl.coalesce(
                pl.format('<a href="../{}">{}</a>{}', targets, inside, beside), cells
            )
        kind = f' class="{column.kind}"' if column.kind else ""
        opened = pl.lit(f"<td{kind}>")
        if (order := column.order(indexes)) is not None:
            keyed = pl.format(f'<td{kind} data-order="{{}}">', pl.lit(order))
            opened = pl.coalesce(keyed, opened)
        parts.append(pl.format("{}{}</td>", opened, cells.fill_null("")))
    if referring:
        cells = [_referring(referring, index) for index in indexes]
        parts.append(pl.lit(pl.Series(cells, dtype=pl.String)))
    row = pl.format('<tr id="row-{}">{}</tr>', pl.lit(names), pl.concat_str(parts))
    return Markup("\n".join(pl.select(row.alias("row")).to_series()))  # noqa: S704 - all escaped


def _referring(links: Sequence[Link], index: int) -> str:
    """How many rows refer to a row that has no page, by foreign key, and where they are listed."""
    items = [
        Markup(
            '<li><a href="../{}/index.html#?{}">{:,} {}</a> <span class="m">by {}</span></li>'
        ).format(
            link.child.folder,
            link.filter_of(index),
            len(rows),
            link.child.said,
            ", ".join(link.key.fields),
        )
        for link in links
        if (rows := link.rows.get(index))
    ]
    return f'<td><ul class="items">{"".join(items)}</ul></td>' if items else "<td></td>"


def _heading(
    table: ShownTable, names: pl.Series, shown: pl.Expr, *, is_long: bool = False
) -> pl.Expr:
    """What heads a row: its key, which leads to its page or its anchor."""
    kind = f' class="{WRAPPED}"' if is_long else ""
    address = "{}.html" if table.has_row_pages else "#row-{}"
    heading = f'<th scope="row"{kind}><a href="{address}">{{}}</a></th>'
    return pl.format(heading, pl.lit(names), shown)
