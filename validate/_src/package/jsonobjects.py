"""JSON objects from texts, with what their texts have that no JSON has."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from validate._src.fields._length import json_value
from validate._src.package.problem import Problem
from validate._src.words.place import Steps
from validate._src.words.surrogates import is_of_characters

Pairs = list[tuple[str, Any]]


class Repeated(dict[str, Any]):
    """An object in which keys stand more than once; of each it has the last value.

    Attributes:
        alike: for each such key, whether all its values are the same.
    """

    def __init__(self, pairs: Pairs) -> None:
        """Takes the keys and values as they are written."""
        super().__init__(pairs)
        values: defaultdict[str, list[Any]] = defaultdict(list)
        for key, value in pairs:
            values[key].append(value)
        self.alike = {key: _alike(given) for key, given in values.items() if len(given) > 1}


@dataclass(frozen=True)
class _NoNumber:
    """A word that some programs write for a number that JSON has not.

    Attributes:
        word: `NaN`, `Infinity` or `-Infinity`.
    """

    word: str


class ReadObject(dict[str, Any]):
    """A JSON object as it was read.

    Attributes:
        problems: what its text has that no JSON has.
    """

    problems: tuple[Problem, ...] = ()


def object_of(pairs: Pairs) -> dict[str, Any]:
    """An object of keys and values, which remembers the keys that stand more than once."""
    properties = dict(pairs)
    return properties if len(properties) == len(pairs) else Repeated(pairs)


def marked_value(text: str) -> Any:
    """The value that a JSON text stands for; what no JSON has, `read_object` makes problems of.

    Raises:
        ValueError: it is not JSON.
        RecursionError: it is nested too deeply.
    """
    return json_value(text, object_pairs_hook=object_of, parse_constant=_NoNumber)


def read_object(properties: dict[str, Any]) -> ReadObject:
    """An object as `marked_value` has it, with problems in place of marks.

    Source: RFC 8259, section 4: names should be unique, and what a reader does with others is
    unpredictable; section 6: infinity and NaN are not permitted.
    """
    problems = tuple(_problems(properties, ()))
    read = ReadObject(properties)
    read.problems = problems
    return read


def problems_of(properties: Mapping[str, Any]) -> tuple[Problem, ...]:
    """What the text of an object has that no JSON has; of one that was not read, nothing."""
    return properties.problems if isinstance(properties, ReadObject) else ()


def steps_to_broken(value: Any, steps: Steps = ()) -> Steps | None:
    """What leads to the first text or key that has what is no character; None if all are texts."""
    if isinstance(value, str):
        return None if is_of_characters(value) else steps
    for step, entry in _entries(value):
        if isinstance(step, str) and not is_of_characters(step):
            return (*steps, step)
        found = steps_to_broken(entry, (*steps, step))
        if found is not None:
            return found
    return None


def _problems(value: Any, steps: Steps) -> Iterator[Problem]:
    if isinstance(value, Repeated):
        for key, alike in value.alike.items():
            said = "" if alike else ", with different values, and which is meant cannot be told"
            yield Problem((*steps, key), f"stands more than once in its object{said}", alike)
    for step, entry in _entries(value):
        if isinstance(entry, _NoNumber):
            value[step] = float(entry.word)  # of a key that is there: the order stays
            yield Problem((*steps, step), f"{entry.word} is no number in JSON")
        else:
            yield from _problems(entry, (*steps, step))


def _entries(value: Any) -> Iterable[tuple[Any, Any]]:
    """What is in an object or array, by its keys or numbers."""
    if isinstance(value, dict):
        return cast("dict[Any, Any]", value).items()
    return enumerate(cast("list[Any]", value)) if isinstance(value, list) else ()


def _alike(values: Iterable[Any]) -> bool:
    """Whether values are the same in JSON, where 1 is neither `true` nor 1.0."""
    return len({json.dumps(value, sort_keys=True, default=repr) for value in values}) == 1
