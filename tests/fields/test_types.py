import json
import math
import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from validate._src.fields._text import STRING, URI
from validate._src.fields.types import FIELD_TYPES
from validate._src.package.declared import declared
from validate._src.words.schema import Field, Options

UUID = "0a6a1b6c-3f0e-4c57-9a25-6f1f0c9d2b11"


def make_field(type_name, format_name="default", **properties):
    return Field(
        name="x",
        type=type_name,
        format=format_name,
        properties=properties,
        missing_values=("",),
        constraints={},
        options=declared(Options, properties),
    )


def parse(text, type_name, format_name="default", **properties):
    """The value of a text, None when it is not of the type."""
    field = make_field(type_name, format_name, **properties)
    parser = FIELD_TYPES[type_name].parser(format_name)
    frame = pl.DataFrame({"x": [text]}, schema={"x": pl.String})
    return frame.select(parser(pl.col("x"), field)).item()


@pytest.mark.parametrize("type_name", FIELD_TYPES)
def test_null_stays_null_and_values_have_the_declared_dtype(type_name):
    kind = FIELD_TYPES[type_name]
    field = make_field(type_name)
    texts = pl.DataFrame({"x": [None, "1"]}, schema={"x": pl.String})
    values = texts.select(kind.parser("default")(pl.col("x"), field)).to_series()
    assert (values[0], values.dtype) == (None, kind.dtype)


TEXTS = [
    ("string", " as it is ", " as it is "),
    ("any", "as it is", "as it is"),
    ("integer", "12", 12),
    ("integer", "+5", 5),
    ("integer", "-007", -7),
    ("integer", "9223372036854775807", 9223372036854775807),
    ("number", "-1.23", -1.23),
    ("number", "+100000.00", 100000.0),
    ("number", ".5", 0.5),
    ("number", "5.", 5.0),
    ("number", "1.5E-3", 0.0015),
    ("number", "inf", math.inf),
    ("number", "-INF", -math.inf),
    ("boolean", "TRUE", True),
    ("boolean", "0", False),
    ("date", "2024-02-29", date(2024, 2, 29)),
    ("time", "15:00:00", time(15)),
    ("datetime", "2024-01-26T15:00:00", datetime(2024, 1, 26, 15)),
    ("datetime", "2024-01-26T15:00:00Z", datetime(2024, 1, 26, 15)),
    ("datetime", "2024-01-26T15:00:00.300-05:00", datetime(2024, 1, 26, 20, 0, 0, 300000)),
    ("year", "2024", 2024),
    ("year", "-0044", -44),
    ("year", "12024", 12024),
    ("year", "2024Z", 2024),
    ("year", "2024+14:00", 2024),
    ("yearmonth", "2024-02-05:00", date(2024, 2, 1)),
    ("datetime", "2024-01-26T24:00:00.0+01:00", datetime(2024, 1, 26, 23)),
    ("duration", "P14M", "P1Y2M"),
    ("duration", "-PT36H", "-P1DT12H"),
    ("duration", "PT90.50S", "PT1M30.5S"),
    ("duration", "-P0Y", "PT0S"),
    ("yearmonth", "2024-02", date(2024, 2, 1)),
    ("duration", "P1Y2M3DT10H30M1.5S", "P1Y2M3DT10H30M1.5S"),
    ("duration", "-P120D", "-P120D"),
    ("object", '{"b": 1, "a": "池"}', '{"a": "池", "b": 1}'),
    ("array", "[1,2]", "[1, 2]"),
    ("list", "carp,newt", '["carp", "newt"]'),
    ("geopoint", "139.75,35.68", "139.75,35.68"),
    ("geopoint", "-180, -90", "-180.0,-90.0"),
]


def test_value_of_a_text():
    wrong = [case for case in TEXTS if parse(case[1], case[0]) != case[2]]
    assert wrong == []


URIS = st.lists(
    st.one_of(
        st.none(),
        st.builds(
            str.__add__,
            st.sampled_from(["https://", "http://", "http:", "HTTPS://", "doi:", "://", "", "é:"]),
            st.text("aZ09/.-_~%?#[]@!$&'()*+,;=|<>\"{}\\^` \t\x01\x7f\x85\u3000é池", max_size=5),
        ),
    ),
    max_size=5,
)


@settings(max_examples=1000, deadline=None)
@given(URIS)
def test_addresses_are_those_that_match(texts):
    field = Field("x", "string", "uri", {}, ("",), {})
    frame = pl.DataFrame({"x": texts}, schema={"x": pl.String})
    read = frame.select(STRING.parsers["uri"](pl.col("x"), field)).to_series().to_list()
    pattern = re.compile(URI.removesuffix("$") + r"\Z")
    assert read == [text if text and pattern.match(text) else None for text in texts]


RING = "[[0, 0], [0, 1], [1, 1], [0, 0]]"
OPEN = "[[0, 0], [0, 1], [1, 1], [1, 0]]"
POINT = '{"type": "Point", "coordinates": [1, 2, 3]}'
COLLECTED = f'{{"type": "GeometryCollection", "geometries": [{POINT}]}}'


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        (POINT, True),
        ('{"type": "Point", "coordinates": [1]}', False),
        ('{"type": "LineString", "coordinates": [[1, 2, 3], [4, 5, 6]]}', True),
        ('{"type": "LineString", "coordinates": [[1, 2, 3]]}', False),
        (COLLECTED, True),
        (f'{{"type": "Feature", "geometry": {COLLECTED}, "properties": null}}', True),
        ('{"type": "Feature", "geometry": null, "properties": {}, "id": 7}', True),
        ('{"type": "Feature", "geometry": null}', False),
        (f'{{"type": "Polygon", "coordinates": [{RING}]}}', True),
        (f'{{"type": "Polygon", "coordinates": [{RING}, {OPEN}]}}', False),
        (f'{{"type": "MultiPolygon", "coordinates": [[{RING}], [{OPEN}]]}}', False),
        ('{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": null, '
         f'"geometry": {{"type": "Polygon", "coordinates": [{OPEN}]}}}}]}}', False),
        ('{"type": "Point", "coordinates": [1, 2], "geometry": {"type": "Polygon"}}', True),
    ],
)  # fmt: skip
def test_geojson_is_that_of_the_rfc(text, valid):
    assert (parse(text, "geojson") is not None) is valid


def test_not_a_number_is_a_number():
    assert math.isnan(parse("NaN", "number"))


TEXTS_OF_OTHER_TYPES = [
    *(("integer", text) for text in ("1.0", "1e3", "1_000", "1,000", "５", "0x10", "--1", "+")),
    *(("number", text) for text in ("1,5", "1_000", "1.2.3", "e5", ".", "5e", "infinity", "١")),
    *(("boolean", text) for text in ("yes", "tRUE", "T", " true")),
    *(("date", text) for text in ("2023-02-29", "2024-1-1", "20240101", "2024-01-01T00:00:00")),
    *(("date", text) for text in ("0000-01-01", "12024-01-01", " 2024-01-01", "2024-13-01")),
    *(("time", text) for text in ("15:00", "3:00:00", "24:00:01", "15:60:00", "15:00:00.5")),
    *(("datetime", text) for text in ("2024-01-26 15:00:00", "2024-01-26")),
    *(("datetime", text) for text in ("2024-02-30T00:00:00", "2024-01-26T15:00")),
    *(("year", text) for text in ("24", "+2024", "2024.0", "MMXXIV", "02024", "2024+14:01")),
    *(("yearmonth", text) for text in ("02024-01", "2024-01-15:00", "0000-01Z")),
    *(("datetime", text) for text in ("2024-01-26T15:00:00+14:01", "2023-02-29T00:00:00Z")),
    *(("yearmonth", text) for text in ("2024-13", "2024-00", "2024", "2024-2", "2024-02-01")),
    *(("duration", text) for text in ("P", "PT", "P1DT", "1Y", "P1S", "P1W", "P-1Y", "P1M2Y")),
    *(("object", text) for text in ("[]", "1", "{", '{"carp": NaN}', "{'carp': 1}")),
    *(("array", text) for text in ("{}", "1", "[1,]", "[Infinity]")),
    *(("geopoint", text) for text in ("139.75", "181,0", "0,91", "nan,0", "1,2,3", "1_0,0")),
    *(("geojson", text) for text in ("[]", '{"type": "Pond"}', '{"type": "Point"}', "Point")),
]  # fmt: skip


def test_text_that_is_not_of_the_type():
    assert [case for case in TEXTS_OF_OTHER_TYPES if parse(case[1], case[0]) is not None] == []


ADDRESSES = (
    *("a.b+c@x-y.org", '"ada b"@x.org', "a@[192.168.0.1]", "a@[IPv6:2001:db8::1]", "o'neil@x.org"),
    *("池@例え.jp", "a_b@x.org", "a@b.c.d.e", "a" * 64 + "@x.org", "a@" + "b" * 63 + ".org"),
)
NO_ADDRESSES = (
    *("a..b@x.org", ".a@x.org", "a.@x.org", "a@-x.org", "a@x-.org", "a@x_y.org", "a@x..org"),
    *("a@localhost", "a@x.org.", "a@b@c.org", "@x.org", "<a@x.org>", "a,b@x.org", "a@x.org\n"),
    *("a" * 65 + "@x.org", "a@" + "b" * 64 + ".org", "a@" + "b." * 140 + "org", "a@[300.1.1.1]"),
)
TEXTS_IN_FORMATS = [
    ("ada@ponds.example", "string", "email", "ada@ponds.example"),
    ("ada@", "string", "email", None),
    ("a b@ponds.example", "string", "email", None),
    *((text, "string", "email", text) for text in ADDRESSES),
    *((text, "string", "email", None) for text in NO_ADDRESSES),
    ("https://ponds.example/%E6%B1%A0", "string", "uri", "https://ponds.example/%E6%B1%A0"),
    ("https://ponds.example/%zz", "string", "uri", None),
    ("https://ponds.example/%4", "string", "uri", None),
    ("https://ponds.example/#a#b", "string", "uri", None),
    ("https://ponds.example/?q=1#top", "string", "uri", "https://ponds.example/?q=1#top"),
    ("mailto:ada@ponds.example", "string", "uri", "mailto:ada@ponds.example"),
    ("ponds.example", "string", "uri", None),
    ("https://ponds.example/a b", "string", "uri", None),
    ("cG9uZA==", "string", "binary", "cG9uZA=="),
    ("cG9uZA=", "string", "binary", None),
    ("蓮池", "string", "binary", None),
    (UUID, "string", "uuid", UUID),
    (UUID.upper(), "string", "uuid", UUID.upper()),
    (UUID.replace("-", ""), "string", "uuid", None),
    ("29/02/2024", "date", "%d/%m/%Y", date(2024, 2, 29)),
    ("30/02/2024", "date", "%d/%m/%Y", None),
    ("15.30", "time", "%H.%M", time(15, 30)),
    ("26/1/2024 15.30", "datetime", "%d/%m/%Y %H.%M", datetime(2024, 1, 26, 15, 30)),
    ("26/1/2024 15.30 +0900", "datetime", "%d/%m/%Y %H.%M %z", datetime(2024, 1, 26, 6, 30)),
    ("26 January 2024", "date", "any", date(2024, 1, 26)),
    ("some day", "date", "any", None),
    ("3:30 pm", "time", "any", time(15, 30)),
    ("26 Jan 2024 15:30", "datetime", "any", datetime(2024, 1, 26, 15, 30)),
    ("[139.75, 35.68]", "geopoint", "array", "139.75,35.68"),
    ("[139.75]", "geopoint", "array", None),
    ("[true, 35.68]", "geopoint", "array", None),
    ('["139.75", "35.68"]', "geopoint", "array", None),
    ('{"lon": 139.75, "lat": 35.68}', "geopoint", "object", "139.75,35.68"),
    ('{"lon": 139.75, "lat": 35.68, "alt": 3}', "geopoint", "object", None),
    ('{"type": "Pond", "objects": {}, "arcs": []}', "geojson", "topojson", None),
]  # fmt: skip


def test_value_of_a_text_in_a_format():
    assert [(*given, value) for *given, value in TEXTS_IN_FORMATS if parse(*given) != value] == []


TEXTS_WITH_OPTIONS = [
    ("1,000,000", "integer", {"groupChar": ","}, 1000000),
    ("95%", "integer", {"bareNumber": False}, 95),
    ("EUR -95", "integer", {"bareNumber": False}, -95),
    ("5 pcs.", "integer", {"bareNumber": False}, 5),
    ("95%", "integer", {"bareNumber": True}, None),
    ("many", "integer", {"bareNumber": False}, None),
    ("1.234,5", "number", {"decimalChar": ",", "groupChar": "."}, 1234.5),
    ("1.5", "number", {"decimalChar": ","}, None),
    ("€1.5 each", "number", {"bareNumber": False}, 1.5),
    ("Fr. 5", "number", {"bareNumber": False}, 5.0),
    ("1e3 m", "number", {"bareNumber": False}, 1000.0),
    ("INF", "number", {"bareNumber": False}, math.inf),
    ("はい", "boolean", {"trueValues": ["はい"], "falseValues": ["いいえ"]}, True),
    ("いいえ", "boolean", {"trueValues": ["はい"], "falseValues": ["いいえ"]}, False),
    ("true", "boolean", {"trueValues": ["はい"], "falseValues": ["いいえ"]}, None),
    ("1;2", "list", {"itemType": "integer", "delimiter": ";"}, "[1, 2]"),
    ("1,two", "list", {"itemType": "integer"}, None),
    ("1,", "list", {"itemType": "integer"}, None),
    ("2024-01-01,2023-02-29", "list", {"itemType": "date"}, None),
    ("true,0", "list", {"itemType": "boolean"}, "[true, false]"),
]


def test_value_of_a_text_with_options_of_its_type():
    wrong = [
        (text, type_name, properties, value)
        for text, type_name, properties, value in TEXTS_WITH_OPTIONS
        if parse(text, type_name, **properties) != value
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("type_name", "format_name"),
    [("string", "pattern"), ("integer", "email"), ("year", "%Y"), ("date", "pattern")],
)
def test_unknown_format_has_no_parser(type_name, format_name):
    assert FIELD_TYPES[type_name].parser(format_name) is None


@pytest.mark.parametrize(
    ("type_name", "value", "length"),
    [
        ("string", "蓮池🐟", 3),
        ("array", "[1, [2, 3]]", 2),
        ("object", '{"a": 1}', 1),
        ("list", '["a", "b"]', 2),
    ],
)
def test_length_counts_characters_or_items(type_name, value, length):
    frame = pl.DataFrame({"x": [value]})
    assert frame.select(FIELD_TYPES[type_name].length(pl.col("x"))).item() == length


DATE_LIKE = st.one_of(
    st.dates().map(str),
    st.text("0123456789-+ ./:\t１", min_size=8, max_size=12),
    st.from_regex(r"[0-9 +-]{1,5}-[0-9 +-]{1,3}-[0-9 +-]{1,3}", fullmatch=True),
)
NUMBER_LIKE = st.one_of(
    st.integers().map(str),
    st.floats().map(str),
    st.text("0123456789+-.eE_ infNa１", min_size=1, max_size=8),
)


@settings(max_examples=500, deadline=None)
@given(st.sampled_from(["date", "integer", "number"]), st.data())
@example("date", None)
def test_a_text_means_the_same_in_a_plain_column_and_in_another(type_name, data):
    """A column that holds a text of no value is read text by text, others at once."""
    if data is None:
        texts = ["2020-1-001", "-020-01-01", "+020-01-01", " 020-01-01", "2020- 1-01"]
    else:
        texts = data.draw(st.lists(DATE_LIKE if type_name == "date" else NUMBER_LIKE, min_size=1))
    parser = FIELD_TYPES[type_name].parser("default")
    for text in texts:
        columns = [pl.DataFrame({"x": [text]}), pl.DataFrame({"x": [text, "no value"]})]
        alone, beside = (
            frame.select(parser(pl.col("x"), make_field(type_name))).to_series()[:1]
            for frame in columns
        )
        assert alone.equals(beside), text


ITEMS = st.lists(st.text("01x.;é", max_size=3), min_size=1, max_size=3)


@settings(max_examples=200, deadline=None)
@given(
    texts=st.lists(st.one_of(st.none(), ITEMS.map(";".join)), max_size=4),
    item_type=st.sampled_from(["string", "integer", "number", "boolean"]),
)
def test_lists_are_read_together_as_one_by_one(texts, item_type):
    def one_by_one(text):
        items = [parse(item, item_type) for item in text.split(";")]
        return None if None in items else json.dumps(items, ensure_ascii=False)

    field = make_field("list", itemType=item_type, delimiter=";")
    frame = pl.DataFrame({"x": texts}, schema={"x": pl.String})
    together = frame.select(FIELD_TYPES["list"].parser("default")(pl.col("x"), field)).to_series()
    assert together.to_list() == [text if text is None else one_by_one(text) for text in texts]


def test_a_list_without_delimiter_is_none():
    assert parse("ab", "list", delimiter="") is None


TIMES_OF_ISO = [
    ("08:30:00.25", time(8, 30, 0, 250000)),
    ("08:30:00,25", time(8, 30, 0, 250000)),
    ("08:30:00Z", time(8, 30)),
    ("08:30:00+09:00", time(23, 30)),
    ("083000-0130", time(10)),
    ("T08:30", time(8, 30)),
    ("08", time(8)),
    ("24:00:00", time(0)),
    ("24:00:01", None),
    ("8:30", None),
    ("08:3000", None),
    ("08:30:60", None),
]


def test_times_of_version_1_have_any_form_of_iso_8601():
    field = replace(make_field("time"), iso_times=True)
    parser = FIELD_TYPES["time"].parser("default")
    texts = pl.DataFrame({"x": [text for text, _ in TIMES_OF_ISO]})
    values = texts.select(parser(pl.col("x"), field)).to_series().to_list()
    assert values == [value for _, value in TIMES_OF_ISO]


FAR = [
    ("yearmonth", "10000-01", "+10000-01-01"),
    ("yearmonth", "-0044-03", "-0044-03-01"),
    ("datetime", "-0044-03-15T12:00:00", "-0044-03-15 12:00:00.000000"),
    ("datetime", "10000-02-29T24:00:00Z", "+10000-03-01 00:00:00.000000"),
    ("datetime", "0001-01-01T00:00:00+14:00", "0000-12-31 10:00:00.000000"),
    ("datetime", "-0001-02-29T00:00:00Z", None),
]


@pytest.mark.parametrize(("type_name", "text", "value"), FAR)
def test_dates_that_python_does_not_have(type_name, text, value):
    frame = pl.DataFrame({"x": [text]})
    parser = FIELD_TYPES[type_name].parser("default")
    read = frame.select(parser(pl.col("x"), make_field(type_name))).to_series()
    assert read.cast(pl.String).item() == value


@settings(max_examples=500, deadline=None)
@given(
    moment=st.datetimes(),
    decimals=st.sampled_from(["", ".5", ".000001", ".250"]),
    zone=st.sampled_from(["", "Z", "+00:30", "-14:00"]),
)
def test_datetimes_are_those_of_python(moment, decimals, zone):
    text = f"{moment:%H:%M:%S}{decimals}{zone}"
    text = f"{moment.year:04d}-{moment.month:02d}-{moment.day:02d}T{text}"
    frame = pl.DataFrame({"x": [text, "no value"]})
    parser = FIELD_TYPES["datetime"].parser("default")
    read = frame.select(parser(pl.col("x"), make_field("datetime"))).to_series()
    at = datetime.fromisoformat(text)
    epoch = datetime(1970, 1, 1, tzinfo=UTC if zone else None)
    assert read.to_physical().to_list() == [(at - epoch) // timedelta(microseconds=1), None]


@pytest.mark.parametrize(
    ("text", "item_type", "value"),
    [
        ("1,9223372036854775808", "integer", "[1, 9223372036854775808]"),
        ("0.1,0.10000000000000000001", "number", "[0.1, 10000000000000000001E-20]"),
        ("10000-01-01T00:00:00Z", "datetime", '["+10000-01-01 00:00:00.000000"]'),
    ],
)
def test_items_of_a_list_keep_what_they_are(text, item_type, value):
    assert parse(text, "list", itemType=item_type) == value
