"""What the files of all standards have in common: how they are written, and what they lack."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from validate._src.publish.standards.licences import Licence


def put_json(document: Any, stream: BinaryIO) -> None:
    """Writes a document as JSON: always the same bytes for the same values."""
    stream.write(json.dumps(document, ensure_ascii=False, indent=2).encode() + b"\n")


def filled(**properties: Any) -> dict[str, Any]:
    """The properties that have a value: none that is absent, or an empty text, list or object."""
    return {name: value for name, value in properties.items() if value not in (None, "", [], {})}


def lacking(document: Mapping[str, Any], required: Mapping[str, str]) -> Iterator[str]:
    """What a document must have by its standard and cannot, a sentence each.

    Args:
        document: the document, from which all is left out that the package does not say.
        required: properties, each with what the descriptor would have to say.
    """
    for name, source in required.items():
        if name not in document:
            yield f"{name} is left out, though it is required: the descriptor has no {source}"


def licence_links(licences: list[Licence]) -> Any:
    """Licences as addresses, or in words for want of one; of a single one no list."""
    links = [one.url or one.words for one in licences]
    return links[0] if len(links) == 1 else links
