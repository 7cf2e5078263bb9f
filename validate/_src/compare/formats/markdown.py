"""Differences as Markdown, to be put into a changelog and worded by whoever writes it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from validate._src.compare.difference import ADDED, CHANGED, REMOVED, Difference, RowChange
from validate._src.compare.difference import TableDifference as Table
from validate._src.compare.formats.shown import Group, Shown
from validate._src.compare.formats.wording import demanded, in_words, keyed, named, titled
from validate._src.words.printing import counted, printable

USUAL = 100
SECTIONS = {ADDED: "Added rows", REMOVED: "Removed rows", CHANGED: "Changed rows"}
MARKS = re.compile(r"([\\`*_\[\]<>#|])")


def render(difference: Difference, shown: Shown) -> Iterator[str]:
    """The difference under the headings of a changelog: keys of rows, fields that changed."""
    yield f"## {escaped(titled(difference))}\n"
    for line in demanded(difference):
        yield f"\nVersion: {escaped(line)}.\n"
    for change, heading in SECTIONS.items():
        lines = [line for table in difference.tables for line in _of_table(table, change, shown)]
        if lines:
            yield f"\n### {heading}\n\n"
            yield from lines
    if difference.changes:
        yield "\n### Schema\n\n"
        for one in difference.changes:
            yield f"- {escaped(in_words(one))} ({one.level})\n"
    if difference.not_compared:
        yield "\n### Not compared\n\n"
        for part in difference.not_compared:
            yield f"- {escaped(f'{part.what}: {part.why}')}\n"


def escaped(text: str) -> str:
    """A text in which no character has a meaning in Markdown."""
    return MARKS.sub(r"\\\1", printable(text))


def _code(text: str) -> str:
    """A text as code; of backticks in it the fence has one more."""
    text = printable(text)
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    space = " " if text.startswith("`") or text.endswith("`") or not text else ""
    return f"{fence}{space}{text}{space}{fence}"


def _of_table(table: Table, change: str, shown: Shown) -> Iterator[str]:
    for group in shown.groups(table, USUAL):
        if group.change != change:
            continue
        known = f"- {_code(named(table))}: {counted(group.count, 'row')}"
        if change == CHANGED:
            yield f"{known}, {counted(sum(table.cells.values()), 'cell')}\n"
            yield from _by_field(table, shown)
        elif table.key:
            yield f"{known}: {', '.join(_keys(group))}\n"
        else:
            yield f"{known}\n"


def _keys(group: Group) -> Iterator[str]:
    yield from (_code(keyed(row.key)) for row in group.rows)
    if group.left:
        yield f"and {group.left:,} more"


@dataclass
class _Keys:
    """The keys of the first rows in which a field has changed."""

    most: int
    shown: list[str] = field(default_factory=list[str])

    def add(self, row: RowChange) -> None:
        """Takes a row, if there is room."""
        if len(self.shown) < self.most:
            self.shown.append(_code(keyed(row.key)))


def _by_field(table: Table, shown: Shown) -> Iterator[str]:
    """The keys of changed rows by the fields that have changed in them."""
    most = USUAL if shown.limit is None else shown.limit
    found = {name: _Keys(most) for name in table.cells}
    for row in table.rows[CHANGED]:
        for cell in row.cells:
            found[cell.field].add(row)
    for name, keys in found.items():
        left = table.cells[name] - len(keys.shown)
        listed = [*keys.shown, *([f"and {left:,} more"] if left else [])]
        yield f"  - {_code(name)} ({table.cells[name]:,}): {', '.join(listed)}\n"
