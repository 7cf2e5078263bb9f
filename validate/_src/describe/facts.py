"""What holds for all rows of a table: how many they are, its columns, and keys."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from validate._src.describe.columnfacts import NAMING, Facts, with_batch
from validate._src.describe.keys import MOST_FIELDS, Hashes, composite_keys
from validate._src.describe.repeated import Repeated
from validate._src.describe.wholerows import whole_rows
from validate._src.reading.batch import Reader
from validate._src.tables.reading import read_batches
from validate._src.words.model import TabularResource

FEWEST_ROWS = 3  # in fewer, nearly every column is unique and complete by chance


@dataclass(frozen=True)
class TableFacts:
    """What holds for a table.

    Attributes:
        rows: how many rows it has, blank and broken ones left out.
        columns: what holds for its columns, by field.
        complete: whether it could be read to its end, every cell by the type of its field.
        composite: the fields of candidate keys of several fields, where none of one is found.
        untried: why such keys were not looked for among all fields; empty if they were.
        totals: the numbers of rows that are probably totals of the others: what holds for all
            rows then says nothing of those that are meant.
        missing: the texts that are missing values of fields.
        broken: how many rows have more or fewer cells than there are columns.
        repeated: its columns in which a few values repeat that are probably faults.
    """

    rows: int
    columns: Mapping[str, Facts]
    complete: bool
    composite: tuple[tuple[str, ...], ...] = ()
    untried: str = ""
    totals: tuple[int, ...] = ()
    missing: frozenset[str] = frozenset()
    broken: int = 0
    repeated: tuple[Repeated, ...] = ()

    @property
    def doubtful(self) -> int:
        """How many columns probable faults keep from the type that nearly all cells have."""
        return sum(one.is_doubtful for one in self.columns.values())

    @property
    def parts(self) -> list[str]:
        """The fields that may be parts of a key: no value is missing, or may mean that.

        A text such as `NA` may mean it where it is a missing value of another field.
        """
        return [
            name
            for name, one in self.columns.items()
            if one.names_rows and not one.marks.keys() & self.missing
        ]

    @property
    def unique(self) -> list[str]:
        """Those that have another value in every row, be it by chance."""
        values = {name: self.columns[name].distinct for name in self.parts}
        return [name for name, one in values.items() if one is not None and len(one) == self.rows]

    @property
    def keys(self) -> list[str]:
        """Those that are keys by themselves, those of names before those of times.

        Days and times that are not in the order of the rows have no repetition by chance.
        """
        found = [name for name in self.unique if self.columns[name].is_series]
        return sorted(found, key=lambda name: self.columns[name].type not in NAMING)

    @property
    def tells(self) -> bool:
        """Whether what holds for its rows may hold for others."""
        return self.complete and self.rows >= FEWEST_ROWS and not self.totals


def facts_of(
    resource: TabularResource,
    reader: Reader | None = None,
    broken: int = 0,
    repeated: Sequence[Repeated] = (),
) -> TableFacts:
    """What holds for all rows of a table that are not broken.

    Args:
        resource: the table.
        reader: reads its rows, if they are at hand.
        broken: how many rows have more or fewer cells than there are columns.
        repeated: its columns in which a few values repeat, but for which they would be keys.
    """
    found = {one.name: Facts(one.type) for one in resource.schema.fields}
    rows, complete = 0, True
    for table in read_batches(resource, reader=whole_rows(resource, reader, broken)):
        rows += len(table.rows)
        complete = complete and table.complete
        complete = complete and table.values.null_count().rows() == table.text.null_count().rows()
        found = with_batch(found, table)
    missing = frozenset(text for one in resource.schema.fields for text in one.missing_values)
    facts = TableFacts(
        rows,
        found,
        complete,
        missing=missing - {""},
        broken=broken,
        repeated=tuple(repeated),
    )
    if facts.keys or repeated or not facts.tells:
        return facts
    return _with_composite(facts, resource, whole_rows(resource, reader, broken))


def _with_composite(
    facts: TableFacts, resource: TabularResource, reader: Reader | None
) -> TableFacts:
    """The facts with the candidate keys of several fields."""
    unique = {*facts.unique}  # once: of thousands of columns each would look at all
    parts = [name for name in facts.parts if name not in unique]
    hashes = Hashes(parts[:MOST_FIELDS])
    for table in read_batches(resource, only={*hashes.names}, reader=reader):
        hashes.add(table)
    if not hashes.is_whole:
        return replace(facts, untried=f"its {facts.rows:,} rows are too many for that")
    found = tuple(composite_keys(hashes.frame()))
    is_cut = len(parts) > MOST_FIELDS and not found
    untried = f"only the first {MOST_FIELDS} fields were tried" if is_cut else ""
    return replace(facts, composite=found, untried=untried)
