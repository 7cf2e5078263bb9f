"""The command line: arguments, output, exit code."""

import sys
from dataclasses import replace
from difflib import get_close_matches
from io import TextIOWrapper
from pathlib import Path
from shlex import join

import click

from validate._src.cli.completion import SHELLS, complete_code, complete_resource, script
from validate._src.cli.outputs import check_free, output_files, write_files
from validate._src.cli.startup import quick_start
from validate._src.cli.streams import (
    as_given,
    given_tables,
    in_colour,
    print_report,
    terminal_width,
)
from validate._src.package.folder import DESCRIPTOR
from validate._src.report.formats import FORMATS, renderer
from validate._src.words.codes import CODES, ERROR, SEVERITIES
from validate._src.words.errors import PackageError
from validate._src.words.printing import counted, printable
from validate._src.words.scratch import ScratchFolder

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


def examples(*lines: tuple[str, str]) -> str:
    """The end of a command's help: examples, each with what it does."""
    width = max(len(line) for line, _ in lines)
    shown = (f"  {line:{width}}  {what}" for line, what in lines)
    return "\n".join(["\b", "Examples:", *shown])


class CodeName(click.ParamType[str]):
    """The name of a code."""

    name = "code"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name as it is; of another name, those that are like it are said."""
        if value not in CODES:
            near = get_close_matches(value, CODES)
            hint = f"did you mean {' or '.join(near)}? " if near else ""
            self.fail(f"there is no code {value!r}; {hint}`validate explain` lists all", param, ctx)
        return value


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


@main.command(
    epilog=examples(
        ("validate run", "the package in this folder"),
        ("validate run a b/datapackage.json", "several packages"),
        ("validate run --sources DIR", "text anchors proved as well"),
        ("validate run --fast", "structure and types alone"),
        ("validate run --resource boats", "one table alone"),
        ("validate run --code foreign-key --limit 50", "more of one kind"),
        ("validate run --format jsonl > all.jsonl", "every finding"),
        ("validate run --output report.html", "a page beside the text"),
        ("validate run --output junit:tests.xml", "for a pipeline"),
        ("validate run --fail-on warning", "strictly"),
        ("validate run --allow-remote", "files on the web fetched"),
        ("validate run --color | less -R", "in colours through a pipe"),
        ("validate run boats.csv --schema boats.json", "a table by itself"),
        ("… | validate run - --schema boats.json", "a table from a pipe"),
    )
)
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
    shell_complete=complete_resource,
    help="Check only this resource; may be repeated. What is left out is said.",
)
@click.option(
    "--fast", is_flag=True, help="Check structure and types alone. What is left out is said."
)
@click.option(
    "--code",
    "codes",
    multiple=True,
    type=CodeName(),
    shell_complete=complete_code,
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
    packages = packages or (Path(),)
    targets = output_files(outputs)
    scratch = ScratchFolder()
    given = given_tables(packages, scratch, with_schema=schema is not None)
    with quick_start():
        from validate._src.engine.progress import progress_bar
        from validate._src.engine.run import validate
        from validate._src.report.formats.view import View
        from validate._src.report.report import Report, Unusable

        check_free(targets, packages, schema, sources)
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
            reports.append(as_given(report, package, scratch))
        view = View(
            limit, frozenset(codes), terminal_width(), colour=in_colour(color), errors_told=True
        )
        try:
            print_report(renderer(format_name)(reports, view), colour=view.colour)
        finally:  # even if nobody reads on what is printed
            write_files(targets, reports, replace(view, colour=False, errors_told=False))
    if any(isinstance(report, Unusable) for report in reports):
        ctx.exit(PackageError.exit_code)
    ctx.exit(int(any(isinstance(r, Report) and r.fails(fail_on) for r in reports)))


@main.command(
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


@main.command(
    epilog=examples(
        ("validate anchor sakata-2026 '5 percent' --sources DIR", "where it stands"),
        ("validate anchor T 'a pond' --package ponds --sources texts", "elsewhere"),
    )
)
@click.argument("source", metavar="SOURCE_ID")
@click.argument("text")
@package_option
@click.option("--sources", type=FOLDER, metavar="DIR", required=True, help="Folder of the texts.")
def anchor(source: str, text: str, package: Path, sources: Path) -> None:
    """Give the segment, offsets and digest of a passage, as CSV.

    TEXT is the passage, however it is spaced, as it stands in the source.
    """
    from validate._src.curation import anchor as anchoring
    from validate._src.package.descriptor import load_package
    from validate._src.tables.dataset import read_dataset

    dataset = read_dataset(load_package(package), sources)
    click.echo(anchoring.anchor(dataset, source, text), nl=False)


@main.command(epilog=examples(("validate tidy", "the package in this folder")))
@click.argument("package", type=FOLDER, default=Path())
def tidy(package: Path) -> None:
    """Rewrite the data files in canonical form; no value changes.

    Brings `bytes` and `hash` in the descriptor up to date as well.
    """
    from validate._src.curation import tidy as tidying
    from validate._src.package.descriptor import load_package

    changed = tidying.tidy(load_package(package))
    for file in changed:
        click.echo(f"rewrote {file}")
    click.echo("nothing was validated; `validate run` does that" if changed else "all was tidy")


@main.command(
    epilog=examples(
        ("validate coverage", "segments coded and excused"),
        ("validate coverage --sources DIR", "and what is not accounted for"),
    )
)
@click.argument("package", type=FOLDER, default=Path())
@sources_option
@click.pass_context
def coverage(ctx: click.Context, package: Path, sources: Path | None) -> None:
    """Say how completely each source is coded.

    With the texts at hand, every expression that coders must account for, and that
    lies in no span, is listed. Exits with 1 when a segment is neither coded nor
    excused, or when something is not accounted for.
    """
    from validate._src.curation.coverage import coverage as measure
    from validate._src.curation.coverage import render
    from validate._src.package.descriptor import load_package
    from validate._src.tables.dataset import read_dataset

    results = measure(read_dataset(load_package(package), sources))
    for line in render(results).splitlines():
        click.echo(printable(line))
    ctx.exit(0 if all(result.complete for result in results) else 1)


@main.command(epilog=examples(("validate codebook > fields.md", "of the package in this folder")))
@click.argument("package", type=FOLDER, default=Path())
def codebook(package: Path) -> None:
    """Print tables, fields and vocabularies as Markdown."""
    from validate._src.curation.codebook import render
    from validate._src.package.descriptor import load_package

    click.echo(render(load_package(package)), nl=False)


@main.command(
    epilog=examples(
        ("validate explain", "all codes"),
        ("validate explain foreign-key", "one of them"),
    )
)
@click.argument("code", required=False, type=CodeName(), shell_complete=complete_code)
def explain(code: str | None) -> None:
    """Say what a code of findings means; list all without CODE.

    With an example of the fault, and what to do about it.
    """
    from validate._src.report import explain as explaining

    lines = explaining.catalogue() if code is None else explaining.explain(CODES[code])
    for line in lines:
        click.echo(line)


@main.command(
    epilog=examples(
        ("validate init boats.csv harbours.csv", "a descriptor of two files"),
        ("validate init data/*.csv --output package.json", "under another name"),
    )
)
@click.argument("files", metavar="DATA...", type=FOLDER, nargs=-1, required=True)
@click.option(
    "--output",
    type=FOLDER,
    default=Path(DESCRIPTOR),
    metavar="FILE",
    help="Write the descriptor to this file; datapackage.json in the working folder by default.",
)
@click.pass_context
def init(ctx: click.Context, files: tuple[Path, ...], output: Path) -> None:
    """Write a first descriptor of data files, with inferred schemas.

    The DATA files lie in the folder of the descriptor or below it. Types are proved against
    every row. Exits with 1 when the files have faults that no schema can account for.
    """
    with quick_start():
        from validate._src.describe import inference
        from validate._src.engine.run import validate

        descriptor = inference.describe(files, output)
        inference.write(descriptor, output)
        click.echo(f"wrote {printable(str(output))}")
        for line in inference.summary(descriptor):
            click.echo(f"  {line}")
        findings = validate(output).findings
    given = [] if output == Path(DESCRIPTOR) else [str(output)]
    run_again = printable(join(["validate", "run", *given]))
    if len(findings):
        click.echo(f"{counted(len(findings), 'finding')}: `{run_again}` shows them")
        ctx.exit(1)
    click.echo(f"valid: go on with titles, descriptions and keys, and `{run_again}`")


@main.command(epilog=examples(('eval "$(validate completion bash)"', "in this shell, for now")))
@click.argument("shell", metavar="SHELL", type=click.Choice(SHELLS))
def completion(shell: str) -> None:
    """Print the script by which a shell completes what one types.

    Commands, options, codes and resources; SHELL is bash, zsh or fish. Install it for
    good by one line:

    \b
    bash: echo 'eval "$(validate completion bash)"' >> ~/.bashrc
    zsh:  echo 'eval "$(validate completion zsh)"' >> ~/.zshrc
    fish: validate completion fish > ~/.config/fish/completions/validate.fish
    """  # noqa: D301 - click takes the escape for the mark of a paragraph not to be wrapped
    click.echo(script(shell, main), nl=False)
