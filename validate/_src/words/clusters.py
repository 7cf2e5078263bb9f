"""The pieces of a text that NFKC changes independently of each other."""

import unicodedata
from collections.abc import Iterator


def clusters(text: str) -> Iterator[str]:
    """The shortest pieces of `text` that normalise independently of their neighbours."""
    cluster = ""
    for character in text:
        if cluster and _composes(cluster, character):
            cluster += character
            continue
        if cluster:
            yield cluster
        cluster = character
    if cluster:
        yield cluster


def _composes(cluster: str, character: str) -> bool:
    """Whether `character` changes under NFKC when it follows `cluster`."""
    if character.isascii():
        return False
    apart = unicodedata.normalize("NFKC", cluster) + unicodedata.normalize("NFKC", character)
    return unicodedata.normalize("NFKC", cluster + character) != apart
