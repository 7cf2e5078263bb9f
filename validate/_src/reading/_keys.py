"""The columns of rows that are objects: which of their keys they are."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import Any

from validate._src.reading.items import SAMPLE, Columns, Entry, Item, Items
from validate._src.words.errors import FileError
from validate._src.words.model import Resource

MOST_KEYS = (
    10_000  # of a table without a schema: more is no table, and would be columns without end
)
ALLOWS_MORE = ("subset", "partial")
"""What `fieldsMatch` is where data may have fields beyond those of the schema."""


@dataclass(frozen=True)
class Keys:
    """The keys of objects.

    Attributes:
        columns: those that are columns, in order.
        may_have_more: whether objects may have others, which are then left aside.
    """

    columns: tuple[str, ...] = ()
    may_have_more: bool = False

    def cells(self, value: Mapping[str, Any], width: int) -> list[Any]:
        """The cells of an object, those under other keys after the columns of its table."""
        if 1 < len(value) == width == len(self.columns):
            with suppress(KeyError):
                return [*self._each(value)]
        cells = [value.get(key) for key in self.columns]
        missing = [None] * (width - len(cells))
        return [*cells, *missing, *(value[key] for key in self.others(value))]

    def others(self, value: Mapping[str, Any]) -> tuple[str, ...]:
        """The keys of an object that are no columns, where there should be none."""
        if self.may_have_more or value.keys() <= self._known:
            return ()
        return tuple(key for key in value if key not in self._known)

    @cached_property
    def _each(self) -> Callable[[Mapping[str, Any]], tuple[Any, ...]]:
        """Gives the values of all columns, of two at least."""
        return itemgetter(*self.columns)

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self.columns)


def keys_of_table(resource: Resource, sample: Sequence[Item], read: Items) -> Keys:
    """The keys that are columns of a table of objects.

    Args:
        resource: the resource.
        sample: the first rows, up to `SAMPLE`.
        read: reads its rows from the first on, if those do not tell.

    Raises:
        FileError: there are more keys than a table has columns.
    """
    given = resource.dialect.item_keys
    if given is not None:
        return Keys(given, may_have_more=True)
    schema = resource.schema
    allowed = schema is not None and schema.fields_match in ALLOWS_MORE
    return Keys(tuple(_columns(resource, sample, read)), may_have_more=allowed)


def _columns(resource: Resource, sample: Sequence[Item], read: Items) -> list[str]:
    names = dict.fromkeys(resource.schema.names if resource.schema else ())
    known, of_paths = _keys(sample), {*resource.partitions}  # which no object is to have
    if len(sample) == SAMPLE and not (names and known.keys() >= names.keys() - of_paths):
        known |= _keys_of_all(resource, read, {*names} - known.keys() - of_paths)
    if not any(isinstance(item.value, dict) for item in sample):
        return [name for name in names if name not in of_paths]
    return [name for name in names if name in known] or list(known)


def _keys_of_all(resource: Resource, read: Items, wanted: set[str]) -> dict[str, None]:
    """The keys of all rows, read up to where each one that is wanted has been seen.

    Without keys that are wanted, all are. What is wrong with the files is said where the
    rows are read.
    """
    known: dict[str, None] = {}
    is_any = not wanted
    with suppress(FileError):
        for item in read([]):
            known |= _keys([item])
            wanted -= known.keys()
            if not (wanted or is_any) or len(known) > MOST_KEYS:
                break
    if is_any and len(known) > MOST_KEYS:
        reason = f"the objects have more than {MOST_KEYS:,} different keys"
        raise FileError(resource.location, reason)
    return known


def _keys(items: Iterable[Entry]) -> dict[str, None]:
    """The keys of objects, in the order in which they stand first."""
    return dict.fromkeys(key for item in items for key in _keys_of(item))


def _keys_of(entry: Entry) -> Iterable[str]:
    if isinstance(entry, Columns):
        return entry.keys()
    return entry.value if isinstance(entry.value, dict) else ()
