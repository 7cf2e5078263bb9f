"""What the rows of a table are known to keep, so that a database may hold them to it.

A finding that is waived, or only a warning, leaves a package valid though its rows break what
their schema says; what was not checked, they may break. Keys are looked at again, since what is
equal as a value need not be as the text of a cell.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

import polars as pl

from validate._src.fields.constraints import REQUIRED, UNIQUE, Declared, declared_constraints
from validate._src.publish.columns import Column
from validate._src.report.report import Report
from validate._src.words.model import TabularResource
from validate._src.words.schema import Field, ForeignKey

CONSTRAINT = "constraint-error"
Columns = Mapping[str, Column]
"""The columns of a table, by field."""


@dataclass(frozen=True)
class Key:
    """Fields whose values together stand in one row only."""

    fields: tuple[str, ...]
    is_primary: bool = False


@dataclass(frozen=True)
class Required:
    """A field that is never missing."""

    field: Field


@dataclass(frozen=True)
class Limit:
    """A constraint on the values of a field, each by itself."""

    field: Field
    declared: Declared


Promise = Key | ForeignKey | Required | Limit


@dataclass(frozen=True)
class Promises:
    """What all rows of a table keep.

    Attributes:
        kept: the promises.
        broken: those that not all rows are known to keep.
    """

    kept: tuple[Promise, ...]
    broken: tuple[Promise, ...]

    @property
    def keys(self) -> list[Key]:
        """The keys, the primary one first, each once."""
        found: dict[tuple[str, ...], Key] = {}
        for one in self.kept:
            if isinstance(one, Key):
                found.setdefault(one.fields, one)
        return [*found.values()]

    @property
    def references(self) -> list[ForeignKey]:
        """The foreign keys."""
        return [one for one in self.kept if isinstance(one, ForeignKey)]

    @property
    def limits(self) -> list[Limit]:
        """The constraints on single values."""
        return [one for one in self.kept if isinstance(one, Limit)]

    def requires(self, name: str) -> bool:
        """Whether a field is never missing."""
        return any(isinstance(one, Required) and one.field.name == name for one in self.kept)


def promises_of(
    resource: TabularResource, tables: Mapping[str, Columns], report: Report
) -> Promises:
    """What the rows of a table keep, as far as it speaks of the columns that there are.

    Args:
        resource: the table.
        tables: the columns of all tables, by name of the resource.
        report: the report on its package.
    """
    columns = tables[resource.name]
    broken = _BrokenLimits(resource.name, report)
    promised = [*_promised(resource, columns)]
    are_kept = [_is_kept(promise, columns, tables, broken) for promise in promised]
    both = [*zip(promised, are_kept, strict=True)]
    return Promises(
        tuple(promise for promise, is_kept in both if is_kept),
        tuple(promise for promise, is_kept in both if not is_kept),
    )


def _is_kept(
    promise: Promise,
    columns: Columns,
    tables: Mapping[str, Columns],
    broken: "_BrokenLimits",
) -> bool:
    match promise:
        case Key(fields=fields, is_primary=is_primary):
            rows = _cells(columns, fields)
            known = rows.drop_nulls()
            is_whole = not is_primary or known.height == rows.height
            return is_whole and not known.is_duplicated().any()
        case ForeignKey(fields=fields, resource=name, reference_fields=references):
            if not tables.get(name, {}).keys() >= {*references}:
                return False
            return _are_found(_cells(columns, fields), _cells(tables[name], references))
        case Required(field=field):
            return not columns[field.name].cells.null_count()
        case Limit(field=field, declared=declared):
            return not broken.has(field, declared)


def _cells(columns: Columns, names: tuple[str, ...]) -> pl.DataFrame:
    """The cells of some columns, by number, as a key may name one twice."""
    return pl.DataFrame([columns[name].cells.alias(str(at)) for at, name in enumerate(names)])


def _are_found(children: pl.DataFrame, parents: pl.DataFrame) -> bool:
    """Whether all rows without a null stand among others, in columns of the same types."""
    if children.schema != parents.schema:
        return False
    return not children.drop_nulls().join(parents, on=children.columns, how="anti").height


class _BrokenLimits:
    """The constraints on single values that some row breaks or may break."""

    def __init__(self, name: str, report: Report) -> None:
        both = (report.findings, report.waived)
        codes = frozenset({CONSTRAINT})
        frames = chain.from_iterable(findings.frames(codes) for findings in both)
        self._found = {
            row
            for frame in frames
            for row in frame.filter(resource=name).select("field", "rule").iter_rows()
        }
        self._are_hidden = any(one.hides(name, CONSTRAINT) for one in report.not_checked)

    def has(self, field: Field, declared: Declared) -> bool:
        """Whether a constraint of a field is one of them."""
        return self._are_hidden or (field.label, declared.constraint.name) in self._found


def in_words(promise: Promise) -> str:
    """A promise as messages name it."""
    match promise:
        case Key(fields=fields, is_primary=is_primary):
            return f"{'primary' if is_primary else 'unique'} key {', '.join(fields)}"
        case ForeignKey(fields=fields):
            return f"foreign key {', '.join(fields)}"
        case Required(field=field):
            return f"required of {field.name}"
        case Limit(field=field, declared=declared):
            return f"{declared.constraint.name} of {field.name}"


def _promised(resource: TabularResource, columns: Columns) -> Iterator[Promise]:
    """What the schema says of these columns."""
    schema, names = resource.schema, {*columns}
    if schema.primary_key and names.issuperset(schema.primary_key):
        yield Key(schema.primary_key, is_primary=True)
    fields = [field for field in schema.fields if field.name in names]
    for field in fields:
        if schema.requires(field):
            yield Required(field)
        for declared in declared_constraints(field):
            if declared.constraint is UNIQUE and declared.argument is True:
                yield Key((field.name,))
            elif declared.constraint not in (REQUIRED, UNIQUE):
                yield Limit(field, declared)
    yield from (Key(fields) for fields in schema.unique_keys if names.issuperset(fields))
    yield from (key for key in schema.foreign_keys if names.issuperset(key.fields))
