"""SQL that packages bring along: how much of it there may be.

Polars takes more than quadratic time for long expressions, and ends the process where they
are nested too deeply for its stack.
"""

import re

from validate._src.words.errors import PackageError

LONGEST = 20_000
MOST_OPERATORS = 300
QUOTED = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"")
OPERATOR = re.compile(
    r"\b(?:and|or|not|case|when|like|between|union|intersect|except|join|select)\b"
    r"|[-+*/%|&^<>=!~]+|[(\[{]",
    re.IGNORECASE,
)


def check_size(text: str, place: str) -> None:
    """Checks that an expression or a query is not too large.

    Raises:
        PackageError: it is.
    """
    if len(text) > LONGEST:
        raise PackageError(f"{place}: more than {LONGEST:,} characters")
    if len(OPERATOR.findall(QUOTED.sub("", text))) > MOST_OPERATORS:
        raise PackageError(f"{place}: more than {MOST_OPERATORS} operators, parentheses and words")
