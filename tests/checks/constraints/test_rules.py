"""Row rules that fail on values."""

import pytest

from validate import validate
from validate._src.checks.constraints import _rules

FIELDS = [{"name": "a", "type": "string"}, {"name": "b", "type": "integer"}]
RULES = [{"name": "high", "check": "CAST(a AS INTEGER) > 2", "message": "a is above 2"}]


@pytest.fixture
def judged(make_package):
    """Writes a table with a rule; gives what is found, and what is not checked."""

    def judge(cells, rules=RULES, fields=FIELDS):
        text = "a,b\n" + "".join(f"{cell},{number}\n" for number, cell in enumerate(cells))
        report = validate(make_package(fields, text, rules=rules))
        found = [(one.row, one.rule, one.message) for one in report]
        return found, [(part.what, part.why) for part in report.not_checked]

    return judge


def failing(cell):
    reason = "conversion from `str` to `i32` failed in column 'a' for 1 out of 1 values"
    return f'the rule high fails: {reason}: ["{cell}"]'


def test_a_rule_that_fails_on_a_value_is_a_finding_of_its_row(judged):
    found, not_checked = judged(["3", "x", "1", "", "y", "4"])
    assert found == [
        (3, "high", failing("x")),
        (4, "high", "a is above 2 (rule high)"),
        (6, "high", failing("y")),
    ]
    assert not_checked == []


def test_other_rules_and_constraints_are_judged_all_the_same(judged):
    other = {"name": "low", "check": "b < 2", "message": "b is below 2", "severity": "warning"}
    fields = [{**FIELDS[0], "constraints": {"maxLength": 2}}, FIELDS[1]]
    found, _ = judged(["x", "long", "3"], [*RULES, other], fields)
    assert [(row, rule) for row, rule, _ in found] == [
        (2, "high"), (3, "high"), (3, "maxLength"), (4, "low"),
    ]  # fmt: skip


def test_rows_after_too_many_on_which_a_rule_fails_are_not_checked(judged, monkeypatch):
    monkeypatch.setattr(_rules, "MOST_FAILING", 3)
    monkeypatch.setattr(_rules.CompiledRule.verdicts, "__defaults__", (3,))
    found, not_checked = judged(["x"] * 10 + ["3"])
    assert [row for row, _, _ in found] == [2, 3, 4]
    assert not_checked == [
        ("row rule high in 8 of the rows of t", "it fails on too many others"),
    ]


@pytest.mark.parametrize("number", [1, 2, 7, 64])
def test_every_row_that_fails_is_found(judged, number):
    cells = ["3"] * number
    cells[number // 2] = "x"
    found, _ = judged(cells)
    assert [row for row, _, _ in found] == [number // 2 + 2]


def test_a_rule_that_says_one_thing_of_all_rows_is_refused_beside_others(judged):
    always = {"name": "always", "check": "1 = 1", "message": "is always so"}
    low = {"name": "low", "check": "b < 1", "message": "b is below 1"}
    found, _ = judged(["1", "2"], [always, low])
    assert [(row, rule) for row, rule, _ in found if row] == [(3, "low")]
    assert any("must say true or false of each row" in message for _, _, message in found)
