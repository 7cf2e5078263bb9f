"""`validate show`: a row, what it is tied to, and its passages."""

from pathlib import Path

import click

from validate._src.cli._options import examples, package_option, sources_option
from validate._src.words.printing import printable


@click.command(
    epilog=examples(
        ("validate show fig-0005", "a row by its key"),
        ("validate show sakata-2026,12 --sources DIR", "with the passage"),
        ("validate show north --package ponds", "of another package"),
    )
)
@click.argument("key")
@package_option
@sources_option
def show(key: str, package: Path, sources: Path | None) -> None:
    """Show the row with KEY, and the rows it is tied to.

    It may be in any table; the parts of a composite key are joined by commas. What it
    refers to and what refers to it is shown beside it and, with the source texts at hand,
    the passages on which it rests.
    """
    from validate._src.curation.show import find_rows, render
    from validate._src.package.descriptor import load_package
    from validate._src.tables.dataset import read_dataset

    dataset = read_dataset(load_package(package), sources)
    for line in render(dataset, find_rows(dataset, key)).splitlines():
        click.echo(printable(line))
