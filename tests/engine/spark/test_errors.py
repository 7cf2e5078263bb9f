"""What fails in Spark, in one line where it is no fault of ours."""

import pytest

from validate import PackageError

pytest.importorskip("pyspark")
from py4j.protocol import Py4JNetworkError
from pyspark.errors import PySparkException

from validate._src.engine.spark.errors import job_errors, worker_errors

TRACEBACK = """Job aborted due to stage failure: Task 1 in stage 0.0 failed 4 times, most recent \
failure: Lost task 1.3 in stage 0.0 (TID 5) (host executor driver): \
org.apache.spark.api.python.PythonException: Traceback (most recent call last):
  File "worker.py", line 1, in main
{}

\tat org.apache.spark.api.python.BasePythonRunner
"""


def raised(errors, said):
    with pytest.raises((PackageError, PySparkException)) as caught, errors():
        raise PySparkException(said)
    return caught.value


@pytest.mark.parametrize("errors", [worker_errors, job_errors])
def test_what_a_worker_lacks_is_said(errors):
    said = TRACEBACK.format("ModuleNotFoundError: No module named 'validate'")
    error = raised(errors, said)
    assert isinstance(error, PackageError)
    assert "the workers of Spark have no module validate; install alliance-claims" in str(error)


@pytest.mark.parametrize("errors", [worker_errors, job_errors])
def test_what_a_worker_cannot_use_is_said(errors):
    said = TRACEBACK.format("validate._src.words.errors.PackageError: p.json: no such file")
    assert "p.json: no such file" in str(raised(errors, said))


def failed(why, task=1, attempt=0):
    """What Spark says of a job that has failed."""
    return (
        f"An error occurred while calling o55.count.\n: org.apache.spark.SparkException: Job "
        f"aborted due to stage failure: Task {task} in stage 3.{attempt} failed 4 times, most "
        f"recent failure: Lost task {task}.3 in stage 3.{attempt} (TID 5) (192.0.2.2 executor 2): "
        f"{why}\n\tat org.apache.spark.api.python.BasePythonRunner\n\n"
        "Driver stacktrace:\n\tat x.y.Z\n"
        "Caused by: org.apache.spark.SparkException: something else\n"
    )


WORKER = "org.apache.spark.SparkException: Python worker exited unexpectedly (crashed)"
FAULTHANDLER = (
    "Fatal Python error: Segmentation fault\n\nCurrent thread 0x0 (most recent call first):"
)
LOST = "ExecutorLostFailure (executor 2 exited) Reason: Command exited with code 137"
ADVICE = ". Consider setting 'x' configuration to 'true' for the better Python traceback."


@pytest.mark.parametrize(
    ("said", "part", "why"),
    [
        (failed(WORKER), "part 2/3", "Python worker exited unexpectedly (crashed)"),
        (failed(WORKER + ADVICE), "part 2/3", "Python worker exited unexpectedly (crashed)"),
        (
            failed(f"{WORKER}: {FAULTHANDLER}\n  File x.py"),
            "part 2/3",
            "Python worker exited unexpectedly (crashed): Fatal Python error: Segmentation fault",
        ),
        (failed(LOST, task=0), "part 1/3", LOST),
        (failed(LOST, attempt=1), "a part", LOST),
        (failed(LOST, task=3), "a part", LOST),
    ],
)
def test_a_worker_that_is_lost_each_time_is_said(said, part, why):
    error = raised(lambda: job_errors(["part 1/3", "part 2/3", "part 3/3"]), said)
    assert str(error) == (
        f"--engine spark: {part}: the worker that judged it was lost each of 4 times, most likely "
        "for want of memory: give the workers more memory, or fewer tasks at once, and see that "
        "PYSPARK_PYTHON is an environment like the one here (docs/spark.md, What fails); "
        f"Spark says: {why}"
    )


@pytest.mark.parametrize(
    ("why", "said"),
    [
        (
            'java.io.IOException: Cannot run program "/no": error=2, No such file or directory',
            'Cannot run program "/no": error=2, No such file or directory',
        ),
        (
            "org.apache.spark.SparkException: \nError from python worker:\n"
            "  cat: no option -- 'm'\nPYTHONPATH was:\n  /x\n"
            "org.apache.spark.SparkException: EOFException",
            "Error from python worker: cat: no option -- 'm'",
        ),
    ],
)
@pytest.mark.parametrize("errors", [worker_errors, job_errors])
def test_workers_without_python_are_said(errors, why, said):
    error = raised(errors, failed(why))
    assert "the workers of Spark cannot start Python; set PYSPARK_PYTHON to one" in str(error)
    assert str(error).endswith(f"; Spark says: {said}")


@pytest.mark.parametrize("errors", [worker_errors, job_errors])
def test_workers_with_another_python_are_said(errors):
    said = (
        "PySparkRuntimeError: [PYTHON_VERSION_MISMATCH] Python in worker has different version: "
        "3.12 than that in driver: 3.11, PySpark cannot run with different minor versions."
    )
    error = raised(errors, TRACEBACK.format(said))
    assert "the workers of Spark have Python 3.12, and not 3.11; set PYSPARK_PYTHON" in str(error)


@pytest.mark.parametrize(
    "error", [Py4JNetworkError("Answer from Java side is empty"), ConnectionRefusedError("refused")]
)
def test_where_spark_itself_ends_is_said(error):
    with pytest.raises(PackageError) as caught, job_errors():
        raise error
    line = str(caught.value)
    assert line.startswith("--engine spark: Spark itself has ended amid the run, most likely for")
    assert line.endswith(f"; Spark says: {error}")


def test_what_else_fails_in_java_is_said_by_its_reason():
    said = "An error occurred while calling o1.\n: org.x.SparkException: Job 0 cancelled\n\tat a.B"
    assert str(raised(job_errors, said)) == "--engine spark: Job 0 cancelled"
    assert str(raised(job_errors, "[X] so it is\n\tat a.B")) == "--engine spark: [X] so it is"


def test_what_the_system_refuses_is_said():
    error = raised(job_errors, TRACEBACK.format("OSError: [Errno 28] No space left on device"))
    assert str(error) == "--engine spark: OSError: [Errno 28] No space left on device"


@pytest.mark.parametrize("errors", [worker_errors, job_errors])
def test_an_error_of_our_own_is_raised_as_it_is(errors):
    assert isinstance(raised(errors, TRACEBACK.format("KeyError: 'x'")), PySparkException)


def test_what_fails_in_a_dataframe_is_raised_as_it_is():
    assert isinstance(raised(worker_errors, failed(WORKER)), PySparkException)
