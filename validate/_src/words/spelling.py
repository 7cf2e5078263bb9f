"""Names and labels that mean the same and are spelt otherwise."""

import re
import unicodedata
from collections.abc import Iterable

CAPITALS, SPACES, SIGNS = "upper and lower case", "spaces", "upper and lower case, spaces or signs"


def plain(label: str) -> str:
    """A label without what people and programs write in one way or another."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", label).casefold())


def folded(name: str) -> str:
    """A name regardless of case, of spaces around it, and of letters that look the same."""
    return unicodedata.normalize("NFKC", name).casefold().strip()


def difference(pairs: Iterable[tuple[str, str]]) -> str:
    """What labels and names differ in only; empty if some differ in more.

    Args:
        pairs: labels, each with the name that it is to be.
    """
    kinds = {_difference(*pair) for pair in pairs}
    if "" in kinds:
        return ""
    return kinds.pop() if len(kinds) == 1 else SIGNS


def _difference(label: str, name: str) -> str:
    if label.casefold() == name.casefold():
        return CAPITALS
    if re.sub(r"\s", "", label) == re.sub(r"\s", "", name):
        return SPACES
    return SIGNS if plain(label) == plain(name) != "" else ""
