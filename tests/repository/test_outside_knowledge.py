"""What the reference tables say stands in the texts, or is listed as outside knowledge."""

import calendar
import re
from itertools import product

import polars as pl
import pytest
from support.places import ROOT

from validate import load
from validate._src.package.descriptor import load_package
from validate._src.tables.sourcetext import canonical

PACKAGE = load_package(ROOT)
REFERENCE = ("sources", "documents", "actors", "memberships", "topics")
DATE = "published"
WORDS = {
    # columns of names, titles, dates and identifiers: each cell is printed, or has a row
    "sources": ["title", "title_en", "authors", "kind", DATE, "publisher", "url"],
    "documents": ["title", "title_en", "authors", DATE, "identifier"],
    "actors": ["name_en", "name_ja", "role_en", "role_ja"],
    "topics": ["label_en", "label_ja", "abbreviation"],
}
HELD_OTHERWISE = {
    # other columns without a row for the whole of them, and why
    ("sources", "canonicalisation"): "names a way to count, which the anchors prove",
    ("sources", "characters"): "the anchors prove it",
    ("sources", "sha256"): "the anchors prove it",
    ("documents", "issuer_id"): "the texts print who issued a work, save for those that have a row",
}


def key(table):
    (name,) = PACKAGE.resources[table].schema.primary_key
    return name


def listed(tables):
    """The cells that have a row, and the columns that have one as a whole."""
    rows = tables["outside_knowledge"]
    whole = pl.col("id") == "*"
    return (
        set(rows.filter(~whole).select("resource", "id", "field").rows()),
        set(rows.filter(whole).select("resource", "field").rows()),
    )


def canonical_texts(tables, sources):
    return {
        name: canonical((sources / f"{name}.txt").read_text("utf-8"))
        for name in tables["sources"]["source_id"]
    }


def bodies(tables, sources):
    """The canonical texts, without what is no source, such as teasers of other articles."""
    texts = canonical_texts(tables, sources)
    found = dict.fromkeys(texts, "")
    for name, start, end, kind in (
        tables["segments"].select("source_id", "start", "end", "kind").rows()
    ):
        found[name] += "\n" if kind == "boilerplate" else texts[name][start:end]
    return found


def passages(tables, sources):
    """The canonical passages that speak of each document: the spans of its claims."""
    texts = canonical_texts(tables, sources)
    claims = pl.concat(
        table.select("claim_id", "document_id")
        for name, table in tables.items()
        if {"claim_id", "document_id"} <= set(table.columns)
    )
    spans = claims.drop_nulls().join(tables["evidence"], on="claim_id")
    found = dict.fromkeys(tables["documents"]["document_id"], "")
    for document, name, start, end in spans.select(
        "document_id", "source_id", "start", "end"
    ).rows():
        found[document] += texts[name][start:end] + "\n"
    return found


def grounds(tables, sources):
    """What must print a cell, by table and row: a text, its own passages, or any of the texts."""
    own, spoken = bodies(tables, sources), passages(tables, sources)
    anywhere = "\n".join(own.values())
    places = {"sources": own, "documents": spoken}
    return lambda table, name: places[table].get(name, "") if table in places else anywhere


def ways_to_print(date):
    """How the texts print a date: 2025年12月5日, December 5, 2025, Dec. 5, 2025."""
    year, *rest = date.split("-")
    if not rest:
        return [year]
    month, day = int(rest[0]), "".join(str(int(part)) for part in rest[1:])
    names = (calendar.month_name[month], calendar.month_abbr[month] + ".")
    return [
        f"{year}年{month}月" + (f"{day}日" if day else ""),
        *(name + (f"{day},{year}" if day else year) for name in names),
    ]


def is_dated(date, passage):
    """Whether a passage prints a date; `2025` is not printed in `12025`."""
    return any(re.search(rf"(?<!\d){re.escape(way)}(?!\d)", passage) for way in ways_to_print(date))


def cells(tables):
    """Every filled cell of the columns of words."""
    for table, fields in WORDS.items():
        for field, row in product(fields, tables[table].iter_rows(named=True)):
            if row[field]:
                yield (table, row[key(table)], field), row[field]


def is_printed(cell, value, ground):
    """Whether the texts print what a cell holds; no text bears a date of its own."""
    table, _, field = cell
    if field == DATE:
        return table == "documents" and is_dated(value, ground)
    return all(canonical(part) in ground for part in value.split("; "))


def printed_and_not(tables, sources):
    """The cells of words that the texts print, and those that they do not."""
    ground, found = grounds(tables, sources), {True: set(), False: set()}
    for cell, value in cells(tables):
        found[is_printed(cell, value, ground(*cell[:2]))].add(cell)
    return found[True], found[False]


def claiming_more(tables, sources):
    """The cells that say what the texts do not print, and that have no row."""
    _, unprinted = printed_and_not(tables, sources)
    return unprinted - listed(tables)[0]


def test_what_the_texts_do_not_print_is_listed(sources):
    assert claiming_more(load(ROOT), sources) == set()


def test_what_the_texts_print_is_not_listed(sources):
    """Save dates: a passage may print one that it does not give for the document."""
    tables = load(ROOT)
    printed, _ = printed_and_not(tables, sources)
    assert {cell for cell in printed & listed(tables)[0] if cell[2] != DATE} == set()


def test_every_column_is_held_to_the_texts_or_listed_as_a_whole():
    columns = {
        (table, field.name)
        for table in REFERENCE
        for field in PACKAGE.resources[table].schema.fields
        if field.name not in PACKAGE.resources[table].schema.primary_key
    }
    words = {(table, field) for table, fields in WORDS.items() for field in fields}
    _, whole = listed(load(ROOT))
    assert not words & whole
    assert columns - words - whole == set(HELD_OTHERWISE)
    assert whole <= columns


BROKEN = [
    # a cell that the texts print, and what they do not print there
    ("actors", "atlantic-council", "name_en", "Atlantic Council of the United States"),
    ("actors", "okonogi", "name_ja", "小此木正夫"),
    ("actors", "brunson", "role_en", "General Xavier T. Brunson, Commander"),
    ("documents", "nss-2025", "title", "The National Security Strategy of the United States"),
    ("documents", "nss-2025", DATE, "2025-11-05"),
    ("documents", "colby-strategy-of-denial-2021", DATE, "2021-09"),
    ("documents", "ishida-2025", DATE, "2025-11-20"),
    ("documents", "kerg-2025", "authors", "Markus Garlauskas"),
    ("documents", "suetsugu-2025", "identifier", "第1号"),
    ("sources", "sakata-2026", "title", "米国防戦略、北朝鮮抑止で韓国主体へ転換の意味"),
    ("sources", "nds-explainer-2026", "authors", "Suzuki"),
    ("topics", "nuclear-consultative-group", "abbreviation", "NuCG"),
    ("topics", "masga", "label_en", "Make American Shipbuilding Great Again"),
    # in a teaser of another article, which is no source
    ("actors", "united-nations-command", "name_ja", "国連のグテレス事務総長"),
]


@pytest.mark.parametrize(("table", "name", "field", "value"), BROKEN)
def test_a_cell_that_says_more_than_the_texts_is_found(table, name, field, value, sources):
    tables = load(ROOT)
    cell = pl.when(pl.col(key(table)) == name).then(pl.lit(value)).otherwise(pl.col(field))
    tables[table] = tables[table].with_columns(cell.alias(field))
    assert claiming_more(tables, sources) == {(table, name, field)}
