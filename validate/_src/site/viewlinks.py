"""Views as other pages lead to them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from validate._src.site.names import file_name
from validate._src.site.spoken import NEUTRAL
from validate._src.site.views import ShownView
from validate._src.site.viewvalues import Entry, Head
from validate._src.words.views import Phrase, Related

FOLDER = "views"
INDEX = f"{FOLDER}/index.html"
TITLE = "Views"


@dataclass(frozen=True)
class ViewLink:
    """A view as other pages lead to it.

    Attributes:
        address: its page, as seen from the root.
        title: its title, by language.
        description: what it is, by language; it may be empty.
        count: how many rows it has.
        different: of how many rows of tables these speak, of which one may stand in several places.
        missing: why it has none to show, or empty.
    """

    address: str
    title: Phrase
    description: Phrase
    count: int
    different: int
    missing: str


@dataclass(frozen=True)
class AlsoLink:
    """Another view to which the page of a view leads.

    Attributes:
        address: its page, as seen from the root, with what is picked.
        title: its title, by language.
        count: how many rows are picked there.
        picked: by what they are: the filters with their values.
        is_own: whether rows of narrower values, of which there are some, stand on other pages.
    """

    address: str
    title: Phrase
    count: int
    picked: Sequence[tuple[Head, Sequence[Entry]]]
    is_own: bool = False


def view_folder(shown: ShownView) -> str:
    """The folder of the pages of a view, as seen from the root."""
    return f"{FOLDER}/{file_name([shown.view.name])}"


def view_links(shown: Sequence[ShownView]) -> list[ViewLink]:
    """The views as other pages lead to them, in their order."""
    return [
        ViewLink(
            f"{view_folder(one)}/index.html",
            one.view.title,
            one.view.description,
            len(one.rows),
            one.different,
            one.missing,
        )
        for one in shown
    ]


def also_links(shown: ShownView, all_shown: Sequence[ShownView]) -> Iterator[AlsoLink]:
    """The views to which a view leads.

    Args:
        shown: the view.
        all_shown: all views of the package that can be used. Of others validation says why not.
    """
    known = {one.view.name: one for one in all_shown}
    for related in shown.view.also:
        if (other := known.get(related.view)) is not None:
            yield _also_link(other, related)


def _also_link(other: ShownView, related: Related) -> AlsoLink:
    """A view with the choices of its filters that a link makes."""
    rows, picked = other.rows, list[tuple[Head, Sequence[Entry]]]()
    for number, one in enumerate(other.filters):
        if (wanted := related.wanted.get(one.head.name)) is None:
            continue
        numbers = {choice.entry.key: at for at, choice in enumerate(one.choices)}
        chosen = {numbers[key] for key in wanted if key in numbers}
        rows = tuple(row for row in rows if chosen & {*row.picks[number]})
        entries = [
            one.choices[numbers[key]].entry if key in numbers else Entry(key, {NEUTRAL: key})
            for key in wanted
        ]
        picked.append((one.head, entries))
    asked = f"#?{urlencode(related.wanted, doseq=True)}" if related.where else ""
    address = f"{view_folder(other)}/index.html{asked}"
    return AlsoLink(address, other.view.title, len(rows), picked)
