"""The command line as tests start it: in this process, or in one of its own."""

import subprocess
import sys

from click.testing import CliRunner

from validate._src.cli.main import main


def run(*arguments, **options):
    """The result of a command within this process; options are those of click's runner."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments], **options)


def process(*arguments, **options):
    """The result of a command in a process of its own; options are those of a subprocess."""
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
    command = [sys.executable, "-m", "validate", *map(str, arguments)]
    return subprocess.run(command, check=False, **options)
