"""Queries of a package that become pages: from what is declared to frozen values.

Source: docs/extensions.md, "Views".
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from validate._src.package.declared import declared
from validate._src.package.folder import Folder
from validate._src.package.ledger import Ledger
from validate._src.words.errors import PackageError
from validate._src.words.place import Place
from validate._src.words.views import Phrase, Related, View, ViewColumn, Views


def make_views(
    properties: Mapping[str, Any] | None, folder: Folder, place: Place, ledger: Ledger
) -> Views | None:
    """The views of a package whose queries can be read, if it declares some.

    Args:
        properties: the property as the descriptor has it.
        folder: the folder of the package.
        place: where it stands.
        ledger: takes the queries that cannot be read.
    """
    if properties is None:
        return None
    pages = tuple(_pages(properties["pages"], folder, place.at("pages"), ledger))
    return Views(properties.get("languages", {}), properties.get("labels", {}), pages)


def lost_view(name: str, place: Place, at: Place, message: str, ledger: Ledger) -> None:
    """Takes down that a view cannot be shown.

    Args:
        name: its name.
        place: where it stands.
        at: where the mistake is.
        message: what is wrong.
        ledger: takes it.
    """
    ledger.fault(at, message)
    ledger.lost(f"view {name}", place)


def _pages(
    entries: Sequence[Mapping[str, Any] | None], folder: Folder, place: Place, ledger: Ledger
) -> Iterator[View]:
    # A query is run: it comes from the package itself, even if data may be fetched.
    own = replace(folder, remote=None)
    for number, properties in enumerate(entries):
        if properties is None:  # it was taken out
            continue
        at = place.at(number)
        try:
            query = own.text(properties["query"], "")
        except PackageError as error:
            lost_view(properties["name"], at, at.at("query"), str(error), ledger)
            continue
        yield _view(properties, query, at)


def _view(properties: Mapping[str, Any], query: str, place: Place) -> View:
    columns: Sequence[Any] | None = properties.get("columns")
    return declared(
        View,
        properties,
        title=phrase(properties["title"]),
        description=phrase(properties.get("description", {})),
        query=query,
        location=properties["query"],
        columns=None if columns is None else tuple(map(_column, columns)),
        filters=tuple(map(_column, properties.get("filters", ()))),
        also=tuple(declared(Related, each) for each in properties.get("also", ())),
        place=place,
    )


def _column(given: str | Mapping[str, Any]) -> ViewColumn:
    if isinstance(given, str):
        return ViewColumn(given)
    return declared(ViewColumn, given, title=phrase(given.get("title", {})))


def phrase(given: str | Mapping[str, str]) -> Phrase:
    """A text by language; one that names none stands under `""`."""
    return {"": given} if isinstance(given, str) else given
