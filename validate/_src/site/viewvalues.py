"""The values of views: what they are called in each language, and where they lead."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from typing import Any

import polars as pl
from markupsafe import Markup

from validate._src.package.viewlinks import field_meant, referred_to
from validate._src.site.datewords import date_html, date_phrase, dates_by_text
from validate._src.site.model import ShownTable, Site
from validate._src.site.spoken import NEUTRAL, in_all, label_of, title_of
from validate._src.site.values import LONG_TEXT, SOME
from validate._src.words.model import TabularResource
from validate._src.words.schema import Category, Field
from validate._src.words.views import Phrase, View, ViewColumn, Views


@dataclass(frozen=True)
class Entry:
    """A value of a view.

    Attributes:
        value: the value, by which rows are picked; None for what is not there.
        phrase: what is shown of it, by language.
        address: where it leads, as seen from the root of the site; empty if nowhere.
        is_number: whether it is a number.
        date: the date in words as HTML, if it is one: in languages of pages, not of the package.
        order: by what it is sorted, if not by what is shown.
    """

    value: Any
    phrase: Phrase
    address: str = ""
    is_number: bool = False
    date: Markup | None = None
    order: str = ""

    @property
    def key(self) -> str:
        """The value as it stands in addresses; empty for what is not there."""
        return "" if self.value is None else str(self.value)

    @cached_property
    def said(self) -> Markup:
        """What is shown of it, as HTML: made once, as the same value stands in many rows."""
        return in_all(self.phrase) if self.date is None else self.date


@dataclass(frozen=True)
class Head:
    """A column of a view.

    Attributes:
        name: its name, or what the names of several begin with.
        title: what stands above it, by language.
        is_number: whether its values are numbers.
        is_text: whether its values are running text, and not names of something.
    """

    name: str
    title: Phrase
    is_number: bool = False
    is_text: bool = False

    @cached_property
    def said(self) -> Markup:
        """Its title as HTML."""
        return in_all(self.title)


class Finder:
    """Finds rows by the values of a field, looking through each field once."""

    def __init__(self, site: Site) -> None:
        """Takes the tables."""
        self.site = site
        self._indexes: dict[tuple[str, str], Mapping[Any, int]] = {}
        self._wider: dict[tuple[str, str, str], Mapping[Any, Any]] = {}

    def row(self, resource: str, field: str, value: Any) -> tuple[int | None, str]:
        """The first row with a value, and where it stands; nothing if it is not shown."""
        table = self.site.table(resource)
        if table is None or not table.has([field]):
            return None, ""
        if (resource, field) not in self._indexes:
            self._indexes[resource, field] = _first_of_each(table, field)
        index = self._indexes[resource, field].get(value)
        return index, "" if index is None else f"tables/{table.address(index)}"

    def wider(self, resource: str, field: str, broader: str) -> Mapping[Any, Any]:
        """The wider value of each value of a field that has one."""
        table, wanted = self.site.table(resource), (resource, field, broader)
        if table is None or not table.has([field, broader]):
            return {}
        if wanted not in self._wider:
            pairs = zip(*(table.by_field[name].cells for name in (field, broader)), strict=True)
            self._wider[wanted] = {one: above for one, above in pairs if above is not None}
        return self._wider[wanted]


def _first_of_each(table: ShownTable, field: str) -> Mapping[Any, int]:
    found: dict[Any, int] = {}
    for index, value in enumerate(table.by_field[field].cells):
        found.setdefault(value, index)
    return found


class Values:
    """The values of the columns of a view, as pages show them."""

    def __init__(self, finder: Finder, views: Views, view: View) -> None:
        """Takes what says what they are."""
        self._finder, self._views, self._view = finder, views, view
        self._package = finder.site.package
        self._entries: dict[tuple[Any, ...], Entry] = {}

    def head(self, column: ViewColumn, names: Mapping[str, str], values: Sequence[Any]) -> Head:
        """A column with what stands above it.

        Args:
            column: the column.
            names: the columns of the query that it stands for, by language.
            values: what it holds, or one of these columns, without nulls.
        """
        meant = self.field(column, next(iter(names)))
        title = column.title
        if not title:
            has_own = meant is not None and meant[1].title and NEUTRAL in names
            title = {NEUTRAL: column.name.replace("_", " ")}
            if meant is not None and has_own:
                title = title_of(meant[1], self._finder.site.languages)
        are_names = column.resource_column is not None or (meant is not None and _has_names(*meant))
        is_number = not are_names and bool(values) and all(map(_is_number, values))
        return Head(column.name, title, is_number, not are_names and _are_long(values))

    def entries(
        self, column: ViewColumn, names: Mapping[str, str], row: Mapping[str, Any]
    ) -> tuple[Entry, ...]:
        """What a row has in a column: nothing, one value, or those of a list.

        Args:
            column: the column.
            names: the columns of the query that it stands for, by language.
            row: the row.
        """
        if NEUTRAL not in names:
            phrase = {lang: str(row[one]) for lang, one in names.items() if row[one] is not None}
            return (Entry(next(iter(phrase.values())), phrase),) if phrase else ()
        value = row[names[NEUTRAL]]
        values: list[Any] = value if isinstance(value, list) else [value]
        resource = row[column.resource_column] if column.resource_column else None
        return tuple(self.entry(column, one, resource) for one in values if one is not None)

    def entry(self, column: ViewColumn, value: Any, resource: str | None = None) -> Entry:
        """A value of a column, which is no text in several languages.

        Args:
            column: the column.
            value: the value.
            resource: the resource of whose row it is the key, if its row says that.
        """
        wanted = (column.name, column.resource, column.field, resource, value)
        if wanted not in self._entries:
            self._entries[wanted] = self._entry(column, value, resource)
        return self._entries[wanted]

    def _entry(self, column: ViewColumn, value: Any, resource: str | None) -> Entry:
        text = written(value)
        neutral = {NEUTRAL: text}
        if resource is not None:
            key = self._package.tables[resource].schema.primary_key[0]
            return Entry(value, neutral, self._finder.row(resource, key, value)[1])
        meant = self.field(column)
        if meant is None:
            return Entry(value, neutral, is_number=_is_number(value))
        table, field = meant
        if field.categories:
            return Entry(value, self._label(field, value) or neutral)
        if field.edtf and (dates := dates_by_text(pl.Series([text]))):
            phrase = date_phrase(text, self._finder.site.languages)
            return Entry(value, phrase, date=date_html(text, phrase), order=dates[text])
        target, key = referred_to(table, field.name)
        if not target:
            return Entry(value, neutral, is_number=_is_number(value))
        index, address = self._finder.row(target, key, value)
        return Entry(value, self.called(target, index) or neutral, address)

    def called(self, resource: str, index: int | None) -> Phrase:
        """What a row is called where something leads to it; nothing for its key alone."""
        table, label = self._finder.site.table(resource), self._views.labels.get(resource)
        if table is None or index is None or label is None:
            return {}
        names = self._views.spoken(label, tuple(table.by_field))
        texts = {language: table.by_field[name].texts[index] for language, name in names.items()}
        return {language: text for language, text in texts.items() if text is not None}

    def _label(self, field: Field, value: Any) -> Phrase:
        """What a vocabulary calls a value; nothing if it does not."""
        category = next((one for one in field.categories or () if one.value == value), None)
        if category is None or not category.label:
            return {}
        return label_of(category, self._finder.site.languages)

    def wider(self, column: ViewColumn, value: Any) -> Iterator[Any]:
        """The values that a value of a filter leads to, the nearest first, each once."""
        meant = self.field(column)
        if column.broader is None or meant is None:
            return
        resource, key = referred_to(meant[0], meant[1].name)
        above, seen = self._finder.wider(resource, key, column.broader), {value}
        while (found := above.get(value)) is not None and found not in seen:
            seen.add(found)
            yield found
            value = found

    def vocabulary(self, column: ViewColumn) -> tuple[Category, ...]:
        """The categories of the field whose values a column has, in order; there may be none."""
        meant = self.field(column)
        return () if meant is None else meant[1].categories or ()

    def field(
        self, column: ViewColumn, language: str = NEUTRAL
    ) -> tuple[TabularResource, Field] | None:
        """The field whose values a column has, with its resource, if it is known."""
        return field_meant(column, self._view, self._views, self._package, language)


def written(value: Any) -> str:
    """A value as a text: numbers with commas between thousands, dates as ISO 8601 has them."""
    match value:
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer():
            return f"{int(value):,}"
        case int() | float():
            return f"{value:,}"
        case date() | datetime() | time():
            return value.isoformat()
        case _:
            return str(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _has_names(table: TabularResource, field: Field) -> bool:
    """Whether the values of a field are names of something, and no texts or numbers."""
    return bool(field.categories or referred_to(table, field.name)[0] or field.edtf)


def _are_long(values: Sequence[Any]) -> bool:
    """Whether values are texts of which some run over several lines."""
    long = sum(isinstance(value, str) and len(value) > LONG_TEXT for value in values)
    return long > len(values) * SOME
