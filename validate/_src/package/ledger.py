"""What is wrong with a descriptor, and what cannot be checked because of it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from validate._src.words.finding import Fault, Finding, findings_of
from validate._src.words.outcome import NotChecked
from validate._src.words.place import Place


class Ledger:
    """Takes down the faults of a descriptor while a package is made of it.

    Attributes:
        schemas: the schemas as they are written, by resource.
    """

    def __init__(self) -> None:
        """Starts with none."""
        self.schemas: dict[str, Mapping[str, Any]] = {}
        self._faults: dict[Place, Fault] = {}
        self._lost: dict[NotChecked, None] = {}
        self._marks: dict[Finding, None] = {}

    def fault(
        self, place: Place, message: str, resource: str = "", field: str | None = None
    ) -> None:
        """Takes a fault; of several at one place, the first says enough."""
        self._faults.setdefault(place, Fault(place, message, resource, field))

    def lowered(self, code: str, place: Place, message: str, resource: str = "") -> None:
        """Takes a code whose findings are warnings because the package says so."""
        found = Fault(place, message, resource, code="severity-lowered", rule=code)
        self._faults.setdefault(place, found)

    def lost(
        self, what: str, place: Place, codes: frozenset[str] = frozenset(), resource: str = ""
    ) -> None:
        """Takes what is not checked because a place cannot be used."""
        self._lost[NotChecked(what, unusable(place), codes, resource or None)] = None

    def set_aside(self, parts: Iterable[NotChecked]) -> None:
        """Takes what is left out though nothing is wrong with the descriptor."""
        self._lost.update(dict.fromkeys(parts))

    def mark(self, findings: Iterable[Finding]) -> None:
        """Takes byte order marks of files."""
        self._marks.update(dict.fromkeys(findings))

    def findings(self) -> Iterator[Finding]:
        """The faults as findings, after the byte order marks."""
        yield from self._marks
        yield from findings_of(self._faults.values())

    @property
    def not_checked(self) -> tuple[NotChecked, ...]:
        """What is not checked because of them."""
        return tuple(self._lost)


def unusable(place: Place) -> str:
    """Why something is not checked: a place in the descriptor is at fault."""
    return f"{place} cannot be used"
