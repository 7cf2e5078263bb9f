"""Which column of a table belongs to which field of its schema."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from validate._src.words.cells import Sheet
from validate._src.words.codes import WARNING
from validate._src.words.finding import Finding
from validate._src.words.model import TabularResource
from validate._src.words.schema import Schema
from validate._src.words.spelling import difference

Fault = tuple[Finding, int | None]
"""A fault of a header, and the column that it is about, if it is one."""


@dataclass(frozen=True)
class Header:
    """The columns of a table.

    Attributes:
        columns: column index by field name, for the fields that have a column.
        width: how many columns the table has.
        findings: faults of the header.
        labels: the labels of all columns, if there are any.
        withheld: the fields whose values are written nowhere: the restricted ones, and all if
            columns go by order and the labels are others than the names.
    """

    columns: Mapping[str, int]
    width: int
    findings: tuple[Finding, ...] = ()
    withheld: frozenset[str] = frozenset()
    labels: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """What the columns are called, in order: each by its field, or by its label."""
        fields = {column: name for name, column in self.columns.items()}
        labels = self.labels or [""] * self.width
        return tuple(fields.get(column, label) for column, label in enumerate(labels))


def match_header(
    resource: TabularResource,
    labels: Sequence[str] | None,
    row: int = 1,
    line: int | None = None,
    sheet: Sheet | None = None,
    *,
    are_keys: bool = False,
) -> Header:
    """The columns of a table, by the labels of its header.

    Args:
        resource: the table's resource.
        labels: the cells of the header row; None for a table without one, whose
            columns are the fields in their order.
        row: record number of the header.
        line: physical line on which that record starts, if there is one.
        sheet: where it stands in a workbook, if it does.
        are_keys: whether the labels are keys of objects, which belong to fields by name alone.

    Source: Data Package 2.0, Table Schema, "fieldsMatch".
    """
    header, faults = _matched(resource, labels, are_keys=are_keys)
    found = tuple(
        replace(
            finding,
            row=row,
            line=line,
            sheet=sheet and sheet.name,
            cell=sheet and sheet.cell(row, column, len(labels or ())),
        )
        for finding, column in faults
    )
    header = replace(header, findings=found, labels=tuple(labels or ()))
    return replace(header, withheld=_withheld(resource.schema, header, are_keys=are_keys))


def _withheld(schema: Schema, header: Header, *, are_keys: bool) -> frozenset[str]:
    go_by_order = schema.fields_match == "exact" and not are_keys
    in_doubt = schema.restricted and header.findings and go_by_order
    return frozenset(schema.names) if in_doubt else schema.restricted


def _matched(
    resource: TabularResource, labels: Sequence[str] | None, *, are_keys: bool
) -> tuple[Header, list[Fault]]:
    """The columns of a table, and the faults of its header, which do not say yet where it is."""
    schema = resource.schema
    if labels is None:
        names = schema.names
        return Header({name: index for index, name in enumerate(names)}, len(names)), []
    if not labels and not are_keys:
        return Header({}, 0), [
            (_finding(resource, "blank-header", "the header has no labels"), None)
        ]
    if schema.fields_match == "exact" and not are_keys:
        return _by_position(resource, labels)
    return _by_name(resource, labels)


def _by_position(resource: TabularResource, labels: Sequence[str]) -> tuple[Header, list[Fault]]:
    schema = resource.schema
    columns = {name: index for index, name in enumerate(schema.names[: len(labels)])}
    wanted = schema.labels
    findings = [*_duplicate_labels(resource, labels[: len(wanted)])]
    for index, label in enumerate(labels):
        place, said = f"column {index + 1}", schema.shown_label(label)
        if index >= len(wanted):
            message = f'{place} is labelled "{said}", and the schema has no field for it'
            findings.append((_finding(resource, "extra-label", message, value=said), index))
        elif not label:
            message = f'{place} has no label; the field there is "{wanted[index]}"'
            findings.append((_finding(resource, "blank-label", message, wanted[index]), index))
        elif label != wanted[index] and label not in labels[:index]:
            message = f'{place} is labelled "{said}"; the field there is "{wanted[index]}"'
            if only := difference([(label, wanted[index])]):
                message += f"; the two differ only in {only}"
            fault = _finding(resource, "incorrect-label", message, wanted[index], said)
            findings.append((fault, index))
    findings += [_missing_label(resource, name) for name in wanted[len(labels) :]]
    return Header(columns, len(labels)), findings


def _by_name(resource: TabularResource, labels: Sequence[str]) -> tuple[Header, list[Fault]]:
    schema = resource.schema
    columns = _columns_by_label(schema, labels)
    findings = [*_duplicate_labels(resource, labels)]
    if schema.fields_match in ("exact", "equal", "superset"):
        for index, label in enumerate(labels):
            if label not in schema.labels:
                said = schema.shown_label(label)
                message = f'a column is labelled "{said}", and the schema has no such field'
                findings.append((_finding(resource, "extra-label", message, value=said), index))
    if schema.fields_match == "partial" and not columns:
        message = "no label is the name of a field of the schema"
        findings.append((_finding(resource, "unmatched-header", message), None))
    missing = [field for field in schema.fields if field.name not in columns]
    if schema.fields_match in ("superset", "partial"):
        missing = [field for field in missing if schema.requires(field)]
    findings += [_missing_label(resource, field.label) for field in missing]
    return Header(columns, len(labels)), findings


def _columns_by_label(schema: Schema, labels: Sequence[str]) -> dict[str, int]:
    """The column of each field that has one; of fields of one name, by their order."""
    places: dict[str, list[int]] = {}
    for index, label in enumerate(labels):
        places.setdefault(label, []).append(index)
    columns: dict[str, int] = {}
    for field in schema.fields:
        if places.get(field.label):
            columns[field.name] = places[field.label].pop(0)
    return columns


def _duplicate_labels(resource: TabularResource, labels: Sequence[str]) -> Iterator[Fault]:
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
        fault = _finding(resource, "duplicate-label", message, field, said)
        named_alike = label in schema.labels[:index] if exact else left[label] >= 0
        if field == label and named_alike:
            message += ", as two fields of the schema are; keys and rules mean the first of them"
            fault = replace(fault, severity=WARNING, message=message)
        yield fault, index


def _missing_label(resource: TabularResource, name: str) -> Fault:
    message = f'there is no column for the field "{name}"'
    return _finding(resource, "missing-label", message, name), None


def _finding(
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
