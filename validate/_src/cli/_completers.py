"""What shells complete values with, found without the engine."""

from pathlib import Path

import click
from click.shell_completion import CompletionItem

from validate._src.package.folder import descriptor_in
from validate._src.package.textfiles import read_json
from validate._src.words.codes import CODES
from validate._src.words.errors import PackageError
from validate._src.words.printing import printable


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
    """The resources that begin so, of the first package named or of the working folder."""
    named = [*ctx.args, "."]  # where click leaves arguments before an option without a value
    return [
        CompletionItem(name)
        for name in _resource_names(Path(named[0]))
        if name.startswith(incomplete) and printable(name) == name
    ]


def _resource_names(package: Path) -> list[str]:
    """The names of resources in a descriptor, valid or not; none if it cannot be read."""
    file = descriptor_in(package) if package.is_dir() else package
    try:
        resources = read_json(file, str(file)).get("resources")
    except PackageError:
        return []
    if not isinstance(resources, list):
        return []
    names = [one.get("name") for one in resources if isinstance(one, dict)]
    return [name for name in names if isinstance(name, str)]
