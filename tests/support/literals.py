"""What the text of the standard says of the literals of each type, in both versions.

Each line has what the text, or one that it refers to, says must be or must not be valid; the
expected verdicts are written from it and not from what the code does. Lines marked `SHOULD` are
those where the text says so, or gives an example.

Source: Table Schema of Data Package 2.0 (https://datapackage.org/standard/table-schema/) and 1.0
(https://specs.frictionlessdata.io/table-schema/), "Field Types" and "Types and Formats".
"""

from dataclasses import dataclass, field
from typing import Any

MUST, SHOULD = "must", "should"
BOTH = (1, 2)


@dataclass(frozen=True)
class Literals:
    """Texts of a field.

    Attributes:
        field: its descriptor, without a name.
        valid: texts that are values.
        invalid: texts that are none.
        section: where the text says so.
        versions: in which versions.
        force: how firmly.
    """

    field: dict[str, Any]
    valid: tuple[str, ...]
    invalid: tuple[str, ...]
    section: str
    versions: tuple[int, ...] = BOTH
    force: str = MUST

    @property
    def texts(self) -> tuple[str, ...]:
        return (*self.valid, *self.invalid)


def of(kind, valid, invalid, section, versions=BOTH, force=MUST, **properties):
    return Literals(
        {"type": kind, **properties}, tuple(valid), tuple(invalid), section, versions, force
    )


UUID = "123e4567-e89b-42d3-a456-426614174000"
POINT = '{"type": "Point", "coordinates": [90.5, 45.5]}'
SHAPE = '{"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}'
OPEN_SHAPE = '{"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1]]]}'
FEATURE = f'{{"type": "Feature", "geometry": {POINT}, "properties": {{"a": 1}}}}'
TOPOLOGY = '{"type": "Topology", "objects": {}, "arcs": []}'

LITERALS = (
    of(
        "string",
        ["a", " a ", "NaN", "5", "池", "a\nb", '"'],
        [],
        "string, default: any valid string",
    ),
    of(
        "string",
        ["pond@example.org", "a.b+c@ponds.example.org", "x@[192.0.2.1]", '"a b"@example.org'],
        ["pond", "pond@", "@example.org", "a b@example.org", "a@b@example.org", "a..b@example.org"],
        "string, email: a valid email address (RFC 5321)",
        format="email",
    ),
    of(
        "string",
        [
            "https://example.org/a?b=c#d",
            "mailto:a@example.org",
            "urn:isbn:0451450523",
            "ftp://a/b",
            "http://[2001:db8::7]/",
            "file:///a",
            "a+b.c-1:x",
            "https://example.org/%7Ea",
        ],
        [
            "example.org",
            "//example.org/a",
            "/a",
            "https://example.org/a b",
            "https://example.org/%zz",
            "1a:b",
            "https://example.org/<a>",
            "a:b#c#d",
            ":a",
        ],
        "string, uri: a valid URI (RFC 3986)",
        format="uri",
    ),
    of(
        "string",
        ["cG9uZA==", "YWJj", "+/+/"],
        ["cG9uZA", "cG9uZA=", "a", "a b=", "a-b_", "蓮=="],
        "string, binary: base64 (RFC 4648, 4)",
        format="binary",
    ),
    of(
        "string",
        [UUID, UUID.upper(), "00000000-0000-0000-0000-000000000000"],
        [
            UUID[:-1],
            UUID + "0",
            UUID.replace("-", ""),
            f"{{{UUID}}}",
            UUID.replace("1", "g"),
            "urn:uuid:" + UUID,
        ],
        "string, uuid: a uuid (RFC 4122, 3)",
        format="uuid",
    ),
    of(
        "number",
        [
            "-1.23",
            "12678967.543233",
            "+100000.00",
            "210",
            "0",
            "-0",
            "007.50",
            ".5",
            "5.",
            "1E5",
            "1.5E+3",
            "-1E-3",
            "NaN",
            "nan",
            "INF",
            "inf",
            "-INF",
            "-inf",
            "9" * 40,
            "0." + "1" * 40,
        ],
        [
            "1,000",
            "1 000",
            "1_000",
            "abc",
            "--1",
            "+-1",
            "1.2.3",
            "1E",
            "1E1.5",
            "E5",
            "0x1F",
            ".",
            "+",
            "1/2",
            "١",
            "１",
            "Infinity",
            "-Infinity",
            "+INF",
            "+NaN",
            "-NaN",
            "95%",
            "€95",
            "1d",
            "true",
        ],
        "number: decimal of XML Schema, NaN, INF, -INF and an exponent",
    ),
    of(
        "number",
        ["1,5", "-1,5E3", "5", ",5"],
        ["1.5", "1,5,5", "1.000,5"],
        "number, decimalChar",
        decimalChar=",",
    ),
    of(
        "number",
        ["1,000.5", "1000", "1,234,567"],
        ["1 000", "1.000.5"],
        "number, groupChar",
        groupChar=",",
    ),
    of(
        "number",
        ["1.000,5", "1000,5", "1.234.567"],
        ["1,000,5", "1 000,5"],
        "number, decimalChar and groupChar",
        decimalChar=",",
        groupChar=".",
    ),
    of("number", ["1 000", "1 234.5"], ["1,000"], "number, groupChar", groupChar=" "),
    of("number", ["1::5", "5"], ["1:5", "1.5"], "number, decimalChar: a string", decimalChar="::"),
    of(
        "number",
        ["95%", "€95", "EUR 95", "95", "-5 kg", "1.5E3 m", "$1.50 each"],
        ["%", "EUR", "1 2"],
        "number, bareNumber: leading and trailing characters that are not numeric",
        bareNumber=False,
    ),
    of(
        "number",
        ["€1.000,50", "1.000,50 €"],
        ["€"],
        "number, bareNumber with marks",
        bareNumber=False,
        decimalChar=",",
        groupChar=".",
    ),
    of(
        "integer",
        ["0", "-0", "+5", "007", "-12", "9" * 40],
        [
            "1.0",
            "1.",
            "1e3",
            "1E3",
            "abc",
            "NaN",
            "INF",
            "1,000",
            "0x1",
            "１２",
            "- 5",
            "true",
            "1 000",
        ],
        "integer: whole numbers, in the standard way",
    ),
    of(
        "integer",
        ["100,000", "100000"],
        ["100.000", "1,5.0"],
        "integer, groupChar",
        (2,),
        groupChar=",",
    ),
    of(
        "integer",
        ["95%", "€95", "EUR 95", "-5 kg"],
        ["1.5%", "%", "5 or 6"],
        "integer, bareNumber",
        bareNumber=False,
    ),
    of(
        "boolean",
        ["true", "True", "TRUE", "1", "false", "False", "FALSE", "0"],
        ["yes", "no", "tRUE", "t", "on", "1.0", "01", " "],
        "boolean: the default values",
    ),
    of(
        "boolean",
        ["yes", "no"],
        ["true", "false", "1", "0", "Yes"],
        "boolean, trueValues and falseValues",
        trueValues=["yes"],
        falseValues=["no"],
    ),
    of(
        "boolean",
        ["yes", "false", "0"],
        ["true", "no"],
        "boolean, trueValues: the others keep their default",
        trueValues=["yes"],
    ),
    of(
        "object",
        ['{"a": 1}', "{}", ' {"a": {"b": [null]}} '],
        ["[1]", '"a"', "5", "null", "{a: 1}", "{'a': 1}", '{"a": NaN}', '{"a": 1,}', "a"],
        "object: a valid JSON object",
        (2,),
    ),
    of(
        "array",
        ["[1, 2]", "[]", '["a", {"b": null}]'],
        ["{}", "5", "null", "[1,]", "[1", "1, 2", "['a']", "[NaN]"],
        "array: a valid JSON array",
    ),
    of("list", ["value1,value2", "a", "a,,b", "1"], [], "list: strings by default", (2,)),
    of(
        "list",
        ["1,2,3", "-5", "+1,02"],
        ["1,x", "1,,2", "1.0", "1;2", "1,"],
        "list, itemType integer",
        (2,),
        itemType="integer",
    ),
    of("list", ["1.5,2", "NaN,INF"], ["1,x"], "list, itemType number", (2,), itemType="number"),
    of(
        "list",
        ["true,False,1"],
        ["yes,no", "true,"],
        "list, itemType boolean",
        (2,),
        itemType="boolean",
    ),
    of(
        "list",
        ["2024-01-26,2024-01-27"],
        ["26/01/2024", "2024-02-30"],
        "list, itemType date: in default form",
        (2,),
        itemType="date",
    ),
    of("list", ["15:00:00,16:00:00"], ["15:00"], "list, itemType time", (2,), itemType="time"),
    of(
        "list",
        ["2024-01-26T15:00:00,2024-01-26T15:00:00Z"],
        ["2024-01-26"],
        "list, itemType datetime",
        (2,),
        itemType="datetime",
    ),
    of("list", ["1;2", "1"], ["1,2"], "list, delimiter", (2,), itemType="integer", delimiter=";"),
    of(
        "list",
        ["1 and 2"],
        ["1,2", "1 and"],
        "list, delimiter: a character sequence",
        (2,),
        itemType="integer",
        delimiter=" and ",
    ),
    of(
        "datetime",
        [
            "2024-01-26T15:00:00",
            "2024-01-26T15:00:00.300-05:00",
            "2024-01-26T15:00:00Z",
            "2024-01-26T24:00:00",
            "-0044-03-15T00:00:00Z",
            "12024-01-01T00:00:00",
            "2024-02-29T23:59:59.123456789+14:00",
        ],
        [
            "2024-01-26 15:00:00",
            "2024-01-26",
            "15:00:00",
            "2024-01-26T15:00",
            "2024-01-26t15:00:00",
            "2024-01-26T15:00:00z",
            "2023-02-29T00:00:00",
            "2024-01-26T25:00:00",
            "2024-01-26T15:00:60",
            "20240126T150000",
            "2024-01-26T15:00:00+14:30",
            "0000-01-01T00:00:00",
            "2024-01-26T15:00:00.",
            "2024-01-26T15:00:00+0900",
            "24-01-26T15:00:00",
            "2024-1-26T15:00:00",
            "02024-01-26T15:00:00",
        ],
        "datetime, default: dateTime of XML Schema",
        (2,),
    ),
    of(
        "datetime",
        ["2024-01-26T15:00:00Z"],
        ["2024-01-26", "26/01/2024", "2024-13-26T15:00:00Z", "noon"],
        "datetime, default: YYYY-MM-DDThh:mm:ssZ",
        (1,),
    ),
    of(
        "datetime",
        ["12/11/2018 09:15:32", "1/1/2018 9:5:2"],
        ["2018-11-12T09:15:32", "31/02/2018 09:15:32", "12/11/2018"],
        "datetime, PATTERN of strptime",
        force=SHOULD,
        format="%d/%m/%Y %H:%M:%S",
    ),
    of(
        "date",
        ["2024-01-26", "2024-02-29", "0001-01-01", "9999-12-31"],
        [
            "2023-02-29",
            "2024-13-01",
            "2024-1-26",
            "26/01/2024",
            "20240126",
            "2024-01",
            "2024-01-26Z",
            "2024-01-26T00:00:00",
            "24-01-26",
            "-2024-01-26",
            "12024-01-26",
            "0000-01-01",
            "2024-01-26 ",
        ],
        "date, default: MUST be yyyy-mm-dd",
    ),
    of(
        "date",
        ["30/11/14", "01/01/70"],
        ["2014-11-30", "31/11/14", "30/11/2014", "30-11-14"],
        "date, PATTERN of strptime",
        force=SHOULD,
        format="%d/%m/%y",
    ),
    of(
        "date",
        ["30.11.2014"],
        ["2014-11-30", "fmt:30.11.2014"],
        "format, fmt: an implementation MUST remove the prefix",
        format="fmt:%d.%m.%Y",
    ),
    of(
        "date",
        ["26 January 2024", "2024/01/26", "Jan 26, 2024"],
        ["some day", "5", "10:30", "2024-13-45"],
        "date, any: any parsable representation",
        force=SHOULD,
        format="any",
    ),
    of(
        "time",
        ["15:00:00", "00:00:00", "23:59:59"],
        [
            "15:00",
            "24:00:00",
            "15:00:60",
            "15:60:00",
            "3:00:00",
            "15:00:00Z",
            "15:00:00.5",
            "15:00:00+09:00",
            "150000",
            "3 pm",
            "T15:00:00",
            "15.00.00",
        ],
        "time, default: MUST be hh:mm:ss",
        (2,),
    ),
    of(
        "time",
        ["15:00:00", "15:00:00.5", "15:00:00Z", "15:00:00+09:00", "15:00", "150000"],
        ["3 pm", "25:00:00", "15:60", "3:00", "noon"],
        "time, default: an ISO 8601 time string",
        (1,),
    ),
    of(
        "time",
        ["15.30", "9.05"],
        ["15:30", "24.00", "15.60"],
        "time, PATTERN of strptime",
        force=SHOULD,
        format="%H.%M",
    ),
    of(
        "time",
        ["3:30 pm", "15:30:05"],
        ["noonish", "2024-01-26", "5"],
        "time, any: any parsable representation",
        force=SHOULD,
        format="any",
    ),
    of(
        "datetime",
        ["26 Jan 2024 15:30", "2024-01-26T15:30:05Z"],
        ["26 Jan 2024", "15:30", "5", "soon"],
        "datetime, any: any parsable representation",
        force=SHOULD,
        format="any",
    ),
    of(
        "year",
        ["2024", "0001", "-0044", "12024", "2024Z", "2024+09:00", "2024-14:00", "-12024"],
        [
            "24",
            "02024",
            "0000",
            "2024.0",
            "2024+15:00",
            "+2024",
            "2024-01",
            "20 24",
            "2024z",
            "MMXXIV",
        ],
        "year: gYear of XML Schema",
    ),
    of(
        "yearmonth",
        ["2024-01", "2024-12Z", "-0044-03", "12024-01+09:00"],
        [
            "2024-13",
            "2024-00",
            "2024-1",
            "2024",
            "24-01",
            "0000-01",
            "2024-01-01",
            "2024/01",
            "+2024-01",
            "202401",
        ],
        "yearmonth: gYearMonth of XML Schema",
    ),
    of(
        "duration",
        [
            "P1Y2M3DT10H30M",
            "PT1S",
            "P1D",
            "-P120D",
            "PT36H",
            "P0Y",
            "PT0.5S",
            "PT1.1234567891234S",
            "P1Y2MT2H",
            "P1347Y",
            "P0Y1347M0D",
            "PT1004199059S",
        ],
        [
            "P",
            "PT",
            "P1Y2MT",
            "P-1347M",
            "P1W",
            "1D",
            "PT.5S",
            "PT5.S",
            "P1.5Y",
            "p1d",
            "+P1D",
            "P1YT",
            "PT1M1H",
            "P1S",
            "PT1D",
            "P 1D",
            "1 day",
            "--P1D",
        ],
        "duration: duration of XML Schema",
    ),
    of(
        "geopoint",
        ["90.50, 45.50", "90,45", "-180,-90", "180, 90", "0,0"],
        [
            "90",
            "90;45",
            "181,0",
            "0,91",
            "-181,0",
            "a,b",
            "90 45",
            "90,45,1",
            "NaN,0",
            "INF,0",
            "[90, 45]",
            ",",
        ],
        "geopoint, default: lon, lat",
    ),
    of(
        "geopoint",
        ["[90.50, 45.50]", "[90,45]"],
        [
            '["90", "45"]',
            "[90]",
            "[90, 45, 1]",
            "90,45",
            "[181, 0]",
            "[null, 0]",
            "[true, 0]",
            '{"lon": 90, "lat": 45}',
        ],
        "geopoint, array: exactly two items, each a number",
        format="array",
    ),
    of(
        "geopoint",
        ['{"lon": 90.50, "lat": 45.50}', '{"lat": 45, "lon": 90}'],
        [
            '{"lon": 90}',
            '{"lon": 90, "lat": 45, "alt": 1}',
            '{"lon": "90", "lat": "45"}',
            "[90, 45]",
            "90,45",
            '{"lon": 0, "lat": 91}',
            "{}",
        ],
        "geopoint, object: exactly two keys, each value a number",
        format="object",
    ),
    of(
        "geojson",
        [
            POINT,
            SHAPE,
            FEATURE,
            f'{{"type": "FeatureCollection", "features": [{FEATURE}]}}',
            '{"type": "Feature", "geometry": null, "properties": null}',
            f'{{"type": "GeometryCollection", "geometries": [{POINT}]}}',
        ],
        [
            "{}",
            "[90, 45]",
            '{"type": "Pond"}',
            '{"type": "Point"}',
            '{"type": "Point", "coordinates": ["a", 1]}',
            OPEN_SHAPE,
            TOPOLOGY,
            "90,45",
            '{"type": "Feature"}',
        ],
        "geojson, default: GeoJSON (RFC 7946)",
    ),
    of(
        "geojson",
        [TOPOLOGY],
        ["{}", FEATURE, '{"type": "Topology"}', "[]"],
        "geojson, topojson: TopoJSON",
        format="topojson",
    ),
    of(
        "any",
        ["a", "5", "[1", "NaN", "2024-02-30"],
        [],
        "any: values of an unspecified or mixed type",
    ),
)
"""Texts, in a cell of CSV and as a string of JSON."""

NATIVE = (
    ({"type": "string"}, ['"a"'], ["5", "1.5", "true", "[1]", '{"a": 1}']),
    (
        {"type": "integer"},
        ["1", "-5", "1.0", "1e3", "9007199254740993.0", "1e30", "1e400", "9" * 40],
        ["1.5", "1e-3", "true", "[1]", '"1.0"'],
    ),
    (
        {"type": "number"},
        ["1", "1.5", "-1e-3", "1e400", "9" * 40],
        ["true", "[1]", '{"a": 1}', '"a"'],
    ),
    ({"type": "number", "decimalChar": ","}, ["1.5", '"1,5"'], ['"1.5"']),
    ({"type": "boolean"}, ["true", "false"], ["5", "[true]", '"yes"']),
    ({"type": "boolean", "trueValues": ["yes"]}, ["true", "false", '"yes"'], ['"true"']),
    ({"type": "object"}, ['{"a": 1}', "{}"], ["[1]", "5", "true"]),
    ({"type": "array"}, ["[1, 2]", "[]"], ['{"a": 1}', "5", "true"]),
    ({"type": "date"}, ['"2024-01-26"'], ["20240126", "2024", "[2024]"]),
    ({"type": "time"}, ['"15:00:00"'], ["15", "15.5"]),
    ({"type": "datetime"}, ['"2024-01-26T15:00:00Z"'], ["1706281200", "1.5"]),
    ({"type": "year"}, ["2024", '"2024"'], ["2024.5", "true"]),
    ({"type": "yearmonth"}, ['"2024-01"'], ["202401"]),
    ({"type": "duration"}, ['"P1D"'], ["1", "1.5"]),
    ({"type": "geopoint"}, ['"90, 45"'], ["[90, 45]", '{"lon": 90, "lat": 45}', "90"]),
    (
        {"type": "geopoint", "format": "array"},
        ["[90.5, 45.5]"],
        ["[90]", '["90", "45"]', "[181, 0]", '{"lon": 90, "lat": 45}'],
    ),
    (
        {"type": "geopoint", "format": "object"},
        ['{"lon": 90.5, "lat": 45.5}'],
        ["[90, 45]", '{"lon": 90}', '{"lon": 90, "lat": 45, "alt": 1}'],
    ),
    ({"type": "geojson"}, [POINT, SHAPE, FEATURE], ["[90, 45]", "{}", OPEN_SHAPE, "5"]),
    ({"type": "geojson", "format": "topojson"}, [TOPOLOGY], [FEATURE, "{}"]),
    ({"type": "any"}, ['"a"', "5", "1.5", "true", "[1]", '{"a": 1}'], []),
    ({}, ['"a"'], []),
)
"""Native values of JSON, as they are written in it.

Source: Data Package 2.0, Glossary, "Data Representation": a native value has a type already.
"""


@dataclass(frozen=True)
class Rows:
    """Rows of a table of the fields `a` and `b`.

    Attributes:
        a: the field `a`.
        rows: the cells, as CSV has them.
        codes: what is found, by row: the code of the only finding.
        section: where the text says so.
        schema: properties of the schema.
        b: the field `b`.
    """

    a: dict[str, Any]
    rows: tuple[tuple[str, str], ...]
    codes: dict[int, str]
    section: str
    schema: dict[str, Any] = field(default_factory=dict[str, Any])
    b: dict[str, Any] = field(default_factory=dict[str, Any])
    versions: tuple[int, ...] = BOTH


def of_a(a, cells, wrong, section, code="constraint-error", versions=BOTH, **schema):
    """Cells of a field `a`; those wrong have a code."""
    rows = tuple((cell, "x") for cell in (*cells, *wrong))
    codes = dict.fromkeys(range(2 + len(cells), 2 + len(rows)), code)
    return Rows(a, rows, codes, section, schema, {}, versions)


def bounded(kind, name, limit, cells, wrong, **properties):
    one = {"type": kind, "constraints": {name: limit}, **properties}
    versions = (2,) if kind == "duration" or name.startswith("exclusive") else BOTH
    return of_a(one, cells, wrong, f"{name} of {kind}", versions=versions)


LABELLED = [{"value": "", "label": "OMITTED"}, {"value": "-99", "label": "REFUSED"}]
KEY = {"type": "string"}
REQUIRED = {"required": True}
TABLES = (
    of_a(
        {"type": "integer", "constraints": REQUIRED},
        ["1", "0"],
        ["", "-99"],
        "missingValues: objects of value and label",
        versions=(2,),
        missingValues=LABELLED,
    ),
    of_a(
        {"type": "integer"},
        ["1", "", "-99", "-"],
        ["NA"],
        "missingValues: before any other conversion",
        code="type-error",
        missingValues=["", "-99", "-"],
    ),
    of_a(
        {"type": "number", "constraints": REQUIRED},
        ["1"],
        ["NaN", "-"],
        "missingValues: NaN as one",
        missingValues=["NaN", "-"],
    ),
    of_a(
        {"type": "integer"},
        ["1"],
        [""],
        "missingValues: [] converts nothing",
        code="type-error",
        missingValues=[],
    ),
    of_a(
        {"type": "string", "constraints": REQUIRED},
        ["1", ""],
        [],
        "missingValues: [] converts nothing",
        missingValues=[],
    ),
    of_a(
        {"type": "string", "missingValues": ["-"], "constraints": REQUIRED},
        ["", "NA"],
        ["-"],
        "missingValues of a field: replace those of the schema",
        versions=(2,),
        missingValues=["", "NA"],
    ),
    of_a(
        {"type": "string", "categories": ["apple", "orange"]},
        ["apple", "", "orange"],
        ["Apple", "pear", "apple "],
        "categories: an array of values",
        versions=(2,),
    ),
    of_a(
        {
            "type": "integer",
            "categories": [{"value": 0, "label": "apple"}, {"value": 1, "label": "pear"}],
        },
        ["0", "1", "+1", "01", ""],
        ["2", "-1"],
        "categories: the logical representation",
        versions=(2,),
    ),
    of_a(
        {
            "type": "integer",
            "categories": [{"value": 1, "label": "low"}, {"value": 2}],
            "categoriesOrdered": True,
        },
        ["1", "2"],
        ["3"],
        "categoriesOrdered",
        versions=(2,),
    ),
    of_a(
        {"type": "string", "categories": ["a", "b", "c"], "constraints": {"enum": ["a", "b"]}},
        ["a", "b"],
        ["c"],
        "categories: enum is a subset",
        versions=(2,),
    ),
    of_a({"type": "string", "constraints": REQUIRED}, ["a"], [""], "required: null is not allowed"),
    of_a(
        {"type": "string", "constraints": {"unique": True}},
        ["a", "", "", "b"],
        ["a"],
        "unique",
        code="unique-error",
    ),
    of_a(
        {"type": "number", "constraints": {"unique": True}},
        ["1", "2"],
        ["1.0", "2E0"],
        "constraints MUST be tested against the logical representation",
        code="unique-error",
    ),
    of_a(
        {"type": "string", "constraints": {"minLength": 2, "maxLength": 3}},
        ["ab", "蓮の池", ""],
        ["a", "abcd"],
        "minLength and maxLength of strings",
    ),
    of_a(
        {"type": "array", "constraints": {"minLength": 1, "maxLength": 2}},
        ["[1]", "[[], []]"],
        ["[]", "[1, 2, 3]"],
        "minLength and maxLength of arrays",
    ),
    of_a(
        {"type": "object", "constraints": {"minLength": 1}},
        ['{"a": 1}'],
        ["{}"],
        "minLength of objects",
    ),
    bounded("integer", "minimum", 5, ["5", "6"], ["4", "-6"]),
    bounded("integer", "maximum", "5", ["5"], ["6"]),
    bounded("number", "minimum", 0.5, ["0.50", "INF"], ["0.49", "NaN", "-INF"]),
    bounded("number", "maximum", "0,5", ["0,5"], ["0,51"], decimalChar=","),
    bounded("number", "exclusiveMinimum", 0, ["0.1"], ["0", "-0"]),
    bounded("integer", "exclusiveMaximum", 5, ["4"], ["5"]),
    bounded("date", "minimum", "2024-01-26", ["2024-01-26"], ["2024-01-25"]),
    bounded("date", "maximum", "26/01/2024", ["26/01/2024"], ["27/01/2024"], format="%d/%m/%Y"),
    bounded("time", "minimum", "10:00:00", ["10:00:00"], ["09:59:59"]),
    bounded(
        "datetime",
        "maximum",
        "2024-01-26T15:00:00Z",
        ["2024-01-26T15:00:00Z"],
        ["2024-01-26T15:00:01Z"],
    ),
    bounded("year", "minimum", "2024", ["2024", "12024"], ["2023", "-2024"]),
    bounded("year", "maximum", 2024, ["2024"], ["2025"]),
    bounded("yearmonth", "minimum", "2024-02", ["2024-02"], ["2024-01"]),
    bounded("duration", "minimum", "P1M", ["P1M", "P32D"], ["P27D", "P30D"]),
    bounded("duration", "exclusiveMaximum", "P1D", ["PT23H"], ["PT24H", "P2D"]),
    of_a(
        {"type": "string", "constraints": {"pattern": "^a.*$"}},
        ["apple", "a"],
        ["orange"],
        "pattern: the example",
    ),
    of_a(
        {"type": "string", "constraints": {"pattern": "[a-z]{2}"}},
        ["ab"],
        ["abc", "a", "AB"],
        "pattern: XML Schema's match the whole value",
    ),
    of_a({"type": "string", "constraints": {"enum": ["a"]}}, ["a", ""], ["A", "b"], "enum"),
    of_a(
        {"type": "number", "constraints": {"enum": [1, "2.50"]}},
        ["1.0", "2.5"],
        ["3"],
        "enum: values of the type, or texts that are castable",
    ),
    of_a(
        {"type": "boolean", "trueValues": ["yes"], "constraints": {"enum": [True]}},
        ["yes"],
        ["false"],
        "enum: the logical representation",
    ),
    of_a(
        {"type": "object", "constraints": {"enum": [{"a": 1, "b": 2}]}},
        ['{"b": 2, "a": 1.0}'],
        ['{"a": 1}'],
        "enum: the logical representation of objects",
    ),
    of_a(
        {
            "type": "object",
            "constraints": {"jsonSchema": {"properties": {"value": {"type": "integer"}}}},
        },
        ['{"value": 100}', '{"value": 1.0}'],
        ['{"value": "bad"}', '{"value": 1.5}'],
        "jsonSchema: the example",
        versions=(2,),
    ),
    of_a(
        {"type": "array", "constraints": {"jsonSchema": {"items": {"type": "string"}}}},
        ['["a"]', "[]"],
        ["[1]"],
        "jsonSchema of arrays",
        versions=(2,),
    ),
    Rows(
        KEY,
        (("1", "a"), ("1", "b"), ("2", "a"), ("1", "a")),
        {5: "primary-key"},
        "primaryKey: of several fields",
        {"primaryKey": ["a", "b"]},
    ),
    Rows(
        KEY,
        (("1", "a"), ("", "b")),
        {3: "constraint-error"},
        "primaryKey: fields cannot be null",
        {"primaryKey": ["a"]},
    ),
    Rows(
        KEY,
        (("1", "a"), ("1", "b")),
        {3: "primary-key"},
        "primaryKey: a single string",
        {"primaryKey": "a"},
    ),
    Rows(
        KEY,
        (("1", "a"), ("1", "b"), ("1", ""), ("1", ""), ("1", "a")),
        {6: "unique-key"},
        "uniqueKeys: null values MUST be excluded",
        {"uniqueKeys": [["a", "b"]]},
        versions=(2,),
    ),
    Rows(
        {"type": "number"},
        (("1", "a"), ("1.0", "b")),
        {3: "unique-key"},
        "uniqueKeys: logical values",
        {"uniqueKeys": [["a"]]},
        versions=(2,),
    ),
    Rows(
        KEY,
        (("1", ""), ("2", "1"), ("3", "9")),
        {4: "foreign-key"},
        "foreignKeys: to the table itself",
        {"foreignKeys": [{"fields": ["b"], "reference": {"resource": "", "fields": ["a"]}}]},
    ),
)
