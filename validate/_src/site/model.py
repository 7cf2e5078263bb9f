"""What the pages of a package are made of: its tables, and the addresses of their rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import polars as pl
from markupsafe import Markup

from validate._src.curation.ranking import label_of
from validate._src.publish.columns import Column
from validate._src.publish.content import Content, PublishedTable
from validate._src.report.report import Report
from validate._src.site import limits
from validate._src.site.spoken import in_all, title_of
from validate._src.words.model import Package
from validate._src.words.schema import Schema
from validate._src.words.views import Phrase


@dataclass(frozen=True, eq=False)
class ShownTable:
    """A table as pages show it.

    Attributes:
        published: its columns, none of a restricted field.
        folder: the name of the folder of its pages.
        names: n names of the rows, of which no two are equal.
        numbers: n record numbers, the header being 1.
        cut: why rows are missing; empty if all are there.
        is_bare: whether it has no schema, so that nothing of it is judged.
        languages: the languages of the package.
    """

    published: PublishedTable
    folder: str
    names: pl.Series
    numbers: pl.Series
    cut: str = ""
    is_bare: bool = False
    languages: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name of the resource."""
        return self.published.name

    @property
    def title(self) -> str:
        """Its title, or its name for want of one."""
        return self.published.resource.title or self.name

    @cached_property
    def titles(self) -> Phrase:
        """The same by language."""
        return title_of(self.published.resource, self.languages)

    @cached_property
    def said(self) -> Markup:
        """The same as HTML, in all languages of the package."""
        return in_all(self.titles)

    @property
    def schema(self) -> Schema:
        """The schema of the resource."""
        return self.published.resource.schema

    @property
    def height(self) -> int:
        """How many rows there are."""
        return self.published.height

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns, in the order of the schema."""
        return self.published.columns

    @cached_property
    def by_field(self) -> dict[str, Column]:
        """The columns by field."""
        return {column.name: column for column in self.columns}

    def title_of(self, name: str) -> Markup:
        """The title of a field that is shown, as HTML."""
        return in_all(title_of(self.by_field[name].field, self.languages))

    def has(self, names: Iterable[str]) -> bool:
        """Whether each of these fields has a column that is shown."""
        return self.by_field.keys() >= {*names}

    @property
    def key_columns(self) -> list[Column]:
        """The columns of the primary key; none if one of them is not shown."""
        key = self.schema.primary_key
        return [self.by_field[name] for name in key] if self.has(key) else []

    @property
    def has_row_pages(self) -> bool:
        """Whether each row has a page of its own."""
        return self.height <= limits.MOST_ROW_PAGES

    @cached_property
    def filled(self) -> list[Column]:
        """The columns in which some row has a value; all where there is no row, or no schema.

        A column of no value is named beside the rows, in the words of the schema.
        """
        key = {*self.schema.primary_key}
        return [
            column
            for column in self.columns
            if self.is_bare
            or column.name in key
            or not self.height
            or column.texts.null_count() < self.height
        ]

    @cached_property
    def rows_a_part(self) -> int:
        """How many rows stand on a page: fewer where rows have many fields or long texts."""
        cells = limits.CELLS_A_PART / max(1, len(self.filled))
        texts = limits.TEXT_A_PART / max(1, self._text_a_row)
        most = min(cells, texts)
        return next((rows for rows in (limits.ROWS_A_PART, *limits.PARTS) if rows <= most), 1)

    @property
    def _text_a_row(self) -> float:
        """How many characters of a row are on a page of the table, on average."""
        if not self.height:
            return 0
        lengths = (column.texts.str.len_chars() for column in self.filled)
        if self.has_row_pages:
            lengths = (
                length.clip(upper_bound=limits.WHOLE_CELL)  # what is cut is on no such page
                for length in lengths
            )
        return sum(int(length.sum() or 0) for length in lengths) / self.height

    @property
    def parts(self) -> int:
        """How many pages the rows of the table stand on."""
        return max(1, -(-self.height // self.rows_a_part))

    def part_file(self, part: int) -> str:
        """The page of a part, from 0, in the folder of the table."""
        return f"part-{part + 1}.html" if part else "index.html"

    def key_text(self, index: int) -> str:
        """What a row is called: its key, the parts joined by commas, or its record number."""
        parts = [column.texts[index] for column in self.key_columns]
        if not parts or None in parts:
            return f"row {self.numbers[index]:,}"
        return ",".join(parts)

    def key_texts(self, indexes: pl.Series) -> pl.Series:
        """The same of m rows at once."""
        number = pl.format("row {}", pl.lit(self.numbers.gather(indexes).cast(pl.String)))
        parts = [column.texts.gather(indexes) for column in self.key_columns]
        joined = pl.concat_str([pl.lit(one) for one in parts], separator=",") if parts else number
        return pl.select(joined.fill_null(number).alias("key")).to_series()

    def addresses(self, indexes: pl.Series | None = None) -> pl.Series:
        """Where rows stand, as seen from the folder of all tables.

        Args:
            indexes: m indexes of rows, or nulls; all rows if there are none.

        Returns:
            m addresses: the page of the row, or its anchor in a part of its table.
        """
        if indexes is None:
            indexes = pl.int_range(self.height, dtype=pl.UInt32, eager=True)
        name = pl.lit(self.names.gather(indexes))
        if self.has_row_pages:
            address = pl.format(f"{self.folder}/{{}}.html", name)
        else:
            part = pl.lit(indexes.cast(pl.UInt32) // self.rows_a_part)
            file = (
                pl.when(part == 0).then(pl.lit("index")).otherwise(pl.format("part-{}", part + 1))
            )
            address = pl.format(f"{self.folder}/{{}}.html#row-{{}}", file, name)
        return pl.select(address.alias("address")).to_series()

    def address(self, index: int) -> str:
        """The same of one row, in less time."""
        name = self.names[index]
        if self.has_row_pages:
            return f"{self.folder}/{name}.html"
        return f"{self.folder}/{self.part_file(index // self.rows_a_part)}#row-{name}"

    @cached_property
    def label(self) -> Column | None:
        """The column that says best what a row is about, if one does."""
        columns = ((column.field, column.texts) for column in self.columns)
        name = label_of(self.schema, columns)
        return None if name is None else self.by_field[name]


@dataclass(frozen=True, eq=False)
class Tables:
    """The tables of a package, whose rows refer to each other.

    Attributes:
        package: the package.
        tables: the tables by the names of their resources, in the order of the descriptor.
    """

    package: Package
    tables: dict[str, ShownTable]

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the package, if it names some."""
        views = self.package.views
        return tuple(views.languages) if views else ()

    def table(self, name: str) -> ShownTable | None:
        """A table, if it is shown."""
        return self.tables.get(name)


@dataclass(frozen=True, eq=False)
class Site(Tables):
    """What the pages of a package are made of.

    Attributes:
        content: the package with its tables.
        report: what validation found in it.
    """

    content: Content
    report: Report
