"""A table of ponds, as frames, and what is declared of it."""

import polars as pl

FIELDS = [
    {"name": "pond_id", "type": "integer", "constraints": {"required": True}},
    {"name": "depth", "type": "number", "constraints": {"minimum": 0}},
]
SCHEMA = {"fields": FIELDS, "primaryKey": "pond_id"}
PARTED = {"fields": [*FIELDS, {"name": "shore", "type": "string"}], "primaryKey": "pond_id"}


def ponds(first, *depths, **others):
    """A pond for each depth, numbered from `first`, with other columns."""
    ids = range(first, first + len(depths))
    return pl.DataFrame({"pond_id": [*ids], "depth": [float(one) for one in depths], **others})
