"""Tables without a schema: what their files are, as far as their content tells that alone."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from validate._src.describe.dialect import are_labels
from validate._src.describe.headless import said_of_values, values_as_labels
from validate._src.describe.layout import layout_of
from validate._src.describe.missing import is_missing
from validate._src.describe.readings import Reading
from validate._src.describe.rows import first_rows
from validate._src.describe.sample import best_reading, fitting_share
from validate._src.diagnosis.delimiters import (
    DELIMITERS,
    apart_message,
    delimiter_message,
    header_apart,
)
from validate._src.diagnosis.evidence import Evidence, Sample
from validate._src.diagnosis.headers import header_message
from validate._src.package.resource import WITHOUT_SCHEMA
from validate._src.reading.batch import file_finding
from validate._src.reading.formats import format_named
from validate._src.reading.misnamed import misnamed
from validate._src.words.codes import WARNING
from validate._src.words.errors import FileError
from validate._src.words.finding import Finding
from validate._src.words.findingframe import framed
from validate._src.words.model import Package, Resource, TabularResource
from validate._src.words.outcome import Outcome
from validate._src.words.schema import Schema

CODE = "misread-file"


def tables_without_schema(package: Package) -> Iterator[Outcome]:
    """What the files of tables are that have no schema, one finding for each that is told.

    A file of another format is an error, as its first bytes prove it. That a text is delimited
    otherwise, or has its header elsewhere, is a warning: no schema confirms it.

    Source: Data Package 2.0, Data Resource, "schema": a table need not have one; "format",
    "compression"; Table Dialect, "delimiter", "headerRows", "header".
    """
    for resource in package.resources.values():
        if resource.unreadable == WITHOUT_SCHEMA and resource.judged:
            yield from framed(_of_resource(resource))


def _of_resource(resource: Resource) -> Iterator[Finding]:
    known = format_named(resource.format)
    if known is None or not resource.parts or any(part.absent for part in resource.parts):
        return
    try:
        named = [*_of_formats(resource)]
        yield from named
        if not named and known.described == "dialect":
            yield from _of_text(_evidence(resource))
    except FileError:
        return  # the check of files says why one cannot be read


def _of_formats(resource: Resource) -> Iterator[Finding]:
    for part in resource.parts:
        if part.file is not None and (found := misnamed(resource, part)):
            yield file_finding(
                resource, CODE, found.message, rule=found.rule, location=part.location
            )


def _evidence(resource: Resource) -> Evidence:
    """The first file of a table, whose columns have no types."""
    properties: dict[str, Any] = {**vars(resource), "schema": Schema(())}
    return Evidence(TabularResource(**properties), resource.parts[0])


def _of_text(evidence: Evidence) -> Iterator[Finding]:
    """The first that says something is believed, as of tables with a schema."""
    looks: tuple[Callable[[Evidence], Finding | None], ...] = (
        _delimiter,
        _header_apart,
        _layout,
        _no_header,
    )
    found = next((one for look in looks if (one := look(evidence)) is not None), None)
    if found is not None:
        yield found


def _delimiter(evidence: Evidence) -> Finding | None:
    """By one other delimiter only, and not by that declared, the rows have a cell a label."""
    if _is_even(evidence.sample):
        return None
    declared = evidence.resource.dialect.delimiter
    fitting = [one for one in DELIMITERS if _is_even(evidence.delimited_by(one).sample)]
    if len(fitting) != 1:
        return None
    message = delimiter_message(fitting[0], declared)
    return _warning(evidence, "delimiter", message, evidence.sample.line)


def _is_even(sample: Sample) -> bool:
    """Whether there are several labels, no two the same, and nearly all rows have a cell each."""
    labels = sample.labels or []
    return len({*labels} - {""}) == len(labels) == sample.width > 1


def _header_apart(evidence: Evidence) -> Finding | None:
    apart = header_apart(evidence, are_labels)
    if apart is None:
        return None
    message = apart_message(*apart, evidence.resource.dialect.delimiter)
    return _warning(evidence, "delimiter", message, evidence.sample.line)


def _layout(evidence: Evidence) -> Finding | None:
    """The header stands below titles and notes."""
    dialect = evidence.resource.dialect
    if not dialect.header or dialect.header_rows or dialect.comment_rows or dialect.comment_char:
        return None  # as it is declared
    layout = layout_of(first_rows(evidence.resource))
    if layout.header is None or layout.header.number == 1:
        return None
    message = header_message(*layout.header_rows)
    return _warning(evidence, "headerRows", message, layout.header.line)


def _no_header(evidence: Evidence) -> Finding | None:
    """The labels are values as those below them are."""
    labels = evidence.sample.labels or []
    columns = [(label, _reading(evidence.sample.column(at))) for at, label in enumerate(labels)]
    values = values_as_labels([(label, one) for label, one in columns if one is not None])
    if not values:
        return None
    message = f'{said_of_values(values)}; if there is no header, say "header": false in the dialect'
    return _warning(evidence, "header", message, evidence.sample.line)


def _reading(cells: Sequence[str]) -> Reading | None:
    """What all cells of a column are values of, those for missing values left aside."""
    filled = {text: number for text, number in Counter(cells).items() if not is_missing(text)}
    reading = best_reading(filled)
    return reading if reading is not None and fitting_share(reading, filled) == 1 else None


def _warning(evidence: Evidence, rule: str, message: str, line: int | None) -> Finding:
    return file_finding(
        evidence.resource,
        CODE,
        message,
        line=line,
        rule=rule,
        location=evidence.part.location,
        severity=WARNING,
    )
