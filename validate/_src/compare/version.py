"""The version that the changes between two packages demand.

Source: the recipe of the Data Package standard for versions,
https://datapackage.org/recipes/data-package-version/, and Semantic Versioning 2.0.0, by section 4
of which anything may change below 1.0.0: there a major change raises the minor part.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from validate._src.compare.difference import (
    LEVELS,
    MAJOR,
    MINOR,
    NONE,
    PATCH,
    Change,
    Demand,
    TableDifference,
)
from validate._src.words.printing import counted

VERSION = re.compile(
    r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?", re.ASCII
)


@dataclass(frozen=True)
class _Reason:
    """What demands a part of the version to be raised, in words."""

    level: str
    said: str


def demand(
    old: str | None,
    new: str | None,
    changes: Sequence[Change],
    tables: Sequence[TableDifference],
    referred_to: Mapping[str, Sequence[str]],
) -> Demand:
    """The version that changes demand.

    Args:
        old: the version of the old package.
        new: that of the new one.
        changes: what differs in the descriptors.
        tables: what differs in the rows.
        referred_to: for each resource of the old package the other resources that refer to it.
    """
    reasons = [*_of_changes(changes), *_of_tables(tables, referred_to)]
    level = max((reason.level for reason in reasons), key=LEVELS.index, default=NONE)
    wanted = raised(old, level)
    return Demand(
        level=level,
        version=wanted,
        because=tuple(reason.said for reason in reasons if reason.level == level and level != NONE),
        is_met=None if wanted is None or precedence(new) is None else not is_lower(new, wanted),
    )


def _of_changes(changes: Sequence[Change]) -> Iterator[_Reason]:
    for change in changes:
        yield _Reason(change.level, said(change))


def said(change: Change) -> str:
    """A change of a descriptor in words, such as `boats.length: constraint maximum changed`."""
    place = ".".join(filter(None, (change.resource, change.field)))
    known = change.what if not change.name else f"{change.what} {change.name}"
    if change.what in ("resource", "field"):
        known = change.what
    renamed = f" from {change.old}" if change.change == "renamed" else ""
    return f"{place}: {known} {change.change}{renamed}" if place else f"{known} {change.change}"


def _of_tables(
    tables: Sequence[TableDifference], referred_to: Mapping[str, Sequence[str]]
) -> Iterator[_Reason]:
    """What the rows demand: those added a minor, those changed a patch.

    Rows that are gone are a major change where another resource refers to their table, as the
    recipe has it; elsewhere they are a correction.
    """
    for table in tables:
        if table.added:
            yield _Reason(MINOR, f"{table.resource}: {counted(table.added, 'row')} added")
        if table.removed:
            by = referred_to.get(table.old_resource, ())
            rows = f"{table.resource}: {counted(table.removed, 'row')} removed"
            referring = f", and {', '.join(by)} {'refers' if len(by) == 1 else 'refer'} to it"
            yield _Reason(MAJOR if by else PATCH, rows + (referring if by else ""))
        if table.changed:
            yield _Reason(PATCH, f"{table.resource}: {counted(table.changed, 'row')} changed")


def raised(version: str | None, level: str) -> str | None:
    """A version with a part raised; None where it has none of three numbers.

    A version before a release, such as `2.0.0-rc.1`, is that release once no part that is raised
    lies beyond it.
    """
    found = VERSION.fullmatch(version or "")
    if found is None:
        return None
    if level == NONE:
        return version
    major, minor, patch = (int(found[part]) for part in (1, 2, 3))
    if level == MAJOR and major == 0:
        level = MINOR
    if found[4] and _is_before(level, minor, patch):
        return f"{major}.{minor}.{patch}"
    if level == MAJOR:
        return f"{major + 1}.0.0"
    return f"{major}.{minor + 1}.0" if level == MINOR else f"{major}.{minor}.{patch + 1}"


def _is_before(level: str, minor: int, patch: int) -> bool:
    """Whether the release that a version precedes raises that part already."""
    return level == PATCH or (patch == 0 and (level == MINOR or minor == 0))


Precedence = tuple[tuple[int, int, int], bool, tuple[tuple[bool, int, str], ...]]


def precedence(version: str | None) -> Precedence | None:
    """What versions are compared by; None where it has another form.

    Source: Semantic Versioning 2.0.0, section 11: numbers before words, and both before none.
    """
    found = VERSION.fullmatch(version or "")
    if found is None:
        return None
    parts = found[4].split(".") if found[4] else []
    numbers = (int(found[1]), int(found[2]), int(found[3]))
    return numbers, not parts, tuple(map(_identifier, parts))


def _identifier(text: str) -> tuple[bool, int, str]:
    return (False, int(text), "") if text.isdigit() else (True, 0, text)


def is_lower(version: str | None, other: str | None) -> bool:
    """Whether a version comes before another; both have the form of one."""
    first, second = precedence(version), precedence(other)
    assert first is not None, "the version was looked at"
    assert second is not None, "the version was made"
    return first < second
