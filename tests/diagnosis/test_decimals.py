"""Decimal commas that part the cells of a text delimited by commas."""

import pytest
from support.made import one_table

from validate import validate

FIELDS = [
    {"name": "id", "type": "integer"},
    {"name": "depth", "type": "number"},
    {"name": "name", "type": "string"},
    {"name": "width", "type": "number"},
]


def table(names, row):
    return "".join([",".join(names) + "\n", *(row(at) + "\n" for at in range(3, 43))])


TEXTS = {
    "one number": (["id", "depth"], lambda at: f"{at},{at * 7},{at % 10}"),
    "a number before a text": (
        ["id", "depth", "name"],
        lambda at: f"{at},{at // 2},{at % 10},Pond",
    ),
    "two numbers": (FIELDS, lambda at: f"{at},{at * 3},{at % 10},Pond,-{at},05"),
    "cents": (["id", "depth"], lambda at: f"{at},{at * 3},{at % 100:02}"),
    "many decimals": (["id", "depth"], lambda at: f"{at},{at * 3},{at:08}"),
}


@pytest.fixture
def checked(tmp_path):
    """The report on a table of this text, with a schema or without."""

    def check(text, names, *, declared, delimiter=","):
        fields = [field for field in FIELDS if field["name"] in names]
        folder, file = one_table(tmp_path, "t.csv", fields, dialect={"delimiter": delimiter})
        file.write_text(text, "utf-8")
        return validate(folder if declared else file)

    return check


@pytest.mark.parametrize("declared", [True, False])
@pytest.mark.parametrize("kind", TEXTS)
def test_decimal_commas_are_told_in_one_sentence(checked, kind, declared):
    names, row = TEXTS[kind]
    names = [name["name"] if isinstance(name, dict) else name for name in names]
    (found,) = checked(table(names, row), names, declared=declared)
    assert (found.code, found.severity, found.rule) == ("misread-file", "error", "decimalChar")
    assert "probably decimal commas, which part the cells too" in found.message
    surplus = "2 cells more" if kind == "two numbers" else "1 cell more"
    assert f"each row has {surplus} than there are columns" in found.message
    assert found.folded >= 40


UNLIKE = {
    "years": (["id", "depth"], lambda at: f"{at},{at},{1990 + at}"),
    "a comma at the end": (["id", "depth"], lambda at: f"{at},{at},"),
    "texts": (["id", "name"], lambda at: f"{at},Pond,Lake"),
    "one row in two": (["id", "depth"], lambda at: f"{at},{at}" + (",5" if at % 2 else "")),
}


@pytest.mark.parametrize("declared", [True, False])
@pytest.mark.parametrize("kind", UNLIKE)
def test_other_cells_too_many_are_not(checked, kind, declared):
    names, row = UNLIKE[kind]
    report = checked(table(names, row), names, declared=declared)
    assert "decimalChar" not in {found.rule for found in report}
    assert not report.valid


def test_of_another_delimiter_it_is_not_said(checked):
    names, row = TEXTS["one number"]
    text = table(names, row).replace(",", ";")
    report = checked(text, names, declared=True, delimiter=";")
    assert {found.code for found in report} == {"extra-cell"}


def test_whole_columns_are_left_alone(checked):
    names = ["id", "depth", "width"]
    text = table(names, lambda at: f"{at},{at},{at % 10}")
    assert checked(text, names, declared=True).valid
