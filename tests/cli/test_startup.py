"""The program imports nothing that it does not need."""

import subprocess
import sys

import pytest
from support.command import process
from support.places import PACKAGES, ROOT

NEEDLESS = ("deltalake", "fsspec", "hypothesis", "numpy", "pandas", "pyarrow", "pyiceberg")


def test_run_takes_up_no_library_that_it_does_not_need(tmp_path):
    for name in NEEDLESS:
        (tmp_path / f"{name}.py").write_text("print('imported')")
    script = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "from validate._src.cli.main import main\n"
        "main(['run'], standalone_mode=False)\n"
        f"assert not {set(NEEDLESS)!r} & sys.modules.keys()\n"
        f"import {', '.join(NEEDLESS)}\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert answer.stdout.count("imported") == len(NEEDLESS)


@pytest.mark.parametrize("name", ["sheet-ods", "sheet-xls", "spss", "sqlite"])
def test_the_program_reads_what_other_libraries_read(name):
    """None of those that it hides from others is hidden from these."""
    answer = process("run", PACKAGES / name)
    assert answer.returncode == 1
    assert b"type-error" in answer.stdout
    assert b"not checked" not in answer.stdout
