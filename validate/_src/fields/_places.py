"""The types geopoint and geojson."""

import json
import math
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import jsonschema_rs

from validate._src.fields._json import canonical_json, read_json
from validate._src.fields._numbers import NUMBER
from validate._src.fields._parsing import TEXT, FieldType, by_python
from validate._src.words.schema import Field


def _geopoint(text: str, field: Field) -> str:
    longitude, latitude = _coordinates(text, field.format)
    for part in (longitude, latitude):
        if type(part) not in (int, float) or not math.isfinite(part):
            raise ValueError(text)
    if abs(longitude) > 180 or abs(latitude) > 90:
        raise ValueError(text)
    return f"{float(longitude)},{float(latitude)}"


def _coordinates(text: str, format_name: str) -> tuple[Any, Any]:
    if format_name == "default":
        parts = [part.strip() for part in text.split(",")]
        if len(parts) != 2 or not all(re.fullmatch(NUMBER, part) for part in parts):
            raise ValueError(text)
        return float(parts[0]), float(parts[1])
    value = read_json(text)
    if format_name == "array" and isinstance(value, list) and len(value) == 2:
        return value[0], value[1]
    if format_name == "object" and isinstance(value, dict) and set(value) == {"lon", "lat"}:
        return value["lon"], value["lat"]
    raise ValueError(text)


def _geojson(text: str, field: Field) -> str:
    value = read_json(text)
    if not isinstance(value, dict) or not _profile(field.format).is_valid(value):
        raise ValueError(text)
    if field.format == "default" and any(ring[0] != ring[-1] for ring in _rings(value)):
        raise ValueError(text)
    return canonical_json(value)


@cache
def _profile(format_name: str) -> jsonschema_rs.Draft7Validator:
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


TYPES = (
    FieldType(
        "geopoint",
        TEXT,
        dict.fromkeys(("default", "array", "object"), by_python(_geopoint, TEXT)),
        native=frozenset({"array", "object"}),
    ),
    FieldType(
        "geojson",
        TEXT,
        dict.fromkeys(("default", "topojson"), by_python(_geojson, TEXT)),
        native=frozenset({"object"}),
    ),
)
