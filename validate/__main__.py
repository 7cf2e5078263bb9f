"""The program: the command `validate`, and `python -m validate`."""

import atexit
import os
import sys
from contextlib import suppress
from errno import EBADF
from typing import NoReturn

import click

from validate._src.cli.main import CLOSED_PIPE, INTERRUPTED, main
from validate._src.words.errors import PackageError


def program() -> NoReturn:
    """Runs the command line, and exits.

    The exit code is also 2 when standard output cannot be written; see `CLOSED_PIPE` for when
    nobody reads it any more.
    """
    if sys.stdout is None:
        _exit(PackageError.exit_code)
    try:
        main(prog_name="validate")
    except SystemExit as end:
        _exit(end.code)
    except KeyboardInterrupt:
        _exit(INTERRUPTED)
    except OSError:
        if _fault_of_output("\n") is None:  # the buffer may have lost what was not written
            raise
        _exit(PackageError.exit_code)
    _exit(0)


def _exit(code: str | int | None) -> NoReturn:
    """Exits when everything is written; at once, if the process is ours.

    Otherwise the interpreter would free each object first, which takes 4 % of a run on 1,000
    rows (benchmarks/tricks.py). A host that calls us keeps its exit handlers, and may go on.
    """
    ours = _is_the_program()
    if ours:
        atexit._run_exitfuncs()  # pyright: ignore[reportPrivateUsage]
    fault = _fault_of_output()
    if isinstance(fault, BrokenPipeError):
        code = CLOSED_PIPE
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # or Python would complain at its end
    elif fault is not None:
        code = PackageError.exit_code
        with suppress(OSError):
            click.echo(f"validate: standard output cannot be written: {fault.strerror}", err=True)
    if sys.stderr is not None:
        with suppress(OSError):
            sys.stderr.flush()
    if ours and isinstance(code, int):
        os._exit(code)
    sys.exit(code)


def _is_the_program() -> bool:
    """Whether this process was started to run the program, as the command's script does."""
    return getattr(sys.modules.get("__main__"), "program", None) is program


def _fault_of_output(more: str = "") -> OSError | None:
    """Why standard output cannot take what is left, and `more`."""
    if sys.stdout is None:
        return OSError(EBADF, "it is closed")
    try:
        sys.stdout.write(more)
        sys.stdout.flush()
    except OSError as error:
        return error
    return None


if __name__ == "__main__":
    program()
