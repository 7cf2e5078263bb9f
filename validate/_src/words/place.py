"""Where something stands in a descriptor: a file, a JSON path in it, and a line."""

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

Steps = tuple[str | int, ...]
Tree = dict[str | int, Any]
PLAIN = re.compile(r"[\w$-]+")
SPACE = re.compile(r"[ \t\n\r]*")
WITHOUT_LINES = (".yaml", ".yml")
"""Files that are not JSON, whose places have no line here."""
_decoder = json.JSONDecoder()


@dataclass(frozen=True)
class Place:
    """A place in a descriptor, or in a schema or dialect that it refers to.

    Attributes:
        name: what messages call the file.
        file: the file; None for a descriptor that is not written.
        steps: the names of properties and numbers of entries that lead to the place.
    """

    name: str
    file: Path | None = None
    steps: Steps = ()

    def at(self, *steps: str | int) -> "Place":
        """A place within this one."""
        return replace(self, steps=(*self.steps, *steps))

    @property
    def json_path(self) -> str:
        """The steps as one text: `resources[0].schema`; empty for all of the file."""
        return "".join(map(_step, self.steps)).removeprefix(".")

    def __str__(self) -> str:
        """The file and the steps: `datapackage.json: resources[0].schema`."""
        return f"{self.name}: {self.json_path}" if self.steps else self.name


NOWHERE = Place("")
"""The place of what stands in no descriptor."""


def _step(step: str | int) -> str:
    if isinstance(step, int):
        return f"[{step}]"
    return f".{step}" if PLAIN.fullmatch(step) else f"[{json.dumps(step, ensure_ascii=False)}]"


def lines_of(places: Iterable[Place]) -> Mapping[Place, int]:
    """The lines on which places begin, from 1; of a property that is missing, its object's.

    Args:
        places: places in JSON files that were read before; others have no line.
    """
    by_file: dict[Path, list[Place]] = {}
    for place in places:
        if place.file is not None and place.file.suffix.lower() not in WITHOUT_LINES:
            by_file.setdefault(place.file, []).append(place)
    return {
        place: line
        for file, here in by_file.items()
        for place, line in _lines(file.read_text("utf-8-sig"), here)
    }


def _lines(text: str, places: Iterable[Place]) -> Iterator[tuple[Place, int]]:
    """One walk through the text finds all places."""
    places = list(places)
    wanted: Tree = {}
    for place in places:
        tree = wanted
        for step in place.steps:
            tree = tree.setdefault(step, {})
    starts = dict(_starts(text, _after_space(text, 0), wanted, ()))
    ends = [found.start() for found in re.finditer("\n", text)]
    for place in places:
        steps = place.steps
        while steps not in starts:
            steps = steps[:-1]
        yield place, bisect_right(ends, starts[steps]) + 1


def _starts(text: str, at: int, wanted: Tree, steps: Steps) -> Iterator[tuple[Steps, int]]:
    """Where the value at `at` and those wanted within it begin."""
    yield steps, at
    if wanted and text[at] in "{[":
        for step, start in _members(text, at):
            if step in wanted:
                yield from _starts(text, start, wanted[step], (*steps, step))


def _members(text: str, at: int) -> Iterator[tuple[str | int, int]]:
    """The names or numbers of what is in an object or array, and where each value begins."""
    is_object, number = text[at] == "{", 0
    at = _after_space(text, at + 1)
    while text[at] not in "}]":
        step: str | int = number
        if is_object:
            step, at = _decoder.raw_decode(text, at)
            at = _after_space(text, _after_space(text, at) + 1)  # the colon
        yield step, at
        _, at = _decoder.raw_decode(text, at)
        at = _after_space(text, at)
        if text[at] == ",":
            at = _after_space(text, at + 1)
        number += 1


def _after_space(text: str, at: int) -> int:
    found = SPACE.match(text, at)
    return at if found is None else found.end()
