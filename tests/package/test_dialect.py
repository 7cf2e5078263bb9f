import json
from importlib.resources import files

import pytest

from validate._src.package.dialect import PROPERTIES, WITHOUT_EFFECT, dialect_problems, make_dialect
from validate._src.package.profile import problems
from validate._src.words.model import Dialect


@pytest.mark.parametrize("version", ["1.0", "2.0"])
def test_every_property_of_the_standard_is_known(version):
    profile = files("dplib") / "profiles" / version / "tabledialect.json"
    properties = json.loads(profile.read_text("utf-8"))["properties"].keys()
    assert properties - PROPERTIES - WITHOUT_EFFECT == set()


def test_properties_become_attributes():
    properties = {"quoteChar": "'", "headerRows": [1, 2], "skipInitialSpace": True}
    assert make_dialect(properties, "csv") == Dialect(
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
    assert make_dialect(properties, format_name).delimiter == delimiter


@pytest.mark.parametrize("name", ["unknown", "quote_char", "colour"])
def test_what_the_standard_does_not_know_is_named(name):
    dialect = make_dialect({name: "x", "csvddfVersion": "1.2"}, "csv")
    assert dialect == Dialect(unknown=(name,))


@pytest.mark.parametrize(
    ("properties", "name", "message"),
    [
        ({"delimiter": ""}, "delimiter", 'cannot be ""'),
        ({"commentChar": "\n"}, "commentChar", 'cannot be "\\n"'),
        ({"delimiter": '"'}, "quoteChar", '"\\"" has another meaning too'),
        ({"lineTerminator": ""}, "lineTerminator", "must not be empty"),
    ],
)
def test_a_dialect_that_contradicts_itself_has_a_problem(properties, name, message):
    (problem,) = dialect_problems(properties, "csv")
    assert (problem.steps, problem.message) == ((name,), message)


@pytest.mark.parametrize("name", ["quoteChar", "escapeChar"])
@pytest.mark.parametrize("value", ["", "''"])
def test_some_characters_are_one(name, value):
    (problem,) = problems({name: value}, "tabledialect", "2.0")
    assert problem.steps == (name,)
    assert problem.message.startswith("must be one character, not ")
