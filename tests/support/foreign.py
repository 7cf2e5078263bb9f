"""A package such as others make: wide, half empty, with long texts, and much that is no table."""

import json

LONG = "What the keeper wrote in the log of that day, and on the next. " * 20
VERY_LONG = "Each line of the log as it was copied by hand, with its errors. " * 200
PLAIN = [f"measure_{number}" for number in range(1, 31)]


def write_package(folder):
    """Writes the package into a folder; gives the folder."""
    fields = [
        {"name": "station", "type": "string"},
        {"name": "depth", "type": "number", "unit": "m", "title": "Depth of the water",
         "description": "Measured by a *line*, not by sound.", "decimalChar": ","},
        {"name": "seen", "type": "date", "format": "%d/%m/%Y"},
        {"name": "ice", "type": "string", "categories": ["none", "thin", "thick"],
         "categoriesOrdered": True},
        {"name": "log", "type": "string"},
        {"name": "copy", "type": "string"},
        {"name": "page", "type": "string", "format": "uri"},
        {"name": "never", "type": "string", "description": "Was never filled in."},
        *({"name": name, "type": "integer"} for name in PLAIN),
    ]  # fmt: skip
    dialect = {"delimiter": ";"}
    resources = [
        {"name": "stations", "path": "stations.csv", "dialect": dialect,
         "schema": {"fields": fields, "primaryKey": "station"}},
        {"name": "bare", "path": "bare.csv", "description": "Counts of a *winter*."},
        {"name": "twice", "path": "twice.csv"},
        {"name": "report", "path": "report.pdf", "title": "The report"},
        {"name": "far", "path": "https://a.example/far.csv", "schema": {"fields": []}},
        {"name": "inline", "data": [{"keeper": "Ana", "years": 3}, {"keeper": "Bo", "years": 12}]},
        {"name": "settings", "data": {"zone": "UTC"}},
    ]  # fmt: skip
    _write(folder / "stations.csv", [field["name"] for field in fields], [*_stations()], ";")
    _write(folder / "bare.csv", ["pond", "count", "note"],
           [["North", "12", "seen"], ["South", "3.5", ""]], ",")  # fmt: skip
    _write(folder / "twice.csv", ["a", "a"], [["1", "2"]], ",")
    (folder / "report.pdf").write_bytes(b"%PDF-1.7 and nothing else")
    descriptor = {"name": "foreign", "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    return folder


def _stations():
    depths, ices = ("1,5", "1,25", "10,75", "3"), ("thin", "thick", "none", "")
    days = ("03/02/2020", "28/01/2020", "01/12/2019", "15/03/2020")
    for number, key in enumerate(("Ab", "aB", "b/c", "d" * 60)):
        yield [
            key, depths[number], days[number], ices[number], LONG, VERY_LONG,
            f"https://a.example/stations/of/the/north/{number}", "",
            *(str(number * at) for at in range(len(PLAIN))),
        ]  # fmt: skip


def _write(file, header, rows, delimiter):
    lines = [delimiter.join(f'"{cell}"' if cell else "" for cell in row) for row in [header, *rows]]
    file.write_text("".join(f"{line}\n" for line in lines), "utf-8")
