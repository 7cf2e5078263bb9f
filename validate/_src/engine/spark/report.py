"""What was found in a DataFrame of Spark, where it may be more than a process can hold."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from pyspark.sql import DataFrame
from pyspark.sql import functions as sf

from validate._src.engine.arguments import as_count
from validate._src.engine.spark.columns import FINDING
from validate._src.report.collecting import make_report
from validate._src.report.report import Report
from validate._src.words.codes import ERROR, WARNING
from validate._src.words.finding import Finding
from validate._src.words.findingframe import FindingFrame, framed
from validate._src.words.model import Package
from validate._src.words.outcome import Checked, Columns, NotChecked, Outcome, Remark
from validate._src.words.printing import counted, printable

LISTED = 1_000
"""Findings of a code and severity that a report has by default: more are no help to a reader."""
MOST_ROWS = 2**31 - 1
"""Rows that Spark can be asked for."""


@dataclass(frozen=True)
class Found:
    """Findings that were made by Spark, and those that were made here.

    Attributes:
        rows: the findings in rows and keys, with the columns `FINDING`.
        counts: how many these are, by code and severity.
        here: those in the schema and the names of the columns, which are few.
        kept: the frames that Spark keeps for them.
    """

    rows: DataFrame
    counts: Mapping[tuple[str, str], int]
    here: tuple[FindingFrame, ...]
    kept: tuple[DataFrame, ...]


@dataclass(frozen=True)
class SparkReport:
    """What was found in a DataFrame, what was checked, and what was not.

    Attributes:
        findings: all findings, a row each, in no order, with the columns `code`, `severity`,
            `message`, `field`, `rule`, `key` (the primary key of the row, a list of texts), `value`
            and `note`, which hold what those of `Report.to_frame` do. Spark keeps them.
        counts: how many there are, by code and severity.
        checked: kinds of things that were checked, with their number.
        not_checked: what was not checked, with the reason.
        source: the schema, as a package.
        columns: what the columns are called: each by its field, or by its label.
    """

    findings: DataFrame
    counts: Mapping[tuple[str, str], int]
    checked: tuple[Checked, ...]
    not_checked: tuple[NotChecked, ...]
    source: Package = field(repr=False)
    columns: Columns = field(repr=False)
    _found: Found = field(repr=False)

    @property
    def valid(self) -> bool:
        """Whether there is no error among the findings; warnings may be."""
        return not self._number_of(ERROR)

    @property
    def by_code(self) -> Mapping[str, int]:
        """How many findings there are by code, most first."""
        counts: Counter[str] = Counter()
        for (code, _), count in self.counts.items():
            counts[code] += count
        return dict(counts.most_common())

    def _number_of(self, severity: str) -> int:
        return sum(count for (_, own), count in self.counts.items() if own == severity)

    def __str__(self) -> str:
        """A summary: how the DataFrame stands, what was found, what was not checked."""
        return "\n".join(map(printable, self._summary()))

    def _summary(self) -> Iterator[str]:
        numbers = {noun: self._number_of(noun) for noun in (ERROR, WARNING)}
        found = " and ".join(counted(number, noun) for noun, number in numbers.items() if number)
        if found:
            yield f"dataframe: {'valid, with' if self.valid else 'not valid,'} {found}"
            yield "  " + ", ".join(f"{code} {count:,}" for code, count in self.by_code.items())
        else:
            yield f"dataframe: valid{' in all that was checked' if self.not_checked else ''}"
        for part in self.not_checked:
            yield f"not checked: {part.what}: {part.why}"

    def report(self, limit: int = LISTED) -> Report:
        """A report as that on a frame in memory, with the first findings of each code.

        They are brought here and put in order by their keys, fields and values. Where some are left
        out, a remark of the report says how many there are.

        Args:
            limit: how many there are at most of each code and severity, of those in rows.

        Raises:
            PackageError: the limit is no whole number from 1 to 2,147,483,647.
        """
        limit = as_count(limit, "limit", MOST_ROWS)  # without findings it would be valid
        said = chain([self.columns], self._listed(limit), self.checked, self.not_checked)
        return make_report(self.source, said)

    def _listed(self, limit: int) -> Iterator[Outcome]:
        """The findings of a report, and of which there are more."""
        yield from self._found.here
        for (code, severity), count in self._found.counts.items():
            yield from framed(self._first(code, severity, limit))
            if count > limit:
                yield Remark(f"{limit:,} of {count:,} findings are listed: {code}, {severity}")

    def _first(self, code: str, severity: str, limit: int) -> Iterator[Finding]:
        """The first findings in rows of a code and severity."""
        (resource,) = self.source.resources.values()
        alike = self._found.rows.where((sf.col("code") == code) & (sf.col("severity") == severity))
        first = alike.orderBy("key", "field", "value", "message").limit(limit)
        for row in first.collect():
            said: dict[str, Any] = {name: row[name] for name in FINDING.names}
            said["key"] = tuple(said["key"])
            yield Finding(resource=resource.name, path=resource.location, **said)

    def unpersist(self) -> None:
        """Has Spark forget the findings; to ask for them again would judge the DataFrame again."""
        for kept in self._found.kept:
            kept.unpersist()
