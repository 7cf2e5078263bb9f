"""How cells are shown as HTML: whole columns at once in tables, one by one on pages of rows."""

from dataclasses import dataclass

import polars as pl
from markupsafe import Markup

from validate._src.publish.columns import Column
from validate._src.site.escaping import has_kana, html, html_of
from validate._src.site.model import are_tokens
from validate._src.words.schema import Category

NUMBER, TOKEN, LONG, SHORT = "n", "k", "l", ""
"""The classes of cells: numbers, digests and the like, running text, and all others."""
NUMBERS = frozenset({"integer", "number", "year"})
SAMPLE = 500  # cells by which the class of a column is told
LONG_TEXT = 48  # characters from which on a text runs over several lines
SOME, MOST = 0.1, 0.5
"""The shares of cells from which on a column is of running text, or of digests."""
ADDRESS = r"^https?://[^\s]+$"
JSON_TYPES = frozenset({"object", "array", "geojson", "geopoint"})


@dataclass(frozen=True, eq=False)
class ShownColumn:
    """A column with what is to be known to show its cells.

    Attributes:
        column: the column.
        kind: the class of its cells.
        has_kana: whether some have kana.
        links: whether its texts are addresses on the web.
    """

    column: Column
    kind: str
    has_kana: bool
    links: bool

    @property
    def name(self) -> str:
        """The name of the field."""
        return self.column.name

    @property
    def title(self) -> str:
        """Its title, or its name for want of one."""
        return self.column.title or self.column.name

    def cells(self, indexes: pl.Series) -> pl.Series:
        """The cells of m rows as HTML for a table; null where missing."""
        shown = html_of(self.column.texts.gather(indexes), has_kana=self.has_kana)
        if self.column.field.categories:
            labels = {text: label for text, label in _labels(self.column) if label}
            values = self.column.cells.gather(indexes).cast(pl.String)
            said = values.replace_strict(labels, default=None, return_dtype=pl.String)
            both = pl.format('{} <span class="m">{}</span>', pl.lit(shown), pl.lit(said))
            return pl.select(pl.coalesce(both, pl.lit(shown))).to_series()
        if self.links:
            text = pl.lit(shown)
            return pl.select(
                pl.when(text.str.contains(ADDRESS))
                .then(pl.format('<a href="{}" rel="external noreferrer">{}</a>', text, text))
                .otherwise(text)
            ).to_series()
        return shown

    def whole(self, index: int) -> Markup | None:
        """The cell of a row as HTML for its page, with what it means; None if it is missing."""
        text = self.column.texts[index]
        if text is None:
            return None
        shown, field = html(text), self.column.field
        if field.categories:
            return _with_meaning(shown, _category(self.column, index))
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


def shown_column(column: Column) -> ShownColumn:
    """A column, looked at by the first of its cells."""
    kana = column.field.type in ("string", "any", "list") and has_kana(column.texts)
    links = column.field.type == "string" and column.field.format == "uri"
    return ShownColumn(column, _kind_of(column), kana, links)


def _kind_of(column: Column) -> str:
    if column.field.type in NUMBERS and not column.field.categories:
        return NUMBER
    texts = column.texts.drop_nulls().head(SAMPLE)
    if _share(are_tokens(texts)) > MOST:
        return TOKEN
    width = texts.str.len_chars() + texts.str.count_matches("[\u3041-\u9fff\uac00-\ud7a3]")
    return LONG if _share(width > LONG_TEXT) > SOME else SHORT


def _share(which: pl.Series) -> float:
    """The share of cells for which something is true; none of no cells."""
    return int(which.sum()) / len(which) if len(which) else 0


def _labels(column: Column) -> list[tuple[str, str]]:
    """The categories of a column with their labels, unless these say no more than the values."""
    return [
        (str(one.value), str(html(one.label)) if not _is_said(one) else "")
        for one in column.field.categories or ()
    ]


def _is_said(category: Category) -> bool:
    """Whether the label of a category says no more than its value."""
    value, label = (
        "".join(filter(str.isalnum, text)).casefold()
        for text in (str(category.value), category.label)
    )
    return value == label


def _category(column: Column, index: int) -> Category | None:
    value = column.cells[index]
    return next(
        (one for one in column.field.categories or () if str(one.value) == str(value)), None
    )


def _with_meaning(shown: Markup, category: Category | None) -> Markup:
    """A value with the label and the description of its category."""
    if category is None or not (category.label or category.description):
        return shown
    label = Markup("<b>{}</b>").format(html(category.label)) if category.label else Markup("")
    parts = [part for part in (label, html(category.description)) if part]
    return Markup('{} <span class="m">{}</span>').format(shown, Markup(" ").join(parts))
