"""What rows are called beside their keys, where they have names and not only sentences."""

import polars as pl
from markupsafe import Markup

from validate._src.site.links import Links
from validate._src.site.model import ShownTable
from validate._src.site.spoken import in_all
from validate._src.words.views import Phrase


class RowNames:
    """The names of the rows of a package."""

    def __init__(self, links: Links) -> None:
        """Takes what the rows of its tables are about."""
        self._links = links

    def phrase(self, table: ShownTable, index: int) -> Phrase:
        """The name of a row, by language; empty if it has none that says more than its key."""
        if not self._links.are_named(table):
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
