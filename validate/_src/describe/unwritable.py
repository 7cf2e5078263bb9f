"""Columns of dates and times that no format of a field has."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from validate._src.describe.missing import is_missing
from validate._src.describe.moments import Written, written
from validate._src.describe.nearly import NEARLY
from validate._src.words.finding import cut

SHOWN = 2  # texts that a sentence shows
FIRST = 8  # texts of which most must be dates or times for all to be looked at


def unwritable(texts: Mapping[str, int], *, hides: bool = False) -> str | None:
    """Why a column of dates and times has no type, if nearly all of its texts are such.

    Args:
        texts: distinct texts of the column, and how many cells hold each.
        hides: whether they are not to be shown.

    Source: Data Package 2.0, Table Schema, "datetime": one format for a field.
    """
    filled = {text: cells for text, cells in texts.items() if not is_missing(text)}
    if not _are_dates(dict([*filled.items()][:FIRST])) or not _are_dates(filled):
        return None
    known = {text: one for text in filled if (one := _valid(text)) is not None}
    nouns = " and ".join(sorted({f"{one.type}s" for one in known.values()}))
    refused = next((text for text, one in known.items() if one.why), None)
    if refused is not None:
        shown = "" if hides else f' such as "{cut(refused)}"'
        return f"looks like {nouns}{shown}, but {known[refused].why}{_by_any(known)}"
    return _of_several_forms(known, nouns, hides=hides)


def _are_dates(texts: Mapping[str, int]) -> bool:
    """Whether nearly all cells are dates or times, by their texts."""
    dates = sum(cells for text, cells in texts.items() if _valid(text) is not None)
    return bool(dates) and dates >= NEARLY * sum(texts.values())


def _of_several_forms(known: Mapping[str, Written], nouns: str, *, hides: bool) -> str | None:
    """That texts are written in several forms, with a text of each of the first."""
    first: dict[str, set[str]] = {}
    for text, one in known.items():
        like = next((other for other, forms in first.items() if forms & {*one.forms}), text)
        first[like] = first.get(like, {*one.forms}) & {*one.forms}
    if len(first) < SHOWN:
        return None
    shown = " and ".join(f'"{cut(text)}"' for text in [*first][:SHOWN])
    forms = f"{len(first)} forms" + ("" if hides else f", such as {shown}")
    said = f'looks like {nouns} in {forms}; a field has one "format", so write all alike'
    return f"{said}{_by_any(known)}"


def _by_any(known: Mapping[str, Written]) -> str:
    """What takes texts that no format has, if `any` does."""
    if not all(one.is_any and one.type != "time" for one in known.values()):
        return ""
    return ', or give the field the type "datetime" and the format "any"'


def _valid(text: str) -> Written | None:
    """How a date or a time is written, in the formats in which it can be read."""
    found = written(text)
    if found is None or found.why:
        return found
    forms = tuple(form for form in found.forms if _is_read(text, form))
    return replace(found, forms=forms) if forms else None


def _is_read(text: str, form: str) -> bool:
    try:
        datetime.strptime(text, form)
    except ValueError:
        return False
    return True
