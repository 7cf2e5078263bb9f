"""What a test needs beyond Python."""

import os
import shutil

import pytest


def needs(*programs: str) -> str:
    """The path of the first of some programs that is installed.

    Without any the test is skipped, but fails where the variable CI is "true": there
    everything is to be installed, and nothing to be skipped.
    """
    paths = map(shutil.which, programs)
    if found := next(filter(None, paths), None):
        return found
    reason = f"not installed: {' or '.join(programs)}"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
