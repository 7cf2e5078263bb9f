"""Keys that repeat and references that lead nowhere, found by Spark.

Keys go through the cluster as texts, in one exchange for all keys of a table; only where some are
at fault the table is read once more, for what is to be said of their rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as sf

from validate._src.checks.keytexts import KeyTexts, repeated_message
from validate._src.engine.spark.columns import FINDING, spark_types
from validate._src.engine.spark.partitions import (
    IS_TARGET,
    KEYS,
    NUMBER,
    SUSPECTS,
    TEXT,
    Keying,
    Suspecting,
)
from validate._src.tables.batches import TableForm

COUNT, IS_KNOWN, LEAST = "count", "is_known", "least"


@dataclass(frozen=True)
class Faulty:
    """The keys at fault.

    Attributes:
        rows: their numbers and texts, with the count of the rows that have each.
        values: how many different ones there are of each key, by its number; others have none.
        references: how many rows have them.
    """

    rows: DataFrame
    values: dict[int, int]
    references: dict[int, int]


def faulty_keys(rows: DataFrame, form: TableForm, keys: KeyTexts) -> Faulty:
    """The keys that repeat, and those of references that no row has.

    Args:
        rows: the DataFrame, its columns named by their places.
        form: what its batches have in common.
        keys: the keys; at least one.
    """
    form = replace(form, only=keys.fields)
    texts = _selected(rows, form).mapInArrow(Keying(form, keys), spark_types(KEYS))
    is_target = sf.col(IS_TARGET)
    brought_together = texts.groupBy(NUMBER, TEXT).agg(
        sf.count(sf.when(~is_target, True)).alias(COUNT), sf.max(is_target).alias(IS_KNOWN)
    )
    repeats = (sf.col(NUMBER) < len(keys.unique)) & (sf.col(COUNT) > 1)
    is_missing = (sf.col(NUMBER) >= len(keys.unique)) & (sf.col(COUNT) > 0) & ~sf.col(IS_KNOWN)
    faulty = brought_together.where(repeats | is_missing).select(NUMBER, TEXT, COUNT).persist()
    counted = faulty.groupBy(NUMBER).agg(sf.count(sf.lit(1)), sf.sum(COUNT)).collect()
    return Faulty(
        faulty,
        {number: values for number, values, _ in counted},
        {number: references for number, _, references in counted},
    )


def key_findings(
    rows: DataFrame, form: TableForm, keys: KeyTexts, faulty: Faulty
) -> Iterator[DataFrame]:
    """The findings of the keys at fault, a frame for each of these keys.

    Of a key that is to stand in one row only, one for each value that does not, with the least of
    the primary keys of its rows: which of them is the first, nobody can say.

    Args:
        rows: the DataFrame, its columns named by their places.
        form: what its batches have in common.
        keys: the keys.
        faulty: those at fault.
    """
    numbers = tuple(sorted(faulty.values))
    only = keys.fields.union(form.resource.schema.primary_key)
    form = replace(form, only=only.intersection(form.header.columns))
    suspects = _selected(rows, form).mapInArrow(
        Suspecting(form, keys, numbers), spark_types(SUSPECTS)
    )
    found = suspects.join(faulty.rows, [NUMBER, TEXT])
    for number in numbers:
        of_key = found.where(sf.col(NUMBER) == number)
        if number < len(keys.unique):
            of_key = _one_each(of_key, repeated_message(keys.unique[number]))
        yield of_key.select(FINDING.names)


def _one_each(found: DataFrame, said: str) -> DataFrame:
    """One finding for each text, with how many rows have it."""
    different: list[Column | Any] = [sf.col("key"), sf.col("value")]
    others = [name for name in FINDING.names if name not in ("key", "value", "message")]
    each = found.groupBy(TEXT).agg(
        sf.min(sf.struct(*different)).alias(LEAST),
        sf.first(COUNT).alias(COUNT),
        *(sf.first(name).alias(name) for name in others),
    )
    message = sf.concat(sf.format_number(COUNT, 0), sf.lit(f" {said}"))
    return each.select("*", f"{LEAST}.*", message.alias("message"))


def _selected(rows: DataFrame, form: TableForm) -> DataFrame:
    """The columns that are looked at, so that sources which can leave out the others do."""
    return rows if form.wanted is None else rows.select(form.wanted)
