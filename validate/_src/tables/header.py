"""Which column of a table belongs to which field of its schema."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from validate._src.tables._labels import (
    OTHER_CASE,
    Fault,
    Unlabelled,
    by_case,
    columns_by_case,
    columns_by_label,
    duplicate_labels,
    extra_labels,
    in_other_case,
    label_fault,
    missing_label,
    no_label,
    told_broken,
)
from validate._src.words.cells import Sheet
from validate._src.words.finding import Finding
from validate._src.words.model import TabularResource
from validate._src.words.partitions import fields_of_paths, in_files
from validate._src.words.schema import Field, Schema
from validate._src.words.spelling import difference


@dataclass(frozen=True)
class Header:
    """The columns of a table.

    Attributes:
        columns: column index by field name, for the fields that have a column.
        width: how many columns the table has.
        findings: faults of the header.
        labels: the labels of all columns, if there are any.
        unlabelled: the columns at its end without label or field, in order.
        withheld: the fields whose values are written nowhere: the restricted ones, and all if
            columns go by order and the labels are others than the names.
        of_paths: the fields whose values stand in the paths of files, each with its name there.
        twice: the same of fields that have a column as well.
    """

    columns: Mapping[str, int]
    width: int
    findings: tuple[Finding, ...] = ()
    withheld: frozenset[str] = frozenset()
    labels: tuple[str, ...] = ()
    unlabelled: tuple[Unlabelled, ...] = ()
    of_paths: Mapping[str, str] = field(default_factory=dict[str, str])
    twice: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def names(self) -> tuple[str, ...]:
        """What the columns are called, in order: each by its field, or by its label."""
        fields = {column: name for name, column in self.columns.items()}
        labels = self.labels or [""] * self.width
        return tuple(fields.get(column, label) for column, label in enumerate(labels))

    def column(self, name: str) -> str:
        """What a batch calls the column of a field, be it of files or of their paths."""
        return (
            str(self.columns[name]) if name in self.columns else f"{OF_PATHS}{self.of_paths[name]}"
        )

    @property
    def unnamed(self) -> list[int]:
        """The columns that have neither a label nor a field, wherever they stand."""
        of_fields = {*self.columns.values()}
        blank = (column for column, label in enumerate(self.labels) if not label.strip())
        return [column for column in blank if column not in of_fields]


NO_OTHERS = ("exact", "equal", "superset")
"""What `fieldsMatch` is where a table has no columns but those of the fields."""
OF_PATHS = "="
"""What names of columns in batches begin with whose cells stand in paths: others are numbers."""
Matched = tuple[Header, list[Fault], tuple[Unlabelled, ...]]
"""The columns of a table, its faults, and its columns without label."""


def match_header(
    resource: TabularResource,
    labels: Sequence[str] | None,
    row: int = 1,
    line: int | None = None,
    sheet: Sheet | None = None,
    *,
    are_keys: bool = False,
    broken: Sequence[int] = (),
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
        broken: the columns with half of a surrogate pair in their labels.

    Source: Data Package 2.0, Table Schema, "fieldsMatch".
    """
    given = fields_of_paths(resource, labels)
    of_files = in_files(resource, labels)
    header, faults, unlabelled = _matched(of_files, labels, are_keys=are_keys)
    faults = told_broken(resource, labels or (), faults, broken)

    def placed(fault: Fault) -> Finding:
        finding, column = fault
        cell = sheet and sheet.cell(row, column, len(labels or ()))
        return replace(finding, row=row, line=line, sheet=sheet and sheet.name, cell=cell)

    header = replace(
        header,
        findings=tuple(map(placed, faults)),
        labels=tuple(labels or ()),
        unlabelled=tuple(replace(one, fault=placed((one.fault, one.column))) for one in unlabelled),
    )
    header = replace(header, withheld=_withheld(resource.schema, header, are_keys=are_keys))
    return _with_paths(header, resource, given) if resource.partitions else header


def _with_paths(header: Header, resource: TabularResource, given: Mapping[str, Field]) -> Header:
    """A header with the fields whose values stand in the paths of files.

    Args:
        header: that of the files.
        resource: the table.
        given: the fields that have no column, by the names that they have in paths.
    """
    schema = resource.schema
    others = [name for name in resource.partitions if name not in schema.labels]
    faults = (
        label_fault(
            resource,
            "extra-label",
            f'the paths have the partition "{name}", and the schema has no field for it',
            value=name,
        )
        for name in (others if schema.fields_match in NO_OTHERS else ())
    )
    return replace(
        header,
        findings=(*header.findings, *faults),
        of_paths={field.name: name for name, field in given.items()},
        twice={
            field.name: field.label
            for field in schema.fields
            if field.name in header.columns and field.label in resource.partitions
        },
    )


def _withheld(schema: Schema, header: Header, *, are_keys: bool) -> frozenset[str]:
    go_by_order = schema.fields_match == "exact" and not are_keys
    others = [one for one in header.findings if (one.code, one.severity) != OTHER_CASE]
    in_doubt = schema.restricted and go_by_order and (others or header.unlabelled)
    return frozenset(schema.names) if in_doubt else schema.restricted


def _matched(resource: TabularResource, labels: Sequence[str] | None, *, are_keys: bool) -> Matched:
    """The columns of a table, and the faults of its header, which do not say yet where it is."""
    schema = resource.schema
    if labels is None:
        names = schema.names
        return Header({name: index for index, name in enumerate(names)}, len(names)), [], ()
    if not labels and not are_keys:
        fault = label_fault(resource, "blank-header", "the header has no labels")
        return Header({}, 0), [(fault, None)], ()
    if schema.fields_match == "exact" and not are_keys:
        return _by_position(resource, labels)
    return _by_name(resource, labels, are_keys=are_keys)


def _by_position(resource: TabularResource, labels: Sequence[str]) -> Matched:
    schema = resource.schema
    columns = {name: index for index, name in enumerate(schema.names[: len(labels)])}
    wanted = schema.labels
    findings = [*duplicate_labels(resource, labels[: len(wanted)])]
    other_case: list[tuple[str, str, int]] = []
    for index, (label, name) in enumerate(zip(labels, wanted, strict=False)):
        place, said = f"column {index + 1}", schema.shown_label(label)
        if not label:
            message = f'{place} {no_label(labels, index)}; the field there is "{name}"'
            findings.append((label_fault(resource, "blank-label", message, name), index))
        elif label == name or label in labels[:index]:
            continue
        elif name in by_case(resource, label):
            other_case.append((label, name, index))
        else:
            message = f'{place} is labelled "{said}"; the field there is "{name}"'
            if only := difference([(label, name)]):
                message += f"; the two differ only in {only}"
            findings.append((label_fault(resource, "incorrect-label", message, name, said), index))
    extra, unlabelled = extra_labels(resource, labels, range(len(wanted), len(labels)))
    findings += [*extra, *(missing_label(resource, name) for name in wanted[len(labels) :])]
    findings += in_other_case(resource, other_case)
    return Header(columns, len(labels)), findings, unlabelled


def _by_name(resource: TabularResource, labels: Sequence[str], *, are_keys: bool) -> Matched:
    schema = resource.schema
    columns = columns_by_label(schema, labels)
    findings = [*duplicate_labels(resource, labels)]
    unlabelled: tuple[Unlabelled, ...] = ()
    if not are_keys:
        other_case = columns_by_case(resource, labels, columns)
        columns |= other_case
        pairs = [(labels[column], name, column) for name, column in other_case.items()]
        findings += in_other_case(resource, pairs)
    if schema.fields_match in NO_OTHERS:
        of_fields = {*columns.values()}
        others = [
            index
            for index, label in enumerate(labels)
            if label not in schema.labels and index not in of_fields
        ]
        extra, unlabelled = extra_labels(resource, labels, others)
        findings += extra
    if schema.fields_match == "partial" and not columns:
        message = "no label is the name of a field of the schema"
        findings.append((label_fault(resource, "unmatched-header", message), None))
    missing = [field for field in schema.fields if field.name not in columns]
    if schema.fields_match in ("superset", "partial"):
        missing = [field for field in missing if schema.requires(field)]
    findings += [missing_label(resource, field.label) for field in missing]
    return Header(columns, len(labels)), findings, unlabelled
