"""Descriptors in YAML, read as the JSON that they stand for.

What a plain scalar is goes by JSON: `true`, `null` and numbers as JSON writes them; all else is
text, dates such as `2024-01-01` and words such as `no` and `off` among it.
"""

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from validate._src.fields._length import json_value
from validate._src.package.jsonobjects import Pairs, object_of
from validate._src.words.errors import PackageError
from validate._src.words.place import YAML

SUFFIXES = (".json", *YAML)
"""How the names of descriptors, schemas and dialects end."""
TAG = "tag:yaml.org,2002:"
NULL = re.compile(r"|~|null|Null|NULL")
BOOLEAN = re.compile(r"true|True|TRUE|false|False|FALSE")
NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
MOST_REPEATED = 100_000
"""Values that aliases may repeat: with more, a few lines of aliases of aliases fill the memory."""


def is_yaml(location: str) -> bool:
    """Whether a path or URL names a file in YAML."""
    return location.lower().endswith(YAML)


def yaml_value(text: str, location: str) -> Any:
    """The value that a text in YAML stands for, as JSON could have it.

    Args:
        text: the text.
        location: what messages call its file.

    Raises:
        PackageError: it is not YAML, or holds what JSON cannot: a key that is no text, a tag of
            another kind of value, an alias within what it stands for.

    Source: Data Package 2.0, Glossary, "Descriptor": MAY be serialized as YAML, within a project;
    YAML 1.2, "JSON Schema", and "Mapping", whose keys are unique.
    """
    import yaml

    try:
        node = yaml.compose(text, Loader=_loader())
        return None if node is None else _Reading(location).value(node)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f"{location}:{mark.line + 1}:{mark.column + 1}" if mark else location
        raise PackageError(f"{place}: not YAML: {error.problem}") from None
    except yaml.YAMLError as error:
        raise PackageError(f"{location}: not YAML: {error}") from None


@cache
def _loader() -> Any:
    """What reads YAML, in C where that is there, and takes scalars for what JSON takes them."""
    import yaml

    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loader: Any = type("Loader", (base,), {"yaml_implicit_resolvers": {}})
    for name, pattern, first in (
        ("null", NULL, ["", *"~nN"]),
        ("bool", BOOLEAN, [*"tTfF"]),
        ("float", NUMBER, [*"-0123456789"]),
    ):
        whole = re.compile(f"(?:{pattern.pattern})\\Z")
        loader.add_implicit_resolver(f"{TAG}{name}", whole, first)
    return loader


@dataclass
class _Reading:
    """Makes values of the nodes of a text.

    Attributes:
        location: what messages call the file.
        begun: the identities of the nodes whose values are being made.
        made: the identities of those that were.
        repeated: how many values were made once more, for an alias.
    """

    location: str
    begun: set[int] = field(default_factory=set[int])
    made: set[int] = field(default_factory=set[int])
    repeated: int = 0

    def value(self, node: Any) -> Any:
        """The value of a node."""
        if id(node) in self.begun:
            raise self._error(node, "an alias within what it stands for")
        self.repeated += id(node) in self.made
        if self.repeated > MOST_REPEATED:
            raise self._error(node, f"aliases repeat more than {MOST_REPEATED:,} values")
        self.begun.add(id(node))
        kinds = {"mapping": self._mapping, "sequence": self._sequence, "scalar": self._scalar}
        value = kinds[node.id](node)
        self.begun.remove(id(node))
        self.made.add(id(node))
        return value

    def _mapping(self, node: Any) -> dict[str, Any]:
        self._check_tag(node, "map")
        pairs: Pairs = []
        for key, value in node.value:
            if key.id != "scalar":
                raise self._error(key, "a key that is no text")
            if key.value == "<<" and not key.style:
                raise self._error(key, 'merge keys ("<<") are not read; write the properties out')
            pairs.append((key.value, self.value(value)))
        return object_of(pairs)

    def _sequence(self, node: Any) -> list[Any]:
        self._check_tag(node, "seq")
        return [self.value(one) for one in node.value]

    def _scalar(self, node: Any) -> Any:
        text, kind = node.value, node.tag.removeprefix(TAG)
        if kind == "str":
            return text
        if kind == "null" and NULL.fullmatch(text):
            return None
        if kind == "bool" and BOOLEAN.fullmatch(text):
            return text.lower() == "true"
        if kind in ("int", "float") and NUMBER.fullmatch(text):
            return json_value(text)
        raise self._error(node, f"the tag {node.tag} on {text!r} makes no value of JSON")

    def _check_tag(self, node: Any, name: str) -> None:
        if node.tag != f"{TAG}{name}":
            raise self._error(node, f"the tag {node.tag} makes no value of JSON")

    def _error(self, node: Any, message: str) -> PackageError:
        mark = node.start_mark
        return PackageError(f"{self.location}:{mark.line + 1}:{mark.column + 1}: {message}")
