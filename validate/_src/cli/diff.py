"""`validate diff`: what differs between two packages, and the version that it demands."""

from pathlib import Path
from typing import Any

import click

from validate._src.cli._options import (
    Command,
    PackagePath,
    allow_remote_option,
    color_option,
    examples,
)
from validate._src.cli._startup import quick_start
from validate._src.cli._streams import in_colour, print_report, terminal_width
from validate._src.compare.formats import FORMATS, renderer
from validate._src.compare.revision import GIT
from validate._src.package.addresses import Address
from validate._src.words.errors import PackageError


class PackageOrRevision(PackagePath):
    """A package, be it at a revision of the repository that holds the working folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path, the address, or the text that names a revision."""
        if isinstance(value, str) and value.startswith(GIT):
            return value
        return super().convert(value, param, ctx)


GIVEN = PackageOrRevision()


@click.command(
    cls=Command,
    epilog=examples(
        ("validate diff old new", "two folders"),
        ("validate diff git:v1.0.0 .", "since a tag"),
        ("validate diff git:HEAD .", "since the last commit"),
        ("validate diff old.zip new.zip --format json", "all that differs"),
        ("validate diff old new --format markdown", "for a changelog"),
        ("validate diff old new --limit 50", "more rows"),
        ("validate diff git:v1.0.0 . --require-version", "is the version right"),
        ("validate diff https://a.example/ . --allow-remote", "on the web"),
        ("validate diff old new --color | less -R", "in colours"),
    ),
)
@click.argument("old", type=GIVEN)
@click.argument("new", type=GIVEN)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="Format on standard output.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    metavar="N",
    help="Show N rows of a table and kind of change, and for people the last if it is one more. "
    "All are counted.",
)
@click.option(
    "--require-version",
    is_flag=True,
    help="Exit with 1 if NEW has a lower version than the changes demand, and only then.",
)
@allow_remote_option
@color_option
@click.pass_context
def diff(
    ctx: click.Context,
    old: str | Path | Address,
    new: str | Path | Address,
    format_name: str,
    limit: int | None,
    require_version: bool,
    allow_remote: bool,
    color: bool | None,
) -> None:
    """Say what differs between two packages, and which version that demands.

    OLD and NEW are each a descriptor, a folder or zip file with datapackage.json,
    the URL of one, or git:REVISION, the working folder at a revision of its
    repository. Rows are compared by the primary key, on values.

    Exit codes: 0 the same, 1 different, 2 unusable.
    """
    with quick_start(judges=False):
        from validate._src.compare.compare import compare
        from validate._src.compare.formats.shown import Shown

        found = compare(old, new, allow_remote=allow_remote)
        shown = Shown(limit, terminal_width(), colour=in_colour(color))
        print_report(renderer(format_name)(found, shown), colour=shown.colour)
        if not require_version:
            ctx.exit(int(not found.same))
        if found.demand.is_met is None:
            raise PackageError(
                f"--require-version: {found.old.given} or {found.new.given} has no version "
                "of three numbers, such as 1.0.0"
            )
    ctx.exit(int(not found.demand.is_met))
