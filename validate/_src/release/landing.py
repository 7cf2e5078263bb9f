"""The page that says what a release is, how it is cited, what changed, and which file is for what.

It is Markdown, for a page of releases and for whoever finds the folder. Descriptions, the changelog
and the notes are Markdown already; of all else no character has a meaning there.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from validate._src.compare.difference import ADDED, REMOVED, Difference
from validate._src.compare.formats.markdown import escaped
from validate._src.compare.formats.wording import demanded, verdict
from validate._src.publish.content import Content, PublishedTable
from validate._src.publish.metadata import citation, facts
from validate._src.release.agreement import Agreement
from validate._src.report.report import Report
from validate._src.words.printing import counted, printable

UNITS = ((1_000_000, "MB"), (1_000, "kB"))
LINK = re.compile(r"(?<!!)\[(?P<text>[^\]]+)\]\((?P<to>[^)\s]+)\)")
GITHUB = "https://github.com/"
HELD = ("description", "name", "title", "version", "citation")
"""Facts of the package that have a place of their own on the page."""


@dataclass(frozen=True)
class Listed:
    """A file of the release on the page.

    Attributes:
        name: its name.
        purpose: what it is for.
        size: its bytes.
        said: what is to be known of it, a sentence each.
    """

    name: str
    purpose: str
    size: int
    said: Sequence[str]


def landing(
    content: Content,
    report: Report,
    agreement: Agreement,
    files: Sequence[Listed],
    notes: str,
) -> str:
    """The page.

    Args:
        content: what is exported of the package.
        report: the report on it.
        agreement: what the release is made from.
        files: its files, the page and the digests left out.
        notes: what whoever publishes it says, in Markdown; may be empty.
    """
    parts = (
        _about(content),
        _files(files),
        _citing(content),
        _changed(content, agreement),
        _known(content, report, files, notes),
        _made(agreement),
    )
    return "\n".join(line for part in parts for line in part).rstrip("\n") + "\n"


def _about(content: Content) -> Iterator[str]:
    said = dict(facts(content))
    yield from (f"# {escaped(content.title)} {content.package.version}", "")
    if described := said.get("description"):
        yield from (described, "")
    yield from (f"- {name}: {escaped(text)}" for name, text in said.items() if name not in HELD)
    rows = sum(table.height for table in content.tables)
    yield f"- {counted(len(content.tables), 'table')} with {counted(rows, 'row')}"
    if (homepage := _homepage(content)).startswith(GITHUB):
        yield f"- errors and questions: {escaped(f'{homepage}/issues')}"
    yield ""


def _homepage(content: Content) -> str:
    """The address of the package, without a slash at its end; empty if it has none."""
    return str(content.properties.get("homepage") or "").rstrip("/")


def _files(files: Sequence[Listed]) -> Iterator[str]:
    yield from ("## Which file for what", "", "| file | size | for |", "|---|---:|---|")
    for one in files:
        yield f"| `{one.name}` | {_sized(one.size)} | {escaped(one.purpose)} |"
    yield from ("", "`sha256sum --check SHA256SUMS` tells whether a file came whole.", "")


def _sized(size: int) -> str:
    for unit, name in UNITS:
        if size >= unit:
            return f"{size / unit:.1f} {name}"
    return counted(size, "byte")


def _citing(content: Content) -> Iterator[str]:
    called = f"{content.title} {content.package.version}"
    yield from ("## How to cite", "", f"- the release: {escaped(citation(content))}")
    keyed = [table for table in content.tables if _shows_keys(table)]
    table = max(keyed or content.tables, key=lambda one: _referring(one, content))
    yield f"- a table of it: {escaped(f'{called}, {table.name}')}"
    if keyed:
        names = table.resource.schema.primary_key
        key = ",".join(str(table.column(name).texts[0]) for name in names)
        yield f"- a row of it, by its key: {escaped(f'{called}, {table.name} {key}')}"
    yield ""


def _shows_keys(table: PublishedTable) -> bool:
    """Whether there are rows to name by their keys."""
    key = table.resource.schema.primary_key
    return bool(key and table.height and {*key} <= {column.name for column in table.columns})


def _referring(table: PublishedTable, content: Content) -> int:
    """How many other tables refer to one: the more, the more it is what the package is about."""
    others = [one for one in content.tables if one is not table]
    keys = [one.resource.schema.foreign_keys for one in others]
    return sum(any(key.resource == table.name and not key.package for key in of) for of in keys)


def _changed(content: Content, agreement: Agreement) -> Iterator[str]:
    before, found = agreement.before, agreement.difference
    if before is None or found is None:
        yield from ("## What it has", "", "This is the first release.", "")
    else:
        yield from (f"## What changed since {before.version}", "")
    assert agreement.entry is not None, "the changelog tells of a release that is written"
    yield from (_linked(agreement.entry.text, content), "")
    if found is not None:
        yield from _counted(found)


def _linked(text: str, content: Content) -> str:
    """The text of a changelog, whose links lead from its own folder: into the repository, or none.

    Where the homepage is a repository of GitHub, they lead to its files as they are in the release.
    """
    homepage = _homepage(content)
    base = f"{homepage}/blob/v{content.package.version}/"

    def link(found: re.Match[str]) -> str:
        if re.match(r"[a-z]+:", found["to"]):
            return found[0]
        if homepage.startswith(GITHUB):
            return f"[{found['text']}]({base}{found['to']})"
        return found["text"]

    return LINK.sub(link, text)


def _counted(found: Difference) -> Iterator[str]:
    """What differs from the release before, in numbers."""
    yield from (
        "### In numbers",
        "",
        f"{escaped(verdict(found))}; {' '.join(demanded(found))}.",
    )
    rows = [*_rows(found)]
    if rows:
        head = ("table", "rows before", "rows now", "added", "removed", "changed")
        yield from ("", _row(head), f"|---|{'---:|' * (len(head) - 1)}", *map(_row, rows))
    yield ""


def _rows(found: Difference) -> Iterator[Iterable[str]]:
    """A row a table that differs; new ones and those that are gone stand in the descriptor."""
    for one in found.tables:
        if not one.same:
            counts = (one.old_rows, one.new_rows, one.added, one.removed, one.changed)
            yield (f"`{one.resource}`", *(f"{count:,}" for count in counts))
    for change in found.changes:
        if change.what == "resource" and change.change in (ADDED, REMOVED):
            count = _count(change.new or change.old)
            is_new = change.change == ADDED
            numbers = ("", count, count, "", "") if is_new else (count, "", "", count, "")
            yield (f"`{change.resource}`", *numbers)


def _count(described: Mapping[str, object]) -> str:
    rows = described["rows"]
    return f"{rows:,}" if isinstance(rows, int) else ""


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _known(content: Content, report: Report, files: Sequence[Listed], notes: str) -> Iterator[str]:
    yield from ("## What to know before use", "")
    if notes:
        yield from (notes.strip(), "")
    yield from ("### What was checked", "")
    yield f"- The package was validated: {escaped(report.standing)}."
    if report.waived:
        yield f"- {counted(len(report.waived), 'finding')} waived by the package, with the reasons."
    for part in report.not_checked:
        yield f"- Not checked here: {escaped(f'{part.what}: {part.why}')}."
    yield ""
    left_out = (("all exports", content.said), *((f"`{one.name}`", one.said) for one in files))
    told = [(name, said) for name, said in left_out if said]
    if told:
        yield from ("### What files leave out, or hold otherwise", "")
    for name, said in told:
        yield f"- {name}:"
        yield from (f"  - {escaped(one)}" for one in said)
    yield ""


def _made(agreement: Agreement) -> Iterator[str]:
    yield f"Made from commit `{printable(agreement.commit)}`."
