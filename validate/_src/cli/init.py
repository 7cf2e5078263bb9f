"""`validate init`: a first descriptor for data files."""

from collections.abc import Iterable
from pathlib import Path
from shlex import join

import click

from validate._src.cli._options import FILE, examples
from validate._src.cli._startup import quick_start
from validate._src.package.folder import DESCRIPTOR
from validate._src.words.printing import counted, printable


@click.command(
    epilog=examples(
        ("validate init boats.csv harbours.csv", "a descriptor for two files"),
        ("validate init data/*.csv --output package.json", "under another name"),
    )
)
@click.argument("files", metavar="DATA...", type=FILE, nargs=-1, required=True)
@click.option(
    "--output",
    type=FILE,
    default=Path(DESCRIPTOR),
    metavar="FILE",
    help="Write the descriptor to this file; datapackage.json in the working folder by default.",
)
@click.pass_context
def init(ctx: click.Context, files: tuple[Path, ...], output: Path) -> None:
    """Write a first descriptor for data files, with inferred schemas.

    The DATA files must lie in the folder of the descriptor or below it. Types are checked
    on every row. Exits with 1 when the files have faults that no schema can account for.
    """
    with quick_start():
        faults = _describe(files, output)
    given = [] if output == Path(DESCRIPTOR) else [str(output)]
    run_again = printable(join(["validate", "run", *given]))
    if faults:
        click.echo(f"{counted(faults, 'finding')}: `{run_again}` shows them")
        ctx.exit(1)
    click.echo(f"valid: go on with titles, descriptions and keys, and `{run_again}`")


def _describe(files: Iterable[Path], output: Path) -> int:
    """Writes a descriptor, prints what is in it, and counts the findings of its package."""
    from validate._src.describe.draft import describe
    from validate._src.describe.output import summary, write
    from validate._src.engine.run import validate

    draft = describe([*files], output)
    write(draft.descriptor, output)
    click.echo(f"wrote {printable(str(output))}")
    for line in summary(draft.descriptor):
        click.echo(f"  {line}")
    for note in draft.notes:
        click.echo(f"  {printable(note)}")
    return len(validate(output).findings)
