"""Patterns that cells hold and that are looked for in canonical text."""

from validate._src.fields._onebyone import GivenUpError
from validate._src.fields._patterns import BoundedPattern, PatternError
from validate._src.tables.table import Table

MATCHES_NOTHING = "the pattern matches no character, and so any text"


def pattern_of(table: Table, field: str, pattern: str) -> BoundedPattern | str:
    """The pattern of a cell, or why it is none, as it may be written.

    Args:
        table: the table of the cell.
        field: its field.
        pattern: what it holds.
    """
    try:
        compiled = BoundedPattern(pattern)
        return MATCHES_NOTHING if compiled.search("") else compiled
    except PatternError as error:
        return "invalid pattern" if table.withholds([field]) else f"invalid pattern: {error}"
    except GivenUpError as error:
        return str(error)
