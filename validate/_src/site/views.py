"""Views evaluated: the rows of their queries as pages show them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from validate._src.checks.viewqueries import (
    Answer,
    answers_of,
    column_problems,
    rows_of,
    why_not_shown,
)
from validate._src.site.model import Site
from validate._src.site.viewfilters import NONE, Filter, filter_of
from validate._src.site.viewmarks import looks_of
from validate._src.site.viewvalues import Entry, Finder, Head, Values
from validate._src.tables.dataset import Dataset
from validate._src.words.errors import PackageError
from validate._src.words.schema import Category
from validate._src.words.views import View, ViewColumn, Views


@dataclass(frozen=True)
class ShownRow:
    """A row of a view.

    Attributes:
        cells: its values by the name of the column; no value where it is empty.
        picks: for each filter the numbers of the choices that it belongs to.
        number: the number in the column of the lower end, if the view has one.
        maximum: that of the upper end.
        values: what the query gives, by column.
        at: which row of the view it is, from 0.
    """

    cells: Mapping[str, tuple[Entry, ...]]
    picks: tuple[tuple[int, ...], ...] = ()
    number: float | None = None
    maximum: float | None = None
    values: Mapping[str, Any] = field(default_factory=dict[str, Any])
    at: int = 0

    def one(self, name: str) -> Entry:
        """Its value in a column that has one in each row, or none."""
        return next(iter(self.cells[name]), NONE)

    @property
    def filled(self) -> list[str]:
        """The columns in which it has a value."""
        return [name for name, entries in self.cells.items() if entries]

    def has(self, names: Sequence[str]) -> bool:
        """Whether it has a value in one of some columns."""
        return any(self.cells[name] for name in names)


@dataclass(frozen=True)
class ShownView:
    """A view as pages show it.

    Attributes:
        view: what was declared.
        heads: the columns that are shown, by name, in order.
        rows: the rows, in the order of the query.
        filters: the columns by which rows can be picked.
        kinds: the vocabulary of the column that says of what kind entries are.
        looks: how marks of its values look.
        missing: why it cannot be shown; empty if it can.
        key: the column that says of which row of a table each is, if one does.
        counted: the columns by whose values rows are counted, with all of these.
        vocabularies: what the values of the columns that are shown mean, of those that have
            categories.
        wider: for a column under whose values rows stand the wider values of each, the nearest
            first, where the view says which these are.
    """

    view: View
    heads: Mapping[str, Head]
    rows: tuple[ShownRow, ...]
    filters: tuple[Filter, ...] = ()
    kinds: tuple[Category, ...] = ()
    looks: Mapping[Any, str] = field(default_factory=dict[Any, str])
    missing: str = ""
    key: str | None = None
    counted: tuple[Filter, ...] = ()
    vocabularies: Mapping[str, tuple[Category, ...]] = field(default_factory=dict[str, Any])
    wider: Mapping[str, Mapping[Any, Sequence[Any]]] = field(default_factory=dict[str, Any])

    @cached_property
    def different(self) -> int:
        """Of how many rows of tables it speaks: one may stand in several places."""
        if self.key is None:
            return len(self.rows)
        known = [row.cells[self.key] for row in self.rows]
        return len({(one.value, one.address) for entries in known for one in entries}) + sum(
            not entries for entries in known
        )

    @cached_property
    def marks(self) -> tuple[Category, ...]:
        """The kinds of entries that its rows have, in the order of their vocabulary."""
        if self.view.mark is None:
            return ()
        known = {row.one(self.view.mark).value for row in self.rows}
        return tuple(one for one in self.kinds if one.value in known)

    def of(self, rows: Sequence[ShownRow]) -> "ShownView":
        """The same view with some of its rows."""
        return replace(self, rows=tuple(rows))

    def of_names(self, names: Sequence[str]) -> list[Head]:
        """The columns with these names, in their order."""
        return [self.heads[name] for name in names if name in self.heads]

    def by(self, name: str) -> Iterator[tuple[Entry, "ShownView"]]:
        """The view parted by the values of a column, in the order in which these come first."""
        found: dict[Any, list[ShownRow]] = {}
        entries: dict[Any, Entry] = {}
        for row in self.rows:
            entry = row.one(name)
            entries.setdefault(entry.value, entry)
            found.setdefault(entry.value, []).append(row)
        yield from ((entries[value], self.of(rows)) for value, rows in found.items())


def shown_views(site: Site, dataset: Dataset) -> list[ShownView]:
    """The views of a package, evaluated.

    Args:
        site: what the pages are made of, to which values lead.
        dataset: the tables, all rows of each.

    Returns:
        All views that are declared in a way that can be used; of one that cannot be shown, why.
    """
    views = site.package.views
    if views is None:
        return []
    finder = Finder(site)
    reasons = [(view, why_not_shown(view, dataset)) for view in views.pages]
    answers = answers_of([view for view, why in reasons if not why], dataset)
    return [
        ShownView(view, {}, (), missing=why)
        if why
        else _shown(view, views, dataset, finder, answers.get(view.query))
        for view, why in reasons
    ]


def _shown(
    view: View, views: Views, dataset: Dataset, finder: Finder, answer: Answer | None
) -> ShownView:
    """A view evaluated; what `validate run` finds wrong with it is why it is not shown."""
    try:
        rows = rows_of(view, dataset, answer)
    except PackageError as error:
        return ShownView(view, {}, (), missing=str(error))
    for _, message in column_problems(view, views, dataset.package, rows):
        return ShownView(view, {}, (), missing=message)
    return _Evaluation(view, views, finder, tuple(rows.columns)).made(rows.to_dicts())


class _Evaluation:
    """What the rows of a view are shown as."""

    def __init__(self, view: View, views: Views, finder: Finder, known: tuple[str, ...]) -> None:
        self._view, self._views, self._known = view, views, known
        self._values = Values(finder, views, view)
        self._verifications = finder.site.package.verifications
        self._shown = {one.name: one for one in _shown_columns(view, views, known)}
        named = {name: view.column(name) for _, name in view.named()}
        picked = {one.name: view.meant(one) for one in view.filters}
        self._columns = {**named, **picked, **self._shown}

    def made(self, rows: Sequence[Mapping[str, Any]]) -> ShownView:
        """The view with these rows."""
        shown = [self._row(row, at) for at, row in enumerate(rows)]
        made = [self._filter(self._view.meant(one), shown, rows) for one in self._view.filters]
        picks = zip(*(each for _, each in made), strict=True) if made else [()] * len(shown)
        return ShownView(
            self._view,
            {name: self._head(column, rows) for name, column in self._shown.items()},
            tuple(replace(row, picks=one) for row, one in zip(shown, picks, strict=True)),
            tuple(one for one, _ in made),
            *self._marks(),
            key=self._key(),
            counted=tuple(self._filter(one, shown, rows)[0] for one in self._counted()),
            vocabularies={name: self._values.vocabulary(one) for name, one in self._shown.items()},
            wider={name: self._wider(name, shown) for name in self._view.headings},
        )

    def _counted(self) -> Iterator[ViewColumn]:
        """The columns by whose values rows are counted: each row by its own, by no wider ones."""
        yield from (replace(self._columns[name], broader=None) for name in self._view.counted)

    def _key(self) -> str | None:
        """The column of the primary key of the resource of the view, or of one named in each row.

        Where several columns name rows of tables, none of them says what a row of the view is.
        """
        for name, column in self._columns.items():
            meant = self._values.field(column)
            if (
                meant is not None
                and meant[0].name == self._view.resource
                and meant[0].schema.primary_key == (meant[1].name,)
            ):
                return name
        named = [name for name, column in self._columns.items() if column.resource_column]
        return named[0] if len(named) == 1 else None

    def _wider(self, name: str, shown: Sequence[ShownRow]) -> Mapping[Any, Sequence[Any]]:
        """The wider values of those that a column has, if the view says by what these are known."""
        column = replace(self._columns[name], broader=self._view.broader(name))
        values = {row.one(name).value for row in shown} - {None}
        return {value: tuple(self._values.wider(column, value)) for value in values}

    def _names(self, column: ViewColumn) -> Mapping[str, str]:
        return self._views.spoken(column.name, self._known)

    def _row(self, row: Mapping[str, Any], at: int) -> ShownRow:
        cells = {
            name: self._values.entries(column, self._names(column), row)
            for name, column in self._columns.items()
        }
        value, maximum = self._view.value, self._view.maximum
        return ShownRow(
            cells,
            number=None if value is None else row[value],
            maximum=None if maximum is None else row[maximum],
            values=row,
            at=at,
        )

    def _head(self, column: ViewColumn, rows: Sequence[Mapping[str, Any]]) -> Head:
        names = self._names(column)
        name = next(iter(names.values()))
        values = [row[name] for row in rows if row[name] is not None]
        return self._values.head(column, names, values)

    def _filter(
        self, column: ViewColumn, shown: Sequence[ShownRow], rows: Sequence[Mapping[str, Any]]
    ) -> tuple[Filter, list[tuple[int, ...]]]:
        """A filter, and for each row the numbers of its choices."""
        cells = (row.cells[column.name] for row in shown)
        return filter_of(column, self._head(column, rows), cells, self._values)

    def _marks(self) -> tuple[tuple[Category, ...], Mapping[Any, str]]:
        """The vocabulary of the column that says of what kind entries are, and its looks."""
        if self._view.mark is None:
            return (), {}
        column = self._view.column(self._view.mark)
        looks = looks_of(self._values.field(column), self._verifications)
        return self._values.vocabulary(column), looks


def _shown_columns(view: View, views: Views, known: tuple[str, ...]) -> Iterator[ViewColumn]:
    """The columns that are shown: those declared, or all of the query, each language once."""
    if view.columns is not None:
        yield from view.columns
        return
    taken = set[str]()
    for name in known:
        stem = views.stem(name, known)
        if stem not in taken:
            taken.add(stem)
            yield view.column(stem)
