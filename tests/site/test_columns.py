"""Of wide tables: which columns are shown, rows as lists, and what is on paper."""

import pytest
from support.foreign import PLAIN
from support.watched import violations, watched_page

pytestmark = pytest.mark.xdist_group("sites")
TABLE = "tables/stations/index.html"


@pytest.fixture
def folder(foreign):
    """The folder of the site of a wide package."""
    return foreign[0].folder


@pytest.fixture
def page(chromium, folder):
    """The page of the wide table, in a browser."""
    with watched_page(chromium, folder, viewport={"width": 1280, "height": 900}) as page:
        page.goto(f"{folder.as_uri()}/{TABLE}")
        yield page


def shown_heads(page):
    heads = page.locator("table.rows thead th:visible")
    return heads.evaluate_all(
        "heads => heads.map(head => (head.querySelector('code') ?? head).textContent)"
    )


def picked(page):
    page.locator(".columns > summary").click()
    return page.locator(".choice")


def test_columns_are_chosen_and_stay_chosen(page):
    before = shown_heads(page)
    count = len(before) - 1  # the first says which row it is
    assert page.locator(".columns > summary").text_content() == f"Columns: all {count}"
    choice = picked(page)
    assert choice.get_by_role("checkbox").count() == count
    choice.get_by_label("log").uncheck()
    choice.get_by_label("Depth of the water").uncheck()
    assert shown_heads(page) == [name for name in before if name not in ("log", "depth")]
    assert page.locator("table.rows tbody tr").first.locator("td:visible").count() == count - 2
    assert page.locator(".columns > summary").text_content() == f"Columns: {count - 2} of {count}"
    page.reload()
    assert shown_heads(page) == [name for name in before if name not in ("log", "depth")]
    picked(page).get_by_role("button", name="Show these").click()
    assert shown_heads(page) == before
    page.reload()
    assert shown_heads(page) == before


def test_many_columns_are_looked_through(page):
    choice = picked(page)
    choice.get_by_label("Look for a column").fill("MEASURE_")
    assert choice.get_by_role("checkbox").count() == len(PLAIN)
    choice.get_by_role("button", name="Hide these").click()
    assert not {*PLAIN} & {*shown_heads(page)}
    assert "log" in shown_heads(page)
    page.keyboard.press("Escape")
    assert page.locator(".choice").is_hidden()


def test_on_a_narrow_screen_rows_are_lists_unless_the_reader_wants_columns(chromium, folder):
    with watched_page(chromium, folder, viewport={"width": 400, "height": 800}) as page:
        page.goto(f"{folder.as_uri()}/{TABLE}")
        table, button = page.locator("table.rows"), page.get_by_role("button", name="Rows as lists")

        def is_list():
            return table.evaluate("table => table.classList.contains('lists')")

        assert is_list()
        assert table.evaluate("table => table.scrollWidth") <= 400
        button.click()
        assert not is_list()
        page.reload()
        assert not is_list()
        button.click()
        page.set_viewport_size({"width": 1280, "height": 800})
        page.locator("table.rows:not(.lists)").wait_for()
        page.reload()
        assert not is_list()


def test_rows_are_read_as_lists(page):
    width = page.locator("table.rows").evaluate("table => table.scrollWidth")
    assert width > 1280
    button = page.get_by_role("button", name="Rows as lists")
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    row = page.locator("table.rows tbody tr").nth(1)
    cell = row.locator("td").first
    assert (
        cell.evaluate("cell => getComputedStyle(cell, '::before').content")
        == '"Depth of the water in m"'
    )
    assert page.evaluate("document.documentElement.scrollWidth") == 1280
    assert row.locator("td").nth(6).is_visible()
    tops = row.locator("td:visible").evaluate_all(
        "cells => cells.map(cell => cell.getBoundingClientRect().top)"
    )
    assert tops == sorted(set(tops))
    page.reload()
    assert page.locator("table.lists").count() == 1
    page.get_by_role("button", name="Rows as lists").click()
    assert page.locator("table.lists").count() == 0


@pytest.mark.parametrize(("name", "order"), [
    ("depth", ["1,25", "1,5", "3", "10,75"]),
    ("seen", ["01/12/2019", "28/01/2020", "03/02/2020", "15/03/2020"]),
    ("ice", ["none", "thin", "thick", ""]),
])  # fmt: skip
def test_cells_are_sorted_by_what_they_mean(name, order, page):
    heads = shown_heads(page)
    head = page.locator("table.rows thead th").nth(heads.index(name))
    head.get_by_role("button").click()
    cells = page.locator(f"table.rows tbody td:nth-child({heads.index(name) + 1})")
    assert cells.all_text_contents() == order


def test_a_long_cell_is_opened_in_its_place(page):
    cell = page.locator("details.cut").first
    closed = cell.bounding_box()["height"]
    cell.locator("summary").click()
    assert cell.bounding_box()["height"] > closed
    assert (
        page.locator("table.rows td").evaluate_all(
            "cells => Math.max(...cells.map(cell => cell.getBoundingClientRect().width))"
        )
        < 640
    )


def test_what_is_wider_than_paper_is_printed_as_lists(page):
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator("table.lists").count() == 1
    assert page.locator("details.cut:not([open])").count() == 0
    assert page.locator(".tools").is_hidden()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("table.lists").count() == 0
    assert page.locator("details.cut[open]").count() == 0


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (400, "dark")])
def test_axe_finds_nothing(width, scheme, chromium, folder):
    options = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
    with watched_page(chromium, folder, bypass_csp=True, **options) as page:
        for path in (TABLE, "tables/bare/index.html", "index.html", "codebook.html"):
            page.goto(f"{folder.as_uri()}/{path}")
            assert page.evaluate("document.documentElement.scrollWidth") == width, path
            assert violations(page) == [], path
        page.goto(f"{folder.as_uri()}/{TABLE}")
        picked(page)
        assert violations(page) == []
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Rows as lists").click()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == width
