"""What is said of a file that is not written as it is declared."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from validate._src.words.codes import DIGEST_CODES, ERROR
from validate._src.words.finding import cut

SHOWN = 3  # labels that a message names; it is one sentence

EVERY_ROW = (pl.col("severity") == ERROR) & ~pl.col("code").is_in(list(DIGEST_CODES))
"""All faults of a file that is read as something else; its size and digest are its own."""


@dataclass(frozen=True, eq=False)
class Diagnosis:
    """One thing that is not as it is declared, and causes many findings.

    Attributes:
        rule: the property of the descriptor that says otherwise, such as `delimiter`.
        message: what the file is, and what to do, in one sentence.
        explains: which findings of the file follow from it, as an expression over the
            attributes of findings; no others may be left out.
        unchecked: what cannot be judged because of it, such as `rows`; empty if all is.
        whole: whether no row is what it is taken for, and nothing can refer to it.
        line: physical line that shows it, if one does.
        field: the field that it is about, if it is one.
        value: the text that shows it, if one does.
    """

    rule: str
    message: str
    explains: pl.Expr
    unchecked: str = ""
    whole: bool = False
    line: int | None = None
    field: str | None = None
    value: str | None = None

    @property
    def without_example(self) -> "Diagnosis":
        """The same without its example, which may be a value of a restricted field."""
        message = self.message.replace(f', such as "{self.value}"', "")
        return replace(self, message=message, value=None)


def of_every_row(
    rule: str, message: str, line: int | None = None, value: str | None = None
) -> Diagnosis:
    """The diagnosis of a file of which no row is what it is taken for."""
    return Diagnosis(rule, message, EVERY_ROW, unchecked="rows", whole=True, line=line, value=value)


def listed(names: Sequence[str]) -> str:
    """The first few of some labels or names, in quotes."""
    shown = ", ".join(f'"{cut(name)}"' for name in names[:SHOWN])
    return f"{shown}, …" if len(names) > SHOWN else shown
