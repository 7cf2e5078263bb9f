"""Differences in words."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from validate._src.compare.difference import Change, Difference, Side, TableDifference
from validate._src.compare.version import is_lower, precedence, said
from validate._src.words.finding import cut
from validate._src.words.printing import counted

NO_VALUE = "no value"


def titled(difference: Difference) -> str:
    """Which packages are compared: by name and version, or as they were given."""
    return f"{_called(difference.old)} → {_called(difference.new)}"


def _called(side: Side) -> str:
    return f"{side.name} {side.version or ''}".strip() + f" ({side.given})"


def verdict(difference: Difference) -> str:
    """How much differs."""
    if difference.same:
        left = "; not all was compared" if difference.not_compared else ""
        return f"nothing differs{left}"
    tables = [table for table in difference.tables if not table.same]
    parts = [
        counted(len(difference.changes), "change") + " of the descriptor",
        _rows(sum(table.added for table in tables), "added"),
        _rows(sum(table.removed for table in tables), "removed"),
        _rows(sum(table.changed for table in tables), "changed"),
    ]
    return ", ".join(parts)


def _rows(count: int, change: str) -> str:
    return f"{counted(count, 'row')} {change}"


def counts(table: TableDifference) -> str:
    """How many rows and cells of a table differ."""
    if table.same:
        return f"{counted(table.new_rows, 'row')}, none differs"
    cells = f" ({counted(sum(table.cells.values()), 'cell')})" if table.changed else ""
    known = (("added", table.added, ""), ("removed", table.removed, ""))
    changed = ("changed", table.changed, cells)
    parts = (f"{count:,} {name}{more}" for name, count, more in (*known, changed) if count)
    return f"{table.old_rows:,} → {counted(table.new_rows, 'row')}: {', '.join(parts)}"


def named(table: TableDifference) -> str:
    """A table by its name, and its old one if that is another."""
    was = f" (was {table.old_resource})" if table.old_resource != table.resource else ""
    return table.resource + was


def in_words(change: Change) -> str:
    """A change of a descriptor, with what was there and what is there where that is short."""
    if change.change == "changed" and _is_short(change.old) and _is_short(change.new):
        return f"{said(change)}: {value(change.old)} → {value(change.new)}"
    if change.change == "added" and _is_short(change.new) and change.what not in NAMED:
        return f"{said(change)}: {value(change.new)}"
    if change.change == "removed" and _is_short(change.old) and change.what not in NAMED:
        return f"{said(change)}: {value(change.old)}"
    if change.what == "resource" and change.change in ("added", "removed"):
        rows = (change.new or change.old)["rows"]
        return said(change) + (f" with {counted(rows, 'row')}" if rows is not None else "")
    return said(change)


NAMED = ("resource", "field", "category", "rule")
"""Things whose name says all that is said of one that was added or removed."""


def _is_short(found: Any) -> bool:
    return not isinstance(found, dict | list) or all(
        not isinstance(one, dict | list) for one in (found if isinstance(found, list) else [found])
    )


def value(found: Any) -> str:
    """A value of a descriptor in a line."""
    return "nothing" if found is None else cut(json.dumps(found, ensure_ascii=False))


def quoted(text: str | None) -> str:
    """A cell in a line."""
    return NO_VALUE if text is None else f'"{cut(text)}"'


def keyed(key: Sequence[str | None]) -> str:
    """The key of a row in a line."""
    return ",".join(part or "" for part in key)


def demanded(difference: Difference) -> Iterator[str]:
    """The version that is demanded, in sentences."""
    demand, old, new = difference.demand, difference.old.version, difference.new.version
    if precedence(old) and precedence(new) and is_lower(new, old):
        yield f"version {new} is lower than {old}"
    if demand.level == "none":
        yield "nothing demands another version"
        return
    least = f"at least {demand.version}" if demand.version else "the old package has no version"
    met = {True: ", which it has", False: ", which it has not", None: ""}[demand.is_met]
    yield f"{demand.level} change: {least}{met}"
