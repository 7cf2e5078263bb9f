"""A data package as the validator knows it: frozen values, nothing read from data yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from validate._src.words.anchors import Anchors, Spans
from validate._src.words.codes import ERROR
from validate._src.words.errors import FileError
from validate._src.words.finding import Finding
from validate._src.words.outcome import NotChecked
from validate._src.words.place import NOWHERE, Place
from validate._src.words.reliability import Reliability
from validate._src.words.schema import Schema
from validate._src.words.scratch import ScratchFolder
from validate._src.words.verifications import Verifications
from validate._src.words.views import Views


@dataclass(frozen=True)
class TableRule:
    """A SQL query over the package's tables that returns offending rows (extension).

    Attributes:
        resource: the resource whose rows it returns, by `_row`.
        query: the SQL text.
        location: where the query stands, for messages.
        place: where the rule stands.
    """

    name: str
    resource: str
    query: str
    message: str
    location: str
    severity: str = ERROR
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class Dialect:
    """A Table Dialect; defaults are the standard's.

    Attributes:
        delimiter: what parts the cells of a record.
        quote_char: what stands around a cell, or None where nothing does.
        double_quote: whether a quote inside a quoted cell is doubled.
        escape_char: what takes its meaning from the character after it, if anything does.
        skip_initial_space: whether spaces after a delimiter are no part of the cell.
        line_terminator: what ends a record; None for any of LF, CR LF and CR.
        null_sequence: text that stands for null beside the missing values, if any.
        header: whether there is a header.
        header_rows: numbers of its rows; none for the first row that is no comment.
        header_join: what joins the labels of several rows.
        comment_rows: numbers of rows that are left out.
        comment_char: what a row begins with that is left out, if any does.
        property: where in a JSON text the table stands; None for the text as a whole.
        item_type: whether a row of JSON is an "array" or an "object"; None for what it is.
        item_keys: the keys of an object that are its columns; None for those there are.
        sheet_number: number of the sheet from 1; None where the name says it.
        sheet_name: name of the sheet, if it says which.
        table: name of the table in a database, if there is one.
        case_sensitive_header: whether upper and lower case make two labels (version 1.0).
        unknown: names of properties that the standard does not know.

    Source: Data Package 2.0, Table Dialect.
    """

    delimiter: str = ","
    quote_char: str | None = '"'
    double_quote: bool = True
    escape_char: str | None = None
    skip_initial_space: bool = False
    line_terminator: str | None = None
    null_sequence: str | None = None
    header: bool = True
    header_rows: tuple[int, ...] = ()
    header_join: str = " "
    comment_rows: tuple[int, ...] = ()
    comment_char: str | None = None
    property: str | None = None
    item_type: str | None = None
    item_keys: tuple[str, ...] | None = None
    sheet_number: int | None = None
    sheet_name: str | None = None
    table: str | None = None
    case_sensitive_header: bool = False
    unknown: tuple[str, ...] = ()


Partition = tuple[tuple[str, str | None], ...]
"""Names with their texts, each of which all rows of a file have; None for a missing value."""


@dataclass(frozen=True)
class Part:
    """A file of a resource.

    Attributes:
        location: its path or URL as the descriptor gives it, for messages.
        file: the file itself, known to lie inside the package's folder, or fetched; None
            for a text that stands in the descriptor.
        content: such a text in UTF-8.
        absent: why there is no such file, if there is none.
        within: the file in it that is meant, if it is a zip file of several.
        partition: what stands in its path, and holds for all of its rows: names and texts in the
            order of the path; None for a value that is missing.
        named: whether the `path` of the resource names it; others are found by a pattern.
    """

    location: str
    file: Path | None
    content: bytes = b""
    absent: str = ""
    within: str = ""
    partition: Partition = ()
    named: bool = True

    def check(self) -> None:
        """Checks that the file is there.

        Raises:
            FileError: it is not.
        """
        if self.absent:
            raise FileError(self.location, self.absent)

    def open(self) -> BinaryIO:
        """The content, to be read.

        Raises:
            FileError: the file is absent.
        """
        self.check()
        return BytesIO(self.content) if self.file is None else self.file.open("rb", buffering=0)

    @property
    def size(self) -> int:
        """How many bytes it has; none if it is absent."""
        return len(self.content) if self.file is None else self.file.stat().st_size


@dataclass(frozen=True)
class Resource:
    """A data resource.

    Attributes:
        title: its title, empty when it has none.
        description: its description, empty when it has none.
        parts: its files in order; none for data inline.
        data: the data inline, or None.
        format: format of the files, in lower case, such as `csv`.
        compression: `gz`, `zip`, or empty.
        schema: None when the resource has none, which only a `TabularResource` always has.
        bytes: declared size, or None.
        hash: declared digest as (algorithm, hexadecimal), or None.
        unreadable: why its rows cannot be checked; None for a `TabularResource`.
        detects_encoding: whether `encoding` is only the default, which the bytes may belie.
        judged: whether it is checked itself; if not, it is there because others need it.
        severity: how bad the findings of some codes are in it (extension).
        footers_only: whether of its Parquet files nothing but the footers is read.
        translations: its title in other languages (extension).
        place: where it stands.
    """

    name: str
    title: str
    description: str
    parts: tuple[Part, ...]
    data: Any
    format: str
    compression: str
    encoding: str
    dialect: Dialect
    schema: Schema | None
    bytes: int | None
    hash: tuple[str, str] | None
    unreadable: str | None = None
    detects_encoding: bool = False
    judged: bool = True
    severity: Mapping[str, str] = field(default_factory=dict[str, str])
    footers_only: bool = False
    translations: Mapping[str, Mapping[str, str]] = field(
        default_factory=dict[str, Mapping[str, str]]
    )
    place: Place = field(default=NOWHERE, compare=False)

    def check(self) -> None:
        """Checks that all its files are there.

        Raises:
            FileError: one is not.
        """
        for part in self.parts:
            part.check()

    @property
    def size(self) -> int:
        """How many bytes its files have together, as far as they are there."""
        return sum(part.size for part in self.parts)

    @property
    def files(self) -> list[Path]:
        """Its files that are there; none for a text that stands in the descriptor."""
        return [part.file for part in self.parts if part.file is not None]

    @property
    def partitions(self) -> tuple[str, ...]:
        """The names of what the paths of its files say of their rows, in the order of the path.

        All files have the same: one that has others is absent, which says so.
        """
        of_parts = (part.partition for part in self.parts if part.partition)
        return tuple(name for name, _ in next(of_parts, ()))

    @property
    def location(self) -> str:
        """Where its data stand, for messages: the path of its first file."""
        return self.parts[0].location if self.parts else f"inline data of {self.name}"


@dataclass(frozen=True)
class TabularResource(Resource):
    """A data resource whose rows can be checked: it has a schema, and a reader for its format."""

    schema: Schema


@dataclass(frozen=True)
class Package:
    """A data package.

    Attributes:
        file: the descriptor.
        resources: by name, in the order of the descriptor.
        waivers: name of the resource whose rows are waivers, if there is one (extension).
        other_profiles: the profiles that it names and that are not the standard's own.
        findings: faults of the descriptor, and of what it refers to, that leave it usable.
        not_checked: what cannot be checked because of them.
        fetched: the folder of the files that were fetched or unpacked, which goes with the
            package.
        origin: what stands before the paths of its files where people find them, if it is in
            no folder: `ponds.zip/`, `https://ponds.example/`; or empty.
        base: what the paths of its files are relative to, if that is not the folder of `file`.
        severity: how bad the findings of some codes are, where a resource does not say it
            otherwise (extension).
        verifications: its claims compared with documents, which goes with anchors (extension).
        views: queries over its tables that become pages (extension).
        properties: the descriptor, for what only people and other programs read.
    """

    file: Path
    name: str
    version: str | None
    resources: Mapping[str, Resource]
    rules: tuple[TableRule, ...] = ()
    anchors: Anchors | None = None
    waivers: str | None = None
    other_profiles: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    not_checked: tuple[NotChecked, ...] = ()
    fetched: ScratchFolder | None = None
    origin: str = ""
    base: Path | None = None
    severity: Mapping[str, str] = field(default_factory=dict[str, str])
    reliability: Reliability | None = None
    verifications: Verifications | None = None
    views: Views | None = None
    properties: Mapping[str, Any] = field(default_factory=dict[str, Any])

    @property
    def evidence(self) -> tuple[Spans, ...]:
        """The spans on which rows rest: those of the anchors but for what documents say."""
        spans = () if self.anchors is None else self.anchors.spans
        others = () if self.verifications is None else self.verifications.spanned
        return tuple(one for one in spans if one.resource not in others)

    @property
    def folder(self) -> Path:
        """What the paths of its files are relative to."""
        return self.file.parent if self.base is None else self.base

    @property
    def location(self) -> str:
        """The descriptor, where people find it."""
        return f"{self.origin}{self.file.name}" if self.origin else str(self.file)

    def severity_of(self, resource: str, code: str) -> str | None:
        """How bad it says the findings of a code in a resource are, if it says anything."""
        known = self.resources.get(resource)
        own = known.severity.get(code) if known else None
        return own or self.severity.get(code)

    @cached_property
    def tables(self) -> Mapping[str, TabularResource]:
        """The resources whose rows can be checked, by name."""
        return {
            name: resource
            for name, resource in self.resources.items()
            if isinstance(resource, TabularResource)
        }
