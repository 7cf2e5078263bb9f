"""Options that say what reads and judges the tables of a run: this machine, or Spark."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from validate._src.report.report import Report

LOCAL, SPARK = ENGINES = ("local", "spark")

engine_option = click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default=LOCAL,
    show_default=True,
    help="What reads and judges the tables: this machine, or the workers of Spark, which find the "
    "files by the same path. The report is the same.",
)
master_option = click.option(
    "--master",
    metavar="URL",
    help="Master of --engine spark, such as local[4], spark://HOST:7077 or yarn; by default this "
    "machine, or what Spark is configured for.",
)


def check_engine(engine: str, master: str | None, jobs: int | None, *, allow_remote: bool) -> None:
    """Checks that the options go with the engine.

    Raises:
        UsageError: one does not.
    """
    if engine == LOCAL and master is not None:
        raise click.UsageError("--master is of --engine spark")
    if engine == SPARK and jobs is not None:
        raise click.UsageError(
            "--jobs is of this machine alone; Spark has as many as its master says: "
            f"--master 'local[{jobs}]'"
        )
    if engine == SPARK and allow_remote:
        raise click.UsageError(
            "--engine spark reads no files on the web, as each worker would fetch them anew; "
            "download the package, or leave out --allow-remote"
        )


@contextmanager
def started_engine(engine: str, master: str | None) -> "Generator[SparkSession | None]":
    """The session of Spark, if that is the engine.

    Raises:
        PackageError: it cannot be started.
    """
    if engine == LOCAL:
        yield None
        return
    from validate._src.engine.spark.session import started

    with started(master) as session:
        yield session


def check_by(
    session: "SparkSession | None", jobs: int | None, *, allow_remote: bool
) -> "Callable[..., Report]":
    """What checks a package, here or by Spark; what both take is still to be given."""
    if session is None:
        from validate._src.engine.run import validate
        from validate._src.engine.tables import usable_cores

        return partial(validate, jobs=jobs or usable_cores(), allow_remote=allow_remote)
    from validate._src.engine.spark.packages import validate_package

    return partial(validate_package, session)
