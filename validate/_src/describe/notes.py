"""What keeps columns from a type, and what else is to be known of them, in sentences."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from validate._src.describe.amounts import amounts_in
from validate._src.describe.columnfacts import Facts
from validate._src.describe.judging import Judged, Odd
from validate._src.describe.nearly import (
    Nearly,
    nearly,
    place,
    probable_faults,
    rewritten_integers,
)
from validate._src.describe.readings import NUMBER, OF_DIGITS, TEXT
from validate._src.describe.sample import ALMOST_ALL
from validate._src.describe.schema import Typed
from validate._src.describe.unwritable import unwritable
from validate._src.words.finding import cut
from validate._src.words.printing import counted

NAMED = 3  # fields that a sentence names


def prevented(fields: Iterable[Typed], withheld: Collection[str] = ()) -> Iterator[str]:
    """What keeps columns from a type that nearly all their cells have, a line each.

    Args:
        fields: the fields.
        withheld: the names of those of which no cell is shown.
    """
    for one in fields:
        hides = one.name in withheld
        if one.settled is None:
            said = _untyped(one, hides=hides)
        else:
            said = _undated(one, hides=hides) or _widened(one, hides=hides)
        if said:
            yield f"{one.name} is {one.properties['type']}: {said}"


def faults_of(one: Typed) -> Nearly | None:
    """The cells that keep a column from a type, if they are faults by all that can be told."""
    if one.settled is not None and one.column.kinds == {TEXT}:
        return rewritten_integers(one.judged[0])
    if one.settled is not None or not one.judged or one.judged[-1].fits:
        return None
    return probable_faults(min(one.judged, key=lambda known: known.fault_cells))


def _untyped(one: Typed, *, hides: bool) -> str | None:
    """Why a column has no type: a few cells are not of it, others may be meant, or no format is."""
    if one.judged and one.judged[-1].fits:
        return _doubtful(one.judged[-1], hides=hides)
    amounts = amounts_in(one.column.texts)
    if amounts is not None:
        return f"looks like {amounts.said(hides=hides)}"
    best = min(one.judged, key=lambda known: known.fault_cells, default=None)
    found = best and nearly(best, withheld=hides)
    if found:
        return f"{found.said}{_without_values(found.judged)}"
    return unwritable(one.column.texts, hides=hides) or _of_several_kinds(one)


def _without_values(known: Judged) -> str:
    """Which texts have no value where a column has the type that nearly all its cells have."""
    if not known.missing:
        return ""
    texts = json.dumps(["", *known.missing], ensure_ascii=False)
    return f'; with the type, give the field "missingValues": {texts}'


def _of_several_kinds(one: Typed) -> str | None:
    """Which native types the cells of a column have, if they have several."""
    kinds = [f"{kind}s" for kind in sorted(one.column.kinds)]
    if len(kinds) < 2:
        return None
    said = f"{', '.join(kinds[:-1])} and {kinds[-1]}"
    return f"its cells are {said}; a field of one type would refuse some of them"


def barely_told(one: Typed) -> str | None:
    """Which cells alone tell how a column is meant, if these are so few that it has no type."""
    if one.settled is not None or not one.judged or not one.judged[-1].fits:
        return None
    return _doubtful(one.judged[-1]) if one.judged[-1].told else None


def _doubtful(known: Judged, *, hides: bool = False) -> str:
    """What keeps a column from a type that all its cells may have."""
    all_may_be = f"all {known.filled:,} cells may be"
    if known.told:
        return f"{all_may_be} {known.reading.noun}, but {_told_by(known, known.told, hides=hides)}"
    noun = "numbers" if known.reading.type == NUMBER else known.reading.noun  # marks are in doubt
    return f"{all_may_be} {noun}, but {known.reading.doubt}"


def _told_by(known: Judged, told: Odd, *, hides: bool) -> str:
    """Which cells alone tell how a column is meant, and what to do."""
    shown = place(told) if hides else f'{place(told)} ("{cut(told.text)}")'
    only, them = f"only {shown} tells", "it if it is a fault"
    if told.cells > 1:
        only = f"only {told.cells:,} cells, the first in {shown}, tell"
        them = "them if they are faults"
    return f"{only} {known.reading.told}; correct {them}, then give the field its type"


def _undated(one: Typed, *, hides: bool) -> str | None:
    """Why numbers are not taken for days."""
    last = one.judged[-1]
    if last is one.settled or last.reading not in OF_DIGITS:
        return None
    if last.fits:
        return _doubtful(last, hides=hides)
    found = nearly(last, few=0, withheld=hides)
    return found and found.said


def _widened(one: Typed, *, hides: bool) -> str | None:
    """Which cells made a column of integers one of numbers."""
    others = [known for known in one.judged if known.reading.type != one.properties["type"]]
    if not others:
        return None
    found = nearly(others[0], ALMOST_ALL, few=0) or rewritten_integers(others[0])
    return found and replace(found, withheld=hides).said


def with_doubt(columns: Mapping[str, Facts], fields: Iterable[Typed]) -> dict[str, Facts]:
    """The columns, those marked as doubtful of which a few cells are probably faults."""
    doubtful = {one.name for one in fields if faults_of(one) or barely_told(one)}
    return {name: replace(one, is_doubtful=name in doubtful) for name, one in columns.items()}


def unlike_others(fields: Sequence[Typed], columns: Mapping[str, Facts]) -> Iterator[str]:
    """Texts that are values in one column and missing values in others, a line for each column."""
    missing: dict[str, list[int]] = {}  # which fields a text is no value in
    for at, one in enumerate(fields):
        for text in one.settled.missing if one.settled else ():
            if text.strip():
                missing.setdefault(text, []).append(at)

    @cache  # thousands of columns may have the same texts, and thousands of others not
    def others_with(texts: tuple[str, ...]) -> list[str]:
        return [fields[at].name for at in sorted({at for text in texts for at in missing[text]})]

    for name, facts in columns.items():
        shared = {text: cells for text, cells in facts.marks.items() if text in missing}
        shown = [f'"{text}" in {counted(cells, "cell")}' for text, cells in shared.items()]
        if shown:
            others = others_with(tuple(shared))
            more = f" and {len(others) - NAMED:,} more" if len(others) > NAMED else ""
            yield (
                f"{name}: {' and '.join(shown)} {_is_text(len(shown))} here, and no value in "
                f'{", ".join(others[:NAMED])}{more}; if it is none here, add it to "missingValues"'
            )


def _is_text(number: int) -> str:
    return "is a text" if number == 1 else "are texts"
