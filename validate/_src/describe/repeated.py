"""Columns that are other in nearly every row, as ids are: a value that repeats may be a fault."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from validate._src.describe.columnfacts import NAMING
from validate._src.describe.sample import SAMPLE
from validate._src.describe.schema import Typed
from validate._src.reading.batch import Reader
from validate._src.tables.reading import read_batches
from validate._src.words.finding import WITHHELD, cut
from validate._src.words.model import TabularResource
from validate._src.words.printing import counted

MOST_ROWS = 2_000_000  # whose texts are held at once: of ids of 36 characters, some 100 MB
MOST_REPEATED = 0.05
"""The share of the rows that may have a value of another at most: more are meant."""
FEWEST_BY_CHANCE = 8
"""How many pairs of equal numbers chance must make at least where there are hardly any: where
eight are expected, one at most is found once in 300 times."""
FEWER = 8
"""How many times fewer than by chance they must be."""
NUMBERED = r"^\s*([^0-9]{0,20})0*([0-9]{1,15})\s*$"
"""A number, or a code that ends in one."""
FEWEST_ROWS = 10  # of fewer, one that repeats is more than a few
YEARS = (1500, 2099)  # numbers that two rows of one year share, however few do
IDS = re.compile(r"(?i)(uuid|guid|id)")
RANKS = re.compile(r"(?i)rank|\brang|\bplace\b|position|platz")
"""Labels of numbers that two rows share where they are equal."""
SHOWN = 2  # values that a sentence shows, and rows of each


@dataclass(frozen=True)
class Repeated:
    """A column of which hardly a value repeats.

    Attributes:
        name: the name of the field.
        rows: how many rows the table has.
        distinct: how many values they have.
        values: the values that repeat.
        places: the numbers of the rows of each, or their lines, if they have some.
        unit: what these numbers are of.
    """

    name: str
    rows: int
    distinct: int
    values: tuple[str, ...]
    places: tuple[tuple[int, ...], ...]
    unit: str

    def said(self, *, hides: bool = False) -> str:
        """How many values it has, and which rows have the same.

        Args:
            hides: whether no value is shown.
        """
        shown = [
            f"{_places(self.unit, places)} are {'both' if len(places) == 2 else 'all'} "
            f"{WITHHELD if hides else cut(value)}"
            for value, places in zip(self.values[:SHOWN], self.places, strict=False)
        ]
        more = len(self.values) - len(shown)
        shown += [f"{counted(more, 'more value')} repeat{'s' if more == 1 else ''}"] if more else []
        return f"{self.distinct:,} of {self.rows:,} values are distinct; {', '.join(shown)}"


def _places(unit: str, places: Sequence[int]) -> str:
    shown = [f"{place:,}" for place in places[:SHOWN]]
    more = len(places) - len(shown)
    shown += [f"{more:,} more"] if more else []
    return f"{unit}s {', '.join(shown[:-1])} and {shown[-1]}"


def repeated(
    fields: Sequence[Typed], resource: TabularResource, reader: Reader | None
) -> list[Repeated]:
    """The columns in which a few values repeat that would be other in every row.

    They have numbers, or codes with numbers, that lie so close together that chance would repeat
    many more of them; or their label says that they are ids.

    Args:
        fields: the fields of the table.
        resource: the table.
        reader: reads its rows, if they are at hand.
    """
    names = [one.name for one in fields if _may_repeat(one)]
    held: dict[str, list[pl.DataFrame]] = {name: [] for name in names}
    rows = 0
    for table in read_batches(resource, only={*names}, reader=reader) if names else ():
        rows += len(table.rows)
        if rows > MOST_ROWS:
            return []
        for name in names:
            columns = {"text": table.text[name], "row": table.rows, "line": table.lines}
            held[name].append(pl.DataFrame(columns).drop_nulls("text"))
    by_row = len(resource.parts) > 1  # each file has lines of its own
    found = (_repeated(name, pl.concat(frames), by_row=by_row) for name, frames in held.items())
    return [one for one in found if one is not None]


def _may_repeat(one: Typed) -> bool:
    """Whether a few of the texts of a sample repeat, or all may that are beyond it."""
    texts = one.column.texts
    repeats = sum(texts.values()) - len(texts)
    is_cut = len(texts) >= SAMPLE
    few = max(1, MOST_REPEATED * len(texts))
    return one.properties["type"] in NAMING and repeats <= few and (is_cut or repeats > 0)


def _repeated(name: str, cells: pl.DataFrame, *, by_row: bool) -> Repeated | None:
    """The values of a column that repeat, if hardly one does that would by chance."""
    rows, distinct = cells.height, cells["text"].n_unique()
    if not _are_few(rows, distinct) or not _are_ids(name, cells["text"], rows - distinct):
        return None
    place = "row" if by_row or cells["line"].null_count() else "line"
    groups = (
        cells.filter(pl.col("text").is_duplicated())
        .group_by("text", maintain_order=True)
        .agg(pl.col(place))
    )
    places = tuple(map(tuple, groups[place].to_list()))
    return Repeated(name, rows, distinct, tuple(groups["text"]), places, place)


def _are_few(rows: int, distinct: int) -> bool:
    return rows >= FEWEST_ROWS and 0 < rows - distinct <= max(1, MOST_REPEATED * rows)


def _are_ids(name: str, texts: pl.Series, repeats: int) -> bool:
    """Whether texts are told to be ids by their label, or by how close together they lie."""
    if IDS.fullmatch(name.strip()):
        return True
    parts = pl.DataFrame({"text": texts}).select(
        pl.col("text").str.extract(NUMBERED, 1).alias("prefix"),
        pl.col("text").str.extract(NUMBERED, 2).cast(pl.Int64).alias("number"),
    )
    numbers = parts["number"]
    if RANKS.search(name) or numbers.null_count() or parts["prefix"].n_unique() > 1:
        return False
    if numbers.is_between(*YEARS).all():
        return False
    span = int(parts.select(pl.col("number").max() - pl.col("number").min() + 1).item())
    by_chance = len(texts) * (len(texts) - 1) / 2 / span
    return by_chance >= FEWEST_BY_CHANCE and repeats * FEWER <= by_chance
