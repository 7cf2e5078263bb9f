"""The program: the command `validate`, and `python -m validate`."""

import atexit
import os
import sys
from contextlib import suppress

import click

from validate._src.cli.main import main
from validate._src.words.errors import PackageError


def program() -> None:
    """Runs the command line and ends the process.

    The interpreter would free every object first, which takes a tenth of the time of a
    small run; all that has to be done at the end is done here.
    """
    if sys.stdout is None:
        _end(PackageError.exit_code)
    try:
        main(prog_name="validate")
    except SystemExit as end:
        _end(end.code)
        raise
    except OSError:
        if _fault_of_output("\n") is None:  # the buffer may have lost what was not written
            raise
        _end(PackageError.exit_code)


def _end(code: object) -> None:
    """Does what is left to do, and ends the process if there is an exit code."""
    atexit._run_exitfuncs()  # pyright: ignore[reportPrivateUsage]
    if (fault := _fault_of_output()) is not None:
        code = PackageError.exit_code
        with suppress(OSError):
            click.echo(f"validate: standard output cannot be written: {fault}", err=True)
    if sys.stderr is not None:
        with suppress(OSError):
            sys.stderr.flush()
    if isinstance(code, int):
        os._exit(code)


def _fault_of_output(more: str = "") -> str | None:
    """Why standard output does not take what is left, and more; a reader may well go away."""
    if sys.stdout is None:
        return "it is closed"
    try:
        sys.stdout.write(more)
        sys.stdout.flush()
    except BrokenPipeError:
        return None
    except OSError as error:
        return error.strerror
    return None


if __name__ == "__main__":
    program()
