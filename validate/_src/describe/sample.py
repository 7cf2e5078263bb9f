"""Fields of a table, inferred by frictionless from a sample of each column."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from validate._src.describe.form import Properties, format_of
from validate._src.describe.marks import marks_of
from validate._src.reading import open_table
from validate._src.reading.batch import Batch, columns
from validate._src.words.errors import PackageError
from validate._src.words.model import Resource

SAMPLE = 1000  # distinct texts of a column; whatever they suggest, all rows prove it
TEXT, INTEGER, NUMBER, STRING, ANY = "text", "integer", "number", "string", "any"
NATIVE_TYPES = {"boolean", INTEGER, NUMBER, "date", "time", "datetime", "object", "array"}
NUMERIC = ({"type": INTEGER}, {"type": NUMBER}, {"type": "boolean"})
# Without `geopoint`, which takes decimal commas for two numbers.
CANDIDATES = (
    {"type": "yearmonth"},
    {"type": "duration"},
    {"type": "geojson"},
    {"type": "object"},
    {"type": "array"},
    {"type": "datetime", "format": "%Y-%m-%d %H:%M:%S"},
    {"type": "datetime"},
    {"type": "time"},
    {"type": "date"},
    {"type": "date", "format": "%Y/%m/%d"},
    *NUMERIC,
    {"type": STRING},
)


@dataclass(frozen=True)
class Column:
    """What is known of a column.

    Attributes:
        texts: the first of its distinct texts, in order.
        kinds: the native types of its cells, if the format has any.
    """

    texts: dict[str, None] = field(default_factory=dict[str, None])
    kinds: set[str] = field(default_factory=set[str])


def inferred_fields(resource: Resource) -> list[Properties]:
    """Fields as frictionless infers them from a sample of each column.

    Raises:
        PackageError: there is no table.
    """
    import frictionless

    labels, known = _columns(resource)
    detector = frictionless.Detector(field_confidence=1)
    typed = format_of(resource).described == "types"
    schema = detector.detect_schema(
        [list(row) for row in zip_longest(*(column.texts for column in known), fillvalue="")],
        labels=labels,
        field_candidates=[one for one in CANDIDATES if not (typed and one in NUMERIC)],
    )
    fields = [one.to_descriptor() for one in schema.fields]
    refined = _native if typed else _with_marks
    return [refined(one, column) for one, column in zip(fields, known, strict=True)]


def _columns(resource: Resource) -> tuple[list[str], list[Column]]:
    """The labels of a table, and a sample of each column.

    Raises:
        PackageError: there is nothing to tell the fields by.
    """
    reader = open_table(resource)
    labels = reader.labels or []
    known = [Column() for _ in labels]
    said: list[str] = []
    for batch in reader.batches(len(labels)):
        said += [finding.message for finding in batch.findings]
        _collect(batch, known)
    if not labels:
        why = said[0] if said else "there is no header, nor anything else that names its fields"
        raise PackageError(f"{resource.location}: no table: {why}")
    return labels, known


def _collect(batch: Batch, known: Sequence[Column]) -> None:
    """Adds what a batch has of each column to what is known of it."""
    for name, column in zip(columns(len(known)), known, strict=True):
        if name in batch.kinds:
            column.kinds.update(batch.kinds[name].drop_nulls())
        elif batch.cells[name].null_count() < batch.cells.height:
            column.kinds.add(TEXT)
        if (room := SAMPLE - len(column.texts)) > 0:
            texts = batch.cells[name].drop_nulls().unique(maintain_order=True)
            column.texts.update(dict.fromkeys(texts.filter(texts != "").head(room)))


def _native(properties: Properties, column: Column) -> Properties:
    """A field of the type that its values have natively; by their looks where all are texts."""
    if column.kinds == {TEXT}:
        return properties
    kinds = {NUMBER} if column.kinds == {INTEGER, NUMBER} else column.kinds
    known = len(kinds) == 1 and kinds <= NATIVE_TYPES
    return {"name": properties["name"], "type": min(kinds) if known else ANY}


def _with_marks(properties: Properties, column: Column) -> Properties:
    """A field of numbers where texts are numbers with marks; else the field as it is."""
    if properties["type"] != STRING:
        return properties
    marks = marks_of(column.texts)
    if marks is None:
        return properties
    return {"name": properties["name"], "type": NUMBER, **marks}
