"""Names and labels that mean the same and are spelt otherwise."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from validate._src.words.finding import cut
from validate._src.words.lookalikes import escaped

CAPITALS, SPACES, SIGNS = "upper and lower case", "spaces", "upper and lower case, spaces or signs"

SHOWN = 3  # labels that a message names; it is one sentence


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


def spelt(pairs: Sequence[tuple[str, str]]) -> str:
    """What to say of labels that differ from names of fields only in how they are written.

    Args:
        pairs: labels, each with the name that it is to be.
    """
    shown = ", ".join(f'"{escaped(cut(label))}" for "{name}"' for label, name in pairs[:SHOWN])
    more = f" and {len(pairs) - SHOWN:,} more" if len(pairs) > SHOWN else ""
    number = "a label differs" if len(pairs) == 1 else f"{len(pairs):,} labels differ"
    return f"{number} from the names of the fields only in {difference(pairs)}: {shown}{more}"
