"""What checks say: what they found, what they checked, and what they could not."""

from dataclasses import dataclass

from validate._src.words.findingframe import FindingFrame

NOT_ASKED_FOR = "not selected"


@dataclass(frozen=True)
class Checked:
    """A kind of thing that was checked, and how many of them.

    Attributes:
        what: plural noun, such as `foreign keys`.
        count: how many.
    """

    what: str
    count: int


@dataclass(frozen=True)
class NotChecked:
    """Something that was not checked, and why.

    Attributes:
        what: a noun, such as `rows of boats`.
        why: the reason.
        codes: the codes of faults that may not have been found because of it.
        resource: the resource which has them; None where any may.
    """

    what: str
    why: str
    codes: frozenset[str] = frozenset()
    resource: str | None = None

    def hides(self, resource: str, code: str) -> bool:
        """Whether faults of a code in a resource may not have been found because of it."""
        return code in self.codes and self.resource in (None, resource)


@dataclass(frozen=True)
class Columns:
    """The order of a table's columns, in which its findings are told.

    Attributes:
        resource: the table's resource.
        names: what the columns are called: each by its field, or by its label.
    """

    resource: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Remark:
    """What is to be known of a run beside all that it found and checked.

    Attributes:
        text: a sentence.
    """

    text: str


Outcome = FindingFrame | Checked | NotChecked | Columns | Remark
