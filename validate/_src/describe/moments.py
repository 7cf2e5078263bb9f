"""Times and datetimes by their texts: the formats that they are written in, if there is one."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from validate._src.describe.readings import (
    DAY_OR_MONTH_FIRST,
    SHORT_YEARS,
    WITH_NAMES,
    YEAR_FIRST,
    Reading,
    dated,
    pattern_of,
)

FINEST = 6  # decimals of a second that `%f` takes
DAYS = (
    *YEAR_FIRST, *DAY_OR_MONTH_FIRST, *WITH_NAMES, *SHORT_YEARS,
    "%Y%m%d", "%d/%b/%Y", "%a, %d %b %Y", "%a %b %d %Y", "%a %b %d",
)  # fmt: skip
"""How days are written before a time; the last has the year behind it, as in `Wed Oct 10 20:19
2018`."""
DAY_AND_MARK = re.compile("(.*?)(T|t|, ?| |:)")
CLOCK = re.compile(
    r"(?:(?<![0-9])(?P<hour>[0-9]{1,2}):[0-9]{2}(?P<second>:[0-9]{2})?"
    r"|(?<=[0-9] )(?P<dotted>[0-9]{1,2}\.[0-9]{2}\.[0-9]{2})"
    r"|(?<=[0-9]T)[0-9]{4}(?P<basic>[0-9]{2})?)"
    r"(?P<decimals>[.,][0-9]+)?(?![0-9:])(?P<half>\s?[AaPp][Mm])?"
)
"""A time of day, with colons; behind a day also with points, as Oracle has it, and behind a T
with nothing."""
OFFSET = re.compile("(UTC|GMT)?(Z|[+-][0-9]{2}:?[0-9]{2})")
"""A zone that `%z` takes, perhaps behind a name."""
OF_UTC = frozenset({"", "UTC", "GMT", "z", "+00", "-00"})
"""Zones that `%z` does not take, and that may stand in a format as they are: a datetime whose
format has no zone is in UTC."""
HOURS = re.compile("[+-][0-9]{2}")
NAMED_ZONE = re.compile(r"[A-Z][A-Za-z]{1,4}|(Z|[+-][0-9]{2}:?[0-9]{2})?\[[A-Za-z_/]+\]")
"""A zone by its name, such as `CEST` or `[Europe/Rome]`."""
YEAR_BEHIND = re.compile("(.*) [0-9]{4}")
YEAR_BEFORE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}([T ]|$)")


@dataclass(frozen=True)
class Written:
    """How a date, a time, a datetime or a part of it is written.

    Attributes:
        type: the type.
        forms: the formats that it may be in: days and months may look alike. None if no format
            has it.
        why: what of it no format has, and what to write.
        is_any: whether the format `any` reads it as it is meant.
    """

    type: str
    forms: tuple[str, ...]
    why: str = ""
    is_any: bool = True


def moments(texts: Iterable[str]) -> Iterator[Reading]:
    """The readings of some texts as times and datetimes, in the formats that they look like.

    Source: Data Package 2.0, Table Schema, "datetime", "time": a format of strptime.
    """
    found = [known for text in texts if (known := written(text)) is not None]
    for kind, form in dict.fromkeys((one.type, form) for one in found for form in one.forms):
        if kind != "date":
            yield dated(kind, form)


def written(text: str) -> Written | None:
    """How a date, a time or a datetime is written; None if a text is none."""
    found = CLOCK.search(text)
    if found is None:
        days = _days(text)
        return Written("date", days, is_any=_has_year_before(text)) if days else None
    days = _before(text[: found.start()])
    zone, year = _behind(text[found.end() :], days)
    clock, kept = _clock(found), _zone(zone)
    if not days or kept is None:
        return None
    forms = tuple(
        f"{day}{one}{other}{year}" for day in days for one in clock.forms for other in kept.forms
    )
    is_any = _has_year_before(text) and clock.is_any and kept.is_any
    return Written("datetime" if found.start() else "time", forms, clock.why or kept.why, is_any)


def _has_year_before(text: str) -> bool:
    return YEAR_BEFORE.match(text) is not None


def _days(text: str) -> tuple[str, ...]:
    """The formats that a day looks like."""
    return tuple(form for form in DAYS if re.fullmatch(pattern_of(form), text))


def _before(text: str) -> Sequence[str]:
    """The formats of what stands before a time of day, an empty one where nothing does."""
    if not text:
        return ("",)
    found = DAY_AND_MARK.fullmatch(text)
    return [f"{form}{found[2]}" for form in _days(found[1])] if found else ()


def _behind(text: str, days: Iterable[str]) -> tuple[str, str]:
    """The zone behind a time of day, and the directive of a year that stands behind it."""
    has_year = all("%Y" in day or "%y" in day or not day for day in days)
    found = None if has_year else YEAR_BEHIND.fullmatch(text)
    return (found[1], " %Y") if found else (text, "")


def _clock(found: re.Match[str]) -> Written:
    """How a time of day is written."""
    decimals, half = found["decimals"] or "", found["half"] or ""
    finest, others = decimals[1 : FINEST + 1], decimals[FINEST + 1 :]
    if others.strip("0"):
        why = f'a "format" has {FINEST} decimals of a second at most; write no more'
        return Written("time", (), why, is_any=False)
    seconds = ["%S"] if found["second"] or found["basic"] or found["dotted"] else []
    mark = ":" if found["hour"] else "." if found["dotted"] else ""
    parts = mark.join(["%I" if half else "%H", "%M", *seconds])
    fraction = f"{decimals[0]}%f{others}" if finest else ""
    return Written("time", (f"{parts}{fraction}{half[:-2]}{'%p' if half else ''}",))


def _zone(text: str) -> Written | None:
    """How a zone is written, if a text is one or nothing."""
    zone = text.strip()
    if zone in OF_UTC:
        return Written("zone", (text,))
    if found := OFFSET.fullmatch(zone):
        space = text[: text.index(zone)]
        return Written("zone", (f"{space}{found[1] or ''}%z",))
    if HOURS.fullmatch(zone):
        return Written("zone", (), f'no "format" has the zone {zone}; write {zone}:00')
    if NAMED_ZONE.fullmatch(zone):
        why = f'no "format" has the zone {zone}; write how far it is from UTC, as +01:00'
        return Written("zone", (), why, is_any=False)
    return None
