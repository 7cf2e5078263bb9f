"""`validate explain`: what a code means."""

import click

from validate._src.cli._completers import complete_code
from validate._src.cli._options import CodeName, Command, examples
from validate._src.words.codes import CODES


@click.command(
    cls=Command,
    epilog=examples(
        ("validate explain", "all codes"),
        ("validate explain foreign-key", "one code"),
    ),
)
@click.argument("code", required=False, type=CodeName(), shell_complete=complete_code)
def explain(code: str | None) -> None:
    """Explain a code of findings; without CODE, list all codes.

    The explanation has an example of the fault, and says what to do about it.
    """
    from validate._src.report import explain as explaining

    lines = explaining.catalogue() if code is None else explaining.explain(CODES[code])
    for line in lines:
        click.echo(line)
