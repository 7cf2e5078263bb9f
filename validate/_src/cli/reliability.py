"""`validate reliability`: how far independent coders agree."""

from importlib.util import find_spec
from pathlib import Path

import click

from validate._src.cli._options import Command, examples, package_argument
from validate._src.words.errors import PackageError
from validate._src.words.extras import pip_install
from validate._src.words.printing import printable


@click.command(
    cls=Command,
    epilog=examples(
        ("validate reliability", "and whether the results are as shipped"),
        ("validate reliability --write", "after codings have changed"),
    ),
)
@package_argument
@click.option("--write", is_flag=True, help="Write the table of results anew.")
@click.pass_context
def reliability(ctx: click.Context, package: Path, write: bool) -> None:
    """Say how far independent coders agree.

    Draws each sample again, checks that its coders have coded just that, and computes
    Krippendorff's alpha, of units and of each field. Exits with 1 when something is wrong
    with the codings, or when the package has other results than they give.
    """
    if find_spec("krippendorff") is None:
        raise PackageError(f"reliability needs krippendorff: {pip_install('krippendorff')}")
    from validate._src.curation.reliability.assessment import assessed, declared_by
    from validate._src.curation.reliability.rendering import lines_of
    from validate._src.curation.reliability.shipped import write_results
    from validate._src.package.descriptor import load_valid_package

    known = load_valid_package(package)
    if write and known.origin:
        raise PackageError(f"{known.location}: results are written in folders; unpack it")
    found = assessed(known, compare=not write)
    for line in lines_of(found):
        click.echo(printable(line))
    if write and not found.faults:
        results = declared_by(known)[0].results
        file = write_results(known.tables[results.resource], results, found.results)
        click.echo(f"written: {printable(str(file))}")
    ctx.exit(int(bool(found.faults or found.differences)))
