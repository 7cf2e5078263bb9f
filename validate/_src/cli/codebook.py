"""`validate codebook`: tables, fields and vocabularies as Markdown."""

from pathlib import Path

import click

from validate._src.cli._options import Command, examples, package_argument


@click.command(
    cls=Command, epilog=examples(("validate codebook > fields.md", "of the package in this folder"))
)
@package_argument
def codebook(package: Path) -> None:
    """Print tables, fields and vocabularies as Markdown."""
    from validate._src.curation.codebook import render
    from validate._src.package.descriptor import load_valid_package

    click.echo(render(load_valid_package(package)), nl=False)
