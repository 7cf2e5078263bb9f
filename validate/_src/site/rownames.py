"""What rows are called beside their keys, where they have names and not only sentences."""

import polars as pl
from markupsafe import Markup

from validate._src.publish.columns import Column
from validate._src.site.links import Links
from validate._src.site.model import ShownTable, Site
from validate._src.site.spoken import in_all
from validate._src.site.values import SAMPLE, SHORT, SOME, shown_column
from validate._src.words.views import Phrase

STOP = "[.。!?！？]$"


class RowNames:
    """The names of the rows of a package.

    Rows have names where the views of the package say by which field they are called, or where the
    field that says what they are about is short and holds no sentences, which are no headings.
    """

    def __init__(self, site: Site, links: Links) -> None:
        """Takes the tables and what their rows are about."""
        views = site.package.views
        self._links = links
        self._called = views.labels.keys() if views else frozenset[str]()
        self._known: dict[str, bool] = {}

    def phrase(self, table: ShownTable, index: int) -> Phrase:
        """The name of a row, by language; empty if it has none that says more than its key."""
        if not self._are_named(table):
            return {}
        found = self._links.about(table, index)
        return {} if {*found.values()} == {table.key_text(index)} else found

    def beside(self, table: ShownTable, indexes: pl.Series) -> pl.Series:
        """The names of m rows as HTML, each after a space.

        Args:
            table: the table.
            indexes: m indexes of its rows, or nulls.

        Returns:
            m texts; empty where there is no name.
        """
        names = {
            index: Markup(' <span class="m">{}</span>').format(in_all(phrase))
            for index in indexes.drop_nulls().unique()
            if (phrase := self.phrase(table, index))
        }
        return indexes.replace_strict(names, default="", return_dtype=pl.String)

    def _are_named(self, table: ShownTable) -> bool:
        """Whether the rows of a table have names."""
        if table.name not in self._known:
            columns = self._links.labels(table).values()
            are_names = all(map(_has_names, columns))
            self._known[table.name] = table.name in self._called or are_names
        return self._known[table.name]


def _has_names(column: Column) -> bool:
    """Whether a column has short texts of which few end like sentences."""
    stops = column.texts.drop_nulls().head(SAMPLE).str.contains(STOP)
    return shown_column(column).kind == SHORT and int(stops.sum()) <= len(stops) * SOME
