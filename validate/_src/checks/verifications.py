"""Verifications: whether verdicts, spans of documents and differences go together."""

from collections.abc import Iterator, Sequence

import polars as pl

from validate._src.checks.check import Check
from validate._src.tables.dataset import Dataset
from validate._src.tables.table import Table
from validate._src.words.codes import VERIFICATION_CODES
from validate._src.words.findingframe import FindingFrame
from validate._src.words.model import Package
from validate._src.words.outcome import Checked, NotChecked, Outcome
from validate._src.words.verifications import Unreported, Verifications

INDEX, KEY, SOURCE, VERDICT = "index", "key", "source", "verdict"
SPANS, ASPECTS, PROVED, OWN = "spans", "aspects", "proved", "own"
"""Columns that are made here, whatever fields are called."""


class VerificationsCheck(Check):
    """Holds verdicts, spans of documents and differences to each other; it needs no texts.

    A verdict that is empty is not known, and nothing is asked of it; a verdict that is in none of
    the lists is asked for no span and may have no difference.

    Source: docs/extensions.md, "Verifications".
    """

    def end(self, dataset: Dataset) -> Iterator[Outcome]:
        """Judges all verifications."""
        declared = self.package.verifications
        if declared is None:
            return
        for name, fields in _looked_at(self.package, declared):
            if (why := dataset.tables[name].why_without(fields)) is not None:
                yield NotChecked("verifications", why, VERIFICATION_CODES)
                return
        yield from _Judging(dataset, declared).findings()
        yield Checked("verifications", dataset.tables[declared.resource].cells.height)


def _looked_at(package: Package, declared: Verifications) -> Iterator[tuple[str, Sequence[str]]]:
    """The resources and fields that are looked at."""
    pattern = _pattern(package, declared)
    fields = (declared.claim, declared.source, declared.verdict)
    yield declared.resource, fields if pattern is None else (*fields, pattern)
    yield declared.spans.resource, (declared.spans.claim, _source(package, declared))
    if (differences := declared.differences) is not None:
        yield differences.resource, (differences.claim, differences.aspect)
    if (items := declared.unreported) is not None:
        yield items.resource, (items.item,)
        yield items.spans.resource, (items.spans.item,)


def _pattern(package: Package, declared: Verifications) -> str | None:
    """The field of verifications that says what does not stand in the document, if one does."""
    absences = package.anchors and package.anchors.absences
    return absences.pattern if absences and absences.resource == declared.resource else None


def _source(package: Package, declared: Verifications) -> str:
    """The field of the spans of documents that holds their text."""
    spans = package.anchors and package.anchors.spans_of(declared.spans.resource)
    assert spans is not None
    return spans.source


class _Judging:
    """Judges the verifications of a dataset.

    Attributes:
        rows: n verifications with their key, source and verdict, and how many spans and aspects
            each has; `proved` where it has a span or what must be absent.
    """

    def __init__(self, dataset: Dataset, declared: Verifications) -> None:
        package = dataset.package
        self._declared, self._tables = declared, dataset.tables
        self._own = dataset.tables[declared.resource]
        self._spans = dataset.tables[declared.spans.resource]
        self._source = _source(package, declared)
        pattern = _pattern(package, declared)
        rows = _keyed(
            self._own,
            declared.claim,
            pl.col(declared.source).alias(SOURCE),
            pl.col(declared.verdict).alias(VERDICT),
            (pl.lit(False) if pattern is None else pl.col(pattern).is_not_null()).alias(PROVED),
        )
        rows = _with_count(rows, _keyed(self._spans, declared.spans.claim), SPANS)
        self.rows = _with_count(rows, self._aspects(), ASPECTS).with_columns(
            pl.col(PROVED) | (pl.col(SPANS) > 0)
        )

    def findings(self) -> Iterator[FindingFrame]:
        """What does not hold together."""
        declared = self._declared
        agree, differ, wait = (
            pl.col(VERDICT).is_in(verdicts)
            for verdicts in (declared.agree, declared.differ, declared.wait)
        )
        compared, verdict = agree | differ, declared.verdict
        without = "there is neither a span of the document nor a pattern of what it does not have"
        yield from self._of_rows(compared & ~pl.col(PROVED), verdict, "spans", without)
        if declared.differences is not None:
            no_aspect = differ & (pl.col(ASPECTS) == 0)
            yield from self._of_rows(no_aspect, verdict, "differences", "nothing says in what")
            yield from self._of_aspects(~differ)
        names = "names a text, and waits to be compared with it"
        yield from self._of_rows(
            wait & pl.col(SOURCE).is_not_null(), declared.source, "wait", names
        )
        spanned = "waits to be compared, and has spans of the document"
        yield from self._of_rows(wait & (pl.col(SPANS) > 0), verdict, "wait", spanned)
        yield from self._of_spans(~wait)
        if declared.unreported is not None:
            yield from self._of_items(declared.unreported)

    def _of_rows(
        self, wrong: pl.Expr, field: str, rule: str, message: str
    ) -> Iterator[FindingFrame]:
        """The verifications of which something wrong is true."""
        yield from _found(self._own, self.rows.filter(wrong)[INDEX], field, rule, message)

    def _aspects(self) -> pl.DataFrame:
        """The claims of the differences that name an aspect, with their rows."""
        differences = self._declared.differences
        if differences is None:
            return _keyed(self._own, self._declared.claim).clear()
        table = self._tables[differences.resource]
        names_one = pl.col(differences.aspect).is_not_null().alias(ASPECTS)
        return _keyed(table, differences.claim, names_one).filter(ASPECTS)

    def _of_aspects(self, others: pl.Expr) -> Iterator[FindingFrame]:
        """The differences of claims whose verdict is another than that they differ."""
        differences = self._declared.differences
        assert differences is not None
        table, aspects = self._tables[differences.resource], self._aspects()
        yield from self._without(table, aspects, differences.claim)
        wrong = aspects.join(self.rows.filter(others), on=KEY, how="semi")[INDEX]
        message = "the verdict on its claim is none by which it differs"
        yield from _found(table, wrong, differences.aspect, "differences", message)

    def _of_spans(self, others: pl.Expr) -> Iterator[FindingFrame]:
        """The spans of another text than the verification of their claim names."""
        table, claim = self._spans, self._declared.spans.claim
        spans = _keyed(table, claim, pl.col(self._source).alias(OWN))
        yield from self._without(table, spans, claim)
        known = self.rows.filter(others).select(KEY, SOURCE)
        wrong = spans.join(known, on=KEY, maintain_order="left").filter(
            pl.col(OWN).ne_missing(pl.col(SOURCE)) & pl.col(OWN).is_not_null()
        )
        message = "is not the text that the verification of its claim names"
        yield from _found(
            table, wrong[INDEX].unique(maintain_order=True), self._source, "source", message
        )

    def _without(self, table: Table, rows: pl.DataFrame, claim: str) -> Iterator[FindingFrame]:
        """The rows about claims that have no verification."""
        alone = rows.join(self.rows, on=KEY, how="anti", maintain_order="left")[INDEX]
        yield from _found(table, alone, claim, "claim", "there is no verification of this claim")

    def _of_items(self, declared: Unreported) -> Iterator[FindingFrame]:
        """The items without spans, and the spans without items."""
        table, spanned = self._tables[declared.resource], self._tables[declared.spans.resource]
        items, spans = _keyed(table, declared.item), _keyed(spanned, declared.spans.item)
        alone = items.join(spans, on=KEY, how="anti", maintain_order="left")[INDEX]
        yield from _found(table, alone, declared.item, "spans", "no span says where it stands")
        astray = spans.join(items, on=KEY, how="anti", maintain_order="left")[INDEX]
        yield from _found(spanned, astray, declared.spans.item, "item", "there is no such item")


def _keyed(table: Table, key: str, *others: pl.Expr) -> pl.DataFrame:
    """The rows that say what they are about, with their indexes, that as their key, and others."""
    rows = table.values.select(pl.col(key).alias(KEY), *others).with_row_index(INDEX)
    return rows.filter(pl.col(KEY).is_not_null())


def _with_count(rows: pl.DataFrame, others: pl.DataFrame, name: str) -> pl.DataFrame:
    """Rows, each with the number of others that have its key."""
    counts = others.group_by(KEY).len(name)
    return rows.join(counts, on=KEY, how="left", maintain_order="left").with_columns(
        pl.col(name).fill_null(0)
    )


def _found(
    table: Table, indexes: pl.Series, field: str, rule: str, message: str
) -> Iterator[FindingFrame]:
    """The same fault of some rows, if there are any."""
    if not indexes.is_empty():
        yield table.findings_at(indexes, "verification-error", message, field=field, rule=rule)
