"""The index by which the pages search, filter and save rows: all cells, in parts that are scripts.

A page may not read files of a folder, but it may load scripts of its own site from there. So each
part is a script that hands its content over: `search/index.js` says what tables and parts there
are, `search/keys-1.js` and the like have the keys of rows and how much speaks of them,
`search/texts-1.js` and the like what their fields hold in which words are looked for,
`search/cells-1.js` and the like what their other fields hold, which are loaded where a table is
filtered by these or saved. `assets/lookup.js` reads them.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from validate._src.curation.ranking import titles_of
from validate._src.curation.search import searched_fields
from validate._src.publish.columns import Column
from validate._src.publish.spreadsheet import stand_in, written_texts
from validate._src.site import limits
from validate._src.site.citation import saved_name
from validate._src.site.mentions import Mentions
from validate._src.site.model import ShownTable, Site
from validate._src.site.rendering import Frame, Page
from validate._src.site.spoken import NEUTRAL, title_of
from validate._src.words.model import Package
from validate._src.words.views import Phrase

ADDRESS = "search.html"
KINDS = ("keys", "texts", "cells")
"""The kinds of parts, in the order in which they are written."""


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


def index_files(site: Site, mentions: Mentions) -> Iterator[Page]:
    """The files of the index, the small one that names the others last.

    Args:
        site: what is searched.
        mentions: what speaks of rows, of which hits say how much it is.
    """
    tables = [_Indexed(site, table, mentions) for table in site.tables.values()]
    names: dict[str, list[str]] = {kind: [] for kind in KINDS}
    of_tables = [{kind: list[int]() for kind in KINDS} for _ in tables]
    for kind in KINDS:
        for at, part in enumerate(_parts([table.rows(kind) for table in tables])):
            path = f"search/{kind}-{at + 1}.js"
            names[kind].append(path)
            for number, *_ in part:
                of_tables[number][kind].append(at)
            yield Page(path, f"validatePages.part({_json(part)});\n")
    told = [
        {**table.told(), "parts": parts} for table, parts in zip(tables, of_tables, strict=True)
    ]
    content = {"tables": told, **names}
    yield Page("search/index.js", f"validatePages.index({_json(content)});\n")


@dataclass(frozen=True, eq=False)
class _Indexed:
    """A table as the index has it."""

    site: Site
    table: ShownTable
    mentions: Mentions

    @property
    def _package(self) -> Package:
        return self.site.package

    @cached_property
    def _searched(self) -> list[Column]:
        fields = (column.field for column in self.table.columns)
        names = searched_fields(self._package, self.table.name, fields)
        return [self.table.by_field[name] for name in names]

    @cached_property
    def _others(self) -> list[Column]:
        return [one for one in self.table.columns if one not in self._searched]

    def rows(self, kind: str) -> Iterator[list[str | None]]:
        """What each row has in the parts of a kind."""
        if kind == "keys":
            return self._keys()
        if kind == "texts":
            return _zipped(map(_searched_texts, self._searched), self.table.height)
        return _zipped(map(written_texts, self._others), self.table.height if self._others else 0)

    def _keys(self) -> Iterator[list[str | None]]:
        """What each row is called, its name in addresses if that is another, what speaks of it.

        The last is a text of numbers: of a table, how many of its rows do, and so on; then how many
        do in all, by which those come first of which most does.
        """
        numbers = {name: at for at, name in enumerate(self.site.tables)}
        every = pl.int_range(self.table.height, dtype=pl.UInt32, eager=True)
        keys = zip(self.table.key_texts(every), self.table.names, strict=True)
        for index, (key, name) in enumerate(keys):
            mentions = self.mentions.of(self.table, index)
            if mentions:
                said = " ".join(f"{numbers[one.table.name]} {one.count}" for one in mentions)
                weight = str(sum(one.count for one in mentions))
                yield [key, None if key == name else name, said, weight]
            else:
                yield [key] if key == name else [key, name]

    def told(self) -> dict[str, Any]:
        """What a script is to know of it."""
        table, searched = self.table, [column.name for column in self._searched]
        label = table.label.name if table.label else None
        titles = titles_of(label, searched, self._package)
        return {
            "title": _told(table.titles),
            "folder": table.folder,
            "height": table.height,
            "rowsAPart": table.rows_a_part,
            "hasPages": table.has_row_pages,
            "hasKeys": bool(table.key_columns),
            "kind": self.mentions.kinds[table.name],
            "fields": [
                _told(title_of(column.field, self.site.languages)) for column in self._searched
            ],
            "titles": {language: searched.index(name) for language, name in titles.items()},
            "columns": [self._column(column) for column in table.columns],
            "file": saved_name(self.site, table.name),
        }

    def _column(self, column: Column) -> dict[str, Any]:
        """Where a script finds the cells of a column."""
        is_searched = column in self._searched
        cells = self._searched if is_searched else self._others
        return {
            "name": column.name,
            "label": column.field.label,
            "kind": "texts" if is_searched else "cells",
            "at": cells.index(column),
            "missing": stand_in(column.field),
        }


def _parts(tables: Sequence[Iterator[list[str | None]]]) -> Iterator[list[Any]]:
    """Runs of rows, as many as make a part: number of the table, index of the first, the rows."""
    part: list[Any] = []
    size = 0
    for number, rows in enumerate(tables):
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


def _searched_texts(column: Column) -> pl.Series:
    """The cells of a column; what is missing is null where an empty text stands for another."""
    return column.texts if stand_in(column.field) else column.texts.fill_null("")


def _zipped(columns: Iterable[pl.Series], height: int) -> Iterator[list[str | None]]:
    """The cells of m columns row by row; empty rows if there is no column."""
    found = [*columns]
    return map(list, zip(*found, strict=True)) if found else ([] for _ in range(height))


def _told(phrase: Phrase) -> Phrase | str:
    """A phrase as scripts read it: by language, or the same in each."""
    return phrase.get(NEUTRAL, phrase)


def _json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
