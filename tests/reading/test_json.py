"""JSON and newline-delimited JSON: the order of rows decides nothing, and faults have a place."""

import json
from functools import partial
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.made import one_table, places

from validate import load, validate
from validate._src.reading import _jsonlines, _jsontext, _keys, blocks, native
from validate._src.reading._jsonrows import rows_at
from validate._src.reading._jsontext import JsonText

FIELDS = [{"name": "id", "type": "integer"}, {"name": "note", "type": "string"}]
FORMATS = ["json", "ndjson"]


@pytest.fixture
def table(tmp_path):
    """Writes a table of a format; gives the report on its package."""

    def write(name, content, fields=FIELDS, **properties):
        folder, file = one_table(tmp_path, name, fields, **properties)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return validate(folder)

    return write


def rows_as(suffix, rows):
    if suffix == "json":
        return json.dumps(rows)
    return "".join(f"{json.dumps(row)}\n" for row in rows)


def said(report):
    return [finding.message for finding in report.findings]


def codes(report):
    return sorted((found.code, found.field) for found in report.findings)


@pytest.fixture(params=FORMATS)
def in_format(request, table):
    """Writes rows in a format."""

    def write(rows, **properties):
        return table(f"t.{request.param}", rows_as(request.param, rows), **properties)

    return write


@pytest.mark.parametrize("sample", [1, 2, 1000])
@pytest.mark.parametrize(
    "rows",
    [
        [{"id": 1}, {"id": 2, "note": "x"}, {"note": "y", "id": 3}],
        [{"id": 1}, {"note": "x", "id": "y"}, {}],
        [{"id": 1, "depth": 5}, {"id": 2}, {"depth": 7, "note": "x"}],
        [{"id": 1}, {"id": 2}],
        [{"deep": 1}, {"ID": 2}],
        [{"id": 1}, 5, {"id": 2, "note": "x"}],
    ],
)
def test_the_order_of_rows_does_not_decide(in_format, monkeypatch, sample, rows):
    for module in (_keys, native):
        monkeypatch.setattr(module, "SAMPLE", sample)
    found = {tuple(codes(in_format([*order]))) for order in permutations(rows)}
    assert len(found) == 1


def test_what_most_rows_are_all_should_be(in_format):
    rows = [{"id": 1, "note": "x"}, [5], {"id": 2}]
    found = [codes(in_format([*order])) for order in permutations(rows)]
    assert found == [[("source-error", None)]] * 6


def test_a_key_of_the_schema_is_a_column_wherever_it_first_stands(in_format, tmp_path):
    rows = [{"id": number} for number in range(3000)]
    assert places(in_format([*rows, {"id": 3000, "note": "x"}])) == []
    assert load(tmp_path)["t"]["note"].drop_nulls().to_list() == ["x"]


def test_a_key_that_no_row_has_is_a_missing_column(in_format):
    assert places(in_format([{"note": "x"}] * 3)) == [(1, "id", "missing-label")]


def test_keys_belong_to_fields_by_name(in_format):
    assert places(in_format([{"note": "x", "id": 1}])) == []


def test_a_key_that_the_schema_does_not_name_is_an_extra_cell_that_is_named(in_format):
    rows = [{"id": 1, "note": "x"}, *[{"id": 2, "note": "y"}] * 1500, {"id": 1, "deep": 5}]
    report = in_format(rows)
    assert places(report) == [(1503, None, "extra-cell")]
    assert said(report) == ['there is no field for the key "deep"']


def test_a_row_of_nothing_but_unknown_keys_is_not_blank(in_format):
    report = in_format([{"id": 1, "note": "x"}, {"deep": 5}, {}])
    assert places(report) == [(3, None, "extra-cell"), (4, None, "blank-row")]


@pytest.mark.parametrize("match", ["subset", "partial"])
def test_keys_beyond_the_schema_are_let_be_where_it_allows_them(in_format, match):
    report = in_format(
        [{"id": 1, "note": "x", "deep": 5}], schema={"fieldsMatch": match, "fields": FIELDS}
    )
    assert places(report) == []


@pytest.mark.parametrize(
    ("name", "content", "dialect"),
    [
        ("t.json", "[]", {}),
        ("t.json", '{"rows": []}', {"property": "rows"}),
        ("t.ndjson", "", {}),
        ("t.ndjson", "\n\n", {}),
        ("t.json", "[]", {"itemType": "array"}),
        ("t.json", "[]", {"itemType": "object"}),
    ],
)
def test_no_rows_are_a_table_without_rows(table, tmp_path, name, content, dialect):
    report = table(name, content, dialect=dialect)
    assert places(report) == []
    assert load(tmp_path)["t"].columns == ["id", "note"]
    assert load(tmp_path)["t"].height == 0


@pytest.mark.parametrize(
    ("name", "content", "dialect", "message"),
    [
        ("t.json", '{"data": [{"id": 1}]}', {}, '"property": "data" in the dialect'),
        ("t.json", '{"a": {"b": [[1]], "c": [[2]]}}', {}, 'one at "a.b" and at 1 other place'),
        ("t.json", '[{"id": 1}]', {"property": "data"}, 'leave "property" out of the dialect'),
        ("t.json", '{"id": 1}\n{"id": 2}\n', {}, 'say "format": "ndjson"'),
        ("t.json", "[1]\n\n[2]\n", {}, 'say "format": "ndjson"'),
        ("t.ndjson", '[{"id": 1}, {"id": 2}]', {}, 'say "format": "json"'),
        ("t.ndjson", '[\n  {"id": 1}\n]', {}, 'say "format": "json"'),
        ("t.ndjson", '{\n  "id": 1\n}', {}, 'say "format": "json"'),
        ("t.json", '{"a": [{"id": 1}], "a": [{"id": 2}]}', {"property": "a"}, "more than one"),
        ("t.json", '{"n": 0, "tags": [], "data": []}', {}, 'one at "tags" and at 1 other place'),
        ("t.json", '{"tags": [], "rows": [{"id": 1}]}', {}, 'one at "rows"; say so'),
        (
            "t.json",
            '{"id": 1, "note": "x"}',
            {},
            'keys "id", "note": if that is a row, put',
        ),
        ("t.json", '{"id": [1], "note": ["x"]}', {}, 'the keys "id", "note"'),
        ("t.json", '{"a": 1}', {"property": "b"}, 'no array of rows at "b"; it is an object with'),
        ("t.ndjson", "[]", {}, 'say "format": "json"'),
        ("t.ndjson", '\n[["id", "note"], [1, "x"]]', {}, 'say "format": "json"'),
        ("t.ndjson", '{"data": [{"id": 1}]}', {}, 'and "property": "data" in the dialect'),
        ("t.ndjson", '{"id": 1, "note": "x"},\n', {}, "column 23: a comma after the row"),
        ("t.ndjson", '{"id": 1} {"id": 2}', {}, "column 11: something follows the row"),
    ],
)
def test_what_is_another_form_of_json_is_said(table, name, content, dialect, message):
    report = table(name, content, dialect=dialect)
    assert "source-error" in [found.code for found in report.findings]
    assert any(message in one for one in said(report))


@pytest.mark.parametrize(
    ("name", "content", "line", "column"),
    [
        ("t.json", '[{"id": 1},\n {"id": }]', 2, 9),
        ("t.json", '[{"é": "池"},\n{"é": "池", x}]', 2, 12),
        ("t.json", '[{"id" 12}]', 1, 8),
        ("t.json", '[{"id": 12]', 1, 11),
        ("t.json", '[{"id": "x" "y"}]', 1, 13),
        ("t.json", '[{"id": 1 null}]', 1, 11),
        ("t.json", '[{"id": 01}]', 1, 10),
        ("t.json", '[{"id": 1}', 1, 11),
        ("t.json", '[{"id": 1}\n', 2, 1),
        ("t.json", "", 1, 1),
        ("t.json", '[{"id": 1}]\n\n x', 3, 2),
        ("t.ndjson", '{"id": 1}\n{"id": }\n', 2, 8),
        ("t.ndjson", '{"id": 1}\n{"id": "NaN", "note": NaN}\n', 2, 23),
        ("t.ndjson", '{"id": 1}\n{"id": -Infinity}\n', 2, 8),
        ("t.json", '[{"id": "NaN",\n"note": NaN}]', 2, 9),
        ("t.json", '[{"id":\n -Infinity}]', 2, 2),
    ],
)
@pytest.mark.parametrize("piece", [1, 3, 2**16])
def test_a_fault_of_json_has_line_and_column(
    table, monkeypatch, name, content, line, column, piece
):
    monkeypatch.setattr(blocks, "BLOCK", piece)
    monkeypatch.setattr(blocks, "TAIL", 1)
    monkeypatch.setattr(blocks, "LONGEST_BLOCK", piece)
    (found,) = [one for one in table(name, content).findings if one.code == "source-error"]
    assert (found.line, f"not JSON at column {column}: " in found.message) == (line, True)
    assert ("write null" in found.message) == ("NaN" in content or "Infinity" in content)


def test_the_place_of_a_fault_in_a_long_file_is_found(table):
    good = "".join('{"id": 1, "note": "' + "é" * 50 + '"},\n' for _ in range(5000))
    (found,) = table("t.json", f'[{good}{{"id" 1}}]').findings
    assert (found.line, "column 7:" in found.message) == (5001, True)


@pytest.mark.parametrize("piece", [1, 7, 2**16])
@pytest.mark.parametrize(
    ("content", "lines"),
    [
        ('[\n {"id": "x"},\n {\n  "id": "x"}\n]', [2, 3]),
        ('[{"id": "x"},\n\n{"id": "x"}]', [1, 3]),
        ('[{"id": "x"}, {"id": "x"},\r\n{"id": "x"}]', [1, None, 2]),
    ],
)
def test_rows_have_the_line_on_which_they_start(table, monkeypatch, piece, content, lines):
    monkeypatch.setattr(blocks, "BLOCK", piece)
    monkeypatch.setattr(blocks, "TAIL", 1)
    monkeypatch.setattr(blocks, "LONGEST_BLOCK", piece)
    report = table("t.json", content, FIELDS[:1])
    assert [found.line for found in report.findings] == lines


@pytest.mark.parametrize("name", ["t.json", "t.ndjson"])
@pytest.mark.parametrize(("depth", "valid"), [(99, True), (101, False), (900, False)])
def test_values_may_be_nested_up_to_a_bound(table, name, depth, valid):
    row = f'{{"id": {"[" * depth}{"]" * depth}}}'
    report = table(name, f"[{row}]" if name == "t.json" else row, [{"name": "id", "type": "any"}])
    assert report.valid == valid
    assert valid or "nested more than 100 levels" in said(report)[0]


@settings(max_examples=200, deadline=None)
@given(
    rows=st.lists(
        st.dictionaries(
            st.text(max_size=3),
            st.recursive(
                st.none() | st.booleans() | st.integers() | st.text(max_size=5),
                lambda inner: (
                    st.lists(inner, max_size=3)
                    | st.dictionaries(st.text(max_size=2), inner, max_size=2)
                ),
                max_leaves=5,
            ),
            max_size=4,
        ),
        max_size=5,
    ),
    size=st.integers(1, 40),
    layout=st.sampled_from([{}, {"indent": 1}, {"ensure_ascii": False}]),
)
def test_a_text_is_read_as_python_reads_it_wherever_it_is_cut(rows, size, layout):
    content = json.dumps({"n": 1, "more": rows[:1], "rows": rows}, **layout).encode()
    cut = [content[at : at + size] for at in range(0, len(content), size)]
    found = [one.value for one in rows_at(JsonText(cut), ("rows",))]
    assert found == rows


def test_a_repeated_key_is_a_finding(in_format):
    report = in_format([{"id": 1, "note": "x"}])
    assert places(report) == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("t.json", '[{"id": 1, "note": "x"}, {"id": 2, "id": 3, "note": "y"}]'),
        ("t.ndjson", '{"id": 1, "note": "x"}\n{"id": 2, "id": 3, "note": "y"}\n'),
    ],
)
def test_a_key_that_stands_twice_is_found_and_the_last_value_read(table, tmp_path, name, content):
    report = table(name, content)
    assert places(report) == [(3, "id", "duplicate-label")]
    assert said(report) == [
        'the key "id" stands more than once in an object; its last value is read'
    ]


def test_a_key_within_a_value_that_stands_twice_is_found(table):
    fields = [{"name": "id", "type": "object"}]
    for name, content in (
        ("t.json", '[{"id": {"a": 1, "a": 2}}]'),
        ("t.ndjson", '{"id": {"a": 1, "a": 2}}'),
    ):
        assert places(table(name, content, fields)) == [(2, None, "duplicate-label")]


def test_a_line_of_any_length_is_read(table, tmp_path, monkeypatch):
    monkeypatch.setattr(blocks, "BLOCK", 2**17)
    monkeypatch.setattr(blocks, "LONGEST_BLOCK", 2**18)
    long = "x" * 2**20
    content = f'{{"id": 1, "note": "{long}"}}\n{{"id": 2, "note": "y"}}\n'
    assert places(table("t.ndjson", content)) == []
    assert load(tmp_path)["t"]["note"].to_list() == [long, "y"]


def test_a_line_beyond_the_bound_is_said(table, monkeypatch):
    monkeypatch.setattr(blocks, "BLOCK", 2**17)
    monkeypatch.setattr(blocks, "LONGEST_BLOCK", 2**18)
    for module in (_jsonlines, _jsontext):
        monkeypatch.setattr(module, "LONGEST", 2**19)
    long = "x" * 2**20
    report = table("t.ndjson", f'{{"id": 1, "note": "y"}}\n{{"id": 1, "note": "{long}"}}')
    assert [(one.line, one.code) for one in report.findings] == [(2, "source-error")]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_read(table, tmp_path, encoding):
    for name, content in (
        ("t.json", '[{"id": 1, "note": "池"}]'),
        ("t.ndjson", '{"id": 1, "note": "池"}\n{"id": 2}\n'),
    ):
        assert table(name, content.encode(encoding), encoding=encoding).valid
        assert load(tmp_path)["t"]["note"][0] == "池"


@pytest.mark.parametrize("name", ["t.json", "t.ndjson"])
@pytest.mark.parametrize(
    ("encoding", "told"),
    [("utf-16", "utf-16"), ("utf-16-le", "utf-16le"), ("utf-16-be", "utf-16be")],
)
def test_utf_16_that_is_not_declared_is_told(table, name, encoding, told):
    row = '{"id": 1, "note": "池"}'
    report = table(name, (f"[{row}]" if name == "t.json" else row).encode(encoding))
    assert report.valid
    assert said(report) == [f'read as {told}, which is not declared; declare it with "encoding"']


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_told_where_it_is_declared(table, encoding):
    content = '[{"id": 1, "note": "池"}]'.encode(encoding)
    assert places(table("t.json", content, encoding="utf-16")) == []


def test_utf_16_without_a_mark_is_big_endian_where_nothing_tells(tmp_path):
    one_table(tmp_path, "t.csv", [{"name": "池", "type": "string"}], encoding="utf-16")
    (tmp_path / "t.csv").write_bytes("池\n水\n".encode("utf-16-be"))
    assert load(tmp_path)["t"]["池"].to_list() == ["水"]


def test_rows_that_are_lists_of_lists_without_a_header_are_rows(table):
    fields = [{"name": "a", "type": "array"}, {"name": "b", "type": "array"}]
    assert places(table("t.ndjson", "[[1], [2]]\n", fields, dialect={"header": False})) == []


def test_numbers_keep_their_digits(in_format, tmp_path):
    fields = [{"name": "n", "type": "number", "constraints": {"unique": True}}]
    assert places(in_format([{"n": 0.1}, {"n": 0.2}], fields=fields)) == []


def test_inline_rows_are_read_as_those_of_a_file_are(tmp_path):
    write = partial(one_table, tmp_path, "t.json", FIELDS)
    folder, _ = write(path=None, data=[{"id": 1}, {"id": 2, "note": "x", "deep": 1}])
    descriptor = json.loads((folder / "datapackage.json").read_text("utf-8"))
    del descriptor["resources"][0]["path"]
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    assert places(validate(folder)) == [(3, None, "extra-cell")]


@pytest.mark.parametrize("declared", [None, ["id", "?"]])
def test_a_label_with_half_a_character_is_an_error(tmp_path, declared):
    (tmp_path / "t.json").write_text(r'[["id", "\ud83d"], ["a", "b"]]')
    fields = declared and {"fields": [{"name": name, "type": "string"} for name in declared]}
    (finding,) = validate(tmp_path / "t.json", schema=fields)
    assert (finding.row, finding.code, finding.value) == (1, "incorrect-label", "?")
    assert finding.message == (
        'the label of column 2, "?", has half of a surrogate pair, which is not a character'
    )


def test_a_label_with_half_a_character_that_is_wrong_as_well_is_one_error(tmp_path):
    (tmp_path / "t.json").write_text(r'[["\ud83d", "id"], ["a", "b"]]')
    fields = {"fields": [{"name": name, "type": "string"} for name in ("x", "id")]}
    (finding,) = validate(tmp_path / "t.json", schema=fields)
    assert finding.message == (
        'column 1 is labelled "?"; the field there is "x"; '
        "the label has half of a surrogate pair, which is not a character"
    )
