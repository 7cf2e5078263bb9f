"""Claims beside the documents that they report, as their pages say it (verifications extension)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from validate._src.site.links import Links, Neighbour
from validate._src.site.model import ShownTable, Site
from validate._src.site.passages import proving, spans_shown
from validate._src.site.spoken import NEUTRAL, called, in_all, meaning_of
from validate._src.words.schema import Category
from validate._src.words.verifications import Kind, Verifications
from validate._src.words.views import Phrase


@dataclass(frozen=True)
class Verdict:
    """How a claim stands beside the document that it reports.

    Attributes:
        kind: whether they agree.
        verdict: the verdict, as its vocabulary calls it, as HTML; empty if there is none.
        meaning: what that means, as its vocabulary says it, as HTML; empty if it does not.
        aspects: in what they differ, as HTML each.
        document: the row of the document, or what it is called; empty if none is named.
        found: what else the verification says: the title and the text as HTML each.
        row: the verification; None where the claim has none.
    """

    kind: Kind
    verdict: Markup
    meaning: Markup
    aspects: Sequence[Markup]
    document: Neighbour | str
    found: Sequence[tuple[Markup, Markup]]
    row: Neighbour | None


class Verdicts:
    """The verdicts on the claims of a package."""

    def __init__(self, site: Site, links: Links) -> None:
        """Takes the verifications, if the package has some and they are shown."""
        self._site, self._links = site, links
        self._declared = declared = site.package.verifications
        self._table = site.table(declared.resource) if declared else None
        if declared is None or not self._table or not self._table.has(_needed(declared)):
            self._declared = None
            return
        self._claims = _tables_of_claims(site, links, self._table, declared)
        self._rows = _by_text(self._table, declared.claim)
        self._aspects = _aspects(site, declared)

    def of_row(self, rows: Sequence[tuple[ShownTable, int]]) -> Verdict | None:
        """The verdict on a claim.

        Args:
            rows: the row of the claim, and those of other tables that it is more about.

        Returns:
            Nothing of a row that is no claim; that it waits, of a claim without a verification.
        """
        declared, table = self._declared, self._table
        if declared is None or table is None or rows[0][0] is table:
            return None
        claims = [one.key_text(index) for one, index in rows if one.name in self._claims]
        found = (row for claim in claims for row in self._rows.get(claim, ()))
        if (row := next(found, None)) is not None:
            return self._verdict(table, row, declared)
        return Verdict("waits", Markup(""), Markup(""), (), "", (), None) if claims else None

    def _verdict(self, table: ShownTable, index: int, declared: Verifications) -> Verdict:
        value = table.by_field[declared.verdict].texts[index]
        category, languages = _category(table, declared.verdict, value), self._site.languages
        return Verdict(
            kind=declared.kind_of(value),
            verdict=_label(category, value or "", languages),
            meaning=in_all(meaning_of(category, languages)) if category else Markup(""),
            aspects=self._aspects.get(table.by_field[declared.claim].texts[index] or "", ()),
            document=self._document(table, index, declared),
            found=[*self._found(table, index, declared)],
            row=self._links.neighbour(table, index),
        )

    def _document(self, table: ShownTable, index: int, declared: Verifications) -> Neighbour | str:
        if not table.has([declared.document]):
            return ""
        for link in self._links.out_of(table):
            if link.field == declared.document and (target := link.target(index)) is not None:
                return self._links.neighbour(link.parent, target)
        return table.by_field[declared.document].texts[index] or ""

    def _found(
        self, table: ShownTable, index: int, declared: Verifications
    ) -> Iterator[tuple[Markup, Markup]]:
        """What a verification says beside its verdict, a text in several languages once."""
        package, known = self._site.package, (*table.by_field,)
        anchors, views = package.anchors, package.views
        references = {name for key in table.schema.foreign_keys for name in key.fields}
        told = {declared.claim, declared.document, declared.source, declared.verdict, *references}
        if anchors and anchors.absences and anchors.absences.resource == table.name:
            told.add(anchors.absences.pattern)
        for column in table.columns:
            if column.name in told:
                continue
            stem = views.stem(column.name, known) if views else column.name
            names = (views.spoken(stem, known) if views else {}) or {NEUTRAL: column.name}
            told.update(names.values())
            texts = {one: table.by_field[name].texts[index] for one, name in names.items()}
            phrase: Phrase = {language: text for language, text in texts.items() if text}
            if phrase:
                yield table.title_of(column.name), in_all(phrase)


def _category(table: ShownTable, name: str, value: str | None) -> Category | None:
    categories = table.by_field[name].field.categories or ()
    return next((one for one in categories if str(one.value) == value), None)


def _needed(declared: Verifications) -> list[str]:
    """The fields without which nothing is said of claims."""
    return [declared.claim, declared.verdict]


def _tables_of_claims(
    site: Site, links: Links, table: ShownTable, declared: Verifications
) -> set[str]:
    """The tables to which verifications refer as claims, or else those to which evidence does."""
    out = links.out_of(table)
    referred = {link.parent.name for link in out if link.key.fields == (declared.claim,)}
    evidence = {spans.resource for spans in site.package.evidence}
    return referred or {
        link.parent.name
        for spans, holder in spans_shown(site)
        if spans.resource in evidence
        for link in proving(spans, holder, links)
    }


def _by_text(table: ShownTable, name: str) -> dict[str, list[int]]:
    """The indexes of rows by the text of a cell."""
    found: dict[str, list[int]] = {}
    for index, text in enumerate(table.by_field[name].texts):
        if text is not None:
            found.setdefault(text, []).append(index)
    return found


def _aspects(site: Site, declared: Verifications) -> dict[str, list[Markup]]:
    """In what each claim differs from its document, as the vocabulary calls it."""
    differences = declared.differences
    table = site.table(differences.resource) if differences else None
    if differences is None or table is None:
        return {}
    if not table.has([differences.claim, differences.aspect]):
        return {}
    texts = table.by_field[differences.aspect].texts
    return {
        claim: [
            _label(_category(table, differences.aspect, text), text, site.languages)
            for row in rows
            if (text := texts[row])
        ]
        for claim, rows in _by_text(table, differences.claim).items()
    }


def _label(category: Category | None, value: str, languages: Sequence[str]) -> Markup:
    """What a value is called, be it in a vocabulary or not."""
    return in_all(called(category, languages) if category else {NEUTRAL: value})
