"""The rows of views as scripts, by which their pages save them.

A view has one, `rows.js` in its folder, for all pages that its rows stand on: what the query gives,
and, where rows stand on pages that are not open, by what these are picked there.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import Any

from validate._src.site.citation import saved_name
from validate._src.site.model import Site
from validate._src.site.rendering import Page
from validate._src.site.viewlinks import view_folder
from validate._src.site.viewpages import ROWS, is_in_pieces, set_of
from validate._src.site.views import ShownRow, ShownView


def view_files(site: Site, shown: Sequence[ShownView]) -> Iterator[Page]:
    """The scripts with the rows of views, of those that have some."""
    for one in shown:
        if one.rows:
            content = json.dumps(_content(site, one), ensure_ascii=False, separators=(",", ":"))
            path = f"{view_folder(one)}/{ROWS}"
            yield Page(path, f"validatePages.rowsOfView({content});\n")


def _content(site: Site, shown: ShownView) -> dict[str, Any]:
    content: dict[str, Any] = {
        "file": saved_name(site, shown.view.name),
        "columns": [*shown.rows[0].values],
        "rows": [[written_cell(value) for value in row.values.values()] for row in shown.rows],
    }
    if is_in_pieces(shown):
        content["sets"] = [set_of(shown, row) for row in shown.rows]
        content["picks"] = [row.picks for row in shown.rows]
        content["words"] = [_words(row) for row in shown.rows]
    return content


def _words(row: ShownRow) -> str:
    """All that a row says, in all languages, what it stands under and dates as written included."""
    entries = (entry for entries in row.cells.values() for entry in entries)
    return " ".join(
        text
        for entry in entries
        for text in (*entry.phrase.values(), *([entry.key] if entry.date else []))
    )


def written_cell(value: Any) -> str:
    """A value of a query as a cell of CSV: as tables have it, and lists as JSON."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer():
            return f"{value:.0f}"
        case date() | datetime() | time():
            return value.isoformat()
        case list():
            return json.dumps(value, ensure_ascii=False, default=written_cell)
        case _:
            return str(value)
