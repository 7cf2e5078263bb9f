"""Columns of dates and times that no format of a field has."""

import json
from pathlib import Path

import pytest
from support.command import run

from validate._src.describe.unwritable import unwritable

BY_ANY = ', or give the field the type "datetime" and the format "any"'


def said(*texts, **options):
    return unwritable(dict.fromkeys(texts, 1), **options)


def test_a_zone_without_minutes_is_said_with_what_takes_it():
    assert said("2024-03-31 12:00:00+01", "2024-04-01 12:00:00+02", "NA") == (
        'looks like datetimes such as "2024-03-31 12:00:00+01", but no "format" has the zone +01; '
        f"write +01:00{BY_ANY}"
    )


def test_a_zone_by_its_name_is_said():
    assert said("2024-03-31 12:00 CEST") == (
        'looks like datetimes such as "2024-03-31 12:00 CEST", but no "format" has the zone CEST; '
        "write how far it is from UTC, as +01:00"
    )


def test_several_forms_are_said_with_one_text_of_each():
    assert said("2024-03-31 12:00:00", "2024-03-31 12:00:00.5", "2024-03-31 13:00:00") == (
        'looks like datetimes in 2 forms, such as "2024-03-31 12:00:00" and '
        f'"2024-03-31 12:00:00.5"; a field has one "format", so write all alike{BY_ANY}'
    )
    assert said("31.12.2024", "12/31/2024") == (
        'looks like dates in 2 forms, such as "31.12.2024" and "12/31/2024"; a field has one '
        '"format", so write all alike'
    )
    assert said("01.02.2024", "03.02.2024", "31.12.2024", "2024-02-01").startswith(
        'looks like dates in 2 forms, such as "01.02.2024" and "2024-02-01"'
    )
    assert said("2024-03-31", "2024-03-31 12:00", hides=True) == (
        f'looks like dates and datetimes in 2 forms; a field has one "format", so write all alike'
        f"{BY_ANY}"
    )


@pytest.mark.parametrize(
    "texts",
    [["a", "b"], ["12:00", "13:00"], ["2024-01-02", "a", "b"], ["31/04/2024"], ["12:00 x"], []],
)
def test_of_other_texts_nothing_is_said(texts):
    assert said(*texts) is None


def test_init_says_it_and_the_format_any_judges_such_a_column(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    texts = ["2024-03-31 12:00:00+01", "2024-04-01 12:00:00.5+02", "2024-04-02 12:00:00+02"]
    Path("t.csv").write_text("when,n\n" + "".join(f"{one},1\n" for one in texts), "utf-8")
    result = run("init", "t.csv")
    assert "t.when is string: looks like datetimes such as" in " ".join(result.output.split())
    file = Path("datapackage.json")
    descriptor = json.loads(file.read_text("utf-8"))
    when = descriptor["resources"][0]["schema"]["fields"][0]
    when |= {"type": "datetime", "format": "any", "constraints": {"minimum": texts[1]}}
    file.write_text(json.dumps(descriptor), "utf-8")
    assert "constraint not met (1)" in run("run").output
