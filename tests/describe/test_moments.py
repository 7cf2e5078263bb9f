"""Times and datetimes by their texts, in the formats that they are written in."""

from datetime import datetime

import pytest

from validate._src.describe.moments import moments, written

FORMS = [
    ("2024-03-31 12:00:00", "%Y-%m-%d %H:%M:%S"),
    ("2024-03-31 12:00:00.5", "%Y-%m-%d %H:%M:%S.%f"),
    ("2024-03-31 12:00:00,123", "%Y-%m-%d %H:%M:%S,%f"),
    ("2024-03-31 12:00:00.1234560", "%Y-%m-%d %H:%M:%S.%f0"),
    ("2024-03-31 12:00:00+00", "%Y-%m-%d %H:%M:%S+00"),
    ("2024-03-31 12:00:00.5+00", "%Y-%m-%d %H:%M:%S.%f+00"),
    ("2024-03-31 12:00:00+0100", "%Y-%m-%d %H:%M:%S%z"),
    ("2024-03-31 12:00:00 +01:00", "%Y-%m-%d %H:%M:%S %z"),
    ("2024-03-31 12:00Z", "%Y-%m-%d %H:%M%z"),
    ("2024-03-31 12:00:00 UTC", "%Y-%m-%d %H:%M:%S UTC"),
    ("2024-03-31 12:00 GMT+0100", "%Y-%m-%d %H:%M GMT%z"),
    ("2024-03-31T12:00", "%Y-%m-%dT%H:%M"),
    ("2024-03-31T12:00:00+0100", "%Y-%m-%dT%H:%M:%S%z"),
    ("20240331T120000Z", "%Y%m%dT%H%M%S%z"),
    ("31.03.2024, 7:05", "%d.%m.%Y, %H:%M"),
    ("3/31/2024, 7:05:00 PM", "%m/%d/%Y, %I:%M:%S %p"),
    ("31/Mar/2024:12:00:00 +0100", "%d/%b/%Y:%H:%M:%S %z"),
    ("Sun, 31 Mar 2024 12:00:00 GMT", "%a, %d %b %Y %H:%M:%S GMT"),
    ("Sun Mar 31 12:00:00 +0000 2024", "%a %b %d %H:%M:%S %z %Y"),
    ("01-JAN-24 10.00.00.000000 AM", "%d-%b-%y %I.%M.%S.%f %p"),
    ("12:00:00+01:00", "%H:%M:%S%z"),
    ("7:05pm", "%I:%M%p"),
]


@pytest.mark.parametrize(("text", "form"), FORMS)
def test_a_text_is_read_by_the_format_that_it_looks_like(text, form):
    known = written(text)
    assert known is not None
    assert form in known.forms
    datetime.strptime(text, form)
    readings = {one.properties["format"]: one.type for one in moments([text])}
    assert readings[form] == ("datetime" if "%d" in form else "time")


REFUSED = [
    ("2024-03-31 12:00:00+01", 'no "format" has the zone +01; write +01:00', True),
    ("2024-03-31 12:00 CEST", 'no "format" has the zone CEST', False),
    ("2024-03-31T12:00:00+01:00[Europe/Rome]", "[Europe/Rome]", False),
    ("2024-03-31 12:00:00.123456789", "6 decimals of a second at most", False),
]


@pytest.mark.parametrize(("text", "why", "is_any"), REFUSED)
def test_what_no_format_has_is_said(text, why, is_any):
    known = written(text)
    assert known is not None
    assert why in known.why
    assert (known.type, known.forms, known.is_any) == ("datetime", (), is_any)
    assert not [*moments([text])]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12",
        "12:345",
        "1:2:3",
        "2024-03-31 12:00 or so",
        "at 12:00",
        "John 3:16 km",
        "1.2.3",
    ],
)
def test_other_texts_are_none(text):
    assert written(text) is None
    assert not [*moments([text])]
