"""The catalogue of what can be found: a code for each kind of fault.

Codes that frictionless knows carry its names, which are the standard's words.

What is true of every fault of a code stands here: its subject, title, meaning and remedy;
sets of codes are derived from it. What is true of one fault only, its message with names
and values in it, is written where the fault is found; there alone these are known.
"""

from dataclasses import dataclass
from typing import Literal

from validate._src.words.printing import no_such

ERROR, WARNING = SEVERITIES = ("error", "warning")

Subject = Literal[
    "descriptor", "digest", "file", "header", "row", "width", "type", "constraint", "key",
    "reference", "rule", "edtf", "numeral", "anchor", "marker", "absence",
    "verification", "waiver", "severity",
]  # fmt: skip
"""What a fault is a fault of; `width` is how many cells a row has."""


@dataclass(frozen=True)
class Code:
    """One kind of fault.

    Attributes:
        name: kebab-case name, the `code` of findings.
        subject: what is at fault.
        title: the fault in a few words.
        meaning: what is wrong.
        remedy: what to do about it.
        spoils: whether other faults of the same table may only follow from it.
        severity: how bad it is, unless the fault is of a kind that is not as bad.
    """

    name: str
    subject: Subject
    title: str
    meaning: str
    remedy: str
    spoils: bool = False
    severity: str = ERROR


CODES = {
    code.name: code
    for code in (
        Code(
            "descriptor-error",
            "descriptor",
            "fault of the descriptor",
            "The descriptor, or a schema or dialect that it refers to, breaks the standard or "
            "contradicts itself. All that does not need what is wrong is judged.",
            "Correct the property that the message names. Such a fault cannot be waived.",
            spoils=True,
        ),
        Code(
            "hash-count",
            "digest",
            "file digest differs",
            "The file's digest is not the `hash` that the descriptor declares.",
            "Restore the file, or after an intended change run `validate tidy`.",
        ),
        Code(
            "byte-count",
            "digest",
            "file size differs",
            "The file's size is not the `bytes` that the descriptor declares.",
            "Restore the file, or after an intended change run `validate tidy`.",
        ),
        Code(
            "source-error",
            "file",
            "file not read, or not to its end",
            "The file is absent, empty, cannot be read, breaks off, does not have the form of its "
            "format, or has another header than the first file of its table.",
            "Correct what the message names: put the file where the descriptor says, write it "
            "again in its format, or give it the header of the table.",
            spoils=True,
        ),
        Code(
            "misread-file",
            "file",
            "file not as declared",
            "The file is of another format, has another delimiter, its header or its columns in "
            "other places, or numbers or dates written otherwise than is declared. Findings that "
            "only follow from it are counted with it and not listed.",
            "Correct what is declared, or the file, as the message says.",
            spoils=True,
        ),
        Code(
            "quote-error",
            "file",
            "quote out of place",
            "A quoted cell is never closed, or text follows its closing quote.",
            "Double every quote inside a quoted cell, and close the cell.",
            spoils=True,
        ),
        Code(
            "encoding-error",
            "file",
            "encoding not as it should be",
            "The file is not in its encoding, or none can be told. A warning: it is read in an "
            "encoding that is not declared, starts with a byte order mark, which the standard "
            "recommends against, or has a name that its path encodes in another way.",
            "Save the file as UTF-8 without a byte order mark, or declare its encoding if that is "
            "not UTF-8.",
        ),
        Code(
            "missing-header",
            "header",
            "file without header",
            "A file that goes on with a table does not start with its header; its first record is "
            "taken as a row. Where it may be other labels as well, the message says so.",
            "Write the header into each file of the table; where the file has other columns, make "
            "it a resource of its own.",
            severity=WARNING,
        ),
        Code(
            "blank-header",
            "header",
            "blank header",
            "The header row is empty.",
            "Write the field names of the schema into the first row.",
            spoils=True,
        ),
        Code(
            "blank-label",
            "header",
            "blank label",
            "A column has no label.",
            "Write the field's name into the header.",
        ),
        Code(
            "duplicate-label",
            "header",
            "duplicate label",
            "Two columns have the same label, or an object has the same key twice.",
            "Rename or remove one of them.",
        ),
        Code(
            "incorrect-label",
            "header",
            "incorrect label",
            "A column's label is not the name of the field in its place. A warning where the two "
            "differ only in upper and lower case.",
            "Compare the header with the schema: is a column missing, misspelt or misplaced?",
        ),
        Code(
            "extra-label",
            "header",
            "extra label",
            "The table has a column that the schema does not. A warning where the last columns "
            "have no label and no value.",
            "Remove the column, or add a field to the schema.",
        ),
        Code(
            "missing-label",
            "header",
            "missing label",
            "The schema has a field that the table has no column for.",
            "Add the column, or remove the field from the schema.",
        ),
        Code(
            "unmatched-header",
            "header",
            "unmatched header",
            "No column of the table is a field of the schema.",
            "Check that the schema belongs to this table.",
            spoils=True,
        ),
        Code(
            "blank-row",
            "row",
            "blank row",
            "A row has no value in any cell. A warning, one for all, where the table ends with "
            "such rows.",
            "Remove the row.",
        ),
        Code(
            "extra-cell",
            "width",
            "extra cell",
            "A row has more cells than the header has labels, or a key that is no field.",
            "Remove the cell, or quote a cell that holds the delimiter.",
        ),
        Code(
            "missing-cell",
            "width",
            "missing cell",
            "A row has fewer cells than the header has labels; of the missing cells the first "
            "hundred are listed.",
            "Add the cell, empty if it has no value.",
        ),
        Code(
            "type-error",
            "type",
            "value of the wrong type",
            "A cell cannot be read as a value of its field's type and format.",
            "Use the format of the field's type, or leave the cell empty if the value is unknown.",
        ),
        Code(
            "rounded-number",
            "type",
            "number that was rounded",
            "A whole number in a spreadsheet has more digits than spreadsheets keep, which are 15.",
            "Take the number from where it came from, and keep ids of many digits as texts.",
            severity=WARNING,
        ),
        Code(
            "formula-without-value",
            "type",
            "formula without a value",
            "A sheet has formulas of which the workbook keeps no value, so their cells are empty: "
            "the program that wrote it did not calculate them.",
            "Open the workbook in a spreadsheet program and save it, which stores the values.",
            severity=WARNING,
        ),
        Code(
            "constraint-error",
            "constraint",
            "constraint not met",
            "A value does not meet a constraint of its field.",
            "Correct the value, or the constraint if that is too narrow.",
        ),
        Code(
            "unique-error",
            "key",
            "value not unique",
            "A field whose values must be unique has the same value twice.",
            "Correct one of the values, or remove the row that repeats the other.",
        ),
        Code(
            "unique-key",
            "key",
            "duplicate unique key",
            "Two rows have the same values in a unique key.",
            "Correct one of the rows, or remove the one that repeats the other.",
        ),
        Code(
            "primary-key",
            "key",
            "duplicate or empty primary key",
            "A row's primary key is empty, or an earlier row has it.",
            "Give the row a key of its own, or remove it if it repeats the other.",
        ),
        Code(
            "foreign-key",
            "reference",
            "dangling reference",
            "A foreign key has values that no row of the referenced table has.",
            "Correct the reference, or add the row that it refers to.",
        ),
        Code(
            "foreign-key-cycle",
            "reference",
            "circular reference",
            "Following a foreign key that must be acyclic leads back to the row.",
            "Correct the reference in one of the rows of the cycle.",
        ),
        Code(
            "row-constraint",
            "rule",
            "row rule broken",
            "A row does not meet a rule of its schema.",
            "Correct the values that the rule speaks of.",
        ),
        Code(
            "table-rule",
            "rule",
            "table rule broken",
            "A row is among those that a table rule of the package finds.",
            "Correct the row, or the rows of the other tables that the rule speaks of.",
        ),
        Code(
            "edtf-error",
            "edtf",
            "invalid EDTF date",
            "A date is not EDTF level 1, or contradicts a field that follows from it.",
            "Correct the date; earliest day, latest day and precision follow from it.",
        ),
        Code(
            "numeral-error",
            "numeral",
            "number differs from how it is printed",
            "A field that prints a number and those that hold or restate it do not agree.",
            "Look up what the source prints, and correct the field that differs from it.",
        ),
        Code(
            "source-text",
            "anchor",
            "source text differs",
            "The text at hand is not, character by character, the text that was coded.",
            "Use the text that was coded; spans that stand in this one are proved all the same.",
        ),
        Code(
            "anchor-moved",
            "anchor",
            "span moved",
            "The characters of a span stand in the text, but elsewhere.",
            "Write the start and end that the message names, and the segment they lie in.",
        ),
        Code(
            "anchor-lost",
            "anchor",
            "span not found",
            "The characters of a span do not stand in the text.",
            "Find the passage with `validate anchor` and write start, end and digest anew.",
        ),
        Code(
            "marker-error",
            "marker",
            "marker that cannot be used",
            "A marker has a pattern that is none or that matches the empty text, or it names a "
            "table, field or value that there is not.",
            "Correct the cell that the message names.",
        ),
        Code(
            "marker-value",
            "marker",
            "value that a marker does not allow",
            "A claim has a span that holds a marker, and another value than the marker allows.",
            "Read the passage again and correct the value, or add an exception with its reason.",
        ),
        Code(
            "marker-unmatched",
            "marker",
            "unused marker",
            "No span holds a marker, so that it can find nothing.",
            "Remove the marker, or correct its pattern or its tables.",
        ),
        Code(
            "exception-unmatched",
            "marker",
            "unused exception",
            "An exception excuses nothing: no span of its claim holds the marker, or the value is "
            "allowed.",
            "Remove the exception, or correct its marker and claim.",
        ),
        Code(
            "absence-error",
            "absence",
            "absence that cannot be looked at",
            "What must not stand in a text has a pattern that is none or that matches the empty "
            "text, names no text, or one that there is not.",
            "Correct the cell that the message names.",
        ),
        Code(
            "absence-found",
            "absence",
            "what must be absent stands in the text",
            "A pattern that must not occur in a text does.",
            "Read the passages that the message names and correct the row, or its pattern if that "
            "means something else.",
        ),
        Code(
            "verification-error",
            "verification",
            "verification that does not hold together",
            "The verdict of a verification does not go with its spans or differences, or a span is "
            "of another text than the verification names.",
            "Correct the verdict, or add or remove the spans and differences that the message "
            "speaks of.",
        ),
        Code(
            "waiver-expired",
            "waiver",
            "waiver expired",
            "The last day of a waiver has passed.",
            "Correct the data and remove the waiver, or extend it.",
        ),
        Code(
            "waiver-unmatched",
            "waiver",
            "unused waiver",
            "No finding matches a waiver.",
            "Remove the waiver, or correct its resource, key, field and code.",
        ),
        Code(
            "severity-lowered",
            "severity",
            "errors that count as warnings",
            "The package makes warnings of the findings of a code, which are errors by default.",
            "Correct the data and remove the code from `severity`. `validate run "
            "--default-severity` ignores what the package says.",
            severity=WARNING,
        ),
    )
}

ALL_CODES = frozenset(CODES)


def unknown_code(name: str) -> str:
    """What to say of a code that does not exist: which ones are meant perhaps."""
    said = no_such("code", name, CODES)
    return f"{said}{' ' if said.endswith('?') else '; '}`validate explain` lists all"


def _about(*subjects: Subject) -> frozenset[str]:
    return frozenset(code.name for code in CODES.values() if code.subject in subjects)


DESCRIPTOR_CODES = _about("descriptor")
"""Codes of what no waiver lets pass: it may keep data from being judged."""

FIXED_CODES = _about("descriptor", "digest", "file", "header", "width")
"""Codes of which no package can make warnings: they say that a file or a table is not what it is
taken for, so that nobody knows what its cells are."""

SEVERITY_CODES = _about("severity")
FILE_CODES = _about("file")
HEADER_CODES = _about("header")
DIGEST_CODES = _about("digest")
WIDTH_CODES = _about("width")
CONSTRAINT_CODES = _about("constraint")
FOREIGN_KEY_CODES = _about("reference")
KEY_CODES = _about("key", "reference")
EDTF_CODES = _about("edtf")
NUMERAL_CODES = _about("numeral")
FIELD_CODES = _about("type", "constraint") | {"unique-error"}
"""Codes of what a field asks of its values."""

ROW_RULE_CODES = frozenset({"row-constraint"})
TABLE_RULE_CODES = frozenset({"table-rule"})
RULE_CODES = _about("rule")
"""Codes of what rules find, which may be a warning: the rule says so."""

ANCHOR_CODES = _about("anchor")
MARKER_CODES = _about("marker")
ABSENCE_CODES = _about("absence")
VERIFICATION_CODES = _about("verification")
ANCHORED_CODES = ANCHOR_CODES | MARKER_CODES | ABSENCE_CODES
"""Codes of all that goes with text anchors."""

TEXT_CODES = ANCHORED_CODES - {"marker-error", "absence-error"}
"""Codes of what only the source texts can show."""

SPOILING_CODES = frozenset(code.name for code in CODES.values() if code.spoils)
"""Codes of faults that come first in a report, as others may only follow from them."""
