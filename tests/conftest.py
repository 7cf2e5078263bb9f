"""Shared places and packages of the tests."""

import json
import os
import shutil
import socket

import pytest

pytest.register_assert_rewrite("support")
from support.golden import Golden  # noqa: E402
from support.places import ROOT, SOURCES  # noqa: E402
from support.web import only_this_machine  # noqa: E402

OF_PANDAS = "ignore:PySpark does not yet fully support pandas:FutureWarning"
"""What PySpark says where pandas is of version 3, once Pandera finds both and imports them."""


def pytest_configure(config):
    """Keeps it out of what is compared, here and in processes that tests start."""
    config.addinivalue_line("filterwarnings", OF_PANDAS)
    os.environ["PYTHONWARNINGS"] = OF_PANDAS


def pytest_addoption(parser):
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write anew what files hold of what the code makes, where it differs",
    )


@pytest.fixture
def golden(request):
    """Files held equal to what makes them; what is written anew is told at the end of the run."""
    held = Golden(request.config.getoption("update_golden"))
    yield held
    request.node.user_properties.extend(("golden", line) for line in held.changed)


def pytest_terminal_summary(terminalreporter):
    reports = [one for some in terminalreporter.stats.values() for one in some]
    told = {
        line
        for report in reports
        for name, line in getattr(report, "user_properties", ())
        if name == "golden"
    }
    if told:
        terminalreporter.section("written anew")
        terminalreporter.write_line("\n".join(sorted(told)))


@pytest.fixture(autouse=True)
def no_network(request, monkeypatch):
    """Nothing that is validated may lead to the network, but to what a test serves here."""
    if request.node.get_closest_marker("served"):
        only_this_machine(monkeypatch)
        return

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
