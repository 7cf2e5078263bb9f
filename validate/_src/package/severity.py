"""How bad the findings of a code are, where a package says it (extension).

Source: docs/extensions.md, "Severity of codes".
"""

from collections.abc import Iterator, Mapping
from typing import Any

from validate._src.package.ledger import Ledger
from validate._src.package.problem import Problem
from validate._src.words.codes import CODES, ERROR, FIXED_CODES, WARNING, unknown_code
from validate._src.words.place import Place


def severity_problems(properties: Mapping[str, Any]) -> Iterator[Problem]:
    """The codes whose severity cannot be set: there is none, or its faults cannot be lowered.

    Args:
        properties: the descriptor of a package or a resource that the profiles have found valid.
    """
    for code, severity in properties.get("severity", {}).items():
        if code not in CODES:
            yield Problem(("severity", code), unknown_code(code))
        elif code in FIXED_CODES and _is_lowered(code, severity):
            message = (
                f"{code} cannot be lowered to a warning: it says that a descriptor, file or table "
                "is not what it is taken for"
            )
            yield Problem(("severity", code), message)


def note_lowered(
    properties: Mapping[str, Any], place: Place, ledger: Ledger, resource: str = ""
) -> None:
    """Has each code told whose findings are warnings and would be errors by default."""
    where = f"the resource {resource}" if resource else "this package"
    for code, severity in properties.get("severity", {}).items():
        if _is_lowered(code, severity):
            message = f"each {code} in {where} is a warning; by default it is an error"
            ledger.lowered(code, place.at("severity", code), message, resource)


def _is_lowered(code: str, severity: str) -> bool:
    return severity == WARNING and CODES[code].severity == ERROR
