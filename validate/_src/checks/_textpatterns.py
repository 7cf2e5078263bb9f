"""Patterns that cells hold and that are looked for in canonical text."""

import unicodedata

from validate._src.fields._onebyone import GivenUpError
from validate._src.fields._patterns import BoundedPattern, PatternError
from validate._src.tables.table import Table

MATCHES_NOTHING = "the pattern matches no character, and so any text"
MATCHES_NEVER = "canonical text has no white space, so a pattern with some is looked for in vain"
NOT_CANONICAL = "the pattern has characters that NFKC changes, which canonical text never has"


def pattern_of(table: Table, field: str, pattern: str) -> BoundedPattern | str:
    """The pattern of a cell, or why it is none, as it may be written.

    Args:
        table: the table of the cell.
        field: its field.
        pattern: what it holds.
    """
    try:
        compiled = BoundedPattern(pattern)
        return _why_in_vain(compiled, pattern) or compiled
    except PatternError as error:
        return "invalid pattern" if table.withholds([field]) else f"invalid pattern: {error}"
    except GivenUpError as error:
        return str(error)


def _why_in_vain(compiled: BoundedPattern, pattern: str) -> str | None:
    """Why a pattern that is one tells nothing of canonical text; None if it does."""
    if compiled.search(""):
        return MATCHES_NOTHING
    if not compiled.is_verbose and any(character.isspace() for character in pattern):
        return MATCHES_NEVER
    if unicodedata.normalize("NFKC", pattern) != pattern:
        return NOT_CANONICAL
    return None
