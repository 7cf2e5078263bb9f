"""Reports as SARIF 2.1.0, which code scanners and editors read: one run for all packages."""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import quote

import polars as pl

from validate._src import DISTRIBUTION
from validate._src.report.explain import explain
from validate._src.report.formats.view import View, pieces
from validate._src.report.formats.wording import descriptor, in_words
from validate._src.report.report import Report, Unusable
from validate._src.words.codes import CODES, ERROR, Code
from validate._src.words.finding import Finding
from validate._src.words.findingframe import each_finding
from validate._src.words.printing import counted, printable

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
ROOT = "%SRCROOT%"
INDEXES = {code: index for index, code in enumerate(CODES)}
NOT_CHECKED, NOT_LISTED, UNUSABLE = "not-checked", "not-listed", "unusable-package"
REMARK = "remark"
NOTIFICATIONS = {
    NOT_CHECKED: "Something was not checked.",
    NOT_LISTED: "Not all findings are listed.",
    UNUSABLE: "A package could not be validated.",
    REMARK: "Something is to be known of the run.",
}
PROPERTIES = (
    "resource", "row", "field", "rule", "key", "value", "note", "folded", "sheet", "cell",
)  # fmt: skip
ROW = pl.format("row {}", "row")
PLACE = [
    pl.col("line"),
    pl.coalesce("field", ROW, "resource").alias("name"),
    pl.concat_str("resource", ROW, "field", separator="/", ignore_nulls=True).alias("cell"),
    pl.when(pl.col("field").is_not_null())
    .then(pl.lit("member"))
    .when(pl.col("row").is_not_null())
    .then(pl.lit("object"))
    .otherwise(pl.lit("resource"))
    .alias("kind"),
]
_encode = json.JSONEncoder(check_circular=False).encode  # in ASCII, which no terminal obeys


def render(reports: Sequence[Report | Unusable], view: View) -> Iterator[str]:
    """The reports as a log of one run, each finding a result on a line of its own.

    Waived findings are suppressed results; what was not checked, what is not listed and
    packages that could not be validated are notifications of the tool.

    Source: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0, errata 01.
    """
    yield f'{{\n"version": "2.1.0",\n"$schema": "{SCHEMA}",\n"runs": [{{\n'
    yield f'"tool": {_encode({"driver": _driver()})},\n"columnKind": "unicodeCodePoints",\n'
    yield f'"invocations": [{_encode(_invocation(reports, view))}],\n"results": ['
    separator = "\n"
    for report in reports:
        for lines in _results(report, view) if isinstance(report, Report) else ():
            yield separator + lines
            separator = ",\n"
    yield "\n]\n}]\n}\n"


def _driver() -> dict[str, Any]:
    number = version(DISTRIBUTION)
    return {
        "name": "validate",
        "version": number,
        "semanticVersion": number,
        "rules": [_rule(code) for code in CODES.values()],
        "notifications": [
            {"id": name, "name": _pascal_case(name), "shortDescription": {"text": text}}
            for name, text in NOTIFICATIONS.items()
        ],
    }


def _rule(code: Code) -> dict[str, Any]:
    help_text = "\n".join(explain(code))
    return {
        "id": code.name,
        "name": _pascal_case(code.name),
        "shortDescription": {"text": code.title},
        "fullDescription": {"text": code.meaning},
        "help": {
            "text": help_text,
            "markdown": f"{code.remedy}\n\n```text\n{help_text}\n```",
        },
        "defaultConfiguration": {"level": code.severity},
    }


def _pascal_case(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("-"))


def _invocation(reports: Sequence[Report | Unusable], view: View) -> dict[str, Any]:
    return {
        "executionSuccessful": all(isinstance(report, Report) for report in reports),
        "toolExecutionNotifications": [
            notification for report in reports for notification in _notifications(report, view)
        ],
    }


def _notifications(report: Report | Unusable, view: View) -> Iterator[dict[str, Any]]:
    if isinstance(report, Unusable):
        said = f"{report.location}: {report.message}"
        yield _notification(UNUSABLE, ERROR, said, report.location)
        return
    file = descriptor(report)
    for part in report.not_checked:
        said = f"{report.package}: not checked: {part.what}: {part.why}"
        yield _notification(NOT_CHECKED, "note", said, file)
    for remark in report.remarks:
        yield _notification(REMARK, "note", f"{report.package}: {remark}", file)
    if hidden := len(report.findings) - view.number_shown(report):
        said = f"{report.package}: {counted(hidden, 'finding')} not listed (--limit, --code)"
        yield _notification(NOT_LISTED, "note", said, file)


def _notification(name: str, level: str, said: str, location: str) -> dict[str, Any]:
    return {
        "descriptor": {"id": name, "index": [*NOTIFICATIONS].index(name)},
        "level": level,
        "message": {"text": _message(printable(said))},
        "locations": [{"physicalLocation": {"artifactLocation": _artifact(location)}}],
    }


def _results(report: Report, view: View) -> Iterator[str]:
    """The results of a package in lines, many at once."""
    artifacts: dict[str, Mapping[str, str]] = {}
    for findings in pieces(chain(view.frames(report), report.waived.frames(view.codes))):
        for path in findings["path"].unique():
            artifacts.setdefault(path, _artifact(report.file(path)))
        texts = in_words(findings, report).select("whole", *PLACE).iter_rows()
        yield ",\n".join(
            _encode(_result(finding, report, said, _location(artifacts[finding.path], *place)))
            for finding, (said, *place) in zip(each_finding(findings), texts, strict=True)
        )


def _result(
    finding: Finding, report: Report, said: str, location: Mapping[str, Any]
) -> dict[str, Any]:
    return {
        "ruleId": finding.code,
        "ruleIndex": INDEXES[finding.code],
        "level": finding.severity,
        "message": {"text": _message(said)},
        "locations": [location],
        "partialFingerprints": {"finding/v1": _fingerprint(finding, report.package)},
        "suppressions": [] if finding.waiver is None else [_suppression(finding.waiver)],
        "properties": {
            part: value for part in PROPERTIES if (value := getattr(finding, part)) is not None
        },
    }


def _location(
    artifact: Mapping[str, str], line: int | None, name: str, cell: str, kind: str
) -> dict[str, Any]:
    region = {} if line is None else {"region": {"startLine": line}}
    return {
        "physicalLocation": {"artifactLocation": artifact, **region},
        "logicalLocations": [{"name": name, "fullyQualifiedName": cell, "kind": kind}],
    }


def _suppression(reason: str) -> dict[str, str]:
    return {"kind": "external", "justification": printable(reason)}


def _message(text: str) -> str:
    """A text as messages have it, in which nothing is a placeholder or a link."""
    return text.replace("{", "{{").replace("}", "}}").replace("](", "] (")


def _fingerprint(finding: Finding, package: str) -> str:
    """The same for a fault wherever its row moves to, if the row has a key."""
    row = finding.key or finding.row
    what = (package, finding.resource, row, finding.field, finding.code, finding.rule)
    return hashlib.sha256(_encode(what).encode()).hexdigest()[:32]


def _artifact(path: str) -> dict[str, str]:
    """Where a file is: relative to the working folder, or else by an absolute URI."""
    if "://" in path:
        return {"uri": quote(path, safe="/:?#[]@!$&'()*+,;=%~")}
    if Path(path).is_absolute() or ".." in Path(path).parts:
        return {"uri": Path(path).resolve().as_uri()}
    return {"uri": quote(os.fsencode(path)), "uriBaseId": ROOT}
