"""`validate tidy`: data files brought into canonical form."""

from pathlib import Path

import click

from validate._src.cli._options import Command, examples, package_argument


@click.command(cls=Command, epilog=examples(("validate tidy", "the package in this folder")))
@package_argument
def tidy(package: Path) -> None:
    """Rewrite the data files in canonical form; no value changes.

    Brings `bytes` and `hash` in the descriptor up to date as well.
    """
    from validate._src.curation import tidy as tidying
    from validate._src.package.descriptor import load_valid_package

    changed = tidying.tidy(load_valid_package(package))
    for file in changed:
        click.echo(f"rewrote {file}")
    click.echo("nothing was validated; `validate run` does that" if changed else "all was tidy")
