"""How columns are parsed: at once, by texts that are distinct, or one by one."""

from datetime import datetime

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from validate._src.fields import _numbers, _parsing
from validate._src.fields._distinct import SAMPLE
from validate._src.fields.types import FIELD_TYPES
from validate._src.words.schema import Field, Options


def field_of(kind, form="default", **options):
    return Field("x", kind, form, {}, ("",), {}, Options(**options))


def column(texts, field):
    """The values of a column."""
    parser = FIELD_TYPES[field.type].parser(field.format)
    frame = pl.DataFrame({"x": texts}, schema={"x": pl.String})
    return frame.select(parser(pl.col("x"), field)).to_series().to_list()


PATTERNS = {
    "date": ["%d/%m/%Y", "%Y%m%d", "%d.%m.%Y", "%Y-%m-%d", "(%Y) %m %d"],
    "datetime": ["%Y-%m-%d %H:%M:%S", "%d/%m/%Y %H:%M", "%Y%m%dT%H%M%S"],
}


@pytest.mark.parametrize(("kind", "form"), [(k, f) for k, forms in PATTERNS.items() for f in forms])
@settings(max_examples=150, deadline=None, derandomize=True)
@given(data=st.data())
def test_dates_by_a_pattern_are_those_of_python(kind, form, data):
    parts = {
        "%Y": ["2024", "0000", "0001", "9999", "24", "２０２４", "+024", "12024"],
        "%m": ["02", "2", "12", "00", "13", " 2"],
        "%d": ["29", "30", "1", "00", "32", "0１"],
        "%H": ["00", "23", "24", "7"], "%M": ["00", "59", "60", "5"],
        "%S": ["00", "59", "60", "61", "5"],
    }  # fmt: skip
    text = form
    for directive, written in parts.items():
        usual = st.just(written[0])
        text = text.replace(directive, data.draw(usual | st.sampled_from(written)))
    text = data.draw(
        st.sampled_from([text, text, text + "\n", f" {text}", text.replace(" ", "  ")])
    )
    try:
        expected = datetime.strptime(text, form)
    except ValueError:
        expected = None
    if kind == "date":
        expected = expected and expected.date()
    assert column([text, None], field_of(kind, form)) == [expected, None]


MARKED = st.text(st.sampled_from("0123456789.,' +-eE%NaInf"), max_size=12)


@settings(max_examples=800, deadline=None, derandomize=True)
@given(
    MARKED,
    st.sampled_from([("'", "."), (".", ","), (None, ","), (" ", ","), (",", ".")]),
    st.booleans(),
    st.sampled_from(["number", "integer"]),
)
@example("1.5", (".", ","), True, "number")
@example("1e400", (None, ","), True, "number")
@example("1,5,0", (None, ","), True, "number")
def test_marked_numbers_are_the_same_at_once_and_one_by_one(text, marks, bare, kind):
    field = field_of(kind, group_char=marks[0], decimal_char=marks[1], bare_number=bare)
    thorough = {"number": _numbers._number, "integer": _numbers._integer}[kind]
    one_by_one = pl.DataFrame({"x": [text, "1"]}).select(thorough(pl.col("x"), field))
    assert column([text, "1"], field) == pytest.approx(one_by_one["x"].to_list(), nan_ok=True)


@pytest.mark.parametrize("distinct", [3, SAMPLE, 3 * SAMPLE])
def test_values_do_not_depend_on_how_many_texts_repeat(distinct):
    texts = [None, "x"] + [f"2024-01-{1 + at % 28:02}T10:{at % 60:02}:00+0{at % 3}:00"
             for at in range(distinct)] * (3 * SAMPLE // distinct)  # fmt: skip
    field = field_of("datetime")
    assert column(texts, field) == [value for text in texts for value in column([text], field)]


def test_what_polars_does_not_read_is_remembered_from_batch_to_batch(monkeypatch):
    asked = []
    made = _parsing._or_none

    def counted(function, field, text):
        asked.append(text)
        return made(function, field, text)

    monkeypatch.setattr(_parsing, "_or_none", counted)
    parse = FIELD_TYPES["date"].parser("%d-%b-%y")
    expression = parse(pl.col("x"), field_of("date", "%d-%b-%y"))
    for _ in range(3):
        pl.DataFrame({"x": ["01-Jan-24", "02-Jan-24"]}).select(expression)
    assert sorted(asked) == ["01-Jan-24", "02-Jan-24"]
