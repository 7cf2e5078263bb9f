"""Amounts whose sign stands where no number has it."""

from collections import Counter

import pytest

from validate._src.describe.amounts import amounts_in

ELSEWHERE = {
    "with the sign before the currency": ["-£1.01", "£2.02", "-£3,003.03", "£4.00"],
    "in parentheses for a minus": ["(£1.01)", "£2.02", "(£3.03)"],
    "in parentheses for a minus, bare": ["(1.01)", "2.02", "(1,003.03)"],
    "with the sign behind the digits": ["1.01-", "2.02", "1.003,03-"],
    "with the sign behind the digits, euro": ["1,01 €-", "2,02 €", "3 €-"],
    "with DR or CR for a sign": ["1.01 DR", "2.02 CR", "3.03 DR"],
}


@pytest.mark.parametrize("kind", ELSEWHERE)
def test_where_the_sign_is_is_said_with_what_to_do(kind):
    found = amounts_in(Counter(ELSEWHERE[kind]))
    assert found is not None
    how, text = kind.split(",")[0], ELSEWHERE[kind][0]
    assert found.said().startswith(f'amounts {how}, such as "{text}": a number has its minus')
    assert text not in found.said(hides=True)


def test_a_fault_among_them_changes_nothing():
    found = amounts_in(Counter([*(f"-£{number}.50" for number in range(20)), "£1O.00"]))
    assert found is not None


@pytest.mark.parametrize(
    "texts",
    [
        ["£1.01", "£-2.02", "£3.03"],
        ["-1.01", "2.02", "-3"],
        ["-£1.01", "£2.02"],  # one, which may be a slip
        ["5-", "4", "3-", "2+"],  # grades
        ["(1)", "(2)", "(3)"],  # notes
        ["12 CR", "13 CR", "14 DR"],  # credits, or rooms
        ["-£1.01", "-£2.02", "Shop", "Bank", "Mill"],
        ["", "n/a"],
    ],
)
def test_other_texts_are_none(texts):
    assert amounts_in(Counter(texts)) is None
