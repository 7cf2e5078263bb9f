"""Options that say what a table is that no descriptor describes."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

SPELT = {"tab": "\t", r"\t": "\t", "space": " "}
"""Characters that are hard to type, by what is typed for them."""


class Character(click.ParamType[str]):
    """One character, or a word for one."""

    name = "character"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The character; a longer text is refused."""
        character = SPELT.get(value, value)
        if len(character) != 1 or character in "\r\n":
            self.fail(f"{value!r} is not one character, nor tab or space", param, ctx)
        return character


class EncodingName(click.ParamType[str]):
    """The name of an encoding."""

    name = "encoding"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name itself; an unknown one is refused."""
        from validate._src.reading.encodings import python_name

        try:
            python_name(value)
        except LookupError:
            self.fail(f"no encoding {value!r} is known; try windows-1252 or utf-16", param, ctx)
        return value


CHARACTER = Character()
OPTIONS = (
    click.option("--delimiter", type=CHARACTER, metavar="CHAR", help="What parts cells, or `tab`."),
    click.option("--quote", type=CHARACTER, metavar="CHAR", help="What stands around cells."),
    click.option("--encoding", type=EncodingName(), metavar="NAME", help="The encoding of text."),
    click.option(
        "--decimal", type=CHARACTER, metavar="CHAR", help="What stands before the decimals."
    ),
    click.option(
        "--group", type=CHARACTER, metavar="CHAR", help="What stands between thousands, or `space`."
    ),
    click.option(
        "--header-row", type=click.IntRange(min=1), metavar="N", help="The row of the labels."
    ),
    click.option("--no-header", is_flag=True, help="There are no labels."),
    click.option(
        "--sheet",
        "sheets",
        multiple=True,
        metavar="NAME",
        help="A sheet of a workbook, by its name or number; may be repeated.",
    ),
    click.option(
        "--table",
        "tables",
        multiple=True,
        metavar="NAME",
        help="A table of a database, by its name; may be repeated.",
    ),
    click.option(
        "--property",
        "rows",
        metavar="NAME",
        help="Where the rows stand in JSON: a key, or several with dots between them.",
    ),
)
"""The options in the order of the help."""


def given_options(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command these options, as properties by the names that the standard has."""

    @wraps(command)
    def with_given(
        *arguments: Any,
        delimiter: str | None,
        quote: str | None,
        encoding: str | None,
        decimal: str | None,
        group: str | None,
        header_row: int | None,
        no_header: bool,
        sheets: tuple[str, ...],
        tables: tuple[str, ...],
        rows: str | None,
        **others: Any,
    ) -> None:
        if header_row is not None and no_header:
            raise click.UsageError("--header-row and --no-header contradict each other")
        given = {
            "delimiter": delimiter,
            "quoteChar": quote,
            "encoding": encoding,
            "decimalChar": decimal,
            "groupChar": group,
            "headerRows": [header_row] if header_row else None,
            "header": False if no_header else None,
            "sheetName": [*sheets] or None,
            "table": [*tables] or None,
            "property": rows,
        }
        known = {name: value for name, value in given.items() if value is not None}
        command(*arguments, given=known, **others)

    for option in reversed(OPTIONS):
        with_given = option(with_given)
    return with_given
