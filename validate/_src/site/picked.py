"""The views that have a row among what can be picked, as the page of the row leads there."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from urllib.parse import urlencode

from validate._src.site.viewlinks import AlsoLink, view_folder
from validate._src.site.viewpages import is_in_pieces, set_name
from validate._src.site.views import ShownRow, ShownView


def picked_links(all_shown: Sequence[ShownView]) -> Mapping[str, Sequence[AlsoLink]]:
    """Where views show what rows of tables say of a row, by the address of that row.

    That is a view with a filter in which the row is a choice, picked, with what is narrower where
    the filter says so; or the page of the view that is about the row alone.

    Args:
        all_shown: the views.

    Returns:
        For each row the views, those first that have most.
    """
    found: dict[str, list[AlsoLink]] = {}
    for shown in all_shown:
        for row, link in (*_of_parts(shown), *_of_filters(shown)):
            found.setdefault(row, []).append(link)
    return {row: sorted(links, key=lambda link: -link.count) for row, links in found.items()}


def _of_parts(shown: ShownView) -> Iterator[tuple[str, AlsoLink]]:
    """The pages of a view that are each about one row."""
    if shown.missing or shown.view.part is None:
        return
    has_narrower = {*chain(*shown.wider.get(shown.view.part, {}).values())}
    for entry, one in shown.by(shown.view.part):
        if entry.address:
            page = f"{view_folder(shown)}/{set_name(entry)}.html"
            is_own = entry.value in has_narrower
            yield entry.address, AlsoLink(page, shown.view.title, one.different, (), is_own)


def _of_filters(shown: ShownView) -> Iterator[tuple[str, AlsoLink]]:
    """The choices of the filters of a view that lead to rows.

    None where not all rows of the view stand on one page, among which alone filters pick: there
    would be fewer than are said.
    """
    if shown.missing or shown.view.part is not None or is_in_pieces(shown):
        return
    for number, one in enumerate(shown.filters):
        rows = _rows_by_choice(shown, number)
        for at, choice in enumerate(one.choices):
            if choice.entry.address:
                asked = urlencode({one.head.name: choice.entry.key})
                page = f"{view_folder(shown)}/index.html#?{asked}"
                count = shown.of(rows[at]).different
                picked = ((one.head, (choice.entry,)),)
                yield choice.entry.address, AlsoLink(page, shown.view.title, count, picked)


def _rows_by_choice(shown: ShownView, number: int) -> Mapping[int, Sequence[ShownRow]]:
    """The rows of a view by the choices of one of its filters."""
    found: dict[int, list[ShownRow]] = {}
    for row in shown.rows:
        for at in row.picks[number]:
            found.setdefault(at, []).append(row)
    return found
