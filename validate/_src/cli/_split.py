"""The folder that the valid and the invalid rows of tables are written into."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from validate._src.cli._streams import terminal_width
from validate._src.words.printing import printable

if TYPE_CHECKING:
    from validate._src.report.report import Report, Unusable

TABLE = "  "
"""What a line begins with that is said of a table."""


def check_split(folder: Path | None, packages: Sequence[object]) -> None:
    """Checks that rows can be written into a folder, if they are asked for.

    Raises:
        UsageError: there are several packages, whose tables may have one name.
        PackageError: the folder is not empty, or cannot be written to.
    """
    if folder is None:
        return
    from validate._src.split.folder import check_folder

    if len(packages) > 1:
        raise click.UsageError("--split writes the tables of one package; give one at a time")
    check_folder(folder)


def write_split(folder: Path | None, reports: "Iterable[Report | Unusable]") -> None:
    """Writes the rows of the tables of a package, if they are asked for, and says into which files.

    Raises:
        PackageError: the folder is not empty any more, or cannot be written to.
    """
    if folder is None:
        return
    from validate._src.report.formats._wrapping import hanging
    from validate._src.report.report import Report
    from validate._src.split.split import split

    for report in reports:
        if isinstance(report, Report):
            for said in split(report, folder):
                first = TABLE if said.startswith(TABLE) else ""
                text = said.removeprefix(first)
                for line in hanging(text, terminal_width(), first, 2 * first):
                    click.echo(line, err=True)
        else:
            nothing = f"validate: --split {folder}: nothing was judged, and nothing written"
            click.echo(printable(nothing), err=True)
