"""A DataFrame of Spark, of whatever size, judged by a Table Schema where its rows are."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import reduce

import polars as pl
from pyspark.sql import DataFrame
from pyspark.sql import functions as sf

from validate._src.checks import CHECKS
from validate._src.checks.constraints.check import ConstraintsCheck
from validate._src.checks.keys import KeysCheck
from validate._src.checks.keytexts import KeyTexts
from validate._src.engine.arguments import as_schema
from validate._src.engine.judging import judges_of, said_of, taken
from validate._src.engine.spark.columns import FINDING, check_types, spark_types
from validate._src.engine.spark.errors import worker_errors
from validate._src.engine.spark.keys import faulty_keys, key_findings
from validate._src.engine.spark.partitions import JUDGED, TOLD, Judging, Told
from validate._src.engine.spark.report import Found, SparkReport
from validate._src.package.onetable import GivenSchema, frame_package
from validate._src.reading.batch import as_columns
from validate._src.reading.parquet import native_batch
from validate._src.report.notes import noted
from validate._src.tables.batches import TableForm
from validate._src.tables.dataset import Dataset
from validate._src.tables.debris import Debris, Ending
from validate._src.tables.header import match_header
from validate._src.tables.table import Table
from validate._src.words.codes import ERROR
from validate._src.words.errors import PackageError
from validate._src.words.findingframe import FindingFrame, framed
from validate._src.words.model import Package, TabularResource
from validate._src.words.outcome import Checked, Columns, NotChecked, Outcome

CYCLE_CODES = frozenset({"foreign-key-cycle"})


def validate(dataframe: DataFrame, schema: GivenSchema) -> SparkReport:
    """Checks a DataFrame of Spark by a Table Schema, as `validate.validate` checks a frame.

    Its rows are judged by the workers, batch by batch, and findings alone are kept. It is evaluated
    once, where the schema has keys once more for these, and a third time where some are at fault:
    one that is not the same each time is to be persisted before.

    Args:
        dataframe: n rows in whatever order, in at least one column; no stream.
        schema: its Table Schema: a dictionary, or the path of a JSON file on this machine.

    Returns:
        What was found; nothing in it has a row number or a line, as rows of Spark have none.

    Raises:
        PackageError: an argument cannot be used as it is, or the workers lack a module.

    Source: Data Package 2.0, Table Schema; docs/spark.md.
    """
    table = _table(dataframe, schema)
    with worker_errors():
        judged = _judged(table) if table.form.fields else None
        told = Told(rows=dataframe.count()) if judged is None else _told(judged)
        outcomes, keys = _said_of_all(table, told)
        of_keys = _of_keys(table, keys)
    return _report(table, judged, told, outcomes, of_keys)


@dataclass(frozen=True)
class _Table:
    """A DataFrame as a table of a package.

    Attributes:
        rows: the DataFrame, its columns named by their places.
        package: the package of this table alone.
        form: what its batches have in common.
        left_out: what of the schema is not judged.
    """

    rows: DataFrame
    package: Package
    form: TableForm
    left_out: tuple[NotChecked, ...]

    @property
    def resource(self) -> TabularResource:
        """The table."""
        return self.form.resource


def _table(dataframe: object, schema: GivenSchema) -> _Table:
    """A DataFrame as a table.

    Raises:
        PackageError: an argument cannot be used as it is.
    """
    if not isinstance(dataframe, DataFrame):
        raise PackageError(
            f"dataframe: of type {type(dataframe).__name__}; give a DataFrame of Spark; frames of "
            "Polars and pandas are for validate.validate"
        )
    if dataframe.isStreaming:
        raise PackageError("dataframe: a stream; give each of its batches (foreachBatch)")
    package, _ = frame_package(pl.DataFrame(), as_schema(schema))
    check_types(dataframe.schema)
    package, left_out = _without_cycles(package)
    (resource,) = package.tables.values()
    form = TableForm(resource, match_header(resource, dataframe.columns), None)
    rows = dataframe.toDF(*map(str, range(len(dataframe.columns))))
    return _Table(rows, package, form, left_out)


def _without_cycles(package: Package) -> tuple[Package, tuple[NotChecked, ...]]:
    """A package whose foreign keys may run in circles, and what is not judged so."""
    (resource,) = package.tables.values()
    keys = resource.schema.foreign_keys
    left_out = tuple(
        NotChecked(
            f"circles of foreign key {resource.name}.{', '.join(key.fields)}",
            "to follow references takes all rows in one place, and those of Spark are in many",
            CYCLE_CODES,
            resource.name,
        )
        for key in keys
        if key.acyclic
    )
    bare = tuple(replace(key, acyclic=False) for key in keys)
    changed = replace(resource, schema=replace(resource.schema, foreign_keys=bare))
    return replace(package, resources={resource.name: changed}), left_out


def _judged(table: _Table) -> DataFrame:
    """What workers make of the rows, kept by Spark: judged once, it is looked at several times."""
    judging = Judging(table.package, table.form)
    return table.rows.mapInArrow(judging, spark_types(JUDGED)).persist()


def _told(judged: DataFrame) -> Told:
    """What all workers tell together; here the rows are judged."""
    told = Told()
    for row in judged.where(sf.col(TOLD).isNotNull()).select(TOLD).collect():
        told.add(Told.unpickled(bytes(row[TOLD])))
    return told


def _said_of_all(table: _Table, told: Told) -> tuple[list[Outcome], KeyTexts]:
    """What is to be said of a table as a whole, and its keys that can be judged.

    The checks are asked as in a local run, about a batch without rows: of rows others have told.
    """
    checks = [check(table.package) for check in CHECKS]
    said = said_of(_without_rows(table.form, told), judges_of(checks, table.resource))
    outcomes: list[Outcome] = [*framed(table.form.header.findings), *taken(said, checks)]
    debris = Debris(table.form.header)
    outcomes += debris.take(Ending(None, is_over=True, filled=told.filled, complete=True))
    outcomes += debris.findings()
    keys = KeyTexts((), ())
    for check in checks:
        if isinstance(check, ConstraintsCheck):
            for fact in told.facts:
                outcomes += check.take(fact)
        if isinstance(check, KeysCheck):
            references = check.judgeable_references(table.resource)
            columns = table.form.header.columns.keys()
            keys = KeyTexts.of(table.resource.schema, columns, references)
    for check in checks:
        outcomes += check.end(Dataset(table.package, {}))
    outcomes += (Checked(what, count) for what, count in told.checked.items())
    return [*outcomes, *told.not_checked, *table.left_out], keys


def _without_rows(form: TableForm, told: Told) -> Table:
    """A batch of a table without rows; where no column is a field, it says so if there are any."""
    width, none = form.header.width, pl.Series(dtype=pl.Int64)
    batch = native_batch(as_columns([], width), none, form.resource.location)
    table, _ = form.framed(batch)
    return replace(table, fieldless=not form.fields and told.rows > 0)


@dataclass(frozen=True)
class _OfKeys:
    """The findings of keys.

    Attributes:
        counts: how many there are, by code and severity.
        frames: the findings, with the columns `FINDING`.
        kept: the frames that Spark keeps for them.
    """

    counts: Counter[tuple[str, str]]
    frames: tuple[DataFrame, ...] = ()
    kept: tuple[DataFrame, ...] = ()


def _of_keys(table: _Table, keys: KeyTexts) -> _OfKeys:
    """The keys that repeat, and the references that lead nowhere."""
    if not keys.all:
        return _OfKeys(Counter())
    faulty = faulty_keys(table.rows, table.form, keys)
    counts = Counter[tuple[str, str]]()
    for number, values in faulty.values.items():
        is_unique = number < len(keys.unique)
        code = keys.unique[number].code if is_unique else "foreign-key"
        counts[code, ERROR] += values if is_unique else faulty.references[number]
    if not counts:
        return _OfKeys(counts, kept=(faulty.rows,))
    found = [one.persist() for one in key_findings(table.rows, table.form, keys, faulty)]
    return _OfKeys(counts, tuple(found), (faulty.rows, *found))


def _report(
    table: _Table, judged: DataFrame | None, told: Told, said: list[Outcome], of_keys: _OfKeys
) -> SparkReport:
    """What was found in a table.

    Args:
        table: the table.
        judged: what workers made of its rows; None if no column is a field.
        told: what they told.
        said: what is said of the table as a whole.
        of_keys: what was found in its keys.
    """
    here = tuple(noted(one, table.package) for one in said if isinstance(one, FindingFrame))
    of_rows = [] if judged is None else [_findings(judged), *of_keys.frames]
    own = [tuple(getattr(one, name) for name in FINDING.names) for frame in here for one in frame]
    session = table.rows.sparkSession
    others = session.createDataFrame(own, spark_types(FINDING))
    counts = told.found + of_keys.counts
    found = Found(
        rows=reduce(_union, of_rows) if of_rows else others.limit(0),
        counts=counts,
        here=here,
        kept=(*([] if judged is None else [judged]), *of_keys.kept),
    )
    own_counts = Counter((one.code, one.severity) for frame in here for one in frame)
    checked = Counter[str]()
    for one in said:
        if isinstance(one, Checked):
            checked[one.what] += one.count
    return SparkReport(
        findings=found.rows.union(others),
        counts=counts + own_counts,
        checked=tuple(Checked(what, count) for what, count in checked.items()),
        not_checked=tuple(dict.fromkeys(one for one in said if isinstance(one, NotChecked))),
        source=table.package,
        columns=next(_columns(said)),
        _found=found,
    )


def _union(some: DataFrame, others: DataFrame) -> DataFrame:
    return some.union(others)


def _columns(said: list[Outcome]) -> Iterator[Columns]:
    return (one for one in said if isinstance(one, Columns))


def _findings(judged: DataFrame) -> DataFrame:
    """The rows that are findings."""
    return judged.where(sf.col(TOLD).isNull()).select(FINDING.names)
