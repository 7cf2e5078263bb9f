"""The foreign keys that Croissant has a word for, and that its readers can follow.

Source: Croissant Format Specification 1.1, "References".
"""

from collections.abc import Iterator, Mapping

from validate._src.publish.content import PublishedTable
from validate._src.publish.promises import in_words
from validate._src.publish.standards.croissantcolumns import is_told
from validate._src.words.schema import ForeignKey

Tables = Mapping[str, PublishedTable]
References = Mapping[str, Mapping[str, ForeignKey]]
"""Foreign keys by table and field."""
CIRCLE = "it leads in a circle"


def referring(tables: Tables) -> References:
    """The foreign keys that Croissant has a word for, by table and field.

    Its readers bring in the rows that are referred to before those that refer to them, and join
    both: so no way may lead along the keys back to a table, and of those in a circle the last in
    the order of the descriptor is left out.
    """
    said: dict[str, dict[str, ForeignKey]] = {name: {} for name in tables}
    for name, table in tables.items():
        for key in table.promises.references:
            if not _why_unsaid(key, table, tables, said):
                said[name][key.fields[0]] = key
    return said


def _why_unsaid(
    key: ForeignKey,
    table: PublishedTable,
    tables: Tables,
    said: References,
) -> str:
    """Why a foreign key is left out; empty if it is among those that are said, or can be."""
    name, *others = key.fields
    if key.resource not in tables:
        return f"{key.resource} is not described"
    if others:
        return "it has several fields"
    if said[table.name].get(name) == key:
        return ""
    target = tables[key.resource]
    if all(one.fields != key.reference_fields for one in target.promises.keys):
        return "what it refers to is not declared to be unique"
    columns = table.column(name), target.column(key.reference_fields[0])
    if any(column.texts.null_count() == len(column.texts) for column in columns):
        return "it has no values, by which readers guess types"
    if not all(map(is_told, columns)):
        return "readers take its texts for values of another type"
    if name in said[table.name]:
        return "its field has another foreign key"
    return CIRCLE if table.name in _reached(key.resource, said) else ""


def _reached(table: str, said: References) -> set[str]:
    """A table and all that references lead to from there."""
    reached, ahead = {table}, [table]
    while ahead:
        found = {key.resource for key in said[ahead.pop()].values()} - reached
        reached |= found
        ahead += found
    return reached


def unsaid(tables: Tables, said: References) -> Iterator[str]:
    """The foreign keys that are left out, a sentence each."""
    for name, table in tables.items():
        for key in table.promises.references:
            if why := _why_unsaid(key, table, tables, said):
                yield f"{name}: {in_words(key)} is left out: {why}"
