"""`validate completion`: the script that makes a shell complete commands."""

import click
from click.shell_completion import get_completion_class

from validate._src.cli._options import Command, examples

SHELLS = ("bash", "zsh", "fish")


@click.command(
    cls=Command, epilog=examples(('eval "$(validate completion bash)"', "for this shell only"))
)
@click.argument("shell", metavar="SHELL", type=click.Choice(SHELLS))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the script that makes a shell complete what you type.

    SHELL is bash, zsh or fish. Commands, options, codes and resources are completed. To
    install it for good:

    \b
    bash: echo 'eval "$(validate completion bash)"' >> ~/.bashrc
    zsh:  echo 'eval "$(validate completion zsh)"' >> ~/.zshrc
    fish: validate completion fish > ~/.config/fish/completions/validate.fish
    """  # noqa: D301 - click takes the escape for the mark of a paragraph not to be wrapped
    completion_class = get_completion_class(shell)
    assert completion_class is not None
    program = ctx.find_root().command
    script = completion_class(program, {}, "validate", "_VALIDATE_COMPLETE").source()
    click.echo(script, nl=False)
