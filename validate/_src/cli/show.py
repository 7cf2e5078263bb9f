"""`validate show`: a row, the rows it is tied to, and its passages."""

from pathlib import Path

import click

from validate._src.cli._options import examples, package_option, sources_option
from validate._src.cli._streams import terminal_width
from validate._src.words.printing import printable


@click.command(
    epilog=examples(
        ("validate show fig-0005", "a row by its key"),
        ("validate show sakata-2026,12 --sources DIR", "with the passage"),
        ("validate show north --package ponds", "in another package"),
    )
)
@click.argument("key")
@package_option
@sources_option
def show(key: str, package: Path, sources: Path | None) -> None:
    """Show the row with KEY, and the rows it is tied to.

    The row may be in any table; join the parts of a composite key by commas. The rows that
    it refers to, and those that refer to it, are shown with it; with the source texts, so
    are the passages on which it rests. A claim that is compared with a document is shown
    with the verdict and the passages of the document, beside its own in a wide terminal.
    """
    from validate._src.curation.show import find_rows, render
    from validate._src.package.descriptor import load_valid_package
    from validate._src.tables.dataset import read_dataset

    dataset = read_dataset(load_valid_package(package), sources)
    for line in render(dataset, find_rows(dataset, key), terminal_width()).splitlines():
        click.echo(printable(line))
