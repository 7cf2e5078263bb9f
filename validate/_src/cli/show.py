"""`validate show`: a row, the rows it is tied to, and its passages; or rows with words."""

from pathlib import Path

import click

from validate._src.cli._completers import complete_resource
from validate._src.cli._options import (
    Command,
    color_option,
    examples,
    package_option,
    sources_option,
)
from validate._src.cli._streams import in_colour, terminal_width
from validate._src.words.printing import printable

LIMIT = 20
"""Rows of a table that are listed by default: some screens in all."""


@click.command(
    cls=Command,
    epilog=examples(
        ("validate show fig-0005", "a row by its key"),
        ("validate show sakata-2026,12 --sources DIR", "with the passage"),
        ("validate show north --package ponds", "in another package"),
        ("validate show Taiwan", "the rows with a word"),
        ("validate show 台湾 --resource positions", "those of one table"),
        ("validate show 'South Korea' OPCON", "with a phrase and a word"),
        ("validate show --text taiwan --limit 100", "though it be a key"),
        ("validate show --color 台湾 | less -R", "in colours through a pipe"),
    ),
)
@click.argument("words", nargs=-1, required=True)
@package_option
@sources_option
@click.option(
    "--resource",
    "resources",
    multiple=True,
    metavar="NAME",
    help="Look only in this table; may be repeated.",
    shell_complete=complete_resource,
)
@click.option("--text", is_flag=True, help="Look for WORDS in texts, though they be keys.")
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=LIMIT,
    metavar="N",
    show_default=True,
    help="List N of the rows of a table that have WORDS. All are counted.",
)
@color_option
def show(
    words: tuple[str, ...],
    package: Path,
    sources: Path | None,
    resources: tuple[str, ...],
    text: bool,
    limit: int,
    color: bool | None,
) -> None:
    """Show the row with a key, or list the rows with WORDS.

    The row may be in any table; join the parts of a composite key by commas. The rows that
    it refers to, and those that refer to it, are shown with it; with the source texts, so
    are the passages on which it rests. A claim that is compared with a document is shown
    with the verdict and the passages of the document, beside its own in a wide terminal.

    Words that are no key are looked for in the texts of all tables, in whatever language: a
    row is listed if it has all of them. Case and width do not matter, and any part of a text
    counts, so two characters of Japanese will do. A key need not be written out: com-1 is
    com-0001. Restricted fields and the source texts are not searched.

    Tables whose rows only tie others together, or say how they were coded, are counted;
    --resource lists their rows.
    """
    from validate._src.curation.hits import listed
    from validate._src.curation.search import find
    from validate._src.curation.show import render
    from validate._src.package.descriptor import load_valid_package
    from validate._src.site.mentions import speaking
    from validate._src.tables.dataset import read_dataset

    dataset = read_dataset(load_valid_package(package), sources)
    said = speaking(dataset)
    found = find(dataset, words, resources, texts=text, speaking=said)
    for note in found.notes:
        click.echo(f"validate: {printable(note)}", err=True)
    if found.rows:
        for line in render(dataset, found.rows, terminal_width(), said).splitlines():
            click.echo(printable(line))
    else:
        colour = in_colour(color)
        for line in listed(found, limit, colour=colour):
            click.echo(line, color=colour)
