"""How cells are shown as HTML: whole columns at once in tables, one by one on pages of rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl
from markupsafe import Markup

from validate._src.curation.ranking import are_tokens
from validate._src.publish.columns import Column
from validate._src.site import limits
from validate._src.site.datewords import date_html, date_in_full, date_phrase, dates_by_text
from validate._src.site.escaping import has_kana, html, html_of, spelt
from validate._src.site.spoken import in_all, label_of, meaning_of, title_of
from validate._src.words.schema import Category, Field
from validate._src.words.views import Phrase

NUMBER, DATE, TOKEN, WRAPPED, LONG, SHORT = "n", "d", "k", "w", "l", ""
"""The classes of cells: numbers; dates, which stay in a line; digests, of which the first few
characters do; others without spaces, which are broken anywhere; running text; all others."""
NUMBERS = frozenset({"integer", "number", "year"})
DATES = frozenset({"date", "datetime", "time"})
UNITS = ("unit", "units")
"""Properties of fields that name a unit; the standard has none."""
STOP = "[.。!?！？]$"
SAMPLE = 500  # cells by which the class of a column is told
LONG_TEXT = 48  # characters from which on a text runs over several lines
LONG_KEY = 32  # characters from which on a key is broken, so that it does not fill a screen
TOKEN_HEAD = 14  # characters of a digest that a table shows
DIGEST = r"^(?:[0-9A-Fa-f-]{24,}|[0-9A-Za-z+/=]{24,})$"
SOME, MOST = 0.1, 0.5
"""The shares of cells from which on a column is of running text, or of digests."""
ADDRESS = r"^https?://[^\s]+$"
A_NUMBER = r"^[-+]?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?$"
JSON_TYPES = frozenset({"object", "array", "geojson", "geopoint"})


@dataclass(frozen=True, eq=False)
class ShownColumn:
    """A column with what is to be known to show its cells.

    Attributes:
        column: the column.
        kind: the class of its cells.
        has_kana: whether some have kana.
        links: whether its texts are addresses on the web.
        languages: the languages of the package.
    """

    column: Column
    kind: str
    has_kana: bool
    links: bool
    languages: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name of the field."""
        return self.column.name

    @property
    def title(self) -> str:
        """Its title, or its name for want of one."""
        return self.column.title or self.column.name

    @cached_property
    def head(self) -> Markup:
        """What stands before its cells on pages of rows: its title, and its name if another."""
        name = Markup(" <code>{}</code>").format(spelt(self.name))
        return self.said + (name if self.title != self.name else "")

    @cached_property
    def said(self) -> Markup:
        """Its title as HTML, in all languages of the package."""
        return in_all(title_of(self.column.field, self.languages))

    @cached_property
    def texts(self) -> list[str | None]:
        """The n texts of its cells, for pages of rows, of which there are few."""
        return self.column.texts.to_list()

    @cached_property
    def unit(self) -> str:
        """The unit of its values, empty where none is declared."""
        return unit_of(self.column.field)

    @cached_property
    def has_long_keys(self) -> bool:
        """Whether its texts are too long for a line where they head the rows."""
        longest = self.column.texts.head(SAMPLE).str.len_chars().max()
        return isinstance(longest, int) and longest > LONG_KEY

    @cached_property
    def _cut_at(self) -> tuple[int, int]:
        """From how many characters on its texts are cut, and how many are shown then."""
        if self.column.field.type in JSON_TYPES:
            return limits.LONG_JSON, limits.JSON_HEAD
        return limits.LONG_CELL, limits.HEAD

    def cells(
        self, indexes: pl.Series, pages: pl.Series | None = None, *, in_link: bool = False
    ) -> pl.Series:
        """The cells of m rows as HTML for a table; null where missing.

        Args:
            indexes: m indexes of rows.
            pages: m addresses at which the rows are whole; None if they are so nowhere else.
            in_link: whether they become the texts of links, so that nothing in them may be one.
        """
        texts = self.column.texts.gather(indexes)
        most, _ = self._cut_at
        is_long = texts.str.len_chars() > most
        if not is_long.any():
            return self._short_cells(texts, indexes, in_link=in_link)
        at, others = is_long.arg_true(), (~is_long).fill_null(value=True).arg_true()
        there = None if pages is None else pages.gather(at)
        cut = self._cut(texts.gather(at), there, in_link=in_link)
        short = self._short_cells(texts.gather(others), indexes.gather(others), in_link=in_link)
        return texts.scatter(at, cut).scatter(others, short)

    def _short_cells(self, texts: pl.Series, indexes: pl.Series, *, in_link: bool) -> pl.Series:
        shown = html_of(texts, has_kana=self.has_kana)
        if self.column.field.edtf:
            dates = {
                text: str(date_html(text, date_phrase(text, self.languages)))
                for text in texts.drop_nulls().unique()
                if text in self._dates
            }
            return texts.replace_strict(dates, default=shown, return_dtype=pl.String)
        if self.column.field.categories:
            labels = self._labels
            values = self.column.cells.gather(indexes).cast(pl.String)
            said = values.replace_strict(labels, default=None, return_dtype=pl.String)
            both = pl.format('{} <span class="m">{}</span>', pl.lit(shown), pl.lit(said))
            return pl.select(pl.coalesce(both, pl.lit(shown))).to_series()
        if self.links and not in_link:
            text = pl.lit(shown)
            return pl.select(
                pl.when(text.str.contains(ADDRESS))
                .then(pl.format('<a href="{}" rel="external noreferrer">{}</a>', text, text))
                .otherwise(text)
            ).to_series()
        return shown

    def _cut(self, texts: pl.Series, pages: pl.Series | None, *, in_link: bool) -> pl.Series:
        """Long texts: their beginnings, and the rest behind these, or on the pages of the rows."""
        _, size = self._cut_at
        by_words = rf"(?s)^(.{{{size * 2 // 3},{size}}})\s"
        heads = texts.str.extract(by_words).fill_null(texts.str.slice(0, size))
        head = pl.lit(html_of(heads, has_kana=self.has_kana))
        if in_link:
            return pl.select(pl.format("{}…", head)).to_series()
        lengths = texts.str.len_chars()
        is_elsewhere = lengths > (limits.WHOLE_CELL if pages is not None else lengths.max())
        rests = pl.select(
            pl.when(pl.lit(is_elsewhere))
            .then(pl.lit(""))
            .otherwise(pl.lit(texts).str.slice(pl.lit(heads.str.len_chars())))
        ).to_series()
        rest = pl.lit(html_of(rests, has_kana=self.has_kana))
        opened = pl.format('<details class="cut"><summary>{}</summary>{}</details>', head, rest)
        if pages is None:
            return pl.select(opened).to_series()
        counts = pl.lit(pl.Series([f"{length:,}" for length in lengths], dtype=pl.String))
        led = pl.format('{}… <a href="{}">all {} characters</a>', head, pl.lit(pages), counts)
        return pl.select(pl.when(pl.lit(is_elsewhere)).then(led).otherwise(opened)).to_series()

    def order(self, indexes: pl.Series) -> pl.Series | None:
        """By what the cells of m rows are sorted, where their texts do not tell it by themselves.

        So it is where numbers have marks of their own, dates are written in a form of their own
        or in words, or categories are ordered.

        Returns:
            m texts, or nulls where there is nothing to sort by; None if the texts tell it.
        """
        field = self.column.field
        if not self.column.is_value:
            return None
        if field.edtf:
            texts = self.column.texts.gather(indexes)
            return texts.replace_strict(self._dates, default=None, return_dtype=pl.String)
        if field.categories and field.properties.get("categoriesOrdered") is True:
            places = {str(one.value): str(at) for at, one in enumerate(field.categories)}
            values = self.column.cells.gather(indexes).cast(pl.String)
            return values.replace_strict(places, default=None, return_dtype=pl.String)
        has_marks = field.options.has_marks or not field.options.bare_number
        has_form = field.type in DATES and field.format not in ("", "default")
        if has_form or (field.type in NUMBERS and has_marks):
            return self.column.cells.gather(indexes).cast(pl.String)
        return None

    @cached_property
    def _dates(self) -> Mapping[str, str]:
        """The texts that are EDTF dates, each with what it is sorted by."""
        return dates_by_text(self.column.texts) if self.column.field.edtf else {}

    @cached_property
    def _labels(self) -> Mapping[str, str]:
        """The values that have labels which say more than they do, each with these as HTML."""
        labels = {
            str(one.value): _telling(one, label_of(one, self.languages))
            for one in self.column.field.categories or ()
        }
        return {value: str(in_all(label)) for value, label in labels.items() if label}

    @cached_property
    def _meant(self) -> dict[str, Markup]:
        return {}

    @cached_property
    def _categories(self) -> dict[str, Category]:
        found: dict[str, Category] = {}
        for one in self.column.field.categories or ():
            found.setdefault(str(one.value), one)
        return found

    def whole(self, index: int) -> Markup | None:
        """The cell of a row as HTML for its page, with what it means; None if it is missing."""
        text = self.texts[index]
        if text is None:
            return None
        field = self.column.field
        if field.categories:
            if text not in self._meant:  # the same text is the same value, in row after row
                category = self._categories.get(str(self.column.cells[index]))
                self._meant[text] = _with_meaning(html(text), category, self.languages)
            return self._meant[text]
        if text in self._dates:
            return date_in_full(text, date_phrase(text, self.languages))
        shown = html(text)
        if self.links and text.startswith(("http://", "https://")) and not text.split()[1:]:
            return Markup('<a href="{}" rel="external noreferrer">{}</a>').format(text, shown)
        if field.type == "list":
            items = map(html, text.split(field.options.delimiter))
            made = Markup("").join(map(Markup("<li>{}</li>").format, items))
            return Markup('<ul class="items">{}</ul>').format(made)
        if field.type in JSON_TYPES:
            return Markup("<code>{}</code>").format(shown)
        if field.type == "boolean" and self.column.is_value:
            said = "true" if self.column.cells[index] else "false"
            if said != text.lower():
                return Markup('{} <span class="m">{}</span>').format(shown, said)
        return shown


def shown_column(column: Column, languages: tuple[str, ...] = ()) -> ShownColumn:
    """A column, looked at by the first of its cells.

    Args:
        column: the column.
        languages: the languages of the package.
    """
    kana = column.field.type in ("string", "any", "list") and has_kana(column.texts)
    links = column.field.type == "string" and column.field.format == "uri"
    return ShownColumn(column, _kind_of(column), kana, links, languages)


def unit_of(field: Field) -> str:
    """The unit of the values of a field, empty where none is declared."""
    return next((str(field.properties[name]) for name in UNITS if field.properties.get(name)), "")


def _kind_of(column: Column) -> str:
    if column.field.type in NUMBERS and not column.field.categories:
        return NUMBER
    texts = column.texts.drop_nulls().head(SAMPLE)
    if column.field.type in DATES:
        return DATE
    if column.field.type == "any" and len(texts) and texts.str.contains(A_NUMBER).all():
        return NUMBER
    if _share(are_tokens(texts)) > MOST:
        heads = texts.str.slice(0, TOKEN_HEAD)
        are_told = heads.n_unique() == texts.n_unique()
        return TOKEN if are_told and _share(texts.str.contains(DIGEST)) > MOST else WRAPPED
    width = texts.str.len_chars() + texts.str.count_matches("[\u3041-\u9fff\uac00-\ud7a3]")
    return LONG if _share(width > LONG_TEXT) > SOME else SHORT


def are_names(column: Column) -> bool:
    """Whether a column has short texts of which few end like sentences."""
    stops = column.texts.drop_nulls().head(SAMPLE).str.contains(STOP)
    return shown_column(column).kind == SHORT and int(stops.sum()) <= len(stops) * SOME


def _share(which: pl.Series) -> float:
    """The share of cells for which something is true; none of no cells."""
    return int(which.sum()) / len(which) if len(which) else 0


def _telling(category: Category, label: Phrase) -> Phrase:
    """The label of a category in the languages in which it says more than its value."""
    value = _letters(str(category.value))
    return {language: text for language, text in label.items() if _letters(text) not in ("", value)}


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def _with_meaning(shown: Markup, category: Category | None, languages: Sequence[str]) -> Markup:
    """A value with the label and the description of its category."""
    if category is None or not (category.label or category.description):
        return shown
    label = in_all(label_of(category, languages))
    bold = Markup("<b>{}</b>").format(label) if label else label
    parts = [part for part in (bold, in_all(meaning_of(category, languages))) if part]
    return Markup('{} <span class="m">{}</span>').format(shown, Markup(" ").join(parts))
