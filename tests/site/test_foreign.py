"""Packages of others: what is wide, half empty, long, without a schema, or no table at all."""

import csv

import pytest
from support.foreign import LONG, PLAIN, VERY_LONG
from support.made import one_table
from support.site import build

from validate._src.engine.run import read_judged
from validate._src.package.descriptor import load_package
from validate._src.site import limits
from validate._src.site.gather import BARE, site_of

pytestmark = pytest.mark.xdist_group("sites")
TABLE = "tables/stations/index.html"


def table_of(folder, fields, rows, **schema):
    """A table as pages show it."""
    names = [field["name"] for field in fields]
    package, file = one_table(folder, "t.csv", fields, schema=schema)
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([names, *rows])
    return site_of(*read_judged(load_package(package))).tables["t"]


def test_a_column_says_its_unit_and_what_it_means(foreign):
    page = foreign[0].page(TABLE)
    (depth,) = [
        given for tag, given, _ in page.elements if given.get("title", "").startswith("Meas")
    ]
    assert depth["title"] == "Measured by a *line*, not by sound."
    assert "Depth of the water in m depth" in page.texts(
        "th", scope="col", class_="n", title=depth["title"]
    )
    assert "<em>line</em>" in foreign[0].text(TABLE)


def test_a_row_says_its_units(foreign):
    (path,) = [path for path in foreign[0].paths if path.startswith("tables/stations/d")]
    assert "3 m" in foreign[0].page(path).texts("div", class_="value")


def test_columns_without_a_value_are_named_beside_the_rows(foreign):
    page = foreign[0].page(TABLE)
    assert "No row has a value in 1 field: never" in page.texts("p", class_="facts")
    assert "#field-never" in page.links
    heads = page.texts("th", scope="col")
    assert "never" not in heads
    assert [*PLAIN] == heads[-4 - len(PLAIN) : -4]


def test_long_keys_are_broken_and_others_are_not(tmp_path, foreign):
    assert foreign[0].page(TABLE).texts("th", scope="row", class_="w")
    table = table_of(tmp_path, [{"name": "id", "type": "string"}], [["a"]], primaryKey="id")
    assert table.height == 1
    site, _ = build(tmp_path, tmp_path / "site")
    assert site.page("tables/t/index.html").texts("th", scope="row", class_="w") == []


def test_the_whole_of_a_long_cell_is_at_hand(foreign):
    site, _ = foreign
    page = site.page(TABLE)
    assert " ".join(LONG.split()) in page.text
    assert " ".join(VERY_LONG.split()) not in page.text
    pages = [link for link in page.links if link.endswith(".html") and "/" not in link]
    assert len(pages) == 2 * 4
    for link in {*pages}:
        assert " ".join(VERY_LONG.split()) in site.page(f"tables/stations/{link}").text


def test_rows_of_many_fields_or_long_texts_stand_on_more_pages(tmp_path):
    fields = [{"name": f"f{number}", "type": "string"} for number in range(100)]
    rows = [["x"] * 100] * 300
    assert limits.CELLS_A_PART // 100 == 250
    table = table_of(tmp_path, fields, rows)
    assert (table.rows_a_part, table.parts) == (200, 2)
    assert table.address(250) == f"t/{table.names[250]}.html"
    assert table_of(tmp_path, fields, [["x", *[""] * 99]] * 300).rows_a_part == limits.ROWS_A_PART
    long = [["x" * limits.WHOLE_CELL * 3]] * 600
    assert table_of(tmp_path, fields[:1], long).rows_a_part == 200


def test_a_row_of_a_large_table_is_found_in_its_part(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "MOST_ROW_PAGES", 2)
    monkeypatch.setattr(limits, "CELLS_A_PART", 4)
    fields = [{"name": name, "type": "string"} for name in "ab"]
    table = table_of(tmp_path, fields, [["x", "y"]] * 5)
    assert table.rows_a_part == 2
    assert [table.address(index) for index in range(5)] == table.addresses().to_list()
    assert table.address(4) == "t/part-3.html#row-row-6"
    site, _ = build(tmp_path, tmp_path / "site")
    assert "row-row-6" in site.page("tables/t/part-3.html").ids
    assert '"rowsAPart":2' in site.text("search/index.js")


def test_a_table_without_a_schema_is_shown_by_its_labels(foreign):
    site, said = foreign
    page = site.page("tables/bare/index.html")
    assert page.texts("th", scope="col") == ["Row", "pond", "count", "note"]
    assert page.texts("td", class_="n") == ["12", "3.5"]
    assert "none of them was checked" in page.texts("p", class_="note")[0]
    assert "fields" not in page.ids
    assert f"bare: the resource has no schema; {BARE}" in said
    assert site.page("tables/inline/index.html").texts("td", class_="n") == ["3", "12"]
    assert site.page("tables/bare/row-3.html").texts("dd")[0] == "South"
    assert '"title":"bare"' in site.text("search/index.js")
    assert not (site.folder / "downloads" / "tables" / "bare.csv").exists()
    assert "twice is left out: the resource has no schema" in said


def test_what_is_no_table_is_named_with_its_files(foreign):
    page = foreign[0].page("index.html")
    cards = page.texts("li")
    assert "The report report.pdf pdf, 25 bytes" in cards
    assert any(card.startswith("far https://a.example/far.csv csv") for card in cards)
    assert "https://a.example/far.csv" in page.links
    assert any("Not shown: not fetched; " in card for card in cards if card.startswith("far "))
    assert any(card.startswith("settings Not shown: ") for card in cards)
    assert any(card.startswith("twice twice.csv csv, 16 bytes Not shown: ") for card in cards)
    assert "None is named." in page.texts("dd")
