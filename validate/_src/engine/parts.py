"""A run in parts: each judges some of the rows and writes what it found; merged, they are a report.

So whatever can run a command, or call a function, several times is an engine: jobs of a matrix,
arrays of a scheduler, the executors of a cluster. Nothing goes between the parts, and what they
write may be brought together by whatever means.

    with open(f"part-{number}.result", "wb") as file:
        judged_part(Asked("package"), Share(number, 8), file)
    …
    report = merged_report(sorted(Path().glob("part-*.result")))
"""

import os
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from validate._src.engine.arguments import (
    OR_A_TABLE,
    as_names,
    as_output,
    as_path,
    as_path_or_address,
    as_results,
    check_options,
)
from validate._src.engine.asked import Asked
from validate._src.engine.identity import identity_of, other_files
from validate._src.engine.outcomes import outcomes_of
from validate._src.engine.progress import Progress, untold
from validate._src.engine.results import (
    Contents,
    Result,
    ResultWriter,
    Source,
    check_complete,
    check_same,
)
from validate._src.engine.shares import Share
from validate._src.engine.states import Seen, parts_of
from validate._src.engine.unchanged import checked_after
from validate._src.package.given import NOTHING, Given
from validate._src.package.onetable import GivenSchema
from validate._src.reading import workbooks_kept
from validate._src.report.report import Report
from validate._src.words.errors import CHANGED_MEANWHILE, PackageError
from validate._src.words.model import Package
from validate._src.words.replacing import may_be_replaced, replacing


@dataclass(frozen=True)
class Wrote:
    """What a part has judged.

    Attributes:
        rows: how many rows it has judged.
        left: names of the tables that the merge reads and judges, as checks need them whole.
    """

    rows: int
    left: tuple[str, ...]


def judged_part(
    asked: Asked,
    share: Share,
    output: BinaryIO,
    *,
    progress: Callable[[Progress], None] | None = None,
) -> Wrote:
    """Judges the rows of one part, and writes what is found and what keys they have.

    It is judged by this process alone; several parts can be judged at once, wherever the files of
    the package are at hand, in any order. A part in which there is nothing to judge is written too.

    Args:
        asked: what is asked, in each part the same.
        share: which part this is.
        output: takes the result, some megabytes at a time; need not be seekable. The result has
            values of the tables, of restricted fields too.
        progress: is told after each batch of rows how far the part has come.

    Returns:
        What was judged.

    Raises:
        PackageError: the package or an argument cannot be used as it is, or files were changed
            meanwhile.
        OSError: the result cannot be written.
    """
    # Here, because most runs have no parts.
    from validate._src.engine.sharing import Sharing

    with workbooks_kept():
        package = asked.chosen().package
        seen = Seen(package)
        writer = ResultWriter(output)
        sharing = Sharing(package, share, writer, seen, progress or untold)
        with checked_after(lambda: _check(package, seen)):
            sharing.judge()
        identity = identity_of(asked, package, seen.states)
        writer.end(Contents(share, asked, identity, sharing.tasks))
    return Wrote(sharing.rows, sharing.left)


def merged_report(
    results: Sequence[Source],
    path: str | None = None,
    sources: Path | None = None,
    *,
    unfolded: bool = False,
    progress: Callable[[Progress], None] | None = None,
) -> Report:
    """The report of a run of which these are the parts: that which `validate` gives.

    What all rows tell together is judged here: repeated keys, missing references, table rules,
    sizes and digests. So the files of the package have to be at hand, those that the parts read.

    Args:
        results: the results of all parts, in any order, as files or as what can be read and sought
            in; of each a task at a time is in memory.
        path: the package, if it is not where the first of the results says that it is.
        sources: folder of source texts to prove text anchors against.
        unfolded: whether findings are listed that follow from a misread file.
        progress: is told after each batch of rows how far the merge has come.

    Returns:
        The report.

    Raises:
        PackageError: a part is absent or doubled, is no result or a damaged one, or is of other
            data, another descriptor, other options or another version.
    """
    return report_of(opened_results(results), path, sources, unfolded=unfolded, progress=progress)


def opened_results(results: Sequence[Source]) -> list[Result]:
    """The results of all parts of one run.

    Raises:
        PackageError: they are not those, or one is damaged.
    """
    opened = [Result(result, number) for number, result in enumerate(results, 1)]
    check_complete(opened)
    return opened


def report_of(
    opened: Sequence[Result],
    path: str | None = None,
    sources: Path | None = None,
    *,
    unfolded: bool = False,
    progress: Callable[[Progress], None] | None = None,
) -> Report:
    """As `merged_report`, of results that are opened.

    Raises:
        PackageError: they are of other data, another descriptor, other options or another version.
    """
    # Here, because most runs have no parts.
    from validate._src.engine.recorded import Recorded

    told = opened[0].contents
    asked = told.asked if path is None else replace(told.asked, path=path)
    chosen = asked.chosen(sources)
    seen = Seen(chosen.package)
    seen.look_at_all_of(parts_of(chosen.package))
    check_same(opened, identity_of(asked, chosen.package, seen.states))
    recorded = Recorded(chosen.package, opened)
    with workbooks_kept(), checked_after(lambda: _check(chosen.package, seen)):
        outcomes = outcomes_of(
            chosen.package,
            sources,
            {},
            progress=progress or untold,
            recorded=recorded.batches,
        )
        return chosen.report(outcomes, unfolded=unfolded)


def _check(package: Package, seen: Seen) -> None:
    """Checks that the files of a package are what they were when they were looked at.

    Raises:
        PackageError: they are not.
    """
    why = other_files(seen.again(), seen.states)
    if why is not None:
        raise PackageError(f"{package.location}: {why}: {CHANGED_MEANWHILE}")


def run_part(
    path: str | os.PathLike[str],
    part: str,
    output: str | os.PathLike[str] | BinaryIO,
    *,
    schema: GivenSchema | None = None,
    resources: Collection[str] = (),
    fast: bool = False,
    allow_remote: bool = False,
    given: Given = NOTHING,
    default_severity: bool = False,
    progress: Callable[[Progress], None] | None = None,
) -> None:
    """Judges a part of the rows of a package, and writes what `merge` makes a report of.

    Args:
        path: as `validate` has it; no frame.
        part: which part this is of how many: `3/8`.
        output: the file of the result, or an open one; it holds values of the tables, of
            restricted fields too.
        schema: as `validate` has it, as are all that follow: the same in each part.
        resources: names of the resources that are checked; all by default.
        fast: whether only structure and types are checked.
        allow_remote: whether files on the web are fetched.
        given: what is said of a table without a descriptor.
        default_severity: whether findings are as bad as they are by default.
        progress: is told how far the part has come.

    Raises:
        PackageError: the package or an argument cannot be used as it is, the result cannot be
            written, or files were changed meanwhile.

    Source: docs/parts.md.
    """
    check_options(progress, fast=fast, allow_remote=allow_remote, default_severity=default_severity)
    asked = Asked(
        path=str(as_path_or_address(path, "path", OR_A_TABLE)),
        schema=schema,
        resources=as_names(resources),
        fast=fast,
        allow_remote=allow_remote,
        given=given,
        default_severity=default_severity,
    )
    write_part(asked, Share.of(part), output, progress=progress)


def write_part(
    asked: Asked,
    share: Share,
    output: str | os.PathLike[str] | BinaryIO,
    *,
    progress: Callable[[Progress], None] | None = None,
) -> Wrote:
    """As `judged_part`; a file is written whole or not at all.

    Raises:
        PackageError: also where the result cannot be written.
    """
    target = as_output(output)
    name = str(target) if isinstance(target, Path) else "the result"
    try:
        if not isinstance(target, Path):
            return judged_part(asked, share, target, progress=progress)
        # Into a pipe or a device, which is not replaced, the result is written as it is made.
        with replacing(target) if may_be_replaced(target) else target.open("wb") as stream:
            return judged_part(asked, share, stream, progress=progress)
    except OSError as error:
        raise PackageError(f"{name}: cannot be written: {error.strerror or error}") from None


def merge(
    results: Collection[str | os.PathLike[str] | BinaryIO],
    path: str | os.PathLike[str] | None = None,
    sources: str | os.PathLike[str] | None = None,
    *,
    unfolded: bool = False,
    progress: Callable[[Progress], None] | None = None,
) -> Report:
    """The report on a package of which the parts were judged, as `validate` gives it.

    Args:
        results: what `run_part` has written, of all parts, in any order: files, or open ones.
        path: the package, where it is not where the parts say that it is.
        sources: folder of source texts to prove text anchors against.
        unfolded: whether findings are listed too that follow from a file that is not written as
            it is declared.
        progress: is told how far the merge has come.

    Returns:
        The report.

    Raises:
        PackageError: a result is absent, doubled, damaged, or of other data, options or versions;
            the package cannot be used as it is.

    Source: docs/parts.md.
    """
    check_options(progress, unfolded=unfolded)
    return merged_report(
        as_results(results),
        None if path is None else str(as_path_or_address(path, "path", OR_A_TABLE)),
        None if sources is None else as_path(sources, "sources"),
        unfolded=unfolded,
        progress=progress,
    )
