"""A store that the tests of this folder share, and a folder for what is fetched."""

import gc
import tempfile

import pytest


@pytest.fixture(scope="session")
def server():
    """A store, started once a process."""
    from support.store import served_store  # what serves it takes a second to import

    with served_store() as store:
        yield store


@pytest.fixture
def store(server, monkeypatch, tmp_path):
    """An empty store, whose address and credentials stand in the environment."""
    from support.store import KEYS, as_environment

    as_environment(monkeypatch, server.address, tmp_path, **KEYS)
    yield server
    server.empty()


@pytest.fixture
def scratch(tmp_path, monkeypatch):
    """Nothing is left of what was fetched."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    yield
    gc.collect()
    assert list(tmp_path.glob("validate-*")) == []
