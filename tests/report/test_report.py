"""The report as a value: its summary, and that it survives being sent to another process."""

import pickle

import pytest
from support.places import ROOT

from validate import InvalidPackageError, PackageError, load, validate
from validate._src.reading.items import BrokenContentError
from validate._src.reading.records import EndlessRecordError
from validate._src.report.report import Unusable
from validate._src.words import _held as held_frames
from validate._src.words.errors import UnreadableError

PACKAGES = ROOT / "tests" / "packages"


@pytest.fixture
def numbers(make_package):
    """The report on a table in which so many cells hold no number."""

    def report(count):
        fields = [{"name": "depth", "type": "number"}]
        return validate(make_package(fields, "depth\n" + "deep\n" * count))

    return report


def test_a_report_prints_as_a_summary(numbers):
    assert str(numbers(2)).splitlines()[:2] == [
        "made: not valid, 2 errors in 1 file",
        "  t.csv: type-error 2",
    ]


def test_a_summary_says_what_is_waived():
    assert "waived: 1 finding" in str(validate(PACKAGES / "waiver")).splitlines()


def test_a_summary_says_what_was_not_checked(make_package):
    report = validate(
        make_package([{"name": "depth"}], "depth\n1\n", primaryKey="depth"), fast=True
    )
    assert str(report).splitlines() == [
        "made: valid in all that was checked",
        "not checked: keys: only structure and types are asked for",
    ]


def test_a_summary_is_safe_to_print(make_package):
    folder = make_package([{"name": "depth", "type": "number"}], "depth\nx\n")
    descriptor = (folder / "datapackage.json").read_text("utf-8")
    evil = descriptor.replace("{", '{"version": "\\u001b[2J", ', 1)
    (folder / "datapackage.json").write_text(evil, "utf-8")
    assert "\x1b" not in str(validate(folder))


@pytest.mark.parametrize("most", [10, 1000])
def test_a_report_survives_pickling_wherever_its_findings_lie(numbers, monkeypatch, most):
    monkeypatch.setattr(held_frames, "MOST_IN_MEMORY", most)
    report = numbers(60)
    sent = pickle.dumps(report)
    found, summary = list(report), str(report)
    del report
    arrived = pickle.loads(sent)
    assert (list(arrived), str(arrived), len(arrived.findings)) == (found, summary, 60)
    assert arrived.findings._held.on_disk == (most < 60)


def test_the_error_of_an_invalid_package_survives_pickling(make_package):
    with pytest.raises(InvalidPackageError) as caught:
        load(make_package([{"name": "depth", "type": "number"}], "depth\nx\n"))
    arrived = pickle.loads(pickle.dumps(caught.value))
    assert type(arrived) is InvalidPackageError
    assert str(arrived) == str(caught.value)
    assert list(arrived.report) == list(caught.value.report)


@pytest.mark.parametrize(
    "kind", [PackageError, UnreadableError, BrokenContentError, EndlessRecordError]
)
def test_an_error_survives_pickling(kind):
    error = kind("of\ntwo lines")
    arrived = pickle.loads(pickle.dumps(error))
    assert (type(arrived), str(arrived), arrived.args) == (kind, str(error), error.args)


def test_what_cannot_be_used_is_a_report_without_findings():
    report = Unusable("nowhere", "no such file")
    assert (list(report.findings), report.valid, report.exit_code()) == ([], False, 2)
