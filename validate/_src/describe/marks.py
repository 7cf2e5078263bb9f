"""Numbers with marks in them: for decimals other than a point, and between groups of digits."""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from validate._src.package.declared import declared, property_name
from validate._src.words.schema import Options

NO_BREAK_SPACE, NARROW_SPACE, THIN_SPACE = "\u00a0", "\u202f", "\u2009"
MARKS = (
    Options(decimal_char=","),
    Options(group_char=","),
    Options(group_char=".", decimal_char=","),
    *(
        Options(group_char=group, decimal_char=decimal)
        for group in (" ", NO_BREAK_SPACE, NARROW_SPACE, THIN_SPACE, "'", "’")
        for decimal in (".", ",")
    ),
)
"""The marks that numbers are looked at for, besides none."""
ANY_MARKS = (Options(), *MARKS)
CLEAR = (NO_BREAK_SPACE, NARROW_SPACE, THIN_SPACE, "'", "’")
"""What stands between three digits and three others in nothing but numbers."""


def marks_of(texts: Collection[str]) -> dict[str, Any] | None:
    """The properties of a field for the marks in its numbers, if they can be read in one way only.

    Args:
        texts: texts of the field, none of which is a number without marks.
    """
    for marks in MARKS:
        if all(re.search(well_marked(marks), text) for text in texts) and any(
            re.search(telling(marks), text) for text in texts
        ):
            return properties_of(marks)
    return None


def marks_given(properties: Mapping[str, str]) -> tuple[Options, ...]:
    """The marks that numbers may have where the one or the other is given; none where neither is.

    Args:
        properties: `decimalChar` and `groupChar`, as far as they are given.
    """
    if not properties:
        return ()
    given = declared(Options, properties)
    return tuple(
        marks
        for marks in dict.fromkeys([*ANY_MARKS, given, replace(given, group_char=None)])
        if ("decimalChar" not in properties or marks.decimal_char == given.decimal_char)
        and marks.decimal_char != properties.get("groupChar")
        and ("groupChar" not in properties or marks.group_char in (None, given.group_char))
    )


def well_marked(marks: Options) -> str:
    """What a number with marks looks like."""
    return f"^{number_with(marks)}$"


def number_with(marks: Options) -> str:
    """What a number with marks looks like within a text."""
    group, decimal = _escaped(marks)
    whole = f"([1-9][0-9]{{0,2}}({group}[0-9]{{3}})+|[0-9]+)" if group else "[0-9]+"
    return f"[+-]?{whole}({decimal}[0-9]+)?"


def telling(marks: Options) -> str:
    """What a number looks like whose marks cannot mean anything else.

    A space between two groups of digits may part two numbers, or the halves of a code.
    """
    group, decimal = _escaped(marks)
    if marks.group_char in CLEAR:
        return f"[0-9]{group}[0-9]"
    if group:
        return f"[0-9]{group}[0-9]{{3}}({group}|{decimal})[0-9]"
    return rf"(^|[^0-9,])(0|[0-9]{{4,}}){decimal}|{decimal}([0-9]{{1,2}}|[0-9]{{4,}})([^0-9,]|$)"


def properties_of(marks: Options) -> dict[str, Any]:
    """The options that are not the default, as a descriptor has them."""
    return {
        property_name(name): value
        for name, value in vars(marks).items()
        if value != getattr(Options(), name)
    }


def _escaped(marks: Options) -> tuple[str, str]:
    """What stands between groups and before decimals, as patterns; the first may be empty."""
    return re.escape(marks.group_char or ""), re.escape(marks.decimal_char)
