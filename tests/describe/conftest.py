"""What all tests of descriptions share."""

import pytest


@pytest.fixture(autouse=True)
def wide_terminal(monkeypatch):
    """A terminal in which no line is wrapped."""
    monkeypatch.setenv("COLUMNS", "1000")
