"""A session of Spark for a run of the command line, and what that needs."""

import os
import re
import shutil
import subprocess
import sys
import warnings
from collections.abc import Generator
from contextlib import contextmanager, suppress
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from validate._src.engine.workers import THREADS
from validate._src.words.errors import PackageError
from validate._src.words.extras import pip_install
from validate._src.words.scratch import ScratchFolder

if TYPE_CHECKING:
    from pyspark import SparkConf
    from pyspark.sql import SparkSession

MODULES = ("pyspark", "pyarrow", "pandas")
"""What PySpark needs to hand rows to Python, itself among them."""
OLDEST_JAVA = 17
"""The oldest Java that Spark 4 runs on."""
INSTALL_JAVA = "install Java 17 (on Debian and Ubuntu: apt-get install default-jre-headless)"
LOCAL = re.compile(r"local(?:\[(\*|[0-9]+)\])?")
RETRIES = 4
"""How often a part is tried, as on a cluster; where Spark runs on one machine it tries once."""
CONFIGURED_BY = ("SPARK_HOME", "SPARK_CONF_DIR", "MASTER", "PYSPARK_SUBMIT_ARGS")
"""Variables by which Spark may know its master."""


OF_PANDAS = "PySpark does not yet fully support pandas"
"""How a warning begins that PySpark prints in each process where pandas is of version 3."""


def check_installed() -> None:
    """Checks that there is what the engine needs.

    Raises:
        PackageError: there is not; the message says what to install.
    """
    if any(find_spec(module) is None for module in MODULES):
        raise PackageError(f"--engine spark needs PySpark: {pip_install('pyspark')}")
    home = os.environ.get("JAVA_HOME")
    java = shutil.which(Path(home, "bin", "java") if home else "java")
    if java is None:
        where = f"JAVA_HOME, {home}, has none" if home else "there is none"
        raise PackageError(f"--engine spark needs Java, and {where}: {INSTALL_JAVA}")
    asked = [java, "-version"]
    said = subprocess.run(asked, capture_output=True, text=True).stderr  # noqa: S603 - by its path
    version = re.search(r'version "(([0-9]+)[^"]*)"', said)
    if version is None or int(version[2]) < OLDEST_JAVA:
        what = f"Java {version[1]}" if version else "no Java that works"
        raise PackageError(f"--engine spark: {java} is {what}: {INSTALL_JAVA}, or set JAVA_HOME")


def with_retries(master: str) -> str:
    """The address of a master; of one on this machine such that what fails is tried again."""
    found = LOCAL.fullmatch(master)
    return f"local[{found[1] or 1},{RETRIES}]" if found else master


@contextmanager
def started(master: str | None) -> Generator["SparkSession"]:
    """A session, and what Spark says of itself kept out of the way.

    Args:
        master: the address of its master; by default this machine with all its cores, or what
            Spark is configured for.

    Raises:
        PackageError: something is not installed, or Spark does not start.
    """
    check_installed()
    warnings.filterwarnings("ignore", OF_PANDAS, FutureWarning)
    for module in MODULES:  # before they are hidden: a run without Spark needs none of them
        import_module(module)
    from py4j.protocol import Py4JError
    from pyspark import SparkConf, SparkContext
    from pyspark.errors import PySparkException
    from pyspark.java_gateway import launch_gateway
    from pyspark.sql import SparkSession

    from validate._src.engine.spark.errors import ENDED

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    scratch = ScratchFolder()
    log = scratch.path / "spark.log"
    if master is None and not any(os.environ.get(name) for name in CONFIGURED_BY):
        master = "local[*]"
    conf = _configured(SparkConf(loadDefaults=False), master)
    try:
        with log.open("wb") as said:
            gateway = launch_gateway(conf, popen_kwargs={"stdout": said, "stderr": said})
        context = SparkContext(conf=conf, gateway=gateway)
    except (PySparkException, Py4JError, ValueError) as error:
        why = _reason(log, error)
        raise PackageError(f"--engine spark: Spark does not start: {why}") from error
    # A thread of PySpark prints a traceback where Java ends; the run says so in a line of its own.
    server = getattr(context, "_accumulatorServer", None)
    if server is not None:
        server.handle_error = _nothing
    session = SparkSession(context)
    try:
        yield session
    finally:
        with suppress(*ENDED):  # where Spark has ended by itself
            session.stop()


def _nothing(*_: object) -> None:
    """Takes what nobody is told."""


def _configured(conf: "SparkConf", master: str | None) -> "SparkConf":
    """A configuration; what the installation of Spark is configured for holds beside it."""
    conf.setAppName("validate")
    conf.set("spark.ui.showConsoleProgress", "false")
    conf.set(f"spark.executorEnv.{THREADS}", "1")  # as many tasks as cores run beside each other
    conf.set("spark.executorEnv.PYTHONWARNINGS", f"ignore:{OF_PANDAS}:FutureWarning")
    if master is not None:
        conf.setMaster(with_retries(master))
        if LOCAL.match(master):
            conf.set("spark.ui.enabled", "false")  # nobody else looks at it
            # Java moves numbers and bytes here: to compile that well takes longer than it gains.
            conf.set("spark.driver.extraJavaOptions", "-XX:TieredStopAtLevel=1")
            conf.set("spark.driver.host", "localhost")
            conf.set("spark.driver.bindAddress", "127.0.0.1")
    return conf


def _reason(log: Path, error: Exception) -> str:
    """Why Spark does not start: what its program has said last, or else the error itself."""
    from validate._src.engine.spark.errors import OF_JAVA, reason

    if OF_JAVA.search(str(error)):
        return reason(str(error))
    said = log.read_text("utf-8", "replace").strip().splitlines()
    found = [line for line in said if "Exception" in line or "Error" in line]
    return found[0].strip() if found else str(error).splitlines()[0]
