import json
from importlib.resources import files

import pytest

from validate._src.package.dialect import PROPERTIES, WITHOUT_EFFECT, make_dialect
from validate._src.words.errors import PackageError
from validate._src.words.model import Dialect


@pytest.mark.parametrize("version", ["1.0", "2.0"])
def test_every_property_of_the_standard_is_known(version):
    profile = files("dplib") / "profiles" / version / "tabledialect.json"
    properties = json.loads(profile.read_text("utf-8"))["properties"].keys()
    assert properties - PROPERTIES - WITHOUT_EFFECT == set()


def test_properties_become_attributes():
    properties = {"quoteChar": "'", "headerRows": [1, 2], "skipInitialSpace": True}
    assert make_dialect(properties, "csv", "place") == Dialect(
        quote_char="'", header_rows=(1, 2), skip_initial_space=True
    )


@pytest.mark.parametrize(
    ("properties", "format_name", "delimiter"),
    [
        ({}, "csv", ","),
        ({}, "tsv", "\t"),
        ({"delimiter": ";"}, "tsv", ";"),
        ({}, "of nobody", ","),
    ],
)
def test_the_delimiter_is_that_of_the_format_by_default(properties, format_name, delimiter):
    assert make_dialect(properties, format_name, "place").delimiter == delimiter


@pytest.mark.parametrize("name", ["unknown", "quote_char", "colour"])
def test_what_the_standard_does_not_know_is_named(name):
    dialect = make_dialect({name: "x", "csvddfVersion": "1.2"}, "csv", "place")
    assert dialect == Dialect(unknown=(name,))


@pytest.mark.parametrize(
    ("properties", "reason"),
    [
        ({"quoteChar": "''"}, "quoteChar must be one character, not \"''\""),
        ({"escapeChar": ""}, 'escapeChar must be one character, not ""'),
        ({"delimiter": ""}, 'delimiter cannot be ""'),
        ({"commentChar": "\n"}, 'commentChar cannot be "\\n"'),
        ({"delimiter": '"'}, 'delimiter " has another meaning too'),
        ({"lineTerminator": ""}, "lineTerminator cannot be empty"),
    ],
)
def test_a_dialect_that_contradicts_itself_is_refused(properties, reason):
    with pytest.raises(PackageError) as caught:
        make_dialect(properties, "csv", "place")
    assert str(caught.value) == f"place: dialect: {reason}"
