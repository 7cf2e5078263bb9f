"""Where frictionless finds something else than we, and what the standard says of it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from support.second_opinion import REFUSAL, Case, Place, differences, read_json
from validate._src.tables.reading import read_table

TIME = r"([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
URI = r"[A-Za-z][A-Za-z0-9+.-]*:([^%#]|%[0-9A-Fa-f]{2})*(#([^%#]|%[0-9A-Fa-f]{2})*)?"
QUOTED_OR_BY_NUMBER = r'"[^"]*"@.*|[^@]*@\[.*\]'
XSD_DATETIME = (
    r"-?[0-9]{4,}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})?"
)
BASE64 = r"([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?"
OUR_PROPERTIES = (
    r"(.*\.schema\.)?rules\b.*|(anchors|reliability|verifications|views|translations|citationMessage|waivers|severity)\b.*|.*\.(edtf|numeral|files|translations)\b.*"
    r"|.*: acyclic .*"
)
OUR_EXTENSIONS = {
    "row-constraint", "table-rule", "edtf-error", "numeral-error", "foreign-key-cycle",
    "source-text", "anchor-moved", "anchor-lost", "marker-error", "marker-value",
    "marker-unmatched", "exception-unmatched", "absence-error", "absence-found",
    "verification-error", "waiver-expired", "waiver-unmatched", "severity-lowered",
}  # fmt: skip


@dataclass(frozen=True)
class Difference:
    """Findings that only one of the two has.

    Attributes:
        what: what frictionless does otherwise than we.
        section: where the standard (Data Package 2.0) decides it.
        only: whose findings they are, "ours" or "theirs".
        applies: whether a finding that only one of the two has is such a one.
    """

    what: str
    section: str
    only: str
    applies: Callable[[Case, Place], bool]


def of_code(*codes):
    return lambda case, place: place.code in codes


def stands_in(*names):
    """Whether it is a finding of one of these packages."""
    return lambda case, place: case.dataset.package.file.parent.name in names


def text_without(grammar, type_name, format_name="default"):
    """A cell of a type whose text is not of a grammar."""

    def applies(case, place):
        if place.code != "type-error":
            return False
        field = case.field(place)
        text = next(iter(case.texts(place, [place.field])), None)
        is_such = (field.type, field.format) == (type_name, format_name)
        return is_such and text is not None and not re.fullmatch(grammar, text, re.ASCII)

    return applies


def text_with(grammar, type_name, format_name="default"):
    """A cell of a type whose text is of a grammar."""
    without = text_without(grammar, type_name, format_name)

    def applies(case, place):
        return (
            place.code == "type-error"
            and (case.field(place).type, case.field(place).format) == (type_name, format_name)
            and not without(case, place)
        )

    return applies


def is_judged_by(type_name):
    """A cell of a type that does not meet a constraint, or stands there twice."""
    codes = ("constraint-error", "unique-error")
    return lambda case, place: place.code in codes and case.field(place).type == type_name


def bounds_durations(resource):
    schema = resource.get("schema")
    fields = schema.get("fields", ()) if isinstance(schema, dict) else ()
    return any(
        field.get("type") == "duration" and "minimum" in field.get("constraints", ())
        for field in fields
    )


def is_a_native_missing_value(case, place):
    return (
        place.code == "constraint-error"
        and case.resource(place).format == "json"
        and case.texts(place, [place.field]) == [None]
    )


def is_in_a_row_of_missing_values(case, place):
    """Whether a row has no values, though it has cells."""
    return (
        place.code in ("blank-row", "constraint-error")
        and place.resource in case.dataset.tables
        and not case.we_say(place, "blank-row")
        and set(case.texts(place, case.schema(place).names)) == {None}
    )


def pattern_with(part):
    def applies(case, place):
        if place.code != "constraint-error":
            return False
        return part in case.field(place).constraints.get("pattern", "")

    return applies


def has_no_schema(case, place):
    return place != REFUSAL and not case.schema(place).fields


def is_a_refusal_of(trait):
    """Whether the package is refused, and a resource has a trait as its descriptor has it."""
    return lambda case, place: (
        place == REFUSAL
        and any(map(trait, read_json(case.dataset.package.file).get("resources", ())))
    )


def lists_how_fields_match(resource):
    schema = resource.get("schema")
    return isinstance(schema, dict) and isinstance(schema.get("fieldsMatch"), list)


def is_outside_the_categories(case, place):
    return place.code == "constraint-error" and case.field(place).categories is not None


def is_a_gap_in_a_primary_key(case, place):
    return (
        place.code == "constraint-error"
        and place.field in case.schema(place).primary_key
        and None in case.texts(place, [place.field])
    )


def is_the_key_of_a_blank_row(case, place):
    return place.code == "primary-key" and case.we_say(place, "blank-row")


def is_a_key_of_other_types(case, place):
    """Whether every part of a primary key is empty or of the wrong type, some of the latter."""
    if place.code != "primary-key":
        return False
    key = case.schema(place).primary_key
    mistyped = [name for name in key if case.we_say(place, "type-error", name)]
    return bool(mistyped) and not any(
        case.texts(place, [name for name in key if name not in mistyped])
    )


def is_about_a_label_twice(case, place):
    return place.code == "error" and any(
        (found.resource, found.code) == (place.resource, "duplicate-label") for found in case.ours
    )


def is_in_the_header_behind_comments(case, place):
    """Whether a fault of a row is one of the header, which is the first row that is no comment."""
    dialect = case.dialect(place)
    return (
        bool(dialect.comment_char or dialect.comment_rows)
        and not dialect.header_rows
        and dialect.header
        and place.row is not None
        and 1 < place.row < case.dataset.tables[place.resource].rows[0]
    )


def is_in_a_row_that_begins_with_a_mark(case, place):
    """Whether the first cell of a row begins with `commentChar`, which stands within quotes."""
    mark = case.dialect(place).comment_char
    if not mark or place.row is None or place.field is None:
        return False
    first = case.texts(place, case.schema(place).names[:1])
    return bool(first and first[0] and first[0].startswith(mark))


def is_the_null_sequence(case, place):
    return (
        place.code == "type-error"
        and case.dialect(place).null_sequence is not None
        and case.texts(place, [place.field]) == [None]
    )


def has_a_delimiter_of_several_characters(case, place):
    return len(case.dialect(place).delimiter) > 1


def cannot_be_read_for_its_delimiter(case, place):
    unreadable = Place(place.resource, None, None, "source-error")
    return has_a_delimiter_of_several_characters(case, place) and unreadable in case.theirs


def has_a_terminator_of_its_own(case, place):
    return case.dialect(place).line_terminator not in (None, "\r\n", "\n", "\r")


def stands_behind_the_first_file(case, place):
    """Whether a row stands in the second file of a resource, or in one after it."""
    resource = case.resource(place)
    if place.row is None or resource is None or len(resource.parts) < 2:
        return False
    first = read_table(replace(resource, parts=resource.parts[:1]))
    return place.row > max([1, *first.rows])


def stands_beside_what_is_no_row(case, place):
    """Whether an item of data inline is no row, which is all that can be wrong with its form."""
    resource, neither = case.resource(place), Place(place.resource, None, None, "source-error")
    both_say_so = neither in case.ours and neither in case.theirs
    return bool(resource and resource.format == "inline" and place.row and both_say_so)


def is_in_newline_delimited_json(*codes):
    def applies(case, place):
        resource = case.resource(place)
        return place.code in codes and resource and resource.format in ("ndjson", "jsonl")

    return applies


def refers_with_a_gap(case, place):
    keys = [key.fields for key in case.schema(place).foreign_keys if len(key.fields) > 1]
    return place.code == "foreign-key" and any(None in case.texts(place, key) for key in keys)


def refers_to_no_column(case, place):
    return place.code == "foreign-key" and stands_in("foreign-key-to-no-column")(case, place)


def is_a_fault_in(*names):
    """Whether it is a fault of the descriptor of one of these packages."""
    return lambda case, place: place.code == "descriptor-error" and stands_in(*names)(case, place)


def is_of_a_property_of_ours(case, place):
    """Whether a fault of the descriptor is one of a property that the standard does not have."""
    messages = [message for at, message in case.faults if at == place]
    return bool(messages) and all(re.match(OUR_PROPERTIES, message) for message in messages)


def is_a_refusal_of_a_fault(case, place):
    """Whether the package is refused for what we find wrong in the descriptor."""
    return place == REFUSAL and any(is_about(case.refusal, message) for _, message in case.faults)


def is_about(refusal, message):
    """Whether a refusal names the property or the file that a fault of the descriptor is about."""
    place, _, said = message.partition(": ")
    property_name = re.sub(r"\[.*?\]", "", place).rpartition(".")[2]
    spaced = re.sub("([A-Z])", r" \1", property_name).lower().removesuffix("s")
    files = re.findall(r"[\w/]+\.json", said)
    return any(subject in refusal for subject in (property_name, spaced, *files))


def follows_from_a_fault(case, place):
    """Whether we find a fault in the descriptor of the field or the resource of a place."""
    return any(
        fault.resource == place.resource and fault.field in (None, place.field)
        for fault, _ in case.faults
    )


def is_a_reference_to_another_package(case, place):
    if place.code != "resource-error":
        return False
    resources = read_json(case.dataset.package.file)["resources"]
    schema = next(one["schema"] for one in resources if one["name"] == place.resource)
    return any("package" in key["reference"] for key in schema["foreignKeys"])


def is_debris(case, place):
    """Whether a blank row stands behind all others, or a label differs from a name in case only."""
    if place.code == "blank-row":
        table = case.dataset.tables.get(place.resource)
        return table is not None and place.row > max([1, *table.rows])
    places = {*case.ours, *case.theirs}
    once = Place(place.resource, 1, None, "incorrect-label")
    return place.code == "incorrect-label" and once in places


def is_of_many_files(case, place):
    """Whether it is about a resource whose files are found by a pattern."""
    resources = read_json(case.dataset.package.file).get("resources", ())
    return place != REFUSAL and any(
        isinstance(one, dict) and one.get("name") == place.resource and "files" in one
        for one in resources
    )


def is_waived(case, place):
    """Whether we found the same, and a waiver lets it pass."""
    return place in case.waived


KNOWN_DIFFERENCES = (
    # Outside what frictionless can judge: custom properties, which it passes over.
    Difference(
        "row rules, table rules, EDTF dates, numerals, acyclic keys, text anchors and waivers are "
        "ours alone",
        "Glossary, 'Descriptor': a descriptor may have other properties than the standard's",
        "ours",
        of_code(*OUR_EXTENSIONS),
    ),
    Difference(
        "reads the files of a path alone, and not those of a pattern with what their paths say ...",
        "Glossary, 'Descriptor': a descriptor may have other properties than the standard's",
        "ours",
        is_of_many_files,
    ),
    Difference(
        "... so that fields have no column, and rows are others",
        "Glossary, 'Descriptor': a descriptor may have other properties than the standard's",
        "theirs",
        is_of_many_files,
    ),
    Difference(
        "passes over faults of the properties that are ours",
        "Glossary, 'Descriptor': a descriptor may have other properties than the standard's",
        "ours",
        is_of_a_property_of_ours,
    ),
    Difference(
        "does not say what a file is whose faults follow from one thing",
        "no section: the same faults are found, and counted in one",
        "ours",
        of_code("misread-file"),
    ),
    Difference(
        "says of each blank row at the end of a table, and of each label in another case ...",
        "no section: the standard says nothing of either; CSV Dialect 1.0, 'caseSensitiveHeader'",
        "theirs",
        is_debris,
    ),
    Difference(
        "... what we say once",
        "no section: the standard says nothing of either; CSV Dialect 1.0, 'caseSensitiveHeader'",
        "ours",
        is_debris,
    ),
    Difference(
        "knows no waivers",
        "Glossary, 'Descriptor': a descriptor may have other properties than the standard's",
        "theirs",
        is_waived,
    ),
    # What is wrong in the descriptor, which costs what it stands in, and no more.
    Difference(
        "refuses the whole package, where we say what is wrong and check the rest",
        "Data Package, 'Descriptor': what it must be; the text has no word on the rest of it",
        "theirs",
        is_a_refusal_of_a_fault,
    ),
    Difference(
        "says of data what follows from a fault of the descriptor ...",
        "Table Schema, Table Dialect and Data Resource: what their properties MUST be",
        "theirs",
        follows_from_a_fault,
    ),
    Difference(
        "... and nothing of the descriptor: bounds, values and formats of another type",
        "Table Schema, 'constraints': values MUST be of the field's type; 'type' and 'format'",
        "ours",
        is_a_fault_in(
            "bound-of-another-type",
            "categories-misplaced",
            "enum-not-among-categories",
            "enum-of-another-type",
            "format-is-no-strptime-pattern",
            "type-not-a-string",
            "type-unknown",
        ),
    ),
    Difference(
        "... keys of JSON that stand twice, and words for numbers that JSON has not",
        "Glossary, 'Descriptor': MUST be a JSON object; RFC 8259, sections 4 and 6",
        "ours",
        is_a_fault_in("descriptor-key-repeated", "descriptor-not-a-number"),
    ),
    Difference(
        "... keys that name what is not there, and fields without a name",
        "Table Schema, 'name', 'uniqueKeys' and 'foreignKeys': MUST be of fields and resources",
        "ours",
        is_a_fault_in(
            "field-with-empty-name",
            "foreign-key-to-no-resource",
            "unknown-field-reference",
            "unknown-field-unique-key",
            "version-1-unique-keys-malformed",
        ),
    ),
    Difference(
        "... dialects with two meanings for a character, encodings, digests and paths",
        "Table Dialect, 'delimiter'; Data Resource, 'encoding', 'hash' and 'path'",
        "ours",
        is_a_fault_in(
            "dialect-delimiter-is-a-line-break",
            "dialect-delimiter-is-the-quote",
            "encoding-is-no-text",
            "encoding-unknown",
            "hash-malformed",
            "path-absolute-windows",
            "path-parent-backslash",
        ),
    ),
    # What the standard says and frictionless leaves out.
    Difference(
        "refuses fields of one name",
        "Table Schema, 'name': consumers MUST NOT take duplicates for invalid, as 1.0 had them",
        "theirs",
        stands_in("fields-of-one-name", "fields-of-one-name-equal", "fields-of-one-name-missing"),
    ),
    Difference(
        "looks in this package for a resource of another",
        "Table Schema, 'foreignKeys': of this package; 'package' is of a recipe, and not checked",
        "theirs",
        is_a_reference_to_another_package,
    ),
    Difference(
        "does not know uniqueKeys",
        "Table Schema, 'uniqueKeys': required to be unique, nulls excluded",
        "ours",
        of_code("unique-key"),
    ),
    Difference(
        "does not know categories",
        "Table Schema, 'categories': the value MUST exactly match one of them",
        "ours",
        is_outside_the_categories,
    ),
    Difference(
        "takes the fields of a primary key for optional",
        "Table Schema, 'primaryKey': equivalent to adding `required: true` to its fields",
        "ours",
        is_a_gap_in_a_primary_key,
    ),
    Difference(
        "compiles `a|b` to `^a|b$`, which any value that starts with a meets",
        "Table Schema, 'pattern': XML Schema syntax, in which the whole value matches",
        "ours",
        pattern_with("|"),
    ),
    Difference(
        "reads datetimes that are not in the form of XML Schema",
        "Table Schema, 'datetime': MUST be in a form defined by XML Schema",
        "ours",
        text_without(XSD_DATETIME, "datetime"),
    ),
    Difference(
        "compares datetimes in microseconds: misses what is the same beyond ...",
        "Table Schema, 'datetime': XML Schema, whose seconds have any number of decimals",
        "ours",
        is_judged_by("datetime"),
    ),
    Difference(
        "... and finds the same what is not",
        "Table Schema, 'datetime': XML Schema, whose seconds have any number of decimals",
        "theirs",
        is_judged_by("datetime"),
    ),
    Difference(
        "takes P1Y and P12M for two durations",
        "Table Schema, 'duration': XML Schema's order, by which they are equal",
        "ours",
        is_judged_by("duration"),
    ),
    Difference(
        "says of every row that it refers to nothing where there is no such column ...",
        "Table Schema, 'foreignKeys': reference.fields are field names, of which none is there",
        "theirs",
        refers_to_no_column,
    ),
    Difference(
        "... which is said once",
        "Table Schema, 'foreignKeys': reference.fields are field names, of which none is there",
        "ours",
        refers_to_no_column,
    ),
    Difference(
        "refuses bounds on durations",
        "Table Schema, 'minimum' and 'maximum': of integer, ... duration, year, yearmonth",
        "theirs",
        is_a_refusal_of(bounds_durations),
    ),
    Difference(
        "reads times with fractions and zones",
        "Table Schema, 'time': MUST be hh:mm:ss",
        "ours",
        text_without(TIME, "time"),
    ),
    Difference(
        "refuses addresses with a quoted name, or of a host by number",
        "Table Schema, 'string', format 'email': a valid address, as in RFC 5322, 3.4.1",
        "theirs",
        text_with(QUOTED_OR_BY_NUMBER, "string", "email"),
    ),
    Difference(
        "reads URIs with a percent sign that encodes nothing, or two fragments",
        "Table Schema, 'string', format 'uri': a valid URI, as in RFC 3986, 2.1 and 3.5",
        "ours",
        text_without(URI, "string", "uri"),
    ),
    Difference(
        "knows missing values of JSON only in the form that the descriptor has",
        "Table Schema, 'missingValues': which values represent missing data",
        "theirs",
        is_a_native_missing_value,
    ),
    Difference(
        "takes a row of missing values that are written for a blank one ...",
        "Table Schema, 'missingValues': strings that stand for null, as in `NA,NA`",
        "theirs",
        is_in_a_row_of_missing_values,
    ),
    Difference(
        "... in which nothing is required",
        "Table Schema, 'required': this field cannot be null",
        "ours",
        is_in_a_row_of_missing_values,
    ),
    Difference(
        "reads lone surrogates in JSON, which no encoding can write",
        "Table Schema, 'array' and 'object': valid JSON, which is text in UTF-8 (RFC 8259, 8.1)",
        "ours",
        text_without(r"(?!.*\\ud[89a-f]).*", "array"),
    ),
    Difference(
        "drops from a base64 text what is not base64",
        "Table Schema, 'string', format 'binary': a base64 encoded string",
        "ours",
        text_without(BASE64, "string", "binary"),
    ),
    Difference(
        "drops a byte order mark in silence",
        "Data Resource, 'encoding': it is RECOMMENDED to use UTF-8 (without BOM)",
        "ours",
        of_code("encoding-error"),
    ),
    Difference(
        "takes the first record of a later file for its header unless it is unlike one ...",
        "Data Resource, 'path': files of similar structure, joined in the simplest way",
        "ours",
        of_code("missing-header"),
    ),
    Difference(
        "... and reads other columns, or those in another order, as if they were the same",
        "Data Resource, 'path': similar in terms of structure",
        "ours",
        stands_in(
            "parts-headers-in-another-order",
            "parts-with-another-column",
            "parts-with-other-labels",
        ),
    ),
    Difference(
        "says of a file that is not there, or is a folder, that its scheme or format is wrong ...",
        "Data Resource, 'path': an existing file",
        "theirs",
        of_code("scheme-error", "format-error"),
    ),
    Difference(
        "... which we call a table that is not there",
        "Data Resource, 'path': an existing file",
        "ours",
        stands_in(
            "file-absent",
            "file-is-a-folder",
            "path-in-another-case",
            "reference-to-an-absent-file",
            "view-of-an-absent-table",
        ),
    ),
    Difference(
        "unpacks files that fill the memory, and of several files in one the first",
        "Data Resource, 'path': one file, or several that are listed",
        "ours",
        stands_in("gzip-bomb", "zip-of-two"),
    ),
    Difference(
        "reads the first of several files in a zip file, though macOS put it beside the one",
        "Data Resource, 'path': one file, or several that are listed",
        "theirs",
        stands_in("zip-of-two", "zip-with-debris"),
    ),
    Difference(
        "takes an empty header row for no header, and says nothing",
        "Table Dialect, 'header': the first row MUST be interpreted as a header row",
        "ours",
        of_code("blank-header"),
    ),
    Difference(
        "reads text after a closing quote, and a quote that is never closed, and says nothing",
        "Table Dialect, 'quoteChar', as in RFC 4180, 2.5: quotes come in pairs around a cell",
        "ours",
        of_code("quote-error"),
    ),
    Difference(
        "gives up on a table whose fields are mapped by name when a label stands twice ...",
        "Table Schema, 'fieldsMatch': fields MUST be mapped by their names",
        "ours",
        of_code("duplicate-label"),
    ),
    Difference(
        "... and says so with a general error, without the place",
        "Table Schema, 'fieldsMatch': fields MUST be mapped by their names",
        "theirs",
        is_about_a_label_twice,
    ),
    Difference(
        "takes a comment for the header, which it precedes, and the header for data",
        "Table Dialect, 'commentChar': rows to omit; 'header': the first row of the others",
        "theirs",
        is_in_the_header_behind_comments,
    ),
    Difference(
        "takes a row for a comment whose first cell begins with commentChar within quotes",
        "Table Dialect, 'commentChar': rows to omit by their first characters",
        "ours",
        is_in_a_row_that_begins_with_a_mark,
    ),
    Difference(
        "knows nullSequence, but reads it as a text",
        "Table Dialect, 'nullSequence': the sequence SHOULD be output as null",
        "theirs",
        is_the_null_sequence,
    ),
    Difference(
        "cannot read a delimiter of several characters, and says so ...",
        "Table Dialect, 'delimiter': the character sequence which separates fields",
        "theirs",
        lambda case, place: (
            place.code == "source-error" and has_a_delimiter_of_several_characters(case, place)
        ),
    ),
    Difference(
        "... and nothing of what the file holds",
        "Table Dialect, 'delimiter': the character sequence which separates fields",
        "ours",
        cannot_be_read_for_its_delimiter,
    ),
    Difference(
        "ends rows at line breaks, whatever the lineTerminator: finds what it has not ...",
        "Table Dialect, 'lineTerminator': the character sequence which terminates rows",
        "theirs",
        has_a_terminator_of_its_own,
    ),
    Difference(
        "... and misses what is in the rows that it ends",
        "Table Dialect, 'lineTerminator': the character sequence which terminates rows",
        "ours",
        has_a_terminator_of_its_own,
    ),
    Difference(
        "drops the first row of every file after the first, and what is wrong in it ...",
        "Data Resource, 'path': files are concatenated in the simplest way, headers or not",
        "ours",
        stands_behind_the_first_file,
    ),
    Difference(
        "... and numbers those after it anew",
        "Data Resource, 'path': files are concatenated in the simplest way, headers or not",
        "theirs",
        stands_behind_the_first_file,
    ),
    Difference(
        "reads nothing of data inline in which an item is neither a list nor an object",
        "Data Resource, 'data': each item MUST be either; the others still are",
        "ours",
        stands_beside_what_is_no_row,
    ),
    Difference(
        "reads newline-delimited JSON only with a library of its own: not what is no JSON ...",
        "Table Dialect, 'Structured': JSON and such",
        "ours",
        is_in_newline_delimited_json("source-error"),
    ),
    Difference(
        "... of which it says just that the library is not there",
        "Table Dialect, 'Structured': JSON and such",
        "theirs",
        is_in_newline_delimited_json("error"),
    ),
    Difference(
        "takes the order of keys from the first object of JSON, and misses those of others ...",
        "Table Schema, 'Data representation': keys are names, and a row may have them in any order",
        "ours",
        stands_in("json-extra-key", "json-key-missing"),
    ),
    Difference(
        "... or finds columns in another order",
        "Table Schema, 'Data representation': keys are names, and a row may have them in any order",
        "theirs",
        stands_in("json-key-late", "json-key-missing"),
    ),
    Difference(
        "refuses a table of JSON without rows, and one in UTF-16",
        "Table Dialect, 'Structured': an array of rows; Data Resource, 'encoding'",
        "theirs",
        stands_in("json-no-row", "valid-json-utf-16"),
    ),
    Difference(
        "makes texts of numbers, and empty cells or texts of errors, in sheets of Excel",
        "Table Schema, 'Data representation': a native value has a type; a number is no string",
        "ours",
        stands_in("sheet-errors-xlsx", "sheet-number-as-text", "sheet-rounded-id"),
    ),
    Difference(
        "says nothing of formulas that were never calculated",
        "the standard does not know formulas; a warning, since their cells are read as empty",
        "ours",
        of_code("formula-without-value"),
    ),
    Difference(
        "reads OpenDocument, old Excel, SPSS and SQLite only with libraries of its own ...",
        "Data Resource, 'format': the file may be of any",
        "ours",
        stands_in(
            "sheet-errors-ods", "sheet-errors-xls", "sheet-ods", "sheet-xls", "spss", "sqlite"
        ),
    ),
    Difference(
        "... or refuses them",
        "Data Resource, 'format': the file may be of any",
        "theirs",
        stands_in("sheet-errors-ods", "sheet-errors-xls", "sheet-ods", "sheet-xls", "spss"),
    ),
    # What frictionless finds and the standard does not say.
    Difference(
        "refuses `fieldsMatch` as an array, as the published profile wants it",
        "Table Schema, 'fieldsMatch': a string in the text, an array in its profile of 2.0",
        "theirs",
        is_a_refusal_of(lists_how_fields_match),
    ),
    Difference(
        "refuses a table that stands in the descriptor as a text",
        "Data Resource, 'data': MUST be an array or object, or a string with its format",
        "theirs",
        is_a_refusal_of(lambda resource: isinstance(resource.get("data"), str)),
    ),
    Difference(
        "infers a schema for a resource without one, and judges rows by it",
        "Data Resource, 'type': without it, and without a schema, a non-specific file",
        "theirs",
        has_no_schema,
    ),
    Difference(
        "does not know the class subtraction of XML Schema",
        "Table Schema, 'pattern': MUST conform to the XML Schema syntax, as in `[a-z-[aeiou]]`",
        "theirs",
        pattern_with("-["),
    ),
    Difference(
        "says of a blank row also that its primary key is empty",
        "Table Schema, 'primaryKey': identifies each row; the text has no word on blank ones",
        "theirs",
        is_the_key_of_a_blank_row,
    ),
    Difference(
        "says of a primary key that is of the wrong type also that it is empty",
        "Table Schema, 'primaryKey': the fields cannot be null, which a wrong text is not",
        "theirs",
        is_a_key_of_other_types,
    ),
    Difference(
        "looks up composite foreign keys of which a part is missing",
        "Table Schema, 'foreignKeys': modelled on SQL, where such a row refers to none",
        "theirs",
        refers_with_a_gap,
    ),
)


def excuses(case, only, place):
    return [
        known for known in KNOWN_DIFFERENCES if known.only == only and known.applies(case, place)
    ]


def unexplained(case):
    """The differences that no known one explains."""
    return [(only, place) for only, place in differences(case) if not excuses(case, only, place)]
