"""What workers make of the rows of a DataFrame: findings, keys, and what else there is to tell.

Each of these values is sent to the workers, which call it with the batches of a partition. A batch
is judged by itself, by the judges of a local run but for that of keys.
"""

import pickle
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import polars as pl
import pyarrow as pa

from validate._src.checks import CHECKS
from validate._src.checks.check import Fact, Judge
from validate._src.checks.constraints.check import AtOnce, ConstraintsCheck
from validate._src.checks.keys import KeysCheck
from validate._src.checks.keytexts import KeyTexts, empty_primary_keys
from validate._src.checks.structure import StructureCheck
from validate._src.engine.spark.columns import FINDING, ArrowBatch, as_batches, batches_of
from validate._src.report.notes import noted
from validate._src.tables.batches import TableForm
from validate._src.tables.debris import Ending
from validate._src.tables.table import Table
from validate._src.words.findingframe import FindingFrame
from validate._src.words.model import Package
from validate._src.words.outcome import Checked, NotChecked, Outcome

TOLD, NUMBER, IS_TARGET, TEXT = "told", "number", "is_target", "text"
JUDGED = FINDING.append(pa.field(TOLD, pa.binary()))
"""Columns of what `Judging` gives: a finding, or what is told of a partition."""
KEYS = pa.schema([(NUMBER, pa.int32()), (IS_TARGET, pa.bool_()), (TEXT, pa.string())])
"""Columns of what `Keying` gives: which key, whether it is what a foreign key refers to, and it."""
SUSPECTS = FINDING.append(pa.field(NUMBER, pa.int32())).append(pa.field(TEXT, pa.string()))
"""Columns of what `Suspecting` gives: what to say of a row if that key of it is at fault."""
NO_ORDER = (StructureCheck, ConstraintsCheck, KeysCheck)
"""Checks whose judges leave facts for the conductor, which rows without an order give otherwise."""


@dataclass
class Told:
    """What there is to tell of some rows beside the findings.

    Attributes:
        rows: how many they are, blank ones among them.
        checked: how many of each kind of thing were judged.
        not_checked: what was not, each once.
        facts: for the check of constraints: what was not judged of some of the rows.
        found: how many findings there are, by code and severity.
        filled: the last column without label in which a row has a value; -1 if none has.
    """

    rows: int = 0
    checked: Counter[str] = field(default_factory=Counter[str])
    not_checked: dict[NotChecked, None] = field(default_factory=dict[NotChecked, None])
    facts: list[Fact] = field(default_factory=list[Fact])
    found: Counter[tuple[str, str]] = field(default_factory=Counter[tuple[str, str]])
    filled: int = -1

    @classmethod
    def unpickled(cls, content: bytes) -> "Told":
        """What a worker has told, which only those of the session can have done."""
        return pickle.loads(content)  # noqa: S301 - our own

    def pickled(self) -> bytes:
        """The same for the conductor."""
        return pickle.dumps(self, pickle.HIGHEST_PROTOCOL)

    def add(self, other: "Told") -> None:
        """Takes what there is to tell of other rows."""
        self.rows += other.rows
        self.checked += other.checked
        self.not_checked |= other.not_checked
        self.facts += other.facts
        self.found += other.found
        self.filled = max(self.filled, other.filled)

    def take(self, said: Outcome | Fact) -> None:
        """Takes what a judge says that is no finding."""
        match said:
            case Checked():
                self.checked[said.what] += said.count
            case NotChecked():
                self.not_checked[said] = None
            case _:
                raise TypeError(said)

    def count(self, found: FindingFrame) -> None:
        """Counts findings."""
        for severity, count in found.rows["severity"].value_counts().iter_rows():
            self.found[found.code, severity] += count


@dataclass(frozen=True)
class Judging:
    """Judges rows; what there is to tell of them comes last.

    Attributes:
        package: the package of the table.
        form: what its batches have in common.
    """

    package: Package
    form: TableForm

    def __call__(self, read: Iterable[ArrowBatch]) -> Iterator[ArrowBatch]:
        """Rows with the columns `JUDGED`, for the batches of a partition."""
        told, at_once, judges = Told(), AtOnce(), self._judges()
        for batch in batches_of(read, self.form.resource.location):
            table, ending = self.form.framed(batch)
            told.rows += len(batch.rows)
            told.filled = max(told.filled, ending.filled)
            for said in _said(table, ending, at_once, judges):
                if isinstance(said, FindingFrame):
                    found = noted(said, self.package)
                    told.count(found)
                    rows = found.rows.with_columns(pl.lit(None, pl.Binary).alias(TOLD))
                    yield from as_batches(rows, JUDGED)
                elif isinstance(said, Fact):
                    told.facts.append(said)
                else:
                    told.take(said)
        yield pa.RecordBatch.from_pylist([{TOLD: told.pickled()}], JUDGED)

    def _judges(self) -> list[Judge]:
        """The judges that say of a batch all there is to say."""
        checks = (check(self.package) for check in CHECKS if check not in NO_ORDER)
        judges = (check.judge(self.form.resource) for check in checks)
        return [judge for judge in judges if judge is not None]


def _said(
    table: Table, ending: Ending, at_once: AtOnce, judges: Sequence[Judge]
) -> Iterator[Outcome | Fact]:
    """What is said of a batch; the facts are of constraints.

    Rows without an order end nowhere, so that no blank one is debris.
    """
    yield from table.findings
    if ending.blank is not None:
        yield ending.blank.each()
    yield Checked("rows", len(table.rows))
    yield Checked("cells", table.cells.height * table.cells.width)
    yield from empty_primary_keys(table)
    yield from at_once.batch(table)
    for judge in judges:
        for said in judge.batch(table):
            assert not isinstance(said, Fact), f"{judge} leaves facts: see NO_ORDER"
            yield said


@dataclass(frozen=True)
class Keying:
    """Gives the keys of rows as texts.

    Attributes:
        form: what the batches of the table have in common, of the fields of the keys.
        keys: the keys.
    """

    form: TableForm
    keys: KeyTexts

    def __call__(self, read: Iterable[ArrowBatch]) -> Iterator[ArrowBatch]:
        """Rows with the columns `KEYS`, for the batches of a partition."""
        for batch in batches_of(read, self.form.resource.location):
            table, _ = self.form.framed(batch)
            for number, is_target, texts in self.keys.texts(table):
                rows = pl.DataFrame({TEXT: texts}).with_columns(
                    pl.lit(number).alias(NUMBER), pl.lit(is_target).alias(IS_TARGET)
                )
                yield from as_batches(rows, KEYS)


@dataclass(frozen=True)
class Suspecting:
    """Gives what is to be said of each row with a key, were it at fault.

    Attributes:
        form: what the batches of the table have in common, of the fields of keys at fault and of
            the primary key.
        keys: all keys.
        numbers: the numbers of those at fault.
    """

    form: TableForm
    keys: KeyTexts
    numbers: tuple[int, ...]

    def __call__(self, read: Iterable[ArrowBatch]) -> Iterator[ArrowBatch]:
        """Rows with the columns `SUSPECTS`, for the batches of a partition."""
        for batch in batches_of(read, self.form.resource.location):
            table, _ = self.form.framed(batch)
            for number in self.numbers:
                texts, found = self.keys.findings(table, number)
                rows = found.rows.with_columns(texts.alias(TEXT), pl.lit(number).alias(NUMBER))
                yield from as_batches(rows, SUSPECTS)
