"""Numerals: the numbers that texts state, and what is held to them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validate import validate
from validate._src.checks._numerals import numbers_in
from validate._src.checks._numeralwords import ONES, TENS

NAMES = ONES.split()
DIGITS = "〇一二三四五六七八九"


def stated(text):
    """The numbers that a text states, each as one number."""
    return [
        min(numbers, key=abs) if len(numbers) == 1 else set(numbers) for numbers in numbers_in(text)
    ]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("", []),
        ("about 28,500 of them", [28500]),
        ("約2万8,500羽", [28500]),
        ("年間約11億円", [1_100_000_000]),
        ("1.1 billion", [1_100_000_000]),
        ("3千億", [300_000_000_000]),
        ("1兆2000億3", [1_200_000_000_003]),
        ("一〇個", [10]),
        ("二〇二六年", [2026]),
        ("五十三", [53]),
        ("千五百", [1500]),
        ("二千三百五", [2305]),
        ("百", [100]),
        ("０．５", [Decimal("0.5")]),
        ("twenty-five, thirty", [25, 30]),
        ("two hundred and five", [205]),
        ("five million two hundred thousand", [5_200_000]),
        ("a thousand two hundred", [1200]),
        ("twenty twenty-five", [20, 25]),
        ("ten eleven 12 13", [10, 11, 12, 13]),
        ("the fourth of the twentieth", [4, 20]),
        ("第57回 the 57th", [57, 57]),
        ("2 to 3 million", [2_000_000, 3_000_000]),
        ("2〜3千億", [200_000_000_000, 300_000_000_000]),
        ("two to three hundred", [200, 300]),
        ("9 to 3 million", [9, 3_000_000]),
        ("2〜三千五百", [2, 3500]),
        ("1千〜2万", [1000, 20000]),
        ("20–30%", [20, 30]),
        ("-5, minus 6, マイナス7, 10-4", [-5, -6, -7, 10, 4]),
        ("half, 半分, 半数", [{Decimal("0.5"), Decimal(50)}] * 3),
        ("one half, ½, 二分の一", [{Decimal("0.5"), Decimal(50)}] * 3),
        ("¾; 4分の3; one fifth", [{Decimal("0.75"), 75}] * 2 + [{Decimal("0.2"), 20}]),
        ("⅓, two thirds, a third of it, 3分の1, 3万分の1, 1⁄0", []),
        ("1½, 2年半, one and a half", [Decimal("1.5"), Decimal("2.5"), Decimal("1.5")]),
        ("2½ million", [2_500_000]),
        ("half a million, half million", [500_000, 500_000]),
        ("two and a half million", [2_500_000]),
        ("2月半ば、5年半額", [2, 5]),
        ("3割5分2厘", [{Decimal("0.352"), Decimal("35.2")}]),
        ("二、三割", [{Decimal("0.2"), 20}, {Decimal("0.3"), 30}]),
        ("5、6万と5、7万", [50000, 60000, 5, 70000]),
        ("between 2 and 3 million", [2_000_000, 3_000_000]),
        ("2 and 3 million", [2, 3_000_000]),
        ("$2 to about $3 million", [2_000_000, 3_000_000]),
        ("2−3万、2‐3万、2ー3万", [20000, 30000] * 3),
        ("between 1 million and 2 million", [1_000_000, 2_000_000]),
        ("one hundred and two hundred", [100, 200]),
        ("one million and twenty-five million", [1_000_000, 25_000_000]),
        ("two dozen, half a dozen", [24, 6]),
        ("5bn, $5m, 5m", [5_000_000_000, 5_000_000, 5]),
        ("30-second, 5 second, five second, 10 per second", [30, 5, 5, 10]),
        ("▲5%、は-5%、−5〜−3", [-5, -5, -5, -3]),
        ("2025年-2030年", [2025, 2030]),
        ("twenty‑five", [25]),
        ("二○二六、二○○五", [2026, 2005]),
        ("弐万、参百、壱拾", [20000, 300, 10]),
        ("参加者3人", [3]),
        ("1\u00a0000\u00a0000, 28\u202f500", [1_000_000, 28500]),
        ("1 000 000", [1, 0, 0]),
        ("2025.12.05, 1.5.2, 3.5.", [2025, 12, 5, 1, 5, 2, Decimal("3.5")]),
        ("3割", [{Decimal("0.3"), Decimal(30)}]),
        ("2-3割", [{Decimal("0.2"), Decimal(20)}, {Decimal("0.3"), Decimal(30)}]),
        ("3割合", [3]),
        ("初めて、最初、首位、最優先、最重要", [1] * 5),
        ("数百人、何千、hundreds, billions", []),
        ("数百万、何千億、十数人、百数十人、10数年", []),
        ("several hundred, a few thousand, many million", []),
        ("12m², 4⁵", [12, 4]),
        ("9" * 301, []),
        ("9" * 300, [int("9" * 300)]),
        ("1,2345", [1, 2345]),
    ],
)
def test_numbers_that_a_text_states(text, numbers):
    assert stated(text) == numbers


@given(st.integers(0, 10**16 - 1))
def test_digits_kanji_and_large_units_say_the_same(number):
    grouped = f"{number:,}"
    positional = "".join(DIGITS[int(digit)] for digit in str(number))
    parts = [
        (number // 10**power % 10**4, unit)
        for power, unit in ((12, "兆"), (8, "億"), (4, "万"), (0, ""))
    ]
    by_units = "".join(f"{part}{unit}" for part, unit in parts if part) or "0"
    assert stated(f"計{grouped}、{positional}、{by_units}") == [number] * 3


@given(st.integers(1, 999), st.sampled_from([1, 10**3, 10**6, 10**9, 10**12]))
def test_words_say_what_digits_say(number, times):
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    below = (
        NAMES[rest] if rest < 20 else "-".join([TENS[tens - 2], *([NAMES[ones]] if ones else [])])
    )
    words = [*([f"{NAMES[hundreds]} hundred"] if hundreds else []), *([below] if rest else [])]
    unit = {1: "", 10**3: " thousand", 10**6: " million", 10**9: " billion", 10**12: " trillion"}[
        times
    ]
    assert stated(f"Some {' and '.join(words)}{unit} of them") == [number * times]
    assert stated(f"{number}{unit}") == [number * times]


@given(st.text())
def test_any_text_can_be_asked(text):
    assert all(1 <= len(numbers) <= 2 for numbers in numbers_in(text))


A, N = {"name": "a", "type": "string"}, {"name": "n", "type": "number"}


def messages(report):
    return [(found.field, found.rule, found.message) for found in report.findings]


def test_a_number_is_compared_exactly(make_package):
    fields = [{**A, "numeral": {"value": "n"}}, {**N, "type": "integer"}]
    folder = make_package(fields, f"a,n\n{2**80},{2**80}\n{2**80},{2**80 + 1}\n0.1,1\n")
    assert messages(validate(folder)) == [
        ("n", "value", f"a states {2**80:,}"),
        ("n", "value", "a states 0.1"),
    ]


def test_a_value_of_the_wrong_type_has_one_finding(make_package):
    (found,) = validate(
        make_package([{**A, "numeral": {"value": "n"}}, N], "a,n\n2,two\n")
    ).findings
    assert found.code == "type-error"


def test_what_goes_with_a_numeral_without_column(make_package):
    fields = [{**A, "numeral": {"value": "n"}}, N]
    report = validate(make_package(fields, "a\n2\n", fieldsMatch="superset"))
    assert [one.what for one in report.not_checked] == ["numerals of t.a beside n"]


@pytest.mark.parametrize("fast", [False, True])
def test_fast_names_numerals_as_left_out(make_package, fast):
    folder = make_package([{**A, "numeral": {"value": "n"}}, N], "a,n\n2,3\n")
    report = validate(folder, fast=fast)
    assert [one.what for one in report.not_checked] == ["numerals"] * fast
    assert len(report.findings) == (not fast)
