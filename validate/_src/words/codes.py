"""The catalogue of what can be found: a code for each kind of fault.

Codes that frictionless knows carry its names, which are the standard's words.
"""

from dataclasses import dataclass

ERROR, WARNING = SEVERITIES = ("error", "warning")


@dataclass(frozen=True)
class Code:
    """One kind of fault.

    Attributes:
        name: kebab-case name, the `code` of findings.
        title: the fault in a few words.
        meaning: what is wrong.
        remedy: what to do about it.
    """

    name: str
    title: str
    meaning: str
    remedy: str


CODES = {
    code.name: code
    for code in (
        Code(
            "hash-count",
            "file digest differs",
            "The file's digest is not the `hash` that the descriptor declares.",
            "Restore the file, or after an intended change run `validate tidy`.",
        ),
        Code(
            "byte-count",
            "file size differs",
            "The file's size is not the `bytes` that the descriptor declares.",
            "Restore the file, or after an intended change run `validate tidy`.",
        ),
        Code(
            "source-error",
            "no table there",
            "The file is empty, or does not have the form of its format.",
            "Write the file anew: the field names of the schema first, and the rows below.",
        ),
        Code(
            "quote-error",
            "quote out of place",
            "A quoted cell is never closed, or text follows its closing quote.",
            "Double every quote inside a quoted cell, and close the cell.",
        ),
        Code(
            "encoding-error",
            "byte order mark",
            "The file starts with a byte order mark, which the standard recommends against.",
            "Save the file as UTF-8 without a byte order mark.",
        ),
        Code(
            "blank-header",
            "blank header",
            "The header row is empty.",
            "Write the field names of the schema into the first row.",
        ),
        Code(
            "blank-label",
            "blank label",
            "A column has no label.",
            "Write the field's name into the header.",
        ),
        Code(
            "duplicate-label",
            "duplicate label",
            "Two columns have the same label.",
            "Rename or remove one of the columns.",
        ),
        Code(
            "incorrect-label",
            "incorrect label",
            "A column's label is not the name of the field in its place.",
            "Put the columns in the order of the schema, under its names.",
        ),
        Code(
            "extra-label",
            "extra label",
            "The table has a column that the schema does not.",
            "Remove the column, or add a field to the schema.",
        ),
        Code(
            "missing-label",
            "missing label",
            "The schema has a field that the table has no column for.",
            "Add the column, or remove the field from the schema.",
        ),
        Code(
            "unmatched-header",
            "unmatched header",
            "No column of the table is a field of the schema.",
            "Check that the schema belongs to this table.",
        ),
        Code(
            "blank-row",
            "blank row",
            "A row has no value in any cell.",
            "Remove the row.",
        ),
        Code(
            "extra-cell",
            "extra cell",
            "A row has more cells than the header has labels.",
            "Remove the cell, or quote a cell that holds the delimiter.",
        ),
        Code(
            "missing-cell",
            "missing cell",
            "A row has fewer cells than the header has labels; of those that it lacks, the first "
            "hundred are listed.",
            "Add the cell, empty if it has no value.",
        ),
        Code(
            "type-error",
            "value of the wrong type",
            "A cell cannot be read as a value of its field's type and format.",
            "Write the value in the form of the type, or leave the cell empty if it is not known.",
        ),
        Code(
            "constraint-error",
            "constraint not met",
            "A value does not meet a constraint of its field.",
            "Correct the value, or the constraint if that is too narrow.",
        ),
        Code(
            "unique-error",
            "value not unique",
            "A value stands again in a field whose values are unique.",
            "Correct one of the values, or remove the row that repeats the other.",
        ),
        Code(
            "unique-key",
            "unique key repeated",
            "The values of a unique key stand again in another row.",
            "Correct one of the rows, or remove the one that repeats the other.",
        ),
        Code(
            "primary-key",
            "primary key repeated or empty",
            "A row's primary key is empty, or an earlier row has it.",
            "Give the row a key of its own, or remove it if it repeats the other.",
        ),
        Code(
            "foreign-key",
            "reference to no row",
            "A foreign key has values that no row of the referenced table has.",
            "Correct the reference, or add the row that it refers to.",
        ),
        Code(
            "foreign-key-cycle",
            "reference in a circle",
            "Following a foreign key that must not run in circles leads back to the row.",
            "Correct the reference of one of the rows of the circle.",
        ),
        Code(
            "row-constraint",
            "row rule broken",
            "A row does not meet a rule of its schema.",
            "Correct the values that the rule speaks of.",
        ),
        Code(
            "table-rule",
            "table rule broken",
            "A row is among those that a table rule of the package finds.",
            "Correct the row, or the rows of the other tables that the rule speaks of.",
        ),
        Code(
            "edtf-error",
            "EDTF date wrong",
            "A date is not EDTF level 1, or contradicts a field that follows from it.",
            "Correct the date; earliest day, latest day and precision follow from it.",
        ),
        Code(
            "source-text",
            "source text differs",
            "The text at hand is not, character by character, the text that was coded.",
            "Use the text that was coded; spans that stand in this one are proved all the same.",
        ),
        Code(
            "anchor-moved",
            "span moved",
            "The characters of a span stand in the text, but elsewhere.",
            "Write the start and end that the message names, and the segment they lie in.",
        ),
        Code(
            "anchor-lost",
            "span not found",
            "The characters of a span do not stand in the text.",
            "Find the passage with `validate anchor` and write start, end and digest anew.",
        ),
        Code(
            "waiver-expired",
            "waiver expired",
            "The day up to which a waiver lets a fault pass is over.",
            "Mend the fault and remove the waiver, or agree on another day.",
        ),
        Code(
            "waiver-unmatched",
            "waiver of no fault",
            "No fault was found that a waiver lets pass.",
            "Remove the waiver, or correct its resource, key, field and code.",
        ),
    )
}

ALL_CODES = frozenset(CODES)

HEADER_CODES = frozenset(
    {
        "blank-header", "blank-label", "duplicate-label", "incorrect-label", "extra-label",
        "missing-label", "unmatched-header",
    }
)  # fmt: skip
"""Codes of faults of a header as a whole."""

DIGEST_CODES = frozenset({"hash-count", "byte-count"})
"""Codes of faults of a file's size and digest."""

FOREIGN_KEY_CODES = frozenset({"foreign-key", "foreign-key-cycle"})
"""Codes of what is wrong with references."""

KEY_CODES = FOREIGN_KEY_CODES | {"primary-key", "unique-key", "unique-error"}
"""Codes of what is wrong with keys."""

RULE_CODES = frozenset({"row-constraint", "table-rule"})
"""Codes of what rules find, which may be a warning: the rule says so."""

ANCHOR_CODES = frozenset({"source-text", "anchor-moved", "anchor-lost"})
"""Codes of what only the source texts can show."""
