"""The rows of tables in the browser: filtered over all pages, by address too, and saved as CSV."""

import csv
import io
import json
import re
from urllib.parse import urlencode

import pytest
from support.browser import playwright
from support.made import PROFILE
from support.site import build, target_of
from support.watched import saved, violations, watched_page

from validate._src.curation.search import find
from validate._src.package.descriptor import load_package
from validate._src.site import limits
from validate._src.tables.dataset import read_dataset

ROWS = 120
PART = 50
MOST_DRAWN = 40
pytestmark = pytest.mark.xdist_group("rows of tables")


def ponds():
    """Cells that CSV must quote, and some that are missing by a word of their own."""
    yield from (["pond-001", 'The "old" pond', "蓮池, 東", "2025-12", "12.50", "-"],)
    yield from (["pond-002", "two\nlines", "", "", "", "none"],)
    for number in range(3, ROWS + 1):
        kind = "deep" if number % 3 else "shallow"
        date = "2025-12" if number % 2 else "2026-01-05"
        yield [f"pond-{number:03}", f"A {kind} pond", "池", date, f"{number}", f"k-{number % 4}"]


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ponds")
    types = {"depth": "number"}
    tables = {
        "ponds": (["pond_id", "name", "name_ja", "seen", "depth", "keeper"], [*ponds()]),
        "keepers": (["keeper_id", "name"], [[f"k-{at}", f"Keeper {at}"] for at in range(5)]),
        "notes": (["note"], [["first"], ["a,b"]]),
    }
    resources = []
    for name, (fields, rows) in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([fields, *rows])
        made = [{"name": one, "type": types.get(one, "string")} for one in fields]
        resources.append({"name": name, "path": f"{name}.csv", "schema": {"fields": made}})
    by_name = {one["name"]: one["schema"] for one in resources}
    by_name["ponds"]["primaryKey"] = ["pond_id"]
    by_name["keepers"]["primaryKey"] = ["keeper_id"]
    seen, keeper = by_name["ponds"]["fields"][3], by_name["ponds"]["fields"][5]
    seen["edtf"] = {}
    keeper["missingValues"] = ["-", "none"]
    by_name["ponds"]["fields"][4]["title"] = "Depth in metres"
    reference = {"resource": "keepers", "fields": ["keeper_id"]}
    by_name["ponds"]["foreignKeys"] = [{"fields": ["keeper"], "reference": reference}]
    descriptor = {
        "$schema": PROFILE,
        "name": "ponds",
        "version": "1.2.0",
        "resources": resources,
    }
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    return folder


@pytest.fixture(scope="module")
def site(package, tmp_path_factory):
    """The pages of the package, in parts, without pages of rows, and with an index in parts."""
    with pytest.MonkeyPatch.context() as patch:
        for name, most in {
            "ROWS_A_PART": PART,
            "MOST_ROW_PAGES": 3,
            "INDEX_PART": 1_500,
            "MOST_OF_A_DATE": 4,
        }.items():
            patch.setattr(limits, name, most)
        made, _ = build(package, tmp_path_factory.mktemp("out") / "site")
    return made


@pytest.fixture
def page(chromium, site):
    with watched_page(chromium, site.folder) as page:
        yield page


def opened(page, site, table="ponds", part="index", fragment=""):
    page.goto(f"{site.folder.as_uri()}/tables/{table}/{part}.html{fragment}")
    return page


def table_of(site, name="ponds"):
    """The rows of a table as its file has them, the header among them."""
    file = site.folder / "downloads" / "tables" / f"{name}.csv"
    return [*csv.reader(io.StringIO(file.read_text("utf-8"), newline=""))]


def told(page, text):
    playwright().expect(page.locator("output")).to_have_text(text)


def keys(page):
    shown = page.locator("table.rows tbody tr:visible th")
    return shown.all_inner_texts()


def test_all_rows_of_the_table_are_saved_not_those_of_the_part(page, site):
    opened(page, site, part="part-2")
    name, content, rows = saved(page)
    assert name == "ponds-1.2.0-ponds.csv"
    assert len(rows) == ROWS + 1
    assert rows == table_of(site)
    assert content.endswith("\r\n")
    assert "\ufeff" not in content


def test_what_is_filtered_is_saved(page, site):
    opened(page, site)
    page.get_by_label("Filter the rows").fill("shallow")
    header, *every = table_of(site)
    wanted = [row for row in every if "shallow" in row[1]]
    told(page, f"{len(wanted)} of {ROWS}")
    assert keys(page) == [row[0] for row in wanted]
    name, _, rows = saved(page)
    assert name == "ponds-1.2.0-ponds-selection.csv"
    assert rows == [header, *wanted]
    page.get_by_label("Filter the rows").fill("")
    told(page, "")
    assert len(keys(page)) == PART


def test_cells_that_are_missing_are_saved_as_their_file_has_them(page, site):
    opened(page, site)
    page.get_by_label("Filter the rows").fill("lines")
    told(page, f"1 of {ROWS}")
    _, content, (_, row) = saved(page)
    assert row == table_of(site)[2] == ["pond-002", "two\nlines", "", "", "", "-"]
    assert '"two\nlines"' in content
    opened(page, site, "notes")
    assert saved(page)[1] == 'note\r\nfirst\r\n"a,b"\r\n'
    assert page.evaluate("validatePages.csvOf([[''], ['a']])") == '""\r\na\r\n'


def test_words_are_looked_for_in_one_field(page, site):
    opened(page, site)
    page.get_by_label("Filter the rows").fill("12")
    told(page, f"{sum('12' in row[0] + row[3] for row in table_of(site)[1:])} of {ROWS}")
    page.get_by_label("in which field").select_option("Depth in metres")
    wanted = [row for row in table_of(site)[1:] if "12" in row[4]]
    told(page, f"{len(wanted)} of {ROWS}")
    assert page.url.endswith("#?words=12&in=depth")
    assert keys(page) == [row[0] for row in wanted]
    page.reload()
    told(page, f"{len(wanted)} of {ROWS}")
    assert saved(page)[2][1:] == wanted


def test_an_address_filters_by_the_cells_of_fields(page, site):
    asked = [("where", "seen"), ("is", "2025-12"), ("where", "keeper"), ("is", "k-1"),
             ("where", "keeper"), ("is", "k-3")]  # fmt: skip
    opened(page, site, part="part-3", fragment=f"#?{urlencode(asked)}")
    wanted = [row for row in table_of(site)[1:] if row[3] == "2025-12" and row[5] in ("k-1", "k-3")]
    told(page, f"{len(wanted)} of {ROWS}")
    assert keys(page) == [row[0] for row in wanted]
    assert saved(page)[2][1:] == wanted
    page.get_by_role("button", name="No longer only seen: 2025-12").click()
    told(page, f"{sum(row[5] in ('k-1', 'k-3') for row in table_of(site)[1:])} of {ROWS}")
    opened(page, site, fragment="#?where=nothing&is=x")
    told(page, f"0 of {ROWS}")


def test_rows_of_other_parts_lead_to_where_they_stand(page, site):
    opened(page, site)
    page.get_by_label("Filter the rows").fill("pond-119")
    told(page, f"1 of {ROWS}")
    page.get_by_role("link", name="pond-119").click()
    page.wait_for_load_state()
    assert page.url.endswith("/tables/ponds/part-3.html#row-pond-119")
    assert page.locator("#row-pond-119").is_visible()


def test_rows_of_all_parts_are_sorted(page, site):
    opened(page, site, fragment="#?words=deep")
    wanted = [row for row in table_of(site)[1:] if "deep" in row[1]]
    told(page, f"{len(wanted)} of {ROWS}")
    page.get_by_role("button", name="Depth in metres").click()
    page.get_by_role("button", name="Depth in metres").click()
    assert keys(page) == [row[0] for row in sorted(wanted, key=lambda row: -float(row[4]))]


def test_what_refers_to_a_row_without_a_page_is_counted_and_listed(page, site):
    every = table_of(site)[1:]
    for number in range(4):
        opened(page, site, "keepers")
        count = sum(row[5] == f"k-{number}" for row in every)
        page.locator(f"#row-k-{number}").get_by_role("link", name=f"{count} ponds").click()
        told(page, f"{count} of {ROWS}")
    opened(page, site, "keepers")
    assert page.locator("#row-k-4 a").all_inner_texts() == ["k-4"]


def test_more_rows_of_a_date_lead_to_all_of_them(page, site):
    page.goto(f"{site.folder.as_uri()}/timeline.html")
    count = sum(row[3] == "2025-12" for row in table_of(site)[1:])
    page.locator("summary", has_text="2025").click()
    page.locator("tr", has_text="2025-12").get_by_role("link", name=f"and {count - 4} more").click()
    told(page, f"{count} of {ROWS}")


def test_filters_in_links_name_fields_of_their_tables(site):
    """Without a script they lead to the whole table."""
    found = 0
    for path in site.paths:
        for link in site.page(path).links:
            target, anchor = target_of(path, link)
            if anchor.startswith("?"):
                found += 1
                assert target.startswith("tables/")
                assert target.endswith("/index.html")
                name = re.findall("where=([a-z_]+)", link.partition("#")[2])[0]
                assert f'data-field="{name}"' in site.text(target)
    assert found >= 4


@pytest.mark.parametrize("query", ["pond", "池", "deep pond", "12", "POND 7", '"old" 蓮'])
def test_hits_and_the_table_that_they_lead_to_have_the_same_rows(page, site, query):
    page.goto(f"{site.folder.as_uri()}/search.html")
    page.get_by_role("searchbox").fill(query)
    page.locator(f".found[data-whole={json.dumps(query, ensure_ascii=False)}]").wait_for()
    for group in page.locator(".hits").all():
        title = group.locator("h2").inner_text()
        count = int(group.locator("h2 > .m:not(a)").inner_text())
        if title.startswith("ponds"):
            break
    else:
        pytest.fail("no group of the table")
    group.get_by_role("link", name="as a table: ponds").click()
    told(page, f"{count} of {ROWS}")


def test_the_table_has_the_rows_that_the_command_finds(page, site, package):
    dataset = read_dataset(load_package(package))
    hits = find(dataset, ["deep"], ["ponds"]).hits
    opened(page, site, fragment="#?words=deep")
    told(page, f"{len(hits)} of {ROWS}")


def test_many_rows_of_other_parts_are_counted_and_saved_though_not_all_are_drawn(
    chromium, site, tmp_path
):
    """As many are drawn as a page has; here fewer, by another script."""
    folder = tmp_path / "site"
    folder.mkdir()
    for one in site.folder.iterdir():
        if one.name != "assets":
            (folder / one.name).symlink_to(one)
    (folder / "assets").mkdir()
    for one in (site.folder / "assets").iterdir():
        text = one.read_text("utf-8")
        if one.name == "rows.js":
            assert text.count("const MOST_DRAWN = 500;") == 1
            text = text.replace("const MOST_DRAWN = 500;", f"const MOST_DRAWN = {MOST_DRAWN};")
        (folder / "assets" / one.name).write_text(text, "utf-8")
    page = chromium.new_page()
    page.goto(f"{folder.as_uri()}/tables/ponds/index.html#?words=pond")
    told(page, f"{ROWS} of {ROWS}, here {PART + MOST_DRAWN}")
    assert len(keys(page)) == PART + MOST_DRAWN
    assert saved(page)[2] == table_of(site)
    page.close()


def test_it_is_said_that_the_index_is_not_at_hand(chromium, site, tmp_path):
    folder = tmp_path / "site"
    folder.mkdir()
    for one in site.folder.iterdir():
        if one.name != "search":
            (folder / one.name).symlink_to(one)
    page = chromium.new_page()
    page.goto(f"{folder.as_uri()}/tables/ponds/index.html")
    page.get_by_label("Filter the rows").fill("deep")
    said = "The index of the search is not at hand: search/index.js cannot be loaded."
    told(page, said)
    page.get_by_role("button", name="Save these rows as CSV").click()
    told(page, said)
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_a_filtered_table(chromium, site, scheme):
    with watched_page(chromium, site.folder, bypass_csp=True, color_scheme=scheme) as page:
        opened(page, site, fragment="#?words=deep&where=keeper&is=k-1")
        page.locator("output", has_text=f" of {ROWS}").wait_for()
        assert violations(page) == []
