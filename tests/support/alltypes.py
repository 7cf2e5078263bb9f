"""A package with every type of Table Schema, values at the ends of what formats hold among them."""

import csv
import json

from support.made import PROFILE

PLAIN = {
    "string": ["plain", "=1+1", "12-13", "0042", "", "NA", 'with "quotes", commas', "two\nlines",
               "_x0041_", "日本語 🗾", "a\tb", " spaces "],
    "integer": ["0", "-1", "9007199254740993", "9223372036854775807", "-9223372036854775808", "NA",
                "999999999999999", "1000000000000000", "007", "+5", "12", "13"],
    "number": ["0", "-0.5", "0.1", "0.30000000000000004", "1e300", "NA", "5e-324",
               "9007199254740992", "123456789.12345679", "1.7976931348623157e308", "-1e-7", "3"],
    "boolean": ["true", "false", "1", "0", "True", "NA", "FALSE", "true", "true", "true", "true",
                "false"],
    "date": ["1900-01-01", "1899-12-31", "0001-01-01", "9999-12-31", "1900-02-28", "NA",
             "1900-03-01", "2024-02-29", "1582-10-15", "2026-11-30", "1970-01-01", "1969-12-31"],
    "time": ["00:00:00", "23:59:59", "12:30:00", "01:02:03", "00:00:01", "NA", "10:00:00",
             "11:11:11", "13:13:13", "14:14:14", "15:15:15", "16:16:16"],
    "datetime": ["2024-01-01T00:00:00", "0001-01-01T00:00:00", "9999-12-31T23:59:59.999999",
                 "2024-01-26T15:00:00+09:00", "2024-01-26T15:00:00.5Z", "NA",
                 "12000-01-01T00:00:00", "-0044-03-15T12:00:00", "1899-12-31T23:00:00",
                 "2024-01-01T00:00:00.123456", "2024-01-01T00:00:00.001", "1970-01-01T00:00:00"],
    "year": ["2024", "0001", "9999", "-0044", "12000", "NA", "1900", "1901", "1902", "1903", "1904",
             "1905"],
    "yearmonth": ["2024-01", "0001-12", "9999-12", "-0044-03", "12000-01", "NA", "1900-01",
                  "1900-02", "1900-03", "1900-04", "1900-05", "1900-06"],
    "duration": ["P1Y", "P12M", "PT24H", "-P1DT0.5S", "P30D", "NA", "PT0S", "P1M", "P2M", "P3M",
                 "P4M", "P5M"],
    "object": ['{"b": 1, "a": [1, 2]}', "{}", '{"ä": null}', '{"n": 12345678901234567890}',
               '{"=1": "=2"}', "NA", "{}", "{}", "{}", "{}", "{}", "{}"],
    "array": ["[]", "[1, 2.50, null]", '["x"]', "[[1]]", "[true]", "NA", "[]", "[]", "[]", "[]",
              "[]", "[]"],
    "list": ["a,b", "a", "", "a,,b", "=1", "NA", "x", "x", "x", "x", "x", "x"],
    "geopoint": ["90.5,-45", "0,0", "-180, 90", "1e1,2", "139.7,35.7", "NA", "1,1", "2,2", "3,3",
                 "4,4", "5,5", "6,6"],
    "geojson": ['{"type": "Point", "coordinates": [1, 2]}'] * 5 + ["NA"]
               + ['{"type": "Point", "coordinates": [3, 4]}'] * 6,
    "any": ["1", "x", "2024-01-01", "=1", "true", "NA", "1.0", "{}", "[]", "a", "b", "c"],
}  # fmt: skip
"""Values whose types hold them, by type; NA is missing, and an empty cell is an empty text."""

BEYOND = {
    "integer": ["9223372036854775808", "-1", "NA"],
    "large": ["170141183460469231731687303715884105727", "0", "NA"],
    "huge": ["1" + 50 * "0", "0", "NA"],
    "number": ["0.1000000000000000055511151231257827", "12345678901234567.89", "NA"],
    "special": ["NaN", "INF", "-INF"],
    "infinite": ["INF", "-INF", "NA"],
    "year": ["2020Z", "-99999999999999999999", "NA"],
    "month": ["300000-01", "2024-01Z", "NA"],
    "moment": ["2024-01-01T00:00:00.123456789", "300000-01-01T00:00:00", "NA"],
}
"""Values that their types do not hold; the types of fields that are named otherwise are below."""
TYPES = {
    "large": "integer", "huge": "integer", "special": "number", "infinite": "number",
    "month": "yearmonth", "moment": "datetime",
}  # fmt: skip


def write_package(folder):
    """Writes the package into a folder; gives the folder."""
    plain = [{"name": name, "type": name, "title": f"The {name}"} for name in PLAIN]
    beyond = [{"name": name, "type": TYPES.get(name, name)} for name in BEYOND]
    resources = [
        _resource(folder, "plain", plain, PLAIN),
        _resource(folder, "beyond", beyond, BEYOND),
    ]
    descriptor = {
        "$schema": PROFILE,
        "name": "all-types",
        "title": "All types",
        "version": "1.2.0",
        "created": "2026-01-02T03:04:05Z",
        "licenses": [{"name": "CC0-1.0", "title": "Public domain"}],
        "contributors": [{"title": "A. Writer", "roles": ["creator"]}],
        "resources": resources,
    }
    text = json.dumps(descriptor, ensure_ascii=False, indent=2)
    (folder / "datapackage.json").write_text(text, "utf-8")
    return folder


def _resource(folder, name, fields, columns):
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))
    schema = {"fields": fields, "missingValues": ["NA"]}
    return {"name": name, "path": f"{name}.csv", "description": f"Table {name}.", "schema": schema}
