"""The results that a package has: compared with what its codings give, and written anew."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from validate._src.curation.csvfile import write_records
from validate._src.curation.reliability.measure import Result
from validate._src.tables.dataset import Dataset, sound_rows
from validate._src.words.errors import PackageError
from validate._src.words.model import Dialect, TabularResource
from validate._src.words.reliability import Results
from validate._src.words.replacing import replace_file

DECIMALS = 3
HALF = 0.5 * 10**-DECIMALS + 1e-9
"""By how much a number may differ that was rounded; machines differ in the last digits."""
MEASURES = ("alpha", "low", "high", "agreement")
KEYS = ("task", "table", "field")


def differences(dataset: Dataset, declared: Results, results: Sequence[Result]) -> Iterator[str]:
    """Where the results that a package has are not what its codings give.

    Raises:
        PackageError: a column is absent, or a cell of it is empty or of the wrong type.
    """
    roles = _roles(declared)
    keys = [roles[role] for role in KEYS]
    others = [name for name in roles.values() if name not in keys]
    rows = sound_rows(dataset.tables[declared.resource], keys, others).iter_rows(named=True)
    shipped = [{role: row[name] for role, name in roles.items()} for row in rows]
    by_key: dict[tuple[str, ...], dict[str, Any]] = {}
    for row in shipped:
        if by_key.setdefault(tuple(row[role] for role in KEYS), row) is not row:
            yield f"{_said(row)}: has two rows"
    for result in results:
        row = by_key.pop((result.task, result.table, result.field), None)
        if row is None:
            yield f"{_said(vars(result))}: has no row"
            continue
        for role in roles:
            found, given = getattr(result, role), row[role]
            if not _is_same(role, found, given):
                said = shown(role, given) or "empty"
                computed = shown(role, found) or "none"
                yield f"{_said(row)}: {roles[role]} is {said}, the codings give {computed}"
    for row in by_key.values():
        yield f"{_said(row)}: the codings give no such row"


def write_results(resource: TabularResource, declared: Results, results: Iterable[Result]) -> Path:
    """Writes the results of a package, as what its codings give.

    Raises:
        PackageError: there is no such file yet, be it with a header alone; it is not CSV of the
            default dialect, has other fields, or cannot be written.
    """
    resource.check()
    roles = {name: role for role, name in _roles(declared).items()}
    plain = resource.format == "csv" and resource.dialect == Dialect() and not resource.compression
    if not plain or len(resource.files) != 1 or resource.encoding != "utf-8":
        raise PackageError(f"{resource.location}: only CSV of the default dialect is written")
    foreign = [name for name in resource.schema.names if name not in roles]
    if foreign:
        raise PackageError(f"{resource.location}: nothing gives the field {foreign[0]}")
    order = sorted(results, key=lambda result: (result.task, result.table, result.field))
    rows = [
        [shown(roles[name], getattr(result, roles[name])) for name in resource.schema.names]
        for result in order
    ]
    file = resource.files[0]
    replace_file(file, write_records([resource.schema.labels, *rows]).encode())
    return file


def shown(role: str, value: str | float | None) -> str:
    """A cell of the results; measures have three decimals, and what is undefined is empty."""
    if value is None:
        return ""
    # Rounded first, or a number close to 0 might be -0.000.
    return f"{round(float(value), DECIMALS) + 0:.{DECIMALS}f}" if role in MEASURES else str(value)


def _roles(declared: Results) -> dict[str, str]:
    return {role: name for role, name in vars(declared).items() if role != "resource"}


def _is_same(role: str, found: str | float | None, given: str | float | None) -> bool:
    if role not in MEASURES or found is None or given is None:
        return found == given
    return abs(float(found) - float(given)) <= HALF


def _said(row: Mapping[str, str]) -> str:
    return f"{row['task']}: {row['table']}.{row['field']}"
