"""Regular expressions that Rust's cannot say, in bounded time.

Polars' own, which are Rust's, take linear time and are used wherever they can be.
"""

import re
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
MOST_REPEATED = 100_000
"""Times that counts within counts may repeat a part: each is compiled for itself, without limit."""
PARTS = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{\d*,?\d*\}|.", re.DOTALL)


class BoundedPattern:
    """A pattern that gives up on texts that make it explode.

    It has `ALLOWED` seconds in all, and `ALLOWED_EACH` more for each text.
    """

    def __init__(self, pattern: str) -> None:
        """Compiles the pattern.

        Args:
            pattern: a regular expression as Python has them.

        Raises:
            PatternError: it is no regular expression, or counts within counts repeat a part more
                than `MOST_REPEATED` times.
        """
        if _repeated(pattern) > MOST_REPEATED:
            raise PatternError(f"counts repeat a part more than {MOST_REPEATED:,} times")
        try:
            self._compiled = regex.compile(pattern)
        except RecursionError:
            raise PatternError("groups are nested too deeply") from None
        self._left = ALLOWED

    @property
    def is_verbose(self) -> bool:
        """Whether white space in it means nothing."""
        return bool(self._compiled.flags & regex.VERBOSE)

    def fullmatch(self, text: str) -> bool:
        """Whether the whole text matches.

        Raises:
            GivenUpError: the time is up.
        """
        return self._timed(self._compiled.fullmatch, text) is not None

    def search(self, text: str) -> bool:
        """Whether a part of the text matches.

        Raises:
            GivenUpError: the time is up.
        """
        return self._timed(self._compiled.search, text) is not None

    def found(self, text: str) -> str | None:
        """The characters of the first part of the text that matches; None if none does.

        Raises:
            GivenUpError: the time is up.
        """
        match = self._timed(self._compiled.search, text)
        return None if match is None else match[0]

    def places(self, text: str) -> list[tuple[int, int]]:
        """Start and end of each part of the text that matches, none overlapping.

        The list ends with the first match without a character, where there is one: such a
        pattern stands everywhere.

        Raises:
            GivenUpError: the time is up.
        """
        found: list[tuple[int, int]] = []
        end = 0
        while match := self._timed(self._compiled.search, text, end):
            found.append(match.span())
            end = match.end()
            if match.start() == end:
                break
        return found

    def _timed(
        self, match: Callable[..., "regex.Match[str] | None"], text: str, start_at: int = 0
    ) -> "regex.Match[str] | None":
        start = time.perf_counter()
        try:
            found = match(text, pos=start_at, timeout=max(self._left, ALLOWED_EACH))
        except TimeoutError:
            raise GivenUpError(TAKES_TOO_LONG) from None
        finally:
            self._left += ALLOWED_EACH - (time.perf_counter() - start)
        return found


def _repeated(pattern: str) -> int:
    """How many times counts within counts repeat a part of a pattern at most; 1 without any."""
    most, levels, last, is_group = 1, [1], 1, False
    for part in PARTS.findall(pattern):
        if part == "(":
            levels.append(1)
        elif part == ")" and len(levels) > 1:
            last = levels.pop()
        elif part.startswith("{") and (counts := re.findall(r"\d+", part)):
            last *= int(counts[-1])
            most = max(most, last if is_group else 1)
        else:
            last = 1
        levels[-1] = max(levels[-1], last)
        is_group = part == ")"
    return most
