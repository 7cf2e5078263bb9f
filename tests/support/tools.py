"""What a test needs beyond Python."""

import os
import shutil
from typing import NoReturn

import pytest

STANDARDS = "STANDARDS_PYTHON"


def needs(*programs: str) -> str:
    """The path of the first of some programs that is installed.

    Without any the test is skipped, but fails where the variable CI is "true": there
    everything is to be installed, and nothing to be skipped.
    """
    paths = map(shutil.which, programs)
    if found := next(filter(None, paths), None):
        return found
    return _missing(f"not installed: {' or '.join(programs)}")


def standards_python() -> str:
    """The Python of an environment that has the dependency group `standards`.

    Its libraries ask for older ones than ours, so it is another environment, which `.ci/run` makes.
    Without it the test is skipped or fails as above.
    """
    if found := os.environ.get(STANDARDS):
        return found
    return _missing(f"{STANDARDS} names no Python that has the dependency group standards")


def _missing(reason: str) -> NoReturn:
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def needs_spark() -> None:
    """Skips the test, or fails as above, where PySpark is not installed, or no Java for it."""
    from validate import PackageError
    from validate._src.engine.spark.session import check_installed

    try:
        check_installed()
    except PackageError as error:
        _missing(str(error))
