"""The command line: arguments, output, exit code."""

import sys
from dataclasses import replace
from io import TextIOWrapper
from pathlib import Path

import click

from validate.codes import CODES, ERROR, SEVERITIES
from validate.errors import PackageError
from validate.formats import FORMATS, renderer
from validate.printing import printable
from validate.scratch import ScratchFolder
from validate.startup import quick_start
from validate.streams import (
    given_tables,
    in_colour,
    output_files,
    terminal_width,
    write_files,
)

FOLDER = click.Path(path_type=Path)
sources_option = click.option(
    "--sources",
    type=FOLDER,
    metavar="DIR",
    help="Folder of the source texts, SOURCE_ID.txt each, to prove text anchors against.",
)
package_option = click.option(
    "--package",
    type=FOLDER,
    default=Path(),
    metavar="PACKAGE",
    help="Descriptor or folder of the package; the working folder by default.",
)


class Commands(click.Group):
    """The commands; a package that cannot be used ends them with one line and exit code 2."""

    def invoke(self, ctx: click.Context) -> object:
        """Runs a command."""
        try:
            return super().invoke(ctx)
        except PackageError as error:
            click.echo(f"validate: {printable(str(error))}", err=True)
            ctx.exit(error.exit_code)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="alliance-claims", prog_name="validate")
def main() -> None:
    """Validate Frictionless Data Packages, and the text anchors of coded datasets.

    Exit codes: 0 valid, 1 findings, 2 package or arguments cannot be used.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


@main.command()
@click.argument("packages", metavar="[PACKAGE]...", type=FOLDER, nargs=-1)
@sources_option
@click.option(
    "--schema",
    type=FOLDER,
    metavar="FILE",
    help="Table Schema; each PACKAGE is then the file of a single table, - standard input (CSV).",
)
@click.option(
    "--resource",
    "resources",
    multiple=True,
    metavar="NAME",
    help="Check only this resource; may be repeated. What is left out is said.",
)
@click.option(
    "--fast", is_flag=True, help="Check structure and types alone. What is left out is said."
)
@click.option(
    "--code",
    "codes",
    multiple=True,
    type=click.Choice(list(CODES)),
    metavar="CODE",
    help="Show only findings of this code; may be repeated. All are counted.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    metavar="N",
    help="Show at most N findings of a file and code. All are counted.",
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help="Form of the report on standard output.",
)
@click.option(
    "--output",
    "outputs",
    multiple=True,
    metavar="[FORMAT:]FILE",
    help="Write the report to this file as well; may be repeated. Its suffix tells the format.",
)
@click.option(
    "--fail-on",
    type=click.Choice(SEVERITIES),
    default=ERROR,
    show_default=True,
    help="From what severity of findings on to exit with 1.",
)
@click.option(
    "--allow-remote",
    is_flag=True,
    help="Fetch files that the descriptor names by an http or https address.",
)
@click.option("--color/--no-color", default=None, help="Colours or none; by default on terminals.")
@click.pass_context
def run(
    ctx: click.Context,
    packages: tuple[Path, ...],
    sources: Path | None,
    schema: Path | None,
    resources: tuple[str, ...],
    fast: bool,
    codes: tuple[str, ...],
    limit: int | None,
    format_name: str,
    outputs: tuple[str, ...],
    fail_on: str,
    allow_remote: bool,
    color: bool | None,
) -> None:
    """Check packages: their files, tables, keys, rules and anchors.

    PACKAGE is a descriptor or a folder that holds datapackage.json; the working
    folder by default.
    """
    targets = output_files(outputs)
    scratch = ScratchFolder()
    given = given_tables(packages or (Path(),), scratch, with_schema=schema is not None)
    with quick_start():
        from validate.engine import validate
        from validate.formats.view import View
        from validate.progress import progress_bar
        from validate.report import Report, Unusable

        reports: list[Report | Unusable] = []
        for package in given:
            try:
                with progress_bar() as progress:
                    report = validate(
                        package,
                        sources,
                        schema=schema,
                        resources=resources,
                        fast=fast,
                        allow_remote=allow_remote,
                        progress=progress,
                    )
            except PackageError as error:
                click.echo(f"validate: {printable(str(error))}", err=True)
                report = Unusable(str(package), str(error))
            reports.append(report)
        view = View(limit, frozenset(codes), terminal_width(), colour=in_colour(color))
        for text in renderer(format_name)(reports, view):
            click.echo(text, nl=False, color=view.colour)
        write_files(targets, reports, replace(view, colour=False))
    if any(isinstance(report, Unusable) for report in reports):
        ctx.exit(PackageError.exit_code)
    ctx.exit(int(any(isinstance(r, Report) and r.fails(fail_on) for r in reports)))


@main.command()
@click.argument("key")
@package_option
@sources_option
def show(key: str, package: Path, sources: Path | None) -> None:
    """Show the row with KEY in whatever table, what it refers to and what refers to it.

    The parts of a composite key are joined by commas. With the source texts at hand,
    the passages on which the row rests are printed too.
    """
    from validate.dataset import read_dataset
    from validate.descriptor import load_package
    from validate.show import find_rows, render

    dataset = read_dataset(load_package(package), sources)
    for line in render(dataset, find_rows(dataset, key)).splitlines():
        click.echo(printable(line))


@main.command()
@click.argument("source", metavar="SOURCE_ID")
@click.argument("text")
@package_option
@click.option("--sources", type=FOLDER, metavar="DIR", required=True, help="Folder of the texts.")
def anchor(source: str, text: str, package: Path, sources: Path) -> None:
    """Give the segment, offsets and digest of the passage TEXT of a source, as CSV."""
    from validate import anchoring
    from validate.dataset import read_dataset
    from validate.descriptor import load_package

    dataset = read_dataset(load_package(package), sources)
    click.echo(anchoring.anchor(dataset, source, text), nl=False)


@main.command()
@click.argument("package", type=FOLDER, default=Path())
def tidy(package: Path) -> None:
    """Rewrite the data files in canonical form; no value changes.

    Brings `bytes` and `hash` in the descriptor up to date as well.
    """
    from validate import tidy as tidying
    from validate.descriptor import load_package

    changed = tidying.tidy(load_package(package))
    for file in changed:
        click.echo(f"rewrote {file}")
    click.echo("nothing was validated; `validate run` does that" if changed else "all was tidy")


@main.command()
@click.argument("package", type=FOLDER, default=Path())
@sources_option
@click.pass_context
def coverage(ctx: click.Context, package: Path, sources: Path | None) -> None:
    """Say how completely each source is coded.

    With the texts at hand, every expression that coders must account for, and that
    lies in no span, is listed. Exits with 1 when a segment is neither coded nor
    excused, or when something is not accounted for.
    """
    from validate.coverage import coverage as measure
    from validate.coverage import render
    from validate.dataset import read_dataset
    from validate.descriptor import load_package

    results = measure(read_dataset(load_package(package), sources))
    for line in render(results).splitlines():
        click.echo(printable(line))
    ctx.exit(0 if all(result.complete for result in results) else 1)


@main.command()
@click.argument("package", type=FOLDER, default=Path())
def codebook(package: Path) -> None:
    """Print the tables, fields and vocabularies of a package as Markdown."""
    from validate.codebook import render
    from validate.descriptor import load_package

    click.echo(render(load_package(package)), nl=False)
