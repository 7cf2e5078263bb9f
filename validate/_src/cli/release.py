"""`validate release`: what a release is made of agrees, and its files are written."""

from pathlib import Path

import click

from validate._src.cli._options import FILE, Command, examples, sources_option
from validate._src.cli._startup import quick_start
from validate._src.words.printing import printable


@click.command(
    cls=Command,
    epilog=examples(
        ("validate release", "this folder, into dist"),
        ("validate release boats --output out", "another folder, into out"),
        ("validate release --notes known.md", "with what to know before use"),
        ("validate release --changelog NEWS.md", "another changelog"),
        ("validate release --without duckdb", "in all other formats"),
        ("validate release --sources DIR", "and prove text anchors"),
        ('validate release --add a.whl "for pip"', "and a file that was built"),
    ),
)
@click.argument("package", type=FILE, default=Path())
@click.option(
    "--output",
    type=FILE,
    metavar="DIR",
    default=Path("dist"),
    help="The folder to write, which must be absent or empty; dist by default.",
)
@click.option(
    "--changelog",
    type=FILE,
    metavar="FILE",
    help="The changelog; CHANGELOG.md beside the descriptor by default.",
)
@click.option(
    "--notes",
    type=FILE,
    metavar="FILE",
    help="What to know before use, in Markdown, for the page of the release.",
)
@click.option(
    "--add",
    "added",
    type=(FILE, str),
    multiple=True,
    metavar="FILE PURPOSE",
    help="Add a file that was built beside, and say what it is for; may be repeated.",
)
@click.option(
    "--without",
    multiple=True,
    metavar="FORMAT",
    help="Leave out a format of `validate export`; may be repeated.",
)
@sources_option
@click.pass_context
def release(
    ctx: click.Context,
    package: Path,
    output: Path,
    changelog: Path | None,
    notes: Path | None,
    added: tuple[tuple[Path, str], ...],
    without: tuple[str, ...],
    sources: Path | None,
) -> None:
    """Check what a release is made of, and write all files to download.

    The tree is as it was committed, the changelog begins with the version of the
    descriptor, the version is what the changes since the last release demand, and
    the package is valid: else nothing is written, and the exit code is 1. The
    files are all exports, what changed, a page in Markdown, and their digests.
    """
    with quick_start():
        from validate._src.engine.progress import progress_bar
        from validate._src.release.release import Wanted, release_of

        wanted = Wanted(output, changelog, notes, added, without, sources)
        with progress_bar() as progress:
            made = release_of(package, wanted, progress)
        for one in made.checks:
            said = printable(f"{one.what}: {one.said}")
            click.echo(said if one.holds else f"validate: {said}", err=not one.holds)
        if not made.holds:
            click.echo("validate: nothing was written", err=True)
            ctx.exit(1)
        for line in made.write():
            click.echo(printable(f"wrote {line}"))
