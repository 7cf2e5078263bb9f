"""Waivers: known faults that a package lets pass for a while, each with a reason (extension)."""

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl

from validate._src.package.links import WAIVER_FIELDS
from validate._src.tables.reading import read_table
from validate._src.tables.table import Table
from validate._src.words.codes import CODES, DESCRIPTOR_CODES, HEADER_CODES, unknown_code
from validate._src.words.errors import UnreadableError
from validate._src.words.finding import cut
from validate._src.words.findingframe import FindingFrame
from validate._src.words.model import Package
from validate._src.words.printing import no_such

INDEX, NUMBER, OWN_FIELD = "index", "number", "own field"
NONE = pl.DataFrame(
    schema={**dict.fromkeys(WAIVER_FIELDS, pl.String), INDEX: pl.UInt32, "is over": pl.Boolean}
)


class Waivers:
    """The waivers of a package, and which of them were needed.

    A waiver lets pass the faults of one code in the row with one key, or in a file as a
    whole where it has no key; with a field, only those of that field.

    Source: docs/extensions.md, "Waivers".
    """

    def __init__(self, package: Package, left_out: Set[str] = frozenset()) -> None:
        """Reads them; a row with something missing or wrong is no waiver.

        Args:
            package: what is validated.
            left_out: names of its resources that are not.

        Raises:
            PackageError: they cannot be read.
        """
        self._resources = [*package.resources, *left_out]
        self._table: Table | None = None
        self._rows = NONE
        self._matched: set[int] = set()
        if package.waivers is None:
            return
        resource = package.tables[package.waivers]
        try:
            self._table = read_table(resource)
        except UnreadableError as error:
            raise error.unusable(resource.location) from None
        if not self._table.has(WAIVER_FIELDS):
            return
        rows = self._table.values.select(WAIVER_FIELDS).with_row_index(INDEX)
        self._rows = rows.drop_nulls(["resource", "code", "reason", "expires"]).with_columns(
            pl.col("key").fill_null("").map_elements(cut, return_dtype=pl.String),
            (pl.col("expires") < date.today()).alias("is over"),
        )

    def parted(self, found: FindingFrame) -> tuple[FindingFrame, FindingFrame]:
        """The findings that stand, and those that a waiver lets pass, each with the reason."""
        if self._rows.is_empty() or found.code in DESCRIPTOR_CODES:
            return found, replace(found, rows=found.rows.clear())
        waivers = self._rows.filter(~pl.col("is over"), resource=found.resource, code=found.code)
        frame = found.rows
        met = (
            frame.with_row_index(NUMBER)
            .with_columns(frame["key"] if found.keys is None else found.keys.alias("key"))
            .select(NUMBER, pl.col("field").alias(OWN_FIELD), _key_text().alias("key"))
            .join(
                waivers.unique(["key", "field"], keep="first", maintain_order=True),
                on="key",
                maintain_order="left_right",
            )
            .filter(pl.col("field").is_null() | (pl.col("field") == pl.col(OWN_FIELD)))
        )
        same = waivers.join(
            met.select("key", "field").unique(), on=["key", "field"], nulls_equal=True
        )
        self._matched.update(same[INDEX])
        reasons = met.unique(NUMBER, keep="first", maintain_order=True)
        is_met = pl.int_range(frame.height, eager=True).is_in(reasons[NUMBER].implode())
        reason = reasons.sort(NUMBER)["reason"].alias("waiver")
        return (
            replace(found, rows=frame.filter(~is_met), keys=None),
            replace(found, rows=frame.filter(is_met).with_columns(reason), keys=None),
        )

    def problems(self, judges: Callable[[str, str], bool]) -> Iterator[FindingFrame]:
        """Waivers of what does not exist, that are over, or that let nothing pass.

        Args:
            judges: whether all faults of a code in a resource were found.
        """
        for row in self._rows.iter_rows(named=True):
            if (problem := self._problem(row, judges)) is not None:
                assert self._table is not None
                code, field, message = problem
                yield self._table.finding(row[INDEX], code, message, field=field)

    def _problem(
        self, row: Mapping[str, Any], judges: Callable[[str, str], bool]
    ) -> tuple[str, str, str] | None:
        """What is wrong with a waiver, if anything: code, field at fault and message."""
        assert self._table is not None
        place = ", ".join(_place(self._table, row[INDEX]))
        if row["resource"] not in self._resources:
            said = no_such("resource", row["resource"], self._resources)
            return "waiver-unmatched", "resource", said
        if row["code"] not in CODES:
            return "waiver-unmatched", "code", unknown_code(row["code"])
        if row["code"] in DESCRIPTOR_CODES:
            return "waiver-unmatched", "code", "a fault of the descriptor cannot be waived"
        if row["is over"]:
            said = f"the waiver of {row['code']} in {place} was good up to {row['expires']}"
            return "waiver-expired", "expires", said
        if row[INDEX] not in self._matched and judges(row["resource"], row["code"]):
            return "waiver-unmatched", "code", f"there is no {row['code']} in {place}"
        return None


def _place(table: Table, index: int) -> Iterator[str]:
    """What a waiver is of, as it may be written."""
    for name in ("resource", "key", "field"):
        text = table.shown(name, pl.Series([index]))[0]
        if text is not None:
            yield text


def _key_text() -> pl.Expr:
    """The key of a finding as waivers have it: none for a file, null where a row has none."""
    key = pl.col("key").list.join(",")
    of_file = pl.col("row").is_null() | pl.col("code").is_in(list(HEADER_CODES))
    return pl.when(of_file).then(pl.lit("")).when(key != "").then(key)
