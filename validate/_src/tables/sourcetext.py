"""Canonical text: what offsets and digests of text anchors refer to.

The canonicalisation `nfkc-nospace-1` is Unicode NFKC with every whitespace
character removed. It survives re-wrapping, re-spacing and full-width variants,
so a span of a text can be proved by its digest without publishing the text;
only a combining mark that a line break parts from its letter makes another text.
Offsets count code points of the canonical text, zero-based, end exclusive.
"""

import hashlib
import unicodedata
from bisect import bisect_right
from collections.abc import Set
from dataclasses import dataclass
from functools import cached_property

from validate._src.words.clusters import clusters

NEARBY = 400  # characters; each is tried by a digest, so that a span takes some milliseconds


def canonical(text: str) -> str:
    """`text` in canonical form `nfkc-nospace-1`."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def digest(canonical_text: str) -> str:
    """SHA-256 of the UTF-8 bytes of canonical characters, in lower-case hex."""
    return hashlib.sha256(canonical_text.encode()).hexdigest()


@dataclass(frozen=True)
class SourceText:
    """A source text as it was found, and its canonical form.

    Attributes:
        original: the text of the file, line breaks and spacing as found.
    """

    original: str

    @cached_property
    def canonical(self) -> str:
        """The canonical text that offsets count in."""
        return canonical(self.original)

    @cached_property
    def sha256(self) -> str:
        """The digest of the whole canonical text."""
        return digest(self.canonical)

    def digest(self, start: int, end: int) -> str | None:
        """The digest of a span, or None when the text ends before the span does."""
        if not 0 <= start < end <= len(self.canonical):
            return None
        return digest(self.canonical[start:end])

    def occurrences(self, passage: str) -> list[int]:
        """Every start offset of a canonical passage, overlapping ones included."""
        starts: list[int] = []
        start = self.canonical.find(passage)
        while start >= 0:
            starts.append(start)
            start = self.canonical.find(passage, start + 1)
        return starts

    def find_by_digest(self, length: int, wanted: Set[str]) -> dict[str, list[int]]:
        """Every start offset of the spans of `length` characters with a wanted digest."""
        found: dict[str, list[int]] = {}
        for start in range(len(self.canonical) - length + 1):
            sha256 = digest(self.canonical[start : start + length])
            if sha256 in wanted:
                found.setdefault(sha256, []).append(start)
        return found

    def other_ends(self, start: int, end: int, sha256: str) -> list[tuple[int, int]]:
        """Spans with that digest that share a start or an end with a span, and are not far longer.

        They tell a wrong offset from a passage that is gone.
        """
        longest = min(len(self.canonical), end + NEARBY)
        spans = [(start, other) for other in range(max(start, 0) + 1, longest + 1)]
        spans += [(other, end) for other in range(max(0, start - NEARBY), end)]
        return [span for span in spans if self.digest(*span) == sha256]

    def passage(self, start: int, end: int) -> str:
        """The original characters of a span, each run of line breaks made a space."""
        first, last = (bisect_right(self._cluster_ends, offset) for offset in (start, end - 1))
        original = "".join(self._clusters[first : last + 1])
        return " ".join(line.strip() for line in original.splitlines() if line.strip())

    @cached_property
    def superscripts(self) -> frozenset[int]:
        """Canonical offsets of characters that are superscript in the original: note marks."""
        return frozenset(
            end - 1
            for cluster, end in zip(self._clusters, self._cluster_ends, strict=True)
            if unicodedata.decomposition(cluster[0]).startswith("<super>")
        )

    @cached_property
    def _clusters(self) -> list[str]:
        return list(clusters(self.original))

    @cached_property
    def _cluster_ends(self) -> list[int]:
        """Where each cluster of the original ends in the canonical text."""
        end = 0
        return [end := end + len(canonical(cluster)) for cluster in self._clusters]
