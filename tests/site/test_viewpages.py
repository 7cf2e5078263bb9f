"""The pages of views: what stands on them, in which order, and what they load."""

import re
import shutil
from html.parser import HTMLParser

import pytest
from support.made import change_descriptor
from support.places import PACKAGES
from support.site import Words

from validate._src.engine.run import read_judged
from validate._src.package.descriptor import load_package
from validate._src.site import viewpages
from validate._src.site.gather import site_of
from validate._src.site.rendering import frame_of
from validate._src.site.spoken import GAP
from validate._src.site.viewpages import views_pages
from validate._src.site.views import shown_views
from validate._src.tables.dataset import Dataset

SMALL = PACKAGES / "valid-views"
OPEN = {"br", "hr", "img", "input", "link", "meta", "line", "circle"}


class Parsed(HTMLParser):
    """A page taken apart; a tag that is closed out of turn fails the test."""

    def __init__(self, html):
        super().__init__()
        self.open, self.ids, self.links, self.tags = [], [], [], []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags.append((tag, given))
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given[name] for name in ("href", "src") if name in given]
        if tag not in OPEN:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in OPEN:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def pages_of(folder):
    package = load_package(folder)
    report, tables = read_judged(package)
    site = site_of(report, tables)
    shown = shown_views(site, Dataset(package, tables))
    frame = frame_of(site, (("views/index.html", "Views"),))
    return {page.path: page.content for page in views_pages(shown, package.views, frame)}


@pytest.fixture(scope="module")
def small():
    return pages_of(SMALL)


def main(page):
    return page.partition("<main")[2].partition("</main>")[0]


def words(html):
    """The text of a page without its tags, as it is first seen."""
    return " ".join("".join(Words(html).pieces).split())


def headings(html):
    return [words(found) for found in re.findall(r"<h2[^>]*>(.*?)</h2>", main(html), re.S)]


def test_each_view_has_a_page_and_each_part(small):
    assert [*small] == [
        "views/index.html",
        "views/who-counts/index.html",
        "views/each-lake/index.html",
        "views/each-lake/bay.html",
        "views/each-lake/great.html",
        "views/each-lake/tarn.html",
        "views/table/index.html",
        "views/beside/index.html",
        "views/again/index.html",
        "views/scale/index.html",
    ]


def test_pages_are_well_formed_and_hold_no_style_and_no_script_of_their_own(small):
    for path, html in small.items():
        parsed = Parsed(html)
        assert len({*parsed.ids}) == len(parsed.ids), path
        assert not any("style" in given for _, given in parsed.tags), path
        assert not any(name.startswith("on") for _, given in parsed.tags for name in given), path
        assert all(given.get("src") for tag, given in parsed.tags if tag == "script"), path


def test_links_within_views_lead_to_pages_and_anchors(small):
    for path, html in small.items():
        parsed = Parsed(html)
        folder = path.rpartition("/")[0]
        for link in parsed.links:
            file, _, anchor = link.partition("#")
            if not file:
                assert anchor in {*parsed.ids}, (path, link)
            elif not file.startswith("../"):
                assert f"{folder}/{file}" in small, (path, link)


def test_texts_of_the_tables_are_escaped(small):
    html = small["views/who-counts/index.html"]
    assert "First &lt;Survey&gt;" in html
    assert "<Survey>" not in html
    assert "12.5 percent are &lt;trout&gt;" in html


def test_both_languages_are_in_the_page(small):
    html = small["views/who-counts/index.html"]
    assert '<span class="said" lang="en">There are 1200 fish in the bay.</span>' in html
    assert f'<span class="said" lang="ja">{GAP}入江には1200匹の魚がいる。</span>' in html
    assert 'data-languages="en ja"' in html


def test_rows_stand_under_the_values_that_they_share(small):
    assert headings(small["views/who-counts/index.html"]) == [
        "The bay 入江",
        "Great Lake 大湖",
        "Little Tarn 小沼",
    ]


def test_the_page_of_a_part_has_the_name_of_its_row_above_it(small):
    html = small["views/each-lake/great.html"]
    (heading,) = re.findall(r"<h1>(.*?)</h1>", html, re.S)
    assert words(heading) == "Great Lake 大湖 Each lake"
    assert "<title>Great Lake / 大湖: Each lake · " in html


def test_parts_are_listed_by_their_names(small):
    (listed,) = re.findall(
        r'<ul class="places" data-names>.*?</ul>', small["views/each-lake/index.html"], re.S
    )
    assert words(listed) == "Great Lake 大湖 2 Little Tarn 小沼 1 The bay 入江 2"


def test_what_is_compared_stands_side_by_side_those_of_most_rows_first(small):
    found = re.findall(r"<h3>(.*?)</h3>", small["views/beside/index.html"], re.S)
    first, second = "First <Survey>", "Second & last"
    assert [words(one) for one in found] == [second, first, second, first, second]


def test_only_kinds_that_there_are_are_explained(small):
    marks = re.search(r'<dl class="values marks">.*?</dl>', small["views/beside/index.html"], re.S)
    assert words(marks[0]) == (
        "Says 述べる The survey has it. 調査にある。"
        " Leaves out 述べない The survey does not have it. 調査にない。"
    )


def test_what_an_entry_is_stands_before_its_own_words_where_it_is_compared(small):
    html = main(small["views/beside/index.html"])
    entries = [words(one) for one in re.findall(r'<p class="main">.*?</p>', html, re.S)]
    assert [one.split()[0] for one in entries] == ["Says", "Says", "Leaves", "Says", "Says"]
    assert entries[2].startswith("Leaves out 述べない The second survey does not speak of trout.")
    note = "A mark says of what kind an entry is. How far it goes, its own words say."
    assert note in words(html)
    assert note not in words(main(small["views/who-counts/index.html"]))


def test_rows_are_counted_at_the_head_by_the_values_that_a_view_names(small):
    counts = re.findall(
        r'<ul class="facts counts">.*?</ul>', small["views/who-counts/index.html"], re.S
    )
    assert [words(one) for one in counts] == [
        "Sort of count 区別 : Says 述べる (4), Leaves out 述べない (1)"
        " unit: fish (3), percent (1), none (1)"
    ]
    assert 'class="facts counts"' not in small["views/again/index.html"]


def test_what_words_of_vocabularies_mean_is_said_of_those_that_there_are(small):
    html = small["views/each-lake/bay.html"]
    (meanings,) = re.findall(r'<details class="meanings">.*?</details>', html, re.S)
    assert (
        words(meanings)
        == "What the words mean Sort of count 区別 Says 述べる The survey has it. 調査にある。"
    )
    legend = small["views/who-counts/index.html"]
    assert 'class="values marks"' in legend
    assert 'class="meanings"' not in legend


def test_a_cell_says_of_what_column_it_is_unless_it_is_empty(small):
    html = small["views/table/index.html"]
    cells = re.findall(r'<td role="cell"[^>]*>(.*?)</td>', html, re.S)
    assert cells
    assert all(one == "" or one.startswith('<span class="head">') for one in cells)
    of_scale = re.findall(r'<td role="cell"[^>]*>(.*?)</td>', small["views/scale/index.html"])
    assert "" in of_scale


def test_a_column_of_a_table_without_values_is_named_and_not_shown(tmp_path):
    folder = tmp_path / "package"
    shutil.copytree(SMALL, folder)
    (folder / "views" / "table.sql").write_text(
        "SELECT 'lakes' AS of, lake_id AS key, CAST(NULL AS VARCHAR) AS said_en,"
        " CAST(NULL AS VARCHAR) AS said_ja FROM lakes ORDER BY key",
        "utf-8",
    )
    html = main(pages_of(folder)["views/table/index.html"])
    assert "No row has a value in What it is." in words(html)
    assert len(re.findall("<th ", html)) == 1


def test_pairs_stand_side_by_side(small):
    html = main(small["views/again/index.html"])
    first, second = [words(one) for one in re.split('<li class="one"[^>]*', html)[1:]]
    assert first.startswith("> difference 200")
    assert first.index("First The first count") < first.index("c-1")
    assert first.index("c-1") < first.index("second head The count again") < first.index("c-2")
    assert "12.5 percent" in second
    assert "does not speak of trout" in second


def test_numbers_that_can_be_compared_are_drawn_with_a_table_behind(small):
    html = small["views/scale/index.html"]
    assert headings(html) == ["fish", "percent", "unit: none"]
    assert html.count("<svg ") == 1
    (said,) = re.findall(r"<desc [^>]*>(.*?)</desc>", html)
    assert said == (
        "The bay / 入江, c-1: 1,200; The bay / 入江, c-2: 1,000 – 1,500; Little Tarn / 小沼, c-5: 0"
    )
    assert html.count("<table ") == 3
    for number in ("1,200", "1,000", "1,500", "12.5"):
        assert number in html


def test_a_view_of_many_rows_is_cut(monkeypatch):
    monkeypatch.setattr(viewpages, "MOST_ROWS", 2)
    made = pages_of(SMALL)
    files = [path for path in made if path.startswith("views/who-counts/")]
    assert files == [
        "views/who-counts/index.html",
        "views/who-counts/part-2.html",
        "views/who-counts/part-3.html",
    ]
    assert [made[file].count('<li class="one"') for file in files] == [2, 2, 1]
    for path, html in made.items():
        assert Parsed(html), path


def test_a_view_that_cannot_be_shown_says_why(tmp_path):
    made = pages_of(PACKAGES / "view-of-an-absent-table")
    assert "cannot be shown" in words(made["views/index.html"])
    assert "counts could not be read to the end." in words(made["views/who-counts/index.html"])


def test_values_that_are_no_names_of_files_have_pages_all_the_same(tmp_path):
    package = shutil.copytree(SMALL, tmp_path / "package")
    file = package / "counts.csv"
    file.write_text(file.read_text("utf-8").replace(",tarn,", ",,"), "utf-8")
    lakes = package / "lakes.csv"
    lakes.write_text(lakes.read_text("utf-8").replace("great", "../x"), "utf-8")
    counts = file.read_text("utf-8").replace("great", "../x")
    file.write_text(counts, "utf-8")

    def only(descriptor):
        descriptor["views"]["pages"] = descriptor["views"]["pages"][1:2]

    change_descriptor(package, only)
    names = [path.rpartition("/")[2] for path in pages_of(package)]
    assert names[:2] == ["index.html", "index.html"]
    assert sorted(names[2:])[0] == "bay.html"
    assert any(re.fullmatch(r"x~[0-9a-f]{16}\.html", name) for name in names)
    assert "none~.html" in names


def test_a_view_leads_to_others_with_what_is_picked_there(small):
    html = small["views/beside/index.html"]
    assert "../../views/who-counts/index.html#?kind=omits" in Parsed(html).links
    said = "See also Who counts what 誰が何を数えるか : 1 row"
    said += " ( Sort of count 区別 : Leaves out 述べない )"
    assert said in words(html)
    assert "See also As a table : 5 rows" in words(html)


def test_a_view_leads_to_several_values_of_another(tmp_path):
    package = shutil.copytree(SMALL, tmp_path / "package")

    def both(descriptor):
        views = {view["name"]: view for view in descriptor["views"]["pages"]}
        views["beside"]["also"][0]["where"] = {"kind": ["says", "omits", "denies"]}

    change_descriptor(package, both)
    html = pages_of(package)["views/beside/index.html"]
    link = "../../views/who-counts/index.html#?kind=says&kind=omits&kind=denies"
    assert link in Parsed(html).links
    assert "See also Who counts what 誰が何を数えるか : 5 rows" in words(html)
    assert ": Says 述べる , Leaves out 述べない , denies )" in words(html)


def test_narrower_values_are_led_to_from_wider_ones(small):
    great = small["views/each-lake/great.html"]
    assert "Narrower: The bay 入江 2" in words(great)
    assert "bay.html" in Parsed(great).links
    under_headings = small["views/who-counts/index.html"]
    assert "#group-bay" in Parsed(under_headings).links
    assert "Narrower:" not in words(small["views/each-lake/bay.html"])


def test_what_is_narrower_and_on_another_page_is_led_to_there(monkeypatch):
    monkeypatch.setattr(viewpages, "MOST_ROWS", 2)
    made = pages_of(SMALL)
    assert "index.html#group-bay" in Parsed(made["views/who-counts/part-2.html"]).links


def test_a_row_in_several_places_is_said_to_be_one(tmp_path):
    package = shutil.copytree(SMALL, tmp_path / "package")
    again = "SELECT * FROM counts WHERE lake_id = 'bay'"
    both = f"SELECT * FROM counts UNION ALL {again}"
    query = f"SELECT * FROM ({both}) AS twice ORDER BY lake_id, count_id"
    (package / "views" / "counts.sql").write_text(query, "utf-8")
    made = pages_of(package)
    said = "5 rows in 7 places : one may stand in several"
    assert said in words(made["views/who-counts/index.html"])
    assert "5 rows in 7 places" in words(made["views/index.html"])
    assert "several" not in words(made["views/table/index.html"])


def test_the_same_pages_come_of_the_same_package(small):
    assert pages_of(SMALL) == small
