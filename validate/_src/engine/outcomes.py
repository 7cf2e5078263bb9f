"""What the checks say of a package, table after table."""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence, Set
from pathlib import Path

from validate._src.checks import CHECKS
from validate._src.checks.check import Check, Judge
from validate._src.engine.judging import JudgedBatch, judges_of, taken
from validate._src.engine.progress import Meter, Progress
from validate._src.engine.tables import batches_of, workers_for
from validate._src.engine.targets import with_targets
from validate._src.tables.dataset import Dataset, read_texts, resources_needed_whole
from validate._src.tables.joined import whole
from validate._src.tables.table import Table
from validate._src.words.codes import ALL_CODES
from validate._src.words.errors import UnreadableError
from validate._src.words.model import Package, TabularResource
from validate._src.words.outcome import Checked, NotChecked, Outcome
from validate._src.words.printing import counted

NAMED = 3  # files that could not be read; a table may have thousands
BREAKING = ("source-error", "encoding-error", "quote-error")
"""What keeps a table from being read to its end."""

Giving = Callable[[TabularResource, Mapping[int, Judge]], Iterator[JudgedBatch]]
"""What gives the batches of a table as its judges judge them, in order."""


def outcomes_of(
    package: Package,
    sources: Path | None,
    tables: dict[str, Table],
    *,
    progress: Callable[[Progress], None],
    keep: Set[str] = frozenset(),
    jobs: int | None = None,
    recorded: Giving | None = None,
) -> Iterator[Outcome]:
    """What the checks say; `tables` is given those to keep and those needed whole.

    Args:
        package: the package.
        sources: folder of source texts, if there is one.
        tables: is filled.
        progress: is told how far the run has come.
        keep: names of tables to keep.
        jobs: how many processes may judge at once; None for none beside this one.
        recorded: gives what was judged before, of all tables but those that are needed whole; None
            where nothing was.

    Raises:
        TryFirstError: other processes were to read Parquet files, and one of these is damaged.
    """
    needed = resources_needed_whole(package) | (keep & package.tables.keys())
    package = with_targets(package)
    checks = [check(package) for check in CHECKS]
    with workers_for(package, needed, jobs) as workers:

        def giving(resource: TabularResource, judges: Mapping[int, Judge]) -> Iterator[JudgedBatch]:
            if recorded is not None and resource.name not in needed:
                return recorded(resource, judges)
            return batches_of(resource, judges, () if resource.name in needed else workers)

        read = yield from _of_tables(package, checks, needed, giving, Meter(package), progress)
    tables |= {name: read[name] for name in package.resources if name in read}
    dataset = Dataset(package, tables, read_texts(package, tables, sources))
    for check in checks:
        yield from check.end(dataset)


def _of_tables(
    package: Package,
    checks: Sequence[Check],
    needed: Set[str],
    giving: Giving,
    meter: Meter,
    progress: Callable[[Progress], None],
) -> Generator[Outcome, None, dict[str, Table]]:
    """What the checks say of batches; returns the tables that are needed whole."""
    read: dict[str, Table] = {}
    for resource in map(meter.watched, _referenced_first(package)):
        judges, is_needed = judges_of(checks, resource), resource.name in needed
        batches, has_columns = list[Table](), False
        unread: list[str] = []
        try:
            for batch in giving(resource, judges):
                yield from _of_judged(taken(batch.said, checks), resource)
                progress(meter.progress(resource, batch.rows))
                if batch.table is None:
                    continue
                if is_needed:
                    batches.append(batch.table)
                if not batch.table.complete:
                    unread.append(batch.table.last_location)
                    yield from _of_table_without_schema(batch.table)
                has_columns = bool(batch.table.cells.columns)
                del batch  # whose memory the next one can have
        except UnreadableError as error:
            if is_needed:
                raise error.unusable(resource.location) from None
            what = f"rows of {resource.name}"
            yield NotChecked(what, str(error), ALL_CODES, resource.name)
        if unread and resource.unreadable is None:
            yield _not_read(resource.name, unread, has_columns=has_columns)
        if batches:
            read[resource.name] = whole(batches)
    progress(meter.progress(None))
    return read


def _of_table_without_schema(table: Table) -> Iterator[Outcome]:
    """Why a file of a table cannot be read of which otherwise nothing is judged.

    That a file is absent is said of every resource.
    """
    resource = table.resource
    if resource.unreadable is not None and not any(part.absent for part in resource.parts):
        yield from (found for found in table.findings if found.code in BREAKING)


def _not_read(name: str, files: Sequence[str], *, has_columns: bool) -> NotChecked:
    """What files hide that cannot be read, or not to their end; why is among the findings.

    Args:
        name: their table.
        files: the files.
        has_columns: whether its columns are known, so that other rows were read.
    """
    if not has_columns:
        return NotChecked(f"rows of {name}", f"{files[0]} cannot be read", ALL_CODES, name)
    said, ends = ", ".join(files[:NAMED]), "its end" if len(files) == 1 else "their ends"
    if len(files) > NAMED:
        said += f" and {counted(len(files) - NAMED, 'other file')}"
    why = f"{said} could not be read to {ends}"
    return NotChecked(f"rows of {name} that were not read", why, ALL_CODES, name)


def _of_judged(outcomes: Iterable[Outcome], resource: TabularResource) -> Iterator[Outcome]:
    """The outcomes; of a resource that only others need, nothing counts as checked."""
    for outcome in outcomes:
        if resource.judged or not isinstance(outcome, Checked):
            yield outcome


def _referenced_first(package: Package) -> list[TabularResource]:
    """The tables, each after those that it refers to, as far as they do not refer in a circle."""
    ordered: dict[str, TabularResource] = {}
    begun: set[str] = set()
    stack = [*reversed([*package.tables.values()])]
    while stack:
        resource = stack[-1]
        if resource.name in begun:
            ordered[stack.pop().name] = resource
            continue
        begun.add(resource.name)
        parents = dict.fromkeys(key.resource for key in resource.schema.foreign_keys)
        ahead = (name for name in parents if name in package.tables and name not in begun)
        stack += [package.tables[name] for name in ahead]
    return list(ordered.values())
