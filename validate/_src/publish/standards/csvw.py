"""CSV on the Web: the columns, types and keys of the CSV files, in `csv-metadata.json`.

Source: Metadata Vocabulary for Tabular Data, and Model for Tabular Data and Metadata on the Web
(W3C Recommendations of 2015).
"""

from collections.abc import Iterator, Mapping
from string import ascii_letters, digits
from typing import Any, BinaryIO
from urllib.parse import quote

from validate._src.publish.columns import Column
from validate._src.publish.content import Content, PublishedTable
from validate._src.publish.datafiles import DataFile, as_address
from validate._src.publish.promises import Required, in_words
from validate._src.publish.standards.described import Described
from validate._src.publish.standards.documents import filled, put_json
from validate._src.publish.standards.plainfiles import IN_PATHS, headed
from validate._src.words.errors import PackageError
from validate._src.words.model import Resource
from validate._src.words.schema import ForeignKey

VOCABULARY = "http://www.w3.org/ns/csvw"
STRING = "string"
TYPES: Mapping[str, str] = {
    "string": STRING,
    "number": "number",
    "integer": "integer",
    "boolean": "boolean",
    "date": "date",
    "time": "time",
    "datetime": "dateTime",
    "year": "gYear",
    "yearmonth": "gYearMonth",
    "duration": "duration",
    "object": "json",
    "array": "json",
    "list": STRING,
    "geopoint": STRING,
    "geojson": "json",
    "any": STRING,
}
"""The types of Table Schema. A list has the type of its items, and what parts them. What has a
`format` of its own is a string."""
NO_SINGLE_FILE = "what it refers to is no single file that is described"
NO_DECIMAL = r"[A-Za-z]"
"""What stands in numbers with an exponent, and in NaN and infinities, of which no format tells."""
BOOLEANS = r"^(true|false|1|0)$"
"""How booleans are written that need no format."""
FORMATS: Mapping[tuple[str, str], str] = {
    ("string", "default"): STRING,
    ("string", "email"): STRING,
    ("string", "uuid"): STRING,
    ("string", "uri"): "anyURI",
    ("string", "binary"): "base64Binary",
    ("geojson", "topojson"): "json",
}
"""What has a format and is no string for that."""
LIMITED: Mapping[str, str] = {
    "minimum": "minimum",
    "maximum": "maximum",
    "exclusiveMinimum": "minExclusive",
    "exclusiveMaximum": "maxExclusive",
}
"""The bounds of Table Schema."""
ORDERED = frozenset({"number", "integer", "date", "time", "dateTime"})
LENGTHS = frozenset({"minLength", "maxLength"})
ESCAPE = "\\"
CHARACTERS = frozenset(ascii_letters + digits + "_")
"""What stands in the name of a column as it is."""


def write(content: Content, stream: BinaryIO) -> Iterator[str]:
    """Writes the document.

    Yields:
        What it does not describe, a sentence each.

    Raises:
        PackageError: there is no table that it can describe.
    """
    described = Described(content)
    shut = {one.name: why for one in content.tables if (why := _why_not_said(one))}
    tables = {one.name: one for one in content.tables if one.name not in shut}
    files = {file.path: file for file in described.files}
    if not tables:
        raise PackageError(f"--to csvw: {content.package.location} has no table in plain CSV")
    described_tables = [
        _table(table, files[part.location], has_header, tables)
        for table in tables.values()
        for part, has_header in zip(table.resource.parts, headed(table.resource), strict=True)
    ]
    put_json({"@context": VOCABULARY, **_about(described), "tables": described_tables}, stream)
    for name, why in shut.items():
        yield f"{name} is left out: {why}"
    for table in tables.values():
        for key in table.promises.references:
            if _reference(key, tables) is None:
                yield f"{table.name}: {in_words(key)} is left out: {NO_SINGLE_FILE}"


def _why_not_said(table: PublishedTable) -> str:
    """Why a table cannot be described; empty if it can."""
    resource = table.resource
    if resource.format not in ("csv", "tsv", "txt"):
        return f"it is {resource.format or 'no file'}, and not CSV"
    if resource.data is not None or not resource.files:
        return "its rows stand in no file"
    if resource.partitions:
        return IN_PATHS
    if resource.compression:
        return "it is compressed"
    dialect = resource.dialect
    escapes = (dialect.escape_char, dialect.double_quote) in ((None, True), (ESCAPE, False))
    in_first_row = not dialect.header or dialect.header_rows in ((), (1,))
    if not escapes or not in_first_row or dialect.comment_rows:
        return "there are no words for its dialect"
    return ""


def _about(described: Described) -> dict[str, Any]:
    issued = {"@value": described.date, "@type": "xsd:date"} if described.date else None
    return filled(
        **{
            "dc:title": described.title,
            "dc:description": described.description,
            "dc:identifier": described.identifier,
            "dc:issued": issued,
            "dc:license": [
                {"@id": one.url} if one.url else one.words for one in described.licences
            ],
            "dc:creator": [one.name for one in described.creators],
            "dc:contributor": [one.name for one in described.contributors],
            "dc:publisher": [one.name for one in described.publishers],
            "dcat:keyword": described.keywords,
            "foaf:homepage": {"@id": described.homepage} if described.homepage else None,
            "schema:version": described.version,
        }
    )


def _table(
    table: PublishedTable, file: DataFile, has_header: bool, tables: Mapping[str, PublishedTable]
) -> dict[str, Any]:
    """A file of a table, with the schema of all its files."""
    references = (_reference(key, tables) for key in table.promises.references)
    primary = next((key.fields for key in table.promises.keys if key.is_primary), ())
    return {
        "url": file.address,
        **filled(
            **{
                "dc:title": table.resource.title,
                "dc:description": table.resource.description,
                "schema:contentSize": str(file.size),
                "schema:sha256": file.sha256,
            }
        ),
        "dialect": _dialect(table.resource, has_header),
        "tableSchema": {
            "columns": [*_columns(table)],
            **filled(
                primaryKey=[name_of(name) for name in primary],
                foreignKeys=[one for one in references if one],
            ),
        },
    }


def _dialect(resource: Resource, has_header: bool) -> dict[str, Any]:
    dialect = resource.dialect
    return {
        "encoding": resource.encoding,
        "delimiter": dialect.delimiter,
        "quoteChar": dialect.quote_char,
        "doubleQuote": dialect.double_quote,
        "commentPrefix": dialect.comment_char,
        "header": has_header,
        "headerRowCount": int(has_header),
        "skipInitialSpace": dialect.skip_initial_space,
        "trim": False,
        **filled(lineTerminators=dialect.line_terminator),
    }


def _columns(table: PublishedTable) -> Iterator[dict[str, Any]]:
    """All columns of the files, in order; restricted ones are said to be left out of outputs."""
    by_name = {column.name: column for column in table.columns}
    schema = table.resource.schema
    for label in table.labels:
        if label in by_name:
            yield _column(by_name[label], table)
        elif label in schema.names:
            yield {
                "name": name_of(label),
                "titles": schema.field(label).label,
                "suppressOutput": True,
            }
        else:  # of no field; beside restricted ones it may be a value
            yield {} if schema.restricted else filled(titles=label)


def _column(column: Column, table: PublishedTable) -> dict[str, Any]:
    field = column.field
    missing = [*field.missing_values]
    if table.resource.dialect.null_sequence is not None:
        missing.append(table.resource.dialect.null_sequence)
    is_list = field.type == "list" and column.is_typed
    return {
        "name": name_of(column.name),
        "titles": field.label,
        **filled(**{"dc:title": column.title, "dc:description": column.description}),
        "datatype": _datatype(column, table),
        **filled(separator=field.options.delimiter if is_list else ""),
        **({} if missing == [""] else {"null": missing}),
        **filled(required=Required(field) in table.promises.kept or None),
    }


def _datatype(column: Column, table: PublishedTable) -> Any:
    """The type of a column, with the bounds that all its values keep."""
    field = column.field
    base, form = type_of(column)
    limits = {
        one.declared.constraint.name: one.declared.argument
        for one in table.promises.limits
        if one.field == field
    }
    if base in ORDERED and not field.options.has_marks:
        asked = {LIMITED[name]: value for name, value in limits.items() if name in LIMITED}
    elif field.type == "string":
        asked = {name: value for name, value in limits.items() if name in LENGTHS}
    else:
        asked = {}
    details = {**filled(format=form), **asked}
    return {"base": base, **details} if details else base


def type_of(column: Column) -> tuple[str, Any]:
    """The type of a column and the format of its cells, which is None if it is that of the type."""
    field, options = column.field, column.field.options
    if not column.is_typed:
        return STRING, None
    if field.type == "list":
        return TYPES[options.item_type], None
    if field.format != "default":
        return FORMATS.get((field.type, field.format), STRING), None
    name = TYPES[field.type]
    if name == "boolean":
        return _boolean(column)
    if name in ("number", "integer"):
        if not options.bare_number:
            return STRING, None
        if not options.has_marks:
            return name, None
        is_decimal = name == "number" and not column.texts.str.contains(NO_DECIMAL).any()
        marks = filled(groupChar=options.group_char, decimalChar=options.decimal_char)
        return "decimal" if is_decimal else name, marks
    return name, None


def _boolean(column: Column) -> tuple[str, Any]:
    """Booleans by the words of their field if it has one for each, or by those of the standard."""
    if column.texts.str.contains(BOOLEANS).all():
        return "boolean", None
    true, false = column.field.options.true_values, column.field.options.false_values
    if len(true) == len(false) == 1 and "|" not in true[0] + false[0]:
        return "boolean", f"{true[0]}|{false[0]}"
    return STRING, None


def _reference(key: ForeignKey, tables: Mapping[str, PublishedTable]) -> dict[str, Any] | None:
    """A foreign key, if the table that it refers to is a single file here."""
    target = tables.get(key.resource)
    if target is None or len(target.resource.parts) != 1:
        return None
    return {
        "columnReference": [name_of(name) for name in key.fields],
        "reference": {
            "resource": as_address(target.resource.parts[0].location),
            "columnReference": [name_of(name) for name in key.reference_fields],
        },
    }


def name_of(field: str) -> str:
    """The name of a column: that of its field, as far as variables in templates allow.

    Source: RFC 6570, "varname"; names that begin with an underscore are the standard's own.
    """
    encoded = "".join(one if one in CHARACTERS else quote(one, safe="") for one in field)
    encoded = encoded.replace("-", "%2D").replace(".", "%2E").replace("~", "%7E")
    return f"%5F{encoded[1:]}" if encoded.startswith("_") else encoded
