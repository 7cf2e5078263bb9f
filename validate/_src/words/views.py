"""Queries of a package that become pages, in frozen values (extension)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from validate._src.words.place import NOWHERE, Place

Phrase = Mapping[str, str]
"""A text by language; one that is in no language that the package names stands under `""`."""

Shape = Literal["list", "table", "compare", "pairs", "scale"]


@dataclass(frozen=True)
class Roles:
    """The members that say which columns of a query are what, where rows are shown in a shape.

    Attributes:
        required: those that the shape cannot do without.
        optional: others that it knows.
    """

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.required, *self.optional)


SHAPES: Mapping[Shape, Roles] = {
    "list": Roles((), ("group", "part", "mark", "filters", "counted")),
    "table": Roles((), ("part", "filters", "counted")),
    "compare": Roles(("rows", "across"), ("mark", "filters", "counted")),
    "pairs": Roles(("left", "right"), ("group", "mark", "heads", "filters", "counted")),
    "scale": Roles(("value",), ("maximum", "label", "mark", "split", "counted")),
}


@dataclass(frozen=True)
class ViewColumn:
    """A column of a query, and what its values are.

    Attributes:
        name: its name; or what the names of several begin with, which then differ only by the
            endings of the languages.
        title: what stands above it; empty for the title of the field, or the name.
        resource: the resource of whose field its values are; None if that is the view's.
        field: that field; None if it has the name of the column.
        resource_column: a column that names, row by row, the resource whose rows have the values
            of this one as keys.
        broader: a field of the resource that the values refer to, which leads to a wider value; of
            a filter, or of a column under whose values rows stand.
    """

    name: str
    title: Phrase = field(default_factory=dict[str, str])
    resource: str | None = None
    field: str | None = None
    resource_column: str | None = None
    broader: str | None = None


@dataclass(frozen=True)
class Related:
    """Another view to which the page of a view leads.

    Attributes:
        view: its name.
        where: the value, or several, by which its rows are picked, by its filters; all rows
            without them.
    """

    view: str
    where: Mapping[str, str | Sequence[str]] = field(default_factory=dict[str, Any])

    @property
    def wanted(self) -> Mapping[str, Sequence[str]]:
        """The values by filters, also where it is one."""
        return {
            name: (value,) if isinstance(value, str) else value
            for name, value in self.where.items()
        }


@dataclass(frozen=True)
class View:
    """A query over the tables of a package, and how its rows are shown.

    Attributes:
        name: what its page is called in addresses.
        title: what stands above it, by language.
        description: what it is, by language; empty if that is not said.
        query: the SQL text.
        location: where the query stands, for messages.
        show: the shape in which its rows are shown.
        resource: the resource whose fields the columns with their names are, if there is one.
        columns: the columns that are shown; None for all of the query.
        filters: the columns by whose values readers can pick rows.
        group: the column by whose values rows stand under headings.
        part: the column for each of whose values there is a page.
        rows: the column for each of whose values something is compared.
        across: the column whose values stand side by side.
        mark: the column that says of what kind each entry is.
        left: the columns on the one side of a pair.
        right: those on the other.
        heads: the columns that say above each side what it is, the left one first.
        value: the column of the number, or of the lower end of a range.
        maximum: the column of the upper end.
        label: the columns that say of what a number is.
        split: the columns of which numbers on one scale have the same values.
        counted: the columns by whose values its rows are counted above them.
        also: the other views to which its page leads.
        place: where it stands.
    """

    name: str
    title: Phrase
    description: Phrase
    query: str
    location: str
    show: Shape
    resource: str | None = None
    columns: tuple[ViewColumn, ...] | None = None
    filters: tuple[ViewColumn, ...] = ()
    group: str | None = None
    part: str | None = None
    rows: str | None = None
    across: str | None = None
    mark: str | None = None
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    value: str | None = None
    maximum: str | None = None
    label: tuple[str, ...] = ()
    split: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    also: tuple[Related, ...] = ()
    place: Place = field(default=NOWHERE, compare=False)

    @property
    def declared(self) -> Iterator[tuple[tuple[str | int, ...], ViewColumn]]:
        """The columns that it declares, each with the steps to it."""
        for number, column in enumerate(self.columns or ()):
            yield ("columns", number), column
        for number, column in enumerate(self.filters):
            yield ("filters", number), column

    def named(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """The names of columns that it has beside those, each with the steps to it."""
        for role in SHAPES[self.show].all:
            given = getattr(self, role)
            if role == "filters" or given is None:
                continue
            if isinstance(given, str):
                yield (role,), given
            else:
                yield from (((role, number), name) for number, name in enumerate(given))

    def column(self, name: str) -> ViewColumn:
        """What it says of a column, which need not be anything."""
        own = (column for _, column in self.declared if column.name == name)
        return next(own, ViewColumn(name))

    @property
    def headings(self) -> tuple[str, ...]:
        """The columns under whose values rows stand, on pages of their own or below each other."""
        return tuple(filter(None, (self.part, self.group, self.rows)))

    def broader(self, name: str) -> str | None:
        """The field that leads from a value of a column to a wider one, if a view says it."""
        own = (column.broader for _, column in self.declared if column.name == name)
        return next(filter(None, own), None)

    def meant(self, column: ViewColumn) -> ViewColumn:
        """A filter with what the column of its name says, where it says nothing itself."""
        if column.resource or column.field or column.resource_column:
            return column
        return replace(self.column(column.name), broader=column.broader)


@dataclass(frozen=True)
class Views:
    """The views of a package.

    Attributes:
        languages: what the names of fields end with that say the same in several languages.
        labels: the field by which a row of a resource is called where something leads to it; or
            what the names of several begin with, one a language.
        pages: the views, in order.
    """

    languages: Mapping[str, str]
    labels: Mapping[str, str]
    pages: tuple[View, ...]

    def spoken(self, name: str, known: tuple[str, ...]) -> Mapping[str, str]:
        """The columns that a name stands for, by language.

        Args:
            name: the name of a column, or what several begin with.
            known: the columns that there are.

        Returns:
            The column itself under `""`, or one for each language; nothing if there is none.
        """
        if name in known:
            return {"": name}
        ended = {language: name + ending for language, ending in self.languages.items()}
        return ended if ended and all(one in known for one in ended.values()) else {}

    def stem(self, name: str, known: tuple[str, ...]) -> str:
        """What the names of a column and of those that say the same in other languages begin with.

        Args:
            name: a column.
            known: the columns that there are.

        Returns:
            The name itself where it is in no language.
        """
        stems = (name.removesuffix(end) for end in self.languages.values() if name.endswith(end))
        return next((one for one in stems if len(self.spoken(one, known)) > 1), name)
