"""Renderers of reports: one small module a format, all of one shape."""

from collections.abc import Callable, Iterator, Mapping

from validate.formats import json, jsonl, text
from validate.report import Report

FORMATS: Mapping[str, Callable[[Report], Iterator[str]]] = {
    "text": text.render,
    "json": json.render,
    "jsonl": jsonl.render,
}
