"""One session of Spark for all tests that need one, with two cores of this machine."""

import sys

import pytest
from support.tools import needs_spark
from support.web import only_this_machine

CONFIGURED = """
spark.sql.shuffle.partitions 2
spark.driver.memory 512m
spark.driver.extraJavaOptions -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
"""
"""Small data need few partitions, and a short run no code that is compiled well."""


@pytest.hookimpl(tryfirst=True)  # before the groups are read
def pytest_collection_modifyitems(items):
    """Has the tests in this folder run in one process, as a session takes seconds to start."""
    for item in items:
        if "/engine/spark/" in item.path.as_posix():
            item.add_marker(pytest.mark.xdist_group("spark"))


@pytest.fixture(autouse=True)
def warnings_as_usual(monkeypatch):
    """A run by Spark keeps what it says of pandas to itself."""
    monkeypatch.delenv("PYTHONWARNINGS")


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """Nothing leads to the network; Python and Java talk to each other on this machine."""
    only_this_machine(monkeypatch)


@pytest.fixture(scope="session")
def configured(tmp_path_factory):
    """A folder with a configuration of Spark that suits tests."""
    folder = tmp_path_factory.mktemp("spark")
    (folder / "spark-defaults.conf").write_text(CONFIGURED, "utf-8")
    return folder


@pytest.fixture(scope="session")
def session(configured):
    if sys.platform == "win32":
        pytest.skip("on Windows, Spark needs programs of Hadoop that it does not bring")
    needs_spark()
    from validate._src.engine.spark.session import started

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_CONF_DIR", str(configured))
        with started("local[2]") as session:
            yield session
