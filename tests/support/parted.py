"""Runs in parts, and what is compared of reports whose findings may come in another order."""

from collections import Counter
from io import BytesIO

from support.golden import expected
from support.places import PACKAGES
from validate import PackageError, merge, run_part


def results(path, count, **options):
    """The results of all parts, each a stream."""
    streams = []
    for number in range(1, count + 1):
        stream = BytesIO()
        run_part(path, f"{number}/{count}", stream, **options)
        streams.append(stream)
    return streams


def in_parts(path, count, sources=None, *, unfolded=False, **options):
    """The report of so many parts, the last of which is merged first."""
    return merge(results(path, count, **options)[::-1], None, sources, unfolded=unfolded)


def said(report):
    """All that a report says but for the order: findings, waived ones, counts, what is left out."""
    return {
        "findings": Counter(report.findings),
        "waived": Counter(report.waived),
        "checked": {one.what: one.count for one in report.checked},
        "not checked": Counter(report.not_checked),
        "remarks": report.remarks,
        "counts": (report.findings.errors, report.findings.warnings),
    }


def outcome(judged, name, **options):
    """What is said of one of the packages for tests by a run of some kind, or why it is none."""
    folder, sources = PACKAGES / name, expected(name).get("sources")
    try:
        return said(judged(folder, sources=sources and folder / sources, **options))
    except PackageError as error:
        return str(error)
