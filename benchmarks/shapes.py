"""Tables of other people's shape, to hold the validator against more than the benchmarks' own.

Readings of weather stations, the export of a registry of companies, and a log of events.
"""

from datetime import date, datetime

import polars as pl
from drawing import day, decimal, drawn, hexadecimal, number, numbered, one_of, sometimes
from shape import Shape, field_of, reference, required

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
FIRST_MOMENT = datetime(2024, 1, 1)
FIRST_DAY, DAYS = date(1990, 1, 1), 11_000


def unsorted() -> pl.Expr:
    """Numbers of which none stands twice, in no order."""
    return (pl.col("index").cast(pl.Int64) * STEP + 17) % PRIME


def measurements(_index: pl.Series) -> dict[str, pl.Expr]:
    """Readings of 500 stations, ten minutes apart, each with the zone of its station."""
    index = pl.col("index").cast(pl.Int64)
    moment = pl.lit(FIRST_MOMENT) + pl.duration(minutes=index // 500 * 10)
    station = index % 500
    zone = pl.when(station < 200).then(pl.lit("Z")).otherwise(pl.lit("+01:00"))
    return {
        "reading": unsorted(),
        "station": numbered("ST", station, 3) + "-" + one_of("direction", (*"NSEW",)),
        "latitude": decimal("latitude", 1_500_000, 5, 45),
        "longitude": decimal("longitude", 1_500_000, 5, -5),
        "measured_at": moment.dt.strftime("%Y-%m-%dT%H:%M:%S") + zone,
        "temperature": sometimes("temperature", 97, decimal("degrees", 700, 1, -20)),
        "humidity": sometimes("humidity", 95, number("percent", 101)),
        "pressure_pa": pl.lit("101 ") + number("pressure", 1000).cast(pl.String).str.zfill(3),
        "precipitation_mm": decimal("millimetres", 900, 1).str.replace(".", ",", literal=True),
        "quality": one_of("quality", QUALITIES),
        "instrument": one_of("instrument", INSTRUMENTS),
        "checked": one_of("checked", ("true", "false")),
        "notes": sometimes("notes", 15, one_of("note", NOTES)),
    }


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


def registry(_index: pl.Series) -> dict[str, pl.Expr]:
    """Companies, sorted by their ids: wide, mostly text, of all sorts."""
    person = number("person", 90_000).cast(pl.String)
    an_older = (drawn("parent", 2**30) % (pl.col("index") + 1)).cast(pl.Int64)
    return {
        "record_id": record_id(pl.col("index").cast(pl.Int64) * 3 + 17),
        "name": one_of("name", NAMES) + " " + number("name number", 10**6).cast(pl.String),
        "legal_form": one_of("form", FORMS),
        "status": one_of("status", ("active", "dissolved", "in liquidation")),
        "street": one_of("street", STREETS),
        "house_number": number("house", 200).cast(pl.String),
        "postcode": number("postcode", 10**5).cast(pl.String).str.zfill(5),
        "city": one_of("city", CITIES),
        "region": one_of("region", REGIONS),
        "country": one_of("country", ("DE", "AT", "CH")),
        "email": sometimes("email", 70, pl.lit("office") + person + "@example.org"),
        "website": sometimes("website", 60, pl.lit("http://www.example.org/c/") + person),
        "phone": sometimes("phone", 80, pl.lit("+49 431 ") + person),
        "registered_on": day("registered", FIRST_DAY, DAYS, "%d/%m/%Y"),
        "updated_on": day("updated", FIRST_DAY, DAYS, "%Y-%m-%d"),
        "vat_id": sometimes("vat", 75, numbered("DE", number("vat id", 10**9), 9)),
        "employees": sometimes("employees", 60, number("staff", 5000)),
        "revenue": sometimes("revenue", 50, decimal("money", 10**9, 2)),
        "industry": numbered("N", number("industry", INDUSTRIES), 4),
        "parent_id": sometimes("parent", 10, record_id(an_older * 3 + 17)),
        "description": one_of("first", SENTENCES) + " " + one_of("second", SENTENCES),
        "language": one_of("language", ("de", "en", "fr")),
        "source": pl.lit("register export 2024"),
        "remark": sometimes("remark", 3, pl.lit("address not confirmed")),
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
        reference("industry", "industries", "code"),
        reference("parent_id", "", "record_id"),
    ],
}
INDUSTRY_ROWS = pl.DataFrame({"code": [f"N{code:04}" for code in range(INDUSTRIES)]})
INDUSTRY_SCHEMA = {"fields": [field_of("code")], "primaryKey": ["code"]}


def events(_index: pl.Series) -> dict[str, pl.Expr]:
    """A log, thirty events a second."""
    second = pl.col("index").cast(pl.Int64) // 30
    occurred = (pl.lit(FIRST_MOMENT) + pl.duration(seconds=second)).dt.strftime(
        "%Y-%m-%dT%H:%M:%SZ"
    )
    user = number("user", 20_000).cast(pl.String)
    parts = (hexadecimal(f"uuid {place}", digits) for place, digits in enumerate((8, 4, 4, 4, 12)))
    item = number("payload item", 5000).cast(pl.String)
    payload = pl.concat_str(
        pl.lit('{"item": '), item, pl.lit(', "from": "'), one_of("from", SOURCES), pl.lit('"}')
    )
    return {
        "event_id": hexadecimal("event", 16),
        "occurred_at": occurred,
        "user_id": sometimes("has user", 85, user).fill_null("NA"),
        "session": pl.concat_str(*parts, separator="-"),
        "kind": one_of("kind", EVENTS),
        "success": one_of("success", ("yes", "yes", "yes", "no")),
        "duration_ms": sometimes("timed", 70, number("ms", 60_000).cast(pl.String)).fill_null("NA"),
        "bytes": number("bytes", 10**7),
        "path": pl.lit("/shop/item/") + number("item", 40_000).cast(pl.String),
        "agent": one_of("agent", AGENTS),
        "payload": sometimes("payload", 40, payload),
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
    Shape(
        "measurements",
        measurements,
        MEASUREMENTS,
        wrong=("humidity", pl.lit("120")),
        dialect={"delimiter": ";"},
    ),
    Shape(
        "registry",
        registry,
        REGISTRY,
        wrong=("updated_on", pl.lit("1979-12-31")),
        others={"industries": (INDUSTRY_ROWS, INDUSTRY_SCHEMA)},
    ),
    Shape("events", events, EVENTS_SCHEMA, wrong=("duration_ms", pl.lit("-5"))),
)
