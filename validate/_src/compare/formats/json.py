"""Differences as JSON: one object with everything (json.schema.json)."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from validate._src.compare.difference import Difference, RowChange, TableDifference
from validate._src.compare.formats.shown import Shown
from validate._src.report.formats.jsonl import escaped

VERSION = 1


def render(difference: Difference, shown: Shown) -> Iterator[str]:
    """The difference as a JSON object of format version 1, each row on a line of its own."""
    begin: dict[str, Any] = {
        "format_version": VERSION,
        "old": asdict(difference.old),
        "new": asdict(difference.new),
        "same": difference.same,
        "version": asdict(difference.demand),
        "changes": [asdict(change) for change in difference.changes],
        "not_compared": [asdict(one) for one in difference.not_compared],
    }
    yield escaped(_json(begin, indent=2).removesuffix("\n}"))
    yield ',\n  "tables": ['
    for number, table in enumerate(difference.tables):
        yield ",\n" if number else "\n"
        yield from _table(table, shown)
    yield "\n  ]\n}\n" if difference.tables else "]\n}\n"


def _table(table: TableDifference, shown: Shown) -> Iterator[str]:
    known: dict[str, Any] = {
        "resource": table.resource,
        "old_resource": table.old_resource,
        "key": table.key,
        "fields": table.fields,
        "rows": {
            "old": table.old_rows,
            "new": table.new_rows,
            "same": table.new_rows - table.added - table.changed,
            "added": table.added,
            "removed": table.removed,
            "changed": table.changed,
        },
        "cells": dict(table.cells),
        "notes": table.notes,
    }
    yield "    " + escaped(_json(known).removesuffix("}"))
    groups = {group.change: group.rows for group in shown.groups(table)}
    for change in table.rows:
        yield f',\n      "{change}": ['
        separator = "\n        "
        for row in groups.get(change, ()):
            yield separator + escaped(_json(_row(row)))
            separator = ",\n        "
        yield "]" if separator[0] != "," else "\n      ]"
    yield "}"


def _row(row: RowChange) -> dict[str, Any]:
    known = asdict(row)
    del known["change"]
    if row.change != "changed":
        del known["cells"]
    return known


def _json(found: Any, indent: int | None = None) -> str:
    return json.dumps(found, ensure_ascii=False, indent=indent)
