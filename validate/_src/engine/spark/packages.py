"""A package judged by Spark in parts: it moves splits, and our readers read them.

Each worker judges parts of the package, whose files it reaches by the same path as the conductor,
and gives back bytes. They are brought to files here and merged here, where keys lie on disk: what
remains of a key is 16 bytes a row, which an exchange between workers would have to move as well,
and of ten billion rows they are 160 GB. So Spark brings no keys together; in a DataFrame, where
rows have no number, it does.
"""

import os
from collections import Counter
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pyarrow as pa
from pyspark import StorageLevel
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from validate._src.engine.arguments import as_count, as_names, as_path, check_options
from validate._src.engine.asked import Asked
from validate._src.engine.parts import judged_part, merged_report
from validate._src.engine.progress import Progress
from validate._src.engine.shares import MOST_PARTS, Share
from validate._src.engine.spark.columns import ArrowBatch, spark_types
from validate._src.engine.spark.errors import ENDED, GIVE_MEMORY, WHAT_FAILS, job_errors
from validate._src.package.given import NOTHING, Given
from validate._src.package.onetable import GivenSchema
from validate._src.report.report import Report
from validate._src.words.errors import PackageError
from validate._src.words.model import Package
from validate._src.words.scratch import ScratchFolder

EACH = 4
"""Parts for each core: what one worker has to do again is a fourth of its work, and none waits long
for the last."""
MOST_BYTES = 2**29
"""Bytes of files in a part: of more, the result of a part would be too large to hand over."""
LEAST_BYTES = 2**26
"""Bytes of files from which on another part is worth it: of Parquet, each starts a process."""
CHUNK = 2**22
"""Bytes of a result in a row: Spark and Arrow hold rows in memory, several at a time."""
PART, AT, CONTENT = "part", "at", "content"
ROWS = pa.schema([(PART, pa.int32()), (AT, pa.int32()), (CONTENT, pa.binary())])


def validate_package(
    session: SparkSession,
    path: str | os.PathLike[str] = ".",
    sources: str | os.PathLike[str] | None = None,
    *,
    schema: GivenSchema | None = None,
    resources: Collection[str] = (),
    fast: bool = False,
    unfolded: bool = False,
    given: Given = NOTHING,
    default_severity: bool = False,
    parts: int | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Report:
    """Checks a data package as `validate.validate` does, its tables read and judged by Spark.

    Args:
        session: the session, on whose workers this distribution is installed in this version. They
            find the files of the package by the same path as this process.
        path: a descriptor, a folder or zip file that holds `datapackage.json`; with a schema, a
            file that holds a table.
        sources: folder of source texts to prove text anchors against; read here.
        schema: the Table Schema of a table that belongs to no package.
        resources: names of the resources that are checked; all by default.
        fast: whether only structure and types are checked.
        unfolded: whether findings are listed too that follow from a misread file.
        given: what is said of a table without a descriptor.
        default_severity: whether findings are as bad as they are by default.
        parts: how many tasks there are; by default four for each core of the session, or as many
            as there are 512 MiB in the files if that is more.
        progress: is told how far the merge has come.

    Returns:
        The report: that of a local run.

    Raises:
        PackageError: the package or an argument cannot be used as it is, or a part could not be
            judged however often it was tried.
    """
    check_session(session)
    check_options(progress, fast=fast, unfolded=unfolded, default_severity=default_severity)
    asked_for = None if parts is None else as_count(parts, "parts", MOST_PARTS)
    file, texts = as_path(path, "path"), None if sources is None else as_path(sources, "sources")
    asked = Asked(
        path=str(file),
        schema=_absolute(schema) if isinstance(schema, str | os.PathLike) else schema,
        resources=as_names(resources),
        fast=fast,
        given=given,
        default_severity=default_severity,
    )
    package = asked.chosen(texts).package  # before any worker is asked: it may be of no use
    count = asked_for or number_of_parts(package, _cores(session))
    sent = replace(asked, path=_absolute(file))
    tasks = [(sent, Share(number, count)) for number in range(1, count + 1)]
    with results_of(session, tasks) as results:
        return merged_report(results, str(file), texts, unfolded=unfolded, progress=progress)


def check_session(session: object) -> None:
    """Checks that something is a session of Spark, be it over Spark Connect, and still there.

    Raises:
        PackageError: it is not.
    """
    if not (hasattr(session, "range") and hasattr(session, "createDataFrame")):
        raise PackageError(f"session: of type {type(session).__name__}; give a session of Spark")
    # PySpark itself tells a session that was stopped by this attribute.
    if isinstance(session, SparkSession) and getattr(session.sparkContext, "_jsc", None) is None:
        raise PackageError("session: it was stopped; give one that runs")


def _absolute(path: str | os.PathLike[str]) -> str:
    """A path as workers find it; the name of installed data as it is."""
    return str(Path(path).absolute()) if Path(path).exists() else str(path)


def _cores(session: SparkSession) -> int:
    """How many tasks a session works on at once.

    Raises:
        PackageError: it does not say so.
    """
    try:
        return session.sparkContext.defaultParallelism
    except PySparkException as error:
        raise PackageError("parts: Spark Connect does not say how many cores it has") from error


def number_of_parts(package: Package, cores: int) -> int:
    """How many parts a package is judged in by so many cores."""
    size = sum(table.size for table in package.tables.values())
    return max(min(EACH * cores, size // LEAST_BYTES), -(-size // MOST_BYTES), 1)


@dataclass(frozen=True)
class JudgingParts:
    """Judges parts whose numbers a worker is given, and gives the bytes of their results.

    Attributes:
        tasks: all parts: what is asked of a package, and which part it is.
    """

    tasks: tuple[tuple[Asked, Share], ...]

    def __call__(self, read: Iterable[ArrowBatch]) -> Iterator[ArrowBatch]:
        """Rows with the columns `ROWS`: the results, each cut into chunks."""
        for batch in read:
            for number in batch.column(0).to_pylist():
                try:
                    yield from self.judged(number)
                except MemoryError:
                    share = self.tasks[number][1]
                    said = (
                        f"part {share}: its worker has no memory left: {GIVE_MEMORY} {WHAT_FAILS}"
                    )
                    raise PackageError(said) from None

    def judged(self, number: int) -> Iterator[ArrowBatch]:
        """The result of a part, a row for each chunk."""
        scratch = ScratchFolder()
        file = scratch.path / "result"
        with file.open("wb") as output:
            judged_part(*self.tasks[number], output)
        with file.open("rb") as result:
            for at, content in enumerate(iter(partial(result.read, CHUNK), b"")):
                row = {PART: number, AT: at, CONTENT: content}
                yield pa.RecordBatch.from_pylist([row], ROWS)


@contextmanager
def results_of(
    session: SparkSession, tasks: Sequence[tuple[Asked, Share]]
) -> Generator[Sequence[Path]]:
    """Has parts judged, and brings their results here: a file for each, in the same order.

    Args:
        session: the session.
        tasks: what is asked of a package, and which part of it is to be judged.

    Raises:
        PackageError: a part could not be judged, however often it was tried.
    """
    folder = ScratchFolder()
    files = [folder.path / str(number) for number in range(1, len(tasks) + 1)]
    numbers = session.range(0, len(tasks), 1, len(tasks))
    judged = numbers.mapInArrow(JudgingParts(tuple(tasks)), spark_types(ROWS))
    chunks = Counter[int]()
    with job_errors([f"part {share}" for _, share in tasks]):
        kept = judged.persist(StorageLevel.DISK_ONLY)
        try:
            kept.count()  # all at once; to bring them here asks for one after the other
            for row in kept.toLocalIterator(prefetchPartitions=True):
                assert row[AT] == chunks[row[PART]], "the chunks of a part come in order"
                chunks[row[PART]] += 1
                with files[row[PART]].open("ab") as file:
                    file.write(row[CONTENT])
        finally:
            with suppress(*ENDED):  # nothing is kept where Spark has ended
                kept.unpersist()
    try:
        yield files
    except PackageError as error:  # which knows a part by its file alone
        said = str(error).replace(f"{folder.path}{os.sep}", "part ")
        raise PackageError(said) from error
