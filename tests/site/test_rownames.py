"""What rows are called beside their keys: names, and not whole sentences."""

import polars as pl
import pytest
from support.places import PACKAGES

from validate._src.engine.run import read_judged
from validate._src.package.descriptor import load_package
from validate._src.site.gather import site_of
from validate._src.site.links import Links
from validate._src.site.rownames import RowNames
from validate._src.site.spoken import GAP


@pytest.fixture(scope="module")
def named():
    """The tables of a package, and the names of their rows."""
    site = site_of(*read_judged(load_package(PACKAGES / "valid-views")))
    return site, RowNames(Links(site))


def test_rows_are_named_as_the_views_call_them(named):
    site, names = named
    assert names.phrase(site.tables["lakes"], 0) == {"en": "The bay", "ja": "入江"}
    assert names.phrase(site.tables["counts"], 0) == {}


def test_names_of_many_rows_are_given_at_once(named):
    site, names = named
    indexes = pl.Series([0, None, 0], dtype=pl.UInt32)
    found = names.beside(site.tables["lakes"], indexes).to_list()
    said = (
        f'<span class="said" lang="en">The bay</span><span class="said" lang="ja">{GAP}入江</span>'
    )
    assert found == [f' <span class="m">{said}</span>', "", f' <span class="m">{said}</span>']


def test_a_name_that_is_the_key_is_not_said_twice(named):
    site, _ = named
    links = Links(site)
    names = RowNames(links)
    lakes = site.tables["lakes"]
    links.labels(lakes)["en"] = links.labels(lakes)["ja"] = lakes.key_columns[0]
    assert names.phrase(lakes, 0) == {}


def test_the_page_of_a_row_has_its_name_and_key_above_it(sites):
    site = sites("valid-views")
    page = site.page("tables/lakes/bay.html")
    (heading,) = page.texts("h1")
    assert heading == "The bay 入江 bay"
    assert page.texts("title") == ["The bay / 入江 · bay · lakes · Fish of the lakes"]
    assert page.texts("p", class_="lead") == []
    assert site.page("tables/counts/c-1.html").texts("h1") == ["c-1"]


def test_links_of_tables_say_what_they_lead_to(sites):
    text = sites("valid-views").text("tables/counts/index.html")
    assert '<a href="../lakes/bay.html">bay</a> <span class="m"><span class="said"' in text
