"""One session of Spark for all tests that need one, with two cores of this machine."""

import socket

import pytest
from support.tools import needs_spark


def pytest_collection_modifyitems(items):
    """Has the tests in this folder run in one process, as a session takes seconds to start."""
    for item in items:
        if "/engine/spark/" in item.path.as_posix():
            item.add_marker(pytest.mark.xdist_group("spark"))


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """Nothing leads to the network; Python and Java talk to each other on this machine."""
    connect = socket.socket.connect

    def connect_here(own, address):
        if own.family == socket.AF_INET and address[0] not in ("127.0.0.1", "localhost"):
            raise AssertionError("the network is out of bounds")
        return connect(own, address)

    monkeypatch.setattr(socket.socket, "connect", connect_here)


@pytest.fixture(scope="session")
def session():
    needs_spark()
    from validate._src.engine.spark.session import started

    with started("local[2]") as session:
        yield session
