"""The markers of the dataset: how often each stands, and that each of them finds what it is for."""

import csv
import re
from collections import defaultdict
from functools import cache

import pytest
from support.places import ROOT

from validate import load, validate
from validate._src.package.descriptor import load_package
from validate._src.tables.sourcetext import canonical

HEADER = "| marker | decides | allows | spans | exceptions |\n|---|---|---|---:|---:|\n"
STANDING = ("states", "restates")
CODES = {"marker-error", "marker-value", "marker-unmatched", "exception-unmatched"}


@cache
def tables():
    return load(ROOT)


def rows(name):
    return list(tables()[name].iter_rows(named=True))


def allowed():
    """The values that each marker allows, by table."""
    found = defaultdict(lambda: defaultdict(list))
    for row in rows("marker_values"):
        found[row["marker_id"]][row["table"]].append(row["value"])
    return found


@pytest.fixture(scope="module")
def standing(sources):
    """The claims of the spans in which each marker stands, of its tables; a span a claim."""
    texts = {
        name: canonical((sources / f"{name}.txt").read_text("utf-8"))
        for name in tables()["sources"]["source_id"]
    }
    table_of = {row["claim_id"]: row["table"] for row in rows("claims")}
    spans = [
        (row["claim_id"], texts[row["source_id"]][row["start"] : row["end"]])
        for row in rows("evidence")
        if row["role"] in STANDING
    ]
    decides = allowed()
    return {
        marker["marker_id"]: [
            claim
            for claim, text in spans
            if table_of[claim] in decides[marker["marker_id"]]
            and re.search(marker["pattern"], text)
        ]
        for marker in rows("markers")
    }


def excepted():
    """The claims that each marker does not decide."""
    found = defaultdict(set)
    for row in rows("marker_exceptions"):
        found[row["marker_id"]].add(row["claim_id"])
    return found


def counts(standing):
    """The lines of the codebook that say what each marker decides, and how often it stands."""
    exceptions, decides = excepted(), allowed()
    for marker in rows("markers"):
        name = marker["marker_id"]
        values = dict.fromkeys(value for some in decides[name].values() for value in some)
        said = ", ".join(f"`{value}`" for value in values)
        number = len(exceptions[name]) or ""
        yield f"| `{name}` | `{marker['field']}` | {said} | {len(standing[name])} | {number} |\n"
    spans = sum(map(len, standing.values()))
    yield f"| all | | | {spans} | {len(rows('marker_exceptions'))} |\n"


def test_the_codebook_says_how_often_each_marker_stands(standing, golden):
    page = ROOT / "docs" / "codebook.md"
    before, header, after = page.read_text("utf-8").partition(HEADER)
    assert header
    rest = after[after.index("\n### ") :]
    golden.text(page, before + header + "".join(counts(standing)) + rest)


def test_the_validator_counts_the_same(standing, sources):
    checked = {part.what: part.count for part in validate(ROOT, sources).checked}
    assert checked["markers"] == len(rows("markers"))
    assert checked["markers in spans"] == sum(map(len, standing.values()))


def test_a_marker_decides_more_claims_than_it_does_not(standing):
    exceptions = excepted()
    assert {
        name: (claims, exceptions[name])
        for name, claims in standing.items()
        if len({*claims}) <= 2 * len(exceptions[name])
    } == {}


def other_values(standing):
    """For each marker a claim of its own that it decides, and a value that none allows it."""
    package, exceptions, decides, taken = load_package(ROOT), excepted(), allowed(), set()
    table_of = {row["claim_id"]: row["table"] for row in rows("claims")}
    markers = {row["marker_id"]: row for row in rows("markers")}
    for name in sorted(standing, key=lambda name: len({*standing[name]})):
        claim = next(one for one in standing[name] if one not in taken | exceptions[name])
        table, field = table_of[claim], markers[name]["field"]
        ruled_out = {
            value
            for other in markers
            if markers[other]["field"] == field and claim in standing[other]
            for value in decides[other][table]
        }
        categories = package.resources[table].schema.field(field).categories
        taken.add(claim)
        yield (
            name,
            claim,
            table,
            field,
            next(one.value for one in categories if one.value not in ruled_out),
        )


def test_each_marker_finds_a_claim_with_another_value(standing, dataset_copy, sources):
    changes = list(other_values(standing))
    for table in {table for _, _, table, _, _ in changes}:
        file = dataset_copy / "data" / f"{table}.csv"
        with file.open(encoding="utf-8", newline="") as stream:
            header, *lines = csv.reader(stream)
        for _, claim, _, field, value in (one for one in changes if one[2] == table):
            (line,) = (line for line in lines if line[0] == claim)
            line[header.index(field)] = value
        with file.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, lineterminator="\n").writerows([header, *lines])
    report = validate(dataset_copy, sources)
    found = {(one.rule, *one.key) for one in report if one.code == "marker-value"}
    wanted = {(name, claim) for name, claim, *_ in changes}
    assert wanted <= found
    assert {claim for _, claim in found} == {claim for _, claim in wanted}


def test_reasons_are_sentences():
    reasons = tables()["marker_exceptions"]["reason_en"]
    assert [one for one in reasons if not (one[0].isupper() and one.endswith("."))] == []
