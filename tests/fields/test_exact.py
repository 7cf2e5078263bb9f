"""Values told apart where their Polars type cannot."""

from decimal import Decimal

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from validate._src.fields._exact import decimal, is_exact_double
from validate._src.fields._years import ANY_YEAR, ZONE
from validate._src.fields.types import FIELD_TYPES
from validate._src.words.schema import Field, Options

DECIMALS = st.from_regex(
    r"[+-]?([0-9]{1,25}(\.[0-9]{0,25})?|\.[0-9]{1,25})([eE][+-]?[0-9]{1,3})?", fullmatch=True
)
OF_TIME = st.from_regex(
    rf"({ANY_YEAR})(-[0-9]{{2}}(-[0-9]{{2}}(T[0-9:]{{8}}(\.[0-9]{{1,9}})?)?)?)?({ZONE})?",
    fullmatch=True,
)


def exactly(type_name, texts, **options):
    """What a type says of texts that their values do not say."""
    field = Field("x", type_name, "default", {}, ("",), {}, Options(**options))
    kind = FIELD_TYPES[type_name]
    series = pl.Series("x", texts, dtype=pl.String)
    values = series.to_frame().select(kind.parser("default")(pl.col("x"), field)).to_series()
    found = kind.exactness.exactly(series, values, field)
    return [None] * len(texts) if found is None else found.to_list()


@pytest.mark.parametrize("type_name", ["number", "integer", "year", "yearmonth", "datetime"])
@given(text=st.one_of(DECIMALS, OF_TIME, st.text("-+0123456789.eETZ:\n ٣", max_size=12)))
@example(text="2024\n")
@example(text="2024-01-26T24:00:00.0+14:00")
def test_what_has_an_exact_value_has_the_form(type_name, text):
    exactness = FIELD_TYPES[type_name].exactness
    has_form = pl.Series([text]).str.contains(exactness.form).item()
    assert has_form or exactness.read(text) is None


@given(DECIMALS, DECIMALS)
@example("0.1", "1e-1")
@example("0", "-0.00e7")
def test_equal_decimals_have_one_form(one, other):
    assert Decimal(decimal(one)) == Decimal(one)
    assert (decimal(one) == decimal(other)) == (Decimal(one) == Decimal(other))


@given(DECIMALS, DECIMALS)
@example("0.1", "0.10000000000000000001")
@example("9007199254740992", "9007199254740993")
@example("1e400", "1e401")
@example("0", "1e-400")
@example("5e-324", "6e-324")
def test_decimals_are_told_apart_by_their_doubles_or_exactly(one, other):
    first, second = exactly("number", [one, other])
    same = (float(one), first) == (float(other), second)
    assert same == (Decimal(one) == Decimal(other))


@pytest.mark.parametrize("text", ["", ".", "1e", "NaN", "INF", "1_0", "0x1"])
def test_what_is_no_decimal_has_no_form(text):
    assert decimal(text) is None


@pytest.mark.parametrize(
    ("exact", "held"),
    [("1E-1", True), ("123456789012345E0", True), ("1234567890123456E0", False), ("1E400", False)],
)
def test_fifteen_digits_are_different_doubles(exact, held):
    assert is_exact_double(exact) is held


@pytest.mark.parametrize(
    ("type_name", "texts", "found"),
    [
        ("integer", ["9223372036854775807", "-9223372036854775808", "1.0", None], [None] * 4),
        ("integer", ["+09223372036854775808"], ["9223372036854775808E0"]),
        ("year", ["2024", "2024Z", "2024-00:00"], [None, "2024E0 +00:00", "2024E0 +00:00"]),
        ("year", ["9" * 20, "no"], ["9" * 20 + "E0 ", None]),
        ("yearmonth", ["2024-01", "300000-01", "2024-13"], [None, "30000001 ", None]),
        ("datetime", ["1970-01-01T00:00:01.1234567"], ["1+.1234567"]),
        ("datetime", ["1970-01-01T00:00:01.1234560", "2024-02-30T00:00:00"], [None, None]),
    ],
)
def test_exact_values(type_name, texts, found):
    assert exactly(type_name, texts) == found


def test_marks_of_the_field_are_known_and_those_of_native_numbers():
    texts = ["1.000,50000000000000000001", "1000.50000000000000000002"]
    found = exactly("number", texts[:1], group_char=".", decimal_char=",")
    assert found == ["100050000000000000000001E-20"]
    kind = FIELD_TYPES["number"].exactness
    field = Field("x", "number", "default", {}, ("",), {}, Options(".", ","))
    native = kind.exactly(pl.Series(texts[1:]), pl.Series([1000.5]), field)
    assert native.to_list() == ["100050000000000000000002E-20"]


def test_another_format_has_no_exact_values():
    field = Field("x", "datetime", "any", {}, ("",), {})
    texts = pl.Series(["2024-01-26T15:00:00.1234567"])
    values = pl.Series([None], dtype=pl.Datetime("us"))
    assert FIELD_TYPES["datetime"].exactness.exactly(texts, values, field) is None
