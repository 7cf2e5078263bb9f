"""The looks of marks, which say of what kind the entries of views are."""

from collections.abc import Mapping
from typing import Any

from validate._src.words.model import TabularResource
from validate._src.words.schema import Field
from validate._src.words.verifications import Verifications

LOOKS = 6
"""How many there are in `assets/views.css` beside those of verdicts; beyond, they come again."""


def looks_of(
    meant: tuple[TabularResource, Field] | None, verifications: Verifications | None
) -> Mapping[Any, str]:
    """The look of each value of a vocabulary, the same wherever the value stands.

    Args:
        meant: the field that has the vocabulary, with its resource, if it is known.
        verifications: how claims are compared with documents, if the package says it.

    Returns:
        What the class `mark-…` ends with: of verdicts what they say of claim and document, of
        other values a number, by their place in the whole vocabulary.
    """
    if meant is None:
        return {}
    resource, field = meant
    values = [one.value for one in field.categories or ()]
    if verifications and (resource.name, field.name) == verifications.judged:
        return {value: verifications.kind_of(str(value)) for value in values}
    return {value: str(at % LOOKS + 1) for at, value in enumerate(values)}
