"""Conditions that Python judges, value by value, and the values that it gives up."""

from collections.abc import Callable

import polars as pl

MOST_GIVEN_UP = 10_000
"""Values that take too long; with more, a table of them would take hours, so no other is asked."""
TOO_MANY = "too many values before took too long"


class GivenUpError(Exception):
    """A value cannot be judged; the text says why."""


class OneByOne:
    """A condition that is asked of each value by itself; null for those that are given up.

    Attributes:
        given_up: why values were given up, each once: to ask again would take as long.
    """

    def __init__(self, judge: Callable[[str], bool]) -> None:
        """Takes what judges a value, or raises `GivenUpError`."""
        self._judge = judge
        self.given_up: dict[str, str] = {}

    def __call__(self, value: pl.Expr, text: pl.Expr) -> pl.Expr:
        """Whether values meet the condition."""
        return value.map_elements(self._verdict, return_dtype=pl.Boolean)

    def _verdict(self, value: str) -> bool | None:
        if value in self.given_up:
            return None
        if len(self.given_up) >= MOST_GIVEN_UP:
            self.given_up[value] = TOO_MANY
            return None
        try:
            return self._judge(value)
        except GivenUpError as error:
            self.given_up[value] = str(error)
            return None
