"""The conductor: from the path of a package to the report on it."""

import os
from collections.abc import (
    Callable,
    Collection,
    Mapping,
)
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import overload

import polars as pl

from validate._src.diagnosis.folding import folded
from validate._src.engine.arguments import (
    A_PACKAGE,
    OR_A_FRAME,
    as_count,
    as_names,
    as_path,
    as_path_or_address,
    check_options,
    check_version,
    given_package,
    schema_of_frame,
)
from validate._src.engine.choosing import chosen
from validate._src.engine.judging import TryFirstError
from validate._src.engine.outcomes import outcomes_of
from validate._src.engine.progress import Progress, untold
from validate._src.engine.unchanged import unchanged
from validate._src.package.descriptor import load_package
from validate._src.package.given import NOTHING, Given
from validate._src.package.onetable import GivenSchema, frame_package
from validate._src.reading import workbooks_kept
from validate._src.reading.inmemory import Frame, is_frame
from validate._src.report.collecting import make_report
from validate._src.report.report import Report
from validate._src.tables.dataset import check_sources
from validate._src.tables.loaded import loaded
from validate._src.tables.table import Table
from validate._src.words.codes import ERROR
from validate._src.words.errors import PackageError
from validate._src.words.model import Package
from validate._src.words.outcome import Outcome
from validate._src.words.printing import counted


@overload
def validate(
    path: str | os.PathLike[str] = ".",
    sources: str | os.PathLike[str] | None = None,
    *,
    schema: GivenSchema | None = None,
    resources: Collection[str] = (),
    fast: bool = False,
    allow_remote: bool = False,
    unfolded: bool = False,
    given: Given = NOTHING,
    default_severity: bool = False,
    jobs: int = 1,
    progress: Callable[[Progress], None] | None = None,
) -> Report: ...


@overload
def validate(
    frame: Frame,
    schema: GivenSchema,
    /,
    *,
    fast: bool = False,
    unfolded: bool = False,
    progress: Callable[[Progress], None] | None = None,
) -> Report: ...


@overload
def validate(
    frame: Frame,
    /,
    *,
    schema: GivenSchema,
    fast: bool = False,
    unfolded: bool = False,
    progress: Callable[[Progress], None] | None = None,
) -> Report: ...


def validate(
    path: str | os.PathLike[str] | Frame = ".",
    sources: GivenSchema | None = None,
    *,
    schema: GivenSchema | None = None,
    resources: Collection[str] = (),
    fast: bool = False,
    allow_remote: bool = False,
    unfolded: bool = False,
    given: Given = NOTHING,
    default_severity: bool = False,
    jobs: int = 1,
    progress: Callable[[Progress], None] | None = None,
) -> Report:
    """Checks a data package: files, structure, types, constraints, keys, rules, anchors.

    `validate(frame, schema)` checks a frame of Polars or pandas like a table.

    Args:
        path: a descriptor, a folder or zip file that holds `datapackage.json`, or the URL of
            one; with a schema, a file that holds a table, a folder or a pattern of files
            that make one, or a frame of Polars or pandas.
        sources: folder of source texts (`<source>.txt`) to prove text anchors against; after a
            frame, its schema.
        schema: the Table Schema of a table that belongs to no package: a dictionary, or the
            path of a JSON file.
        resources: names of the resources that are checked; all by default.
        fast: whether only structure and types are checked.
        allow_remote: whether a package at a URL of the web or an object store, and files that it
            names by one, are fetched.
        unfolded: whether findings are listed too that follow from a file that is not written
            as it is declared.
        given: what is said of a table without a descriptor, by the names of properties: a
            `delimiter`, `quoteChar`, `encoding`, `decimalChar`, `groupChar`, `headerRows`,
            `header`, `property`, and a list of names as `sheetName` or `table`.
        default_severity: whether findings are as bad as they are by default, whatever the package
            says of their codes.
        jobs: by how many processes large tables are judged at once; the report is the same.
        progress: is told after each batch of rows how far the run has come.

    Returns:
        The report: every finding, what was checked, what was not and why.

    Raises:
        PackageError: the package or an argument cannot be used as it is, or a file was changed
            while it was read.

    Source: Data Package 1.0 and 2.0; docs/extensions.md.
    """
    check_options(
        progress,
        fast=fast,
        allow_remote=allow_remote,
        unfolded=unfolded,
        default_severity=default_severity,
    )
    names, count = as_names(resources), as_count(jobs, "jobs")
    if is_frame(path):
        frame_schema, folder = schema_of_frame(sources, schema), None
        package, not_looked_at = frame_package(path, frame_schema)
        left_out: list[Outcome] = [*not_looked_at]
    else:
        file = as_path_or_address(path, "path", OR_A_FRAME)
        folder = None if sources is None else as_path(sources, "sources")
        package, left_out = given_package(file, schema, given, allow_remote=allow_remote)
    check_sources(package, folder)
    asked = chosen(package, left_out, names, fast=fast, default_severity=default_severity)

    def report(jobs: int | None) -> Report:
        told = progress or untold
        found = outcomes_of(asked.package, folder, {}, progress=told, jobs=jobs)
        return asked.report(found, unfolded=unfolded)

    def judged() -> Report:
        with suppress(TryFirstError):
            return report(count)
        return report(None)

    with workbooks_kept():
        found, check_files = unchanged(asked.package, judged)
        return replace(found, check_files=check_files)


def check(package: Package) -> Report:
    """Checks a package that is made already.

    Raises:
        PackageError: a file was changed while it was read.
    """

    def judged() -> Report:
        return make_report(package, outcomes_of(package, None, {}, progress=untold))

    report, check_files = unchanged(package, judged)
    return replace(report, check_files=check_files)


class Tables(dict[str, pl.DataFrame]):
    """The tables of a package: a frame by resource name.

    Attributes:
        package: name of the package.
        version: its version, if it has one.
    """

    def __init__(
        self, tables: Mapping[str, pl.DataFrame], package: str, version: str | None
    ) -> None:
        """Takes the frames."""
        super().__init__(tables)
        self.package = package
        self.version = version


def load(
    path: str | os.PathLike[str] = ".",
    *,
    version: str | None = None,
    allow_remote: bool = False,
) -> Tables:
    """The tables of a valid package, typed by their schemas.

    Args:
        path: a descriptor, a folder or zip file that holds `datapackage.json`, the URL of one, or
            the name of a package of data that is installed.
        version: the version that the package must have; any by default.
        allow_remote: whether a package at a URL of the web or an object store, and files that it
            names by one, are fetched.

    Returns:
        A frame by resource name: n rows, a column a field, missing values null.

    Raises:
        PackageError: the package cannot be used as it is, or has another version.
        InvalidPackageError: the package has findings that are errors and not waived.
    """
    check_options(allow_remote=allow_remote)
    package = load_package(as_path_or_address(path, "path", A_PACKAGE), allow_remote=allow_remote)
    check_version(package, path, version)
    _, tables = read_valid(package)
    values = {name: loaded(table) for name, table in tables.items()}
    return Tables(values, package.name, package.version)


def read_valid(
    package: Package,
    progress: Callable[[Progress], None] | None = None,
    *,
    sources: Path | None = None,
) -> tuple[Report, Mapping[str, Table]]:
    """The tables of a valid package, all rows in memory.

    Args:
        package: the package.
        progress: is told after each batch of rows how far the run has come.
        sources: folder of source texts to prove text anchors against, if there is one.

    Returns:
        The report, without an error, and the tables by resource name.

    Raises:
        PackageError: a table cannot be read to its end.
        InvalidPackageError: the package has findings that are errors and not waived.
    """
    report, tables = read_judged(package, sources, progress=progress)
    if not report.valid:
        raise InvalidPackageError(report)
    for table in tables.values():
        if not table.complete:
            raise PackageError(f"{table.location}: could not be read to its end")
    return report, tables


def read_judged(
    package: Package,
    sources: Path | None = None,
    *,
    progress: Callable[[Progress], None] | None = None,
) -> tuple[Report, Mapping[str, Table]]:
    """The tables of a package, valid or not, all rows in memory, and the report on it.

    Args:
        package: the package.
        sources: folder of source texts to prove text anchors against, if there is one.
        progress: is told after each batch of rows how far the run has come.

    Returns:
        The report, and by resource name the tables that could be read, be it in part.

    Raises:
        PackageError: a table cannot be read at all, `sources` cannot be used, or a file was changed
            while it was read.
    """
    check_sources(package, sources)

    def judged() -> tuple[Report, Mapping[str, Table]]:
        tables: dict[str, Table] = {}
        outcomes = outcomes_of(
            package, sources, tables, progress=progress or untold, keep={*package.resources}
        )
        return make_report(package, folded(package, outcomes)), tables

    (report, tables), check_files = unchanged(package, judged)
    return replace(report, check_files=check_files), tables


class InvalidPackageError(ValueError):
    """The data of a package are not valid.

    Attributes:
        report: the findings.
    """

    def __init__(self, report: Report) -> None:
        """Says how many findings there are, and the first."""
        first = next(finding for finding in report if finding.severity == ERROR)
        super().__init__(
            f"{report.location}: {counted(report.findings.errors, 'error')}, "
            f"the first in {first.place}: {first.message}; run `validate run` for all"
        )
        self.report = report

    def __reduce__(self) -> tuple[type["InvalidPackageError"], tuple[Report]]:
        """How it is pickled: made anew from its report, not from its message."""
        return type(self), (self.report,)
