"""The index by which the pages search: keys and texts of all rows, in parts that load as scripts.

A page may not read files of a folder, but it may load scripts of its own site from there. So each
part is a script that hands its content over: `search/index.js` says what tables and parts there
are, `search/keys-1.js` and the like have the keys of rows, `search/texts-1.js` and the like what
their fields hold in which words are looked for. `assets/lookup.js` reads them.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import polars as pl

from validate._src.curation.search import searched_fields
from validate._src.site import limits
from validate._src.site.model import ShownTable, Site
from validate._src.site.rendering import Frame, Page

ADDRESS = "search.html"


def search_page(site: Site, frame: Frame) -> Page:
    """The page on which all tables are searched."""
    tables = [*site.tables.values()]
    return frame.page(
        "search.jinja",
        ADDRESS,
        "Search",
        tables=tables,
        rows=sum(table.height for table in tables),
    )


def index_files(site: Site) -> Iterator[Page]:
    """The files of the index, the small one that names the others last."""
    tables = [*site.tables.values()]
    searched = [[*_searched(site, table)] for table in tables]
    names: dict[str, list[str]] = {"keys": [], "texts": []}
    for kind in names:
        for part in _parts(tables, searched, kind):
            path = f"search/{kind}-{len(names[kind]) + 1}.js"
            names[kind].append(path)
            yield Page(path, f"validatePages.part({_json(part)});\n")
    told = [_table(*both) for both in zip(tables, searched, strict=True)]
    content = {"tables": told, **names}
    yield Page("search/index.js", f"validatePages.index({_json(content)});\n")


def _searched(site: Site, table: ShownTable) -> Iterator[str]:
    fields = (column.field for column in table.columns)
    yield from searched_fields(site.package, table.name, fields)


def _table(table: ShownTable, searched: Sequence[str]) -> dict[str, Any]:
    """What a script is to know of a table."""
    label = table.label.name if table.label else ""
    return {
        "title": table.title,
        "folder": table.folder,
        "height": table.height,
        "rowsAPart": table.rows_a_part,
        "hasPages": table.has_row_pages,
        "hasKeys": bool(table.key_columns),
        "fields": [table.by_field[name].title or name for name in searched],
        "label": searched.index(label) if label in searched else -1,
    }


def _parts(
    tables: Sequence[ShownTable], searched: Sequence[Sequence[str]], kind: str
) -> Iterator[list[Any]]:
    """Runs of rows, as many as make a part: number of the table, index of the first, the rows."""
    part: list[Any] = []
    size = 0
    for number, table in enumerate(tables):
        rows = _keys(table) if kind == "keys" else _texts(table, searched[number])
        for index, row in enumerate(rows):
            if size >= limits.INDEX_PART:
                yield part
                part, size = [], 0
            if not part or part[-1][0] != number:
                part.append([number, index, []])
            part[-1][2].append(row)
            size += sum(4 + len(text.encode()) for text in row if text)
    if part:
        yield part


def _keys(table: ShownTable) -> Iterator[list[str]]:
    """What each row is called, and its name in addresses if that is another."""
    for key, name in zip(table.key_texts(_all_of(table)), table.names, strict=True):
        yield [key] if key == name else [key, name]


def _texts(table: ShownTable, searched: Sequence[str]) -> Iterator[list[str]]:
    """What each row has in the fields that are searched; empty where that is missing."""
    columns = [table.by_field[name].texts.fill_null("") for name in searched]
    yield from map(list, zip(*columns, strict=True)) if columns else ([] for _ in table.names)


def _all_of(table: ShownTable) -> pl.Series:
    return pl.int_range(table.height, dtype=pl.UInt32, eager=True)


def _json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
