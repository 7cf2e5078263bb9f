import pytest

from validate._src.package.forms import FORMS, repetitions


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("date-time", "1985-04-12T23:20:50.52Z"),
        ("date-time", "1990-12-31T23:59:60Z"),
        ("date-time", "2024-02-29t00:00:00.000001+14:00"),
        ("date-time", "0000-01-01 00:00:00z"),
        ("email", "ada@ponds.example"),
        ("email", "ada@localhost"),
        ("email", "á.b+c@ponds.example"),
        ("uri", "urn:ponds:1"),
        ("url", "ftp://ponds.example"),
        ("url-or-path", "HTTPS://ponds.example/a b.csv".replace(" ", "%20")),
        ("url-or-path", "./a..b/.hidden.csv"),
        ("url-or-path", "12:00.csv"),
        ("url-or-path", "~/ponds.csv"),
        ("url-or-path", "s3://ponds/two ponds.csv"),
        ("http-url-or-path", "gs://ponds/a.csv"),
        ("http-url-or-path", ".folder/ponds.csv"),
        ("http-url-or-path", "https://ponds.example"),
    ],
)
def test_texts_with_a_form(form, text):
    assert FORMS[form](text)


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("date-time", "2024-03-31"),
        ("date-time", "2024-03-31T12:00:00"),
        ("date-time", "2024-03-31T12:00Z"),
        ("date-time", "2023-02-29T12:00:00Z"),
        ("date-time", "2024-04-31T12:00:00Z"),
        ("date-time", "2024-03-31T24:00:00Z"),
        ("date-time", "2024-03-31T12:00:00Z\n"),
        ("date-time", "٢٠٢٤-03-31T12:00:00Z"),
        ("email", "ada"),
        ("email", "ada@"),
        ("email", "ada@ponds..example"),
        ("email", "Ada <ada@ponds.example>"),
        ("uri", "Pond"),
        ("url", "ponds.example"),
        ("url", "https://"),
        ("url-or-path", ""),
        ("url-or-path", "/ponds.csv"),
        ("url-or-path", "a/.."),
        ("url-or-path", "a/.hidden/ponds.csv"),
        ("url-or-path", "https:ponds.csv"),
        ("url-or-path", "file:ponds.csv"),
        ("url-or-path", "hdfs://ponds/a.csv"),
        ("url-or-path", "s3://ponds"),
        ("http-url-or-path", "ftp://ponds.example/a.csv"),
        ("http-url-or-path", "../a.csv"),
    ],
)
def test_texts_without_it(form, text):
    assert not FORMS[form](text)


@pytest.mark.parametrize(
    ("entries", "found"),
    [
        ([{"a": 1}, {"a": 2}, {}], []),
        ([{"a": 1}, {"a": 1}], ["two entries have the a 1"]),
        ([{"a": 1}, {"a": True}], []),
        ([1, 1], []),
        ("text", []),
    ],
)
def test_repetitions(entries, found):
    assert list(repetitions(["a", "b"], entries)) == found
