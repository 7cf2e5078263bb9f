"""`validate init`: a first descriptor for data files."""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from shlex import join
from typing import TYPE_CHECKING, Any

import click

from validate._src.cli._given import given_options
from validate._src.cli._options import FILE, Command, examples
from validate._src.cli._startup import quick_start
from validate._src.cli._streams import terminal_width
from validate._src.package.folder import DESCRIPTOR
from validate._src.words.printing import counted, printable

if TYPE_CHECKING:
    from validate._src.words.findings import Findings

STANDARD_OUTPUT = Path("-")
INDENT = "  "


@click.command(
    cls=Command,
    epilog=examples(
        ("validate init boats.csv harbours.csv", "a descriptor for two files"),
        ("validate init data/*.csv --output package.json", "under another name"),
        ("validate init boats.csv --strict", "with constraints"),
        ("validate init t.csv --delimiter ';' --decimal ,", "how it is written"),
        ("validate init t.csv --group space --quote _", "and more of it"),
        ("validate init t.csv --encoding cp1252", "in another encoding"),
        ("validate init t.csv --header-row 3", "below a title"),
        ("validate init t.csv --no-header", "a table without labels"),
        ("validate init t.xlsx --sheet 2025", "one sheet of a workbook"),
        ("validate init t.sqlite --table boats", "one table of a database"),
        ("validate init t.json --property rows", "rows within JSON"),
        ("validate init keepers.csv --restricted name", "values withheld"),
    ),
)
@click.argument("files", metavar="DATA...", type=FILE, nargs=-1, required=True)
@click.option(
    "--output",
    type=FILE,
    default=Path(DESCRIPTOR),
    metavar="FILE",
    help="Write the descriptor to this file, or to standard output if it is -; "
    "datapackage.json in the working folder by default.",
)
@click.option(
    "--strict",
    is_flag=True,
    help="Write constraints and keys that all rows hold to; by default they are suggested alone.",
)
@click.option(
    "--restricted",
    metavar="FIELD",
    multiple=True,
    help='Mark this field as "restricted" in every table that has it, and write none of its '
    "values; may be given several times.",
)
@given_options
@click.pass_context
def init(
    ctx: click.Context,
    files: tuple[Path, ...],
    output: Path,
    strict: bool,
    restricted: tuple[str, ...],
    given: dict[str, Any],
) -> None:
    """Write a first descriptor for data files, with inferred schemas.

    The DATA files must lie in the folder of the descriptor or below it. Types are checked
    on every row. Exits with 1 when the files have faults that no schema can account for;
    warnings are no such faults.
    """
    to_file = output != STANDARD_OUTPUT
    say = partial(click.echo, err=not to_file)
    with quick_start():
        place = output if to_file else None
        found, doubtful = _describe(
            files, place, say, strict=strict, restricted=restricted, given=given
        )
    named = [] if output in (Path(DESCRIPTOR), STANDARD_OUTPUT) else [str(output)]
    run_again = printable(join(["validate", "run", *named]))
    kept = _kept_from_types(doubtful)
    if found.errors:
        also = f"; {kept}" if kept else ""
        say(f"{counted(len(found), 'finding')}: `{run_again}` shows them{also}")
        ctx.exit(1)
    if found:
        also = f"; but {kept}" if kept else ""
        say(f"valid, with {counted(found.warnings, 'warning')}, which `{run_again}` shows{also}")
        return
    step = f", but {kept}" if kept else ": go on with titles, descriptions and keys"
    say(f"valid{step}, and `{run_again}`")


def _kept_from_types(doubtful: int) -> str:
    """What is to be done first where probable faults keep some columns from their types."""
    if not doubtful:
        return ""
    is_one = doubtful == 1
    columns, types = ("column is", "its type") if is_one else ("columns are", "their types")
    return (
        f"{doubtful:,} {columns} kept from {types} by probable faults (above): "
        f"correct the cells, then declare {types}"
    )


def _describe(
    files: Iterable[Path],
    output: Path | None,
    say: Callable[[str], None],
    *,
    strict: bool,
    restricted: tuple[str, ...],
    given: dict[str, Any],
) -> "tuple[Findings, int]":
    """Writes a descriptor, says what is in it, and checks its package.

    Args:
        files: the data files.
        output: where it is written; None for standard output, as if it stood in the working folder.
        say: prints a line.
        strict: whether suggestions are written as constraints.
        restricted: the fields whose values are written nowhere.
        given: what is said of the files, by the names of properties.

    Returns:
        What is found in the package, and how many columns probable faults keep from their types.
    """
    from validate._src.describe.draft import describe
    from validate._src.describe.output import as_json, check_free, summary, write
    from validate._src.engine.run import check
    from validate._src.package.descriptor import make_package

    if output is not None:
        check_free(output)
    place = output or Path(DESCRIPTOR)
    draft = describe([*files], place, strict=strict, restricted=restricted, given=given)
    if output is None:
        click.echo(as_json(draft.descriptor), nl=False)
    else:
        write(draft.descriptor, output)
        say(f"wrote {printable(str(output))}")
    _say_lines(say, [*summary(draft.descriptor, given), *draft.notes])
    if draft.suggestions:
        say("constraints written:" if strict else "suggestions, which --strict writes:")
    _say_lines(say, draft.suggestions)
    if draft.unwritten:
        say("also seen, and written by no option:")
    _say_lines(say, draft.unwritten)
    return check(make_package(draft.descriptor, place)).findings, draft.doubtful


def _say_lines(say: Callable[[str], None], lines: Iterable[str]) -> None:
    """Prints lines, each indented and as wide as the terminal."""
    from validate._src.report.formats._wrapping import hanging

    for text in lines:
        for line in hanging(printable(text), terminal_width(), INDENT, 2 * INDENT):
            say(line)
