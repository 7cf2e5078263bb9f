"""Fields that go with another one, as a property of it says: which of them cannot be judged."""

from collections.abc import Iterable, Iterator

from validate._src.tables.table import Table
from validate._src.words.outcome import NotChecked


def absent(
    table: Table, field: str, companions: Iterable[str], kind: str, codes: frozenset[str]
) -> Iterator[NotChecked]:
    """What is not checked of a field because fields that go with it have no column.

    Args:
        table: any rows of the table.
        field: the field that has the property.
        companions: the fields that the property names.
        kind: what the field holds, such as `EDTF dates`.
        codes: the codes of what would be found.
    """
    for name in companions:
        if not table.has([name]):
            what = f"{kind} of {table.resource.name}.{field} beside {name}"
            why = f"{table.location} has no column {name}"
            yield NotChecked(what, why, codes, table.resource.name)
