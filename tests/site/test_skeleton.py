"""Sources as their segments: each span in its place, and no text."""

import csv
import re

import pytest
from support.places import PACKAGES

from validate._src.site.strips import WIDTH, map_of, strip_of

NAME = "valid-verifications"
pytestmark = pytest.mark.xdist_group("sites")


class Piece:
    def __init__(self, start, end, name="1", reason=""):
        self.start, self.end, self.name, self.reason = start, end, name, reason
        self.address = f"#segment-{name}"


def rows(table):
    with (PACKAGES / NAME / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return [*csv.DictReader(file)]


@pytest.mark.parametrize("source", ["letter", "charter"])
def test_each_segment_and_each_span_is_in_its_place(source, sites):
    page = sites(NAME).page(f"sources/{source}.html")
    items = [given for tag, given, _ in page.elements if tag == "li" and "data-sha256" in given]
    segments = [given for given in items if "data-segment" in given]
    wanted = [row for row in rows("segments") if row["source_id"] == source]
    assert [(one["data-segment"], one["data-start"], one["data-end"]) for one in segments] == [
        (row["segment"], row["start"], row["end"]) for row in wanted
    ]
    spans = [given for given in items if "data-segment" not in given]
    tables = ("quotes", "check_spans", "omission_spans")
    known = [row for table in tables for row in rows(table) if row["source_id"] == source]
    assert sorted((one["data-start"], one["data-sha256"]) for one in spans) == sorted(
        (row["start"], row["sha256"]) for row in known
    )


def test_texts_that_prove_anchors_leave_no_trace_on_pages(sites, site_of):
    proved, _ = site_of(PACKAGES / NAME, sources=PACKAGES / NAME / "sources")
    assert proved.paths == sites(NAME).paths
    others = {path for path in proved.paths if proved.text(path) != sites(NAME).text(path)}
    assert others == {"index.html", "validation.html"}
    assert "source texts" in proved.page("validation.html").text


def test_the_row_that_a_span_proves_says_where_it_stands(sites):
    quote = rows("quotes")[0]
    pledge = next(iter(quote))
    page = sites(NAME).page(f"tables/pledges/{quote[pledge]}.html")
    anchor = f"sources/{quote['source_id']}.html#segment-{quote['segment']}"
    assert f"../../{anchor}" in page.links
    assert quote["sha256"] in page.text


@pytest.fixture
def in_parts(sites):
    """The site of a package whose sources stand in parts of few segments and spans."""
    return sites("pieces")


def segments_on(page):
    found = (given for tag, given, _ in page.elements if tag == "li" and "data-segment" in given)
    return [given["data-segment"] for given in found]


def test_a_long_source_stands_in_parts(in_parts):
    pages = ["sources/letter.html", "sources/letter~part-2.html"]
    assert [path for path in in_parts.paths if path.startswith("sources/letter")] == pages
    assert [segments_on(in_parts.page(path)) for path in pages] == [["1", "2"], ["3", "4"]]
    whole = "".join(map(in_parts.text, pages))
    for row in rows("quotes"):
        assert (f'data-sha256="{row["sha256"]}"' in whole) == (row["source_id"] == "letter")


def test_a_part_of_a_source_can_be_proved_as_the_whole_text(in_parts):
    for path in ("sources/letter.html", "sources/letter~part-2.html"):
        elements = (given for _, given, _ in in_parts.page(path).elements)
        (place,) = (given for given in elements if "data-proof-by-text" in given)
        assert place["data-characters"] == "86"


def test_maps_and_rows_lead_to_the_part_in_which_a_segment_stands(in_parts):
    assert "letter~part-2.html#segment-4" in in_parts.page("sources/letter.html").links
    assert "#segment-1" in in_parts.page("sources/letter.html").links
    links = in_parts.page("tables/pledges/p4.html").links
    assert "../../sources/letter~part-2.html#segment-4" in links


def test_boxes_are_as_long_as_their_characters():
    segments = [Piece(0, 60), Piece(60, 240, "2", "heading")]
    svg = str(map_of(segments, [Piece(30, 90)]))
    found = re.findall(r'class="(\w+)" x="([\d.]+)" y="(\d+)" width="([\d.]+)"', svg)
    half = WIDTH / 2
    assert [(kind, float(x), int(y), float(width)) for kind, x, y, width in found] == [
        ("even", 0, 0, half), ("exempt", half, 0, half), ("exempt", 0, 14, WIDTH),
        ("span", half / 2, 0, half),
    ]  # fmt: skip


def test_spans_of_a_strip_lie_in_lanes_within_the_segment():
    spans = [Piece(5, 15), Piece(10, 20), Piece(16, 99)]
    svg = str(strip_of(Piece(10, 30), spans, 40))
    found = re.findall(r'class="span" x="([\d.]+)" y="(\d+)" width="([\d.]+)"', svg)
    in_characters = [(float(x) * 40 / WIDTH, int(y), float(w) * 40 / WIDTH) for x, y, w in found]
    assert in_characters == [(0, 8, 5), (0, 15, 10), (6, 8, 14)]


def test_what_lies_nowhere_is_not_drawn():
    assert map_of([Piece(5, 5), Piece(-3, 2)], []) == ""
    assert strip_of(Piece(9, 3), [], 10) == ""
    assert 'class="span"' not in map_of([Piece(0, 9)], [Piece(4, 40), Piece(-1, 2)])
