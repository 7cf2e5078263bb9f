"""The program: the command `validate`, and `python -m validate`."""

import atexit
import os
import sys

from validate.cli import main


def program() -> None:
    """Runs the command line and ends the process.

    The interpreter would free every object first, which takes a tenth of the time of a
    small run; all that has to be done at the end is done here.
    """
    try:
        main(prog_name="validate")
    except SystemExit as end:
        atexit._run_exitfuncs()  # pyright: ignore[reportPrivateUsage]
        sys.stdout.flush()
        sys.stderr.flush()
        if isinstance(end.code, int):
            os._exit(end.code)
        raise


if __name__ == "__main__":
    program()
