"""Arguments and options that several commands have, and the examples in their help."""

from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

import click

from validate._src.package.addresses import Address, path_or_address
from validate._src.words.codes import CODES, unknown_code
from validate._src.words.errors import PackageError
from validate._src.words.printing import printable
from validate._src.words.surrogates import NO_CHARACTERS, is_of_characters


class Command(click.Command):
    """A command whose arguments are texts, as far as they are no paths, which `FilePath` checks."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Reads the arguments; bytes that are no UTF-8 are refused, as no text has them."""
        rest = super().parse_args(ctx, args)
        for param in self.params:
            value = ctx.params.get(param.name or "")
            for text in value if isinstance(value, tuple) else (value,):
                if isinstance(text, str) and not is_of_characters(text):
                    raise click.BadParameter(f"{printable(text)}: {NO_CHARACTERS}", ctx, param)
        return rest


class FilePath(click.Path):
    """A file or a folder; whether it is there, the command itself finds out."""

    may_be_an_address = False
    """Whether it may be on the web."""

    def __init__(self) -> None:
        """Gives a `Path`."""
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path; an empty one, such as that of an unset variable, is no name for anything."""
        if value == "":
            self.fail("the path is empty", param, ctx)
        try:
            given = path_or_address(str(value))  # a default may be the working folder
        except PackageError as error:
            self.fail(printable(str(error)), param, ctx)
        if not isinstance(given, Address):
            return super().convert(given, param, ctx)
        if not self.may_be_an_address:
            message = f"{given}: an address on the web; download it, and give the path of the file"
            self.fail(message, param, ctx)
        return given


class PackagePath(FilePath):
    """A package, which may be on the web."""

    may_be_an_address = True


FILE = FilePath()
PACKAGE = PackagePath()

package_argument = click.argument("package", type=FILE, default=Path())
package_option = click.option(
    "--package",
    type=FILE,
    default=Path(),
    metavar="PACKAGE",
    help="Descriptor or folder of the package; the working folder by default.",
)
sources_option = click.option(
    "--sources",
    type=FILE,
    metavar="DIR",
    help="Folder of the source texts, SOURCE_ID.txt each, to prove text anchors against.",
)


allow_remote_option = click.option(
    "--allow-remote",
    is_flag=True,
    help="Fetch a package given by an address of the web or an object store (http, https, s3, gs, "
    "az), and files that a descriptor names by one.",
)
color_option = click.option(
    "--color/--no-color", default=None, help="Use colours or not; by default on terminals only."
)


def examples(*lines: tuple[str, str]) -> str:
    """The end of a command's help: examples, each with what it does."""
    width = max(_columns(line) for line, _ in lines)
    shown = (f"  {line}{' ' * (width - _columns(line))}  {what}" for line, what in lines)
    return "\n".join(["\b", "Examples:", *shown])


def _columns(line: str) -> int:
    """How many columns of a terminal a line takes; characters of Japanese take two."""
    return sum(2 if east_asian_width(character) in "FW" else 1 for character in line)


class CodeName(click.ParamType[str]):
    """The name of a code."""

    name = "code"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name itself; an unknown one is refused, and similar ones are suggested."""
        if value not in CODES:
            self.fail(unknown_code(value), param, ctx)
        return value
