"""What fails in Spark, in one line where it is no fault of ours."""

import re
from collections.abc import Generator
from contextlib import contextmanager

from py4j.protocol import Py4JError
from pyspark.errors import PySparkException

from validate._src import DISTRIBUTION
from validate._src.words.errors import PackageError

NO_MODULE = re.compile(r"ModuleNotFoundError: No module named '(validate|polars|pandera|pyarrow)\b")
OURS = re.compile(r"^(?:\w+\.)*(?:PackageError|FileError): (.+)$", re.MULTILINE)
OF_PYTHON = re.compile(r"^(?:\w+\.)*(\w*(?:Error|Exception)(?:: .+)?)$", re.MULTILINE)
OF_SYSTEM = re.compile(r"^(?:OS|IO|Permission|FileNotFound|Memory|Timeout|Connection)Error")
LAST_FAILURE = re.compile(r"most recent failure: .+?(?:executor \w+\)|\)): (.+)")


@contextmanager
def worker_errors() -> Generator[None]:
    """Raises in one line what workers cannot use, or do not have; all else as it is.

    Raises:
        PackageError: they do.
    """
    try:
        yield
    except (PySparkException, Py4JError) as error:
        if said := _known(str(error)):
            raise PackageError(said) from error
        raise


@contextmanager
def job_errors() -> Generator[None]:
    """The same, and in one line what ends a job: a worker that is lost each time, a full disk.

    Raises:
        PackageError: a job fails; an error of our own code is raised as it is.
    """
    try:
        yield
    except (PySparkException, Py4JError) as error:
        said = str(error)
        known = _known(said) or _of_job(said)
        if known is None:
            raise
        raise PackageError(f"--engine spark: {known}") from error


def _known(said: str) -> str | None:
    """What a worker has said that is to be told users, if it is that."""
    if missing := NO_MODULE.search(said):
        return (
            f"the workers of Spark have no module {missing[1]}; install {DISTRIBUTION} for them, "
            "in the version that is here (docs/spark.md)"
        )
    ours = OURS.findall(said)
    return ours[-1] if ours else None


def _of_job(said: str) -> str | None:
    """Why a job has failed; None if it was an error of Python that only a traceback explains."""
    if "Traceback (most recent call last)" in said:
        raised = OF_PYTHON.findall(said)
        return raised[-1] if raised and OF_SYSTEM.match(raised[-1]) else None
    failure = LAST_FAILURE.search(said)
    return failure[1] if failure else said.strip().splitlines()[0]
