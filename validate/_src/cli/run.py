"""`validate run`: checks packages and reports on them."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from validate._src.cli._completers import complete_resource
from validate._src.cli._engines import (
    check_by,
    check_engine,
    engine_option,
    master_option,
    started_engine,
)
from validate._src.cli._given import given_options
from validate._src.cli._options import (
    FILE,
    PACKAGE,
    Command,
    allow_remote_option,
    color_option,
    examples,
    sources_option,
)
from validate._src.cli._outputs import check_free, output_files
from validate._src.cli._part import check_alone, write_part_of
from validate._src.cli._reporting import (
    Shown,
    code_option,
    fail_on_option,
    format_option,
    limit_option,
    output_option,
    unfolded_option,
)
from validate._src.cli._split import check_split, write_split
from validate._src.cli._startup import quick_start
from validate._src.cli._streams import as_given, given_tables
from validate._src.package.addresses import Address
from validate._src.words.errors import PackageError
from validate._src.words.printing import printable
from validate._src.words.scratch import ScratchFolder

if TYPE_CHECKING:
    from validate._src.report.report import Report, Unusable


@click.command(
    cls=Command,
    epilog=examples(
        ("validate run", "the package in this folder"),
        ("validate run a b/datapackage.json", "several packages"),
        ("validate run --sources DIR", "and prove text anchors"),
        ("validate run --fast", "only structure and types"),
        ("validate run --resource boats", "only one table"),
        ("validate run --code foreign-key --limit 50", "more of one code"),
        ("validate run --format jsonl > all.jsonl", "every finding"),
        ("validate run --unfolded", "what was folded as well"),
        ("validate run --output report.html", "and a page as well"),
        ("validate run --output junit:tests.xml", "for a pipeline"),
        ("validate run --split parted", "and valid rows apart"),
        ("validate run --fail-on warning", "warnings count as well"),
        ("validate run --jobs 1", "in one process"),
        ("validate run --part 3/8 --output 3.result", "one of eight parts"),
        ("validate run --engine spark", "by Spark, in parts"),
        ("validate run --engine spark --master yarn", "on a cluster"),
        ("validate run --default-severity", "whatever the package lowers"),
        ("validate run --allow-remote", "and fetch files on the web"),
        ("validate run boats.zip", "a package in a zip file"),
        ("validate run --allow-remote s3://b/boats/", "one in an object store"),
        ("validate run --color | less -R", "in colours through a pipe"),
        ("validate run boats.csv", "a table, nothing declared"),
        ("validate run boats.csv --schema boats.json", "a table by itself"),
        ("validate run 'y=*/*.parquet' --schema t.json", "of many files"),
        ("validate run boats/ --schema boats.json", "all in a folder"),
        ("validate run 'boats-*.csv'", "many, nothing declared"),
        ("validate run boats_delta --schema boats.json", "of Delta or Iceberg"),
        ("… | validate run -", "a table from a pipe"),
        ("… | validate run - --schema boats.json", "and by its schema"),
        ("validate run t.csv --delimiter ';' --decimal ,", "how it is written"),
        ("validate run t.csv --group space --quote _", "and more of it"),
        ("validate run t.csv --encoding cp1252", "in another encoding"),
        ("validate run t.csv --header-row 3", "below a title"),
        ("validate run t.csv --no-header", "a table without labels"),
        ("validate run t.xlsx --sheet 2025", "one sheet of a workbook"),
        ("validate run t.sqlite --table boats", "one table of a database"),
        ("validate run t.json --property rows", "rows within JSON"),
        ("validate run --changed data/boats.csv", "the packages it is in"),
    ),
)
@click.argument("packages", metavar="[PACKAGE]...", type=PACKAGE, nargs=-1)
@sources_option
@click.option(
    "--schema",
    type=FILE,
    metavar="FILE",
    help="Table Schema; each PACKAGE is then one table: a file, a folder or a pattern of files.",
)
@given_options
@click.option(
    "--changed",
    is_flag=True,
    help="Each PACKAGE is a file that changed, of whatever kind: check the packages that name it.",
)
@click.option(
    "--resource",
    "resources",
    multiple=True,
    metavar="NAME",
    shell_complete=complete_resource,
    help="Check only this resource; may be repeated. The report names what is left out.",
)
@click.option(
    "--fast",
    is_flag=True,
    help="Check only structure and types. The report names what is left out.",
)
@code_option
@limit_option
@unfolded_option
@format_option
@output_option
@click.option(
    "--split",
    "folder",
    type=FILE,
    metavar="DIR",
    help="Also write the valid and the invalid rows of each table into this folder, with reasons; "
    "it must be absent or empty.",
)
@fail_on_option
@click.option(
    "--default-severity",
    is_flag=True,
    help="Judge each code as bad as it is by default, whatever the package says of it.",
)
@allow_remote_option
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Judge large tables by N processes at once; by default one for each core. The report is "
    "the same.",
)
@click.option(
    "--part",
    metavar="K/N",
    help="Judge only the K-th of N parts and write what it tells to the file of --output, for "
    "`validate merge`.",
)
@engine_option
@master_option
@color_option
@click.pass_context
def run(
    ctx: click.Context,
    packages: tuple[Path | Address, ...],
    sources: Path | None,
    schema: Path | None,
    given: dict[str, Any],
    changed: bool,
    resources: tuple[str, ...],
    fast: bool,
    codes: tuple[str, ...],
    limit: int | None,
    unfolded: bool,
    format_name: str,
    outputs: tuple[str, ...],
    folder: Path | None,
    fail_on: str,
    default_severity: bool,
    allow_remote: bool,
    jobs: int | None,
    part: str | None,
    engine: str,
    master: str | None,
    color: bool | None,
) -> None:
    """Check packages: their files, tables, keys, rules and anchors.

    PACKAGE is a descriptor, a folder or zip file with datapackage.json, or the
    URL of one; the working folder by default. A table by itself is checked for
    all that needs no declaration; how it is written is told by its content, or
    said by --delimiter to --property. A quoted pattern is one table of many files.
    A PACKAGE of - is CSV from a pipe.
    """
    if part is not None:
        check_alone(ctx)
        asked = {"schema": schema, "resources": resources, "given": given, "fast": fast}
        asked |= {"allow_remote": allow_remote, "default_severity": default_severity}
        write_part_of(part, packages, outputs, asked)
        return
    check_engine(engine, master, jobs, allow_remote=allow_remote)
    if changed:
        packages = _packages_of(packages, schema)
        if not packages:
            return
    packages = packages or (Path(),)
    targets = output_files(outputs)
    scratch = ScratchFolder()
    tables = given_tables(packages, scratch)
    # Of some tables rows are judged with --fast, too, and what judges them is imported then.
    with started_engine(engine, master) as session, quick_start(judges=not fast):
        check_split(folder, packages)
        check_free(targets, packages, schema, sources)
        check = partial(
            check_by(session, jobs, allow_remote=allow_remote),
            sources=sources,
            schema=schema,
            resources=resources,
            fast=fast,
            unfolded=unfolded,
            given=given,
            default_severity=default_severity,
        )
        reports = [as_given(_report(check, package), package, scratch) for package in tables]
        shown = Shown(codes, limit, format_name, targets, color)
        shown.tell(reports, partial(write_split, folder, reports))
    ctx.exit(_exit_code(reports, fail_on))


def _packages_of(given: tuple[Path | Address, ...], schema: Path | None) -> tuple[Path, ...]:
    """The packages that files belong to; that there are none is said."""
    files = [one for one in given if isinstance(one, Path)]
    if len(files) < len(given):
        raise click.UsageError("--changed needs the names of files, and one is an address")
    if schema is not None:
        raise click.UsageError("--changed looks for descriptors; --schema is for a table without")
    if not files:
        raise click.UsageError("--changed needs the names of files")
    with quick_start():
        from validate._src.package.belonging import packages_of

        packages = packages_of(files)
    if not packages:
        click.echo("validate: none of these files belongs to a package; nothing was checked")
    return tuple(packages)


def _report(check: "Callable[..., Report]", package: Path | Address) -> "Report | Unusable":
    """The report on a package; why it cannot be used is said at once."""
    from validate._src.engine.progress import progress_bar
    from validate._src.report.report import Unusable

    try:
        with progress_bar() as progress:
            given = package.url if isinstance(package, Address) else package
            return check(given, progress=progress)
    except PackageError as error:
        click.echo(f"validate: {printable(str(error))}", err=True)
        return Unusable(str(package), str(error))


def _exit_code(reports: "Sequence[Report | Unusable]", fail_on: str) -> int:
    """2 if a package cannot be used, 1 if the findings of another are severe enough, or 0."""
    return max(report.exit_code(fail_on) for report in reports)
