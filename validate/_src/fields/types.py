"""The field types of Table Schema: how a text becomes a value, and what may constrain it.

A parser turns the text of a cell into a value, and a text that is not of the type
into null; missing values are null before it runs. Nothing is ever rejected here:
whoever compares nulls before and after knows the bad cells.
"""

import base64
import binascii
import json
import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import jsonschema_rs
import polars as pl

from validate._src.words.model import Field

Parser = Callable[[pl.Expr, Field], pl.Expr]

DEFAULT_TRUE_VALUES = ("true", "True", "TRUE", "1")
DEFAULT_FALSE_VALUES = ("false", "False", "FALSE", "0")

EXACT = 2**53  # below it, a double that is whole is an integer
ALWAYS = frozenset({"required", "unique", "enum"})
LENGTHS = frozenset({"minLength", "maxLength"})
BOUNDS = frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"})

INTEGER = r"^[+-]?[0-9]+$"
UNSIGNED = r"([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?"
NUMBER = rf"^[+-]?{UNSIGNED}$"
NUMBER_WITH_UNITS = rf"^[^0-9-]*?([+-]?{UNSIGNED})[^0-9]*$"
SPECIAL_NUMBERS = {"NAN": math.nan, "INF": math.inf, "+INF": math.inf, "-INF": -math.inf}
FOUR_DIGITS = r"([0-9]{3}[1-9]|[0-9]{2}[1-9][0-9]|[0-9][1-9][0-9]{2}|[1-9][0-9]{3})"  # no 0000
DATE = rf"^{FOUR_DIGITS}-[0-9]{{2}}-[0-9]{{2}}$"
YEAR_MONTH_DAY = "%Y-%m-%d"
TIME = r"^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$"
DATETIME = (
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})?$"
)
END_OF_DAY = r"T24:00:00(\.0+)?(Z|[+-]|$)"
YEAR = rf"^-?({FOUR_DIGITS}|[1-9][0-9]{{4,}})$"
YEARMONTH = rf"^{FOUR_DIGITS}-(0[1-9]|1[0-2])$"
DURATION = r"^-?P([0-9]+Y)?([0-9]+M)?([0-9]+D)?(T([0-9]+H)?([0-9]+M)?([0-9]+(\.[0-9]+)?S)?)?$"
DURATION_WITHOUT_PART = r"(^-?P|T)$"
EMAIL = r"^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$"
URI = r"^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]*$"
NOT_OF_AN_ADDRESS = pl.any_horizontal(
    pl.element() < ord("!"),
    pl.element() > ord("z"),
    *(pl.element() == byte for byte in b'"<>\\^`'),
)
UUID = r"(?i)^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"


@dataclass(frozen=True)
class FieldType:
    """A field type.

    Attributes:
        dtype: what its values are in Polars.
        parsers: a parser by format; "pattern" is any strptime pattern.
        constraints: the constraints that may stand on such a field.
        native: the native types of formats other than text that it can be read from.
        length: the length of a value as `minLength` counts it.

    Source: Data Package 2.0, Table Schema, "Field Types" and "Field Constraints".
    """

    dtype: pl.DataType
    parsers: Mapping[str, Parser]
    constraints: frozenset[str]
    native: frozenset[str] = frozenset()
    length: Callable[[pl.Expr], pl.Expr] = lambda value: value.str.len_chars()

    def parser(self, format_name: str) -> Parser | None:
        """The parser for a format, or None when the type has no such format."""
        if "%" in format_name:
            return self.parsers.get("pattern")
        return self.parsers.get(format_name) if format_name != "pattern" else None

    def native_format(self, format_name: str) -> str:
        """The format by which a native value is read that stands in a field of this one."""
        return format_name if {"array", "object"} & self.native else "default"


def _keep(text: pl.Expr, field: Field) -> pl.Expr:
    return text


def _matching(pattern: str) -> Parser:
    return lambda text, field: pl.when(text.str.contains(pattern)).then(text)


def _python(function: Callable[[str, Field], Any], dtype: pl.DataType) -> Parser:
    """A parser in Python, run once for each distinct text; ValueError means null."""

    def parse(text: pl.Expr, field: Field) -> pl.Expr:
        def each(series: pl.Series) -> pl.Series:
            distinct = series.drop_nulls().unique()
            values = [_or_none(function, value, field) for value in distinct]
            parsed = pl.Series(values, dtype=dtype, strict=False)
            return series.replace_strict(distinct, parsed, default=None, return_dtype=dtype)

        return text.map_batches(each, return_dtype=dtype)

    return parse


def _or_none(function: Callable[[str, Field], Any], text: str, field: Field) -> Any:
    try:
        return function(text, field)
    except (ValueError, OverflowError, RecursionError):
        return None


def _bare(text: pl.Expr, field: Field) -> pl.Expr:
    """The number in a text: no white space around it, no group marks, no units."""
    group, decimal = field.properties.get("groupChar"), field.properties.get("decimalChar", ".")
    if group:
        text = text.str.replace_all(group, "", literal=True)
    if decimal != ".":
        text = text.str.replace_all(".", "?", literal=True).str.replace(decimal, ".", literal=True)
    text = text.str.strip_chars(" \t\r\n")
    if field.properties.get("bareNumber", True) is False:
        return text.str.extract(NUMBER_WITH_UNITS).fill_null(text)
    return text


def _integer(text: pl.Expr, field: Field) -> pl.Expr:
    bare = _bare(text, field)
    return pl.when(bare.str.contains(INTEGER)).then(bare).cast(pl.Int64, strict=False)


def _number(text: pl.Expr, field: Field) -> pl.Expr:
    bare = _bare(text, field)
    special = bare.str.to_uppercase().replace_strict(
        SPECIAL_NUMBERS, default=None, return_dtype=pl.Float64
    )
    ordinary = pl.when(bare.str.contains(NUMBER)).then(bare).cast(pl.Float64, strict=False)
    return pl.coalesce(ordinary, special)


AtOnce = Callable[[pl.Series, Field], tuple[pl.Series, pl.Series | None]]
"""Values of n texts, and n times whether a text is not plain; None where all are."""


def _at_once_or(thorough: Parser, at_once: AtOnce, dtype: pl.DataType) -> Parser:
    """A parser of a whole column at once; texts that are not plain are left to another one.

    Args:
        thorough: judges any text.
        at_once: gives the values of plain texts.
        dtype: what the values are.
    """

    def parse(text: pl.Expr, field: Field) -> pl.Expr:
        def each(series: pl.Series) -> pl.Series:
            values, is_odd = at_once(series, field)
            if is_odd is None or not is_odd.any():
                return values
            odd = series.filter(is_odd).alias("text").to_frame()
            judged = odd.select(thorough(pl.col("text"), field)).to_series()
            return values.scatter(is_odd.arg_true(), judged)

        return text.map_batches(each, return_dtype=dtype)

    return parse


def _cast(dtype: pl.DataType) -> AtOnce:
    """Polars casts what the grammar of numbers allows and nothing else.

    What overflows, and numbers with marks of their own, are not plain.
    """

    def cast(texts: pl.Series, field: Field) -> tuple[pl.Series, pl.Series | None]:
        values = texts.cast(dtype, strict=False)
        if {"groupChar", "decimalChar"} & field.properties.keys():
            return values, texts.is_not_null()
        if values.null_count() == texts.null_count() and _all_finite(values):
            return values, None
        is_value = values.is_finite() if dtype.is_float() else values.is_not_null()
        return values, texts.is_not_null() & ~is_value.fill_null(False)

    return cast


def _all_finite(values: pl.Series) -> bool:
    return not values.dtype.is_float() or bool(values.is_finite().all())


def _days(texts: pl.Series, field: Field) -> tuple[pl.Series, pl.Series | None]:
    """Polars reads years of up to four digits, and months and days of up to two.

    It takes spaces and signs before them as well. So what has ten bytes, none of them below
    `-` or above `9`, and a year above 0, is a date in the only form that there is.
    """
    days = texts.str.to_date(YEAR_MONTH_DAY, strict=False, cache=False)
    rows = texts.rechunk().cast(pl.Binary).bin.reinterpret(dtype=pl.Array(pl.UInt8, 10))
    is_plain = None
    if not days.null_count() == texts.null_count() == rows.null_count():
        is_plain = days.is_not_null() & rows.is_not_null()
        rows = rows.filter(is_plain)
    characters = rows.drop_nulls().explode()
    lowest, highest = characters.min(), characters.max()
    if (
        (isinstance(lowest, int) and lowest < ord("-"))
        or (isinstance(highest, int) and highest > ord("9"))
        or (days < date.min).any()
    ):
        return days, ~texts.str.contains(DATE)
    return days, None if is_plain is None else ~is_plain & texts.is_not_null()


def _addresses(texts: pl.Series, field: Field) -> tuple[pl.Series, pl.Series | None]:
    """What begins as most addresses do, and has no byte that a URI might not have, is one."""
    is_plain = texts.str.starts_with("https://")
    if not is_plain.all():
        is_plain |= texts.str.starts_with("http://")
    if is_plain.any():
        rows = texts.cast(pl.Binary).cast(pl.List(pl.UInt8))
        is_plain &= ~rows.list.eval(NOT_OF_AN_ADDRESS).list.any()
    return texts, None if is_plain.all() else ~is_plain


def _boolean(text: pl.Expr, field: Field) -> pl.Expr:
    true_values = field.properties.get("trueValues", DEFAULT_TRUE_VALUES)
    false_values = field.properties.get("falseValues", DEFAULT_FALSE_VALUES)
    return (
        pl.when(text.is_in(list(true_values)))
        .then(pl.lit(True))
        .when(text.is_in(list(false_values)))
        .then(pl.lit(False))
    )


def _date(text: pl.Expr, field: Field) -> pl.Expr:
    return (
        pl.when(text.str.contains(DATE))
        .then(text)
        .str.to_date(YEAR_MONTH_DAY, strict=False, cache=False)
    )


def _time(text: pl.Expr, field: Field) -> pl.Expr:
    return pl.when(text.str.contains(TIME)).then(text).str.to_time("%H:%M:%S", strict=False)


def _datetime_default(text: str, field: Field) -> datetime:
    if not re.fullmatch(DATETIME, text):
        raise ValueError(text)
    if re.search(END_OF_DAY, text):
        return _in_utc(datetime.fromisoformat(text.replace("T24", "T00")) + timedelta(days=1))
    return _in_utc(datetime.fromisoformat(text))


def _in_utc(moment: datetime) -> datetime:
    """The moment in UTC; at the ends of the calendar, where UTC has no such day, as it is."""
    if moment.tzinfo is None:
        return moment
    try:
        return moment.astimezone(UTC).replace(tzinfo=None)
    except OverflowError:
        return moment.replace(tzinfo=None)


def is_strptime_pattern(pattern: str) -> bool:
    """Whether Python can read dates by a pattern."""
    try:
        datetime.strptime("", pattern)
    except re.error:
        return False
    except ValueError as error:
        return "bad directive" not in str(error) and "stray" not in str(error)
    return True


def _date_by_pattern(text: str, field: Field) -> date:
    return datetime.strptime(text, field.format).date()


def _time_by_pattern(text: str, field: Field) -> time:
    """The time; in UTC where the pattern has a zone."""
    return _in_utc(datetime.strptime(text, field.format).replace(year=2000)).time()


def _datetime_by_pattern(text: str, field: Field) -> datetime:
    return _in_utc(datetime.strptime(text, field.format))


def _datetime_any(text: str, field: Field) -> datetime:
    from dateutil.parser import parse

    return _in_utc(parse(text))


def _date_any(text: str, field: Field) -> date:
    from dateutil.parser import parse

    return parse(text).date()


def _time_any(text: str, field: Field) -> time:
    from dateutil.parser import parse

    return parse(text).time()


def _year(text: pl.Expr, field: Field) -> pl.Expr:
    return pl.when(text.str.contains(YEAR)).then(text).cast(pl.Int64, strict=False)


def _yearmonth(text: pl.Expr, field: Field) -> pl.Expr:
    matching = pl.when(text.str.contains(YEARMONTH)).then(text + "-01")
    return matching.str.to_date(YEAR_MONTH_DAY, strict=False)


def _duration(text: pl.Expr, field: Field) -> pl.Expr:
    complete = text.str.contains(DURATION) & ~text.str.contains(DURATION_WITHOUT_PART)
    return pl.when(complete).then(text)


def _binary(text: str, field: Field) -> str:
    try:
        base64.b64decode(text, validate=True)
    except binascii.Error:
        raise ValueError(text) from None
    return text


def _json(text: str) -> Any:
    """A JSON value; NaN and Infinity, which Python reads, are none."""
    return json.loads(text, parse_constant=_no_number, parse_float=_number_of)


def _number_of(text: str) -> int | float:
    """A JSON number, of which there is one kind: `1.0` is `1`."""
    number = float(text)
    return int(number) if number.is_integer() and abs(number) < EXACT else number


def _no_number(text: str) -> None:
    raise ValueError(text)


def _json_of(kind: type) -> Callable[[str, Field], str]:
    def parse(text: str, field: Field) -> str:
        value = _json(text)
        if not isinstance(value, kind):
            raise ValueError(text)
        return _canonical_json(value)

    return parse


def _canonical_json(value: Any) -> str:
    """JSON in one form, so that equal values are equal texts.

    Raises:
        ValueError: it holds a lone surrogate, which is no character.
    """
    dumped = json.dumps(value, sort_keys=True, ensure_ascii=False)
    dumped.encode()
    return dumped


def _json_length(value: pl.Expr) -> pl.Expr:
    return value.map_elements(lambda text: len(json.loads(text)), return_dtype=pl.Int64)


def _list(text: str, field: Field) -> str:
    item_type = field.properties.get("itemType", "string")
    items = text.split(field.properties.get("delimiter", ","))
    parser = FIELD_TYPES[item_type].parsers["default"]
    item = Field(field.name, item_type, "default", {}, (), {})
    values = pl.DataFrame({"item": items}).select(parser(pl.col("item"), item)).to_series()
    if values.null_count():
        raise ValueError(text)
    return json.dumps(values.to_list(), ensure_ascii=False, default=str)


def _geopoint(text: str, field: Field) -> str:
    if field.format == "default":
        parts = [part.strip() for part in text.split(",")]
        if not all(re.fullmatch(NUMBER, part) for part in parts):
            raise ValueError(text)
        longitude, latitude = map(float, parts)
    else:
        value = _json(text)
        if field.format == "array" and isinstance(value, list) and len(value) == 2:
            longitude, latitude = value
        elif field.format == "object" and isinstance(value, dict) and set(value) == {"lon", "lat"}:
            longitude, latitude = value["lon"], value["lat"]
        else:
            raise ValueError(text)
    for part in (longitude, latitude):
        if type(part) not in (int, float) or not math.isfinite(part):
            raise ValueError(text)
    if abs(longitude) > 180 or abs(latitude) > 90:
        raise ValueError(text)
    return f"{float(longitude)},{float(latitude)}"


def _geojson(text: str, field: Field) -> str:
    value = _json(text)
    if not isinstance(value, dict) or not _geometry_profile(field.format).is_valid(value):
        raise ValueError(text)
    if field.format == "default" and any(ring[0] != ring[-1] for ring in _rings(value)):
        raise ValueError(text)
    return _canonical_json(value)


@cache
def _geometry_profile(format_name: str) -> jsonschema_rs.Draft7Validator:
    """The JSON Schema of GeoJSON, or that of TopoJSON, which frictionless ships."""
    if format_name == "topojson":
        profile = files("frictionless") / "assets" / "profiles" / "topojson.json"
    else:
        profile = files("validate._src.fields") / "geojson.json"
    return jsonschema_rs.Draft7Validator(json.loads(profile.read_text("utf-8")))


def _rings(value: Mapping[str, Any]) -> Iterator[list[Any]]:
    """The rings of the polygons in a GeoJSON object, which have to end where they begin.

    Source: RFC 7946, 3.1.6.
    """
    if value["type"] == "Polygon":
        yield from value["coordinates"]
    elif value["type"] == "MultiPolygon":
        for polygon in value["coordinates"]:
            yield from polygon
    for part in (*value.get("geometries", ()), *value.get("features", ())):
        yield from _rings(part)
    if value.get("geometry") is not None and value["type"] == "Feature":
        yield from _rings(value["geometry"])


def _json_type(kind: type, native: str) -> FieldType:
    constraints = ALWAYS | LENGTHS | {"jsonSchema"}
    parsers = {"default": _python(_json_of(kind), TEXT)}
    return FieldType(TEXT, parsers, constraints, frozenset({native}), _json_length)


TEXT = pl.String()
STRING_FORMATS: Mapping[str, Parser] = {
    "default": _keep,
    "email": _matching(EMAIL),
    "uri": _at_once_or(_matching(URI), _addresses, TEXT),
    "uuid": _matching(UUID),
    "binary": _python(_binary, TEXT),
}

NATIVE_TYPES = frozenset(
    {"boolean", "integer", "number", "date", "time", "datetime", "array", "object"}
)

FIELD_TYPES: Mapping[str, FieldType] = {
    "string": FieldType(TEXT, STRING_FORMATS, ALWAYS | LENGTHS | {"pattern"}),
    "number": FieldType(
        pl.Float64(),
        {"default": _at_once_or(_number, _cast(pl.Float64()), pl.Float64())},
        ALWAYS | BOUNDS,
        frozenset({"integer", "number"}),
    ),
    "integer": FieldType(
        pl.Int64(),
        {"default": _at_once_or(_integer, _cast(pl.Int64()), pl.Int64())},
        ALWAYS | BOUNDS,
        frozenset({"integer"}),
    ),
    "boolean": FieldType(pl.Boolean(), {"default": _boolean}, ALWAYS, frozenset({"boolean"})),
    "date": FieldType(
        pl.Date(),
        {
            "default": _at_once_or(_date, _days, pl.Date()),
            "any": _python(_date_any, pl.Date()),
            "pattern": _python(_date_by_pattern, pl.Date()),
        },
        ALWAYS | BOUNDS,
        frozenset({"date"}),
    ),
    "time": FieldType(
        pl.Time(),
        {
            "default": _time,
            "any": _python(_time_any, pl.Time()),
            "pattern": _python(_time_by_pattern, pl.Time()),
        },
        ALWAYS | BOUNDS,
        frozenset({"time"}),
    ),
    "datetime": FieldType(
        pl.Datetime("us"),
        {
            "default": _python(_datetime_default, pl.Datetime("us")),
            "any": _python(_datetime_any, pl.Datetime("us")),
            "pattern": _python(_datetime_by_pattern, pl.Datetime("us")),
        },
        ALWAYS | BOUNDS,
        frozenset({"datetime"}),
    ),
    "year": FieldType(pl.Int64(), {"default": _year}, ALWAYS | BOUNDS, frozenset({"integer"})),
    "yearmonth": FieldType(pl.Date(), {"default": _yearmonth}, ALWAYS | BOUNDS),
    "duration": FieldType(TEXT, {"default": _duration}, ALWAYS),
    "object": _json_type(dict, "object"),
    "array": _json_type(list, "array"),
    "list": FieldType(TEXT, {"default": _python(_list, TEXT)}, ALWAYS),
    "geopoint": FieldType(
        TEXT,
        dict.fromkeys(("default", "array", "object"), _python(_geopoint, TEXT)),
        ALWAYS,
        frozenset({"array", "object"}),
    ),
    "geojson": FieldType(
        TEXT,
        dict.fromkeys(("default", "topojson"), _python(_geojson, TEXT)),
        ALWAYS,
        frozenset({"object"}),
    ),
    "any": FieldType(TEXT, {"default": _keep}, ALWAYS, NATIVE_TYPES),
}
