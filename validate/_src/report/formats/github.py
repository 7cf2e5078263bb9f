"""Reports as workflow commands of GitHub Actions, which show findings at their lines."""

from collections.abc import Iterator, Sequence

from validate._src.report.formats.view import View, pieces
from validate._src.report.formats.wording import descriptor, in_words
from validate._src.report.report import Report, Unusable
from validate._src.words.codes import CODES, ERROR
from validate._src.words.printing import counted, printable

USUAL = 10
NOTICE = "notice"
IN_MESSAGES = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
IN_PROPERTIES = IN_MESSAGES | str.maketrans({":": "%3A", ",": "%2C"})


def render(reports: Sequence[Report | Unusable], view: View) -> Iterator[str]:
    """The first few findings of a file and code as commands, and how many more there are.

    Every line is a command, so that nothing that stands in a package can be one.

    Source: GitHub Actions, "Workflow commands", as its toolkit issues them.
    """
    for report in reports:
        if isinstance(report, Unusable):
            yield _command(ERROR, report.message, title=f"{report.location} cannot be used")
        else:
            yield from _findings(report, view)
            yield from _notices(report, view)


def _command(name: str, message: str, **properties: object) -> str:
    given = ",".join(
        f"{key}={printable(str(value)).translate(IN_PROPERTIES)}"
        for key, value in properties.items()
        if value is not None
    )
    return f"::{name}{given and ' '}{given}::{printable(message).translate(IN_MESSAGES)}\n"


def _findings(report: Report, view: View) -> Iterator[str]:
    for findings in pieces(view.frames(report, USUAL)):
        columns = in_words(findings, report).select("severity", "whole", "file", "line", "code")
        for severity, said, file, line, code in columns.iter_rows():
            yield _command(severity, said, file=file, line=line, title=_title(code))


def _title(code: str) -> str:
    return f"{code}: {CODES[code].title}"


def _notices(report: Report, view: View) -> Iterator[str]:
    """What is not shown, what is let pass, and what was not checked."""
    for group in view.groups_begun(report.findings, USUAL):
        if left := group.count - view.number_of(group, USUAL):
            said = f"{counted(left, 'more finding')}; --limit shows more, other formats all"
            yield _command(NOTICE, said, file=report.file(group.path), title=_title(group.code))
    place = {"file": descriptor(report), "title": report.package}
    if hidden := view.of_other_codes(report):
        yield _command(NOTICE, f"not shown: {counted(hidden, 'finding')} of other codes", **place)
    if report.waived:
        yield _command(NOTICE, f"waived: {counted(len(report.waived), 'finding')}", **place)
    for remark in report.remarks:
        yield _command(NOTICE, f"note: {remark}", **place)
    for part in report.not_checked:
        yield _command(NOTICE, f"not checked: {part.what}: {part.why}", **place)
