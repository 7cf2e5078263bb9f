"""What is wrong in a descriptor, a schema or a dialect, before it is known what that costs."""

from dataclasses import dataclass

from validate._src.words.place import Steps


@dataclass(frozen=True)
class Problem:
    """Something that a descriptor must not have.

    Attributes:
        steps: what leads to it; to the name of a property that is missing, too.
        message: what is wrong.
        is_clear: whether the value is of a type that can be used all the same.
    """

    steps: Steps
    message: str
    is_clear: bool = False
