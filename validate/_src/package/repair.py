"""Descriptors without what is wrong in them: each fault costs the smallest part it stands in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from validate._src.words.place import Steps

Properties = dict[str, Any]
ANY = "*"


@dataclass(frozen=True)
class Part:
    """A part of a descriptor that is taken out where something within it is wrong.

    Attributes:
        pattern: the steps that lead to it, parted by dots; `*` stands for any.
        lost: what is not checked without it, or empty if people alone read it; `{path}` is
            where it stands, `{last}` the last step to it.
        codes: the codes of faults that may not be found without it.
        essential: whether what it belongs to, a schema or a resource, is of no use without it.
    """

    pattern: str
    lost: str = ""
    codes: frozenset[str] = frozenset()
    essential: bool = False

    def steps_to(self, steps: Steps) -> Steps | None:
        """The steps to this part, if something at `steps` stands in it."""
        names = self.pattern.split(".")
        within = steps[: len(names)]
        fits = len(within) == len(names) and all(
            name in (ANY, step) for name, step in zip(names, within, strict=True)
        )
        return within if fits else None


Taken = dict[Steps, Part]


def notes(names: Iterable[str], of: str = "") -> Iterator[Part]:
    """Properties that people alone read, as parts."""
    return (Part(of + name) for name in names)


def taken_out(
    descriptor: Properties, faulty: Iterable[Steps], parts: Iterable[Part]
) -> tuple[Properties, Taken]:
    """A descriptor without the parts in which something is wrong.

    Args:
        descriptor: the descriptor, which is left as it is.
        faulty: the places at fault.
        parts: the parts of such a descriptor; the first that a place stands in is taken out.

    Returns:
        The descriptor, in which null stands for an entry of an array that is taken out, so
        that the others keep their numbers; and the parts by the steps to them.
    """
    parts, taken = tuple(parts), Taken()
    for steps in faulty:
        found = ((within, part) for part in parts if (within := part.steps_to(steps)) is not None)
        if (first := next(found, None)) is not None:
            taken.setdefault(*first)
    for steps in taken:
        descriptor = _without(descriptor, steps)
    return descriptor, taken


def _without(value: Any, steps: Steps) -> Any:
    """A copy of a value, without what the steps lead to if there is such a thing."""
    first, *others = steps
    if isinstance(value, dict) and first in value:
        if others:
            return {**value, first: _without(value[first], tuple(others))}
        return {name: kept for name, kept in value.items() if name != first}
    if isinstance(value, list) and isinstance(first, int) and first < len(value):
        entries: list[Any] = [*value]
        entries[first] = _without(entries[first], tuple(others)) if others else None
        return entries
    return value
