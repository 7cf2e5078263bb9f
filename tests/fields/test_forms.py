"""What fields expect their values to look like."""

import polars as pl
import pytest

from validate._src.fields.forms import expected
from validate._src.fields.types import FIELD_TYPES
from validate._src.words.schema import Field, Options

PATTERNS = {"date": "%d.%m.%y", "time": "%H.%M", "datetime": "%d/%m/%Y %H:%M:%S"}
FORMS = [
    (name, PATTERNS[name] if form == "pattern" else form)
    for name, field_type in FIELD_TYPES.items()
    for form in field_type.parsers
]


def field(type_name, form="default", **options):
    return Field("f", type_name, form, {}, ("",), {}, Options(**options))


def example(said):
    return said.partition(" such as ")[2].partition(" (%")[0].partition(" or ")[0]


@pytest.mark.parametrize(("type_name", "form"), FORMS)
def test_what_is_given_as_an_example_is_a_value(type_name, form):
    said = expected(field(type_name, form))
    if (type_name, form) in {("string", "default"), ("any", "default")}:
        assert said == f"a value of type {type_name}"
        return
    parser = FIELD_TYPES[type_name].parser(form)
    texts = pl.DataFrame({"text": [example(said)]})
    assert texts.select(parser(pl.col("text"), field(type_name, form))).item() is not None


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (field("date"), "a date such as 2024-03-31"),
        (field("date", "%d/%m/%Y"), "a date such as 31/03/2024 (%d/%m/%Y)"),
        (field("date", "%Y %z"), "a date (%Y %z)"),
        (field("integer"), "an integer such as 42"),
        (field("integer", group_char=" "), "an integer such as 1 234"),
        (field("number", group_char=".", decimal_char=","), "a number such as 1.234,5"),
        (field("boolean", true_values=("ja",), false_values=("nein",)),
         "a boolean such as ja or nein"),
        (field("boolean", true_values=(), false_values=()), "a boolean"),
        (field("list", delimiter=";", item_type="integer"), "a list such as 1;2"),
        (field("string", "email"), "an e-mail address such as name@example.org"),
    ],
)  # fmt: skip
def test_the_form_goes_by_type_format_and_options(given, said):
    assert expected(given) == said
