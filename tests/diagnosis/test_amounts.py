"""Amounts whose sign stands where no number has it, told in one sentence."""

import pytest
from support.command import run
from support.made import one_table

from validate import validate


@pytest.fixture
def checked(tmp_path):
    """The report on a column of these amounts, numbers that have a currency or none."""

    def check(texts, *, bare=False):
        fields = [{"name": "paid", "type": "number", "groupChar": ",", "bareNumber": bare}]
        folder, file = one_table(tmp_path, "t.csv", fields)
        file.write_text("paid\n" + "".join(f'"{text}"\n' for text in texts), "utf-8")
        return validate(folder)

    return check


def amounts(form, others=("£2,000.00", "£3.00")):
    return [*(form.format(number) for number in range(10, 30)), *others]


@pytest.mark.parametrize("form", ["-£{}.50", "({}.50)", "{}.50-", "{}.50 DR"])
def test_amounts_are_told_once_and_their_faults_stay(checked, form):
    has_currency = "£" in form
    others = ("£2,000.00", "£3.00") if has_currency else ("2,000.00", "3")
    report = checked([*amounts(form, others), "1O.00"], bare=not has_currency)
    assert [(found.code, found.value) for found in report] == [
        ("misread-file", form.format(10)),
        ("type-error", "1O.00"),
    ]
    assert next(iter(report)).folded == 20
    assert "a number has its minus right before its digits" in next(iter(report)).message


def test_amounts_as_numbers_have_them_are_valid(checked):
    assert checked(amounts("£-{}.50")).valid


def test_other_faults_are_left_alone(checked):
    texts = [*amounts("£-{}.50"), "-£1.50", "£1O.00"]
    assert {found.code for found in checked(texts)} == {"type-error"}


def test_a_first_descriptor_says_so_too(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text = "n,paid\n" + "".join(f"{n},-£{n}.50\n" for n in range(20))
    (tmp_path / "t.csv").write_text(text, "utf-8")
    output = " ".join(run("init", "t.csv").output.split())
    assert "paid is string: looks like amounts with the sign before the currency" in output
