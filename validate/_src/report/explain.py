"""What a code means, with an example of the fault: a tiny package that holds just this one."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from importlib.resources import files
from importlib.resources.abc import Traversable
from textwrap import wrap
from typing import Any

from validate._src.package.folder import DESCRIPTOR
from validate._src.words.codes import CODES, RULE_CODES, TEXT_CODES, Code
from validate._src.words.finding import Finding
from validate._src.words.printing import printable

EXAMPLES = files("validate._src.report") / "examples"
WIDTH = 80
INDENT = " " * len("  > 1  ")


@dataclass(frozen=True)
class Example:
    """A package with one fault, of which a few lines show it.

    Attributes:
        folder: where the package lies.
        declared: the parts of its descriptor to show, each as the keys that lead to it.
        files: the files to show.
        sources: folder of the source texts by which the fault is found, if it takes any.
        finding: what a run finds, but for its resource, key and value.
    """

    folder: Traversable
    declared: tuple[str, ...]
    files: tuple[str, ...]
    finding: Finding
    sources: str | None = None


def example(code: str) -> Example:
    """The example of a code."""
    folder = EXAMPLES / code
    shown = json.loads((folder / "example.json").read_text("utf-8"))
    return Example(
        folder=folder,
        declared=tuple(shown["declared"]),
        files=tuple(shown["files"]),
        finding=Finding(resource="", code=code, **shown["finding"]),
        sources=shown.get("sources"),
    )


def catalogue() -> Iterator[str]:
    """The codes in the order of the catalogue, a line each."""
    width = max(map(len, CODES))
    for code in CODES.values():
        yield f"{code.name:{width}}  {code.title}"


def explain(code: Code) -> Iterator[str]:
    """What a code means, what a fault looks like and what to do about it, line by line."""
    shown = example(code.name)
    yield f"{code.name}: {code.title}"
    yield ""
    yield code.meaning
    yield from _notes(code)
    yield ""
    yield "For example:"
    yield from _declared(shown)
    for name in shown.files:
        yield from _content(shown, name)
    yield "`validate run` reports:"
    yield from _wrapped(f"{shown.finding.place}  {shown.finding.said}", "  ")
    yield ""
    yield f"What to do: {code.remedy}"


def _notes(code: Code) -> Iterator[str]:
    if code.name in RULE_CODES:
        yield 'Where the rule has "severity": "warning", it is a warning and the package valid.'
    if code.name in TEXT_CODES:
        yield "Found only with the source texts: `validate run --sources DIR`."


def _declared(shown: Example) -> Iterator[str]:
    descriptor = json.loads((shown.folder / DESCRIPTOR).read_text("utf-8"))
    if shown.declared:
        yield f"  {DESCRIPTOR}"
    for keys in shown.declared:
        *_, last = keys.split("/")
        value = reduce(_member, keys.split("/"), descriptor)
        text = json.dumps(value, ensure_ascii=False)
        yield from _wrapped(text if last.isdigit() else f'"{last}": {text}', INDENT)


def _member(value: Any, key: str) -> Any:
    return value[int(key)] if isinstance(value, list) else value[key]


def _content(shown: Example, name: str) -> Iterator[str]:
    """The lines of a file with their numbers, a mark at the one with the fault."""
    lines = shown.folder.joinpath(*name.split("/")).read_text("utf-8").splitlines()
    yield f"  {name}" if lines else f"  {name} (an empty file)"
    for number, line in enumerate(lines, start=1):
        at_fault = (name, number) == (shown.finding.path, shown.finding.line)
        yield f"  {'>' if at_fault else ' '}{number:2}  {printable(line)}".rstrip()


def _wrapped(text: str, indent: str) -> list[str]:
    return wrap(
        printable(text),
        WIDTH,
        initial_indent=indent,
        subsequent_indent=f"{indent}  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
