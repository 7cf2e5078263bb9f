"""The conductor: from the path of a package to the report on it."""

from itertools import chain
from pathlib import Path

import polars as pl

from validate.checks import CHECKS
from validate.dataset import Dataset, read_dataset
from validate.descriptor import load_package
from validate.report import Report, make_report


def validate(path: str | Path = ".", sources: str | Path | None = None) -> Report:
    """Checks a data package: files, structure, types, constraints, keys, rules, anchors.

    Args:
        path: a descriptor, or a folder that holds `datapackage.json`.
        sources: folder of source texts (`<source>.txt`) to prove text anchors against.

    Returns:
        The report: every finding, what was checked, what was not and why.

    Raises:
        PackageError: the package or an argument cannot be used as it is.

    Source: Data Package 1.0 and 2.0; docs/extensions.md.
    """
    return _report(_read(path, sources))


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
    dataset = _read(path, None)
    report = _report(dataset)
    if not report.valid:
        raise InvalidPackageError(report)
    return {name: table.values for name, table in dataset.tables.items()}


class InvalidPackageError(ValueError):
    """The data of a package are not valid.

    Attributes:
        report: the findings.
    """

    def __init__(self, report: Report) -> None:
        """Says how many findings there are, and the first."""
        first = report.findings[0]
        place = first.path if first.line is None else f"{first.path}:{first.line}"
        super().__init__(
            f"{report.location}: {len(report.findings)} findings, the first in {place}: "
            f"{first.message}; run `validate run` for all"
        )
        self.report = report


def _read(path: str | Path, sources: str | Path | None) -> Dataset:
    return read_dataset(load_package(Path(path)), None if sources is None else Path(sources))


def _report(dataset: Dataset) -> Report:
    return make_report(dataset.package, chain.from_iterable(check(dataset) for check in CHECKS))
