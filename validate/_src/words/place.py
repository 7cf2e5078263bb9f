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
YAML = (".yaml", ".yml")
"""The suffixes of files that are YAML; all others are JSON."""
_decoder = json.JSONDecoder(parse_int=str)  # of any length; what they are does not matter


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
        places: places in files that were read before; a place without a file has no line.
    """
    by_file: dict[Path, list[Place]] = {}
    for place in places:
        if place.file is not None:
            by_file.setdefault(place.file, []).append(place)
    return {place: line for file, here in by_file.items() for place, line in _lines(file, here)}


def _lines(file: Path, places: Iterable[Place]) -> Iterator[tuple[Place, int]]:
    """One walk through the file finds all places."""
    places = list(places)
    wanted: Tree = {}
    for place in places:
        tree = wanted
        for step in place.steps:
            tree = tree.setdefault(step, {})
    text = file.read_text("utf-8-sig")
    lines = (_lines_of_yaml if file.suffix.lower() in YAML else _lines_of_json)(text, wanted)
    for place in places:
        steps = place.steps
        while steps not in lines:
            steps = steps[:-1]
        yield place, lines[steps]


def _lines_of_yaml(text: str, wanted: Tree) -> Mapping[Steps, int]:
    if not wanted:  # the file as a whole, which need not be YAML
        return {(): 1}
    import yaml

    node: Any = yaml.compose(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    return dict(_nodes(node, node.start_mark.line + 1, wanted, ()))


def _nodes(node: Any, line: int, wanted: Tree, steps: Steps) -> Iterator[tuple[Steps, int]]:
    """Where the value of a node and those wanted within it begin: on the line of their key."""
    yield steps, line
    members: Iterable[tuple[str | int, int, Any]] = ()
    if node.id == "mapping":
        members = ((key.value, key.start_mark.line, value) for key, value in node.value)
    elif node.id == "sequence":
        members = ((n, each.start_mark.line, each) for n, each in enumerate(node.value))
    for step, at, value in members:
        if step in wanted:
            yield from _nodes(value, at + 1, wanted[step], (*steps, step))


def _lines_of_json(text: str, wanted: Tree) -> Mapping[Steps, int]:
    ends = [found.start() for found in re.finditer("\n", text)]
    starts = _starts(text, _after_space(text, 0), wanted, ())
    return {steps: bisect_right(ends, start) + 1 for steps, start in starts}


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
