"""Pages as a browser shows them: from a folder and from a server, with a script and without."""

import re

import pytest
from support.browser import playwright, served
from support.watched import new_page, violations

KINDS = {
    "dataset": ["index.html", "tables/documents/nds-2026.html", "tables/figures/fig-0033.html",
                "timeline.html"],
    "parted": ["tables/quotes/index.html", "tables/quotes/part-2.html"],
    "valid-verifications": ["tables/pledges/index.html", "sources/index.html",
                            "sources/letter.html", "codebook.html", "downloads.html",
                            "search.html"],
    "valid-edtf": ["timeline.html"],
    "all-types": ["tables/plain/index.html", "tables/plain/row-2.html"],
    "primary-key-twice": ["validation.html"],
}  # fmt: skip
"""A page of each kind."""
ALL = [(name, path) for name, paths in KINDS.items() for path in paths]
SIZES = {"wide": (1280, 900), "narrow": (400, 800)}
pytestmark = pytest.mark.xdist_group("sites")


@pytest.fixture
def context_of(chromium):
    """Makes a context of the browser; closes it in the end."""
    contexts = []

    def context(size="wide", **options):
        width, height = SIZES[size]
        contexts.append(
            chromium.new_context(viewport={"width": width, "height": height}, **options)
        )
        return contexts[-1]

    yield context
    for one in contexts:
        one.close()


@pytest.fixture
def opened(context_of, sites):
    """Opens a page of a site; what the browser asks for and complains of is kept."""

    def page(name, path, *, root=None, **options):
        page = new_page(context_of(**options))
        page.goto((root or sites(name).folder.as_uri() + "/") + path)
        return page

    return page


@pytest.fixture
def all_opened(opened, sites):
    """Opens the pages of all kinds, one after another in one window."""

    def pages(**options):
        page = opened(*ALL[0], **options)
        for name, path in ALL:
            page.asked.clear()
            page.goto(f"{sites(name).folder.as_uri()}/{path}")
            yield page, name, path

    return pages


def test_nothing_is_asked_of_others_and_nothing_goes_wrong(all_opened, sites):
    for page, name, path in all_opened():
        root = sites(name).folder.as_uri()
        assert [url for url in page.asked if not url.startswith(f"{root}/")] == [], path
        assert len(page.asked) >= 4, path
        assert page.locator(".themes").count() == 1, path
        assert page.complaints == [], path


@pytest.mark.parametrize("path", ["index.html", "tables/actors/index.html", "timeline.html"])
def test_pages_work_below_any_path_of_a_server(path, opened, sites):
    folder = sites("dataset").folder
    with served(folder.parent) as address:
        root = f"{address}{folder.name}/"
        page = opened("dataset", path, root=root)
        page.wait_for_load_state("networkidle")
        assert page.complaints == []
        assert all(url.startswith(root) for url in page.asked)
        background = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert background not in ("rgba(0, 0, 0, 0)", "rgb(255, 255, 255)")


@pytest.mark.parametrize(("size", "scheme"), [("wide", "light"), ("narrow", "dark")])
def test_axe_finds_nothing(size, scheme, all_opened):
    for page, name, path in all_opened(size=size, color_scheme=scheme, bypass_csp=True):
        assert violations(page) == [], (name, path)


def test_a_narrow_screen_is_wide_enough(all_opened):
    for page, _, path in all_opened(size="narrow"):
        assert page.evaluate("document.documentElement.scrollWidth") == 400, path


def test_everything_is_there_without_a_script(all_opened):
    def counts(page):
        return [page.locator(part).count() for part in ("h1", "tbody tr", "dl", "section", "a")]

    with_script = [counts(page) for page, _, _ in all_opened()]
    for (page, _, path), wanted in zip(
        all_opened(java_script_enabled=False), with_script, strict=True
    ):
        assert page.locator("button, input").count() == 0, path
        assert counts(page) == wanted, path


def test_the_colours_are_the_reader_s_choice_and_stay(opened, sites):
    page = opened("dataset", "index.html", color_scheme="dark")

    def background():
        return page.evaluate("getComputedStyle(document.body).backgroundColor")

    dark = background()
    page.get_by_role("button", name="Colours: system").click()
    light = background()
    assert light != dark
    page.goto(sites("dataset").folder.as_uri() + "/codebook.html")
    assert background() == light
    page.get_by_role("button", name="Colours: light").click()
    assert background() == dark
    page.get_by_role("button", name="Colours: dark").click()
    assert page.get_by_role("button", name="Colours: system").count() == 1
    assert background() == dark


def told(locator, text):
    """Waits until a text is told; the policy of the pages lets no other script wait in them."""
    playwright().expect(locator).to_have_text(text)


def cells(page, column):
    script = f"rows => rows.map(row => row.cells[{column}].textContent)"
    return page.locator("table.rows tbody tr:visible").evaluate_all(script)


def test_rows_are_sorted_by_a_column_and_back(opened):
    page = opened("dataset", "tables/figures/index.html")
    heads = page.locator("table.rows thead th")
    names = heads.evaluate_all("heads => heads.map(head => head.querySelector('code').textContent)")
    at = names.index("value")
    before = cells(page, at)
    head = heads.nth(at)
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    given = [float(text) for text in before if text]
    assert [float(text) for text in cells(page, at) if text] == sorted(given)
    assert cells(page, at)[len(given) :] == [""] * (len(before) - len(given))
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    assert [float(text) for text in cells(page, at) if text] == sorted(given, reverse=True)
    heads.nth(0).get_by_role("button").click()
    assert head.get_attribute("aria-sort") is None
    assert cells(page, at) == before


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("asia-pacific", "asia-pacific"), ("ＡＳＩＡ-Ｐ", "asia-p"), ("アジア", "アジア")],
)
def test_rows_are_filtered_as_one_types(typed, meant, opened):
    page = opened("dataset", "tables/actors/index.html")
    count = page.locator("table.rows tbody tr:visible").count()
    rows = page.locator("table.rows tbody tr").all_text_contents()
    wanted = [row for row in rows if meant in row.lower()]
    assert 0 < len(wanted) < count
    page.get_by_label("Filter the rows").fill(typed)
    told(page.locator("output"), f"{len(wanted)} of {len(rows)}")
    assert page.locator("table.rows tbody tr:visible").all_text_contents() == wanted
    page.get_by_label("Filter the rows").fill("")
    told(page.locator("output"), "")
    assert page.locator("table.rows tbody tr:visible").count() == count


def heading(page, text):
    return page.get_by_role("heading", name=text, exact=True)


def test_words_of_any_page_are_in_the_language_of_the_reader(opened):
    path = "tables/counts/c-3.html"
    page = opened("valid-views", path, locale="ja-JP")
    assert heading(page, "これを参照する行").is_visible()
    assert heading(page, "What refers to it").count() == 0
    page.get_by_role("button", name="English").click()
    assert heading(page, "What refers to it").is_visible()
    lead = page.locator(".lead").get_by_text("鱒である")
    assert lead.is_hidden()
    page.get_by_role("button", name="all", exact=True).click()
    assert heading(page, "What refers to it").is_visible()
    assert lead.is_visible()


def test_the_page_is_in_the_language_of_the_reader_and_its_english_says_so(opened):
    page = opened("valid-views", "index.html", locale="ja-JP")
    languages = "[document.documentElement.lang, document.body.lang]"
    assert page.evaluate(languages) == ["ja", "en"]
    page.get_by_role("button", name="English").click()
    assert page.evaluate(languages) == ["en", "en"]
    page.get_by_role("button", name="日本語").click()
    assert page.evaluate(languages) == ["ja", "en"]
    page.get_by_role("button", name="すべて", exact=True).click()
    assert page.evaluate(languages) == ["en", "en"]


@pytest.mark.parametrize(
    ("path", "english", "japanese"),
    [
        ("index.html", "What surveys say of lakes.", "調査が湖について述べること。"),
        ("tables/counts/c-1.html", "The survey has it.", "調査にある。"),
        ("tables/counts/index.html", "Leaves out", "述べない"),
        ("views/who-counts/index.html", "Leaves out", "述べない"),
        ("codebook.html", "The survey does not have it.", "調査にない。"),
        ("codebook.html", "Sort of count", "区別"),
        ("tables/counts/c-1.html", "Sort of count", "区別"),
        ("tables/counts/index.html", "Sort of count", "区別"),
        ("index.html", "Tallies", "個体数"),
        ("downloads.html", "Tallies", "個体数"),
        ("tables/lakes/bay.html", "Tallies", "個体数"),
    ],
)
def test_what_the_package_translates_is_switched(path, english, japanese, opened):
    page = opened("valid-views", path, locale="ja-JP")

    def seen(text):
        return [one for one in page.locator("main").get_by_text(text).all() if one.is_visible()]

    assert seen(japanese)
    assert not seen(english)
    page.get_by_role("button", name="English").click()
    assert seen(english)
    assert not seen(japanese)


def test_titles_in_what_scripts_draw_are_switched(opened):
    """Hits, the fields of a filter, the names of columns to choose, and those before cells."""
    page = opened("valid-views", "search.html#q=入江には", locale="ja-JP")
    head = page.locator(".hits h2 > span").first
    told(head, "個体数")
    page.get_by_role("button", name="English").click()
    told(head, "Tallies")
    page.goto(page.url.replace("search.html", "tables/counts/index.html").split("#")[0])
    option = page.locator("select option[value=kind]")
    told(option, "Sort of count")
    page.get_by_role("button", name="Rows as lists").click()
    cell = page.locator("tbody td[data-label]").nth(2)
    assert cell.get_attribute("data-label") == "Sort of count"
    page.get_by_role("button", name="日本語").click()
    told(option, "区別")
    told(page.locator(".columns li:has(code:text-is('kind')) span"), "区別")
    page.locator("tbody td[data-label='区別']").first.wait_for()
    assert cell.get_attribute("data-label") == "区別"


@pytest.mark.parametrize(
    "path",
    [
        "timeline.html",
        "downloads.html",
        "tables/topics/index.html",
        "tables/memberships/index.html",
    ],
)
def test_no_cell_is_off_a_narrow_screen(path, opened):
    """Drawings alone are wider, in boxes of their own."""
    page = opened("dataset", path, size="narrow")
    for one in page.locator("details.stretch summary").all()[:3]:
        one.click()
    cells = page.locator("main tbody :is(th, td):visible")
    rights = cells.evaluate_all("all => all.map(one => one.getBoundingClientRect().right)")
    assert len(rights) > 20
    assert max(rights) <= page.viewport_size["width"]
    lefts = cells.evaluate_all("all => all.map(one => one.getBoundingClientRect().left)")
    assert min(lefts) >= 0


def test_scripts_speak_the_language_of_the_reader(opened):
    page = opened("valid-views", "tables/counts/index.html", locale="ja-JP")
    page.get_by_label("行を絞り込む").fill("trout")
    output = page.locator("output")
    told(output, "5行中2行")
    button = page.get_by_role("button", name="これらの行を CSV で保存")
    assert button.get_attribute("lang") == "ja"
    page.get_by_role("button", name="English").click()
    told(output, "2 of 5")
    assert page.get_by_role("button", name="Save these rows as CSV").get_attribute("lang") is None
    page.get_by_role("button", name="日本語").click()
    page.get_by_label("全表を検索").fill("trout")
    told(page.locator(".found [role=status]"), "2 行")
    assert page.complaints == []


def test_labels_beside_bars_are_seen_in_whatever_language(opened):
    page = opened("dataset", "timeline.html", locale="ja-JP")
    for one in page.locator("details.stretch summary").all()[:1]:
        one.click()
    labels = page.locator("details.stretch[open] svg.timeline .told")
    assert labels.first.is_visible()
    assert "年" in labels.first.text_content()
    tick = page.locator("details.stretch[open] svg.timeline .told tspan[lang=ja]").first
    assert tick.is_visible()


def test_without_a_script_words_are_in_english(opened):
    page = opened("valid-views", "tables/counts/c-3.html", java_script_enabled=False)
    assert heading(page, "What refers to it").is_visible()
    shown = [one.is_visible() for one in page.locator("main .word[lang=ja]").all()]
    assert shown
    assert not any(shown)


def closed(page):
    """The first table of dates that is not shown at once."""
    return page.locator("details.stretch:not([open]) table").first


def test_dates_that_are_not_shown_at_once_are_printed(opened):
    page = opened("dataset", "timeline.html")
    assert not closed(page).is_visible()
    page.emulate_media(media="print")
    assert closed(page).is_visible()


def test_a_date_that_is_not_shown_at_once_is_led_to(opened):
    page = opened("dataset", "timeline.html")
    row = closed(page).locator("tbody tr").first.get_attribute("id")
    page.goto(f"{page.url}#{row}")
    playwright().expect(page.locator(f'[id="{row}"]')).to_be_visible()


def test_a_citation_is_copied_with_the_address_of_the_page(opened, sites):
    folder = sites("dataset").folder
    with served(folder.parent) as address:
        path = f"{address}{folder.name}/tables/documents/nds-2026.html"
        page = opened("dataset", "tables/documents/nds-2026.html", root=f"{address}{folder.name}/",
                      permissions=["clipboard-read", "clipboard-write"])  # fmt: skip
        page.get_by_role("button", name="Copy").click()
        told(page.get_by_role("status"), " copied")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert re.search(r"version \d+\.\d+\.\d+", copied)
        assert copied.endswith(f"Documents: nds-2026. {path}")


def test_the_first_thing_that_the_keyboard_reaches_skips_to_the_content(opened):
    page = opened("dataset", "index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_page_is_printed_dark_on_light(opened):
    page = opened("dataset", "tables/documents/nds-2026.html", color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    colour = page.evaluate("getComputedStyle(document.body).color")
    assert max(map(int, re.findall(r"\d+", colour)[:3])) < 64
    assert page.locator("header nav").is_hidden()
