"""The pages of views."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from validate._src.site.names import MARK, file_name
from validate._src.site.narrower import Near, narrower_of
from validate._src.site.pagewords import word_in
from validate._src.site.rendering import Frame, Page
from validate._src.site.scale import Scale, scale_of
from validate._src.site.spoken import in_all, in_line, joined
from validate._src.site.viewcounts import counts_of, meanings_of
from validate._src.site.viewfilters import are_names, in_order
from validate._src.site.viewlinks import INDEX, TITLE, AlsoLink, also_links, view_folder, view_links
from validate._src.site.views import ShownRow, ShownView
from validate._src.site.viewvalues import Entry, Head
from validate._src.words.views import Phrase, Views

ROWS = "rows.js"
"""The script with the rows of a view, in its folder."""
MOST_ROWS = 1_000
"""Rows on a page of a view: each holds all languages, and more make it slow to pick among them."""


@dataclass(frozen=True)
class Group:
    """Rows under one heading.

    Attributes:
        entry: the value that they share; None where nothing is grouped.
        anchor: the id of the heading.
        rows: the rows.
        across: the rows by what stands side by side; empty elsewhere.
        title: what stands above it where several values are shared.
        scale: the numbers on a scale, if it is one.
        narrower: the headings of narrower values.
    """

    entry: Entry | None
    anchor: str
    rows: Sequence[ShownRow]
    across: Sequence[tuple[Entry, Sequence[ShownRow]]] = ()
    title: Phrase | None = None
    scale: Scale | None = None
    narrower: Sequence[Near] = ()

    def filled(self, heads: Sequence[Head]) -> list[Head]:
        """The columns in which one of the rows has a value."""
        return [head for head in heads if any(row.cells[head.name] for row in self.rows)]


def views_pages(shown: Sequence[ShownView], views: Views, frame: Frame) -> Iterator[Page]:
    """The page that lists the views, and those of each."""
    yield frame.page("views.jinja", INDEX, TITLE, links=view_links(shown))
    for one in shown:
        yield from _view_pages(one, views, frame, [*also_links(one, shown)])


def set_of(shown: ShownView, row: ShownRow) -> str:
    """The name of the page that a row stands on, or of the first of several; empty for the only."""
    return "" if shown.view.part is None else set_name(row.one(shown.view.part))


def is_in_pieces(shown: ShownView) -> bool:
    """Whether rows that belong together stand on several pages, as they are many."""
    sets = Counter(set_of(shown, row) for row in shown.rows)
    return any(count > MOST_ROWS for count in sets.values())


def _view_pages(
    shown: ShownView, views: Views, frame: Frame, also: Sequence[AlsoLink]
) -> Iterator[Page]:
    folder, title = view_folder(shown), in_line(shown.view.title)
    above = ((INDEX, TITLE),)
    part = shown.view.part
    if part is None or shown.missing:
        yield from _in_pieces(shown, views, frame, folder, "", title, above, also=also)
        return
    parts = [*shown.by(part)]
    vocabulary = shown.vocabularies.get(part, ())
    order = in_order(vocabulary)
    listed = [
        Near(f"{set_name(entry)}.html", entry, len(one.rows))
        for entry, one in sorted(parts, key=lambda each: order(each[0]))
    ]
    narrower = narrower_of(listed, shown.wider[part])
    yield frame.page(
        "view-parts.jinja",
        f"{folder}/index.html",
        title,
        trail=above,
        shown=shown,
        parts=listed,
        are_names=not vocabulary and are_names(entry for entry, _ in parts),
        also=also,
    )
    above = (*above, (f"{folder}/index.html", in_all(shown.view.title)))
    for entry, one in parts:
        called = f"{in_line(entry.phrase)}: {title}"
        below = narrower.get(entry.value, ())
        yield from _in_pieces(
            one, views, frame, folder, set_name(entry), called, above, entry, below, also
        )


def _in_pieces(
    shown: ShownView,
    views: Views,
    frame: Frame,
    folder: str,
    name: str,
    title: str,
    trail: tuple[tuple[str, str], ...],
    entry: Entry | None = None,
    narrower: Sequence[Near] = (),
    also: Sequence[AlsoLink] = (),
) -> Iterator[Page]:
    """The rows of a view on a page, or on several if they are many."""
    count = max(1, -(-len(shown.rows) // MOST_ROWS))
    files = [_file(name, piece) for piece in range(count)]
    headings, counts = [*_headings(shown)], counts_of(shown)
    for piece, file in enumerate(files):
        first = piece * MOST_ROWS
        here = shown.of(shown.rows[first : first + MOST_ROWS])
        yield frame.page(
            f"view-{shown.view.show}.jinja",
            f"{folder}/{file}",
            title if not piece else f"{title}, part {piece + 1:,}",
            trail=trail,
            shown=here,
            whole=len(shown.rows),
            different=shown.different,
            counts=counts,
            meanings=meanings_of(here),
            first=first + 1,
            data=f"{folder}/{ROWS}",
            set_name=name,
            pieces=files,
            piece=piece,
            entry=entry,
            narrower=narrower,
            also=also,
            heads=_heads(here),
            groups=_groups(here, views, [*_places(headings, files, piece)]),
        )


def _file(name: str, piece: int) -> str:
    """The page of a piece, from 0, in the folder of its view."""
    if not piece:
        return f"{name or 'index'}.html"
    return f"{name}{MARK if name else ''}part-{piece + 1}.html"


def _headings(shown: ShownView) -> Iterator[tuple[Entry, int, int]]:
    """The headings of a view: each with how many rows it has, and the piece it comes in first."""
    name = shown.view.group or shown.view.rows
    if name is None:
        return
    first: dict[Any, int] = {}
    for at, row in enumerate(shown.rows):
        first.setdefault(row.one(name).value, at // MOST_ROWS)
    for entry, one in shown.by(name):
        yield entry, len(one.rows), first[entry.value]


def _places(
    headings: Sequence[tuple[Entry, int, int]], files: Sequence[str], piece: int
) -> Iterator[Near]:
    """The headings of a view, as one of its pages leads to where they come first."""
    for entry, count, first in headings:
        page = "" if first == piece else files[first]
        yield Near(f"{page}#{_anchor(entry)}", entry, count)


def _anchor(entry: Entry) -> str:
    """The id of the heading of a value."""
    return f"group-{set_name(entry)}"


def _heads(shown: ShownView) -> list[Head]:
    """The columns that are shown as such, and not as headings or in places of their own."""
    view = shown.view
    elsewhere = {view.group, view.part, view.rows, view.across, view.mark, *view.split}
    if view.show == "scale":
        elsewhere -= {view.mark}
    elsewhere |= {*view.left, *view.right, *view.heads}
    return [head for name, head in shown.heads.items() if name not in elsewhere]


def _groups(shown: ShownView, views: Views, places: Sequence[Near]) -> list[Group]:
    """The rows under their headings, in the order of the query.

    Args:
        shown: the rows that stand on a page.
        views: all views of the package.
        places: the headings of all rows of the view, in its order.
    """
    view = shown.view
    if view.show == "scale":
        return [_scaled(one, views) for one in _split(shown, view.split)]
    name = view.group or view.rows
    if name is None:
        return [Group(None, "", shown.rows)] if shown.rows else []
    order = _order(shown, view.across)
    narrower = narrower_of(places, shown.wider.get(name, {}))
    return [
        Group(
            entry,
            _anchor(entry),
            one.rows,
            _across(one, view.across, order),
            narrower=narrower.get(entry.value, ()),
        )
        for entry, one in shown.by(name)
    ]


def _split(shown: ShownView, names: Sequence[str]) -> Iterator[ShownView]:
    """A view parted by the values of several columns."""
    if not names:
        yield shown
        return
    for _, one in shown.by(names[0]):
        yield from _split(one, names[1:])


def _scaled(shown: ShownView, views: Views) -> Group:
    entries = [shown.rows[0].one(name) for name in shown.view.split]
    given = [entry.phrase for entry in entries if entry.value is not None]
    title = joined(given, views.languages) if given else _missing(shown, views)
    values = ["" if entry.value is None else str(entry.value) for entry in entries]
    anchor = "group-" + file_name(values or ["all"])
    return Group(
        None,
        anchor,
        shown.rows,
        title=title if entries else shown.view.title,
        scale=scale_of(shown),
    )


def _missing(shown: ShownView, views: Views) -> Phrase:
    """What rows are called that have no value in any of the columns by which a view is parted."""
    columns = joined((shown.heads[name].title for name in shown.view.split), views.languages, ", ")
    return {
        language: word_in("{columns}: none", language).format(columns=columns)
        for language, columns in columns.items()
    }


def _order(shown: ShownView, across: str | None) -> dict[Any, int]:
    """The values that stand side by side: those of most rows first, so that each has its place."""
    if across is None:
        return {}
    found = sorted(shown.by(across), key=lambda each: (-len(each[1].rows), str(each[0].value)))
    return {entry.value: at for at, (entry, _) in enumerate(found)}


def _across(
    shown: ShownView, across: str | None, order: dict[Any, int]
) -> list[tuple[Entry, Sequence[ShownRow]]]:
    if across is None:
        return []
    found = sorted(shown.by(across), key=lambda each: order[each[0].value])
    return [(entry, one.rows) for entry, one in found]


def set_name(entry: Entry) -> str:
    """The name of a value in addresses."""
    return f"none{MARK}" if entry.value is None else file_name([str(entry.value)])
