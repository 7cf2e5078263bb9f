"""Whole sites: each page is well formed, leads somewhere, and loads nothing of others."""

import re
from collections import defaultdict
from urllib.parse import parse_qsl

import html5lib
import pytest
from support.site import target_of

from validate._src.site.rendering import POLICY
from validate._src.site.site import ASSETS

PACKAGES = ["valid-verifications", "parted", "valid-edtf", "all-types", "foreign-key",
            "primary-key-twice", "valid-no-schema", "valid-views", "dataset"]  # fmt: skip
ABROAD = re.compile(r"^(?:https?|mailto):")
MOST_OF_A_KIND = 3
SHARED = [asset.name for asset in ASSETS.iterdir()]
pytestmark = pytest.mark.xdist_group("sites")


@pytest.fixture(params=PACKAGES)
def site(request, sites):
    return sites(request.param)


def kind_of(path):
    """What a page is like: pages of rows of a table are alike, and so are its parts."""
    folder, _, name = path.rpartition("/")
    if name == "index.html" or not folder:
        return path
    return f"{folder}/{'part' if name.startswith('part-') else 'list' if '~in-' in name else 'row'}"


def some_of_each_kind(site):
    kinds = defaultdict(list)
    for path in site.paths:
        kinds[kind_of(path)].append(path)
    return [path for paths in kinds.values() for path in paths[:MOST_OF_A_KIND]]


def test_links_and_anchors_lead_somewhere(site):
    ids = {}
    wanted = []
    for path in site.paths:
        page = site.page(path)
        ids[path] = set(page.ids)
        assert len(ids[path]) == len(page.ids), path
        own = (link for link in page.links if not ABROAD.match(link))
        wanted += [(path, link, target_of(path, link)) for link in own]
        loaded = {target_of(path, link)[0] for link in page.loads}
        names = {"icon.svg", "search.css", "search.js", "site.css", "site.js", "theme.js"}
        assert loaded >= {f"assets/{name}" for name in names}
        assert loaded <= {f"assets/{name}" for name in (*SHARED, "languages.css", "words.js")}
    assert wanted
    for path, link, (target, anchor) in wanted:
        if anchor.startswith("?") and target.startswith("tables/"):  # rows that a script picks
            assert target in ids, (path, link)
        elif anchor.startswith("?"):
            assert picks_of(anchor) <= choices_of(site.page(target)), (path, link)
        elif target in ids:
            assert not anchor or anchor in ids[target], (path, link)
        else:
            assert not anchor, (path, link)
            assert (site.folder / target).is_file(), (path, link)


def picks_of(anchor):
    """What an address picks: names of filters with a value each."""
    return {*parse_qsl(anchor.removeprefix("?"))}


def choices_of(page):
    """What can be picked on a page: names of filters with each of their values."""
    found, name = set(), None
    for tag, given, _ in page.elements:
        if tag == "details":
            name = given.get("data-name")
        elif tag == "input" and "data-value" in given:
            found.add((name, given["data-value"]))
    return found


def test_the_styles_and_scripts_of_views_are_those_of_their_pages(site):
    for path in site.paths:
        loaded = {target_of(path, link)[0] for link in site.page(path).loads}
        own = {"assets/views.css", "assets/views.js"}
        assert loaded & own == (own if path.startswith("views/") else set()), path


def test_every_page_can_be_reached(site):
    seen, left = set(), ["index.html"]
    while left:
        path = left.pop()
        if path in seen or not path.endswith(".html"):
            continue
        seen.add(path)
        own = (link for link in site.page(path).links if not ABROAD.match(link))
        left += [target_of(path, link)[0] for link in own]
    assert seen == set(site.paths)


def test_pages_are_html_as_the_standard_has_it(site):
    for path in some_of_each_kind(site):
        html5lib.HTMLParser(strict=True).parse(site.text(path))


def test_nothing_on_a_page_acts_or_is_styled_by_itself(site):
    for path in site.paths:
        text = site.text(path)
        assert f'content="{POLICY.replace(chr(39), "&#39;")}"' in text, path
        for tag, attributes, pieces in site.page(path).elements:
            assert "style" not in attributes, path
            assert tag not in ("style", "iframe", "object", "embed", "base", "form"), path
            assert not [name for name in attributes if name.startswith("on")], path
            assert tag != "script" or "".join(pieces) == "", path


def test_each_page_says_the_release_and_how_to_cite(site):
    for path in site.paths:
        page = site.page(path)
        assert page.texts("span", class_="release") != [""]
        assert any(link.endswith("index.html#cite") for link in page.links)
        assert len(page.texts("h1")) == 1
        assert len(page.texts("main")) == 1


def test_the_first_page_is_small(sites):
    site = sites("dataset")
    shared = sum(file.stat().st_size for file in (site.folder / "assets").iterdir())
    assert (site.folder / "index.html").stat().st_size + shared < 300_000


def test_pages_of_a_package_of_all_kinds_are_there(sites):
    assert {"timeline.html", "sources/index.html"} <= set(sites("dataset").paths)
    assert "timeline.html" in sites("valid-edtf").paths
    assert "sources/index.html" not in sites("valid-edtf").paths
    assert "timeline.html" not in sites("valid-verifications").paths
