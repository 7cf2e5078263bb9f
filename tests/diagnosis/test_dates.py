"""Dates and times in another form than is declared: said once for a column, with the form."""

import json

import pytest
from support.made import one_table, workbook

from validate import validate


@pytest.fixture
def checked(tmp_path):
    """The report on a column of these texts, of a type and perhaps with a format."""

    def check(texts, kind="date", form="default", **properties):
        fields = [{"name": "seen", "type": kind, "format": form}]
        folder, file = one_table(tmp_path, "t.csv", fields, **properties)
        file.write_text("seen\n" + "".join(f'"{text}"\n' for text in texts), "utf-8")
        return validate(folder)

    return check


def days(form, first=1, last=28):
    return [form.format(number) for number in range(first, last)]


FORMS = {
    "with points": (days("{:02}.01.2025"), "date", "default", '"format": "%d.%m.%Y"'),
    "month first": (days("1/{}/2025"), "date", "default", '"format": "%m/%d/%Y"'),
    "with names": (days("{} Jan 2025"), "date", "default", '"format": "%d %b %Y"'),
    "digits": (days("202501{:02}"), "date", "default", '"format": "%Y%m%d"'),
    "slashes": (days("2025/01/{:02}"), "date", "%d.%m.%Y", '"format": "%Y/%m/%d"'),
    "as by default": (days("2025-01-{:02}"), "date", "%d.%m.%Y", '"format": "default"'),
    "days and months": (days("{:02}/01/2025"), "date", "%m/%d/%Y", '"format": "%d/%m/%Y"'),
    "a space": (
        days("2025-01-{:02} 10:00:00"), "datetime", "default", '"format": "%Y-%m-%d %H:%M:%S"'
    ),
    "a zone": (
        days("{:02}.01.2025 10:00+0100"), "datetime", "default", '"format": "%d.%m.%Y %H:%M%z"'
    ),
    "no seconds": (days("10:{:02}"), "time", "default", '"format": "%H:%M"'),
    "half days": (days("1:{:02} PM"), "time", "default", '"format": "%I:%M %p"'),
    "datetimes": (days("2025-01-{:02}T10:00:00"), "date", "default", '"type": "datetime"'),
    "no times": (days("2025-01-{:02}"), "datetime", "default", '"type": "date"'),
    "another type": (
        days("{:02}.01.2025 10:00"), "date", "default",
        '"type": "datetime", "format": "%d.%m.%Y %H:%M"',
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", FORMS)
def test_another_form_is_told_in_one_sentence(checked, kind):
    texts, declared, form, said = FORMS[kind]
    (found,) = checked(texts, declared, form)
    assert (found.code, found.severity, found.field) == ("misread-file", "error", "seen")
    assert found.message.startswith("cells are ")
    assert f"; say {said} in the field" in found.message
    assert f'such as "{found.value}"' in found.message
    assert found.value in texts
    assert found.folded >= 15


@pytest.mark.parametrize("kind", FORMS)
def test_as_it_says_the_column_is_valid(checked, kind):
    texts, declared, form, said = FORMS[kind]
    properties = {"type": declared, "format": form, **json.loads(f"{{{said}}}")}
    assert checked(texts, properties["type"], properties["format"]).valid


def test_all_forms_are_named_that_the_cells_may_be_in(checked):
    (found,) = checked(days("{:02}/02/2025", 1, 12))
    assert '; say "format": "%d/%m/%Y" or "%m/%d/%Y" in the field' in found.message
    assert "dates written %d/%m/%Y or %m/%d/%Y" in found.message


def test_what_is_no_date_in_that_form_stays(checked):
    report = checked([*days("{:02}.01.2025"), "31.02.2025", "soon"])
    assert [(found.code, found.value) for found in report] == [
        ("misread-file", "01.01.2025"),
        ("type-error", "31.02.2025"),
        ("type-error", "soon"),
    ]
    assert next(iter(report)).folded == 27


def test_a_label_tells_the_column_where_the_order_is_free(tmp_path):
    fields = [{"name": "id", "type": "integer"}, {"name": "seen", "type": "date"}]
    folder, file = one_table(tmp_path, "t.csv", fields, schema={"fieldsMatch": "equal"})
    file.write_text("seen,id\n13.01.2025,1\n14.01.2025,2\n", "utf-8")
    (found,) = validate(folder)
    assert (found.rule, found.field, found.folded) == ("format", "seen", 2)


def test_of_a_restricted_table_no_example_is_shown(tmp_path):
    fields = [{"name": "who", "type": "string", "restricted": True}, {"name": "on", "type": "date"}]
    folder, file = one_table(tmp_path, "t.csv", fields)
    file.write_text("who,on\nAda,13.01.2025\nBo,14.01.2025\n", "utf-8")
    (found,) = validate(folder)
    assert (found.code, found.value, found.folded) == ("misread-file", None, 2)
    assert "2025" not in found.message
    assert '"format": "%d.%m.%Y"' in found.message


def test_texts_in_a_workbook_are_told(tmp_path):
    folder, file = one_table(tmp_path, "t.xlsx", [{"name": "seen", "type": "date"}])
    workbook(file, s=[["seen"], *([text] for text in days("{:02}.01.2025"))])
    (found,) = validate(folder)
    assert '"format": "%d.%m.%Y"' in found.message


UNLIKE = {
    "one text": (["13.01.2025"], "date", "default"),
    "one of many": ([*days("2025-01-{:02}"), "29.01.2025"], "date", "default"),
    "some of many": ([*days("2025-01-{:02}"), "29.01.2025", "30.01.2025"], "date", "default"),
    "two forms": ([*days("{:02}.01.2025"), *days("{:02}/01/2025")], "date", "default"),
    "a day too late": ([*days("01/{:02}/2025", 1, 12), "13/02/2025"], "date", "%m/%d/%Y"),
    "no days": (days("{:02}.13.2025", 13), "date", "default"),
    "numbers": (days("4{:02}00"), "date", "default"),
    "codes": (days("991399{:02}"), "date", "default"),
    "years": (days("20{:02}"), "date", "default"),
    "texts": (days("week {}"), "date", "default"),
    "other types": (days("{:02}.01.2025"), "integer", "default"),
}


@pytest.mark.parametrize("kind", UNLIKE)
def test_other_faults_are_left_alone(checked, kind):
    texts, declared, form = UNLIKE[kind]
    assert {found.code for found in checked(texts, declared, form)} == {"type-error"}


@pytest.mark.parametrize("missing", [[""], ["", "01.01.1900"]])
def test_missing_values_tell_nothing(checked, missing):
    texts = [*days("2025-01-{:02}"), *["01.01.1900"] * 40]
    report = checked(texts, schema={"missingValues": missing})
    assert report.valid == (len(missing) > 1)
