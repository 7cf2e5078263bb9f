"""Notes on values that look like others, where that is the fault, in all formats."""

import pytest

from validate import validate
from validate._src.report.formats import FORMATS, renderer
from validate._src.report.formats.view import View

NO_BREAK = "12\u00a0"


def notes_of(folder, **options):
    return [(one.code, one.value, one.note) for one in validate(folder, **options)]


@pytest.mark.parametrize("type_name", ["integer", "number", "date", "boolean", "year", "duration"])
def test_a_value_of_the_wrong_type_says_what_is_odd_in_it(make_package, type_name):
    field = {"name": "a", "type": type_name}
    folder = make_package([field], f"a\n{NO_BREAK}\n\u22121x\nlong\n")
    assert [one.note for one in validate(folder)] == [
        "has U+00A0 (no-break space)",
        "has U+2212 (minus sign)",
        None,
    ]


def test_letters_are_named_where_digits_or_latin_ones_would_do(make_package):
    fields = [{"name": "a", "type": "integer"}]
    folder = make_package(fields, "a\nO5\nlol\nOslo\n\u041e5\nкот\n")
    assert [(one.value, one.note) for one in validate(folder)] == [
        ("O5", "has U+004F (latin capital letter o) for 0"),
        ("lol", "has U+006C (latin small letter l) for 1, U+006F (latin small letter o) for 0"),
        ("Oslo", None),
        ("\u041e5", "has U+041E (cyrillic capital letter o)"),
        ("кот", None),
    ]


@pytest.mark.parametrize(
    ("constraints", "value", "note"),
    [
        ({"enum": ["cat", "dog"]}, "\u0441at", "has U+0441 (cyrillic small letter es)"),
        ({"enum": ["a", "b"]}, "\u0430", "has U+0430 (cyrillic small letter a)"),
        ({"enum": ["a", "b"]}, "a ", "ends with a space"),
        ({"enum": ["a", "b"]}, "\u00a0c", None),
        ({"enum": ["caf\u00e9"]}, "cafe\u0301",
         "has U+0301 (combining acute accent, written apart from its letter)"),
        ({"enum": ["cafe\u0301"]}, "caf\u00e9", 'looks like "cafe\u0301", which has U+0301 '
         "(combining acute accent, written apart from its letter)"),
        ({"pattern": "[a-z]+"}, "ab\u200b", "has U+200B (zero width space)"),
        ({"pattern": "[a-z]+"}, "AB\u200b", None),
        ({"maxLength": 2}, "ab\u200d", "has U+200D (zero width joiner)"),
        ({"maxLength": 2}, "a\u00a0b", None),
        ({"minLength": 9}, "a\u00a0b", None),
    ],
)  # fmt: skip
def test_a_constraint_names_what_looks_like_a_value_that_meets_it(
    make_package, constraints, value, note
):
    fields = [{"name": "a", "type": "string", "constraints": constraints}]
    assert notes_of(make_package(fields, f"a\n{value}\n")) == [("constraint-error", value, note)]


def test_a_label_names_what_looks_like_the_name_of_a_field(make_package):
    fields = [{"name": "id", "type": "string"}, {"name": "depth", "type": "number"}]
    for match in ("exact", "equal"):
        folder = make_package(fields, "id,depth\u00a0\nx,1\n", fieldsMatch=match)
        (note,) = {note for _, value, note in notes_of(folder, unfolded=True) if value is not None}
        assert note == "has U+00A0 (no-break space)"


def test_a_reference_names_what_looks_like_a_row_that_is_there(make_package):
    fields = [{"name": "id", "type": "string"}, {"name": "of", "type": "string"}]
    key = {"fields": ["of"], "reference": {"fields": ["id"]}}
    folder = make_package(fields, "id,of\na,\nb,a\u200b\nc,d\u200b\n", foreignKeys=[key])
    assert notes_of(folder) == [
        ("foreign-key", "a\u200b", "has U+200B (zero width space)"),
        ("foreign-key", "d\u200b", None),
    ]


@pytest.mark.parametrize(
    ("name", "number", "note"),
    [
        ("a\u200b", "1", "has U+200B (zero width space)"),
        ("a\u00a0", "1", "has U+00A0 (no-break space)"),
        ("a ", "1", "ends with a space"),
        ("a", "１", "has U+FF11 (fullwidth digit one)"),
        ("e\u0301", "2", "has U+0301 (combining acute accent, written apart from its letter)"),
        ("b\u200b", "1", None),
        ("a", "2", None),
    ],
)
def test_references_of_several_fields_that_look_like_a_row(make_package, name, number, note):
    reference = {"fields": ["name", "number"], "resource": ""}
    key = {"fields": ["of", "of_number"], "reference": reference}
    fields = [{"name": one, "type": "string"} for one in ("name", "number", "of", "of_number")]
    rows = f"a,1,,\né,2,,\nx,9,{name},{number}\n"
    folder = make_package(fields, f"name,number,of,of_number\n{rows}", foreignKeys=[key])
    (found,) = validate(folder).findings
    assert (found.code, found.value, found.note) == ("foreign-key", f"{name}, {number}", note)


def test_a_value_that_is_cut_has_no_note_on_its_cut(make_package):
    folder = make_package([{"name": "a", "type": "integer"}], f"a\n{'x' * 200}\n")
    assert [one.note for one in validate(folder)] == [None]


@pytest.mark.parametrize("format_name", FORMATS)
def test_every_format_has_the_note(make_package, format_name):
    report = validate(make_package([{"name": "a", "type": "integer"}], f"a\n{NO_BREAK}\n"))
    text = "".join(renderer(format_name)([report], View()))
    assert "has U+00A0 (no-break space)" in text
    assert NO_BREAK in text or "12\\u00a0" in text
    if format_name in ("text", "html"):
        assert NO_BREAK in text
        assert "12\\u00a0" in text
