"""Renderers of reports: one small module a format, all of one shape."""

from collections.abc import Callable, Mapping

from validate.formats import json, text
from validate.report import Report

FORMATS: Mapping[str, Callable[[Report], str]] = {
    "text": text.render,
    "json": json.render,
}
