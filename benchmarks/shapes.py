"""Writes tables of other people's shape, to hold a trick against more than the benchmark's own.

The same arguments give the same bytes. Three packages: `measurements` of weather stations,
the export of a `registry` of companies, and a log of `events`.
"""

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
from generate import PROFILE, as_json, write
from rows import drawn, numbered, one_of, sometimes

ROWS, SEED = 300_000, 1
VARIANTS = ("clean", "faults")
PERCENT_AT_FAULT, REPEATED = 1.0, 997
PRIME, STEP = 999_999_937, 611_953_123  # multiples of one modulo the other repeat late, unsorted

QUALITIES = ("good", "suspect", "estimated", "missing")
INSTRUMENTS = tuple(f"model {letter}" for letter in "ABCDEFGHIJKL")
NOTES = (
    "sensor cleaned",
    'display said "ERR 4", restarted',
    "birds on the mast; wind too low",
    'replaced by "B" unit, see log',
    "snow on the gauge",
)
FORMS = ("GmbH", "AG", "KG", "e.V.", "SE")
REGIONS = tuple(f"DE-{number:02}" for number in range(16))
NAMES = ("Nordlicht", "Müller & Söhne", "Hafen, Handel", "Alte Mühle", 'Gasthof "Zur Post"')
STREETS = ("Hauptstraße", "Am Markt", "Bahnhofstraße", "Gartenweg", "Lindenallee")
CITIES = ("Kiel", "Münster", "Görlitz", "Ulm", "Bad Homburg, Höhe", "Emden")
SENTENCES = (
    "Trades in goods of all kinds.",
    "Plans, builds and lets houses.",
    "Advises makers of machines, and trains their staff.",
    "Runs inns and a brewery.",
)
INDUSTRIES = 800
EVENTS = ("login", "logout", "view", "search", "click", "order", "pay", "cancel", "error", "ping")
AGENTS = (
    "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)",
    "curl/8.5.0",
)
SOURCES = ("mail", "search", "link")
FIRST_MOMENT, FIRST_DAY = datetime(2024, 1, 1), date(1990, 1, 1)


@dataclass(frozen=True)
class Shape:
    """A table.

    Attributes:
        name: of the package and its table.
        columns: the cells, by the column `index`.
        schema: the Table Schema that they meet.
        wrong: a column, and a text in it that is wrong.
        dialect: how it is delimited.
        others: further tables, with their schemas.
    """

    name: str
    columns: Callable[[], dict[str, pl.Expr]]
    schema: Mapping[str, Any]
    wrong: tuple[str, str]
    dialect: Mapping[str, str] = field(default_factory=dict[str, str])
    others: Mapping[str, tuple[pl.DataFrame, Mapping[str, Any]]] = field(
        default_factory=dict[str, tuple[pl.DataFrame, Mapping[str, Any]]]
    )


def number(stream: str, below: int) -> pl.Expr:
    """Pseudorandom integers from 0 to `below`."""
    return drawn(SEED, stream, below).cast(pl.Int64)


def some(stream: str, values: tuple[str, ...]) -> pl.Expr:
    """One of some texts, drawn."""
    return one_of(SEED, stream, values)


def maybe(stream: str, percent: float, text: pl.Expr) -> pl.Expr:
    """A text in so many percent of the rows."""
    return sometimes(SEED, stream, percent, text)


def unsorted() -> pl.Expr:
    """Numbers of which none stands twice, in no order."""
    return (pl.col("index").cast(pl.Int64) * STEP + 17) % PRIME


def decimal(stream: str, below: int, digits: int, start: float = 0) -> pl.Expr:
    """Decimal numbers from `start` on, as text with so many digits after the point."""
    return (number(stream, below) / 10**digits + start).round(digits).cast(pl.String)


def hexadecimal(stream: str, digits: int) -> pl.Expr:
    """So many hexadecimal digits."""
    each = (some(f"{stream} {place}", (*"0123456789abcdef",)) for place in range(digits))
    return pl.concat_str(*each)


def measurements() -> dict[str, pl.Expr]:
    """Readings of 500 stations, ten minutes apart, each with the zone of its station."""
    index = pl.col("index").cast(pl.Int64)
    moment = pl.lit(FIRST_MOMENT) + pl.duration(minutes=index // 500 * 10)
    station = index % 500
    zone = pl.when(station < 200).then(pl.lit("Z")).otherwise(pl.lit("+01:00"))
    return {
        "reading": unsorted(),
        "station": numbered("ST", station, 3) + "-" + some("direction", (*"NSEW",)),
        "latitude": decimal("latitude", 1_500_000, 5, 45),
        "longitude": decimal("longitude", 1_500_000, 5, -5),
        "measured_at": moment.dt.strftime("%Y-%m-%dT%H:%M:%S") + zone,
        "temperature": maybe("temperature", 97, decimal("degrees", 700, 1, -20)),
        "humidity": maybe("humidity", 95, number("percent", 101)),
        "pressure_pa": pl.lit("101 ") + number("pressure", 1000).cast(pl.String).str.zfill(3),
        "precipitation_mm": decimal("millimetres", 900, 1).str.replace(".", ",", literal=True),
        "quality": some("quality", QUALITIES),
        "instrument": some("instrument", INSTRUMENTS),
        "checked": some("checked", ("true", "false")),
        "notes": maybe("notes", 15, some("note", NOTES)),
    }


def required(**others: Any) -> dict[str, Any]:
    """Constraints of a field that has a value in every row."""
    return {"required": True, **others}


def field_of(name: str, kind: str = "string", **properties: Any) -> dict[str, Any]:
    """A field of a Table Schema; `constraints` are among its properties."""
    return {"name": name, "type": kind, **properties}


MEASUREMENTS = {
    "fields": [
        field_of("reading", "integer"),
        field_of("station", constraints=required(pattern="ST[0-9]{3}-[NSEW]")),
        field_of("latitude", "number", constraints=required(minimum=-90, maximum=90)),
        field_of("longitude", "number", constraints=required(minimum=-180, maximum=180)),
        field_of("measured_at", "datetime", constraints=required(minimum="2000-01-01T00:00:00Z")),
        field_of("temperature", "number", constraints={"minimum": -60, "maximum": 60}),
        field_of("humidity", "integer", constraints={"minimum": 0, "maximum": 100}),
        field_of("pressure_pa", "number", groupChar=" ", constraints={"minimum": 80_000}),
        field_of("precipitation_mm", "number", decimalChar=",", constraints={"minimum": 0}),
        field_of("quality", constraints=required(enum=[*QUALITIES])),
        field_of("instrument", constraints={"enum": [*INSTRUMENTS]}),
        field_of("checked", "boolean"),
        field_of("notes", constraints={"maxLength": 200}),
    ],
    "primaryKey": ["reading"],
}


def record_id(of: pl.Expr) -> pl.Expr:
    """An id such as `AB-123456789`."""
    return pl.lit("AB-") + of.cast(pl.String).str.zfill(9)


def day(stream: str, pattern: str) -> pl.Expr:
    """A day of thirty years, as text."""
    return (pl.lit(FIRST_DAY) + pl.duration(days=number(stream, 11_000))).dt.strftime(pattern)


def registry() -> dict[str, pl.Expr]:
    """Companies, sorted by their ids: wide, mostly text, of all sorts."""
    person = number("person", 90_000).cast(pl.String)
    an_older = (drawn(SEED, "parent", 2**30) % (pl.col("index") + 1)).cast(pl.Int64)
    return {
        "record_id": record_id(pl.col("index").cast(pl.Int64) * 3 + 17),
        "name": some("name", NAMES) + " " + number("name number", 10**6).cast(pl.String),
        "legal_form": some("form", FORMS),
        "status": some("status", ("active", "dissolved", "in liquidation")),
        "street": some("street", STREETS),
        "house_number": number("house", 200).cast(pl.String),
        "postcode": number("postcode", 10**5).cast(pl.String).str.zfill(5),
        "city": some("city", CITIES),
        "region": some("region", REGIONS),
        "country": some("country", ("DE", "AT", "CH")),
        "email": maybe("email", 70, pl.lit("office") + person + "@example.org"),
        "website": maybe("website", 60, pl.lit("http://www.example.org/c/") + person),
        "phone": maybe("phone", 80, pl.lit("+49 431 ") + person),
        "registered_on": day("registered", "%d/%m/%Y"),
        "updated_on": day("updated", "%Y-%m-%d"),
        "vat_id": maybe("vat", 75, numbered("DE", number("vat id", 10**9), 9)),
        "employees": maybe("employees", 60, number("staff", 5000)),
        "revenue": maybe("revenue", 50, decimal("money", 10**9, 2)),
        "industry": numbered("N", number("industry", INDUSTRIES), 4),
        "parent_id": maybe("parent", 10, record_id(an_older * 3 + 17)),
        "description": some("first", SENTENCES) + " " + some("second", SENTENCES),
        "language": some("language", ("de", "en", "fr")),
        "source": pl.lit("register export 2024"),
        "remark": maybe("remark", 3, pl.lit("address not confirmed")),
    }


REGISTRY = {
    "fields": [
        field_of("record_id", constraints=required(pattern="[A-Z]{2}-[0-9]{9}")),
        field_of("name", constraints=required(minLength=2, maxLength=120)),
        field_of("legal_form", constraints=required(enum=[*FORMS])),
        field_of("status", constraints={"enum": ["active", "dissolved", "in liquidation"]}),
        field_of("street", constraints={"maxLength": 80}),
        field_of("house_number"),
        field_of("postcode", constraints=required(pattern="[0-9]{5}")),
        field_of("city", constraints=required(minLength=2)),
        field_of("region", categories=[*REGIONS]),
        field_of("country", constraints=required(pattern="[A-Z]{2}")),
        field_of("email", format="email"),
        field_of("website", format="uri"),
        field_of("phone"),
        field_of("registered_on", "date", format="%d/%m/%Y", constraints=required()),
        field_of("updated_on", "date", constraints={"minimum": "1980-01-01"}),
        field_of("vat_id", constraints={"pattern": "DE[0-9]{9}"}),
        field_of("employees", "integer", constraints={"minimum": 0}),
        field_of("revenue", "number", constraints={"minimum": 0}),
        field_of("industry", constraints=required()),
        field_of("parent_id"),
        field_of("description", constraints={"minLength": 10, "maxLength": 300}),
        field_of("language"),
        field_of("source"),
        field_of("remark"),
    ],
    "primaryKey": ["record_id"],
    "foreignKeys": [
        {"fields": ["industry"], "reference": {"resource": "industries", "fields": ["code"]}},
        {"fields": ["parent_id"], "reference": {"resource": "", "fields": ["record_id"]}},
    ],
}
INDUSTRY_ROWS = pl.DataFrame({"code": [f"N{code:04}" for code in range(INDUSTRIES)]})
INDUSTRY_SCHEMA = {"fields": [field_of("code")], "primaryKey": ["code"]}


def events() -> dict[str, pl.Expr]:
    """A log, thirty events a second."""
    second = pl.col("index").cast(pl.Int64) // 30
    occurred = (pl.lit(FIRST_MOMENT) + pl.duration(seconds=second)).dt.strftime(
        "%Y-%m-%dT%H:%M:%SZ"
    )
    user = number("user", 20_000).cast(pl.String)
    parts = (hexadecimal(f"uuid {place}", digits) for place, digits in enumerate((8, 4, 4, 4, 12)))
    item = number("payload item", 5000).cast(pl.String)
    payload = pl.concat_str(
        pl.lit('{"item": '), item, pl.lit(', "from": "'), some("from", SOURCES), pl.lit('"}')
    )
    return {
        "event_id": hexadecimal("event", 16),
        "occurred_at": occurred,
        "user_id": maybe("has user", 85, user).fill_null("NA"),
        "session": pl.concat_str(*parts, separator="-"),
        "kind": some("kind", EVENTS),
        "success": some("success", ("yes", "yes", "yes", "no")),
        "duration_ms": maybe("timed", 70, number("ms", 60_000).cast(pl.String)).fill_null("NA"),
        "bytes": number("bytes", 10**7),
        "path": pl.lit("/shop/item/") + number("item", 40_000).cast(pl.String),
        "agent": some("agent", AGENTS),
        "payload": maybe("payload", 40, payload),
    }


EVENTS_SCHEMA = {
    "fields": [
        field_of("event_id", constraints=required(pattern="[0-9a-f]{16}")),
        field_of("occurred_at", "datetime", constraints=required()),
        field_of("user_id", "integer", constraints={"minimum": 0}),
        field_of("session", format="uuid", constraints=required()),
        field_of("kind", constraints=required(enum=[*EVENTS])),
        field_of("success", "boolean", trueValues=["yes"], falseValues=["no"]),
        field_of("duration_ms", "integer", constraints={"minimum": 0, "maximum": 3_600_000}),
        field_of("bytes", "integer", constraints={"minimum": 0}),
        field_of("path", constraints=required(pattern="/[a-z0-9/-]*")),
        field_of("agent"),
        field_of("payload", "object"),
    ],
    "missingValues": ["", "NA"],
    "primaryKey": ["event_id"],
}
SHAPES = (
    Shape("measurements", measurements, MEASUREMENTS, ("humidity", "120"), {"delimiter": ";"}),
    Shape(
        "registry",
        registry,
        REGISTRY,
        ("updated_on", "31/02/2020"),
        others={"industries": (INDUSTRY_ROWS, INDUSTRY_SCHEMA)},
    ),
    Shape("events", events, EVENTS_SCHEMA, ("duration_ms", "-5")),
)


def rows_of(shape: Shape, rows: int, variant: str) -> pl.DataFrame:
    """The rows of a table.

    In the variant `faults` one in a hundred has a wrong cell, and one in a thousand the key
    of the row before.
    """
    frame = pl.select(index=pl.int_range(rows, dtype=pl.UInt64))
    columns = {name: column.cast(pl.String) for name, column in shape.columns().items()}
    if variant == "faults":
        (wrong, text), key = shape.wrong, shape.schema["primaryKey"][0]
        at_fault = maybe("at fault", PERCENT_AT_FAULT, pl.lit(text))
        columns[wrong] = pl.coalesce(at_fault, columns[wrong])
        again = pl.col("index") % REPEATED == REPEATED - 1
        columns[key] = pl.when(again).then(columns[key].shift(1)).otherwise(columns[key])
    return frame.select(column.alias(name) for name, column in columns.items())


def generate(shape: Shape, folder: Path, rows: int, variant: str) -> None:
    """Writes a package, the descriptor last."""
    folder.mkdir(parents=True, exist_ok=True)
    separator = shape.dialect.get("delimiter", ",")
    tables = {shape.name: (rows_of(shape, rows, variant), shape.schema), **shape.others}
    resources = []
    for name, (frame, schema) in tables.items():
        own = name == shape.name
        write(folder / f"{name}.csv", [frame.write_csv(separator=separator if own else ",")])
        resource = {"name": name, "type": "table", "path": f"{name}.csv", "schema": schema}
        resources.append(resource | ({"dialect": shape.dialect} if own and shape.dialect else {}))
    package = {"$schema": PROFILE, "name": shape.name, "resources": resources}
    write(folder / "datapackage.json", [as_json(package)])


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--shape", choices=[shape.name for shape in SHAPES], required=True)
    parser.add_argument("--rows", type=int, default=ROWS, metavar="N")
    parser.add_argument("--variant", choices=VARIANTS, default="clean")
    arguments = parser.parse_args()
    shape = next(shape for shape in SHAPES if shape.name == arguments.shape)
    generate(shape, arguments.folder, arguments.rows, arguments.variant)


if __name__ == "__main__":
    main()
