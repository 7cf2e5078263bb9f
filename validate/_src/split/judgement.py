"""What a report says of the rows of each table: which are invalid, and whether all were judged."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import polars as pl

from validate._src.report.report import Report
from validate._src.words.codes import (
    ABSENCE_CODES,
    ALL_CODES,
    ANCHOR_CODES,
    CODES,
    DESCRIPTOR_CODES,
    DIGEST_CODES,
    ERROR,
    MARKER_CODES,
    VERIFICATION_CODES,
)
from validate._src.words.model import Package, TabularResource
from validate._src.words.outcome import NotChecked

MISREAD = "misread-file"
OF_NO_ROW = DESCRIPTOR_CODES | DIGEST_CODES
"""Codes of faults that say nothing of rows; what the descriptor keeps from being judged is named
as not checked besides."""
NOTHING = pl.Series(dtype=pl.Int64)


@dataclass
class Judgement:
    """Where the errors of a table are.

    Attributes:
        rows: the numbers of rows that have one, ascending.
        lines: the physical lines of those that name no row, by file, ascending.
        codes: the codes of those on no line, and of those that spoil the whole table.
    """

    rows: pl.Series = field(default_factory=lambda: NOTHING)
    lines: dict[str, pl.Series] = field(default_factory=dict[str, pl.Series])
    codes: set[str] = field(default_factory=set[str])


def judgements(
    report: Report, counts: Callable[[str, str], bool] = lambda _name, _code: True
) -> Mapping[str, Judgement]:
    """Where the errors of each table are, by its resource.

    Of an error eight bytes are kept: all findings may not fit in memory.

    Args:
        report: has the findings.
        counts: whether errors of a code in a resource are looked at.
    """
    found: defaultdict[str, Judgement] = defaultdict(Judgement)
    places = {
        (name, part.location)
        for name, resource in report.source.resources.items()
        for part in resource.parts
    }
    rows: defaultdict[str, list[pl.Series]] = defaultdict(list)
    lines: defaultdict[tuple[str, str], list[pl.Series]] = defaultdict(list)
    for (name, path, code), errors in _errors(report):
        if not counts(name, code):
            continue
        of_rows = errors["row"].drop_nulls()
        on_lines = errors.filter(pl.col("row").is_null())["line"].drop_nulls()
        rows[name].append(of_rows.unique())
        if len(on_lines) and (name, path) in places:
            lines[name, path].append(on_lines.unique())
        if len(of_rows) + len(on_lines) < len(errors) or code == MISREAD:
            found[name].codes.add(code)
    for name, some in rows.items():
        found[name].rows = pl.concat(some).unique().sort()
    for (name, path), some in lines.items():
        found[name].lines[path] = pl.concat(some).unique().sort()
    return found


def error_codes(report: Report) -> Iterator[tuple[str, str]]:
    """The resources and codes of errors, which may come again and again."""
    for (name, _, code), _ in _errors(report):
        yield name, code


def _errors(report: Report) -> Iterator[tuple[tuple[str, str, str], pl.DataFrame]]:
    """The rows and lines of errors by resource, path and code, null where they have none."""
    for frame in report.findings.frames():
        is_error = pl.col("severity") == ERROR
        errors = frame.filter(is_error, ~pl.col("code").is_in(list(OF_NO_ROW)))
        columns = ("resource", "path", "code")
        groups = errors.select(*columns, "row", "line").partition_by(columns, as_dict=True)
        for (name, path, code), group in groups.items():
            yield (str(name), str(path), str(code)), group


def why_not(report: Report, resource: TabularResource, judgement: Judgement) -> str | None:
    """Why a table cannot be parted, as far as the report says it; None if nothing is against it."""
    for part in report.not_checked:
        if part.resource == resource.name and part.codes == ALL_CODES:
            return f"{part.what}: {part.why}"
    if MISREAD in judgement.codes:
        return "a file is not written as it is declared"
    if resource.partitions:
        return "its rows have values in the paths of its files, which would be lost"
    locations = [part.location for part in resource.parts]
    if len({*locations}) < len(locations):
        return "a file stands more than once in its path"
    header_end = max(resource.dialect.header_rows, default=1)
    if any(number > header_end for number in resource.dialect.comment_rows):
        return "its dialect leaves out rows by their number, which is another in a part of them"
    return None


def doubts(report: Report, name: str, codes: Iterable[str]) -> list[str]:
    """What keeps rows in which nothing was found from being valid for sure.

    Args:
        report: the report.
        name: the resource of the table.
        codes: the codes of errors in it that are no row's.
    """
    parts = [part for part in report.not_checked if _concerns(part, name, report.source)]
    unchecked = [f"not checked: {part.what}: {part.why}" for part in parts]
    return unchecked + [f"{code}: {CODES[code].title}" for code in sorted(codes)]


def _concerns(part: NotChecked, name: str, package: Package) -> bool:
    """Whether something that was not checked may have hidden faults of rows of a table."""
    codes = part.codes - DIGEST_CODES
    if part.resource is None:
        for known, resources in _looked_at_whole(package):
            if codes and codes <= known:
                return name in resources
    return bool(codes) and part.resource in (None, name)


def _looked_at_whole(package: Package) -> Iterator[tuple[frozenset[str], Collection[str]]]:
    """The codes of what is judged of several tables together, and the tables whose rows it is."""
    anchors, verifications = package.anchors, package.verifications
    if anchors is not None:
        yield ANCHOR_CODES, [part.resource for part in anchors.parts]
        if anchors.markers is not None:
            yield MARKER_CODES, anchors.markers.resources
        if anchors.absences is not None:
            yield ABSENCE_CODES, [anchors.absences.resource]
    if verifications is not None:
        yield VERIFICATION_CODES, verifications.resources
