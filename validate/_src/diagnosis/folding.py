"""The findings that a file causes which is not written as it is declared, counted in one."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property

import polars as pl

from validate._src.checks.keys import dangling_message
from validate._src.diagnosis.diagnosis import Diagnosis
from validate._src.package.resource import WITHOUT_SCHEMA
from validate._src.tables.dataset import tables_named_in
from validate._src.words.codes import ALL_CODES, DESCRIPTOR_CODES, ERROR
from validate._src.words.finding import Finding
from validate._src.words.findingframe import FindingFrame, framed
from validate._src.words.model import Package, Part, TabularResource
from validate._src.words.outcome import NotChecked, Outcome
from validate._src.words.printing import counted

CODE = "misread-file"
Place = tuple[str, str]
"""A resource and one of its files."""


def folded(
    package: Package, outcomes: Iterable[Outcome], *, listed: bool = False
) -> Iterator[Outcome]:
    """What checks say, the findings that follow from a misread file left out and counted.

    A file is looked at once an error was found in it, so that a clean one costs nothing. Its
    findings that a diagnosis explains, references to its rows and table rules over them are
    left out; one finding says what the file is, and how many it stands for. Tables without a
    schema, of which nothing is judged, are looked at for what their files are.

    Args:
        package: what is validated.
        outcomes: what the checks say.
        listed: whether all findings are listed nevertheless.
    """
    folding = _Folding(package)
    unread: set[str] = set()
    for outcome in outcomes:
        if isinstance(outcome, FindingFrame):
            left = folding.left_of(outcome)
            if len(left) or listed:
                yield outcome if listed else left
            continue
        if isinstance(outcome, NotChecked):
            unread.add(outcome.what)
        yield outcome
    for outcome in folding.said(listed=listed):
        if not (isinstance(outcome, NotChecked) and outcome.what in unread):
            yield outcome
    if any(resource.unreadable == WITHOUT_SCHEMA for resource in package.resources.values()):
        # Here, because other packages need not wait for all that describes tables.
        from validate._src.diagnosis.unschemed import tables_without_schema

        yield from tables_without_schema(package)


class _Folding:
    """The diagnoses of a package's files, and how many findings each explains."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._known: dict[Place, list[Diagnosis]] = {}
        self._order: dict[Place, int] = {}
        self._parts: dict[str, defaultdict[str, list[Part]]] = {}
        self._whole: dict[str, list[Place]] = {}
        self._counts: Counter[tuple[Place, int]] = Counter()

    def left_of(self, found: FindingFrame) -> FindingFrame:
        """The findings of a frame that nothing explains; those that are explained are counted.

        What is wrong with the descriptor, or with no resource, follows from no misread file.
        """
        if found.code in DESCRIPTOR_CODES or found.resource not in self._package.resources:
            return found
        of_errors = pl.col("path").filter(pl.col("severity") == ERROR).unique(maintain_order=True)
        for path in found.rows.select(of_errors).to_series():
            self._look_at((found.resource, path))
        left = found
        for place, number, explained in self._explanations(
            found.resource, found.rows["path"].unique()
        ):
            is_explained = left.rows.select(explained.fill_null(value=False)).to_series()
            self._counts[place, number] += int(is_explained.sum())
            left = left.filter(~is_explained)
        return left

    def said(self, *, listed: bool) -> Iterator[Outcome]:
        """A finding for each diagnosis that explains any, and what was not checked."""
        for place, known in self._known.items():
            for number, diagnosis in enumerate(known):
                if count := self._counts[place, number]:
                    yield from framed([_finding(place, diagnosis, count, listed=listed)])
                    if diagnosis.unchecked:
                        yield _not_checked(place, diagnosis)

    def _look_at(self, place: Place) -> None:
        """Diagnoses a file that was not looked at yet."""
        resource = self._package.resources.get(place[0])
        if place in self._known or not isinstance(resource, TabularResource):
            return
        # Here, because a run without errors has nothing to diagnose and need not wait for it.
        from validate._src.diagnosis.diagnose import diagnoses

        parts = self._parts_of(resource)[place[1]]
        known = self._known[place] = [one for part in parts for one in diagnoses(resource, part)]
        self._order[place] = len(self._order)
        if any(diagnosis.whole for diagnosis in known):
            self._whole.setdefault(place[0], []).append(place)

    def _parts_of(self, resource: TabularResource) -> Mapping[str, Sequence[Part]]:
        """The files of a resource by their location; none at one where it has no file."""
        if resource.name not in self._parts:
            parts = self._parts[resource.name] = defaultdict[str, list[Part]](list)
            for part in resource.parts:
                parts[part.location].append(part)
        return self._parts[resource.name]

    def _explanations(
        self, resource: str, paths: Iterable[str]
    ) -> Iterator[tuple[Place, int, pl.Expr]]:
        """What may explain findings of a resource: the files they are in, and those of others.

        Those alone, for a package may have tens of thousands of files with a diagnosis each.
        """
        own = {(resource, path) for path in paths} & self._known.keys()
        others = (self._whole.get(name, ()) for name in self._referred_to(resource))
        for place in sorted(own.union(*others), key=self._order.__getitem__):
            for number, diagnosis in enumerate(self._known[place]):
                if place in own:
                    yield place, number, (pl.col("path") == place[1]) & diagnosis.explains
                if diagnosis.whole:
                    yield place, number, self._of_references(place[0], resource)

    def _referred_to(self, resource: str) -> set[str]:
        """The resources that the keys and table rules of one refer to."""
        schema = self._package.resources[resource].schema
        named = (names for _, names in self._rules.get(resource, ()))
        return {key.resource for key in (schema.foreign_keys if schema else ())}.union(*named)

    @cached_property
    def _rules(self) -> Mapping[str, Sequence[tuple[str, Set[str]]]]:
        """The table rules of each resource: their names, and the tables that they look at."""
        rules: defaultdict[str, list[tuple[str, Set[str]]]] = defaultdict(list)
        for rule in self._package.rules:
            rules[rule.resource].append((rule.name, tables_named_in(rule, self._package)))
        return rules

    def _of_references(self, misread: str, resource: str) -> pl.Expr:
        """Findings that rows of a misread table are not there, or not what they should be."""
        schema = self._package.resources[resource].schema
        keys = schema.foreign_keys if schema else ()
        messages = [dangling_message(key) for key in keys if key.resource == misread]
        rules = [name for name, tables in self._rules.get(resource, ()) if misread in tables]
        code = pl.col("code")
        return ((code == "foreign-key") & pl.col("message").is_in(messages)) | (
            (code == "table-rule") & pl.col("rule").is_in(rules)
        )


def _finding(place: Place, diagnosis: Diagnosis, count: int, *, listed: bool) -> Finding:
    resource, path = place
    follow = "follows from it and is" if count == 1 else "follow from it and are"
    left_out = "listed as well" if listed else "not listed"
    return Finding(
        resource=resource,
        path=path,
        code=CODE,
        message=f"{diagnosis.message} ({counted(count, 'finding')} {follow} {left_out})",
        line=diagnosis.line,
        field=diagnosis.field,
        rule=diagnosis.rule,
        value=diagnosis.value,
        folded=0 if listed else count,
    )


def _not_checked(place: Place, diagnosis: Diagnosis) -> NotChecked:
    resource, path = place
    why = f"{path} is not written as it is declared ({diagnosis.rule})"
    return NotChecked(f"{diagnosis.unchecked} of {resource}", why, ALL_CODES, resource)
