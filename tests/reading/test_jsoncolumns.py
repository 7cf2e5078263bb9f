"""Rows of JSON by whole columns are what they are one by one."""

import json

import polars as pl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from support.made import PROFILE

from validate import validate
from validate._src.package.descriptor import load_package
from validate._src.reading import (
    _jsonarrays,
    _jsoncolumns,
    _jsonentries,
    _jsonforms,
    _jsonlines,
    _linesplits,
    blocks,
    native,
    ndjson,
    open_table,
)
from validate._src.reading import json as reading
from validate._src.words.errors import FileError

FIELDS = [{"name": name, "type": "any"} for name in "abc"]
KEYS = ("a", "b", "c")
WHOLE = (2**20, 2**16, 2**21)
"""Bytes of a block, of what is looked at for its end, and of the longest."""
STRINGS = ('"x"', '""', '"é池"', r'"say \"no\""', r'"\\"', r'"\\\""', r'"a\nb"', r'"\u00e9"')
STRINGS += (
    r'"\ud83d\ude00"',
    r'"\ud800"',
    '"a,b"',
    '"{"',
    '"}"',
    '"null"',
    '"1"',
    r'"\":"',
    '"\x7f"',
)
NUMBERS = ("0", "-0", "7", "-12", "1.10", "1.0", "-0.0", "0.000", "1e3", "2.5E-7", "0.0000001")
NUMBERS += ("0.000001", "1E400", "9" * 25, "9" * 400, "123456789012345678.25", "-7.00", "1e-3")
OTHERS = ("null", "true", "false", "{}", "[]", '{"a": 1}', '{"b":"x"}', '[1,"b",{"c": 2}]')
OTHERS += ('{"a":1,"a":2}', "[" * 99 + "]" * 99, "[" * 100 + "]" * 100, '{"b": 1.10}', '[","]')
WRONG = (
    "01",
    "+1",
    "1.",
    ".5",
    "NaN",
    "-Infinity",
    "tru",
    '"x',
    "'x'",
    '"a\tb"',
    r'"\x"',
    "",
    "1 2",
)
WRONG += ("1 2", '"x" "y"', '"', '"x":1', "1,2", "{", "]", r'"\u12"', '"\x00"')
VALUES = st.sampled_from(STRINGS) | st.sampled_from(NUMBERS) | st.sampled_from(OTHERS)
STYLES = ((":", ","), (": ", ", "), (" : ", " ,"), (":\t", ","))
LINES = ("", "  ", "null", "5", "[1, 2]", '["a"]', '"x"', "{}", '{"a": 1}', '{"b":1,"a":2}')
LINES += ('{"a":1,"b":2,"c":3,"d":4}', '{"a":1,"b":2,"a":3}', ' {"a":1,"b":2,"c":3}', "\u3000")
LINES += ('{"a":1,"b":2,"c":3} ', '{"a":1,"b":2,"c":3}\r', '{"a":1,"b":2,"c":3},', '{"a":1,"b":2')
LINES += ('{"\\u0061":1,"b":2,"c":3}', '{"c":1,"b":2,"a":3}', '{"a":{"a":1,"b":2},"b":2,"c":3}')


def row(values, style=STYLES[0], keys=KEYS):
    colon, comma = style
    pairs = (f'"{key}"{colon}{value}' for key, value in zip(keys, values, strict=True))
    return "{" + comma.join(pairs) + "}"


PLAIN = row(['"x"', '"y"', "1"])
ALL_X = row(['"x"'] * 3)
HALF = row(['"x"', '"x"', r'"\ud800"'])


def list_of(values, style=STYLES[0]):
    return f"[{style[1].join(values)}]"


SHORT = st.lists(VALUES, max_size=4).map(list_of)


def drawn_lists():
    """Lines of lists most of which are written alike."""
    alike = st.tuples(VALUES, VALUES, VALUES)
    wrong = st.sampled_from(WRONG).map(lambda one: list_of(["1", one, '"x,y"']))
    unlike = st.sampled_from(LINES) | SHORT | wrong | st.just("[null,null,null]")
    return st.sampled_from(STYLES).flatmap(
        lambda style: st.lists(
            st.one_of(*[alike.map(lambda values: list_of(values, style))] * 12, unlike),
            max_size=25,
        )
    )


def drawn_lines():
    """Lines most of which are written alike."""
    alike = st.tuples(VALUES, VALUES, VALUES)
    short = st.tuples(VALUES, VALUES).map(lambda values: row(values, keys=KEYS[1:]))
    unlike = (
        st.sampled_from(LINES)
        | short
        | st.sampled_from(WRONG).map(lambda one: row(["1", one, "2"]))
    )
    return st.sampled_from(STYLES).flatmap(
        lambda style: st.lists(
            st.one_of(*[alike.map(lambda values: row(values, style))] * 12, unlike), max_size=25
        )
    )


@pytest.fixture
def resource(tmp_path):
    """Gives the table of some files with these bytes."""

    def write(*contents, name="ndjson", fields=FIELDS, **properties):
        paths = [f"t{number}.{name}" for number in range(len(contents))]
        for path, content in zip(paths, contents, strict=True):
            (tmp_path / path).write_bytes(content)
        schema = {"fields": fields, **properties.pop("schema", {})}
        table = {"name": "t", "path": paths, "encoding": "utf-8", "schema": schema, **properties}
        descriptor = {"$schema": PROFILE, "name": "made", "resources": [table]}
        (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
        return load_package(tmp_path).resources["t"]

    return write


def records(resource):
    """All that a reader says, each record with its file; how many batches it took is left out."""
    found, said, complete = [], [], []
    try:
        reader = open_table(resource)
        width = len(reader.labels or KEYS)
        for batch in reader.batches(width):
            files = [(0, batch.location, None), *batch.others]
            assert [*batch.rows] == sorted(batch.rows)
            for index, number in enumerate(batch.rows):
                location = [path for first, path, _ in files if first <= number][-1]
                kinds = [batch.kinds[str(column)][index] for column in range(width)]
                extra = batch.ragged.get(index), batch.extra_keys.get(index)
                cells = batch.cells.row(index)
                found.append((number, batch.lines[index], location, cells, kinds, extra))
            said += batch.findings
            complete += [] if batch.complete else [len(found)]
    except FileError as error:
        return str(error), error.line
    return reader.labels, found, said, complete


def in_blocks(patch, sizes):
    for name, size in zip(("BLOCK", "TAIL", "LONGEST_BLOCK"), sizes, strict=True):
        patch.setattr(blocks, name, size)
    patch.setattr(_linesplits, "BLOCK", sizes[0])
    patch.setattr(_linesplits, "HEAD", sizes[0] // 2)  # rows that end before a block does


def one_by_one(monkeypatch, resource, sizes=WHOLE):
    with monkeypatch.context() as patch:
        in_blocks(patch, sizes)
        for module in (reading, ndjson):
            patch.setattr(module, "reads_by_columns", lambda resource: False)
        return records(resource)


def by_columns(monkeypatch, resource, *, sample, sizes, most):
    with monkeypatch.context() as patch:
        in_columns(patch, sample, most)
        in_blocks(patch, sizes)
        return records(resource)


def in_columns(patch, sample, most):
    for module in (_jsonlines, _jsonarrays, _linesplits):
        patch.setattr(module, "SAMPLE", sample)
    for module in (_jsonlines, _jsonforms, _linesplits):
        patch.setattr(module, "MOST_ROWS", most)
    patch.setattr(_jsonarrays, "AGAIN", sample)
    patch.setattr(_jsoncolumns, "FEW", 1)


@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    files=st.lists(drawn_lines() | drawn_lists(), min_size=1, max_size=2),
    header=st.booleans(),
    end=st.sampled_from(["\n", "\n", "\r\n"]),
    last=st.booleans(),
    sample=st.integers(1, 3),
    sizes=st.sampled_from([WHOLE, WHOLE, (300, 100, 600), (40, 10, 60)]),
    most=st.sampled_from([2**17, 5]),
    match=st.sampled_from(["exact", "subset"]),
)
@example([[*[PLAIN] * 3, row(["1", '"x" "y"', "2"])]], True, "\n", True, 1, WHOLE, 9, "exact")
@example([[*[ALL_X] * 2, HALF]], True, "\n", True, 1, (40, 10, 60), 2**17, "exact")
def test_lines_by_columns_are_what_they_are_one_by_one(
    resource, monkeypatch, files, header, end, last, sample, sizes, most, match
):
    contents = [(end.join(lines) + end * last).encode() for lines in files]
    dialect = {} if header else {"header": False}
    table = resource(*contents, dialect=dialect, schema={"fieldsMatch": match})
    expected = one_by_one(monkeypatch, table)
    assert by_columns(monkeypatch, table, sample=sample, sizes=sizes, most=most) == expected


LAYOUTS = (
    ("[", ",", "]"),
    ("[\n", ",\n", "\n]\n"),
    ("[", ", ", "]"),
    (" [\r\n  ", ",\r\n  ", "\r\n]"),
)
SPREAD = [
    *["null", '{"a":"x","b":"x","c":"x"}'] * 2,
    '{"a":"x","b":"x","c":"x"}',
    row(["1", "01", "2"]),
]
LAYOUTS += (('{"n": 1,\n"r": [', "\n,", '], "m": [{"a": 1}]}'), ("[", ",", ""), ("[", ",,", "]"))


@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    rows=drawn_lines() | drawn_lists(),
    layout=st.sampled_from([*LAYOUTS[:5] * 4, *LAYOUTS]),
    pretty=st.booleans(),
    sample=st.integers(1, 3),
    sizes=st.sampled_from([WHOLE, WHOLE, (300, 100, 600), (40, 10, 60), (40, 1, 40)]),
    most=st.sampled_from([2**17, 5]),
    broken=st.sampled_from([0, 0, 0, 1]),
)
@example([PLAIN] * 20, LAYOUTS[1], False, 1, WHOLE, 5, 0)
@example([PLAIN] * 9, LAYOUTS[0], False, 1, (40, 1, 40), 2**17, 1)
@example(SPREAD, ("[", ",", "]"), True, 3, WHOLE, 2**17, 0)
@example(['{"a":1,"b":2,"c":3} '] * 4, LAYOUTS[3], False, 1, (40, 10, 60), 5, 1)
def test_rows_of_an_array_by_columns_are_what_they_are_one_by_one(
    resource, monkeypatch, rows, layout, pretty, sample, sizes, most, broken
):
    begin, between, end = layout
    if pretty:
        rows = [one.replace('"a"', '\n\t"a"').replace(',"', ',\n\t"') for one in rows]
        rows = [one.replace("[", "[\n ") for one in rows]
    content = (begin + between.join(rows) + end).encode()
    if broken:
        content = content[: len(content) * 3 // 4] + b"\xff" + content[len(content) * 3 // 4 :]
    dialect = {"property": "r"} if begin.startswith("{") else {}
    table = resource(content, name="json", dialect=dialect)
    expected = one_by_one(monkeypatch, table, sizes)
    assert by_columns(monkeypatch, table, sample=sample, sizes=sizes, most=most) == expected


@settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    files=st.lists(drawn_lines(), min_size=1, max_size=2),
    rows=st.sets(st.integers(2, 40)),
    sizes=st.sampled_from([WHOLE, (300, 100, 600)]),
    rarely=st.sampled_from([0, 2]),
)
def test_rows_that_are_asked_for_are_those_of_the_table(
    resource, monkeypatch, files, rows, sizes, rarely
):
    table = resource(*("\n".join([PLAIN, *lines]).encode() for lines in files))
    with monkeypatch.context() as patch:
        in_columns(patch, 1, 2**17)
        patch.setattr(native, "SAMPLE", 1)  # rows that are read before any are asked for
        in_blocks(patch, sizes)
        expected = cells_at(open_table(table).batches(len(KEYS)), rows)
        patch.setattr(_jsonentries, "RARELY", rarely)
        numbers = pl.Series([*expected], dtype=pl.Int64)
        found = open_table(table).batches(len(KEYS), ["0", "1", "2"], numbers)
        assert cells_at(found, expected) == expected


@pytest.mark.parametrize("layout", [("", "\n", "\n"), ("[", ",\n", "]")])
def test_rows_behind_a_file_that_breaks_off_have_their_numbers_when_asked_for(
    resource, monkeypatch, layout
):
    """Rows of it that are not asked for are passed over, but those behind its end are none."""
    begin, between, end = layout
    plain = [row([f'"{number}"', '"y"', "1"]) for number in range(60)]
    first = [*plain[:30], row(['"0"', "01", "2"]), *plain[31:]]
    files = [(begin + between.join(one) + end).encode() for one in (first, plain, plain)]
    table = resource(*files, name="ndjson" if not begin else "json")
    with monkeypatch.context() as patch:
        in_columns(patch, 1, 2**17)
        patch.setattr(native, "SAMPLE", 1)
        asked = {3, 35, 80, 140}
        expected = cells_at(open_table(table).batches(len(KEYS)), asked)
        assert expected.keys() == asked
        patch.setattr(_jsonentries, "RARELY", 2)
        found = open_table(table).batches(len(KEYS), ["0", "1", "2"], pl.Series(sorted(asked)))
        assert cells_at(found, asked) == expected


@settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    lines=drawn_lines(),
    rows=st.sets(st.integers(2, 40)),
    layout=st.sampled_from(LAYOUTS[:5]),
    rarely=st.sampled_from([0, 2]),
)
def test_rows_of_an_array_that_are_asked_for_are_those_of_the_table(
    resource, monkeypatch, lines, rows, layout, rarely
):
    begin, between, end = layout
    table = resource((begin + between.join([PLAIN, *lines]) + end).encode(), name="json")
    with monkeypatch.context() as patch:
        in_columns(patch, 1, 2**17)
        patch.setattr(native, "SAMPLE", 1)
        expected = cells_at(open_table(table).batches(len(KEYS)), rows)
        patch.setattr(_jsonentries, "RARELY", rarely)
        numbers = pl.Series([*expected], dtype=pl.Int64)
        found = open_table(table).batches(len(KEYS), ["0", "1", "2"], numbers)
        assert cells_at(found, expected) == expected


def cells_at(batches, rows):
    """The cells of some rows with their lines and kinds, by their numbers."""
    found = {}
    for batch in batches:
        kinds = [batch.kinds[str(column)] for column in range(len(KEYS))]
        for index, number in enumerate(batch.rows):
            told = batch.lines[index], batch.cells.row(index), [kind[index] for kind in kinds]
            found |= {number: told} if number in rows else {}
    return found


CONSTRAINTS = {
    "integer": {"maximum": 100, "unique": True},
    "number": {"minimum": 1.25, "enum": [1.1, 2, 7, 9007199254740993, 0.5], "unique": True},
    "boolean": {"enum": [True]},
    "string": {"maxLength": 3, "unique": True, "required": True},
    "any": {"enum": ["1", "true"], "unique": True},
    "year": {"minimum": "1900"},
    "object": {},
    "date": {"required": True},
}
PURE = (
    ("1", "-5", "0", "9007199254740993", "2020", "null", "7"),
    (
        "1.5",
        "2.0",
        "0.5",
        "-0.25",
        "1.1",
        "0.30000000000000004",
        "null",
        "12",
        "9007199254740991.0",
    ),
    ("true", "false", "null"),
    ('"x"', '"2020-01-01"', '"1"', '""', '"true"', "null", r'"\"q\""'),
    ("null",),
)


@st.composite
def drawn_columns(draw):
    """Lines whose columns are mostly of one type each."""
    own = [draw(st.sampled_from(PURE)) for _ in KEYS]
    cells = [st.sampled_from([*one * 8, draw(VALUES)]) for one in own]
    alike = st.tuples(*cells).map(row)
    short = st.tuples(*cells[1:]).map(lambda values: row(values, keys=KEYS[1:]))
    return draw(st.lists(st.one_of(*[alike] * 9, short, st.sampled_from(LINES)), max_size=25))


@settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    lines=drawn_columns(),
    types=st.tuples(*[st.sampled_from([*CONSTRAINTS])] * 3),
    missing=st.sampled_from([[""], ["1"], ["7.0", "x"]]),
    sizes=st.sampled_from([WHOLE, (300, 100, 600)]),
)
def test_columns_of_one_type_are_judged_as_their_cells_are(
    resource, monkeypatch, tmp_path, lines, types, missing, sizes
):
    fields = [
        {"name": name, "type": kind, "constraints": CONSTRAINTS[kind], "missingValues": missing}
        for name, kind in zip(KEYS, types, strict=True)
    ]
    resource("\n".join([PLAIN, *lines]).encode(), fields=fields, schema={"primaryKey": ["b"]})
    with monkeypatch.context() as patch:
        in_blocks(patch, sizes)
        for module in (reading, ndjson):
            patch.setattr(module, "reads_by_columns", lambda resource: False)
        expected = told(tmp_path)
    with monkeypatch.context() as patch:
        in_blocks(patch, sizes)
        in_columns(patch, 1, 2**17)
        assert told(tmp_path) == expected


@pytest.mark.parametrize(
    ("name", "layout", "write"),
    [
        ("ndjson", ("", "\n", "\n"), row),
        ("ndjson", ('["a","b","c"]\n', "\n", "\n"), list_of),
        ("json", ("[", ",\n", "]"), row),
    ],
)
def test_half_characters_are_found_in_columns_of_texts(resource, tmp_path, name, layout, write):
    """In rows that are columns too, beside nulls and in whatever column."""
    begin, between, end = layout
    rows = [['"x"', '"y"', "null" if at % 2 else '"z"'] for at in range(1500)]
    rows[3][0] = rows[1200][1] = rows[1300][2] = r'"a\ud83db"'
    fields = [{"name": key, "type": "string"} for key in KEYS]
    resource((begin + between.join(map(write, rows)) + end).encode(), name=name, fields=fields)
    findings, *_ = told(tmp_path)
    assert [(one.row, one.field, one.value) for one in findings] == [
        (5, "a", "a?b"),
        (1202, "b", "a?b"),
        (1302, "c", "a?b"),
    ]
    assert all("half of a surrogate pair" in one.message for one in findings)


@pytest.mark.parametrize("at", [3, 1200])
@pytest.mark.parametrize(
    ("name", "layout"), [("ndjson", ("", "\n", "")), ("json", ("[", ",", "]"))]
)
def test_a_key_with_half_a_character_is_one_of_no_field(resource, tmp_path, name, layout, at):
    begin, between, end = layout
    rows = [PLAIN] * 1500
    rows[at] = row(["1", "2", "3", '"x"'], keys=(*KEYS, r"\ud83d"))
    resource((begin + between.join(rows) + end).encode(), name=name)
    findings, *_ = told(tmp_path)
    assert [(one.row, one.code, one.message) for one in findings] == [
        (at + 2, "extra-cell", 'there is no field for the key "?"')
    ]


def told(folder):
    """All that a report says."""
    report = validate(folder, unfolded=True)
    return [*report.findings], [*report.checked], [*report.not_checked]


@pytest.mark.parametrize("name", ["t.ndjson", "t.json"])
@pytest.mark.parametrize("rows", [1, 3, 2_000])
@pytest.mark.parametrize("cell", [r'"\ud800"', r'["\ud800"]', r'{"k": "\udfff"}', r'{"\ud800": 1}'])
def test_half_a_surrogate_pair_is_found_in_tables_of_any_size(tmp_path, name, rows, cell):
    whole = cell.replace("\\ud800", "x").replace("\\udfff", "x")
    lines = [f'{{"id": {n}, "a": {cell if n == rows // 2 else whole}}}' for n in range(rows)]
    text = "[" + ",".join(lines) + "]" if name == "t.json" else "\n".join(lines)
    (tmp_path / name).write_text(text)
    schema = {"fields": [{"name": "id", "type": "integer"}, {"name": "a", "type": "any"}]}
    (finding,) = validate(tmp_path / name, schema=schema)
    assert (finding.row, finding.field, finding.code) == (rows // 2 + 2, "a", "type-error")
    assert "half of a surrogate pair" in finding.message
