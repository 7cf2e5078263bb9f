"""How cells are shown: in tables, whole columns at once, and on the pages of rows."""

import polars as pl
import pytest
from support.made import one_table

from validate._src.engine.run import read_judged
from validate._src.package.descriptor import load_package
from validate._src.site.gather import site_of
from validate._src.site.values import LONG, NUMBER, SHORT, TOKEN, shown_column


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
        ({"type": "string"}, ["short", "a few words of it"], SHORT),
        ({"type": "string"}, ["a sentence that is as long as sentences are in such tables"], LONG),
        ({"type": "string"}, ["なかなか長い文であり、数行にわたって続くものである。"], LONG),
        ({"type": "string"}, ["NA"], SHORT),
    ],
)
def test_columns_are_as_wide_as_their_cells_want(field, texts, kind, column_of):
    assert column_of(field, *texts).kind == kind
