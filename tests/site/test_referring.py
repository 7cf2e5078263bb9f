"""What refers to a row on its page: with narrower rows in one list, whom it names, and in parts."""

import re
from shutil import copytree

import pytest
from support.places import PACKAGES
from support.site import Words, build

from validate._src.site import limits


@pytest.fixture(scope="module")
def site(sites):
    return sites("valid-narrower")


def words(html):
    return " ".join("".join(Words(html).pieces).split())


def listed(html):
    """Of each list of what refers to a row its heading and its items."""
    parts = re.findall(r"<h3[^>]*>(.*?)</h3>\n<ul[^>]*>(.*?)</ul>", html, re.S)
    return {words(head): items(some) for head, some in parts}


def items(html):
    return [words(one) for one in re.findall(r"<li>(.*?)</li>", html, re.S)]


def test_what_refers_to_narrower_rows_stands_in_the_same_list(site):
    """In its order, each by the narrower rows; and whom each names, in both languages."""
    assert listed(site.text("tables/topics/water.html")) == {
        "Items 3: 1 of its own, 2 of narrower ones, by topic_id": [
            "m1 The lake is three metres deep. 湖の深さは3メートル。 "
            "Under: Lakes 湖 keeper: Water 水番 Topics of items",
            "n1 The water is low. 水位が低い。 keeper: Ada エイダ Topics of items",
            "n2 A pond froze over. 池が凍った。 Under: Lakes 湖 , Ponds 池 keeper: Bo ボー "
            "Topics of items",
        ]
    }


def test_rows_that_refer_themselves_stand_under_wider_ones_as_well(site):
    assert listed(site.text("tables/keepers/ada.html")) == {
        "Notes 3: 1 of its own, 2 of narrower ones, by keeper": [
            "n1 The water is low. 水位が低い。",
            "n2 A pond froze over. 池が凍った。 Under: Bo ボー",
            "n3 The air is clear. 空気が澄んでいる。 Under: Bo ボー",
        ]
    }


def test_where_nothing_is_narrower_rows_are_counted_alone(site):
    assert [*listed(site.text("tables/topics/air.html"))] == ["Items 1, by topic_id"]
    assert [*listed(site.text("tables/keepers/warden.html"))] == ["Measures 1, by keeper"]
    assert [*listed(site.text("tables/register/n1.html"))] == [
        "Notes 1, by item_id",
        "Topics of items 2, by item_id",
    ]


def test_what_is_tied_to_a_row_stands_before_its_values_where_rows_stand_under_each_other(site):
    for path, first in (("topics/water", "referring-title"), ("register/n1", "values-title")):
        html = site.text(f"tables/{path}.html")
        ids = re.findall(r'<h2 id="(referring-title|values-title)"', html)
        assert sorted(ids) == ["referring-title", "values-title"]
        assert ids[0] == first


def test_rows_of_the_same_name_are_told_with_what_speaks_of_them(site):
    said = re.findall(r'<p class="facts">(.*?)</p>', site.text("tables/topics/water.html"), re.S)
    assert [*map(words, said)] == [
        "What refers to it : Items 3",
        "Of the same name: Keepers Water 水番 warden : Items 1",
    ]


def test_rows_that_are_called_as_a_narrower_one_are_told_with_it(tmp_path):
    """Only those of which some row speaks; the others are told on its own page."""
    folder = copytree(PACKAGES / "valid-narrower", tmp_path / "package")
    keepers = folder / "keepers.csv"
    text = keepers.read_text("utf-8")
    changed = text.replace("ada,Ada", "ada,Lakes").replace("warden,Water", "warden,Air")
    keepers.write_text(f"{changed}eve,Lakes,イブ,\n", "utf-8")
    site, _ = build(folder, tmp_path / "site")
    (under,) = re.findall(
        r'id="narrower-title".*?<ul[^>]*>(.*?)</ul>', site.text("tables/topics/water.html"), re.S
    )
    alike = [words(one) for one in re.findall(r'<div class="m">(.*?)</div>', under, re.S)]
    assert alike == ["Of the same name: Keepers Lakes エイダ ada : Items 3"]
    assert "eve" in site.text("tables/topics/lakes.html")


def test_more_rows_of_the_same_name_are_counted_and_found_by_the_search(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "MOST_NAMESAKES", 0)
    site, _ = build(PACKAGES / "valid-narrower", tmp_path / "site")
    page = site.text("tables/topics/water.html")
    assert "Of the same name" not in page
    (link,) = re.findall(r'<a href="../../(search.html#[^"]*)">(.*?)</a>', page)
    assert (link[0], words(link[1])) == ("search.html#q=Water", "and 1 more")
    assert "#q=" not in site.text("tables/topics/lakes.html")


def test_many_rows_stand_in_parts_with_those_of_narrower_ones(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "MOST_REFERRING", 1)
    monkeypatch.setattr(limits, "ROWS_A_PART", 2)
    site, _ = build(PACKAGES / "valid-narrower", tmp_path / "site")
    page = site.text("tables/topics/water.html")
    (shown,) = listed(page).values()
    assert len(shown) == 1
    (link,) = re.findall(r'<a href="([^"]*~in-[^"]*)">', page)
    first = site.text(link.removeprefix("../../"))
    assert "3 rows , here 1 to 2 , by topic_id , 1 of its own, 2 of narrower ones" in words(first)
    found = []
    for file in re.findall(r'<a href="([^"]*)"', first.partition('<nav class="parts"')[2])[:2]:
        found += items(
            re.search(
                r'<ul class="referring">(.*?)</ul>', site.text(f"tables/topics/{file}"), re.S
            )[1]
        )
    assert [one.split()[0] for one in found] == ["m1", "n1", "n2"]
    assert "Under: Lakes 湖 , Ponds 池" in found[2]
