"""What fails in Spark, in one line where it is no fault of ours."""

import re
from collections.abc import Generator, Sequence
from contextlib import contextmanager

from py4j.protocol import Py4JError, Py4JNetworkError
from pyspark.errors import PySparkException

from validate._src import DISTRIBUTION
from validate._src.words.errors import PackageError

ENDED = (Py4JNetworkError, ConnectionError)
"""What is raised where nobody answers any more where Spark was."""
NO_MODULE = re.compile(
    r"ModuleNotFoundError: No module named '(validate|polars|pandera|pyarrow|pandas)\b"
)
OURS = re.compile(r"^(?:\w+\.)*(?:PackageError|FileError): (.+)$", re.MULTILINE)
OTHER_PYTHON = re.compile(
    r"\[PYTHON_VERSION_MISMATCH\] Python in worker has different version: (\S+) "
    r"than that in driver: ([0-9.]+[0-9])"
)
NO_PYTHON = re.compile(
    r'Cannot run program "|Error from python worker:|reading the port number from pyspark\.daemon'
    r"|Python worker failed to connect back"
)
LOST = re.compile(r"Python worker exited unexpectedly|ExecutorLostFailure")
OF_PYTHON = re.compile(r"^(?:\w+\.)*(\w*(?:Error|Exception)(?:: .+)?)$", re.MULTILINE)
OF_SYSTEM = re.compile(r"^(?:OS|IO|Permission|FileNotFound|Memory|Timeout|Connection)Error")
LAST_FAILURE = re.compile(
    r"Task (?P<task>\d+) in stage \d+\.(?P<attempt>\d+) failed (?P<times>\d+) times, "
    r"most recent failure: .+?(?:executor \w+\)|\)): (?P<why>.+)",
    re.DOTALL,
)
OF_JAVA = re.compile(
    r"^(?:: )?((?:[\w$]+\.)+[\w$]*(?:Exception|Error): .+)", re.MULTILINE | re.DOTALL
)
CLASS = re.compile(r"^(?:[\w$]+\.)+[\w$]*(?:Exception|Error):\s*")
STACK = re.compile(
    r"\s*^(?:\s+at |Driver stack|Caused by|PYTHONPATH was|Traceback|(?:Current t|T)hread 0x).*",
    re.MULTILINE | re.DOTALL,
)
"""What comes after a reason: where in Java or Python it came about."""
ADVICE = re.compile(r"\. Consider setting .*", re.DOTALL)
SET_PYTHON = "set PYSPARK_PYTHON to one that each of them has (docs/spark.md, What workers need)"
GIVE_MEMORY = "give the workers more memory, or fewer tasks at once"
WHAT_FAILS = "(docs/spark.md, What fails)"
HAS_ENDED = (
    "Spark itself has ended amid the run, most likely for want of memory: give it more "
    f"(spark.driver.memory), or fewer tasks at once {WHAT_FAILS}"
)


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
def job_errors(parts: Sequence[str] = ()) -> Generator[None]:
    """The same, and in one line what ends a job: a worker that is lost each time, a full disk.

    Args:
        parts: what messages call the tasks of the job, in order.

    Raises:
        PackageError: a job fails; an error of our own code is raised as it is.
    """
    try:
        yield
    except (PySparkException, Py4JError, ConnectionError) as error:
        if has_ended(error):
            raise PackageError(f"--engine spark: {HAS_ENDED}; Spark says: {error}") from error
        said = str(error)
        known = _known(said) or _of_job(said, parts)
        if known is None:
            raise
        raise PackageError(f"--engine spark: {known}") from error


def has_ended(error: Exception) -> bool:
    """Whether nobody answers any more where Spark was."""
    return isinstance(error, ENDED)


def reason(said: str) -> str:
    """Why something has failed in Java, in one line, without where in it that was."""
    failure, raised = LAST_FAILURE.search(said), OF_JAVA.search(said)
    why = failure["why"] if failure else raised[1] if raised else said.strip()
    why = ADVICE.sub("", STACK.sub("", CLASS.sub("", why)))
    return " ".join(why.split())


def _known(said: str) -> str | None:
    """What a worker has said that is to be told users, if it is that."""
    if missing := NO_MODULE.search(said):
        return (
            f"the workers of Spark have no module {missing[1]}; install {DISTRIBUTION} for them, "
            "in the version that is here (docs/spark.md)"
        )
    if other := OTHER_PYTHON.search(said):
        return f"the workers of Spark have Python {other[1]}, and not {other[2]}; {SET_PYTHON}"
    if NO_PYTHON.search(said):
        why = reason(said)
        return f"the workers of Spark cannot start Python; {SET_PYTHON}; Spark says: {why}"
    ours = OURS.findall(said)
    return ours[-1] if ours else None


def _of_job(said: str, parts: Sequence[str]) -> str | None:
    """Why a job has failed; None if it was an error of Python that only a traceback explains."""
    if "Traceback (most recent call last)" in said:
        raised = OF_PYTHON.findall(said)
        return raised[-1] if raised and OF_SYSTEM.match(raised[-1]) else None
    failure = LAST_FAILURE.search(said)
    if failure is None or not LOST.search(failure["why"]):
        return reason(said)
    # Tasks are numbered as parts are in the first attempt; in another, only those that were lost.
    task, is_first = int(failure["task"]), failure["attempt"] == "0"
    part = parts[task] if is_first and task < len(parts) else "a part"
    lost = f"the worker that judged it was lost each of {failure['times']} times"
    alike = "see that PYSPARK_PYTHON is an environment like the one here"
    return (
        f"{part}: {lost}, most likely for want of memory: {GIVE_MEMORY}, and {alike} {WHAT_FAILS}; "
        f"Spark says: {reason(said)}"
    )
