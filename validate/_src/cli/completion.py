"""Completions in shells: what click does not know by itself, without the engine."""

from pathlib import Path

import click
from click.shell_completion import CompletionItem, get_completion_class

from validate._src.package.folder import DESCRIPTOR, read_json
from validate._src.words.codes import CODES
from validate._src.words.errors import PackageError
from validate._src.words.printing import printable

SHELLS = ("bash", "zsh", "fish")


def script(shell: str, main: click.Command) -> str:
    """The script that has a shell complete the command `validate`."""
    completion = get_completion_class(shell)
    assert completion is not None
    return completion(main, {}, "validate", "_VALIDATE_COMPLETE").source()


def complete_code(
    ctx: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The codes that begin so, each with its title for shells that show it."""
    return [
        CompletionItem(code.name, help=code.title)
        for code in CODES.values()
        if code.name.startswith(incomplete)
    ]


def complete_resource(
    ctx: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The resources that begin so of the package that is named first, or of the working folder."""
    named = [*ctx.args, "."]  # where click leaves arguments before an option without a value
    return [
        CompletionItem(name)
        for name in _resource_names(Path(named[0]))
        if name.startswith(incomplete) and printable(name) == name
    ]


def _resource_names(package: Path) -> list[str]:
    """The names in a descriptor, none where it cannot be read; whether it is valid is no matter."""
    file = package / DESCRIPTOR if package.is_dir() else package
    try:
        resources = read_json(file, str(file)).get("resources")
    except PackageError:
        return []
    if not isinstance(resources, list):
        return []
    names = [one.get("name") for one in resources if isinstance(one, dict)]
    return [name for name in names if isinstance(name, str)]
