"""Properties: of any package, any fault in it, any order of rows, any cells and any text."""

import csv
import io
import json
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from itertools import accumulate
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support.known_differences import unexplained
from support.second_opinion import Place, judged

from validate import validate
from validate._src.curation.tidy import canonical_csv
from validate._src.package.descriptor import load_package
from validate._src.reading.records import read_records, text_lines
from validate._src.tables.sourcetext import SourceText, canonical
from validate._src.words.model import Dialect

# The same examples in every run; how long one takes on a shared machine says nothing.
settings.register_profile("steady", derandomize=True, deadline=None, max_examples=80)
settings.load_profile("steady")

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
LINE_BREAK = re.compile(r"\r\n|\r|\n")
CHARACTERS = st.characters(exclude_categories=["Cs"])
CELLS = st.one_of(
    st.text(CHARACTERS, max_size=8),
    st.text(st.sampled_from("a ,\"'\n\r\t;|条約　ｱ"), max_size=8),
    st.sampled_from(
        ["", " ", '"', '""', ",", "\n", "\r", "\r\n", " 前後 ", "同盟,\n「役割」", "#"]
    ),
)
# Line end and quoting of files as others write them.
WRITERS = st.sampled_from(
    [("\r\n", csv.QUOTE_MINIMAL), ("\r\n", csv.QUOTE_ALL), ("\n", csv.QUOTE_ALL)]
)


@pytest.fixture(scope="module")
def new_folder(tmp_path_factory):
    """Makes an empty folder for an example."""
    return lambda: tmp_path_factory.mktemp("example")


@dataclass(frozen=True)
class Column:
    """A kind of column.

    Attributes:
        descriptor: its field, the name aside.
        valid: texts that are valid in it.
        mistyped: texts that are not of its type.
        broken: texts that break its constraints.
    """

    descriptor: dict[str, Any]
    valid: st.SearchStrategy[str]
    mistyped: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()


def column(type_name, valid, mistyped=(), broken=(), **properties):
    texts = valid.map(str)
    return Column({"type": type_name, **properties}, texts, tuple(mistyped), tuple(broken))


DATETIMES = st.datetimes(min_value=datetime(1000, 1, 1))
KEYS = {
    "integer": column("integer", st.integers(0, 999)),
    "string": column("string", st.from_regex(r"[a-z]{2}-[0-9]{2}", fullmatch=True)),
}
COUNT = column(
    "integer", st.integers(0, 99), ["one", "1.5", "1 2", "--1"], ["-1", "100"],
    constraints={"minimum": 0, "maximum": 99},
)  # fmt: skip
CODE = column(
    "string", st.from_regex(r"[A-C]{1,3}", fullmatch=True),
    constraints={"required": True, "unique": True},
)  # fmt: skip
OPTIONAL = {
    "share": column(
        "number", st.decimals("-5", "4.99", places=2), ["half", "1,5", "1e"], ["5", "-5.01"],
        constraints={"minimum": "-5", "exclusiveMaximum": 5},
    ),
    "large": column(
        "number", st.floats(1.5, 1e30, exclude_min=True), ["1e", "."], ["1.5", "-INF"],
        constraints={"exclusiveMinimum": 1.5},
    ),
    "binding": column("boolean", st.sampled_from(["true", "False", "1", "0"]), ["yes", "tRUE"]),
    "since": column(
        "date", st.dates(min_value=date(2000, 1, 1)),
        ["2024-13-01", "2024-02-30", "2024/01/01", "today"], ["1999-12-31"],
        constraints={"minimum": "2000-01-01"},
    ),
    "moment": column(
        "datetime", DATETIMES.map(lambda moment: moment.isoformat("T", "seconds")),
        ["2024-01-01", "2024-01-01T25:00:00"],
    ),
    "hour": column(
        "time", DATETIMES.map(lambda moment: f"{moment:%H:%M:%S}"), ["25:00:00", "noon"]
    ),
    "year": column(
        "year", st.integers(1000, 2030), ["20xx", "203"], ["2031"], constraints={"maximum": 2030}
    ),
    "month": column("yearmonth", DATETIMES.map(lambda moment: f"{moment:%Y-%m}"), ["2024-13"]),
    "span": column(
        "duration", st.sampled_from(["P1Y", "PT1H", "-P1DT2M", "P1Y2M3DT4H5M6.7S"]), ["1 year", "P"]
    ),
    "stance": column(
        "string", st.sampled_from(["for", "against", "中立"]), broken=["For", "neither"],
        constraints={"enum": ["for", "against", "中立"]},
    ),
    "grade": column(
        "string", st.from_regex(r"[A-C]{1,3}|未定", fullmatch=True), broken=["D", "ABCA", "未"],
        constraints={"pattern": "[A-C]{1,3}|未定"},
    ),
    "label": column(
        "string", st.text(CHARACTERS, min_size=2, max_size=4), broken=["x", "あ", "fives"],
        constraints={"minLength": 2, "maxLength": 4},
    ),
    "ident": column("string", st.uuids(), ["0000", "not-a-uuid"], format="uuid"),
    "pair": column(
        "array", st.lists(st.integers(), min_size=1, max_size=2).map(json.dumps),
        ["[", "{}", "1"], ["[]", "[1, 2, 3]"], constraints={"minLength": 1, "maxLength": 2},
    ),
    "extent": column("object", st.sampled_from(['{"a": 1}', "{}"]), ["[]", "{'a': 1}"]),
    "parts": column(
        "list", st.lists(st.integers(0, 9).map(str), min_size=1).map(";".join), ["1;x", "1,2"],
        itemType="integer", delimiter=";",
    ),
    "place": column(
        "geopoint", st.sampled_from(["139.7, 35.7", "-180,90"]), ["139.7", "x,y", "181,0"]
    ),
    "anything": column("any", CELLS),
}  # fmt: skip


@dataclass
class Made:
    """A package in the making: `things`, whose foreign key `kind` refers to `kinds`.

    Attributes:
        columns: columns of `things` by name, in order.
        rows: rows of `things`.
        kinds: rows of `kinds`.
        writer: line end and quoting of the files.
    """

    columns: dict[str, Column]
    rows: list[list[str]]
    kinds: list[list[str]]
    writer: tuple[str, int]

    def at(self, name):
        """The place of a column."""
        return list(self.columns).index(name)

    def required(self):
        return [
            name
            for name, column in self.columns.items()
            if column.descriptor.get("constraints", {}).get("required")
        ]

    def descriptor(self):
        fields = [{"name": name, **column.descriptor} for name, column in self.columns.items()]
        key = {"name": "id", **self.columns["id"].descriptor}
        to_kinds = {"fields": ["kind"], "reference": {"resource": "kinds", "fields": ["id"]}}
        schemas = {
            "things": {"fields": fields, "primaryKey": ["id"], "foreignKeys": [to_kinds]},
            "kinds": {"fields": [key, {"name": "title", "type": "string"}], "primaryKey": ["id"]},
        }
        resources = [
            {"name": name, "type": "table", "path": f"{name}.csv", "schema": schema}
            for name, schema in schemas.items()
        ]
        return {"$schema": PROFILE, "name": "made", "resources": resources}

    def write(self, folder):
        """The folder, with the package in it."""
        (folder / "datapackage.json").write_text(json.dumps(self.descriptor()), "utf-8")
        write_csv(folder / "things.csv", [[*self.columns], *self.rows], self.writer)
        write_csv(folder / "kinds.csv", [["id", "title"], *self.kinds], self.writer)
        return folder


def write_csv(file, rows, writer):
    lineterminator, quoting = writer
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator=lineterminator, quoting=quoting).writerows(rows)


def required(kind):
    constraints = {**kind.descriptor.get("constraints", {}), "required": True}
    return Column(
        {**kind.descriptor, "constraints": constraints}, kind.valid, kind.mistyped, kind.broken
    )


@st.composite
def packages(draw, min_rows=0):
    """Valid packages with at least so many rows."""
    key = KEYS[draw(st.sampled_from(sorted(KEYS)))]
    columns = {"id": key, "code": CODE, "kind": key, "count": COUNT}
    for name in draw(st.lists(st.sampled_from(sorted(OPTIONAL)), unique=True, max_size=5)):
        columns[name] = required(OPTIONAL[name]) if draw(st.booleans()) else OPTIONAL[name]
    columns["note"] = Column({"type": "string"}, CELLS)
    kinds = draw(st.lists(key.valid, unique=True, min_size=1, max_size=4))
    size = draw(st.integers(min_rows, 6))
    unique = {"unique": True, "min_size": size, "max_size": size}
    ids, codes = draw(st.lists(key.valid, **unique)), draw(st.lists(CODE.valid, **unique))
    made = Made(columns, [], [[kind, draw(CELLS)] for kind in kinds], draw(WRITERS))
    for number in range(size):
        row = [ids[number], codes[number], draw(st.sampled_from(["", *kinds]))]
        made.rows.append(row + [draw(cells(column)) for column in [*columns.values()][3:]])
    return made


def cells(column):
    """Valid cells of a column, empty ones where they may be."""
    if column.descriptor.get("constraints", {}).get("required"):
        return column.valid.filter(bool)
    return st.one_of(st.just(""), column.valid)


# Faults: each spoils the row at an index and gives the place of its finding.


def place(index, field, code):
    return Place("things", index + 2, field, code)


def mistype(draw, made, index):
    name = draw(st.sampled_from([n for n, column in made.columns.items() if column.mistyped]))
    made.rows[index][made.at(name)] = draw(st.sampled_from(made.columns[name].mistyped))
    return place(index, name, "type-error")


def break_constraint(draw, made, index):
    name = draw(st.sampled_from([n for n, column in made.columns.items() if column.broken]))
    made.rows[index][made.at(name)] = draw(st.sampled_from(made.columns[name].broken))
    return place(index, name, "constraint-error")


def leave_out(draw, made, index):
    name = draw(st.sampled_from(made.required()))
    made.rows[index][made.at(name)] = ""
    return place(index, name, "constraint-error")


def repeat(draw, made, index, name):
    """Copies a cell of another row; gives the later of the two rows."""
    other = draw(st.sampled_from([n for n in range(len(made.rows)) if n != index]))
    made.rows[index][made.at(name)] = made.rows[other][made.at(name)]
    return max(index, other)


def repeat_key(draw, made, index):
    return place(repeat(draw, made, index, "id"), None, "primary-key")


def repeat_unique(draw, made, index):
    return place(repeat(draw, made, index, "code"), "code", "unique-error")


def dangle(draw, made, index):
    known = {kind for kind, _ in made.kinds}
    unknown = made.columns["kind"].valid.filter(lambda key: key not in known)
    made.rows[index][made.at("kind")] = draw(unknown)
    return place(index, "kind", "foreign-key")


def add_cell(draw, made, index):
    made.rows[index].append(draw(CELLS))
    return place(index, None, "extra-cell")


def drop_cell(draw, made, index):
    made.rows[index].pop()
    return place(index, "note", "missing-cell")


def insert_blank_row(draw, made, index):
    made.rows.insert(index, draw(st.sampled_from([[], [""] * len(made.columns)])))
    return place(index, None, "blank-row")


IN_ANY_ORDER = (mistype, break_constraint, leave_out, repeat_key, dangle, add_cell, drop_cell)
FAULTS = (*IN_ANY_ORDER, repeat_unique, insert_blank_row)


@st.composite
def packages_with_a_fault(draw, fault):
    """Packages with one fault, and the place of its finding."""
    made = draw(packages(min_rows=2))
    return made, fault(draw, made, draw(st.integers(0, len(made.rows) - 1)))


@st.composite
def packages_with_faults(draw):
    """Packages with up to three faults that do not depend on the order of rows."""
    made = draw(packages(min_rows=2))
    for index in draw(st.permutations(range(len(made.rows))))[:3]:
        draw(st.sampled_from(IN_ANY_ORDER))(draw, made, index)
    return made


@given(packages())
def test_valid_packages_have_no_findings(new_folder, made):
    case = judged(made.write(new_folder()))
    assert case.ours == frozenset()
    assert case.theirs == frozenset()


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
@settings(max_examples=25)
@given(data=st.data())
def test_one_fault_is_one_finding(new_folder, fault, data):
    made, expected = data.draw(packages_with_a_fault(fault))
    case = judged(made.write(new_folder()))
    assert case.ours == {expected}
    assert unexplained(case) == []


@given(packages_with_faults(), st.data())
def test_order_of_rows_changes_no_finding(new_folder, made, data):
    before = findings_by_key(made.write(new_folder()))
    made.rows = data.draw(st.permutations(made.rows))
    made.kinds = data.draw(st.permutations(made.kinds))
    assert findings_by_key(made.write(new_folder())) == before


def findings_by_key(folder):
    findings = validate(folder).findings
    return Counter((found.resource, found.field, found.code, found.key) for found in findings)


# Files.


@st.composite
def tables(draw):
    """Tables of three columns, of which the first is a key, with any cells."""
    keys = draw(st.lists(CELLS.filter(bool), unique=True, max_size=5))
    return [["key", "one", "two"], *([key, draw(CELLS), draw(CELLS)] for key in keys)]


@given(tables(), WRITERS)
@example([["key", "one", "two"], ["a", "\r", "b"]], ("\r\n", csv.QUOTE_ALL))
def test_canonical_writing_is_stable_and_changes_no_value(new_folder, table, writer):
    resource = table_resource(new_folder(), table, writer)
    written = canonical_csv(resource)
    header, *rows = csv.reader(io.StringIO(written.decode(), newline=""))
    assert [header, *sorted(rows)] == [table[0], *sorted(table[1:])]
    resource.files[0].write_bytes(written)
    assert canonical_csv(resource) == written


def table_resource(folder, table, writer):
    """The resource of a table of strings that was written to a file."""
    schema = {
        "fields": [{"name": name, "type": "string"} for name in table[0]],
        "primaryKey": table[0][0],
    }
    resource = {"name": "table", "path": "table.csv", "schema": schema}
    descriptor = {"$schema": PROFILE, "name": "made", "resources": [resource]}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    write_csv(folder / "table.csv", table, writer)
    return load_package(folder).resources["table"]


@given(st.lists(st.lists(CELLS, max_size=3)), st.sampled_from(["\r\n", "\n", "\r"]))
def test_lines_of_records_are_those_of_a_naive_count(rows, line_end):
    written = [write_record(row, line_end) for row in rows]
    breaks = accumulate(len(LINE_BREAK.findall(record)) for record in written)
    lines = [1, *(1 + count for count in breaks)][: len(rows)]
    records = list(read_records(text_lines(["".join(written).encode()]), Dialect()))
    assert [record.cells for record in records] == rows
    assert [record.line for record in records] == lines
    assert [record.number for record in records] == list(range(1, len(rows) + 1))


def write_record(row, line_end):
    return ",".join('"' + cell.replace('"', '""') + '"' for cell in row) + line_end


# Texts.

SPACES = st.text(st.sampled_from(" \n\r\t\x0b\u00a0\u2003\u3000"), max_size=3)
TEXTS = st.one_of(st.text(CHARACTERS, max_size=30), st.text("ab 　\nあｱ㌔ﬁか\u3099", max_size=30))


def stands_alone(character):
    """Whether no character before it, brought next to it, can change a character.

    `nfkc-nospace-1` removes spaces after it has composed characters, so that a mark
    and what it stands on are not composed any more across a space.
    """
    normal = unicodedata.normalize("NFKC", character)
    return not any(
        unicodedata.category(part).startswith("M") or "\u1160" <= part <= "\u11ff"
        for part in normal
    )


ALONE = st.text(CHARACTERS.filter(stands_alone), max_size=30)


@given(ALONE)
def test_canonical_text_is_canonical(text):
    assert canonical(canonical(text)) == canonical(text)


@given(st.lists(st.tuples(ALONE, SPACES)))
def test_white_space_does_not_count(pieces):
    spaced = "".join(text + spaces for text, spaces in pieces)
    assert canonical(spaced) == canonical("".join(text for text, _ in pieces))


@given(TEXTS)
def test_canonical_text_has_no_white_space(text):
    assert not any(character.isspace() for character in canonical(text))


@st.composite
def texts_with_a_span(draw):
    text = SourceText(draw(TEXTS.filter(canonical)))
    start = draw(st.integers(0, len(text.canonical) - 1))
    return text, start, draw(st.integers(start + 1, len(text.canonical)))


@given(texts_with_a_span())
def test_passage_holds_its_span(span):
    text, start, end = span
    assert text.canonical[start:end] in canonical(text.passage(start, end))


@given(texts_with_a_span())
def test_occurrences_and_digest_find_the_same(span):
    text, start, end = span
    found = text.occurrences(text.canonical[start:end])
    assert start in found
    wanted = text.digest(start, end)
    assert found == text.find_by_digest(end - start, {wanted})[wanted]


@given(texts_with_a_span(), st.text("ab", min_size=1, max_size=3))
def test_what_does_not_occur_is_not_found(span, passage):
    text, _, _ = span
    digest = SourceText(passage).sha256
    assert text.occurrences(passage) == text.find_by_digest(len(passage), {digest}).get(digest, [])
