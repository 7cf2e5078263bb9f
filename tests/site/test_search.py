"""Search in the browser: what is found, marked and led to, and what is never in the index."""

import contextlib
import json
import re

import pytest
from support.browser import served
from support.made import PROFILE
from support.places import PACKAGES
from support.watched import new_page, violations, watched_page

from validate._src.curation.search import find
from validate._src.package.descriptor import load_package
from validate._src.site import limits
from validate._src.site.mentions import speaking
from validate._src.site.site import build_site
from validate._src.tables.dataset import read_dataset

BOATS = """boat_id,name,name_ja,keeper,secret,length
boat-0001,Two Boats,二隻の舟,k-1,hush,1.5
boat-0002,Straße,ｶﾞﾏ池の舟,k-2,hush,2
boat-0012,The “North–South” Ferry,南北フェリー,k-1,,3
<b>,"Tags & ""quotes""
over lines",,k-2,,
"""
KEEPERS = "keeper_id,name,since\nk-1,Ada Lake,2025-12\nk-2,灯台守,1970\n"
MANY = 3_000
FEW = 500
pytestmark = pytest.mark.xdist_group("search of pages")


def fields(*names, **others):
    return [{"name": name, "type": others.get(name, "string")} for name in names]


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    folder = tmp_path_factory.mktemp("boats")
    boats = fields("boat_id", "name", "name_ja", "keeper", "secret", "length", length="number")
    boats[4]["restricted"] = True
    key = {"fields": "keeper", "reference": {"resource": "keepers", "fields": "keeper_id"}}
    resources = [
        ("boats", {"fields": boats, "primaryKey": "boat_id", "foreignKeys": [key]}, BOATS),
        (
            "keepers",
            {"fields": fields("keeper_id", "name", "since"), "primaryKey": "keeper_id"},
            KEEPERS,
        ),
        (
            "sightings",
            {"fields": fields("number", "note", number="integer"), "primaryKey": "number"},
            None,
        ),
    ]
    rows = (
        f"{number},{'a needle' if number == MANY else f'sighting of boat {number}'}"
        for number in range(1, MANY + 1)
    )
    descriptor = {
        "$schema": PROFILE,
        "name": "boats",
        "title": "Boats",
        "version": "1.2.0",
        "resources": [],
    }
    for name, schema, content in resources:
        text = content if content is not None else "\n".join(["number,note", *rows]) + "\n"
        (folder / f"{name}.csv").write_text(text, "utf-8")
        descriptor["resources"].append(
            {"name": name, "title": name.title(), "path": f"{name}.csv", "schema": schema}
        )
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    return folder


@pytest.fixture(scope="module")
def site(package, tmp_path_factory):
    """The pages of the package, with an index in many parts."""
    folder = tmp_path_factory.mktemp("out") / "site"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limits, "INDEX_PART", 20_000)
        print(*build_site(package, folder))
    return folder


@pytest.fixture
def page(chromium, site):
    with watched_page(chromium, site) as page:
        yield page


def looked_for(page, query):
    """Types a query; gives what is said of the rows once all parts were searched."""
    page.get_by_role("searchbox").fill(query)
    page.locator(f".found[data-whole={json.dumps(query, ensure_ascii=False)}]").wait_for()
    return page.locator(".found .facts").inner_text()


def opened(page, site, path="search.html"):
    page.goto(f"{site.as_uri()}/{path}")
    return page


def keys(page):
    return page.locator(".hits li > a").all_text_contents()  # also of what is not opened


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("二隻", ["boat-0001"]),
        ("舟", ["boat-0001", "boat-0002"]),
        ("ガマ", ["boat-0002"]),
        ("STRASSE", ["boat-0002"]),
        ("north-south", ["boat-0012"]),
        ('"two boats"', ["boat-0001"]),
        ('"boats two"', []),
        ("boats　two", ["boat-0001"]),
        ("boat-1", ["boat-0001"]),
        ("Boat 0012", ["boat-0012"]),
        ("灯台", ["k-2"]),
        ("2025-12", ["k-1"]),
        ("needle", ["3000"]),
        ('tags "over lines"', ["<b>"]),
        ("hush", []),
        ("1.5", []),
    ],
)
def test_what_is_found(page, site, query, found):
    looked_for(opened(page, site), query)
    assert keys(page) == found


@pytest.mark.parametrize(
    "query", ["舟", "two", "k-1", "北 ferry", "ada", "needle", "boat-00", "sighting of"]
)
def test_the_page_finds_what_the_command_finds(page, site, package, query):
    dataset = read_dataset(load_package(package))
    words = [query] if query == "sighting of" else query.split()
    ours = find(dataset, words)
    count = len(ours.hits) or len(ours.rows)
    said = looked_for(opened(page, site), f'"{query}"' if query == "sighting of" else query)
    number = int(said.split()[0].replace(",", ""))
    # Keys are words among others on the page, and come first.
    others = find(dataset, words, texts=True).hits
    assert number == len(
        {one.at for one in ours.rows} | {hit.place.at for hit in (*ours.hits, *others)}
    )
    assert number >= count


@pytest.mark.parametrize("query", ["舟", "two", "北 ferry", "ada", "boat-00", "K-1", "灯 守"])
def test_the_order_is_that_of_the_command(page, site, package, query):
    dataset = read_dataset(load_package(package))
    hits = find(dataset, query.split(), speaking=speaking(dataset)).hits
    assert len(hits) > 0
    looked_for(opened(page, site), query)
    while (more := page.locator(".hits .more:visible")).count():
        more.first.click()
    named = [hit.place.name.split(" ", 1) for hit in hits]
    assert keys(page) == [key for _, key in named]
    tables = page.locator(".hits h2").evaluate_all(
        "all => all.map(one => one.firstChild.textContent)"
    )
    assert tables == [*dict.fromkeys(name.title() for name, _ in named)]


def test_a_group_a_table_with_all_its_rows(page, site):
    """A key is a row of its table like others, and stands first in it."""
    said = looked_for(opened(page, site), "k-1")
    counts = page.locator(".hits h2 > .m:not(a)").all_inner_texts()
    assert page.locator(".hits h2").evaluate_all(
        "all => all.map(one => one.firstChild.textContent)"
    ) == [
        "Keepers",
        "Boats",
    ]
    assert keys(page) == ["k-1", "boat-0001", "boat-0012"]
    assert counts == ["1", "2"]
    assert said == "3 rows in 2 tables"


def test_hits_are_marked_in_both_languages(page, site):
    looked_for(opened(page, site), "boats 舟")
    assert page.locator("mark").all_inner_texts() == ["Boats", "舟"]
    assert page.locator('span[lang="ja"] mark').inner_text() == "舟"
    assert page.locator(".hits .field").all_inner_texts() == ["name_ja: 二隻の舟"]


def test_values_are_never_markup(page, site):
    looked_for(opened(page, site), "tags")
    assert page.locator(".hits b").count() == 0
    assert 'Tags & "quotes"' in page.locator(".hits .label").inner_text()


def test_hits_lead_to_their_rows(page, site):
    for query, title in (
        ("needle", "Sightings"),
        ("tags", "<b> · Boats"),
        ("灯台", "k-2 · Keepers"),
    ):
        looked_for(opened(page, site), query)
        page.locator(".hits li > a").first.click()
        page.wait_for_load_state()
        assert title in page.title()
        if fragment := page.url.partition("#")[2]:
            assert "a needle" in page.locator(f"#{fragment}").inner_text()


def test_all_links_of_many_hits_lead_somewhere(page, site):
    looked_for(opened(page, site), "boat")
    page.locator(".hits", has_text="Sightings").get_by_role("button").click()
    links = page.locator(".hits li > a").evaluate_all(
        "all => all.map(one => one.getAttribute('href'))"
    )
    assert len(links) > 200
    for link in links:
        path, _, anchor = link.removeprefix(site.as_uri() + "/").partition("#")
        text = (site / path).read_text("utf-8")
        assert not anchor or f'id="{anchor}"' in text


def test_more_rows_of_a_table_are_shown_when_asked_for(page, site):
    assert looked_for(opened(page, site), "sighting of boat").startswith("2,999 rows")
    group = page.locator(".hits", has_text="Sightings")
    assert group.locator("li").count() == 5
    group.get_by_role("button", name="Show 200 more").click()
    assert group.locator("li").count() == 205
    assert (
        page.evaluate("document.activeElement.textContent")
        == group.locator("li").nth(5).locator("a").inner_text()
    )


def test_a_slip_in_a_key_is_answered(page, site):
    assert looked_for(opened(page, site), "keeqers") == "No row has this"
    assert page.locator(".nearly").count() == 0
    looked_for(page, "boatt-12")
    page.get_by_role("button", name="boat-0012").click()
    page.locator(".hits li > a", has_text="boat-0012").wait_for()


def test_what_was_looked_for_stands_in_the_address(page, site):
    looked_for(opened(page, site), "二隻")
    address = page.url
    assert address.endswith("search.html#q=%E4%BA%8C%E9%9A%BB")
    page.goto("about:blank")
    page.goto(address)
    page.locator(".hits li > a", has_text="boat-0001").wait_for()
    assert page.get_by_role("searchbox").input_value() == "二隻"


def test_a_box_on_every_page(page, site):
    opened(page, site, "tables/boats/boat-0001.html")
    page.keyboard.press("/")
    page.keyboard.type("Ada")
    page.locator(".over .hits li > a", has_text="k-1").click()
    page.wait_for_load_state()
    assert "k-1 · Keepers" in page.title()


def test_enter_opens_the_page_of_all_hits_and_back_keeps_the_words(page, site):
    opened(page, site, "index.html")
    page.get_by_role("searchbox").fill('舟 "two boats"')
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html#q=*")
    assert page.get_by_role("searchbox").input_value() == '舟 "two boats"'
    page.locator("main .hits li > a", has_text="boat-0001").click()
    page.wait_for_url("**/boat-0001.html")
    page.go_back()
    page.locator("main .hits li > a", has_text="boat-0001").wait_for()
    page.go_back()
    page.wait_for_url("**/index.html")
    page.locator(".over .hits li > a", has_text="boat-0001").wait_for()
    assert page.get_by_role("searchbox").input_value() == '舟 "two boats"'


def test_words_are_kept_when_a_hit_of_the_box_is_left(page, site):
    opened(page, site, "tables/boats/boat-0001.html")
    page.get_by_role("searchbox").fill("灯台")
    page.locator(".over .hits li > a", has_text="k-2").click()
    page.wait_for_url("**/k-2.html")
    assert page.get_by_role("searchbox").input_value() == ""
    page.go_back()
    page.locator(".over .hits li > a", has_text="k-2").wait_for()
    assert page.get_by_role("searchbox").input_value() == "灯台"


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("?q=二隻", "二隻"),
        ("?q=two+boats", "two boats"),
        ("?q=two%20boats", "two boats"),
        ("#q=two boats", "two boats"),
        ("#q=100%", "100%"),
        ("?q=nothing#q=二隻", "二隻"),
    ],
)
@pytest.mark.parametrize("over", ["file", "http"])
def test_what_people_type_as_an_address(chromium, site, asked, words, over):
    with contextlib.ExitStack() as stack:
        root = site.as_uri() + "/" if over == "file" else stack.enter_context(served(site))
        page = new_page(stack.enter_context(contextlib.closing(chromium.new_context())))
        page.goto(f"{root}search.html{asked}")
        page.wait_for_url("**/search.html#q=*")
        page.locator(f".found[data-whole={json.dumps(words, ensure_ascii=False)}]").wait_for()
        assert page.get_by_role("searchbox").input_value() == words
        assert page.complaints == []


def test_hits_are_reached_by_the_arrow_keys(page, site):
    opened(page, site, "index.html")
    box = page.get_by_role("searchbox")
    hint = page.locator(f"#{box.get_attribute('aria-describedby')}").text_content()
    assert "Arrow down" in hint
    assert page.locator(f"#{box.get_attribute('aria-controls')}").count() == 1
    looked_for(page, "舟")
    assert page.locator(".over [role=status]").inner_text() == "2 rows"

    def at():
        return page.evaluate("document.activeElement.textContent")

    page.keyboard.press("ArrowDown")
    assert at() == "boat-0001"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert at() == "boat-0002"
    page.keyboard.press("ArrowUp")
    assert at() == "boat-0001"
    page.keyboard.press("ArrowUp")
    assert box.evaluate("one => one === document.activeElement")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert box.evaluate("one => one === document.activeElement")
    assert box.input_value() == "舟"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/boat-0001.html")


def test_more_rows_are_reached_by_the_arrow_keys(page, site):
    looked_for(opened(page, site), "sighting of boat")
    for _ in range(6):
        page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == "Show 200 more"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "6"


def test_escape_ends_a_search(page, site):
    looked_for(opened(page, site), "boat")
    page.get_by_role("searchbox").press("Escape")
    page.locator(".found").wait_for(state="hidden")
    assert page.get_by_role("searchbox").input_value() == ""


def test_letters_that_will_be_japanese_are_not_searched(page, site):
    opened(page, site)
    box = page.get_by_role("searchbox")
    box.evaluate(
        """one => {
          one.value = "nise";
          one.dispatchEvent(new InputEvent("input", { isComposing: true, bubbles: true }));
        }"""
    )
    page.wait_for_timeout(400)
    assert page.locator(".found").is_hidden()
    box.evaluate("one => { one.value = '二隻'; one.dispatchEvent(new Event('compositionend')); }")
    page.locator(".hits li > a", has_text="boat-0001").wait_for()


def test_without_scripts_a_line_says_how(chromium, site):
    with watched_page(chromium, site, java_script_enabled=False) as page:
        opened(page, site)
        assert page.get_by_role("searchbox").count() == 0
        assert "takes JavaScript" in page.inner_text("main")
        opened(page, site, "index.html")
        assert page.get_by_role("link", name="Search", exact=True).is_visible()


def test_the_page_says_that_the_index_is_not_at_hand(chromium, site, tmp_path):
    folder = tmp_path / "copy"
    folder.mkdir()
    (folder / "assets").symlink_to(site / "assets")
    (folder / "search.html").write_bytes((site / "search.html").read_bytes())
    page = chromium.new_page()
    page.goto(f"{folder.as_uri()}/search.html")
    page.get_by_role("searchbox").fill("boat")
    page.locator(".facts", has_text="The index of the search is not at hand").wait_for()
    page.close()


def test_an_index_in_parts(site):
    index = json.loads(
        re.fullmatch(
            r"validatePages\.index\((.*)\);\n", (site / "search" / "index.js").read_text("utf-8")
        )[1]
    )
    files = {f"search/{file.name}" for file in (site / "search").iterdir()}
    assert files == {"search/index.js", *index["keys"], *index["texts"], *index["cells"]}
    assert len(index["texts"]) > 3
    assert max((site / name).stat().st_size for name in files) < 60_000


def test_restricted_fields_are_not_in_the_index(site):
    for file in (site / "search").iterdir():
        assert "hush" not in file.read_text("utf-8")
        assert "secret" not in file.read_text("utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_among_hits(chromium, site, scheme):
    with watched_page(chromium, site, bypass_csp=True, color_scheme=scheme) as page:
        looked_for(opened(page, site), "boat")
        assert violations(page) == []
        looked_for(opened(page, site, "index.html"), "舟")
        assert violations(page) == []


@pytest.fixture
def narrower(chromium, sites):
    """The search of a package with topics, what is said of them, and ties between both."""
    site = sites("valid-narrower").folder
    with watched_page(chromium, site) as page:
        yield opened(page, site)


def groups(page, within=".found > div > .hits"):
    return page.locator(f"{within} h2").evaluate_all(
        "all => all.map(one => one.firstChild.textContent)"
    )


def test_rows_that_are_called_so_come_first_with_what_speaks_of_them(narrower):
    """Before statements with the word, in either language, and before others that only begin so."""
    for query in ("water", "WATER", "水"):
        looked_for(narrower, query)
        assert groups(narrower)[0] == "Topics"
        first = narrower.locator(".hits").first.locator("li").first
        assert first.locator("a").inner_text() == "water"
        assert first.locator(".referred").inner_text() == "Items 3"
    looked_for(narrower, "water")
    assert groups(narrower) == ["Topics", "Keepers", "Notes"]
    first.locator("a").click()
    narrower.wait_for_url("**/tables/topics/water.html")
    assert narrower.get_by_text("3: 1 of its own, 2 of narrower ones").is_visible()
    assert narrower.locator("#in-topics-2 + ul > li").count() == 3


def test_rows_are_called_in_the_language_of_the_page(chromium, sites):
    """What has the words in another language is shown besides, so that it is seen why."""
    with watched_page(chromium, sites("valid-narrower").folder, locale="ja-JP") as page:
        for query, besides in (("水", []), ("water", ["label_en：Water"])):
            looked_for(opened(page, sites("valid-narrower").folder), query)
            hit = page.locator(".hits li").first
            assert hit.locator(".label").inner_text() == "水"
            assert hit.locator(".label > :visible").evaluate("one => one.lang") == "ja"
            shown = hit.locator(".field").locator("visible=true").all_inner_texts()
            assert shown == besides
        page.get_by_role("button", name="English").click()
        assert hit.locator(".label").inner_text() == "Water"
        assert hit.locator(".field:visible").count() == 0
        page.get_by_role("button", name="all").click()
        both = hit.locator(".label > :visible").all_text_contents()
        assert both == ["Water", " 水"]
        assert hit.locator(".field:visible").count() == 0
        assert violations(page) == []


def test_ties_are_counted_and_opened_by_a_click(narrower):
    said = looked_for(narrower, "ponds")
    assert said == "3 rows in 2 tables"
    assert groups(narrower) == ["Topics"]
    line = narrower.locator(".aside-hits summary")
    assert line.inner_text() == "and 2 rows that only tie others together"
    assert not narrower.get_by_role("link", name="n1,ponds").is_visible()
    for _ in range(2):  # past the hit to the line, which Enter opens
        narrower.keyboard.press("ArrowDown")
    narrower.keyboard.press("Enter")
    assert narrower.get_by_role("link", name="n1,ponds").is_visible()
    assert groups(narrower, ".aside-hits") == ["Topics of items"]
    narrower.keyboard.press("ArrowDown")
    assert narrower.evaluate("document.activeElement.textContent") == "n1,ponds"


@pytest.mark.parametrize("query", ["n1 ponds", "N1, ponds"])
def test_a_tie_whose_key_is_looked_for_is_not_aside(narrower, query):
    looked_for(narrower, query)
    assert groups(narrower)[0] == "Topics of items"
    assert narrower.locator(".aside-hits").count() == 0


def test_what_says_how_rows_were_coded_is_aside_too(chromium, sites):
    site = sites("dataset").folder
    with watched_page(chromium, site) as page:
        looked_for(opened(page, site), "taiwan")
        assert groups(page)[:3] == ["Topics", "Actors", "Commitments"]
        line = page.locator(".aside-hits summary")
        pattern = r"and [0-9]+ rows that say how others were coded or only tie others together"
        assert re.fullmatch(pattern, line.inner_text())
        line.click()
        assert {*groups(page, ".aside-hits")} == {"Codings", "Memberships", "Claim topics"}
        number = int(line.inner_text().split()[1])
        shown = page.locator(".hits h2 > .m:not(a)").all_inner_texts()
        aside = page.locator(".aside-hits h2 > .m:not(a)").all_inner_texts()
        assert sum(map(int, aside)) == number
        assert f"{sum(map(int, shown))} rows" in page.locator(".found .facts").inner_text()


@pytest.mark.parametrize("query", ["water", "水", "ponds", "n2", "bo", "lake"])
def test_the_order_with_ties_is_that_of_the_command(narrower, query):
    dataset = read_dataset(load_package(PACKAGES / "valid-narrower"))
    found = find(dataset, [query], texts=True, speaking=speaking(dataset))
    looked_for(narrower, query)
    ours = [hit.place.name.split(" ", 1)[1] for hit in found.hits]
    assert keys(narrower) == ours
    aside = {"Topics of items"} if found.aside else set()
    assert {*groups(narrower, ".aside-hits")} == aside
