"""Reports as JUnit XML, which build servers show: a suite for each file, a failure an error."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import chain
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

import polars as pl

from validate._src.report.formats.view import SLICE, View, pieces
from validate._src.report.formats.wording import descriptor, in_descriptor, in_words
from validate._src.report.report import Report, Unusable
from validate._src.words.codes import CODES, ERROR, WARNING
from validate._src.words.outcome import NOT_ASKED_FOR
from validate._src.words.printing import counted, printable

FAILED, BROKEN, SKIPPED, NOTED = "failure", "error", "skipped", "system-out"
OUTCOMES = {ERROR: FAILED, WARNING: NOTED}
REMEDIES = {code.name: code.remedy for code in CODES.values()}
NAME = [
    pl.col("code"),
    pl.format(" ({})", "rule"),
    pl.format(" in {}", "field"),
    pl.format(", row {}", "row"),
    pl.format(", key {}", "key"),
]
SAID = ("sheet", "cell", "row", "key", "field", "value", "rule")
TEXT = [
    pl.concat_str("file", pl.format(":{}", "line"), ignore_nulls=True),
    *(pl.format(f"{name}: {{}}", name) for name in SAID),
    pl.col("message"),
    pl.format("note: {}", "note"),
    pl.col("code").replace_strict(REMEDIES, return_dtype=pl.String),
]


@dataclass(frozen=True)
class _Case:
    """A test, and the element that says what came out; None where it just passed."""

    of: str
    name: str
    outcome: str | None = None
    type: str | None = None
    message: str | None = None
    text: str = ""


@dataclass(frozen=True)
class _Suite:
    """Tests, and how many come out how, which is known before they are there."""

    name: str
    counts: Counter[str | None]
    cases: Iterable[_Case]


def render(reports: Sequence[Report | Unusable], view: View) -> Iterator[str]:
    """A suite for each file; one in which nothing was found has a test that says so.

    Errors fail, waived findings and what was not checked are skipped, warnings pass and
    are noted. A package that could not be validated is an error.
    """
    suites = [suite for report in reports for suite in _suites(report, view)]
    xml = _Xml()
    xml.open("testsuites", {"name": "validate", **_numbers(suites)})
    for suite in suites:
        skipped = str(suite.counts[SKIPPED])
        xml.open("testsuite", {"name": suite.name, **_numbers([suite]), "skipped": skipped})
        for number, case in enumerate(suite.cases, 1):
            xml.case(case)
            if number % SLICE == 0:
                yield xml.taken()
        xml.close("testsuite")
        yield xml.taken()
    xml.close("testsuites")
    yield xml.taken()


def _numbers(suites: Iterable[_Suite]) -> dict[str, str]:
    counts = sum((suite.counts for suite in suites), Counter[str | None]())
    numbers = {"tests": counts.total(), "failures": counts[FAILED], "errors": counts[BROKEN]}
    return {name: str(number) for name, number in numbers.items()}


def _suites(report: Report | Unusable, view: View) -> Iterator[_Suite]:
    if isinstance(report, Unusable):
        place = printable(report.location)
        case = _Case(place, "usable", BROKEN, "unusable", printable(report.message))
        yield _Suite(place, Counter([BROKEN]), [case])
        return
    if report.not_checked or report.remarks:
        file = printable(descriptor(report))
        cases = [_not_checked(file, part.what, part.why) for part in report.not_checked]
        cases += [_Case(file, "note", NOTED, text=printable(said)) for said in report.remarks]
        yield _Suite(file, Counter(case.outcome for case in cases), cases)
    yield from _file_suites(report, view)


def _file_suites(report: Report, view: View) -> Iterator[_Suite]:
    found, listed = report.findings.by_severity(), _counted(view.frames(report))
    waived = report.waived.by_severity(view.codes)
    files = _files(report)
    for path in dict.fromkeys([*files, *(path for path, _ in found + waived)]):
        name, why = _name(path, report), files.get(path)
        cases = [*_unlisted(name, found - listed, path)]
        if not any(found[path, severity] for severity in OUTCOMES):
            cases.append(_not_checked(name, "rows", why) if why else _Case(name, "no findings"))
        counts = Counter(case.outcome for case in cases)
        counts.update({outcome: listed[path, severity] for severity, outcome in OUTCOMES.items()})
        counts.update({SKIPPED: sum(waived[path, severity] for severity in OUTCOMES)})
        frames = report.findings.frames(view.codes, view.limit, path)
        of_waivers = report.waived.frames(view.codes, path=path)
        yield _Suite(name, counts, chain(cases, _cases(chain(frames, of_waivers), report)))


def _counted(frames: Iterable[pl.DataFrame]) -> Counter[tuple[str, str]]:
    """How many findings there are of each file and severity."""
    counts: Counter[tuple[str, str]] = Counter()
    for frame in frames:
        for path, severity, count in frame.group_by("path", "severity").len().iter_rows():
            counts[path, severity] += count
    return counts


def _files(report: Report) -> dict[str, str | None]:
    """The files of the package, each with the reason why its rows were not looked at, if any."""
    files: dict[str, str | None] = {}
    for resource in report.source.resources.values():
        why = _why_not(resource.name, report)
        for path in [part.location for part in resource.parts] or [resource.location]:
            files[path] = files.get(path) or why
    return files


def _why_not(resource: str, report: Report) -> str | None:
    if resource in report.left_out:
        return NOT_ASKED_FOR
    # Only rows that are not read may have faults of any code.
    of_rows = (part for part in report.not_checked if part.hides(resource, "type-error"))
    return next((part.why for part in of_rows), None)


def _name(path: str, report: Report) -> str:
    """The file as seen from the working folder; of data in the descriptor, which they are too."""
    file = report.file(path)
    return printable(f"{file}: {path}" if path in in_descriptor(report) else file)


def _not_checked(of: str, what: str, why: str) -> _Case:
    return _Case(of, printable(what), SKIPPED, "not-checked", printable(why))


def _unlisted(of: str, hidden: Mapping[tuple[str, str], int], path: str) -> Iterator[_Case]:
    """What stands for the findings of a file that are not shown: a file with errors fails."""
    for severity, outcome in OUTCOMES.items():
        if count := hidden.get((path, severity)):
            said = f"not listed: {counted(count, severity)} (--limit, --code)"
            yield _Case(of, f"{severity}s not listed", outcome, "not-listed", said, said)


def _cases(frames: Iterable[pl.DataFrame], report: Report) -> Iterator[_Case]:
    for findings in pieces(frames):
        columns = in_words(findings, report).select(
            pl.col("file"),
            pl.concat_str(NAME, ignore_nulls=True).alias("name"),
            pl.when(pl.col("waiver").is_null())
            .then(pl.col("severity").replace_strict(OUTCOMES, return_dtype=pl.String))
            .otherwise(pl.lit(SKIPPED)),
            pl.col("code"),
            pl.coalesce("waiver", "said").alias("message"),
            pl.concat_list(TEXT).list.drop_nulls().list.join("\n").alias("text"),
        )
        yield from (_Case(*row) for row in columns.iter_rows())


class _Xml:
    """An XML document that is taken piece by piece while it is written."""

    def __init__(self) -> None:
        """Begins it."""
        self._text = StringIO()
        self._xml = XMLGenerator(self._text, "utf-8", short_empty_elements=True)
        self._xml.startDocument()

    def taken(self) -> str:
        """What was written since it was last taken."""
        text = self._text.getvalue()
        self._text.seek(0)
        self._text.truncate()
        return text

    def open(self, name: str, attributes: Mapping[str, str]) -> None:
        """Begins an element on a line of its own."""
        self._xml.startElement(name, AttributesImpl(attributes))
        self._xml.characters("\n")

    def close(self, name: str) -> None:
        """Ends an element."""
        self._xml.endElement(name)
        self._xml.characters("\n")

    def case(self, case: _Case) -> None:
        """Writes a test."""
        named = {"classname": case.of, "name": case.name}
        self._xml.startElement("testcase", AttributesImpl(named))
        if case.outcome is not None:
            said = {"type": case.type or "", "message": case.message or ""}
            noted = case.outcome == NOTED  # a text without attributes
            self._xml.startElement(case.outcome, AttributesImpl({} if noted else said))
            self._xml.characters(case.text)
            self._xml.endElement(case.outcome)
        self.close("testcase")
