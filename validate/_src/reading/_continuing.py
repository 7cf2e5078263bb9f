"""Files that go on with a table: what is said of what they begin with."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from validate._src.reading._beginning import Beginning, beginning_of
from validate._src.reading.batch import file_finding
from validate._src.words.codes import WARNING
from validate._src.words.finding import Finding
from validate._src.words.model import Resource
from validate._src.words.spelling import plain

SHOWN = 5  # labels that a message names; a table may have thousands
UNLABELLED = "columns without label"

SAID: Mapping[str, tuple[str, str]] = {
    "header in another case": (
        "incorrect-label",
        "but its labels differ from those there in upper and lower case",
    ),
    "row": ("missing-header", "but without its header; its first record is taken as a row"),
    "row or header": (
        "missing-header",
        "but its first record is not its header, and may be a row or have other labels, which "
        "cannot be told; it is taken as a row",
    ),
    UNLABELLED: (
        "extra-label",
        "but ends with columns that have no label; empty cells in them are left out",
    ),
}
"""What is a warning, by what the file begins with: its code and in words."""


class Continuation:
    """The files that go on with a table; what is a warning is said once of all like it."""

    def __init__(self, resource: Resource, *, has_names: bool = False) -> None:
        """Has said nothing yet.

        Args:
            resource: the table.
            has_names: whether its format has names of columns, which every file has.
        """
        self._resource = resource
        self._has_names = has_names
        self._said: set[str] = set()

    def beginning_of(
        self, labels: Sequence[str], found: Sequence[str], rows: Sequence[Sequence[Any]]
    ) -> Beginning:
        """What a file begins with, as `beginning_of` has it."""
        return beginning_of(self._resource, labels, found, rows, has_names=self._has_names)

    def warnings(
        self, beginning: Beginning, location: str | None, line: int | None
    ) -> Iterator[Finding]:
        """What is to be said of a file that can be read.

        Args:
            beginning: what the file begins with.
            location: the file.
            line: the physical line on which its first record starts.
        """
        for what in (beginning.kind, UNLABELLED if beginning.unlabelled else ""):
            if what not in SAID or what in self._said:
                continue
            self._said.add(what)
            code, said = SAID[what]
            yield file_finding(
                self._resource,
                code,
                f"the file goes on with {self._resource.location}, {said}, here and in files like "
                "it",
                line=line,
                location=location,
                severity=WARNING,
            )


def why_unread(
    resource: Resource, beginning: Beginning, labels: Sequence[str], found: Sequence[str]
) -> str:
    """Why a file with another header is not read: its cells belong to other columns.

    Args:
        resource: the table.
        beginning: what the file begins with.
        labels: the labels of the table.
        found: those of the file.
    """
    if beginning.kind == "header in another order":
        return f"the file goes on with {resource.location}, but has its columns in another order"
    return _of_another(resource, labels, found)


def without_empty(cells: Sequence[Any], width: int, unlabelled: int) -> Sequence[Any]:
    """The cells of a row without those in columns without label, if there is nothing in them.

    Where there is, they are what any row has beyond the columns of its table.

    Args:
        cells: the cells.
        width: how many columns the table has.
        unlabelled: how many the file has behind them.
    """
    beyond = cells[width:]
    is_debris = len(beyond) <= unlabelled and all(cell is None or cell == "" for cell in beyond)
    return cells[:width] if is_debris else cells


def _of_another(resource: Resource, labels: Sequence[str], found: Sequence[str]) -> str:
    """What is wrong with the labels of a file: some are not the table's, or some are missing."""
    named = {*map(plain, labels)} & {*map(plain, found)}
    extra, missing = Counter(found), Counter(labels)
    extra.subtract(labels)
    missing.subtract(found)
    if not named:
        begins = _shown(resource, [label for label in found if label])
        return (
            f"the file goes on with {resource.location}, but its first record is neither its "
            f"header nor a row that fits: {begins}; none of its rows are read"
        )
    return (
        f"the file goes on with {resource.location}, but has other columns: its header "
        f"{other_columns(resource, [*+extra], [*+missing])}; none of its rows are read"
    )


def other_columns(resource: Resource, extra: Sequence[str], missing: Sequence[str]) -> str:
    """What a file has more and less than the first of its table, of which one is some columns."""
    parts = (
        f"{verb} {_shown(resource, some)}"
        for verb, some in (("has", extra), ("lacks", missing))
        if some
    )
    return " and ".join(parts)


def _shown(resource: Resource, labels: Sequence[str]) -> str:
    known = resource.schema.shown_label if resource.schema else str
    shown = ", ".join(f'"{known(label)}"' for label in labels[:SHOWN])
    return shown + (f" and {len(labels) - SHOWN:,} more" if len(labels) > SHOWN else "")
