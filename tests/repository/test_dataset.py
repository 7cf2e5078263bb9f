"""The dataset itself: valid, canonical, proved, and no cell of it can go wrong unseen."""

import csv
import json
import re

import polars as pl
import pycountry
from support.places import ROOT

from validate import load, validate
from validate._src.curation.tidy import canonical_csv
from validate._src.package.descriptor import load_package
from validate._src.tables.sourcetext import canonical

PACKAGE = load_package(ROOT)
COLUMNS = [
    (resource.name, field.name)
    for resource in PACKAGE.resources.values()
    for field in resource.schema.fields
]


def test_is_valid(root):
    assert list(validate(root).findings) == []


def test_is_proved_against_the_sources(root, sources):
    report = validate(root, sources)
    assert list(report.findings) == []
    assert report.not_checked == ()


def test_files_are_canonical():
    resources = PACKAGE.resources.values()
    assert [one.name for one in resources if one.files[0].read_bytes() != canonical_csv(one)] == []


def is_documented(field):
    return (
        field.properties["title"]
        and field.properties["description"].endswith(".")
        and (field.properties.get("example") or field.format == "uri")
        and all(
            category["label"] and category["description"]
            for category in field.properties.get("categories", ())
        )
    )


def test_fields_are_documented():
    fields = [
        (one.name, field) for one in PACKAGE.resources.values() for field in one.schema.fields
    ]
    assert [(name, field.name) for name, field in fields if not is_documented(field)] == []


def test_countries_and_currencies_are_iso_codes():
    tables = load(ROOT)
    for code in tables["actors"]["country"].drop_nulls():
        assert pycountry.countries.get(alpha_3=code), code
    for code in tables["figures"]["currency"].drop_nulls():
        assert pycountry.currencies.get(alpha_3=code), code


UNUSED = {
    # values that no row has, and why they stand
    ("segments", "reason", "pending"): "a later source may take several releases to code",
    ("figures", "qualifier", "at-most"): "the counterpart of at-least",
    ("figures", "measure", "purchase"): "an unreported item has it, and one vocabulary is for both",
    ("dates", "precision", "century"): "EDTF knows it",
    (
        "evidence",
        "role",
        "contradicts",
    ): "the codebook asks for it where a source contradicts itself",
    **{
        (table, "certainty", value): "one vocabulary of certainty for all claims"
        for table, values in {
            "commitments": ["possible"],
            "figures": ["implied", "normative"],
            "dates": ["implied", "possible", "normative"],
        }.items()
        for value in values
    },
}


def test_every_value_of_a_vocabulary_is_used_or_has_a_reason_to_stand():
    tables = load(ROOT)
    unused = {
        (resource.name, field.name, category.value)
        for resource in PACKAGE.resources.values()
        for field in resource.schema.fields
        for category in field.categories or ()
        if category.value not in tables[resource.name][field.name]
    }
    others = {one for one in unused if one[:2] in OTHERS}
    assert unused - others == set(UNUSED)


OTHERS = {
    # fields whose vocabulary is that of another table, or made for documents still to come
    *(("unreported", name) for name in ("kind", "status", "measure", "qualifier", "unit", "per")),
    ("unreported", "precision"),
    ("verification_differences", "aspect"),
    ("discrepancies", "settled"),
}


def test_nothing_is_pending():
    assert "pending" not in load(ROOT)["segments"]["reason"]


def test_kinds_of_unreported_items_are_those_of_their_tables():
    """So the rule that holds a kind to its table names all of them."""
    own = {
        category.value: category.description
        for table in ("commitments", "dates", "positions")
        for category in PACKAGE.resources[table].schema.field("kind").categories
    }
    unreported = PACKAGE.resources["unreported"].schema.field("kind").categories
    assert {one.value: one.description for one in unreported} == own


def test_each_numeral_of_a_document_lies_in_a_span(sources):
    """So what a document counts or dates is reported, or listed as what no text reports."""
    tables = load(ROOT)
    spans = pl.concat(
        [
            tables[name].select("source_id", "start", "end")
            for name in ("verification_spans", "unreported_spans")
        ]
    )
    for name in tables["sources"].filter(kind="document")["source_id"]:
        text = canonical((sources / f"{name}.txt").read_text("utf-8"))
        own = spans.filter(source_id=name).select("start", "end").rows()
        numerals = [found.span() for found in re.finditer(r"[0-9]+(?:[.,][0-9]+)*", text)]
        outside = [
            text[start:end]
            for start, end in numerals
            if not any(low <= start and end <= high for low, high in own)
        ]
        assert numerals
        assert outside == []


def test_numbers_of_unreported_figures_stand_in_their_spans(sources):
    tables = load(ROOT)
    figures = tables["unreported"].drop_nulls("as_stated")
    for item, stated in figures.select("unreported_id", "as_stated").rows():
        spans = tables["unreported_spans"].filter(unreported_id=item)
        words = [
            canonical((sources / f"{name}.txt").read_text("utf-8"))[start:end].lower()
            for name, start, end in spans.select("source_id", "start", "end").rows()
        ]
        assert any(canonical(stated).lower() in one for one in words), item


def test_ids_are_numbered_on_from_release_to_release():
    """No id is missing, none was given twice, and each release numbers on from the one before."""
    claims = load(ROOT)["claims"].sort("claim_id")
    for (table,), given in claims.group_by("table"):
        numbers = [int(claim[4:]) for claim in given["claim_id"]]
        assert numbers == list(range(1, len(numbers) + 1)), table
        releases = [tuple(map(int, version.split("."))) for version in given["added_in"]]
        assert releases == sorted(releases), table


def read(file):
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def write(file, rows):
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)


CODED = {PACKAGE.reliability.units.resource, PACKAGE.reliability.spans.resource}


def wrong(field, old, resource):
    """A wrong value for a cell, and whether the validator can tell which row has it."""
    anchors = PACKAGE.anchors
    offsets = {"start", "end", "segment", anchors.sources.characters}
    if field.name == "sha256":
        return old[:-1] + ("1" if old[-1] == "0" else "0"), True
    if field.name in offsets:
        # Of what coders found, only the coders could tell.
        return str(int(old) + 1), resource.name not in CODED
    if field.type == "date":
        return "1900-01-01", True
    if field.type in ("integer", "number", "boolean"):
        return "many", True
    if field.edtf is not None:
        return "2025-13", True
    if field.categories is not None or "pattern" in field.constraints:
        return "No Such Value!", True
    if any(field.name in key.fields for key in resource.schema.foreign_keys):
        return "no-such-row", True
    if field.constraints.get("required"):
        return "", True
    return old + "x", False


def row_with_a_value(rows, column):
    """A row from the middle that has something in the column, else the middle row."""
    middle = len(rows) // 2
    candidates = [*range(middle, len(rows)), *range(1, middle)]
    return next((number for number in candidates if rows[number][column]), middle)


def needs_the_texts(table, name):
    """Whether only the text can tell that a cell of this column is wrong."""
    anchors = PACKAGE.anchors
    spans = (anchors.segments, *anchors.spans)
    return name == anchors.sources.sha256 or any(
        table == declared.resource and name in (declared.start, declared.end) for declared in spans
    )


def is_found(folder, table, name, texts=None):
    """Whether a wrong cell is found in a column of a copy of the dataset, which is mended then."""
    resource = PACKAGE.resources[table]
    column = resource.schema.names.index(name)
    file = folder / resource.location
    before, rows = file.read_bytes(), read(file)
    number = row_with_a_value(rows, column)
    rows[number][column], names_the_row = wrong(
        resource.schema.fields[column], rows[number][column], resource
    )
    write(file, rows)
    found = validate(folder, texts).findings
    file.write_bytes(before)
    places = {(finding.resource, finding.row) for finding in found}
    return "hash-count" in {finding.code for finding in found} and (
        not names_the_row or (table, number + 1) in places
    )


def test_a_wrong_cell_is_found_in_every_column(dataset_copy):
    judged = [column for column in COLUMNS if not needs_the_texts(*column)]
    assert [column for column in judged if not is_found(dataset_copy, *column)] == []


def test_a_wrong_cell_is_found_by_the_texts(dataset_copy, sources):
    judged = [column for column in COLUMNS if needs_the_texts(*column)]
    assert [column for column in judged if not is_found(dataset_copy, *column, sources)] == []


RELATIONS = {
    # what breaks it: table, cells that pick the row, cell to set, rule that finds it
    "a claim in the wrong table": (
        "claims",
        {"claim_id": "dat-0001"},
        ("table", "figures"),
        "live-claim-stands-once",
    ),
    "a withdrawn claim that still stands": (
        "claims",
        {"claim_id": "com-0001"},
        ("withdrawn_in", "9.0.0"),
        "withdrawn-claim-stands-nowhere",
    ),
    "evidence that does not state": (
        "evidence",
        {"claim_id": "com-0008"},
        ("role", "restates"),
        "live-claim-is-stated",
    ),
    "evidence that reaches out of its segment": (
        "evidence",
        {"claim_id": "com-0008"},
        ("end", "3000"),
        "evidence-inside-segment",
    ),
    "a coded span that reaches out of its segment": (
        "coding_spans",
        {"task": "coding-1", "coder": "a", "unit": "0006"},
        ("end", "3000"),
        "coded-span-inside-segment",
    ),
    "a gap between segments": (
        "segments",
        {"source_id": "sakata-2026", "segment": "7"},
        ("start", "1"),
        "segments-follow-each-other",
    ),
    "segments that end too early": (
        "sources",
        {"source_id": "sakata-2026"},
        ("characters", "99999"),
        "segments-reach-the-end",
    ),
    "a segment neither coded nor excused": (
        "segments",
        {"source_id": "nds-explainer-2026", "segment": "1"},
        ("reason", ""),
        "segment-coded-or-excused",
    ),
    "a segment both coded and excused": (
        "segments",
        {"source_id": "nds-explainer-2026", "segment": "3"},
        ("reason", "no-claim"),
        "segment-coded-or-excused",
    ),
    "a part in another unit": (
        "figures",
        {"as_stated": "4,500人"},
        ("unit", "count"),
        "part-shares-measure-and-unit",
    ),
    "a group without members": (
        "actors",
        {"actor_id": "japan"},
        ("kind", "group"),
        "group-has-members",
    ),
    "members of what is no group": (
        "actors",
        {"actor_id": "us-rok"},
        ("kind", "organisation"),
        "only-groups-have-members",
    ),
    "a range upside down": (
        "figures",
        {"as_stated": "4,500人"},
        ("value_max", "1"),
        "range-ordered",
    ),
    "money without a currency": (
        "figures",
        {"unit": "money"},
        ("currency", ""),
        "currency-with-money",
    ),
    "due before it was made": (
        "commitments",
        {"made": "2026-01-23"},
        ("due", "2025"),
        "notBefore",
    ),
    "a condition in one language": (
        "commitments",
        {"claim_id": "com-0003"},
        ("condition_ja", ""),
        "condition-in-both-languages",
    ),
    "a note on the time in one language": (
        "commitments",
        {"claim_id": "com-0009"},
        ("due_note", ""),
        "due-note-in-both-languages",
    ),
    "a recommendation of nobody": (
        "commitments",
        {"status": "recommended"},
        ("demanded_by_id", ""),
        "demand-has-demander",
    ),
    "an author's reading told as what the document says": (
        "document_mentions",
        {"stance": "implies", "attributed_to_id": ""},
        ("certainty", "asserted"),
        "own-reading-is-implied",
    ),
    "a superseded claim that is not withdrawn": (
        "claims",
        {"claim_id": "com-0001"},
        ("superseded_by", "com-0002"),
        "superseded-is-withdrawn",
    ),
    "a mention of no document": (
        "document_mentions",
        {"claim_id": "men-0001"},
        ("document_id", ""),
        "required",
    ),
    "a precision that does not follow": (
        "dates",
        {"claim_id": "dat-0001"},
        ("precision", "month"),
        "precision",
    ),
    "an actor that nothing refers to": (
        "actors",
        {"actor_id": "brunson"},
        ("actor_id", "nobody"),
        "actor-is-used",
    ),
    "a document that no claim refers to": (
        "documents",
        {"document_id": "asami-2021"},
        ("document_id", "nothing"),
        "document-is-used",
    ),
    "a topic that no claim refers to": (
        "topics",
        {"topic_id": "masga"},
        ("topic_id", "nothing"),
        "topic-is-used",
    ),
    "a claim without a main topic": (
        "claim_topics",
        {"claim_id": "fig-0001"},
        ("is_main", "false"),
        "claim-has-one-main-topic",
    ),
    "a claim with two main topics": (
        "claim_topics",
        {"claim_id": "com-0003", "is_main": "false"},
        ("is_main", "true"),
        "claim-has-one-main-topic",
    ),
    "a main topic other than that of the row": (
        "commitments",
        {"claim_id": "com-0003"},
        ("topic_id", "usfk-role"),
        "main-topic-is-that-of-the-claim",
    ),
    "a topic whose group is no group": (
        "topics",
        {"topic_id": "quad"},
        ("group_id", "nato"),
        "topic-group-is-a-group",
    ),
    "outside knowledge of another value than that of the cell": (
        "outside_knowledge",
        {"resource": "actors", "id": "fox-news", "field": "name_en"},
        ("value", "FOX News"),
        "outside-knowledge-is-of-a-cell",
    ),
    "a live claim without a verification": (
        "verifications",
        {"claim_id": "com-0001"},
        ("claim_id", "com-0002"),
        "claim-has-one-verification",
    ),
    "a verification against another document": (
        "verifications",
        {"claim_id": "com-0001"},
        ("document_id", "nss-2025"),
        "verification-is-of-the-document",
    ),
    "a verification with the text of another document": (
        "verifications",
        {"claim_id": "com-0001"},
        ("source_id", "us-rok-joint-fact-sheet-2025"),
        "verified-against-the-text",
    ),
    "a claim unverified although the text is at hand": (
        "verifications",
        {"claim_id": "com-0102"},
        ("verdict", "unverified"),
        "verified-against-the-text",
    ),
    "a claim verified although no text is at hand": (
        "verifications",
        {"claim_id": "com-0001"},
        ("verdict", "agrees"),
        "verified-against-the-text",
    ),
    "a verdict without what was found": (
        "verifications",
        {"claim_id": "com-0102"},
        ("found_en", ""),
        "compared-is-found",
    ),
    "what was found in one language": (
        "verifications",
        {"claim_id": "com-0102"},
        ("found_ja", ""),
        "found-in-both-languages",
    ),
    "a verdict on no document": (
        "verifications",
        {"claim_id": "com-0001"},
        ("document_id", ""),
        "no-document-has-none",
    ),
    "a difference in nothing": (
        "verification_differences",
        {"claim_id": "com-0121"},
        ("claim_id", "com-0124"),
        "verification-error",
    ),
    "evidence in the text of a document": (
        "evidence",
        {"claim_id": "com-0008"},
        ("source_id", "us-rok-joint-fact-sheet-2025"),
        "evidence-is-of-a-report",
    ),
    "a document that does not say which": (
        "sources",
        {"kind": "document"},
        ("document_id", ""),
        "document-is-named",
    ),
    "the span of a verification that reaches out of its segment": (
        "verification_spans",
        {"claim_id": "com-0102"},
        ("end", "11000"),
        "verification-span-inside-segment",
    ),
    "the span of an unreported item that reaches out of its segment": (
        "unreported_spans",
        {"unreported_id": "unr-0001"},
        ("end", "11000"),
        "unreported-span-inside-segment",
    ),
    "an unreported item without a place": (
        "unreported_spans",
        {"unreported_id": "unr-0007"},
        ("unreported_id", "unr-0002"),
        "unreported-stands-in-its-document",
    ),
    "a claim that agrees with no place in the document": (
        "verifications",
        {"verdict": "not-in-document"},
        ("verdict", "agrees"),
        "verdict-has-its-proof",
    ),
    "a claim that is not in the document and has a place there": (
        "verifications",
        {"claim_id": "com-0143"},
        ("verdict", "not-in-document"),
        "verdict-has-its-proof",
    ),
    "what is not in the document without an expression": (
        "verifications",
        {"verdict": "not-in-document"},
        ("absent", ""),
        "absence-is-proved",
    ),
    "an unreported item that is part of a claim about another document": (
        "unreported",
        {"unreported_id": "unr-0013"},
        ("claim_id", "com-0001"),
        "unreported-belongs-to-its-document",
    ),
    "an unreported commitment of nobody": (
        "unreported",
        {"table": "commitments"},
        ("obligor_id", ""),
        "commitment-has-its-fields",
    ),
    "an unreported figure without its printed expression": (
        "unreported",
        {"table": "figures"},
        ("as_stated", ""),
        "figure-has-its-fields",
    ),
    "an unreported date without a date": (
        "unreported",
        {"table": "dates"},
        ("date", ""),
        "date-has-its-fields",
    ),
    "an unreported position of nobody": (
        "unreported",
        {"table": "positions"},
        ("holder_id", ""),
        "position-has-its-fields",
    ),
    "an unreported commitment of a kind of dates": (
        "unreported",
        {"table": "commitments"},
        ("kind", "meeting"),
        "kind-is-of-the-table",
    ),
    "a discrepancy settled by a text that reports": (
        "discrepancies",
        {"discrepancy_id": "dis-0027"},
        ("settled_by", "sakata-2026"),
        "settled-by-a-document",
    ),
    "a discrepancy settled by nothing": (
        "discrepancies",
        {"discrepancy_id": "dis-0027"},
        ("settled_by", ""),
        "settled-by-a-text",
    ),
    "an actor that is part of itself": (
        "actors",
        {"actor_id": "us-government"},
        ("part_of_id", "us-government"),
        "foreign-key-cycle",
    ),
    "a sum that is not the printed one": (
        "figures",
        {"claim_id": "fig-0009"},
        ("value", "1200000000"),
        "numeral-error",
    ),
    "a statement in English of another sum": (
        "figures",
        {"claim_id": "fig-0009"},
        ("statement_en", "South Korea pays about 1.2 billion US dollars a year."),
        "numeral-error",
    ),
    "a statement in Japanese of another sum": (
        "figures",
        {"claim_id": "fig-0009"},
        ("statement_ja", "韓国が払う額は年におよそ12億ドルである。"),
        "numeral-error",
    ),
}


def times_found(folder, table, where, cell, rule):
    """How often a rule finds what breaks it in a copy of the dataset, which is mended then."""
    file, (column, value) = folder / "data" / f"{table}.csv", cell
    before, (header, *rows) = file.read_bytes(), read(file)
    row = next(
        row for row in rows if all(row[header.index(key)] == text for key, text in where.items())
    )
    row[header.index(column)] = value
    write(file, [header, *rows])
    found = validate(folder).findings
    file.write_bytes(before)
    return sum(rule in (finding.rule, finding.code) for finding in found)


def test_rules_find_what_breaks_them_and_nothing_else(dataset_copy):
    found = {name: times_found(dataset_copy, *broken) for name, broken in RELATIONS.items()}
    assert {name: count for name, count in found.items() if not 1 <= count <= 2} == {}


def test_every_table_rule_is_broken_by_a_test():
    tested = {rule for _, _, _, rule in RELATIONS.values()}
    assert {rule.name for rule in PACKAGE.rules} <= tested


def test_descriptor_is_written_as_tidy_writes_it(root):
    text = (root / "datapackage.json").read_text("utf-8")
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n"
