"""All tables of a report parted, each into files of valid and of invalid rows, with reasons."""

from collections.abc import Iterator
from pathlib import Path

from validate._src.reading.written import NotAsWrittenError
from validate._src.report.report import Report
from validate._src.split.again import Splitting, judge_again
from validate._src.split.folder import INVALID, REASONS, UNPROVEN, VALID, Files, files_in, suffix_of
from validate._src.split.judgement import Judgement, doubts, judgements, why_not
from validate._src.split.parting import part
from validate._src.split.reasons import add_findings, begin
from validate._src.words.errors import FileError, UnreadableError
from validate._src.words.model import Resource, TabularResource
from validate._src.words.printing import counted, printable

HEADER = "there are errors in its header, or on lines of no row"
JUDGED_WITH_THEM = (
    "the rows were judged with these values, and the files without them may fail the schema, such "
    "as where one is required"
)


def split(report: Report, folder: Path) -> Iterator[str]:
    """Writes the rows of each table of a report into files, in their own bytes.

    Args:
        report: says which rows have errors.
        folder: takes the files; absent or empty.

    Returns:
        What became of each table, in lines that are safe to print.

    Raises:
        PackageError: the folder is not empty, or cannot be written to, or a file is not the one
            any more that was judged.
    """
    found = judgements(report)
    with files_in(folder) as files:
        tables = {
            name: _splitting(report, one, found.get(name, Judgement()), files)
            for name, one in report.source.resources.items()
            if one.judged
        }
        judge_again(report, {name: t for name, t in tables.items() if not t.why_not}, files)
        for table in tables.values():
            begin(files, table.stem, _notes(table))
            _keep(table, files)
        add_findings(report, files, tables)
        report.check_files()
    yield f"split into {printable(str(folder))}:"
    for name, table in tables.items():
        yield from (f"  {printable(name)}: {printable(line)}" for line in _said(table))


def _splitting(report: Report, resource: Resource, judgement: Judgement, files: Files) -> Splitting:
    """Parts a table, if it can be."""
    table = Splitting(resource, files.stem(resource), judgement)
    if not isinstance(resource, TabularResource):
        table.why_not = resource.unreadable or "it is no table"
        return table
    table.why_not = why_not(report, resource, judgement) or ""
    if table.why_not:
        return table
    try:
        table.parted = part(resource, judgement, files, table.stem)
    except (NotAsWrittenError, FileError, UnreadableError) as error:
        files.drop_parted(table.stem)
        table.why_not = str(error)
    table.doubts += doubts(report, resource.name, judgement.codes)
    if table.parted.has_other_errors:
        table.doubts.append(HEADER)
    return table


def _keep(table: Splitting, files: Files) -> None:
    """Gives the files of a table their names."""
    stem, suffix = table.stem, suffix_of(table.resource)
    files.keep(f"{stem}.{REASONS}", f"{stem}.{REASONS}.csv")
    if not table.why_not:
        files.keep(f"{stem}.{VALID}", f"{stem}.{_kind(table)}{suffix}")
        files.keep(f"{stem}.{INVALID}", f"{stem}.{INVALID}{suffix}")


def _kind(table: Splitting) -> str:
    """What the file of the rows is called in which nothing was found."""
    return UNPROVEN if table.doubts else VALID


def _notes(table: Splitting) -> Iterator[str]:
    """What is to be said of a table as a whole."""
    if table.why_not:
        yield f"not split: {table.why_not}"
        return
    for doubt in table.doubts:
        yield f"rows without an error are {UNPROVEN}: {doubt}"
    if table.parted.blanked and table.resource.schema:
        fields = ", ".join(sorted(table.resource.schema.restricted))
        yield f"the values of restricted fields are left out: {fields}; {JUDGED_WITH_THEM}"


def _said(table: Splitting) -> Iterator[str]:
    """The same, after the files and how many rows are in them."""
    suffix = suffix_of(table.resource)
    if not table.why_not:
        yield (
            f"{counted(table.parted.valid, 'row')} in {table.stem}.{_kind(table)}{suffix}, "
            f"{counted(table.parted.invalid, 'row')} in {table.stem}.{INVALID}{suffix}"
        )
    yield from _notes(table)
