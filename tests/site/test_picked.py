"""The views to which the page of a row leads: where it is picked, and with which number."""

import re

import pytest
from support.places import PACKAGES
from support.site import Words, build

from validate._src.site import viewpages


@pytest.fixture(scope="module")
def site(sites):
    return sites("valid-narrower")


def told(site, path):
    """For each view to which a page leads its address and what is said beside it."""
    html = site.text(path)
    listed = re.search(r'<ul class="also-views">(.*?)</ul>', html, re.S)
    found = []
    for item in re.findall(r"<li>(.*?)</li>", listed[1] if listed else "", re.S):
        address = re.search(r'href="([^"]*)"', item)[1]
        said = " ".join("".join(Words(item.partition("</a>")[2]).pieces).split())
        found.append((address.removeprefix("../../views/"), said))
    return found


def test_a_row_is_picked_with_what_is_narrower(site):
    assert told(site, "tables/topics/lakes.html") == [
        ("all/index.html#?topic_id=lakes", ": 3 rows ( Topics 主題 : Lakes 湖 )")
    ]
    assert [told(site, f"tables/topics/{one}.html")[0][1][:8] for one in ("water", "ponds", "air")
            ] == [": 3 rows", ": 2 rows", ": 1 row "]  # fmt: skip


def test_the_page_of_a_view_about_a_row_has_its_own_alone(site):
    """It says so where something is narrower; the views that have most come first."""
    assert told(site, "tables/keepers/bo.html") == [
        ("all/index.html#?keeper=bo", ": 2 rows ( keeper : Bo ボー )"),
        ("each/bo.html", ": 2 rows"),
    ]
    assert told(site, "tables/keepers/ada.html") == [
        ("all/index.html#?keeper=ada", ": 1 row ( keeper : Ada エイダ )"),
        ("each/ada.html", ": 1 row ( without narrower ones )"),
    ]


def test_other_rows_lead_to_no_view(site):
    assert told(site, "tables/notes/n1.html") == []
    assert told(site, "tables/item_topics/n1,water.html") == []


def test_the_page_the_filter_and_the_link_have_the_same_number(site):
    html = site.text("views/all/index.html")
    choices = dict(
        re.findall(r'data-value="([^"]+)" data-address="[^"]*topics/[^"]*">.*?"m">(\d+)<', html)
    )
    assert choices == {"water": "3", "lakes": "3", "ponds": "2", "air": "1"}
    for key, count in choices.items():
        page = site.text(f"tables/topics/{key}.html")
        assert f": Items {count}</p>" in page
        assert re.search(rf'>Items <span class="m"><span class="word" lang="en">{count}[:,]', page)
        assert told(site, f"tables/topics/{key}.html")[0][1].startswith(f": {count} row")


def test_a_view_in_pieces_whose_filters_pick_among_one_of_them_is_not_led_to(tmp_path, monkeypatch):
    """The page about a row is, which says in what pieces it is."""
    monkeypatch.setattr(viewpages, "MOST_ROWS", 1)
    site, _ = build(PACKAGES / "valid-narrower", tmp_path / "site")
    assert (site.folder / "views" / "all" / "part-2.html").exists()
    assert told(site, "tables/topics/water.html") == []
    assert told(site, "tables/keepers/bo.html") == [("each/bo.html", ": 2 rows")]
