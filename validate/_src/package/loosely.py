"""Parts of a descriptor that nobody has judged yet: what stands in their place may be anything."""

from typing import Any


def objects(entries: Any) -> list[dict[str, Any]]:
    """The objects of an array; none if it is something else."""
    given: list[Any] = entries if isinstance(entries, list) else []
    return [entry for entry in given if isinstance(entry, dict)]


def texts(given: Any) -> list[str]:
    """A text, or those of an array."""
    entries: list[Any] = given if isinstance(given, list) else [given]
    return [entry for entry in entries if isinstance(entry, str)]
