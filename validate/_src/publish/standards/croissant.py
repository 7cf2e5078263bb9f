"""Croissant: the files of a package, and the columns of its tables with their types.

Source: Croissant Format Specification 1.1.
"""

import glob
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from validate._src.publish.content import Content, PublishedTable
from validate._src.publish.datafiles import COMPRESSED, ZIP, DataFile, as_address
from validate._src.publish.metadata import about, about_table
from validate._src.publish.standards.croissantcolumns import is_mistaken, is_rounded, type_of
from validate._src.publish.standards.croissantkeys import referring, unsaid
from validate._src.publish.standards.described import Described
from validate._src.publish.standards.documents import (
    filled,
    lacking,
    put_json,
)
from validate._src.publish.standards.plainfiles import PARQUET, SEPARATED, why_not_plain
from validate._src.publish.standards.schemaorg import dataset
from validate._src.reading.compression import names_within
from validate._src.words.schema import ForeignKey

VERSION = "http://mlcommons.org/croissant/1.1"
TERMS = (
    "annotation", "arrayShape", "citeAs", "column", "containedIn", "equivalentProperty", "excludes",
    "extract", "field", "fileProperty", "fileObject", "fileSet", "format", "includes", "isArray",
    "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path", "readLines", "recordSet",
    "references", "regex", "repeated", "replace", "samplingRate", "sdVersion", "separator",
    "source", "subField", "transform", "unArchive",
)  # fmt: skip
CONTEXT: Mapping[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "description": {"@container": "@language"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "name": {"@container": "@language"},
    **{name: f"cr:{name}" for name in TERMS},
}
"""The words of Croissant as its readers expect them to be declared.

Source: Croissant Format Specification 1.1, "JSON-LD context".
"""
REQUIRED: Mapping[str, str] = {
    "description": "description",
    "license": "licenses",
    "url": "homepage",
    "creator": "contributors",
    "datePublished": "created",
}


def write(content: Content, stream: BinaryIO) -> Iterator[str]:
    """Writes the document.

    Yields:
        What it lacks, a sentence each.
    """
    described = Described(content)
    shut = {one.name: why for one in content.tables if (why := why_not_plain(one))}
    tables = {one.name: one for one in content.tables if one.name not in shut}
    said = referring(tables)
    document = {
        "@context": CONTEXT,
        "conformsTo": VERSION,
        **dataset(described),
        **filled(
            citeAs=_bibtex(described),
            distribution=[*_distribution(described, tables)],
            recordSet=[_record_set(one, tables, said[name]) for name, one in tables.items()],
        ),
    }
    put_json(document, stream)
    yield from lacking(document, REQUIRED)
    for name, why in shut.items():
        yield f"the columns of {name} are not described: {why}"
    for name, table in tables.items():
        for column in filter(is_mistaken, table.columns):
            yield f"{name}.{column.name}: readers who guess types make values of its texts"
        for column in filter(is_rounded, table.columns):
            yield f"{name}.{column.name}: readers who guess types round its integers"
    yield from unsaid(tables, said)


def _distribution(
    described: Described, tables: Mapping[str, PublishedTable]
) -> Iterator[dict[str, Any]]:
    """The files; the file in each zip file; the set of files of a table in several."""
    known = {part.location: _reading(one) for one in tables.values() for part in one.resource.parts}
    ids = {file.path: file.address for file in described.files}
    for file in described.files:
        yield _file_object(file, known.get(file.path, file.content_type))
    for table in tables.values():
        paths = [part.location for part in table.resource.parts]
        packed = [{"@id": ids[path]} for path in paths]
        if table.resource.compression == "zip":
            yield _in_zip(table, packed)
        elif len(paths) > 1:
            yield {
                "@type": "cr:FileSet",
                "@id": _source(table),
                "name": table.name,
                "encodingFormat": _reading(table),
                "includes": [glob.escape(path) for path in paths],
            }


def _file_object(file: DataFile, content_type: str) -> dict[str, Any]:
    compressed = COMPRESSED.get(file.resource.compression, "")
    inside = [] if compressed == ZIP else [content_type]
    types = [compressed, *inside] if compressed else inside
    return {
        "@type": "cr:FileObject",
        "@id": file.address,
        **filled(
            name=file.name,
            description=file.resource.title or file.resource.description,
            contentUrl=file.path,
            encodingFormat=types if len(types) > 1 else types[0],
            contentSize=f"{file.size} B",
            sha256=file.sha256,
        ),
    }


def _in_zip(table: PublishedTable, packed: list[dict[str, Any]]) -> dict[str, Any]:
    """The file in a zip file that has the rows."""
    part = table.resource.parts[0]
    (name,) = [part.within] if part.within or not part.file else names_within(part.file)
    return {
        "@type": "cr:FileObject",
        "@id": _source(table),
        "name": PurePosixPath(name).name,
        "contentUrl": name,
        "containedIn": packed,
        "encodingFormat": _reading(table),
    }


def _source(table: PublishedTable) -> str:
    """The name of what the columns of a table are taken from."""
    first, *others = table.resource.parts
    if others or table.resource.compression == "zip":
        return f"{as_address(table.name)}#rows"
    return as_address(first.location)


def _reading(table: PublishedTable) -> str:
    """The media type by which readers know how a table is read."""
    resource = table.resource
    return (
        "application/x-parquet"
        if resource.format in PARQUET
        else SEPARATED[resource.dialect.delimiter]
    )


def _record_set(
    table: PublishedTable,
    tables: Mapping[str, PublishedTable],
    references: Mapping[str, ForeignKey],
) -> dict[str, Any]:
    primary = [key for key in table.promises.keys if key.is_primary]
    set_of_files = len(table.resource.parts) > 1
    source = {"fileSet" if set_of_files else "fileObject": {"@id": _source(table)}}
    fields = [
        {
            "@type": "cr:Field",
            "@id": _field_id(table.name, column.field.label),
            "name": column.field.label,
            **filled(description=about(column)),
            "dataType": type_of(column),
            "source": {**source, "extract": {"column": column.field.label}},
            **filled(references=_target(references.get(column.name), tables)),
        }
        for column in table.columns
    ]
    keys = [{"@id": _field_id(table.name, name)} for key in primary for name in key.fields]
    return {
        "@type": "cr:RecordSet",
        "@id": as_address(table.name),
        "name": table.name,
        **filled(description=about_table(table), key=keys[0] if len(keys) == 1 else keys),
        "field": fields,
    }


def _target(key: ForeignKey | None, tables: Mapping[str, PublishedTable]) -> dict[str, Any] | None:
    if key is None:
        return None
    column = tables[key.resource].column(key.reference_fields[0])
    return {"field": {"@id": _field_id(key.resource, column.field.label)}}


def _field_id(table: str, label: str) -> str:
    return f"{as_address(table)}/{as_address(label, allowed='')}"


def _bibtex(described: Described) -> str:
    """How the package is cited, as BibTeX, which Croissant asks for."""
    known = filled(
        author=" and ".join(f"{{{one.name}}}" for one in described.creators),
        title=f"{{{described.title}}}",
        year=described.date[:4],
        version=described.version,
        doi=described.doi,
        url=described.homepage,
    )
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in known.items())
    return f"@misc{{{described.name},\n{lines}\n}}"
