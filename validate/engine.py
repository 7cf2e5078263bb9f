"""The conductor: from the path of a package to the report on it."""

from collections.abc import Iterator, Set
from pathlib import Path

import polars as pl

from validate.checks import CHECKS
from validate.dataset import Dataset, check_sources, read_texts, resources_needed_whole
from validate.descriptor import load_package
from validate.errors import PackageError, UnreadableError
from validate.findings import NotChecked, Outcome
from validate.model import Package, Resource
from validate.report import Report, make_report
from validate.tables import Table, read_batches, whole


def validate(
    path: str | Path = ".", sources: str | Path | None = None, *, allow_remote: bool = False
) -> Report:
    """Checks a data package: files, structure, types, constraints, keys, rules, anchors.

    Args:
        path: a descriptor, or a folder that holds `datapackage.json`.
        sources: folder of source texts (`<source>.txt`) to prove text anchors against.
        allow_remote: whether files that the descriptor names by a URL are fetched.

    Returns:
        The report: every finding, what was checked, what was not and why.

    Raises:
        PackageError: the package or an argument cannot be used as it is.

    Source: Data Package 1.0 and 2.0; docs/extensions.md.
    """
    package = load_package(Path(path), allow_remote=allow_remote)
    return _run(package, None if sources is None else Path(sources), {})


def load(path: str | Path = ".") -> dict[str, pl.DataFrame]:
    """The tables of a valid package, typed by their schemas.

    Args:
        path: a descriptor, or a folder that holds `datapackage.json`.

    Returns:
        A frame by resource name: n rows, a column a field, missing values null.

    Raises:
        PackageError: the package cannot be used as it is.
        InvalidPackageError: the package has findings.
    """
    package = load_package(Path(path))
    tables: dict[str, Table] = {}
    report = _run(package, None, tables, keep=set(package.resources))
    if not report.valid:
        raise InvalidPackageError(report)
    return {name: table.values for name, table in tables.items()}


class InvalidPackageError(ValueError):
    """The data of a package are not valid.

    Attributes:
        report: the findings.
    """

    def __init__(self, report: Report) -> None:
        """Says how many findings there are, and the first."""
        first = next(iter(report.findings))
        place = first.path if first.line is None else f"{first.path}:{first.line}"
        super().__init__(
            f"{report.location}: {len(report.findings)} findings, the first in {place}: "
            f"{first.message}; run `validate run` for all"
        )
        self.report = report


def _run(
    package: Package,
    sources: Path | None,
    tables: dict[str, Table],
    keep: Set[str] = frozenset(),
) -> Report:
    """The report on a package; `tables` is given those to keep and those needed whole."""
    return make_report(package, _outcomes(package, sources, tables, keep))


def _outcomes(
    package: Package, sources: Path | None, tables: dict[str, Table], keep: Set[str]
) -> Iterator[Outcome]:
    check_sources(package, sources)
    checks = [check(package) for check in CHECKS]
    needed = resources_needed_whole(package) | keep
    read: dict[str, Table] = {}
    for resource in _referenced_first(package):
        batches: list[Table] = []
        try:
            for table in read_batches(resource):
                for check in checks:
                    yield from check.batch(table)
                if resource.name in needed:
                    batches.append(table)
                del table  # whose memory the next one can have
        except UnreadableError as error:
            if resource.name in needed:
                raise PackageError(f"{resource.location}: {error}") from None
            yield NotChecked(f"rows of {resource.name}", str(error))
        if batches:
            read[resource.name] = whole(batches)
    tables |= {name: read[name] for name in package.resources if name in read}
    dataset = Dataset(package, tables, read_texts(package, tables, sources))
    for check in checks:
        yield from check.end(dataset)


def _referenced_first(package: Package) -> list[Resource]:
    """The tables, each after those that it refers to, as far as they do not refer in a circle."""
    ordered: dict[str, Resource] = {}
    begun: set[str] = set()
    stack = list(reversed(package.tables))
    while stack:
        resource = stack[-1]
        if resource.name in begun:
            ordered[stack.pop().name] = resource
            continue
        begun.add(resource.name)
        keys = resource.schema.foreign_keys if resource.schema else ()
        stack += [package.resources[key.resource] for key in keys if key.resource not in begun]
    return list(ordered.values())
