"""`validate site`: a package as pages for the browser."""

from pathlib import Path

import click

from validate._src.cli._options import (
    FILE,
    PACKAGE,
    Command,
    allow_remote_option,
    examples,
    sources_option,
)
from validate._src.cli._startup import quick_start
from validate._src.package.addresses import Address
from validate._src.words.printing import printable


@click.command(
    cls=Command,
    epilog=examples(
        ("validate site --output out", "of the package in this folder"),
        ("validate site boats --output out", "of another"),
        ("validate site --output out --to xlsx", "with a workbook"),
        ("validate site --output out --sources DIR", "anchors proved"),
        ("validate site --allow-remote --output out URL", "on the web"),
    ),
)
@click.argument("package", type=PACKAGE, default=Path())
@click.option(
    "--output",
    type=FILE,
    required=True,
    metavar="DIR",
    help="Folder of the pages: absent, empty, or pages written before, which are replaced.",
)
@click.option(
    "--to",
    "formats",
    multiple=True,
    metavar="FORMAT",
    help="Offer the package for download in this format too, one of `validate export`; may be "
    "repeated.",
)
@sources_option
@allow_remote_option
def site(
    package: Path | Address,
    output: Path,
    formats: tuple[str, ...],
    sources: Path | None,
    allow_remote: bool,
) -> None:
    """Write a package as static pages, to look at in a browser.

    The pages need no server, load nothing from elsewhere, and can be read without
    JavaScript. The package is judged first; a page says what was found.
    """
    with quick_start():
        from validate._src.engine.progress import progress_bar
        from validate._src.site.site import build_site

        with progress_bar() as progress:
            said = build_site(
                package,
                output,
                sources=sources,
                to=formats,
                allow_remote=allow_remote,
                progress=progress,
            )
            for one in said:
                click.echo(printable(one))
