"""How cells are shown: in tables, whole columns at once, and on the pages of rows."""

import re
from dataclasses import replace

import polars as pl
import pytest
from markupsafe import Markup
from support.made import one_table

from validate._src.engine.run import read_judged
from validate._src.package.descriptor import load_package
from validate._src.site import limits
from validate._src.site.gather import site_of
from validate._src.site.spoken import GAP
from validate._src.site.values import LONG, NUMBER, SHORT, TOKEN, WRAPPED, shown_column


@pytest.fixture
def column_of(tmp_path):
    """A column of a table, as it is shown."""

    def made(field, *texts):
        package, file = one_table(tmp_path, "t.csv", [{"name": "f", **field}],
                                  schema={"missingValues": ["NA"]})  # fmt: skip
        quoted = ['"' + text.replace('"', '""') + '"' for text in texts]
        file.write_text("f\n" + "".join(f"{one}\n" for one in quoted), "utf-8")
        tables = site_of(*read_judged(load_package(package))).tables
        return shown_column(tables["t"].columns[0])

    return made


def both(column):
    count = len(column.column.texts)
    cells = column.cells(pl.int_range(count, dtype=pl.UInt32, eager=True))
    return cells.to_list(), [None if one is None else str(one)
                             for one in map(column.whole, range(count))]  # fmt: skip


def test_texts_are_escaped_and_have_their_language(column_of):
    column = column_of({"type": "string"}, "a<b>&'\"", "かな", "漢字", "NA", "한글", "a\nb")
    shown, whole = both(column)
    assert shown == [
        "a&lt;b&gt;&amp;&#39;&#34;", '<span lang="ja">かな</span>', '<span lang="ja">漢字</span>',
        None, '<span lang="ko">한글</span>', "a\nb",
    ]  # fmt: skip
    assert whole == [*shown[:2], "漢字", *shown[3:]]


def test_a_category_has_its_meaning(column_of):
    categories = [
        {"value": 1, "label": "Seen", "description": "Once or more."},
        {"value": 2},
        {"value": 3, "label": "<3>"},
    ]
    shown, whole = both(column_of({"type": "integer", "categories": categories}, "1", "2", "3"))
    assert shown == ['1 <span class="m">Seen</span>', "2", "3"]
    assert whole == [
        '1 <span class="m"><b>Seen</b> Once or more.</span>', "2",
        '3 <span class="m"><b>&lt;3&gt;</b></span>',
    ]  # fmt: skip


def test_labels_stand_in_the_languages_of_the_package(column_of):
    seen = {"value": "seen", "label": "Seen", "translations": {"ja": {"label": "目撃"}}}
    far = {
        "value": "far", "label": "From afar", "description": "By glass.",
        "translations": {"ja": {"label": "遠望", "description": "望遠鏡による。"}},
    }  # fmt: skip
    bare = {"value": "bare", "label": "Without"}
    column = column_of({"type": "string", "categories": [seen, far, bare]}, "seen", "far", "bare")
    shown, whole = both(replace(column, languages=("en", "ja")))
    assert shown == [
        'seen <span class="m"><span class="said" lang="ja">目撃</span></span>',
        'far <span class="m"><span class="said" lang="en">From afar</span>'
        f'<span class="said" lang="ja">{GAP}遠望</span></span>',
        'bare <span class="m">Without</span>',
    ]
    assert Markup(whole[1]).striptags() == "far From afar 遠望 By glass. 望遠鏡による。"
    assert both(column)[0] == ["seen", 'far <span class="m">From afar</span>', shown[2]]


def test_dates_are_said_in_words_and_sorted_by_their_days(column_of):
    column = column_of({"type": "string", "edtf": {}}, "../2030", "<soon>", "NA", "2025-11")
    shown, whole = both(column)
    assert shown == [
        '<span class="date" title="../2030">by 2030</span>', "&lt;soon&gt;", None,
        '<span class="date" title="2025-11">November 2025</span>',
    ]  # fmt: skip
    assert whole[0] == '<span class="date">by 2030</span> <code class="m">../2030</code>'
    order = column.order(pl.int_range(4, dtype=pl.UInt32, eager=True))
    assert order.to_list() == ["2030-12-31 ../2030", None, None, "2025-11-01 2025-11"]


def test_addresses_on_the_web_are_links_and_others_are_not(column_of):
    texts = ("https://a.example/?x=1&y='", "javascript:alert(1)", "http://a b", "ftp://a.example")
    shown, whole = both(column_of({"type": "string", "format": "uri"}, *texts))
    assert shown[0].startswith('<a href="https://a.example/?x=1&amp;y=&#39;" rel="external')
    assert whole[0] == shown[0]
    for one in (*shown[1:], *whole[1:]):
        assert "<a" not in one


def test_lists_booleans_and_objects(column_of):
    _, whole = both(column_of({"type": "list", "delimiter": ";"}, "a;<b>;", "NA"))
    assert whole == ['<ul class="items"><li>a</li><li>&lt;b&gt;</li><li></li></ul>', None]
    boolean = {"type": "boolean", "trueValues": ["yes"], "falseValues": ["no"]}
    assert both(column_of(boolean, "yes", "no"))[1] == [
        'yes <span class="m">true</span>',
        'no <span class="m">false</span>',
    ]
    _, whole = both(column_of({"type": "object"}, '{"a": 1.50}', "no object"))
    assert whole == ["<code>{&#34;a&#34;: 1.50}</code>", "<code>no object</code>"]


@pytest.mark.parametrize(
    ("field", "texts", "kind"),
    [
        ({"type": "integer"}, ["1"], NUMBER),
        ({"type": "integer", "categories": [1]}, ["1"], SHORT),
        ({"type": "string"}, ["0" * 64, "1" * 64], TOKEN),
        (
            {"type": "string"},
            ["https://a.example/data/sets/1", "https://a.example/data/sets/2"],
            WRAPPED,
        ),
        ({"type": "any"}, ["1.5", "-20", "NA"], NUMBER),
        ({"type": "any"}, ["1.5", "about 2"], SHORT),
        ({"type": "string"}, ["1.5", "-20"], SHORT),
        ({"type": "string"}, ["short", "a few words of it"], SHORT),
        ({"type": "string"}, ["a sentence that is as long as sentences are in such tables"], LONG),
        ({"type": "string"}, ["なかなか長い文であり、数行にわたって続くものである。"], LONG),
        ({"type": "string"}, ["NA"], SHORT),
    ],
)
def test_columns_are_as_wide_as_their_cells_want(field, texts, kind, column_of):
    assert column_of(field, *texts).kind == kind


LONG_ONE = "A sentence of a text that is long. " * 30
LONGER = "もっと長い文。" * 1_000


def test_long_cells_begin_in_the_table_and_go_on_behind_it(column_of):
    column = column_of({"type": "string"}, "short", LONG_ONE, LONGER, "NA")
    indexes = pl.Series([3, 2, 1, 0], dtype=pl.UInt32)
    missing, longer, long, short = column.cells(indexes)
    assert (missing, short) == (None, "short")
    cut = re.fullmatch(r'<details class="cut"><summary>(.*)</summary>(.*)</details>', long)
    assert cut[1] + cut[2] == LONG_ONE
    assert cut[1].endswith(".")
    assert len(cut[1]) <= limits.HEAD
    assert Markup(longer).striptags() == LONGER


def test_very_long_cells_are_whole_on_the_pages_of_their_rows(column_of):
    column = column_of({"type": "string"}, LONG_ONE, LONGER, "<b>" * 2_000)
    pages = pl.Series(["a.html", "b.html", "c.html"])
    long, longer, marked = column.cells(pl.Series([0, 1, 2], dtype=pl.UInt32), pages)
    assert long.startswith("<details")
    assert longer == (
        f'<span lang="ja">{LONGER[: limits.HEAD]}</span>… <a href="b.html">all 7,000 characters</a>'
    )
    assert Markup(marked).striptags().startswith("<b><b>")
    assert column.whole(1) == f'<span lang="ja">{LONGER}</span>'


def test_within_links_nothing_is_one(column_of):
    address = "https://a.example/x"
    column = column_of({"type": "string", "format": "uri"}, address, f"{address}?{'q' * 9_000}")
    short, long = column.cells(pl.Series([0, 1], dtype=pl.UInt32), in_link=True)
    assert short == address
    assert long == f"{address}?{'q' * 9_000}"[: limits.HEAD] + "…"


@pytest.mark.parametrize(
    ("field", "texts", "order"),
    [
        ({"type": "number"}, ["1.5", "NA"], None),
        ({"type": "number", "decimalChar": ","}, ["1,5", "NA", "1,25"], ["1.5", None, "1.25"]),
        ({"type": "integer", "groupChar": "."}, ["1.000", "20"], ["1000", "20"]),
        ({"type": "number", "bareNumber": False}, ["5%", "€10"], ["5.0", "10.0"]),
        ({"type": "date"}, ["2020-01-02"], None),
        ({"type": "date", "format": "%d/%m/%Y"}, ["03/02/2020", "NA"], ["2020-02-03", None]),
        ({"type": "string", "categories": ["low", "high"]}, ["high", "low"], None),
        ({"type": "string", "categories": ["low", "high"], "categoriesOrdered": True},
         ["high", "NA", "low"], ["1", None, "0"]),
        ({"type": "number", "decimalChar": ","}, ["1,5", "much"], None),
    ],
)  # fmt: skip
def test_cells_are_sorted_by_what_they_mean(field, texts, order, column_of):
    found = column_of(field, *texts).order(pl.int_range(len(texts), dtype=pl.UInt32, eager=True))
    assert (found if found is None else found.to_list()) == order


def test_a_unit_is_what_the_field_says(column_of):
    assert column_of({"type": "number", "unit": "km"}, "1").unit == "km"
    assert column_of({"type": "number", "units": "km"}, "1").unit == "km"
    assert column_of({"type": "number"}, "1").unit == ""
