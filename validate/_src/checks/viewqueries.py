"""The queries of views: the rows that they return, and whether these have what is shown."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

import polars as pl

from validate._src.checks.queries import answers_at_once, result_of, seen
from validate._src.fields.types import FIELD_TYPES
from validate._src.package.viewlinks import field_meant
from validate._src.tables.dataset import Dataset, tables_queried
from validate._src.words.errors import PackageError
from validate._src.words.model import Package
from validate._src.words.place import Steps
from validate._src.words.views import View, ViewColumn, Views

NUMBERS = ("value", "maximum")
"""The members that name columns of numbers."""
OPEN = "the query leaves open in which order rows come; let ORDER BY end with a key of them"
UNKNOWN_TABLE = re.compile("relation .* was not found")
UNKNOWN_COLUMN = re.compile('unable to find column "([^"]*)"')


def why_not_shown(view: View, dataset: Dataset) -> str:
    """Why a view cannot be shown, though it is in order; empty if it can.

    Args:
        view: the view.
        dataset: the tables that it looks at.
    """
    for name in sorted(tables_queried(view.query, dataset.package)):
        resource = dataset.package.resources[name]
        table = dataset.tables.get(name)
        if resource.schema is not None and resource.schema.unchecked:
            return f"not all fields of {name} can be used"
        if resource.unreadable is not None:
            return f"{name} has no rows to read: {resource.unreadable}"
        if table is None or not table.complete:
            return f"{name} could not be read to the end"
        if table.astray is not None:
            return f"values of restricted fields may stand in other columns of {name}"
    return ""


Answer = tuple[pl.DataFrame, pl.DataFrame]
"""What a query returns, and what it returns where the rows of all tables come in reverse."""


def answers_of(views: Sequence[View], dataset: Dataset) -> Mapping[str, Answer]:
    """What the queries of views return, by query, all asked at once; nothing if one fails.

    Args:
        views: views that can be shown.
        dataset: the tables, those that they look at whole.
    """
    frames = _frames({name for view in views for name in _queried(view, dataset)}, dataset)
    answers = answers_at_once(views, frames)
    turned = answers_at_once(views, _turned(frames)) if answers else {}
    return {query: (answers[query], turned[query]) for query in turned}


def rows_of(view: View, dataset: Dataset, answer: Answer | None = None) -> pl.DataFrame:
    """The rows of a view, in its order.

    Args:
        view: the view.
        dataset: the tables, those that it looks at whole; restricted fields are no part of them.
        answer: what its query returns; None if it was not asked yet.

    Returns:
        Any number of rows; of a list, each value once and in order.

    Raises:
        PackageError: the query cannot be run, or does not settle the order of its rows.
    """
    rows, turned = map(_listed, answer or _asked(view, dataset))
    # A tie is broken by chance, and by another one where rows come in another order.
    if not rows.equals(turned):
        raise PackageError(f"{view.location}: {OPEN}")
    return rows


def _asked(view: View, dataset: Dataset) -> Answer:
    frames = _frames(_queried(view, dataset), dataset)
    try:
        rows = result_of(view.query, view.location, frames, withheld=False)
    except PackageError as error:
        raise PackageError(f"{error}{_hint(str(error), view, dataset)}") from None
    return rows, result_of(view.query, view.location, _turned(frames), withheld=False)


def _frames(names: Iterable[str], dataset: Dataset) -> dict[str, pl.DataFrame]:
    """Tables as views see them: without restricted fields."""
    tables = {name: dataset.tables[name] for name in sorted(names)}
    return {name: seen(table).drop(table.withheld, strict=False) for name, table in tables.items()}


def _turned(frames: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    return {name: frame.reverse() for name, frame in frames.items()}


def _listed(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows in whose lists each value stands once, in order."""
    lists = [name for name, dtype in rows.schema.items() if isinstance(dtype, pl.List)]
    if not lists:
        return rows
    return rows.with_columns(pl.col(lists).list.drop_nulls().list.unique().list.sort())


def _queried(view: View, dataset: Dataset) -> Set[str]:
    """The tables that a view may look at; a name that is none is for Polars to refuse."""
    return tables_queried(view.query, dataset.package) & dataset.tables.keys()


def _hint(message: str, view: View, dataset: Dataset) -> str:
    """What to do about a name that is not known to Polars, which says so."""
    if UNKNOWN_TABLE.search(message):
        return f"; the tables are {', '.join(dataset.package.tables)}"
    found = UNKNOWN_COLUMN.search(message)
    queried = (dataset.tables[name] for name in _queried(view, dataset))
    if found and any(found[1] in table.withheld for table in queried):
        return f'; "{found[1]}" is restricted, and shown nowhere'
    return ""


def column_problems(
    view: View, views: Views, package: Package, rows: pl.DataFrame
) -> Iterator[tuple[Steps, str]]:
    """What is wrong with the columns of a query.

    Args:
        view: the view.
        views: all of them, with the languages.
        package: the package, which has the fields whose values the columns are.
        rows: what the query returns.
    """
    known = tuple(rows.columns)
    named = [*view.named(), *((steps, column.name) for steps, column in view.declared)]
    for steps, name in named:
        if not views.spoken(name, known):
            yield steps, _absent(name, views.languages.values(), known)
    for steps, column in view.declared:
        if column.resource_column is not None:
            at = (*steps, "resourceColumn")
            yield from ((at, each) for each in _resource_problems(column, package, rows))
    for steps, name in view.named():
        for column in views.spoken(name, known).values():
            yield from ((steps, each) for each in _role_problems(steps, column, rows[column]))
    for steps, column in _meant(view, known, views):
        for message in _type_problems(column, view, views, package, rows):
            yield steps, message


def _absent(name: str, endings: Iterable[str], known: Sequence[str]) -> str:
    ended = " and ".join(f'"{name}{ending}"' for ending in endings)
    also = f", nor {ended}" if ended else ""
    return f'the query returns no column "{name}"{also}; it returns {", ".join(known)}'


def _meant(view: View, known: Sequence[str], views: Views) -> Iterator[tuple[Steps, ViewColumn]]:
    """All columns that are shown or picked by, and what they are said to be."""
    if view.columns is None:
        yield from ((("query",), view.column(name)) for name in known)
    for steps, column in view.declared:
        if views.spoken(column.name, tuple(known)):
            yield steps, view.meant(column)
    for steps, name in view.named():
        if views.spoken(name, tuple(known)):
            yield steps, view.column(name)


def _role_problems(steps: Steps, name: str, values: pl.Series) -> Iterator[str]:
    if steps[0] in NUMBERS and not values.dtype.is_numeric() and values.dtype != pl.Null:
        yield f'"{name}" must be a number, and the query returns {values.dtype}'
    elif steps[0] not in ("left", "right") and values.dtype.is_nested():
        yield f'"{name}" must have one value in each row, and the query returns {values.dtype}'


def _type_problems(
    column: ViewColumn, view: View, views: Views, package: Package, rows: pl.DataFrame
) -> Iterator[str]:
    """Why the values of a column cannot be shown, or not as those of a field."""
    for language, name in views.spoken(column.name, tuple(rows.columns)).items():
        dtype = rows.schema[name]
        inner = dtype.inner if isinstance(dtype, pl.List) else dtype
        if inner.is_nested() or inner == pl.Binary or inner == pl.Object:
            yield f'"{name}" is {dtype}, which cannot be shown'
            continue
        meant = field_meant(column, view, views, package, language)
        if meant is not None and not _fits(dtype, wanted := FIELD_TYPES[meant[1].type].dtype):
            yield (
                f'"{name}" is {dtype}, and "{meant[0].name}.{meant[1].name}" is {wanted}; '
                "if it holds something else, let the query call it otherwise"
            )


def _fits(dtype: pl.DataType, wanted: pl.DataType) -> bool:
    """Whether values of a type, or lists of them, may be those of a field."""
    inner = dtype.inner if isinstance(dtype, pl.List) else dtype
    are_numbers = inner.is_numeric() and wanted.is_numeric()
    return are_numbers or inner == pl.Null or wanted in (dtype, inner)


def _resource_problems(column: ViewColumn, package: Package, rows: pl.DataFrame) -> Iterator[str]:
    """Why the values of a column are not keys of the resources that another one names."""
    name = column.resource_column or ""
    if name not in rows.columns:
        yield _absent(name, (), rows.columns)
        return
    for resource in rows[name].drop_nulls().unique().sort().cast(pl.String):
        table = package.tables.get(resource)
        if table is None:
            yield f'"{name}" names "{resource}", and there is no such table'
        elif len(table.schema.primary_key) != 1:
            yield f'"{name}" names "{resource}", whose primary key is not one field'
