"""Faults of the labels of a table, and which of them are names of fields in another case."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from validate._src.words.codes import WARNING
from validate._src.words.finding import Finding
from validate._src.words.model import TabularResource
from validate._src.words.schema import Schema
from validate._src.words.spelling import CAPITALS, spelt

Fault = tuple[Finding, int | None]
"""A fault of a header, and the column that it is about, if it is one."""
OTHER_CASE = ("incorrect-label", WARNING)
"""The code and severity of labels in another case alone: all other wrong labels are errors."""
NO_LABEL = "has no label"
BROKEN = "has half of a surrogate pair, which is not a character"
WITHOUT_ROW_NAMES = "R leaves row names out with row.names=FALSE, pandas with index=False"


@dataclass(frozen=True)
class Unlabelled:
    """A column behind the last label and behind the fields: a fault, unless it is empty.

    Attributes:
        column: its index.
        fault: what is to be said if it is not.
    """

    column: int
    fault: Finding


def empty_columns(columns: Sequence[Unlabelled]) -> Finding:
    """The warning that the last columns of a table have no label and no value."""
    first, last = columns[0].column + 1, columns[-1].column + 1
    said = "the last column has" if first == last else f"columns {first:,} to {last:,} have"
    message = f"{said} no label and no value"
    return replace(columns[0].fault, severity=WARNING, message=message, value=None)


def no_label(labels: Sequence[str], index: int) -> str:
    """What is said of a column without label: the first alone has row names, as a rule."""
    if index == 0 and len(labels) > 1 and all(labels[1:]):
        return f"{NO_LABEL}, as row names have none ({WITHOUT_ROW_NAMES})"
    return NO_LABEL


def extra_labels(
    resource: TabularResource, labels: Sequence[str], columns: Iterable[int]
) -> tuple[list[Fault], tuple[Unlabelled, ...]]:
    """The faults of columns that are no field's, and apart those without label at the end."""
    last = max((index for index, label in enumerate(labels) if label), default=-1)
    extra: list[Fault] = []
    unlabelled: list[Unlabelled] = []
    for index in columns:
        said = resource.schema.shown_label(labels[index])
        labelled = f'is labelled "{said}"' if said else no_label(labels, index)
        message = f"column {index + 1} {labelled}, and the schema has no field for it"
        fault = label_fault(resource, "extra-label", message, value=said)
        if index > last:
            unlabelled.append(Unlabelled(index, fault))
        else:
            extra.append((fault, index))
    return extra, tuple(unlabelled)


def by_case(resource: TabularResource, label: str) -> list[str]:
    """The one name that a label differs from in case only; none if it is not for sure the one.

    Source: Data Package 1.0, CSV Dialect, "caseSensitiveHeader", which is false by default; 2.0
    says nothing of it.
    """
    names = resource.schema.labels
    if resource.dialect.case_sensitive_header is True or label in names:
        return []
    alike = [name for name in names if name.casefold() == label.casefold()]
    return alike if len(alike) == 1 else []


def columns_by_case(
    resource: TabularResource, labels: Sequence[str], known: Mapping[str, int]
) -> dict[str, int]:
    """The columns of fields that have none, by labels in another case, which only one has."""
    found: dict[str, list[int]] = {}
    for index, label in enumerate(labels):
        for name in by_case(resource, label):
            found.setdefault(name, []).append(index)
    return {
        name: columns[0]
        for name, columns in found.items()
        if name not in known and len(columns) == 1
    }


def in_other_case(
    resource: TabularResource, labels: Sequence[tuple[str, str, int]]
) -> Iterator[Fault]:
    """One warning for all labels that are names of fields but for upper and lower case.

    Args:
        resource: the table's resource.
        labels: these labels, each with the name of its field and its column.
    """
    if not labels:
        return
    code, severity = OTHER_CASE
    said, column = spelt([(label, name) for label, name, _ in labels]), None
    fault = label_fault(resource, code, f"{said}; they are read as these fields")
    if len(labels) == 1:
        ((label, name, column),) = labels
        said = f'the label "{label}" differs from the name of the field only in {CAPITALS}'
        fault = label_fault(resource, code, f"{said}; it is read as this field", name, label)
    yield replace(fault, severity=severity), column


def columns_by_label(schema: Schema, labels: Sequence[str]) -> dict[str, int]:
    """The column of each field that has one; of fields of one name, by their order."""
    places: dict[str, list[int]] = {}
    for index, label in enumerate(labels):
        places.setdefault(label, []).append(index)
    columns: dict[str, int] = {}
    for field in schema.fields:
        if places.get(field.label):
            columns[field.name] = places[field.label].pop(0)
    return columns


def duplicate_labels(resource: TabularResource, labels: Sequence[str]) -> Iterator[Fault]:
    """The labels that an earlier column has; a warning where the fields have one name as well."""
    schema = resource.schema
    exact = schema.fields_match == "exact"
    first: dict[str, int] = {}
    left = Counter(schema.labels)
    for index, label in enumerate(labels):
        left[label] -= 1
        if first.setdefault(label, index) == index or not label:
            continue
        said = schema.shown_label(label)
        message = f'columns {first[label] + 1} and {index + 1} are both labelled "{said}"'
        field = schema.labels[index] if exact else said
        fault = label_fault(resource, "duplicate-label", message, field, said)
        named_alike = label in schema.labels[:index] if exact else left[label] >= 0
        if field == label and named_alike:
            message += ", as two fields of the schema are; keys and rules mean the first of them"
            fault = replace(fault, severity=WARNING, message=message)
        yield fault, index


def told_broken(
    resource: TabularResource,
    labels: Sequence[str],
    faults: Iterable[Fault],
    columns: Sequence[int],
) -> list[Fault]:
    """Faults of labels, with those that have half of a surrogate pair, in whose place `?` stands.

    Args:
        resource: the table's resource.
        labels: the labels, as they are shown.
        faults: what else is wrong with them; it is said there where there is something.
        columns: the columns of such labels.
    """
    found = list[Fault]()
    for fault, index in faults:
        message = f"{fault.message}; the label {BROKEN}" if index in columns else fault.message
        found.append((replace(fault, message=message), index))
    for index in columns:
        if all(other != index for _, other in found):
            said = resource.schema.shown_label(labels[index])
            message = f'the label of column {index + 1}, "{said}", {BROKEN}'
            found.append((label_fault(resource, "incorrect-label", message, value=said), index))
    return found


def missing_label(resource: TabularResource, name: str) -> Fault:
    message = f'there is no column for the field "{name}"'
    return label_fault(resource, "missing-label", message, name), None


def label_fault(
    resource: TabularResource,
    code: str,
    message: str,
    field: str | None = None,
    value: str | None = None,
) -> Finding:
    return Finding(
        resource=resource.name,
        path=resource.location,
        code=code,
        message=message,
        field=field,
        value=value,
    )
