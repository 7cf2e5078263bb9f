"""The program's arguments: its commands, and what they have in common."""

import sys
from io import TextIOWrapper

import click

from validate._src import DISTRIBUTION
from validate._src.cli.anchor import anchor
from validate._src.cli.codebook import codebook
from validate._src.cli.completion import completion
from validate._src.cli.coverage import coverage
from validate._src.cli.diff import diff
from validate._src.cli.explain import explain
from validate._src.cli.export import export
from validate._src.cli.init import init
from validate._src.cli.merge import merge
from validate._src.cli.release import release
from validate._src.cli.reliability import reliability
from validate._src.cli.run import run
from validate._src.cli.show import show
from validate._src.cli.site import site
from validate._src.cli.tidy import tidy
from validate._src.words.errors import PackageError
from validate._src.words.printing import printable

COMMANDS: tuple[click.Command, ...] = (
    run,
    merge,
    export,
    release,
    site,
    show,
    anchor,
    tidy,
    coverage,
    reliability,
    codebook,
    explain,
    diff,
    init,
    completion,
)
"""In the order in which the page on the command line shows them."""


INTERRUPTED = 130
"""The exit code after Ctrl-C: 128 and the number of the signal, as shells count."""
CLOSED_PIPE = 141
"""The exit code where whoever reads standard output has gone: the verdict may not be among what
was read, so it is neither 0 nor 1, but 128 and the number of the signal, as of other programs."""


class Commands(click.Group):
    """The commands; a package that cannot be used ends them with one line and exit code 2."""

    def invoke(self, ctx: click.Context) -> object:
        """Runs a command."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("validate: interrupted", err=True)
            ctx.exit(INTERRUPTED)
        except BrokenPipeError:
            ctx.exit(CLOSED_PIPE)
        except PackageError as error:
            click.echo(f"validate: {printable(str(error))}", err=True)
            ctx.exit(error.exit_code)
        except click.UsageError as error:  # which quotes arguments as they were given
            lines = error.format_message().split("\n")
            raise click.UsageError("\n".join(map(printable, lines)), error.ctx) from None


@click.group(
    cls=Commands,
    commands=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name=DISTRIBUTION, prog_name="validate")
def main() -> None:
    """Validate Frictionless Data Packages, and the text anchors of coded datasets.

    Exit codes: 0 valid, 1 errors found, 2 unusable package or arguments, 130 interrupted, 141
    standard output closed by its reader.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
