"""What goes in and out beside packages: standard input, reports in files, the terminal."""

import os
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from validate.errors import PackageError
from validate.formats import FORMATS, renderer
from validate.scratch import ScratchFolder

if TYPE_CHECKING:
    from validate.formats.view import View
    from validate.report import Report, Unusable

STANDARD_INPUT = "-"
USUAL_WIDTH = 100


def output_files(outputs: Iterable[str]) -> Mapping[Path, str]:
    """The files that reports go to, each with its format: `FORMAT:FILE`, or by its suffix.

    Raises:
        PackageError: the format is not known, or a file is named twice.
    """
    files: dict[Path, str] = {}
    for output in outputs:
        name, _, rest = output.partition(":")
        suffix = Path(output).suffix
        by_suffix = {suffix: name for name, suffix in FORMATS.items()}
        if name in FORMATS and rest:
            file, format_name = Path(rest), name
        elif suffix in by_suffix:
            file, format_name = Path(output), by_suffix[suffix]
        else:
            known = ", ".join(filter(None, FORMATS.values()))
            raise PackageError(
                f"--output {output}: write FORMAT:FILE, or a file that ends in one of {known}"
            )
        if file in files:
            raise PackageError(f"--output {output}: the file is named twice")
        files[file] = format_name
    return files


def print_report(pieces: Iterable[str], *, colour: bool) -> None:
    """Prints a report; without colours it is not searched for escape sequences to take out."""
    for piece in pieces:
        if colour:
            click.echo(piece, nl=False, color=True)  # which consoles of Windows understand too
        else:
            sys.stdout.write(piece)


def write_files(
    files: Mapping[Path, str], reports: "Sequence[Report | Unusable]", view: "View"
) -> None:
    """Writes reports to files, each of which is there as a whole or as it was.

    Raises:
        PackageError: a file cannot be written, or belongs to a package that was validated.
    """
    for file, format_name in files.items():
        _check_free(file, reports)
        try:
            _write(file, renderer(format_name)(reports, view))
        except OSError as error:
            raise PackageError(f"--output {file}: cannot be written: {error.strerror}") from None


def _write(file: Path, content: Iterable[str]) -> None:
    beginning = file.with_name(f"{file.name}.part")
    try:
        with beginning.open("w", encoding="utf-8", newline="") as stream:
            stream.writelines(content)
        beginning.replace(file)
    finally:
        with suppress(OSError):
            beginning.unlink(missing_ok=True)


def _check_free(file: Path, reports: "Sequence[Report | Unusable]") -> None:
    from validate.report import Report

    for report in reports:
        if isinstance(report, Report) and file.resolve() in report.files():
            raise PackageError(f"--output {file}: the file belongs to the package {report.package}")


def given_tables(
    packages: Sequence[Path], scratch: ScratchFolder, *, with_schema: bool
) -> list[Path]:
    """What is to be validated; standard input becomes a file of a scratch folder.

    Raises:
        PackageError: standard input is given without a schema, or twice.
    """
    if packages.count(Path(STANDARD_INPUT)) and not with_schema:
        raise PackageError("standard input is a single table: --schema says what is in it")
    if packages.count(Path(STANDARD_INPUT)) > 1:
        raise PackageError("standard input can be read once only")
    return [
        _kept_input(scratch.path) if str(given) == STANDARD_INPUT else given for given in packages
    ]


def _kept_input(folder: Path) -> Path:
    file = folder / "stdin.csv"
    with file.open("wb") as stream:
        shutil.copyfileobj(sys.stdin.buffer, stream)
    return file


def terminal_width() -> int:
    """How many columns the terminal has, or `COLUMNS` says."""
    return shutil.get_terminal_size((USUAL_WIDTH, 24)).columns


def in_colour(wanted: bool | None) -> bool:
    """Whether to print in colours: what is wanted, or on a terminal that shows them.

    Source: https://no-color.org.
    """
    if wanted is not None:
        return wanted
    return (
        sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )
