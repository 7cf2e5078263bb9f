"""The rows of a table: all of them, or batch by batch."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from functools import partial
from itertools import chain

import polars as pl

from validate._src.reading._parsing import Asked
from validate._src.reading.batch import AnyLabels, Batch, Reader
from validate._src.reading.reread import read_again
from validate._src.reading.spelled import native_batches_of
from validate._src.reading.stretches import Stretch
from validate._src.tables.batches import TableForm
from validate._src.tables.debris import Debris
from validate._src.tables.header import match_header
from validate._src.tables.joined import whole
from validate._src.tables.opening import opened, to_the_end
from validate._src.tables.table import Table
from validate._src.words.findingframe import Faults, framed
from validate._src.words.model import TabularResource

MOST_REREAD = 10_000
"""Rows that are read again by where they stand; of more the file is read as a whole."""


def read_table(resource: TabularResource) -> Table:
    """All rows of a resource, as far as they can be read."""
    return whole(read_batches(resource))


def read_batches(
    resource: TabularResource,
    only: Set[str] | None = None,
    rows: pl.Series | None = None,
    reader: Reader | None = None,
) -> Iterator[Table]:
    """The rows of a resource in batches; at least one, if an empty one.

    Args:
        resource: the resource.
        only: names of the fields that are looked at, if not all are; rows that have no
            value in any of them, and faults of structure, may then be left out.
        rows: the numbers of the rows that are looked at, ascending; the others may be left
            out where `only` is given too.
        reader: what reads it, if that is open already.

    Where a file cannot be read, or not to its end, its last batch is incomplete and says so; those
    that follow are of other files.

    Source: Data Package 2.0, Table Dialect; Table Schema, "fieldsMatch", "missingValues".
    """
    reader = reader or opened(resource)
    form = form_of(resource, reader, only)
    faults = [*framed(form.header.findings)]
    debris, rest = Debris(form.header) if only is None else None, None
    batches = partial(native_batches_of(reader), form.header.width, form.wanted, rows)
    for batch in to_the_end(batches, resource, form.header.width):
        table, ending = form.framed(batch)
        begun = [] if has_nothing(reader, batch) else faults
        if debris is not None:
            settled = debris.take(ending)
            table = replace(table, findings=Faults(partial(chain, begun, settled, table.findings)))
        if debris:
            rest = table.without_rows()
        faults = []
        yield table
        del table, batch  # whose memory the next one can have
    if debris and rest is not None:
        yield replace(rest, findings=tuple(debris.findings()))


def read_rows(
    resource: TabularResource, only: Set[str], rows: pl.Series, stretches: Sequence[Stretch]
) -> Iterator[Table]:
    """Some rows of a resource that was read before, be there others among them.

    Args:
        resource: the resource.
        only: names of the fields that are looked at.
        rows: the numbers of the rows, ascending.
        stretches: where all of them stand, in order; none where that is not known.
    """
    form = form_of(resource, opened(resource), only) if stretches else None
    asked = None if form is None else Asked(form.header.width, form.wanted, rows)
    batches = None
    if asked is not None and asked.names is not None and len(rows) <= MOST_REREAD:
        batches = read_again(stretches, resource.dialect, asked)
    if form is None or batches is None:
        yield from read_batches(resource, only=only, rows=rows)
        return
    for batch in batches:
        yield form.framed(batch)[0]


def has_nothing(reader: Reader, first: Batch) -> bool:
    """Whether a table breaks off in its first batch before anything is known of its header."""
    return not first.complete and reader.labels == []


def form_of(resource: TabularResource, reader: Reader, only: Set[str] | None = None) -> TableForm:
    """What the batches of a table have in common, as `read_batches` has it."""
    header = match_header(
        resource,
        reader.labels,
        reader.header_row,
        reader.header_line,
        reader.sheet,
        are_keys=reader.has_keys,
        broken=reader.broken_labels if isinstance(reader, AnyLabels) else (),
    )
    return TableForm(resource, header, None if only is None else frozenset(only))
