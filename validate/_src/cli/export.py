"""`validate export`: a valid package in other formats."""

from pathlib import Path

import click

from validate._src.cli._options import PACKAGE, Command, allow_remote_option, examples
from validate._src.cli._startup import quick_start
from validate._src.package.addresses import Address
from validate._src.words.printing import printable


@click.command(
    cls=Command,
    epilog=examples(
        ("validate export --to xlsx", "one workbook, in this folder"),
        ("validate export --to sqlite:a.sqlite boats", "a database, under this name"),
        ("validate export --to parquet --to csv", "a folder each, a file a table"),
        ("validate export --to duckdb", "a database with comments"),
        ("validate export --to zip", "the package as it is"),
        ("validate export --to citation", "CITATION.cff, in this folder"),
        ("validate export --to metadata", "a folder, a file a standard"),
        ("validate export --allow-remote --to zip URL", "and fetch files on the web"),
    ),
)
@click.argument("package", type=PACKAGE, default=Path())
@click.option(
    "--to",
    "targets",
    multiple=True,
    required=True,
    metavar="FORMAT[:PATH]",
    help="What to write: parquet, sqlite, duckdb, xlsx, csv or zip; or metadata: croissant, "
    "schema-org, ro-crate, dcat, datacite, citation, zenodo or csvw, all of them by metadata; may "
    "be repeated. Without a path it has the name of the package or that of the standard, in this "
    "folder.",
)
@allow_remote_option
@click.pass_context
def export(
    ctx: click.Context, package: Path | Address, targets: tuple[str, ...], allow_remote: bool
) -> None:
    """Write a valid package, or its metadata, in other formats.

    The package is judged first: if it has errors, nothing is written, and the
    exit code is 1. Files are replaced whole; a folder must be absent or empty.
    """
    with quick_start():
        from validate._src.engine.progress import progress_bar
        from validate._src.engine.run import InvalidPackageError
        from validate._src.publish.export import export as exported

        try:
            with progress_bar() as progress:
                said = exported(package, targets, allow_remote=allow_remote, progress=progress)
                for one in said:
                    click.echo(printable(one))
        except InvalidPackageError as error:
            click.echo(f"validate: {printable(str(error))}; nothing was written", err=True)
            ctx.exit(1)
