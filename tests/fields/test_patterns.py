import time

import pytest

from validate import PackageError, validate
from validate._src.fields import _patterns as bounded
from validate._src.fields._patterns import BoundedPattern

EXPLODES = r"(?=a)(a|aa)+\1x"
TEXT = "a" * 60 + "!"


def test_patterns_match_as_they_do_in_python():
    pattern = BoundedPattern(r"(?=.*[0-9])([a-z])\1[0-9]+", "here")
    assert [pattern.fullmatch(text) for text in ("aa1", "ab1", "aa", "xaa1")] == [1, 0, 0, 0]
    assert pattern.search("xaa1")


@pytest.fixture
def soon(monkeypatch):
    """Time is over soon."""
    monkeypatch.setattr(bounded, "ALLOWED", 0.2)


@pytest.mark.usefixtures("soon")
def test_a_pattern_that_explodes_is_given_up():
    begun = time.perf_counter()
    with pytest.raises(PackageError, match=r"^here: the pattern .* takes too long; write it"):
        BoundedPattern(EXPLODES, "here").fullmatch(TEXT)
    assert time.perf_counter() - begun < 10


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize(
    ("field", "cell"),
    [
        ({"type": "string", "constraints": {"pattern": EXPLODES}}, TEXT),
        (
            {
                "type": "object",
                "constraints": {"jsonSchema": {"properties": {"a": {"pattern": EXPLODES}}}},
            },
            '"{""a"": ""' + TEXT + '""}"',
        ),
        (
            {
                "type": "object",
                "constraints": {"jsonSchema": {"patternProperties": {EXPLODES: {}}}},
            },
            '"{""' + TEXT + '"": 1}"',
        ),
    ],
)
def test_a_column_with_such_a_pattern_ends_the_run_with_one_line(make_package, field, cell):
    folder = make_package([{"name": "code", **field}], f"code\n{cell}\n")
    with pytest.raises(
        PackageError, match=r"fields\[0\]\.constraints\.\w+: the pattern .*back references$"
    ):
        validate(folder)


def test_patterns_that_rust_knows_take_linear_time(make_package):
    field = {"name": "code", "type": "string", "constraints": {"pattern": "(a|a)*(a|aa)+"}}
    (found,) = validate(make_package([field], f"code\n{TEXT}\n")).findings
    assert (found.row, found.rule) == (2, "pattern")
