"""A Table Schema as the validator knows it, in frozen values."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from validate._src.words.codes import ERROR
from validate._src.words.finding import WITHHELD
from validate._src.words.place import NOWHERE, Place

ERROR_CELL = "error"
BROKEN_TEXT = "broken text"
"""The native kind of a cell in which a formula of a spreadsheet has failed."""
EXACT = 2**53
"""Below it, a double that is whole is an integer; beyond, doubles leave some out."""


@dataclass(frozen=True)
class Edtf:
    """A string field that holds EDTF level 1 dates.

    Attributes:
        earliest: date field that holds the earliest day, if any.
        latest: date field that holds the latest day, if any.
        precision: string field that holds the precision, if any.
        not_before: EDTF field whose date this one must not precede, if any.
    """

    earliest: str | None = None
    latest: str | None = None
    precision: str | None = None
    not_before: str | None = None

    def named_fields(self) -> list[str]:
        """The fields that the property names."""
        named = (self.earliest, self.latest, self.precision, self.not_before)
        return [name for name in named if name is not None]


@dataclass(frozen=True)
class Numeral:
    """A string field that prints a number, or the two ends of a range.

    Attributes:
        value: field that holds the number, or the lower end.
        maximum: field that holds the upper end, if any.
        restated_in: string fields that state the same.
    """

    value: str
    maximum: str | None = None
    restated_in: tuple[str, ...] = ()

    def named_fields(self) -> list[str]:
        """The fields that the property names."""
        return [self.value, *([] if self.maximum is None else [self.maximum]), *self.restated_in]


@dataclass(frozen=True)
class Category:
    """A value of a categorical field.

    Attributes:
        label: its label, empty when it has none.
        description: what it means, empty when the package does not say.
        translations: its label and its description in other languages (extension).
    """

    value: str | int
    label: str = ""
    description: str = ""
    translations: Mapping[str, Mapping[str, str]] = field(
        default_factory=dict[str, Mapping[str, str]], hash=False
    )


@dataclass(frozen=True)
class Options:
    """How the values of a field are written; each option goes with certain types.

    Attributes:
        group_char: what stands between groups of digits, if anything does (number, integer).
        decimal_char: what stands before the decimals (number).
        bare_number: whether nothing but the number stands in a cell (number, integer).
        true_values: the texts for true (boolean).
        false_values: the texts for false (boolean).
        delimiter: what stands between the items of a list.
        item_type: the type of these items.

    Source: Data Package 2.0, Table Schema, "Field Types", whose defaults these are.
    """

    group_char: str | None = None
    decimal_char: str = "."
    bare_number: bool = True
    true_values: tuple[str, ...] = ("true", "True", "TRUE", "1")
    false_values: tuple[str, ...] = ("false", "False", "FALSE", "0")
    delimiter: str = ","
    item_type: str = "string"

    @property
    def has_marks(self) -> bool:
        """Whether numbers are written with marks of their own."""
        return bool(self.group_char) or self.decimal_char != "."


@dataclass(frozen=True)
class Field:
    """A field of a Table Schema.

    Attributes:
        name: its name; with its number where an earlier field of the schema has the same.
        properties: the field's descriptor, for what only people read.
        options: how its values are written.
        missing_values: texts that stand for null, the schema's unless it has its own.
        constraints: constraints by the standard's names.
        categories: what a categorical field may hold, or None.
        edtf: the EDTF extension, or None.
        numeral: the extension for numerals, or None.
        place: where it stands.
        restricted: whether its values are written nowhere (extension).
        iso_times: whether a time may have any form of ISO 8601, as by version 1.0.
    """

    name: str
    type: str
    format: str
    properties: Mapping[str, Any]
    missing_values: tuple[str, ...]
    constraints: Mapping[str, Any]
    options: Options = Options()
    categories: tuple[Category, ...] | None = None
    edtf: Edtf | None = None
    numeral: Numeral | None = None
    place: Place = field(default=NOWHERE, compare=False)
    restricted: bool = False
    iso_times: bool = False

    @property
    def label(self) -> str:
        """Its name as the descriptor gives it, which is the label of its column."""
        return self.properties["name"]

    @property
    def title(self) -> str:
        """Its title, empty when it has none."""
        return str(self.properties.get("title") or "")

    @property
    def translations(self) -> Mapping[str, Mapping[str, str]]:
        """Its title in other languages (extension)."""
        return self.properties.get("translations", {})

    def bare(self) -> "Field":
        """The field, of whose values nothing is asked but their type."""
        return replace(self, constraints={}, categories=None, edtf=None, numeral=None)


@dataclass(frozen=True)
class ForeignKey:
    """A foreign key of a table.

    Attributes:
        fields: fields of the table itself.
        resource: name of the referenced resource, its own for a self-reference.
        reference_fields: fields there, as many.
        acyclic: whether following it must never lead back to a row (extension).
        package: the other package that the resource belongs to, if it says one.
        place: where it stands.
    """

    fields: tuple[str, ...]
    resource: str
    reference_fields: tuple[str, ...]
    acyclic: bool = False
    package: str = ""
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class RowRule:
    """A boolean SQL expression over a row; NULL passes (extension)."""

    name: str
    check: str
    message: str
    severity: str = ERROR
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class Schema:
    """A Table Schema.

    Attributes:
        foreign_keys: those to resources of its own package.
        outside_keys: those to resources that are not at hand.
        row_key: the fields whose values name a row in findings, if not those of the primary key.
        unchecked: the fields that may hold anything, as what describes them cannot be used.
        properties: the schema's descriptor, for what only people and other programs read.
    """

    fields: tuple[Field, ...]
    primary_key: tuple[str, ...] = ()
    unique_keys: tuple[tuple[str, ...], ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    rules: tuple[RowRule, ...] = ()
    fields_match: str = "exact"
    row_key: tuple[str, ...] = ()
    outside_keys: tuple[ForeignKey, ...] = ()
    unchecked: frozenset[str] = frozenset()
    properties: Mapping[str, Any] = field(default_factory=dict[str, Any], compare=False)

    def requires(self, field: Field) -> bool:
        """Whether null is forbidden in a field, as it also is in a primary key."""
        return field.constraints.get("required") is True or field.name in self.primary_key

    def field(self, name: str) -> Field:
        """The field with this name, which must exist."""
        return self.fields[self.names.index(name)]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names of the fields, in order."""
        return tuple(field.name for field in self.fields)

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """Their labels, in order, of which some may be equal."""
        return tuple(field.label for field in self.fields)

    @cached_property
    def namesakes(self) -> Mapping[str, int]:
        """The numbers of fields that share their label with others, by name."""
        counts = Counter(self.labels)
        numbered = enumerate(self.fields, 1)
        return {field.name: number for number, field in numbered if counts[field.label] > 1}

    @cached_property
    def restricted(self) -> frozenset[str]:
        """Names of the fields whose values are written nowhere."""
        return frozenset(field.name for field in self.fields if field.restricted)

    def shown_label(self, label: str) -> str:
        """A label of the table as messages may have it.

        Where a header is absent, its labels are values; so beside restricted fields only those
        are shown that name a field, whatever their case.
        """
        known = {name.casefold() for name in self.labels} if self.restricted else set[str]()
        return label if not known or label.strip().casefold() in known else WITHHELD
