"""Dates and times of format `any`: the result never depends on the day of the run."""

import datetime as calendar
from datetime import datetime
from types import SimpleNamespace

import pytest
from dateutil.parser import _parser as reader
from support.made import one_table, places

from validate import load, validate
from validate._src.fields import _anydates

WHOLE = {
    "date": ["26 January 2024", "2024-01-26", "Friday, 26 Jan 2024", "1/26/2024", "20240126",
             "January 26th, 2024", "26 Jan 24", "26 Jan 69", "2024-01-26 10:30"],
    "time": ["3:30 pm", "15:30:05", "3 pm", "15:30:05.25", "15:30 +09:00"],
    "datetime": ["26 Jan 2024 15:30", "2024-01-26T15:30:05Z", "Jan 26 2024 3 pm",
                 "2024-01-26 15:30 CET", "20240126T153005"],
}  # fmt: skip
LACKING = {
    "date": ["5", "12", "2024", "January", "Jan 2024", "26 January", "Friday",
             "Friday January 2024", "10:30", "1/26", "29 February"],
    "time": ["5", "2024-01-26", "Friday", "26 Jan"],
    "datetime": ["26 Jan 2024", "2024-01-26", "15:30", "26 Jan 15:30", "Friday 15:30",
                 "2024 15:30"],
}  # fmt: skip
TODAYS = [datetime(1999, 3, 31, 9, 20, 30), datetime(2090, 11, 5, 22, 10, 40)]


@pytest.fixture
def written(tmp_path):
    """Writes a table of texts of a type; gives its folder."""

    def write(kind, texts):
        folder, file = one_table(tmp_path, "t.csv", [{"name": "x", "type": kind, "format": "any"}])
        file.write_text("x\n" + "".join(f'"{text}"\n' for text in texts), "utf-8")
        return folder

    return write


@pytest.mark.parametrize("kind", WHOLE)
def test_a_value_that_has_all_parts_is_read(kind, written):
    assert places(validate(written(kind, WHOLE[kind]))) == []


@pytest.mark.parametrize("kind", LACKING)
def test_a_value_that_lacks_a_part_is_no_value(kind, written):
    rows = range(2, len(LACKING[kind]) + 2)
    found = places(validate(written(kind, LACKING[kind])))
    assert found == [(row, "x", "type-error") for row in rows]


@pytest.mark.parametrize("kind", WHOLE)
def test_the_day_of_the_run_changes_nothing(kind, written, monkeypatch):
    folder = written(kind, [*WHOLE[kind], *LACKING[kind]])
    said, read = [], []
    for today in TODAYS:
        now = type("Now", (datetime,), {"now": lambda *_, day=today: day})
        monkeypatch.setattr(
            reader, "datetime", SimpleNamespace(**vars(calendar) | {"datetime": now})
        )
        local = SimpleNamespace(localtime=lambda day=today: day.timetuple(), tzname=("UTC", "UTC"))
        monkeypatch.setattr(reader, "time", local)
        _anydates._parser.cache_clear()
        said.append(places(validate(folder)))
        read.append(load(written(kind, WHOLE[kind]))["t"].rows())
        written(kind, [*WHOLE[kind], *LACKING[kind]])
    assert said[0] == said[1]
    assert read[0] == read[1]
    assert len(said[0]) == len(LACKING[kind])


def test_years_of_two_digits_are_those_of_posix(written):
    texts = ["1 May 68", "1 May 69"]
    days = load(written("date", texts))["t"]["x"]
    assert days.dt.year().to_list() == [2068, 1969]
