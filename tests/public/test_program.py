"""The program and the process that it runs in."""

import subprocess
import sys

import pytest

PRINTS = "import atexit; atexit.register(print, 'handler')\n"
CALLS = "from validate import __main__\n__main__.program()\n"


def python(script, *arguments):
    command = [sys.executable, "-c", script, *arguments]
    return subprocess.run(command, capture_output=True, text=True)


@pytest.mark.parametrize(("arguments", "code"), [(["explain"], 0), (["sail"], 2)])
@pytest.mark.parametrize("start", ["from validate.__main__ import program\nprogram()\n", CALLS])
def test_exit_handlers_run_once_whoever_calls(start, arguments, code):
    answer = python(PRINTS + start, *arguments)
    assert answer.returncode == code
    assert answer.stdout.splitlines().count("handler") == 1


def test_a_host_goes_on_and_keeps_its_exit_handlers():
    goes_on = (
        "try:\n    __main__.program()\nexcept SystemExit as end:\n    print('code', end.code)\n"
    )
    answer = python(PRINTS + CALLS.replace("__main__.program()\n", goes_on), "explain", "unique")
    assert answer.returncode == 0
    assert answer.stdout.splitlines()[-2:] == ["code 2", "handler"]
