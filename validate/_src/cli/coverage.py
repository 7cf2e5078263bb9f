"""`validate coverage`: how completely the sources are coded."""

from pathlib import Path

import click

from validate._src.cli._options import examples, package_argument, sources_option
from validate._src.words.printing import printable


@click.command(
    epilog=examples(
        ("validate coverage", "segments coded and excused"),
        ("validate coverage --sources DIR", "and what is not accounted for"),
    )
)
@package_argument
@sources_option
@click.pass_context
def coverage(ctx: click.Context, package: Path, sources: Path | None) -> None:
    """Say how completely each source is coded.

    With the source texts, every expression is listed that coders must account for and
    that lies in no span. Exits with 1 when a segment is neither coded nor excused, or
    when something is not accounted for.
    """
    from validate._src.curation import coverage as measuring
    from validate._src.package.descriptor import load_valid_package
    from validate._src.tables.dataset import read_dataset

    results = measuring.coverage(read_dataset(load_valid_package(package), sources))
    for line in measuring.render(results).splitlines():
        click.echo(printable(line))
    ctx.exit(0 if all(result.complete for result in results) else 1)
