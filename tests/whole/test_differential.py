"""A second opinion on generated packages: frictionless finds the same, or the standard decides.

Every type is given every text that some reader takes for a value of it, every constraint
the values that are equal or next to each other, and hypothesis mixes all of it with keys,
dialects, encodings and formats. What differs stands in `KNOWN_DIFFERENCES`, here for
single texts and in `support.known_differences` for what whole packages show.
"""

import csv
import gzip
import io
import json
import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from dateutil.parser import parse
from hypothesis import given, settings
from hypothesis import strategies as st
from support import known_differences
from support.known_differences import BASE64, XSD_DATETIME, Difference
from support.second_opinion import Case, differences, our_findings, their_findings

from validate._src.package.descriptor import load_package
from validate._src.tables.dataset import read_dataset

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"

# What is no value of some type, though a reader may take it for one, beside what is.
TEXTS = (
    *("", " ", "x", "-", "NA", "yes", "no", "true", "TRUE", "tRUE", "null", "noon", "today"),
    *("0", "1", " 1", "1 ", "\u30001", "\xa01", "1.", ".5", "-.5", ".", "+5", "-0", "--1", "007"),
    *("1e5", "1E+5", "1e", "0x1", "1_000", "2_25", "٣", "１２", "1e400", "1,000", "1,5", "1.000,5"),
    *("NaN", "nan", "-NaN", "sNaN", "NaN,1", "INF", "-inf", "+INF", "Infinity", "infinity"),
    *("9223372036854775807", "-9223372036854775808", "9223372036854775808", "9" * 40),
    *("95%", "€95", "EUR -9.5", "-€95", "5%5", "1 000", "€1.", "€.5", "€+5", "%", "1e5%"),
    *("2025-02-03", "2025-2-3", "2025-02-30", "0000-01-01", "0001-01-01", "12025-01-01"),
    *("２０２５-02-03", "2025/02/03", " 2025-02-03", "2025-02-03 ", "3.2.2025", "2025-02-03Z"),
    *("20250203", "2025-W01-1", "-0044-03-15", "3 Feb 2025", "2025-034"),
    *("12:00:00", "12:00", "24:00:00", "12:00:60", "23:59:60", "12:00:00Z", "12:00:00.5"),
    *("12:00:00,5", "1:00:00", "12:00:00+09:00", "120000", "1２:00:00", "12:60:00"),
    *("2025-02-03T12:00:00", "2025-02-03T12:00:00Z", "2025-02-03 12:00:00", "2025-02-03T12:00"),
    *("2025-02-03T24:00:00", "2025-02-03T24:00:01", "2025-02-03T12:00:60", "20250203T120000"),
    *("2025-02-03T12:00:00.123456789", "2025-02-03T12:00:00,5", "2025-02-03T12:00:00+0900"),
    *("2025-02-03T12:00:00+09:00", "2025-02-03T12:00:00-14:00", "2025-02-03t12:00:00"),
    *("2025-02-03T12:00:00z", "0000-01-01T00:00:00", "0001-01-01T00:00:00+09:00"),
    *("9999-12-31T23:59:59-01:00",),
    *("2025", "25", "0000", "0001", "12025", "-0044", "-0000", "+2025", "202５", " 202"),
    *("2025-02", "2025-2", "25-02", "2025-13", "0000-02", "12025-02", " 2025-02", "2025-0２"),
    *("2025- 2", "+2025-02"),
    *("P1Y2D", "P1Y", "PT1H", "-P1DT2M", "P", "PT", "P1DT", "P1W", "P1.5Y", "PT1.5S", "PT1,5S"),
    *("PT.5S", "PT5.S", "+P1D", "P-1D", "P1M2Y", "p1d", "P0001-02-03T04:05:06", "P٣D"),
    *("P1Y\n", "P1D ", "PT36H", "P99999999999D", "1 year"),
    *("[1", "[]", "[1, 2]", "[1,]", "['a']", "[01]", "[1] x", " [1]", '["\t"]', "[1e400]"),
    *("{}", '{"a": 1}', '{"a": NaN}', "[Infinity]", '"x"', '["\\ud800"]', '{"a": "\\ud83d"}'),
    *('{"a":1,"a":2}', "[" * 2000),
    *("1,2", "1, 2", "1,2,3", "1,", ",", "a,b", "1;2", "1_0,2", "181,0", "180,90", "0,91"),
    *("1.,.5", "1e1,2", "+5,-5", "１,2", "1\u3000,2", "[true, 1]", '["1", "2"]', "[181, 0]"),
    *("[null, 1]", "[NaN, 1]", '{"lon": 1, "lat": 2}', '{"lon": "1", "lat": 2}'),
    *('{"lon": 1, "lat": 2, "z": 3}', '{"lat": 1}', '{"lon": true, "lat": 2}'),
    *('{"type": "Point", "coordinates": [1, 2]}', '{"type": "Point"}', '{"type": "Nothing"}'),
    '{"type": "Topology", "objects": {}, "arcs": []}',
    *("a@b.de", "a@b", ".a@b.de", "a.@b.de", "a..b@c.de", "a b@c.de", "<a@b.de>", "a@b..de"),
    *("a+b@c.de", "a@[192.168.0.1]", "a@192.168.0.1", "a@b.c", "a@b.123", "a@b.de.", "a'b@c.de"),
    *("http://a.de", "urn:x:y", "mailto:a@b.de", "a:", "http:", "http://", "/a", "//a", "a.de"),
    *("http://a b", "http://a/<b>", "http://a/\\b", "C:\\x", "http://[::1]", "1a:b", "x:y"),
    *("YWJj", "YWI=", "YWI", "YW Jj", "YW\nJj", "====", "YQ==YQ==", "YWJj=", "-_-_", "ä"),
    *("123e4567-e89b-12d3-a456-426614174000", "123E4567-E89B-12D3-A456-426614174000"),
    *("123e4567e89b12d3a456426614174000", "{123e4567-e89b-12d3-a456-426614174000}"),
    *("123e4567-e89b-12d3-a456-42661417400g", "urn:uuid:123e4567-e89b-12d3-a456-426614174000"),
)


@dataclass(frozen=True)
class Layout:
    """How a table is written.

    Attributes:
        format: "csv", "json", "ndjson" or "inline".
        rows: of what rows JSON is, "array" or "object".
        native: whether texts that are JSON stand as the values that they are.
        dialect: the Table Dialect of delimited text.
        comments: lines of comment behind the header.
        encoding: encoding of the file.
        packed: whether it is compressed.
        files: how many files there are.
    """

    format: str = "csv"
    rows: str = "array"
    native: bool = False
    dialect: dict[str, Any] = field(default_factory=dict)
    comments: int = 0
    encoding: str = "utf-8"
    packed: bool = False
    files: int = 1


@dataclass(frozen=True)
class Table:
    """A resource in the making: its schema, rows of texts, and how they are written."""

    name: str
    schema: dict[str, Any]
    rows: list[list[str]]
    layout: Layout = Layout()

    @property
    def labels(self):
        return [field["name"] for field in self.schema["fields"]]

    def resource(self):
        """The descriptor, and the content of each file by its name."""
        resource = {"name": self.name, "type": "table", "schema": self.schema}
        if self.layout.format == "inline":
            return {**resource, "data": self.items()}, {}
        if self.layout.format == "csv":
            contents, resource["dialect"] = self.delimited(), self.layout.dialect
        elif self.layout.format == "json":
            contents = [json.dumps(self.items(), ensure_ascii=False)]
        else:
            lines = (json.dumps(item, ensure_ascii=False) for item in self.items())
            contents = ["".join(f"{line}\n" for line in lines)]
        files = {}
        for number, content in enumerate(contents):
            encoded = content.encode(self.layout.encoding, "replace")
            packed = gzip.compress(encoded, mtime=0) if self.layout.packed else encoded
            suffix = ".gz" if self.layout.packed else ""
            files[f"{self.name}-{number}.{self.layout.format}{suffix}"] = packed
        paths = list(files)
        resource |= {
            "path": paths if len(paths) > 1 else paths[0],
            "encoding": self.layout.encoding,
        }
        return resource, files

    def items(self):
        """The rows of JSON."""
        rows = [
            [as_json(cell) if self.layout.native else cell for cell in row] for row in self.rows
        ]
        if self.layout.rows == "object":
            # Frictionless knows only the keys of the first.
            first, *others = [dict(zip(self.labels, row, strict=True)) for row in rows]
            return [first, *map(without_nulls, others)]
        return [self.labels, *rows]

    def delimited(self):
        """The content of the files of delimited text, each with the header."""
        head = [] if self.layout.dialect.get("header") is False else [self.labels]
        if "headerRows" in self.layout.dialect:
            parts = [label.split("-") for label in self.labels]
            head = [[part[row] for part in parts] for row in (0, 1)]
        count = self.layout.files
        size = len(self.rows) // count
        cuts = [*(size * number for number in range(count)), len(self.rows)]
        files = [self.rows[start:end] for start, end in pairwise(cuts)]
        note = f"#{self.layout.dialect.get('delimiter', ',')}x" + self.line_end
        first = self.written(head) + note * self.layout.comments + self.written(files[0])
        return [first, *(self.written(head) + self.written(rows) for rows in files[1:])]

    @property
    def line_end(self):
        return self.layout.dialect.get("lineTerminator", "\n")

    def written(self, rows):
        dialect, text = self.layout.dialect, io.StringIO()
        csv.writer(
            text,
            delimiter=dialect.get("delimiter", ","),
            quotechar=dialect.get("quoteChar", '"'),
            doublequote=dialect.get("doubleQuote", True),
            escapechar=dialect.get("escapeChar"),
            lineterminator=self.line_end,
        ).writerows(rows)
        return text.getvalue()


def as_json(text):
    """The value that a text is in JSON, or the text."""
    try:
        value = json.loads(text)
        json.dumps(value, allow_nan=False, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return text
    return value


def without_nulls(item):
    return {key: value for key, value in item.items() if value is not None}


@dataclass(frozen=True)
class Made:
    """A package in the making."""

    tables: list[Table]

    def write(self, folder):
        """The folder, with the package in it."""
        resources = []
        for table in self.tables:
            resource, files = table.resource()
            resources.append(resource)
            for name, content in files.items():
                (folder / name).write_bytes(content)
        descriptor = {"$schema": PROFILE, "name": "made", "resources": resources}
        (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
        return folder

    def in_whole_files(self):
        """The same tables, each in one file."""
        return Made(
            [replace(table, layout=replace(table.layout, files=1)) for table in self.tables]
        )

    def judged(self, new_folder):
        """What both find. Frictionless, which drops rows of several files, is given one file."""
        folder = self.write(new_folder())
        twin = self.in_whole_files()
        theirs = their_findings(folder if twin == self else twin.write(new_folder()))
        dataset = read_dataset(load_package(folder))
        return Case(dataset, frozenset(our_findings(folder)), frozenset(theirs))


TYPES = (
    "string", "integer", "number", "boolean", "date", "time", "datetime", "year", "yearmonth",
    "duration", "object", "array", "list", "geopoint", "geojson", "any",
)  # fmt: skip
FORMATS = {
    "string": ("email", "uri", "binary", "uuid"),
    "date": ("any", "%d.%m.%Y", "%Y%m%d", "%y-%m-%d"),
    "time": ("any", "%H:%M", "%H%M%S", "%H:%M:%S.%f", "%H:%M:%S%z"),
    "datetime": ("any", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M"),
    "geopoint": ("array", "object"),
    "geojson": ("topojson",),
}
KINDS = (
    *({"type": name} for name in TYPES),
    *({"type": name, "format": form} for name, forms in FORMATS.items() for form in forms),
    *(
        {"type": "list", "itemType": item}
        for item in ("integer", "number", "boolean", "date", "time", "datetime")
    ),
    {"type": "list", "itemType": "integer", "delimiter": ";"},
    {"type": "list", "itemType": "number", "delimiter": ", "},
    {"type": "integer", "bareNumber": False},
    {"type": "integer", "groupChar": ","},
    {"type": "number", "bareNumber": False},
    {"type": "number", "groupChar": ","},
    {"type": "number", "groupChar": " "},
    {"type": "number", "decimalChar": ","},
    {"type": "number", "groupChar": ".", "decimalChar": ","},
    {"type": "number", "groupChar": ",", "bareNumber": False},
    {"type": "number", "decimalChar": ",", "bareNumber": False},
    {"type": "boolean", "trueValues": ["yes", "1"], "falseValues": ["no", "-"]},
    {"type": "boolean", "trueValues": ["yes"]},
    {"type": "integer", "missingValues": []},
    {"type": "integer", "missingValues": ["-", "1"]},
    {"type": "number", "missingValues": ["NaN", ""]},
    {"type": "string", "missingValues": []},
    {"type": "date", "missingValues": [{"value": "NA", "label": "unknown"}, {"value": ""}]},
)


# What JSON has beside texts, and texts as they stand in JSON.
VALUES = (
    *(None, True, False, 0, 1, -3, 5.0, 1.5, 2025, 12345),
    *("", "x", "1", "true", "2025-02-03", "2025", "-", [], [1], [1, 2], ["a"], [True, 1], {}),
    *({"a": 1}, {"lon": 1, "lat": 2}, {"type": "Point", "coordinates": [1, 2]}),
)
NATIVE_KINDS = [
    kind for kind in KINDS if not {"groupChar", "decimalChar", "bareNumber"} & kind.keys()
]

# Values that are equal though their texts are not, and values just beside each other.
NUMBERS_ALIKE = (
    "1",
    "1.0",
    "1e0",
    "+1",
    "0.1",
    "0.10",
    "-0",
    "0",
    "5",
    "INF",
    "-INF",
    "NaN",
    "nan",
)
BIG_NUMBERS = ("9007199254740992", "9007199254740993", "1.0000000000000000001", "1", "1e400")
STRINGS = ("a", "A", "é", "e\u0301", "あい", "👍🏽", "ab", "abc", "a\nb", "", " ", "b")
ZONED = ("2025-02-03T12:00:00Z", "2025-02-03T21:00:00+09:00", "2025-02-04T12:00:00.5Z")
LOCAL = ("2025-02-03T12:00:00", "2025-02-03T12:00:00.0", "2025-02-04T12:00:00.5")
DURATIONS = ("P1D", "PT24H", "P12M", "P1Y", "PT60M", "PT1H")
POINT = '{"type": "Point", "coordinates": [1, 2]}'
# Frictionless cannot tell whether lists and objects are unique, and knows no enum of lists.
CONSTRAINED = (
    (
        {"type": "number"},
        NUMBERS_ALIKE,
        (
            *({"unique": True}, {"minimum": 1}, {"maximum": 1}, {"exclusiveMinimum": "1"}),
            *({"exclusiveMaximum": 1.0}, {"enum": [1, 0.1]}, {"enum": ["1", "0.1", "NaN"]}),
            *({"minimum": "-INF"}, {"maximum": "INF"}, {"exclusiveMaximum": "INF"}),
        ),
    ),
    (
        {"type": "number"},
        BIG_NUMBERS,
        (
            *({"unique": True}, {"maximum": 9007199254740992}, {"enum": ["1"]}),
            *({"exclusiveMinimum": "1"}, {"enum": ["INF"]}),
        ),
    ),
    (
        {"type": "number", "decimalChar": ",", "groupChar": "."},
        ("1", "1,0", "1.000,5", "0,1"),
        (
            *({"minimum": "0,5"}, {"minimum": 0.5}, {"enum": ["1,0", "1000,5"]}),
            *({"unique": True}, {"enum": [1000.5]}),
        ),
    ),
    (
        {"type": "number", "bareNumber": False},
        ("1", "1%", "$1", "2%"),
        ({"minimum": "2%"}, {"unique": True}, {"enum": ["$1"]}),
    ),
    (
        {"type": "integer"},
        ("1", "01", "+1", "-0", "0", "2", " 2", "9223372036854775807"),
        (
            *({"unique": True}, {"minimum": 1}, {"maximum": "1"}, {"exclusiveMinimum": 1}),
            *({"exclusiveMaximum": 1}, {"enum": [1]}, {"enum": ["01"]}, {"enum": [1.0]}),
            {"required": True},
        ),
    ),
    (
        {"type": "boolean"},
        ("true", "TRUE", "1", "false", "0"),
        ({"unique": True}, {"enum": [True]}),
    ),
    (
        {"type": "boolean", "trueValues": ["Y"], "falseValues": ["N"]},
        ("Y", "N", "true"),
        ({"unique": True}, {"enum": [True]}),
    ),
    (
        {"type": "date"},
        ("2025-02-03", "2025-02-04", "2025-02-03"),
        (
            *({"unique": True}, {"minimum": "2025-02-04"}, {"exclusiveMinimum": "2025-02-03"}),
            *({"enum": ["2025-02-04"]}, {"maximum": "2025-02-03"}),
        ),
    ),
    (
        {"type": "date", "format": "%d.%m.%Y"},
        ("03.02.2025", "3.2.2025", "04.02.2025"),
        ({"unique": True}, {"minimum": "04.02.2025"}, {"enum": ["3.2.2025"]}),
    ),
    (
        {"type": "date", "format": "any"},
        ("2025-02-03", "Feb 3 2025", "2025-02-03T00:30:00+09:00", "2025-02-02"),
        ({"unique": True}, {"minimum": "2025-02-03"}, {"enum": ["2025-02-03"]}),
    ),
    (
        {"type": "time"},
        ("12:00:00", "12:00:00", "13:00:00"),
        (
            *({"unique": True}, {"minimum": "13:00:00"}, {"enum": ["12:00:00"]}),
            {"exclusiveMaximum": "13:00:00"},
        ),
    ),
    (
        {"type": "time", "format": "%H:%M:%S%z"},
        ("12:00:00+0900", "03:00:00+0000", "12:00:00+0000"),
        ({"unique": True}, {"minimum": "04:00:00+0000"}, {"enum": ["03:00:00+0000"]}),
    ),
    (
        {"type": "datetime"},
        ZONED,
        (
            *({"unique": True}, {"minimum": "2025-02-04T12:00:00Z"}),
            *({"exclusiveMinimum": ZONED[0]}, {"enum": [ZONED[0]]}),
        ),
    ),
    (
        {"type": "datetime"},
        LOCAL,
        ({"unique": True}, {"exclusiveMinimum": LOCAL[0]}, {"enum": [LOCAL[0]]}),
    ),
    (
        {"type": "datetime"},
        (*ZONED, *LOCAL),
        ({"unique": True}, {"enum": [ZONED[0]]}, {"enum": [LOCAL[0]]}),
    ),
    (
        {"type": "year"},
        ("2025", "2024", "0001", "2025"),
        (
            *({"unique": True}, {"minimum": 2025}, {"maximum": "2024"}, {"enum": [2025]}),
            *({"enum": ["2024"]}, {"exclusiveMinimum": "2024"}),
        ),
    ),
    (
        {"type": "yearmonth"},
        ("2025-02", "2024-12", "2025-02"),
        (
            *({"unique": True}, {"minimum": "2025-02"}, {"enum": ["2024-12"]}),
            {"exclusiveMaximum": "2025-02"},
        ),
    ),
    (
        {"type": "duration"},
        DURATIONS,
        ({"unique": True}, {"enum": ["PT24H", "P1Y"]}),
    ),
    (
        {"type": "array"},
        ("[1]", "[ 1 ]", "[1.0]", "[]", "[1,2]", '["a"]', "[true]"),
        ({"minLength": 1}, {"maxLength": 1}, {"enum": [[1]]}, {"enum": ["[1]"]}),
    ),
    (
        {"type": "object"},
        ('{"a":1}', '{ "a": 1}', "{}", '{"a":1,"b":2}', '{"b":2,"a":1}', '{"a":1.0}'),
        ({"minLength": 1}, {"maxLength": 1}, {"enum": [{"a": 1, "b": 2}]}, {"enum": ['{"a":1}']}),
    ),
    (
        {"type": "geopoint"},
        ("1,2", "1, 2", "1.0,2", "3,4"),
        ({"unique": True}, {"enum": ["1,2"]}),
    ),
    (
        {"type": "geopoint", "format": "array"},
        ("[1,2]", "[1, 2]", "[1.0,2]", "[3,4]"),
        ({"unique": True}, {"enum": ["[1,2]"]}),
    ),
    (
        {"type": "geojson"},
        (POINT, POINT.replace(" ", ""), '{"coordinates": [1, 2], "type": "Point"}'),
        ({"enum": [POINT]},),
    ),
    (
        {"type": "string"},
        STRINGS,
        (
            *({"unique": True}, {"enum": ["a", "é"]}, {"minLength": 2}, {"maxLength": 1}),
            *({"pattern": "[a-c]+"}, {"pattern": "a.b"}, {"pattern": "^a$"}, {"pattern": ".."}),
            *({"pattern": "a|b"}, {"pattern": "(a|b)*"}, {"pattern": ""}, {"required": True}),
        ),
    ),
    ({"type": "string", "format": "email"}, ("a@b.de", "A@b.de"), ({"minLength": 7},)),
    ({"type": "any"}, ("1", "1.0", "a"), ({"unique": True}, {"enum": ["1"]}, {"enum": [1]})),
    (
        {"type": "string", "missingValues": []},
        ("", "a", ""),
        ({"required": True}, {"unique": True}, {"minLength": 1}, {"enum": ["a"]}),
    ),
    (
        {"type": "string", "missingValues": ["-"]},
        ("", "-", "a"),
        ({"required": True}, {"unique": True}, {"minLength": 1}, {"enum": ["a"]}),
    ),
)
CONSTRAINTS = [
    ({**kind, "constraints": constraint}, texts)
    for kind, texts, constraints in CONSTRAINED
    for constraint in constraints
]


def text_of(case, place):
    """The text of a place that is one cell; None where it is missing, or the row blank."""
    return next(iter(case.texts(place, [place.field])), None)


def parts_of(case, place):
    """Type and text of a cell, or of each item of a list."""
    declared, text = case.field(place), text_of(case, place)
    if declared.type != "list":
        return [(declared.type, text)]
    item_type = declared.properties.get("itemType", "string")
    return [(item_type, item) for item in text.split(declared.properties.get("delimiter", ","))]


def reads(types, says, format_name="default"):
    """A cell, or an item of a list, of certain types whose text is such a one."""

    def applies(case, place):
        if place.code != "type-error" or text_of(case, place) is None:
            return False
        declared = case.field(place)
        return declared.format == format_name and any(
            name in types and says(text, declared.properties)
            for name, text in parts_of(case, place)
        )

    return applies


def matching(pattern):
    return lambda text, properties: re.fullmatch(pattern, text, re.ASCII) is not None


def unlike(pattern):
    return lambda text, properties: re.fullmatch(pattern, text, re.ASCII) is None


def has_other_digits(text, properties):
    return any(character.isdecimal() and not character.isascii() for character in text)


def is_spaced_otherwise(text, properties):
    return text.strip() != text.strip(" \t\r\n")


def is_not_json_of_numbers(text, properties):
    """Whether a point in JSON has a coordinate that is no number."""
    value = json.loads(text)
    parts = value.values() if isinstance(value, dict) else value
    return isinstance(value, list | dict) and any(type(part) not in (int, float) for part in parts)


def is_beyond_rfc_8259(text, properties):
    """Whether only Python reads a text as JSON: NaN and Infinity, and half a surrogate pair."""
    if re.search(r"NaN|Infinity", text):
        return True
    try:
        json.dumps(json.loads(text), ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    return False


def is_a_special_number(text, properties):
    return properties.get("bareNumber") is False and bool(
        re.fullmatch(r"(?i)nan|[+-]?inf", text.strip())
    )


def is_without_units(text, properties):
    """Whether a number has no digits once a period is taken for a part of it."""
    return properties.get("bareNumber") is False and "." in text


def lacks_a_part(text, properties):
    """Whether a date or time takes a part from another one, which may be that of the run."""
    days = (datetime(2001, 3, 3, 3), datetime(2012, 12, 12, 12))
    one, other = (parse(text, default=day) for day in days)
    return one != other


def is_grouped(text, properties):
    return properties.get("groupChar", "\0") in text


def is_native(type_name, format_name, opening):
    """A cell of such a type that holds an array or an object, not a text."""

    def applies(case, place):
        if place.code != "type-error" or case.resource(place).format == "csv":
            return False
        declared = case.field(place)
        return (declared.type, declared.format) == (type_name, format_name) and text_of(
            case, place
        ).startswith(opening)

    return applies


def has_no_value(case, place, name):
    """Whether a cell of the row of a place is missing, or of the wrong type."""
    return case.texts(place, [name]) == [None] or case.we_say(place, "type-error", name)


def refers_with_a_wrong_type(case, place):
    keys = [key.fields for key in case.schema(place).foreign_keys if len(key.fields) > 1]
    return place.code == "foreign-key" and any(
        case.we_say(place, "type-error", name) for key in keys for name in key
    )


def is_a_key_in_part(case, place):
    key = case.schema(place).primary_key
    return (
        place.code == "primary-key"
        and len(key) > 1
        and any(has_no_value(case, place, name) for name in key)
    )


NUMBERS = ("integer", "number", "geopoint")
XSD_DURATION = (
    r"-?P(?=.)([0-9]+Y)?([0-9]+M)?([0-9]+D)?(T(?=.)([0-9]+H)?([0-9]+M)?([0-9]+(\.[0-9]+)?S)?)?"
)
ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
ADDRESS = rf"{ATOM}(\.{ATOM})*@({ATOM}(\.{ATOM})*|\[[^\[\]\\\s]*\])"
UUID = r"(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
NUMBER_TEXT = "XML Schema, decimal: decimal digits, which are 0 to 9"

KNOWN_DIFFERENCES = (
    Difference(
        "reads digits of other scripts, as Python does",
        f"Table Schema, 'number' and 'integer': as in {NUMBER_TEXT}",
        "ours",
        reads((*NUMBERS, "date", "year", "yearmonth"), has_other_digits),
    ),
    Difference(
        "... but not behind what it strips",
        f"Table Schema, 'number', bareNumber: strip non-numeric characters; {NUMBER_TEXT}",
        "theirs",
        reads(NUMBERS, has_other_digits),
    ),
    Difference(
        "reads underscores between digits, as Python does",
        f"Table Schema, 'number' and 'integer': as in {NUMBER_TEXT}",
        "ours",
        reads((*NUMBERS, "year"), lambda text, _: re.search(r"[0-9]_[0-9]", text) is not None),
    ),
    Difference(
        "strips all white space of Unicode",
        "XML Schema, whiteSpace: #x20, #x9, #xA and #xD",
        "ours",
        reads(NUMBERS, is_spaced_otherwise),
    ),
    Difference(
        "reads Infinity, +INF, signalling NaN and NaN with a sign or digits, as Python does",
        "Table Schema, 'number': permitted are NaN, INF and -INF",
        "ours",
        reads(("number",), matching(r"(?i)[+-]?infinity|\+inf|-s?nan|snan|nan,1")),
    ),
    Difference(
        "strips NaN and INF from numbers that are not bare, and with them all there is",
        "Table Schema, 'number': special values are permitted; bareNumber strips the rest",
        "theirs",
        reads(("number",), is_a_special_number),
    ),
    Difference(
        "strips the period of an integer that is not bare: .5 is 5 to it",
        "Table Schema, 'integer', bareNumber: strips what is not numeric, as a period is",
        "ours",
        reads(("integer",), is_without_units),
    ),
    Difference(
        "does not know groupChar for integers",
        "Table Schema, 'integer': may have groupChar",
        "theirs",
        reads(("integer",), is_grouped),
    ),
    Difference(
        "reads dates without leading zeroes",
        "Table Schema, 'date': MUST be yyyy-mm-dd",
        "ours",
        reads(("date",), unlike(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")),
    ),
    Difference(
        "reads times with fractions and zones, and one of 24 hours",
        "Table Schema, 'time': MUST be hh:mm:ss",
        "ours",
        reads(("time",), unlike(r"([01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}")),
    ),
    Difference(
        "completes dates and times of format any from the day of the run",
        "Table Schema, 'datetime': any parsable representation of the value, which the text is",
        "ours",
        lambda case, place: any(
            reads((name,), lacks_a_part, "any")(case, place)
            for name in ("date", "time", "datetime")
        ),
    ),
    Difference(
        "reads datetimes that are not in the form of XML Schema",
        "Table Schema, 'datetime': MUST be in a form defined by XML Schema",
        "ours",
        reads(("datetime",), unlike(XSD_DATETIME)),
    ),
    Difference(
        "reads years with a sign, with white space and the year 0",
        "Table Schema, 'year': gYear of XML Schema, of four digits or more, not 0000",
        "ours",
        reads(("year",), lambda text, _: text == "0000" or not re.fullmatch("-?[0-9]{4,}", text)),
    ),
    Difference(
        "reads only years of four characters",
        "Table Schema, 'year': gYear of XML Schema, which may have more digits and a sign",
        "theirs",
        reads(("year",), matching(r"-[0-9]{4,}|[1-9][0-9]{4,}")),
    ),
    Difference(
        "reads months and years of any number of digits, and the year 0",
        "Table Schema, 'yearmonth': gYearMonth of XML Schema, not of the year 0000",
        "ours",
        reads(
            ("yearmonth",),
            lambda text, _: (
                text.startswith("0000") or not re.fullmatch("-?[0-9]{4,}-[0-9]{2}", text)
            ),
        ),
    ),
    Difference(
        "reads durations of other forms of ISO 8601, and of parts left empty",
        "Table Schema, 'duration': XML Schema's definition: no weeks, fractions of seconds only",
        "ours",
        reads(("duration",), unlike(XSD_DURATION)),
    ),
    Difference(
        "cannot read durations of more days than Python has",
        "Table Schema, 'duration': any number of them",
        "theirs",
        reads(("duration",), matching("P[0-9]{10,}D")),
    ),
    Difference(
        "reads NaN and Infinity in JSON, and lone surrogates",
        "Table Schema, 'array' and 'object': valid JSON, which has neither (RFC 8259, 6 and 8.1)",
        "ours",
        reads(("array", "object"), is_beyond_rfc_8259),
    ),
    Difference(
        "takes texts and true for coordinates",
        "Table Schema, 'geopoint', format 'array': each item is a number",
        "ours",
        reads(("geopoint",), is_not_json_of_numbers, "array"),
    ),
    Difference(
        "takes texts and true for coordinates of objects as well",
        "Table Schema, 'geopoint', format 'object': each value is a number",
        "ours",
        reads(("geopoint",), is_not_json_of_numbers, "object"),
    ),
    Difference(
        "finds fault with addresses of hosts by number, and of short or numeric domains",
        "Table Schema, 'string', format 'email': a valid address, as in RFC 5322, 3.4.1",
        "theirs",
        reads(("string",), matching(ADDRESS), "email"),
    ),
    Difference(
        "reads URIs with characters that no URI has",
        "Table Schema, 'string', format 'uri': a valid URI, as in RFC 3986, 2",
        "ours",
        reads(("string",), lambda text, _: re.search(r'[\s<>"{}|\\^`]', text) is not None, "uri"),
    ),
    Difference(
        "drops from a base64 text what is not base64",
        "Table Schema, 'string', format 'binary': a base64 encoded string (RFC 4648, 3.3)",
        "ours",
        reads(("string",), unlike(BASE64), "binary"),
    ),
    Difference(
        "reads uuids in other notations",
        "Table Schema, 'string', format 'uuid': a string that is a uuid (RFC 9562, 4)",
        "ours",
        reads(("string",), unlike(UUID), "uuid"),
    ),
    Difference(
        "takes arrays of JSON for lists",
        "Table Schema, 'list': MUST contain a string with values separated by a delimiter",
        "ours",
        is_native("list", "default", "["),
    ),
    Difference(
        "takes arrays of JSON for points, whatever the format ...",
        "Table Schema, 'geopoint': a string by default",
        "ours",
        is_native("geopoint", "default", "["),
    ),
    Difference(
        "... also where it says object ...",
        "Table Schema, 'geopoint', format 'object': a JSON object",
        "ours",
        is_native("geopoint", "object", "["),
    ),
    Difference(
        "... but no objects",
        "Table Schema, 'geopoint', format 'object': a JSON object",
        "theirs",
        is_native("geopoint", "object", "{"),
    ),
    Difference(
        "leaves out a label that is like the one above it",
        "Table Dialect, 'headerJoin': how the header rows are joined, all of them",
        "theirs",
        lambda case, place: (
            place.code == "incorrect-label"
            and case.dialect(place).header_rows == (1, 2)
            and len(set(place.field.split("-"))) == 1
        ),
    ),
    Difference(
        "looks up composite foreign keys of which a part is of the wrong type",
        "Table Schema, 'foreignKeys': modelled on SQL, where nulls refer to nothing",
        "theirs",
        refers_with_a_wrong_type,
    ),
    Difference(
        "finds primary keys alike of which a part is missing or of the wrong type",
        "Table Schema, 'primaryKey': such a part is null, which no part of a key can be",
        "theirs",
        is_a_key_in_part,
    ),
    Difference(
        "finds every NaN unlike any other ...",
        "Table Schema, 'unique', of numbers as in XML Schema, where NaN equals itself",
        "ours",
        lambda case, place: place.code == "unique-error" and is_nan(case, place),
    ),
    Difference(
        "... and so not the one that an enum has",
        "Table Schema, 'enum', of numbers as in XML Schema, where NaN equals itself",
        "theirs",
        lambda case, place: (
            place.code == "constraint-error"
            and is_nan(case, place)
            and "NaN" in case.field(place).constraints.get("enum", ())
        ),
    ),
    Difference(
        "takes true in an array for 1, as Python does",
        "Table Schema, 'enum': MUST exactly match; true and 1 are unlike in JSON",
        "ours",
        lambda case, place: (
            place.code == "constraint-error"
            and case.field(place).type == "array"
            and "enum" in case.field(place).constraints
            and text_of(case, place) == "[true]"
        ),
    ),
)


def is_nan(case, place):
    """Whether a cell is a number that is none."""
    return case.field(place).type == "number" and text_of(case, place).strip().lower() == "nan"


def one_column(kind, cells, layout=None):
    """A table of a key and a field that holds cells, and the package that it makes."""
    fields = [{"name": "id", "type": "integer"}, {"name": "cell", **kind}]
    rows = [[str(number), cell] for number, cell in enumerate(cells)]
    return Made([Table("things", {"fields": fields}, rows, layout or Layout())])


def unexplained(case):
    """The differences that no known one explains, with what stands in the cell."""
    return [
        f"{only}: {place.resource} row {place.row} {place.field}: {place.code} "
        f"{case.texts(place, [place.field]) if place.field and place.row else ''}"
        for only, place in differences(case)
        if not is_known(case, only, place) and not is_judged_further(case, only, place)
    ]


def is_judged_by(type_name):
    """Whether a constraint is judged on a value of a type, of which we know less than there is."""
    return lambda case, place: (
        place.code in ("constraint-error", "unique-error") and case.field(place).type == type_name
    )


# Where the standard's text is against us: limits that the README names.
OUR_LIMITS = (
    *(
        Difference(
            "we take datetimes without a zone for UTC",
            "Table Schema, 'datetime': XML Schema has no order between some with and without",
            only,
            is_judged_by("datetime"),
        )
        for only in ("ours", "theirs")
    ),
    Difference(
        "we compare what is of type any as texts",
        "Table Schema, 'any': as it is in the data source",
        "theirs",
        is_judged_by("any"),
    ),
)


def is_known(case, only, place):
    known = (*KNOWN_DIFFERENCES, *OUR_LIMITS, *known_differences.KNOWN_DIFFERENCES)
    return any(one.only == only and one.applies(case, place) for one in known)


def is_judged_further(case, only, place):
    """Whether a value breaks a constraint, of which only the other says that it is none."""
    other = "theirs" if only == "ours" else "ours"
    no_value = place._replace(code="type-error")
    return (
        place.code in ("constraint-error", "unique-error")
        and (other, no_value) in differences(case)
        and is_known(case, other, no_value)
    )


@pytest.fixture(scope="module")
def new_folder(tmp_path_factory):
    """Makes an empty folder for an example."""
    return lambda: tmp_path_factory.mktemp("example")


@pytest.fixture(scope="module")
def case_of(new_folder):
    """What both find in all texts as cells of a kind."""
    return cache(lambda index: one_column(KINDS[index], TEXTS).judged(new_folder))


def shown(kind):
    return json.dumps(kind, ensure_ascii=False)


POINTS = [kind for kind in NATIVE_KINDS if kind["type"] in ("geopoint", "list")]


def in_pairs(*rows):
    """A table of pairs, each of which refers to one that is the other way round."""
    fields = [{"name": name, "type": "integer"} for name in ("a-a", "b-b")]
    both = ["a-a", "b-b"]
    key = {"fields": both[::-1], "reference": {"resource": "", "fields": both}}
    schema = {"fields": fields, "primaryKey": both, "foreignKeys": [key]}
    two = {"headerRows": [1, 2], "headerJoin": "-"}
    return Made([Table("pairs", schema, [list(row) for row in rows], Layout(dialect=two))])


STILL_DIFFERENT = (
    one_column({"type": "number", "constraints": {"unique": True}}, ("NaN", "nan")),
    one_column({"type": "number", "constraints": {"enum": ["NaN"]}}, ("NaN",)),
    one_column({"type": "array", "constraints": {"enum": [[1]]}}, ("[true]",)),
    in_pairs(("1", "x"), ("2", ""), ("2", "")),
    *(one_column(kind, VALUES, Layout("inline")) for kind in POINTS),
)


# All kinds are judged by two tests.
JUDGES_ALL = pytest.mark.xdist_group("differential")


def differing(made, new_folder):
    """What no known difference explains, by the name of each table that is made."""
    found = {name: unexplained(one.judged(new_folder)) for name, one in made.items()}
    return {name: places for name, places in found.items() if places}


@JUDGES_ALL
def test_both_read_the_same_texts(case_of):
    found = {shown(kind): unexplained(case_of(index)) for index, kind in enumerate(KINDS)}
    assert {kind: places for kind, places in found.items() if places} == {}


@pytest.mark.parametrize("form", ["inline", "json", "ndjson"])
def test_both_take_the_same_native_values(new_folder, form):
    made = {shown(kind): one_column(kind, VALUES, Layout(form)) for kind in NATIVE_KINDS}
    assert differing(made, new_folder) == {}


def test_both_read_integers_of_any_size(new_folder):
    sizes, forms = (1, 2**63, -(2**64), 10**40), ("csv", "inline", "json", "ndjson")
    made = {form: one_column({"type": "integer"}, sizes, Layout(form)) for form in forms}
    assert differing(made, new_folder) == {}


def test_both_hold_values_to_the_same_constraints(new_folder):
    made = {f"{shown(kind)} {texts}": one_column(kind, texts) for kind, texts in CONSTRAINTS}
    assert len(made) == len(CONSTRAINTS)
    assert differing(made, new_folder) == {}


@JUDGES_ALL
def test_every_known_difference_still_shows(case_of, new_folder):
    cases = [case_of(index) for index in range(len(KINDS))]
    cases += [made.judged(new_folder) for made in STILL_DIFFERENT]
    seen = {
        known.what
        for case in cases
        for only, place in differences(case)
        for known in KNOWN_DIFFERENCES
        if known.only == only and known.applies(case, place)
    }
    assert [known.what for known in KNOWN_DIFFERENCES if known.what not in seen] == []


# Mixed: cells that are valid and some that are not, under keys, in any layout.

NASTY = (
    *("", " ", " 1", "1.", "+5", "1e5", "NaN", "INF", "0x1", "1_000", "٣", "１２", "NA", "-"),
    *("9223372036854775807", "2025-2-3", "2025-02-30", "0000-01-01", "24:00:00", "P1Y2D", "P1W"),
    *("[1", "[1]", "{}", "null", "true", '"', '""', "a,b", "a;b", "a\tb", "'", "\\", "a\nb", "\r"),
    *("条約", "é", "#", "-00", "0", "01", "1.0", "2.5", "false", '"a"', "25", '{"b": [1]}', "[]"),
)


@dataclass(frozen=True)
class Column:
    """A kind of column: its field, texts that are valid in it, and constraints for it."""

    kind: dict[str, Any]
    valid: tuple[str, ...]
    constraints: tuple[dict[str, Any], ...] = ()


INTEGERS, NUMBERS_NEAR = ("0", "1", "2", "-3", "+5", "01"), ("0.5", "1", "-.5", "2e1", "INF", "NaN")
DATES, TIMES = ("2025-02-03", "2024-02-29", "0001-01-01"), ("12:00:00", "00:00:00", "23:59:59")
COLUMNS = (
    Column(
        {"type": "integer"},
        INTEGERS,
        (
            *({"minimum": 1}, {"maximum": "1"}, {"exclusiveMinimum": 0, "exclusiveMaximum": 5}),
            *({"enum": [0, 1]}, {"unique": True}, {"required": True, "maximum": 1}),
        ),
    ),
    Column({"type": "integer", "groupChar": "."}, ("1.000", "10", "-1.0"), ({"minimum": 10},)),
    Column({"type": "integer", "bareNumber": False}, ("1%", "€2", "EUR -3"), ({"minimum": 2},)),
    Column(
        {"type": "number"},
        NUMBERS_NEAR,
        (
            *({"minimum": 0.5}, {"maximum": "1"}, {"exclusiveMinimum": "-0.5"}, {"enum": [1, 0.5]}),
            *({"exclusiveMaximum": 1, "required": True}, {"unique": True}),
        ),
    ),
    Column({"type": "number", "decimalChar": ","}, ("1,5", "2", ",5"), ({"maximum": "1,5"},)),
    Column(
        {"type": "number", "groupChar": ".", "decimalChar": ","},
        ("1.000,5", "2"),
        ({"minimum": 3},),
    ),
    Column({"type": "boolean"}, ("true", "False", "1", "0"), ({"enum": [True]}, {"unique": True})),
    Column({"type": "boolean", "trueValues": ["Y"], "falseValues": ["N", "-"]}, ("Y", "N", "-")),
    Column({"type": "date"}, DATES, ({"minimum": "2025-01-01"}, {"enum": [DATES[0]]})),
    Column({"type": "date", "format": "%d/%m/%Y"}, ("03/02/2025", "3/2/2025"), ({"unique": True},)),
    Column({"type": "time"}, TIMES, ({"exclusiveMaximum": "23:59:59"}, {"unique": True})),
    Column({"type": "time", "format": "%H:%M"}, ("12:00", "1:5"), ({"minimum": "11:00"},)),
    Column(
        {"type": "datetime"},
        ("2025-02-03T12:00:00", "2025-02-03T12:00:00.5", "0001-01-01T00:00:00"),
        ({"minimum": "2025-02-03T12:00:00"}, {"unique": True}),
    ),
    Column({"type": "datetime", "format": "%Y-%m-%d %H:%M"}, ("2025-02-03 12:00",)),
    Column({"type": "year"}, ("2025", "0001"), ({"maximum": 2024}, {"unique": True})),
    Column({"type": "yearmonth"}, ("2025-02", "0001-12"), ({"minimum": "2025-01"},)),
    Column({"type": "duration"}, ("P1Y", "-P1DT2M", "PT0S"), ({"required": True},)),
    Column({"type": "array"}, ("[1, 2]", "[]", '["a"]'), ({"minLength": 1}, {"enum": [[1, 2]]})),
    Column({"type": "object"}, ('{"a": 1}', "{}"), ({"maxLength": 0}, {"minLength": 1})),
    Column({"type": "list", "itemType": "integer", "delimiter": ";"}, ("1;2", "3", "-1;+5")),
    Column({"type": "list"}, ("a,b", "a"), ({"required": True},)),
    Column({"type": "geopoint"}, ("139.7, 35.7", "-180,90"), ({"required": True},)),
    Column({"type": "geopoint", "format": "array"}, ("[1, 2.5]",)),
    Column({"type": "geojson"}, ('{"type": "Point", "coordinates": [1, 2]}',)),
    Column(
        {"type": "string"},
        ("a", "bb", "条約 1", "a,b", 'x"y', " z", "a\nb"),
        (
            *({"minLength": 2}, {"maxLength": 2}, {"pattern": "[a-z]+"}, {"enum": ["a", "é"]}),
            *({"unique": True}, {"required": True, "minLength": 1}),
        ),
    ),
    Column({"type": "string", "format": "email"}, ("a@b.de",), ({"pattern": ".*[.]de"},)),
    Column({"type": "string", "format": "uuid"}, ("123e4567-e89b-12d3-a456-426614174000",)),
    Column({"type": "any"}, ("a", "1"), ({"required": True}, {"enum": ["a"]})),
)
MISSING = ([""], ["", "NA"], ["-"], [], [{"value": "NA", "label": "unknown"}, {"value": ""}])
FOREIGN_KEYS = (
    {"fields": ["pa-rent"], "reference": {"resource": "", "fields": ["i-d"]}},
    {"fields": ["k-1", "k-2"], "reference": {"resource": "kinds", "fields": ["a-a", "b-b"]}},
    {"fields": ["k-1"], "reference": {"resource": "kinds", "fields": ["a-a"]}},
)
KEY_TEXTS = ("1", "2", "3", "01", "x", "")
DIALECTS = st.fixed_dictionaries(
    {},
    optional={
        "delimiter": st.sampled_from([",", ";", "\t", "|", "§"]),
        "quoteChar": st.sampled_from(['"', "'"]),
        "header": st.just(False),
        "lineTerminator": st.sampled_from(["\n", "\r\n", "\r"]),
        "skipInitialSpace": st.booleans(),
        "commentChar": st.just("#"),
        "escapeChar": st.just("\\"),
        "headerRows": st.just([1, 2]),
    },
)


@st.composite
def layouts(draw, most_files):
    form = draw(st.sampled_from(["csv"] * 5 + ["json", "ndjson", "inline"]))
    if form != "csv":
        rows, native = draw(st.sampled_from(["array", "object"])), draw(st.booleans())
        return Layout(form, rows, native)
    dialect = draw(DIALECTS)
    if "escapeChar" in dialect:
        dialect["doubleQuote"] = False
    if "headerRows" in dialect:
        dialect["headerJoin"] = "-"
        dialect.pop("header", None)
    comments = draw(st.integers(0, 2)) if "commentChar" in dialect else 0
    encoding = draw(st.sampled_from(["utf-8", "utf-8", "utf-16", "latin-1", "shift_jis"]))
    files = draw(st.integers(1, most_files))
    packed = files == 1 and draw(st.booleans())
    return Layout("csv", "array", False, dialect, comments, encoding, packed, files)


@st.composite
def fields_of(draw, names):
    """Fields of some names, and the texts that may stand in each."""
    fields, texts = [], []
    for name in names:
        column = draw(st.sampled_from(COLUMNS))
        made = {"name": name, **column.kind}
        if draw(st.booleans()) and column.constraints:
            made["constraints"] = draw(st.sampled_from(column.constraints))
        if draw(st.integers(0, 4)) == 0:
            made["missingValues"] = draw(st.sampled_from(MISSING))
        fields.append(made)
        texts.append(draw(st.sampled_from(["valid", "valid", "nasty"])))
    pools = [column_texts(made, kind) for made, kind in zip(fields, texts, strict=True)]
    return fields, pools


def column_texts(made, kind):
    """Texts for a field: valid ones, and those that may not be."""
    valid = next(
        column.valid for column in COLUMNS if column.kind.items() <= made.items()
        and len(column.kind) == len(set(made) - {"name", "constraints", "missingValues"})
    )  # fmt: skip
    return (*valid, "") if kind == "valid" else (*valid, *NASTY)


@st.composite
def odd_rows(draw, row):
    """A row that is shorter or longer than it should be, or has no values."""
    return draw(
        st.sampled_from([row[:-1], row[:2], [*row, "x"], [*row, "", "y"], [""] * len(row), []])
    )


@st.composite
def packages(draw):
    """Two tables: `things`, with keys to itself and to `kinds`, whose key has two fields."""
    key_type = draw(st.sampled_from(["integer", "string"]))
    names = [f"f-{number}" for number in range(draw(st.integers(1, 4)))]
    fields, pools = draw(fields_of(names))
    keys = [{"name": name, "type": key_type} for name in ("i-d", "pa-rent", "k-1", "k-2")]
    schema = {"fields": [*keys, *fields]}
    if draw(st.booleans()):
        schema["missingValues"] = draw(st.sampled_from(MISSING))
    if draw(st.booleans()):
        schema["primaryKey"] = draw(st.sampled_from([["i-d"], ["i-d", "k-1"]]))
    if draw(st.booleans()):
        schema["uniqueKeys"] = [["k-1", "k-2"]]
    foreign_keys = draw(st.lists(st.sampled_from(FOREIGN_KEYS), unique_by=str, max_size=3))
    if foreign_keys:
        schema["foreignKeys"] = foreign_keys
    key_text = st.sampled_from(KEY_TEXTS)
    things = [
        [*(draw(key_text) for _ in keys), *(draw(st.sampled_from(pool)) for pool in pools)]
        for _ in range(draw(st.integers(1, 6)))
    ]
    layout = draw(layouts(min(3, len(things))))
    if layout.rows == "array" and draw(st.booleans()):
        things[draw(st.integers(0, len(things) - 1))] = draw(odd_rows(things[0]))
    kinds = draw(st.lists(st.tuples(key_text, key_text).map(list), min_size=1, max_size=4))
    kinds_schema = {
        "fields": [{"name": "a-a", "type": key_type}, {"name": "b-b", "type": key_type}],
        **draw(st.sampled_from([{}, {"primaryKey": ["a-a", "b-b"]}])),
    }
    return Made(
        [
            Table("things", schema, things, layout),
            Table("kinds", kinds_schema, kinds, draw(layouts(min(2, len(kinds))))),
        ]
    )


@settings(max_examples=150, deadline=None, derandomize=True, report_multiple_bugs=False)
@given(packages())
def test_both_find_the_same_in_packages(new_folder, made):
    assert unexplained(made.judged(new_folder)) == []
