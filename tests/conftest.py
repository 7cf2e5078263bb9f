"""Shared places and packages of the tests."""

import json
import shutil
import socket

import pytest
from support.places import ROOT, SOURCES


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """Nothing that is validated may lead to the network."""

    def refuse(*_):
        raise AssertionError("the network is out of bounds")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture(scope="session")
def root():
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def sources():
    """The folder of the source texts; tests that need it are skipped without it."""
    if not SOURCES.is_dir():
        pytest.skip("the source texts are not at hand (../shared/sources)")
    return SOURCES


@pytest.fixture
def dataset_copy(tmp_path):
    """A copy of the dataset that a test may break."""
    for folder in ("data", "schemas"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / "datapackage.json", tmp_path)
    return tmp_path


@pytest.fixture
def make_package(tmp_path):
    """Writes a package of one table `t` with these fields and this CSV; gives its folder."""

    def make(fields, content, **schema):
        resource = {"name": "t", "path": "t.csv", "schema": {"fields": fields, **schema}}
        (tmp_path / "datapackage.json").write_text(
            json.dumps(
                {
                    "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
                    "name": "made",
                    "resources": [resource],
                }
            ),
            "utf-8",
        )
        (tmp_path / "t.csv").write_text(content, "utf-8", newline="")
        return tmp_path

    return make
