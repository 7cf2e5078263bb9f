"""SQL that packages bring along: how much of it there may be, and what it may look at.

Polars reads the files that a query names while it parses it, so the words of a query are
judged before Polars sees them. They are told apart from texts by the tokens of sqlglot,
which reads whatever Polars reads; a tree can be made of less.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, ClassVar, NamedTuple

import polars as pl

from validate._src.words.errors import PackageError

if TYPE_CHECKING:
    from sqlglot.tokens import Tokenizer

# Polars takes more than quadratic time for long expressions, and ends the process where
# they are nested too deeply for its stack.
LONGEST = 20_000
MOST_OPERATORS = 300
QUOTED = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"")
OPERATOR = re.compile(
    r"\b(?:and|or|not|case|when|like|between|union|intersect|except|join|select)\b"
    r"|[-+*/%|&^<>=!~]+|[(\[{]",
    re.IGNORECASE,
)
QUERY = re.compile(r"\s*(--[^\n]*\n\s*)*(SELECT|WITH)\b", re.IGNORECASE)
READER = re.compile(r"\b(?:read|scan)_\w+\b", re.IGNORECASE)
SELECT = re.compile(r"\bselect\b", re.IGNORECASE)
OTHER_ROWS = re.compile(
    r"\b(?:array_agg|avg|corr|count|covar\w*|first\w*|last\w*|listagg|max|median|min|over"
    r"|quantile\w*|row_number|stddev\w*|stdev\w*|string_agg|sum|unnest|var\w*)\b",
    re.IGNORECASE,
)
TEXTS = {"STRING", "BYTE_STRING", "HEREDOC_STRING", "NATIONAL_STRING"}


SAYS_NO_VALUE = (
    pl.exceptions.ColumnNotFoundError,
    pl.exceptions.DuplicateError,
    pl.exceptions.SQLInterfaceError,
    pl.exceptions.SQLSyntaxError,
    pl.exceptions.SchemaError,
)
"""Errors of Polars that speak of the SQL alone; others may name the values on which it fails."""


def reason_of(error: BaseException, *, withheld: bool) -> str:
    """Why SQL cannot be used, in one line.

    Args:
        error: what Polars says.
        withheld: whether values that the SQL looks at may not be written.
    """
    if withheld and not isinstance(error, SAYS_NO_VALUE):
        return f"fails on the values of a restricted field ({type(error).__name__})"
    return (str(error).splitlines() or [type(error).__name__])[0]


def check_size(text: str, place: str) -> None:
    """Checks that an expression or a query is not too large.

    Raises:
        PackageError: it is.
    """
    if len(text) > LONGEST:
        raise PackageError(f"{place}: more than {LONGEST:,} characters")
    if len(OPERATOR.findall(QUOTED.sub("", text))) > MOST_OPERATORS:
        raise PackageError(f"{place}: more than {MOST_OPERATORS} operators, parentheses and words")


def check_row_expression(text: str, place: str) -> None:
    """Checks that an expression looks at the cells of one row.

    Raises:
        PackageError: it is too large, reads tables or files, or looks at other rows.
    """
    check_size(text, place)
    for word in _words(text, place, SELECT, READER, OTHER_ROWS):
        if word.begins_query or (word.is_called and READER.fullmatch(word.text)):
            raise PackageError(
                f'{place}: "{word.text}": a row rule looks at one row and reads no tables or files'
            )
        if word.is_called and OTHER_ROWS.fullmatch(word.text):
            raise PackageError(f"{place}: the expression looks at other rows; that is a table rule")


def check_query(text: str, place: str) -> None:
    """Checks that a query is a SELECT that reads no files.

    Raises:
        PackageError: it is too large, is something else, or reads files.
    """
    check_size(text, place)
    if not QUERY.match(text):
        raise PackageError(f"{place}: a query is one SELECT")
    for word in _words(text, place, READER):
        if word.is_called and READER.fullmatch(word.text):
            raise PackageError(
                f'{place}: "{word.text}": a query reads no files, only the package\'s tables'
            )


class _Word(NamedTuple):
    """A word of SQL that stands in no text and no comment.

    Attributes:
        text: the word, or a quoted name without its quotes.
        is_called: whether a parenthesis follows, as after the name of a function.
        begins_query: whether it is the SELECT of a query in parentheses.
    """

    text: str
    is_called: bool
    begins_query: bool


def _words(text: str, place: str, *wanted: re.Pattern[str]) -> Iterator[_Word]:
    """The words of SQL that stand in no text and no comment; none if no wanted one is there.

    SQL in which no wanted word occurs is not taken apart: to import what does it takes
    longer than a small run.

    Raises:
        PackageError: it cannot be taken apart.
    """
    if not any(pattern.search(text) for pattern in wanted):
        return
    tokens = [("", ""), *_tokens(text, place), ("", "")]
    for (_, before), (kind, word), (_, after) in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if kind not in TEXTS:
            yield _Word(word, after == "(", kind == "SELECT" and before == "(")


def _tokens(text: str, place: str) -> list[tuple[str, str]]:
    from sqlglot.errors import TokenError

    try:
        return [(token.token_type.name, token.text) for token in _tokenizer().tokenize(text)]
    except TokenError:
        raise PackageError(f"{place}: not SQL: a quote or a comment is not closed") from None


@cache
def _tokenizer() -> "Tokenizer":
    """What takes SQL apart where Polars does: PostgreSQL's, with the quoted names of MySQL."""
    from sqlglot.dialects.postgres import Postgres

    class PolarsTokenizer(Postgres.Tokenizer):
        IDENTIFIERS: ClassVar[list[str | tuple[str, str]]] = ['"', "`"]
        COMMENTS_TERMINATE_AT_NEWLINE_ONLY = True

    # sqlglot would take Jinja's comments, {# … #}, for comments of SQL.
    PolarsTokenizer._COMMENTS = {"--": None, "/*": "*/"}  # pyright: ignore[reportPrivateUsage]
    return PolarsTokenizer(dialect="postgres")
