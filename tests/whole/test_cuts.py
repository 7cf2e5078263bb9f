"""Findings are the same, however the files are cut into blocks."""

import pytest
from support.golden import expected
from whole.test_packages import FOLDER, PACKAGES

from validate import PackageError, validate
from validate._src.reading import _textfile, blocks

EVEN_TINY = 0
"""Bytes: files of more are read block by block."""


def found_in(name):
    """Every finding in a package, in order."""
    folder, sources = FOLDER / name, expected(name).get("sources")
    try:
        report = validate(folder, sources and folder / sources)
    except PackageError as error:
        return str(error)
    return [*map(str, report.findings)]


@pytest.mark.parametrize("size", [100, 333])
def test_where_files_are_cut_changes_no_finding(size, monkeypatch):
    """Smaller blocks hold too little of a file to tell what it is, where it is not as declared."""
    whole = {name: found_in(name) for name in PACKAGES}
    monkeypatch.setattr(_textfile, "TINY", EVEN_TINY)
    monkeypatch.setattr(blocks, "BLOCK", size)
    monkeypatch.setattr(blocks, "TAIL", size)
    assert [name for name in PACKAGES if found_in(name) != whole[name]] == []
