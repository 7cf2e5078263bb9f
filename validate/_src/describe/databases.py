"""Keys that a database declares of its tables, in the names of resources and fields."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from validate._src.describe.form import Properties, format_of, resource_of
from validate._src.reading.sqlite import Declared, Reference, declared_of


@dataclass(frozen=True)
class DeclaredKeys:
    """What a database declares of the table of a resource.

    Attributes:
        is_view: whether it is a view, of rows that other tables have.
        primary_key: the fields of its primary key; none where nothing declares it.
        references: the fields that refer to others, the resource of these, and the fields there.
    """

    is_view: bool
    primary_key: tuple[str, ...]
    references: tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...]


def declared_keys(resources: Sequence[Properties], output: Path) -> dict[str, DeclaredKeys]:
    """What databases declare of their tables, by resource; other formats declare nothing.

    Args:
        resources: resources with their fields.
        output: where the descriptor will stand.

    Source: Data Package 2.0, Table Schema, "primaryKey", "foreignKeys".
    """
    found: dict[str, DeclaredKeys] = {}
    for path in dict.fromkeys(one["path"] for one in resources):
        of_file = [one for one in resources if one["path"] == path]
        known = resource_of(of_file[0], output)
        if format_of(known).described == "table":
            found |= _of_file(of_file, declared_of(known.parts[0]))
    return found


def _of_file(
    resources: Sequence[Properties], tables: Mapping[str, Declared]
) -> dict[str, DeclaredKeys]:
    """What is declared of the tables of a file that are described."""
    by_table = {one["dialect"]["table"].casefold(): one for one in resources}
    found: dict[str, DeclaredKeys] = {}
    for one in resources:
        known = tables[one["dialect"]["table"]]
        references = (_reference(one, each, by_table) for each in known.references)
        found[one["name"]] = DeclaredKeys(
            known.is_view,
            _fields(one, known.primary_key),
            tuple(each for each in references if each is not None),
        )
    return found


def _reference(
    resource: Properties, reference: Reference, by_table: Mapping[str, Properties]
) -> tuple[tuple[str, ...], str, tuple[str, ...]] | None:
    """A reference by names of fields; None where the other table, or a field, is not described."""
    other = by_table.get(reference.table.casefold())
    if other is None:
        return None
    own, its = _fields(resource, reference.columns), _fields(other, reference.others)
    return (own, other["name"], its) if own and len(own) == len(its) else None


def _fields(resource: Properties, columns: Sequence[str]) -> tuple[str, ...]:
    """The fields of some columns, which SQL names in any case; none if one has no field."""
    names = {one["name"].casefold(): one["name"] for one in resource["schema"]["fields"]}
    found = tuple(names.get(column.casefold(), "") for column in columns)
    return found if all(found) else ()
