"""Standard input and output, and the terminal."""

import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from validate._src.package.addresses import Address
from validate._src.words.errors import PackageError
from validate._src.words.scratch import ScratchFolder

if TYPE_CHECKING:
    from validate._src.report.report import Report, Unusable

STANDARD_INPUT = "-"
KEPT_INPUT = "stdin.csv"
USUAL_WIDTH = 100


def print_report(pieces: Iterable[str], *, colour: bool) -> None:
    """Prints a report; without colours it has no escape sequences that click would look for."""
    for piece in pieces:
        if colour:
            click.echo(piece, nl=False, color=True)  # which consoles of Windows understand too
        else:
            sys.stdout.write(piece)


def given_tables(
    packages: Sequence[Path | Address], scratch: ScratchFolder
) -> list[Path | Address]:
    """What is to be validated; standard input is kept as a file in a scratch folder.

    Raises:
        PackageError: standard input is given twice, or cannot be read.
    """
    if packages.count(Path(STANDARD_INPUT)) > 1:
        raise PackageError("standard input can be read once only")
    return [
        _kept_input(scratch.path) if str(given) == STANDARD_INPUT else given for given in packages
    ]


def _kept_input(folder: Path) -> Path:
    file = folder / KEPT_INPUT
    if sys.stdin is None:
        raise PackageError("standard input cannot be read: it is closed")
    try:
        with file.open("wb") as stream:
            shutil.copyfileobj(sys.stdin.buffer, stream)
    except OSError as error:
        raise PackageError(f"standard input cannot be read: {error.strerror}") from None
    return file


def as_given(
    report: "Report | Unusable", table: Path | Address, scratch: ScratchFolder
) -> "Report | Unusable":
    """The report; on standard input it names `stdin.csv`, not the file in the scratch folder."""
    kept = isinstance(table, Path) and table.parent == scratch.path
    return report.from_pipe(KEPT_INPUT) if kept else report


def terminal_width() -> int:
    """The width of the terminal in characters, or what `COLUMNS` says."""
    return shutil.get_terminal_size((USUAL_WIDTH, 24)).columns


def in_colour(wanted: bool | None) -> bool:
    """Whether to print in colours: as wanted, or by default on a terminal that shows them.

    Source: https://no-color.org.
    """
    if wanted is not None:
        return wanted
    return (
        sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )
