"""Regular expressions that Rust's cannot say, in bounded time.

Polars' own, which are Rust's, take linear time and are used wherever they can be.
"""

import time
from collections.abc import Callable

import regex

from validate._src.fields._onebyone import GivenUpError

PatternError = regex.error
TAKES_TOO_LONG = (
    "the pattern takes too long; write it without nested repetitions, look-around and back "
    "references"
)

ALLOWED = 10.0
"""Seconds that a pattern may take in all: one that explodes takes hours for a single text."""
ALLOWED_EACH = 0.0001
"""Seconds more for each text: a long table must not use up the time of a harmless pattern."""


class BoundedPattern:
    """A pattern that gives up on texts that make it explode.

    It has `ALLOWED` seconds in all, and `ALLOWED_EACH` more for each text.
    """

    def __init__(self, pattern: str) -> None:
        """Compiles the pattern.

        Args:
            pattern: a regular expression as Python has them.

        Raises:
            PatternError: it is no regular expression.
        """
        self._compiled = regex.compile(pattern)
        self._left = ALLOWED

    def fullmatch(self, text: str) -> bool:
        """Whether the whole text matches.

        Raises:
            GivenUpError: the time is up.
        """
        return self._timed(self._compiled.fullmatch, text)

    def search(self, text: str) -> bool:
        """Whether a part of the text matches.

        Raises:
            GivenUpError: the time is up.
        """
        return self._timed(self._compiled.search, text)

    def _timed(self, match: Callable[..., object], text: str) -> bool:
        start = time.perf_counter()
        try:
            found = match(text, timeout=max(self._left, ALLOWED_EACH)) is not None
        except TimeoutError:
            raise GivenUpError(TAKES_TOO_LONG) from None
        finally:
            self._left += ALLOWED_EACH - (time.perf_counter() - start)
        return found
