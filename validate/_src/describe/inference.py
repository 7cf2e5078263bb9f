"""A first descriptor for data files: frictionless infers it from a sample, all rows prove it."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count, zip_longest
from pathlib import Path, PurePosixPath
from typing import Any

import polars as pl
from slugify import slugify

from validate._src.describe.detection import UTF_8, dialect_of, encoding_of
from validate._src.package import profile
from validate._src.package.descriptor import make_package
from validate._src.package.folder import DESCRIPTOR, Folder
from validate._src.reading import open_table
from validate._src.reading.batch import Batch, columns
from validate._src.reading.compression import compression_named
from validate._src.reading.excel import sheet_names
from validate._src.reading.formats import Format, described_formats, format_named
from validate._src.tables.table import read_batches
from validate._src.words.errors import PackageError, UnreadableError
from validate._src.words.finding import cut
from validate._src.words.model import Field, Package, Resource, TabularResource
from validate._src.words.printing import printable

Properties = dict[str, Any]
UNNAMED = r"[^-a-z0-9._]+"
SAMPLE = 1000
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
MARKS = (
    {"decimalChar": ","},
    {"groupChar": ","},
    {"groupChar": ".", "decimalChar": ","},
)
CODE = r"^[+-]?0[0-9]|^\+[0-9]{7,}$"
"""Texts that are codes rather than integers: as numbers they lose a zero, or are telephones."""
INEXACT = r"^[+-]?[0-9]{16,}$|^[0-9]+[eE][0-9]+$"
"""Texts that a double does not keep, or that are codes with an E in them."""
LOST = {INTEGER: CODE, NUMBER: f"{CODE}|{INEXACT}"}
WIDER = {INTEGER: NUMBER, STRING: ANY}


@dataclass(frozen=True)
class _Column:
    """What is known of a column.

    Attributes:
        texts: the first of its distinct texts, in order.
        kinds: the native types of its cells, if the format has any.
    """

    texts: dict[str, None] = field(default_factory=dict[str, None])
    kinds: set[str] = field(default_factory=set[str])


def describe(files: Sequence[Path], output: Path) -> Properties:
    """The descriptor of data files, each of them a resource.

    The types are as narrow as all values allow without anything being lost: what has leading
    zeros stays text, and a number is one whose marks can be read in one way only.

    Args:
        files: the data files.
        output: where the descriptor will stand.

    Raises:
        PackageError: there is something at that place already, or a file lies outside of its
            folder or holds no table.

    Source: Data Package 2.0.
    """
    _check_free(output)
    locations = [_location(file, output) for file in files]
    for location in locations:
        if locations.count(location) > 1:
            raise PackageError(f"{location}: the file is named twice")
    named = zip(_names(locations), locations, strict=True)
    bare = [{"name": name, "type": "table", "path": location} for name, location in named]
    resources = [_with_schema(_with_form(one, output), output) for one in bare]
    name = _slug(output.parent.resolve().name) or "package"
    return {"$schema": profile.LATEST, "name": name, "resources": resources}


def write(descriptor: Mapping[str, Any], output: Path) -> None:
    """Writes a descriptor where none is.

    Raises:
        PackageError: it cannot be written, or there is one already.
    """
    try:
        content = f"{json.dumps(descriptor, ensure_ascii=False, indent=2)}\n".encode()
        with output.open("xb") as stream:
            stream.write(content)
    except FileExistsError:
        raise _occupied(output) from None
    except OSError as error:
        with suppress(OSError):
            output.unlink()
        raise PackageError(f"{output}: cannot be written: {error.strerror}") from None


def summary(descriptor: Mapping[str, Any]) -> Iterator[str]:
    """What a descriptor says of its resources, a line each: the file, its form, its fields."""
    for properties in descriptor["resources"]:
        fields = ", ".join(map(_shown, properties["schema"]["fields"]))
        form = ", ".join([properties["path"], *_form(properties)])
        yield printable(f"{properties['name']} ({form}): {fields}")


def _shown(properties: Properties) -> str:
    """A field as it is printed: its name, its type, and what else its values are read by."""
    own = (f"{key} {value}" for key, value in properties.items() if key not in ("name", "type"))
    more = ", ".join(own)
    return f"{cut(properties['name'])} {properties['type']}" + (f" ({more})" if more else "")


def _form(properties: Properties) -> Iterator[str]:
    """What of the form of a file was guessed and is not the default."""
    if "encoding" in properties:
        yield f"by its looks {properties['encoding']}"
    for name, value in properties.get("dialect", {}).items():
        yield f"{name} {json.dumps(value, ensure_ascii=False)}"


def _check_free(output: Path) -> None:
    if output.is_dir():
        raise PackageError(f"{output}: is a folder; name a file, such as {output / DESCRIPTOR}")
    if output.exists():
        raise _occupied(output)
    if not output.parent.is_dir():
        raise PackageError(f"{output}: there is no such folder")


def _occupied(output: Path) -> PackageError:
    return PackageError(
        f"{output}: is there already and stays; move it away, or name another file with --output"
    )


def _location(file: Path, output: Path) -> str:
    """The path of a file as the descriptor has it.

    Raises:
        PackageError: there is no such file, or it lies outside of the descriptor's folder.
    """
    if file.is_dir():
        raise PackageError(f"{file}: is a folder; name the data files in it")
    try:
        inside = (file.parent.resolve() / file.name).relative_to(output.parent.resolve())
    except ValueError:
        raise PackageError(
            f"{file}: lies outside of the descriptor's folder; a package holds its data files, "
            "so move the file, or have the descriptor above it with --output"
        ) from None
    if not file.exists():
        raise PackageError(f"{file}: no such file")
    location = inside.as_posix()
    try:
        location.encode()
    except UnicodeEncodeError:
        raise PackageError(
            f"{file}: the name of the file holds what is no character; rename it"
        ) from None
    Folder(output.parent).file(location, output.name)
    return location


def _names(locations: Iterable[str]) -> list[str]:
    """Names of resources after their files, no two the same."""
    names: list[str] = []
    for location in locations:
        path = PurePosixPath(location)
        stem = PurePosixPath(path.stem).stem if compression_named(_suffix(path)) else path.stem
        wanted = _slug(stem) or "table"
        numbered = (f"{wanted}-{number}" for number in count(2))
        names.append(wanted if wanted not in names else next(n for n in numbered if n not in names))
    return names


def _slug(name: str) -> str:
    return slugify(name, regex_pattern=UNNAMED)


def _suffix(path: PurePosixPath) -> str:
    return path.suffix.lstrip(".").lower()


def _package(properties: Properties, output: Path) -> Package:
    """A package of one resource, as the validator will know it."""
    return make_package({"$schema": profile.LATEST, "resources": [properties]}, output)


def _resource(properties: Properties, output: Path) -> Resource:
    return _package(properties, output).resources[properties["name"]]


def _with_form(properties: Properties, output: Path) -> Properties:
    """A resource with what its reader must know of its file.

    Raises:
        PackageError: the format is not among those that are described.
    """
    resource = _resource(properties, output)
    known = _format(resource)
    if known.described == "sheet":
        return _with_sheet(properties, resource)
    if known.described != "dialect":
        return properties
    if known.written_as:
        properties = {**properties, "format": known.written_as}
    if (encoding := encoding_of(resource)) != UTF_8:
        properties = {**properties, "encoding": encoding}
    dialect = dialect_of(_resource(properties, output))
    return {**properties, "dialect": dialect} if dialect else properties


def _format(resource: Resource) -> Format:
    """The format of a file, which is one of those that are described.

    Raises:
        PackageError: it is not.
    """
    known = format_named(resource.format)
    if known is None or known.described is None:
        names = ", ".join(described_formats())
        what = f'of format "{resource.format}"' if resource.format else "whose name says no format"
        raise PackageError(f"{resource.location}: a file {what}; known are {names}")
    return known


def _with_sheet(properties: Properties, resource: Resource) -> Properties:
    """A workbook of several sheets with the name of the first, so that all can see which it is."""
    try:
        names = sheet_names(resource)
    except UnreadableError as error:
        raise error.unusable(resource.location) from None
    return {**properties, "dialect": {"sheetName": names[0]}} if len(names) > 1 else properties


def _with_schema(properties: Properties, output: Path) -> Properties:
    """A resource with a schema that all its values hold to, by our own reading of them."""
    fields = _inferred(_resource(properties, output))
    while True:
        described = {**properties, "schema": {"fields": fields}}
        failing = _failing(_package(described, output).tables[properties["name"]])
        if not failing:
            return described
        fields = [_widened(one) if one["name"] in failing else one for one in fields]


def _widened(properties: Properties) -> Properties:
    return {"name": properties["name"], "type": WIDER.get(properties["type"], STRING)}


def _failing(resource: TabularResource) -> set[str]:
    """The names of the fields that some value is not of the type of, or would be lost in."""
    failing: set[str] = set()
    for table in read_batches(resource):
        for known in table.fields:
            text, values = table.text[known.name], table.values[known.name]
            if known.name not in failing and not _holds(known, text, values):
                failing.add(known.name)
    return failing


def _holds(known: Field, text: pl.Series, values: pl.Series) -> bool:
    """Whether all texts are of the type of their field, and nothing is lost in reading them."""
    if values.null_count() > text.null_count():
        return False
    if known.type in LOST and text.str.contains(LOST[known.type]).any():
        return False
    if not {"groupChar", "decimalChar"} & known.properties.keys():
        return True
    return text.drop_nulls().str.contains(_well_marked(known.properties)).all()


def _inferred(resource: Resource) -> list[Properties]:
    """Fields as frictionless infers them from a sample of each column.

    Raises:
        PackageError: there is no table.
    """
    import frictionless

    labels, known = _columns(resource)
    detector = frictionless.Detector(field_confidence=1)
    typed = _format(resource).described == "types"
    schema = detector.detect_schema(
        [list(row) for row in zip_longest(*(column.texts for column in known), fillvalue="")],
        labels=labels,
        field_candidates=[one for one in CANDIDATES if not (typed and one in NUMERIC)],
    )
    fields = [one.to_descriptor() for one in schema.fields]
    refined = _native if typed else _with_marks
    return [refined(one, column) for one, column in zip(fields, known, strict=True)]


def _columns(resource: Resource) -> tuple[list[str], list[_Column]]:
    """The labels of a table, and a sample of each column.

    Raises:
        PackageError: there is nothing to tell the fields by.
    """
    reader = open_table(resource)
    labels = reader.labels or []
    known = [_Column() for _ in labels]
    said: list[str] = []
    for batch in reader.batches(len(labels)):
        said += [finding.message for finding in batch.findings]
        _collect(batch, known)
    if not labels:
        why = said[0] if said else "there is no header, nor anything else that names its fields"
        raise PackageError(f"{resource.location}: no table: {why}")
    return labels, known


def _collect(batch: Batch, known: Sequence[_Column]) -> None:
    for name, column in zip(columns(len(known)), known, strict=True):
        if name in batch.kinds:
            column.kinds.update(batch.kinds[name].drop_nulls())
        elif batch.cells[name].null_count() < batch.cells.height:
            column.kinds.add(TEXT)
        if (room := SAMPLE - len(column.texts)) > 0:
            texts = batch.cells[name].drop_nulls().unique(maintain_order=True)
            column.texts.update(dict.fromkeys(texts.filter(texts != "").head(room)))


def _native(properties: Properties, column: _Column) -> Properties:
    """A field of the type that its values have natively; by their looks where all are texts."""
    if column.kinds == {TEXT}:
        return properties
    kinds = {NUMBER} if column.kinds == {INTEGER, NUMBER} else column.kinds
    known = len(kinds) == 1 and kinds <= NATIVE_TYPES
    return {"name": properties["name"], "type": min(kinds) if known else ANY}


def _with_marks(properties: Properties, column: _Column) -> Properties:
    """A field of numbers with marks in them, if they can be read in one way only."""
    if properties["type"] != STRING:
        return properties
    for marks in MARKS:
        if all(re.search(_well_marked(marks), text) for text in column.texts) and any(
            re.search(_telling(marks), text) for text in column.texts
        ):
            return {"name": properties["name"], "type": NUMBER, **marks}
    return properties


def _well_marked(marks: Mapping[str, str]) -> str:
    """What a number with marks looks like."""
    group, decimal = _escaped(marks)
    whole = f"([1-9][0-9]{{0,2}}({group}[0-9]{{3}})+|[0-9]+)" if group else "[0-9]+"
    return f"^[+-]?{whole}({decimal}[0-9]+)?$"


def _telling(marks: Mapping[str, str]) -> str:
    """What a number looks like whose marks cannot mean anything else."""
    group, decimal = _escaped(marks)
    if group:
        return f"[0-9]{group}[0-9]{{3}}({group}|{decimal})[0-9]"
    return f"^[+-]?(0|[0-9]{{4,}}){decimal}|{decimal}([0-9]{{1,2}}|[0-9]{{4,}})$"


def _escaped(marks: Mapping[str, str]) -> tuple[str, str]:
    return re.escape(marks.get("groupChar", "")), re.escape(marks.get("decimalChar", "."))
