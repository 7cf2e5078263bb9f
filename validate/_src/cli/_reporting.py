"""The options that say what of a report is shown and where it goes, and what they do."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from validate._src.cli._completers import complete_code
from validate._src.cli._options import CodeName
from validate._src.cli._outputs import write_files
from validate._src.cli._streams import in_colour, print_report, terminal_width
from validate._src.report.formats import FORMATS, renderer
from validate._src.words.codes import ERROR, SEVERITIES

if TYPE_CHECKING:
    from validate._src.report.report import Report, Unusable

code_option = click.option(
    "--code",
    "codes",
    multiple=True,
    type=CodeName(),
    shell_complete=complete_code,
    help="Show only findings of this code; may be repeated. All are counted.",
)
limit_option = click.option(
    "--limit",
    type=click.IntRange(min=0),
    metavar="N",
    help="Show N findings of a file and code, and for people the last if it is one more. All are "
    "counted.",
)
unfolded_option = click.option(
    "--unfolded",
    is_flag=True,
    help="List also the findings that follow from a file that is not as it is declared.",
)
format_option = click.option(
    "--format",
    "format_name",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help="Format of the report on standard output.",
)
output_option = click.option(
    "--output",
    "outputs",
    multiple=True,
    metavar="[FORMAT:]FILE",
    help="Also write the report to this file; may be repeated. Its suffix tells the format.",
)
fail_on_option = click.option(
    "--fail-on",
    type=click.Choice(SEVERITIES),
    default=ERROR,
    show_default=True,
    help="Exit with 1 if there are findings of this severity or a worse one.",
)


@dataclass(frozen=True)
class Shown:
    """What of reports is shown, and where they go.

    Attributes:
        codes: the codes whose findings are shown; none for all.
        limit: how many findings of a file and code are shown; None for as many as is usual.
        format_name: the format on standard output.
        targets: the files that reports are written to, each with its format.
        color: whether colours are wanted; None for what is usual.
    """

    codes: Sequence[str]
    limit: int | None
    format_name: str
    targets: Mapping[Path, str]
    color: bool | None

    def tell(
        self,
        reports: "Sequence[Report | Unusable]",
        besides: Callable[[], None] = lambda: None,
    ) -> None:
        """Prints and writes reports.

        Args:
            reports: the reports.
            besides: writes what goes with them, even if whoever reads standard output has gone.
        """
        from validate._src.report.formats.view import View

        colour = in_colour(self.color)
        view = View(
            self.limit, frozenset(self.codes), terminal_width(), colour=colour, errors_told=True
        )
        try:
            print_report(renderer(self.format_name)(reports, view), colour=view.colour)
        finally:  # even if whoever reads standard output has gone
            write_files(self.targets, reports, replace(view, colour=False, errors_told=False))
            besides()
