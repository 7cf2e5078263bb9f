import time

import polars as pl
import pytest

from validate import validate
from validate._src.fields import _onebyone as onebyone
from validate._src.fields import _patterns as bounded
from validate._src.fields._onebyone import GivenUpError, OneByOne
from validate._src.fields._patterns import BoundedPattern, PatternError

EXPLODES = r"(?=a)(a|aa)+\1x"
TEXT = "a" * 60 + "!"


def test_patterns_match_as_they_do_in_python():
    pattern = BoundedPattern(r"(?=.*[0-9])([a-z])\1[0-9]+")
    assert [pattern.fullmatch(text) for text in ("aa1", "ab1", "aa", "xaa1")] == [1, 0, 0, 0]
    assert pattern.search("xaa1")
    assert [pattern.found(text) for text in ("xaa1", "xab1")] == ["aa1", None]


def test_groups_that_are_nested_too_deeply_are_no_pattern():
    with pytest.raises(PatternError, match="nested too deeply"):
        BoundedPattern("(" * 5000 + ")" * 5000)


@pytest.fixture
def soon(monkeypatch):
    """Time is over soon."""
    monkeypatch.setattr(bounded, "ALLOWED", 0.2)


@pytest.mark.usefixtures("soon")
def test_a_pattern_that_explodes_is_given_up():
    begun = time.perf_counter()
    with pytest.raises(GivenUpError, match=r"^the pattern takes too long; write it"):
        BoundedPattern(EXPLODES).fullmatch(TEXT)
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
def test_a_value_that_takes_too_long_is_named_and_others_are_judged(make_package, field, cell):
    folder = make_package([{"name": "code", **field}], f"code\n{cell}\n?\n")
    report = validate(folder)
    (name,) = field["constraints"]
    assert [(part.what, part.why[:27]) for part in report.not_checked] == [
        (f"{name} of field code in 1 of the rows of t", "the pattern takes too long;")
    ]
    assert [(found.row, found.field) for found in report] == [(3, "code")]


def test_values_are_given_up_once_and_none_after_too_many(monkeypatch):
    monkeypatch.setattr(onebyone, "MOST_GIVEN_UP", 2)
    asked = []

    def judge(text):
        asked.append(text)
        if len(text) > 1:
            raise GivenUpError("too long")
        return text == "a"

    condition = OneByOne(judge)
    texts = pl.DataFrame({"x": ["a", "b", "aa", "aa", None, "bb", "c", "a"]})
    met = texts.select(condition(pl.col("x"), pl.col("x"))).to_series().to_list()
    assert met == [True, False, None, None, None, None, None, None]
    assert asked == ["a", "b", "aa", "bb"]
    assert set(condition.given_up.values()) == {"too long", onebyone.TOO_MANY}


def test_patterns_that_rust_knows_take_linear_time(make_package):
    field = {"name": "code", "type": "string", "constraints": {"pattern": "(a|a)*(a|aa)+"}}
    (found,) = validate(make_package([field], f"code\n{TEXT}\n")).findings
    assert (found.row, found.rule) == (2, "pattern")


@pytest.mark.parametrize(
    ("pattern", "is_one"),
    [
        (r"(?:x{1000}){1000}", False),
        (r"(?:(?:x{50}y){50}){50}", False),
        (r"((a{400}){400})", False),
        (r"(?:x{100}){1000}", True),
        (r"(a{1000})(b{1000})c{1000}", True),
        (r"[(]{1000}[)]{1000}\({1000}\){1000}", True),
        (r"a{0,200000}", True),
    ],
)
def test_counts_within_counts_are_bounded(pattern, is_one):
    """What they repeat is compiled as often, which takes time and memory without end."""
    if is_one:
        BoundedPattern(pattern)
    else:
        with pytest.raises(PatternError, match="repeat a part more than 100,000 times"):
            BoundedPattern(pattern)
