"""Pages of views in a browser: one language of several, rows picked and sorted, numbers drawn."""

import re

import pytest
from support.places import PACKAGES
from support.site import build
from support.watched import new_page, saved, violations

from validate._src.checks.viewqueries import rows_of
from validate._src.package.descriptor import load_package
from validate._src.site import viewpages
from validate._src.site.viewrows import written_cell
from validate._src.tables.dataset import read_dataset

PAGES = ["index", "who-counts/index", "each-lake/index", "each-lake/bay", "table/index",
         "beside/index", "again/index", "scale/index"]  # fmt: skip
SOME = "[0-9]+ of [0-9]+"
WAITS = 200
SIZES = {"wide": (1280, 900), "narrow": (400, 800)}
pytestmark = pytest.mark.xdist_group("sites")


@pytest.fixture
def opened(chromium, sites):
    """Opens a page of views; what the browser asks for and complains of is kept."""
    contexts = []

    def page(path, *, of="valid-views", size="wide", fragment="", **options):
        width, height = SIZES[size]
        viewport = {"width": width, "height": height}
        context = chromium.new_context(viewport=viewport, **{"locale": "en-GB", **options})
        contexts.append(context)
        page = new_page(context)
        page.goto(f"{sites(of).folder.as_uri()}/views/{path}.html{fragment}")
        return page

    yield page
    for context in contexts:
        context.close()


def seen(page, selector="main .one"):
    """The words of each row that is seen; what is not on the screen yet has none."""
    found = []
    for row in page.locator(selector).all():
        if row.is_visible():
            row.scroll_into_view_if_needed()
            found.append(" ".join(row.inner_text().split()))
    return found


def says(page, wanted):
    """Waits until so many rows are said to be picked, by a text or a pattern."""
    for _ in range(WAITS):
        text = page.locator("output").text_content()
        if re.fullmatch(wanted, text):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"{wanted!r} is not said, but {text!r}")


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_asked_of_others_and_nothing_goes_wrong(path, opened, sites):
    page = opened(path)
    assert page.complaints == []
    root = sites("valid-views").folder.as_uri()
    assert [url for url in page.asked if not url.startswith(f"{root}/")] == []
    assert page.locator(".languages button").count() == 3


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("size", "scheme"), [("wide", "light"), ("narrow", "dark")])
def test_axe_finds_nothing(path, size, scheme, opened):
    page = opened(path, size=size, color_scheme=scheme, bypass_csp=True)
    for summary in page.locator(".pick summary").all()[:1]:
        summary.click()
    assert violations(page) == []


@pytest.mark.parametrize("path", PAGES)
def test_a_narrow_screen_is_wide_enough(path, opened):
    page = opened(path, size="narrow")
    for summary in page.locator(".pick summary").all()[:1]:
        summary.click()
    assert page.evaluate("document.documentElement.scrollWidth") == 400


@pytest.mark.parametrize("path", PAGES)
def test_without_a_script_all_is_there_in_all_languages(path, opened):
    page = opened(path, java_script_enabled=False)
    assert [one for one in page.locator("button, input, select").all() if one.is_visible()] == []
    said = page.locator("main .said").all()
    closed = page.locator("details:not([open]) .said, .choosing .said, .head .said").count()
    assert sum(one.is_visible() for one in said) >= len(said) - closed
    assert page.locator("main .one").count() == opened(path).locator("main .one").count()


def test_the_language_is_the_reader_s_and_is_switched_in_place(opened):
    page = opened("who-counts/index", locale="ja-JP")
    japanese, english = "入江には1200匹の魚がいる。", "There are 1200 fish in the bay."
    assert page.get_by_role("heading", level=1).inner_text().strip() == "誰が何を数えるか"
    assert page.get_by_text(japanese).is_visible()
    assert not page.get_by_text(english).is_visible()
    page.get_by_role("button", name="English").click()
    assert page.get_by_text(english).is_visible()
    assert not page.get_by_text(japanese).is_visible()
    page.reload()
    assert page.get_by_text(english).is_visible()
    page.get_by_role("button", name="all", exact=True).click()
    assert page.get_by_text(english).is_visible()
    assert page.get_by_text(japanese).is_visible()
    page.reload()
    assert page.get_by_text(japanese).is_visible()


@pytest.mark.parametrize("path", ["../search", "index"])
def test_the_choice_of_language_is_on_no_paper_and_above_the_words_of_a_narrow_screen(path, opened):
    page = opened(path)
    choice = page.locator(".languages")
    floats = "one => getComputedStyle(one).float"
    assert choice.is_visible()
    assert choice.evaluate(floats) == "inline-end"
    page.set_viewport_size({"width": 400, "height": 800})
    assert choice.evaluate(floats) == "none"
    page.emulate_media(media="print")
    assert not choice.is_visible()


def test_a_reader_of_another_language_gets_the_first(opened):
    page = opened("who-counts/index", locale="fr-FR")
    assert page.get_by_role("heading", level=1).inner_text() == "Who counts what"


def test_rows_are_picked_by_values_and_by_words(opened):
    page = opened("who-counts/index")
    assert len(seen(page)) == 5
    page.locator(".pick[data-name=lake_id] summary").click()
    page.get_by_label("Great Lake").check()
    says(page, "4 of 5")
    page.locator(".pick[data-name=kind] summary").click()
    page.get_by_label("Leaves out").check()
    says(page, "1 of 5")
    (row,) = seen(page)
    assert "trout" in row
    assert seen(page, "section.group > h2") == ["Great Lake"]
    assert page.url.endswith("#?lake_id=great&kind=omits")
    page.get_by_role("button", name="Show all").click()
    says(page, "")
    assert len(seen(page)) == 5
    page.locator(".choosing input[type=search]").fill("ｔＲＯＵＴ second")
    says(page, "1 of 5")


def test_words_of_any_language_and_of_headings_are_found(opened):
    page = opened("who-counts/index")
    page.locator(".choosing input[type=search]").fill("小沼")
    says(page, "1 of 5")
    page.locator(".choosing input[type=search]").fill("great lake")
    says(page, "2 of 5")


def test_under_no_heading_only_the_words_of_the_row_are_found(opened):
    page = opened("each-lake/bay")
    page.locator(".choosing input[type=search]").fill("to 1500")
    says(page, "1 of 2")


def test_what_is_picked_stands_in_the_address(opened):
    page = opened("who-counts/index", fragment="#?survey_id=s-2&words=fish")
    says(page, "2 of 5")
    assert page.get_by_label("Second & last").is_checked()
    assert page.locator(".choosing input[type=search]").input_value() == "fish"


def test_names_stand_in_the_order_of_the_language_that_is_shown(opened):
    page = opened("each-lake/index", locale="ja-JP")
    names = page.locator(".places a")
    japanese = [one.strip() for one in names.all_inner_texts()]
    assert japanese == ["小沼", "大湖", "入江"]
    page.get_by_role("button", name="English").click()
    assert names.all_inner_texts() == ["Great Lake", "Little Tarn", "The bay"]
    page.get_by_role("button", name="日本語").click()
    assert [one.strip() for one in names.all_inner_texts()] == japanese


def test_choices_in_another_order_pick_what_they_say(opened):
    for locale, called in (("ja-JP", "入江"), ("en-GB", "The bay")):
        page = opened("who-counts/index", locale=locale)
        pick = page.locator(".pick[data-name=lake_id]")
        pick.locator("summary").click()
        pick.locator("label", has_text=called).locator("input").check()
        page.wait_for_url(re.compile("lake_id=bay"))
        assert page.locator("main .one:visible").count() == 2


def test_among_many_choices_one_is_found_by_its_words_in_any_language(opened):
    page = opened("claims/index", of="dataset")
    pick = page.locator(".pick[data-name=topic_id]")
    pick.locator("summary").click()
    assert pick.locator("label:visible").count() > 100
    box = pick.get_by_role("searchbox", name="Find a value")
    box.fill("台湾")
    found = [one.split()[:-1] for one in pick.locator("label:visible").all_inner_texts()]
    assert found == [["Defence", "of", "Taiwan"], ["Taiwan"], ["Taiwan", "Strait"]]
    pick.get_by_label("Taiwan Strait").check()
    says(page, SOME)
    said = page.locator("output").text_content()
    box.fill("nothing of it")
    assert [one.split()[:-1] for one in pick.locator("label:visible").all_inner_texts()] == found[
        2:
    ]
    assert (
        page.locator("output").text_content() == said
    )  # what is picked stays in sight, and picked
    assert opened("who-counts/index").get_by_role("searchbox", name="Find a value").count() == 0


def test_a_list_of_values_closes_by_escape_and_by_a_click_elsewhere(opened):
    page = opened("who-counts/index")
    pick = page.locator(".pick[data-name=kind]")
    pick.locator("summary").click()
    assert pick.get_attribute("open") is not None
    page.keyboard.press("Escape")
    assert pick.get_attribute("open") is None
    assert pick.locator("summary").evaluate("each => each === document.activeElement")
    pick.locator("summary").click()
    page.get_by_role("heading", level=1).click()
    assert pick.get_attribute("open") is None


def test_columns_that_are_compared_go_when_nothing_is_left_in_them(opened):
    page = opened("beside/index")
    page.locator(".pick[data-name=survey_id] summary").click()
    page.get_by_label("First <Survey>").check()
    says(page, "2 of 5")
    assert seen(page, "section.side > h3") == ["First <Survey>", "First <Survey>"]
    assert seen(page, "section.group > h2") == ["The bay", "Great Lake"]


def test_tables_are_sorted_as_they_are_shown(opened):
    page = opened("table/index", locale="ja")
    page.get_by_role("button", name="What it is").click()
    first = [text.split()[-1] for text in seen(page, "tbody tr")]
    page.get_by_role("button", name="What it is").click()
    assert [text.split()[-1] for text in seen(page, "tbody tr")] == first[::-1]
    assert page.locator("th[aria-sort=descending]").count() == 1


def test_numbers_are_drawn_to_scale_on_any_width(opened):
    for size in SIZES:
        page = opened("scale/index", size=size)
        lines = page.locator("svg .stem, svg .range").all()
        widths = [one.bounding_box()["width"] for one in lines]
        grid = page.locator("svg .grid").all()
        full = grid[-1].bounding_box()["x"] - grid[0].bounding_box()["x"]
        top = float(page.locator("svg .tick").last.text_content().replace(",", ""))
        assert widths[0] / full == pytest.approx(1200 / top, abs=0.02)
        assert widths[1] / full == pytest.approx(500 / top, abs=0.04)
        assert widths[2] == pytest.approx(0, abs=3)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pictures_have_the_colours_of_the_page(scheme, opened):
    page = opened("scale/index", color_scheme=scheme)
    ink = page.evaluate("getComputedStyle(document.body).color")
    assert page.locator("svg .number").first.evaluate("one => getComputedStyle(one).fill") == ink


# This dataset's views.


def test_who_left_out_what_is_found(opened):
    page = opened("documents/index", of="dataset", fragment="#?document_id=nds-2026&stance=omits")
    says(page, SOME)
    rows = seen(page)
    assert rows
    assert all(row.startswith("Omits") and "NDS 2026" in row for row in rows)


def test_all_on_taiwan_is_found_in_either_language(opened):
    page = opened("claims/index", of="dataset")
    found = []
    for word in ("Taiwan", "台湾"):
        page.locator(".choosing > label input").fill(word)
        says(page, SOME)
        found.append(page.locator("main .one:not([hidden]) dd a").all_text_contents())
        page.get_by_role("button", name="Show all").click()
        says(page, "")
    assert found[0]
    assert found[0] == found[1]


def test_the_first_cell_of_each_row_stays_when_a_table_is_scrolled(opened):
    page = opened("amounts/index", of="dataset")
    page.set_viewport_size({"width": 900, "height": 800})  # the table is wider
    scrolled, before, after = page.evaluate(
        """() => {
            const box = document.querySelector(".viewed").closest(".scroll");
            const lefts = () => [...box.querySelectorAll("tr > :first-child")]
                .map(cell => cell.getBoundingClientRect().left);
            const before = lefts();
            box.scrollLeft = 40;
            return [box.scrollLeft, before, lefts()];
        }"""
    )
    assert scrolled > 0
    assert before == after


@pytest.mark.parametrize("media", ["screen", "print"])
def test_where_columns_have_no_room_rows_are_lists_with_the_names_of_columns(media, opened):
    size = "narrow" if media == "screen" else "wide"
    page = opened("amounts/index", of="dataset", size=size, java_script_enabled=False)
    page.emulate_media(media=media)
    table = page.locator("table.viewed")
    rows = table.locator("tbody tr").all()
    assert len(rows) > 5
    for row in rows:
        cells = row.locator("td").all()
        filled = [cell for cell in cells if cell.text_content()]
        assert [cell.is_visible() for cell in cells] == [cell in filled for cell in cells]
        first, *others = [cell.locator(".head") for cell in filled]
        assert not first.is_visible()
        assert all(head.is_visible() for head in others)
        boxes = [cell.bounding_box() for cell in filled]
        assert [box["y"] for box in boxes] == sorted({box["y"] for box in boxes})
        assert max(box["x"] + box["width"] for box in boxes) <= page.viewport_size["width"]
    shown = table.aria_snapshot()
    # A row with a colon in it is quoted.
    assert shown.count("- row ") + shown.count("- 'row ") == len(rows)
    assert shown.count("- cell ") >= len(rows) * 5


def test_on_a_wide_screen_the_names_of_columns_stand_once(opened):
    page = opened("amounts/index", of="dataset")
    assert page.locator("table.viewed .head:visible").count() == 0
    assert page.locator("table.viewed thead th:visible").count() == 11


def test_names_of_columns_are_no_words_of_rows(opened):
    page = opened("amounts/index", of="dataset", size="narrow")
    page.locator(".choosing input[type=search]").fill("certainty")
    says(page, "0 of [0-9]+")


def counts(page, name):
    """What stands beside each choice of a filter."""
    return page.locator(f".pick[data-name={name}] label .m").all_text_contents()


def test_beside_each_choice_stands_how_many_rows_it_would_show(opened):
    page = opened("who-counts/index")
    assert (counts(page, "survey_id"), counts(page, "kind")) == (["2", "3"], ["4", "1"])
    page.locator(".pick[data-name=survey_id] summary").click()
    page.get_by_label("First <Survey>").check()
    says(page, "2 of 5")
    assert (counts(page, "survey_id"), counts(page, "kind")) == (["2", "3"], ["2", "0"])
    page.locator(".choosing input[type=search]").fill("trout")
    says(page, "1 of 5")
    assert (counts(page, "survey_id"), counts(page, "kind")) == (["1", "1"], ["1", "0"])


def test_of_a_view_in_parts_choices_count_the_rows_of_the_part(opened):
    page = opened("each-lake/tarn")
    assert page.locator("main .one").count() == 1
    assert sorted(counts(page, "lake_id")) == ["0", "0", "1"]


def test_counts_of_both_sides_of_what_is_left_out_are_those_of_the_rows(opened):
    page = opened("omissions/index", of="dataset", fragment="#?left_out_by=nss-2025")
    says(page, SOME)
    whole = page.locator("output").text_content()
    page.locator(".pick[data-name=said_by] summary").click()
    labels = page.locator(".pick[data-name=said_by] label").all()
    assert len(labels) > 3
    for label in labels:
        count = label.locator(".m").text_content()
        label.locator("input").check()
        page.wait_for_url(re.compile("said_by"))
        says(page, f"{count} of [0-9]+")
        assert page.locator("main .one:not([hidden])").count() == int(count)
        label.locator("input").uncheck()
        page.wait_for_url(re.compile("^(?!.*said_by)"))
        says(page, whole)


def test_rows_without_a_value_in_what_is_picked_are_not_passed_over_in_silence(opened):
    page = opened("who-counts/index")
    left = page.locator(".without p[data-name=unit]")
    assert not left.is_visible()
    page.locator(".pick[data-name=unit] summary").click()
    page.get_by_label("fish").check()
    says(page, "3 of 5")
    assert left.inner_text() == "unit: 1 without a value left out"
    page.locator(".pick[data-name=unit] input[data-none]").check()
    says(page, "4 of 5")
    assert not left.is_visible()


def test_contents_have_the_headings_and_the_rows_that_are_left(opened):
    page = opened("claims/index", of="dataset")
    assert page.locator(".contents").count() == 0
    page = opened("omissions/index", of="dataset")
    contents = page.locator(".contents")
    whole = contents.locator("summary .m").text_content()
    contents.locator("summary").click()
    counted = [int(one) for one in contents.locator("li .m").all_text_contents()]
    assert (int(whole), sum(counted)) == (len(counted), page.locator("main .one").count())
    page.locator(".choosing > label input").fill("Russia")
    says(page, SOME)
    left = page.locator("main .group:visible")
    assert 0 < left.count() < len(counted)
    assert contents.locator("summary .m").text_content() == str(left.count())
    shown = contents.locator("li:visible .m").all_text_contents()
    assert [int(one) for one in shown] == [
        one.locator(".one:visible").count() for one in left.all()
    ]
    page.get_by_role("button", name="Show all").click()
    assert contents.locator("summary .m").text_content() == whole


def asked(name):
    """What the query of a view gives, as cells of CSV: the header, then the rows."""
    package = load_package(PACKAGES / "valid-views")
    (view,) = (one for one in package.views.pages if one.name == name)
    rows = rows_of(view, read_dataset(package))
    return [rows.columns, *([written_cell(value) for value in row] for row in rows.iter_rows())]


def test_the_rows_of_a_view_are_saved_as_its_query_gives_them(opened):
    page = opened("who-counts/index")
    header, *every = asked("who-counts")
    name, _, rows = saved(page)
    assert name == "valid-views-who-counts.csv"
    assert rows == [header, *every]
    page.locator(".choosing input[type=search]").fill("trout")
    says(page, SOME)
    name, _, rows = saved(page)
    assert name == "valid-views-who-counts-selection.csv"
    picked = [int(one.get_attribute("data-row")) for one in page.locator("main .one:visible").all()]
    assert 0 < len(picked) < len(every)
    assert rows == [header, *(every[at] for at in sorted(picked))]
    assert page.complaints == []


def test_of_a_view_in_parts_the_rows_of_the_part_are_saved(opened):
    header, *every = asked("each-lake")
    name, _, rows = saved(opened("each-lake/bay"))
    assert name == "valid-views-each-lake-bay.csv"
    assert rows[0] == header
    assert rows[1:] == [row for row in every if row in rows[1:]]
    assert len(rows) == 1 + opened("each-lake/bay").locator("main .one").count() < 1 + len(every)


def test_of_a_long_view_rows_of_all_its_pages_are_saved(chromium, tmp_path, monkeypatch):
    monkeypatch.setattr(viewpages, "MOST_ROWS", 2)
    site, _ = build(PACKAGES / "valid-views", tmp_path / "site")
    context = chromium.new_context(locale="en-GB")
    page = new_page(context)
    page.goto(f"{site.folder.as_uri()}/views/who-counts/part-2.html")
    assert page.locator("main .one").count() == 2
    header, *every = asked("who-counts")
    assert saved(page)[2] == [header, *every]
    page.locator(".pick[data-name=lake_id] summary").click()
    page.get_by_label("Great Lake").check()
    says(page, "[0-9] of 2")
    picked = saved(page)[2][1:]
    assert 2 < len(picked) < len(every)
    great = [row for row in every if row in picked]
    assert picked == great
    page.locator(".choosing input[type=search]").fill("trout")
    says(page, "[0-9] of 2")
    assert saved(page)[2] == [header, *(row for row in great if "trout" in " ".join(row).lower())]
    assert page.complaints == []
    context.close()


def test_what_is_picked_leads_to_its_page_and_back(opened):
    """With the same number there as here."""
    page = opened("all/index", of="valid-narrower")
    page.locator("summary", has_text="Topics").click()
    page.get_by_label("Lakes").check()
    says(page, "3 of 4")
    page.get_by_role("link", name="All about Lakes").click()
    page.wait_for_url("**/tables/topics/lakes.html")
    told = page.get_by_role("heading", name="Items 3: 2 of its own, 1 of narrower ones")
    assert told.is_visible()
    page.get_by_role("link", name="All that is said").click()
    page.wait_for_url("**/views/all/index.html#?topic_id=lakes")
    says(page, "3 of 4")
    page.get_by_role("button", name="Show all").click()
    assert page.locator(".about-picked a").count() == 0
    assert page.complaints == []


@pytest.mark.parametrize("size", SIZES)
def test_the_page_of_a_topic_fits_and_axe_finds_nothing(opened, size):
    page = opened("../tables/topics/water", of="valid-narrower", size=size, bypass_csp=True)
    assert page.evaluate("document.documentElement.scrollWidth") == SIZES[size][0]
    assert violations(page) == []
