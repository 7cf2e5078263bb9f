"""What fails in Spark, in one line where it is no fault of ours."""

import pytest

from validate import PackageError

pytest.importorskip("pyspark")
from pyspark.errors import PySparkException

from validate._src.engine.spark.errors import job_errors, worker_errors

TRACEBACK = """Job aborted due to stage failure: Task 1 in stage 0.0 failed 4 times, most recent \
failure: Lost task 1.3 in stage 0.0 (TID 5) (host executor driver): \
org.apache.spark.api.python.PythonException: Traceback (most recent call last):
  File "worker.py", line 1, in main
{}

\tat org.apache.spark.api.python.BasePythonRunner
"""
CRASHED = """Job aborted due to stage failure: Task 1 in stage 0.0 failed 4 times, most recent \
failure: Lost task 1.3 in stage 0.0 (TID 5) (host executor driver): \
org.apache.spark.SparkException: Python worker exited unexpectedly (crashed)
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


def test_a_worker_that_is_lost_each_time_is_said():
    error = raised(job_errors, CRASHED)
    assert isinstance(error, PackageError)
    assert str(error) == (
        "--engine spark: org.apache.spark.SparkException: Python worker exited unexpectedly "
        "(crashed)"
    )


def test_what_the_system_refuses_is_said():
    error = raised(job_errors, TRACEBACK.format("OSError: [Errno 28] No space left on device"))
    assert str(error) == "--engine spark: OSError: [Errno 28] No space left on device"


@pytest.mark.parametrize("errors", [worker_errors, job_errors])
def test_an_error_of_our_own_is_raised_as_it_is(errors):
    assert isinstance(raised(errors, TRACEBACK.format("KeyError: 'x'")), PySparkException)


def test_what_fails_in_a_dataframe_is_raised_as_it_is():
    assert isinstance(raised(worker_errors, CRASHED), PySparkException)
