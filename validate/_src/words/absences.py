"""What must not stand in the texts of a package, in frozen values (extension)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Absences:
    """A resource some of whose rows say what does not stand in a text (anchors extension).

    Attributes:
        source: field that holds the text.
        pattern: field that holds what must not occur in the canonical text, a regular
            expression; empty where nothing is said to be absent.
    """

    resource: str
    source: str
    pattern: str
