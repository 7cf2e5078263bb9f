"""From `datapackage.json` to a frozen `Package`, or one clear line why not."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from validate._src.fields.types import FIELD_TYPES
from validate._src.package import profile
from validate._src.package.consistency import check_package, repeated
from validate._src.package.folder import DESCRIPTOR, read_json, safe_path
from validate._src.package.tableschema import make_schema
from validate._src.reading.compression import compression_named
from validate._src.reading.encodings import UTF_8, python_name
from validate._src.reading.files import digest_size
from validate._src.reading.formats import (
    INLINE,
    by_path,
    format_named,
    is_table,
    name_by_media_type,
    why_unreadable,
)
from validate._src.words.codes import ERROR, FOREIGN_KEY_CODES
from validate._src.words.errors import PackageError
from validate._src.words.finding import NotChecked
from validate._src.words.model import (
    Accountable,
    Anchors,
    Dialect,
    Package,
    Part,
    Resource,
    Schema,
    Segments,
    Sources,
    Spans,
    TableRule,
    TabularResource,
)

if TYPE_CHECKING:
    from validate._src.package.remote import Remote

LATEST_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
DIALECT_PROPERTIES = {
    "delimiter": "delimiter",
    "quoteChar": "quote_char",
    "doubleQuote": "double_quote",
    "escapeChar": "escape_char",
    "skipInitialSpace": "skip_initial_space",
    "lineTerminator": "line_terminator",
    "nullSequence": "null_sequence",
    "header": "header",
    "headerRows": "header_rows",
    "headerJoin": "header_join",
    "commentRows": "comment_rows",
    "commentChar": "comment_char",
    "property": "property",
    "itemType": "item_type",
    "itemKeys": "item_keys",
    "sheetNumber": "sheet_number",
    "sheetName": "sheet_name",
    "table": "table",
}
DIALECT_WITHOUT_EFFECT = (
    "$schema", "caseSensitiveHeader", "csvddfVersion", "description", "name", "title",
)  # fmt: skip


def load_package(path: Path, *, allow_remote: bool = False) -> Package:
    """The package that a descriptor describes.

    Args:
        path: a descriptor, or a folder that holds `datapackage.json`.
        allow_remote: whether files that it names by a URL are fetched.

    Raises:
        PackageError: the descriptor is missing, malformed or contradicts itself, or
            a file of the package is missing or lies outside its folder.

    Source: Data Package 2.0, Data Package.
    """
    file = path / DESCRIPTOR if path.is_dir() else path
    if is_table(file):
        raise PackageError(
            f"{file}: a table, not a descriptor; say what is in it with --schema FILE, "
            "or write a descriptor with `validate init`"
        )
    return make_package(read_json(file, str(file)), file, _web() if allow_remote else None)


def table_package(table: Path, schema: Path) -> tuple[Package, list[NotChecked]]:
    """A package of a single table, which has a schema and no descriptor.

    Args:
        table: a file in a format that its suffix names, CSV where it has none.
        schema: a Table Schema in JSON.

    Returns:
        The package, and the references to other tables, which are not at hand.

    Raises:
        PackageError: there is no such file, or the schema is malformed.

    Source: Data Package 2.0, Table Schema.
    """
    if not table.is_file():
        raise PackageError(f"{table}: no such file; a table from a pipe is given as -")
    own, others = _without_references(read_json(schema, str(schema)), table.stem)
    properties = {"name": table.stem, "path": table.name, "schema": own}
    if not table.suffix:
        properties["format"] = "csv"
    descriptor = {"$schema": LATEST_PROFILE, "name": table.stem, "resources": [properties]}
    package = make_package(descriptor, table)
    (resource,) = package.resources.values()
    if resource.unreadable is not None:
        raise PackageError(f"{table}: {resource.unreadable}")
    why = "only this table is at hand"
    return package, [
        NotChecked(f"foreign key to {name}", why, FOREIGN_KEY_CODES, resource.name)
        for name in others
    ]


def _without_references(schema: Any, table: str) -> tuple[Any, list[str]]:
    """A Table Schema without foreign keys to other tables, and the names of these tables."""
    keys = schema.get("foreignKeys", []) if isinstance(schema, dict) else []
    if not isinstance(keys, list):
        return schema, []
    others = [name for key in keys if (name := _referenced(key)) not in ("", table)]
    own = [key for key in keys if _referenced(key) in ("", table)]
    return ({**schema, "foreignKeys": own} if others else schema), others


def _referenced(key: Any) -> str:
    """The resource that a foreign key refers to; empty for its own, or if it is malformed."""
    reference = key.get("reference") if isinstance(key, dict) else None
    name = reference.get("resource", "") if isinstance(reference, dict) else ""
    return name if isinstance(name, str) else ""


def make_package(
    descriptor: Mapping[str, Any], file: Path, remote: "Remote | None" = None
) -> Package:
    """The package of a descriptor that was read already, or is not written yet.

    Args:
        descriptor: the descriptor.
        file: where it stands, or will; the paths in it are relative to its folder.
        remote: fetches what is on the web; None where that is not allowed.

    Raises:
        PackageError: as `load_package` does.
    """
    version = profile.standard_version(descriptor)
    described = _with_schemas_and_dialects(descriptor, file, version, remote)
    _check_profile(described, "datapackage", version, file.name)
    _check_schemas(described, file.name)
    resources = [_resource(properties, file, remote) for properties in described["resources"]]
    package = Package(
        file=file,
        name=descriptor.get("name") or file.parent.resolve().name,
        version=descriptor.get("version"),
        resources=_by_name(resources, file),
        rules=tuple(_table_rule(properties, file) for properties in descriptor.get("rules", ())),
        anchors=_anchors(descriptor.get("anchors")),
        waivers=descriptor.get("waivers", {}).get("resource"),
        other_profiles=tuple(profile.other_profiles(described)),
        remote=remote,
    )
    check_package(package)
    return package


def _web() -> "Remote":
    from validate._src.package.remote import Remote

    return Remote()


def _with_schemas_and_dialects(
    descriptor: Mapping[str, Any], file: Path, version: str, remote: "Remote | None"
) -> dict[str, Any]:
    """The descriptor with the schemas and dialects in it that it only refers to."""
    resources = descriptor.get("resources")
    if not isinstance(resources, list) or not resources:
        raise PackageError(f"{file.name}: resources: a package has at least one resource")
    return {
        **descriptor,
        "resources": [
            _with_schema_and_dialect(properties, file, version, number, remote)
            for number, properties in enumerate(resources)
        ],
    }


def _with_schema_and_dialect(
    properties: Any, file: Path, version: str, number: int, remote: "Remote | None"
) -> dict[str, Any]:
    place = f"{file.name}: resources[{number}]"
    if not isinstance(properties, dict):
        raise PackageError(f"{place}: not a JSON object")
    resource: dict[str, Any] = {**properties}
    if "url" in resource and not resource.keys() & {"path", "data"}:  # as in version 0
        resource["path"] = resource.pop("url")
    paths = resource.get("path", [])
    for path in [paths] if isinstance(paths, str) else paths if isinstance(paths, list) else []:
        if isinstance(path, str):
            safe_path(path, file.parent, place, remote)
    for name, profile_name in (("schema", "tableschema"), ("dialect", "tabledialect")):
        if name not in resource:
            continue
        location = f"{place}.{name}"
        if isinstance(resource[name], str):
            location = resource[name]
            resource[name] = read_json(safe_path(location, file.parent, place, remote), location)
            if isinstance(resource[name], dict) and "$schema" in resource[name]:
                version = profile.standard_version(resource[name])
        if not isinstance(resource[name], dict):
            raise PackageError(f"{location}: not a JSON object")
        if name == "schema":
            resource[name] = _with_types(resource[name], version, location)
        _check_profile(resource[name], profile_name, version, location)
    return resource


def _with_types(schema: Mapping[str, Any], version: str, location: str) -> dict[str, Any]:
    """The schema with the type that each field has by default, all of them known.

    Source: Table Schema, "type and format": `string` by default in 1.0, `any` in 2.0.
    """
    fields = schema.get("fields")
    if not isinstance(fields, list) or not all(isinstance(field, dict) for field in fields):
        raise PackageError(f"{location}: fields: must be an array of field descriptors")
    default = "string" if version == "1.0" else "any"
    typed = [{"type": default, **field} for field in fields]
    for number, field in enumerate(typed):
        if not isinstance(field["type"], str) or field["type"] not in FIELD_TYPES:
            known = ", ".join(FIELD_TYPES)
            place = f'{location}: fields[{number}] "{field.get("name")}"'
            raise PackageError(f'{place}: unknown type "{field["type"]}"; known are {known}')
    return {**schema, "fields": typed}


def _check_profile(
    descriptor: Mapping[str, Any], profile_name: str, version: str, location: str
) -> None:
    # The published 2.0 profile wants `fieldsMatch` to be an array and does not know the type
    # `list`; the standard's text has a string, and the type.
    checked = {name: value for name, value in descriptor.items() if name != "fieldsMatch"}
    if profile_name == "tableschema":
        checked["fields"] = [
            {**field, "type": "any"} if field["type"] == "list" else field
            for field in descriptor["fields"]
        ]
    if profile_name == "datapackage":
        checked["resources"] = [
            {name: value for name, value in resource.items() if name not in ("schema", "dialect")}
            for resource in descriptor["resources"]
        ]
    for problem in profile.problems(checked, profile_name, version):
        raise PackageError(f"{location}: {problem}")


def _check_schemas(descriptor: Mapping[str, Any], location: str) -> None:
    """Checks that tables have a schema where a profile of version 1.0 wants it."""
    for number, resource in enumerate(descriptor["resources"]):
        if (profile.wants_schemas(descriptor) or profile.wants_schemas(resource)) and not (
            resource.get("schema")
        ):
            place = f"{location}: resources[{number}]"
            raise PackageError(f"{place}: schema: its profile wants one of every table")


def _by_name(resources: Iterable[Resource], file: Path) -> dict[str, Resource]:
    by_name: dict[str, Resource] = {}
    for resource in resources:
        if resource.name in by_name:
            raise PackageError(f'{file.name}: two resources have the name "{resource.name}"')
        by_name[resource.name] = resource
    return by_name


def _resource(
    properties: Mapping[str, Any], package_file: Path, remote: "Remote | None"
) -> Resource:
    name = properties["name"]
    place = f'{package_file.name}: resource "{name}"'
    described = properties.get("schema")
    schema = None if described is None else make_schema(described, name, place)
    format_name, compression = _format(properties, place)
    resource = Resource(
        name=name,
        title=properties.get("title", ""),
        description=properties.get("description", ""),
        parts=_parts(properties, package_file, place, remote),
        data=properties.get("data"),
        properties=properties,
        format=format_name,
        compression=compression,
        encoding=_encoding(properties, place),
        dialect=_dialect(properties.get("dialect", {}), format_name, place),
        schema=schema,
        bytes=properties.get("bytes"),
        hash=_hash(properties.get("hash"), place),
        unreadable=_why_unreadable(properties, schema, format_name),
    )
    return resource if resource.unreadable else TabularResource(**vars(resource))


def _paths(properties: Mapping[str, Any]) -> list[str]:
    path = properties.get("path", [])
    return [path] if isinstance(path, str) else path


def _why_unreadable(
    properties: Mapping[str, Any], schema: Schema | None, format_name: str
) -> str | None:
    """Why nobody can read the rows of a resource, or None.

    Source: Data Package 2.0, Table Schema, "name": fields of one name are no reason to take
    the descriptor for invalid.
    """
    if schema is None:
        return "the resource has no schema"
    for name in repeated(schema.names):
        return f'two fields have the name "{name}", and cannot be told apart'
    known = format_named(format_name)
    if isinstance(properties.get("data"), str) and not (known and known.is_text):
        return f'a text inline cannot be of format "{format_name}"'
    return why_unreadable(format_name)


def _parts(
    properties: Mapping[str, Any], package_file: Path, place: str, remote: "Remote | None"
) -> tuple[Part, ...]:
    """The files of a resource; a text inline is as good as one."""
    data = properties.get("data")
    if isinstance(data, str):
        return (Part(f"inline data of {properties['name']}", None, data.encode()),)
    return tuple(
        Part(path, safe_path(path, package_file.parent, place, remote))
        for path in _paths(properties)
    )


def _format(properties: Mapping[str, Any], place: str) -> tuple[str, str]:
    """The format of a resource's files, and what they are compressed by, in lower case.

    Raises:
        PackageError: the names of its files stand for several, and it does not say which.

    Source: Data Package 2.0, Data Resource, "format": the standard file extension.
    """
    paths = _paths(properties)
    if not paths and not isinstance(properties.get("data"), str):
        return INLINE, ""
    kinds = [*map(by_path, paths)] or [("", "")]
    by_media_type = name_by_media_type(str(properties.get("mediatype", "")))
    name = str(properties.get("format") or kinds[0][0] or by_media_type).lower()
    compression = str(properties.get("compression") or kinds[0][1]).lower()
    readable = [kind for kind in kinds if format_named(kind[0])]
    for property_name, part in (("format", 0), ("compression", 1)):
        if len({kind[part] for kind in readable}) > 1 and not properties.get(property_name):
            raise PackageError(
                f"{place}: the names of its files, {', '.join(paths)}, stand for more than one "
                f'{property_name}; give them one, or say which with "{property_name}"'
            )
    return name, "" if compression == "no" else (compression_named(compression) or compression)


def _encoding(properties: Mapping[str, Any], place: str) -> str:
    """The encoding of a resource's files; a text inline has characters and no encoding."""
    name: str = properties.get("encoding", UTF_8)
    if isinstance(properties.get("data"), str):
        return UTF_8
    try:
        return python_name(name)
    except (LookupError, ValueError):
        raise PackageError(f'{place}: encoding: unknown encoding "{name}"') from None


def _dialect(properties: Mapping[str, Any], format_name: str, place: str) -> Dialect:
    known: dict[str, Any] = {
        DIALECT_PROPERTIES[name]: tuple(value) if isinstance(value, list) else value
        for name, value in properties.items()
        if name in DIALECT_PROPERTIES
    }
    known["unknown"] = tuple(
        name for name in properties if name not in {*DIALECT_PROPERTIES, *DIALECT_WITHOUT_EFFECT}
    )
    if known_format := format_named(format_name):
        known.setdefault("delimiter", known_format.delimiter)
    dialect = Dialect(**known)
    characters = {
        "delimiter": dialect.delimiter,
        "quoteChar": dialect.quote_char,
        "escapeChar": dialect.escape_char,
        "commentChar": dialect.comment_char,
    }
    given = [character for character in characters.values() if character is not None]
    for name, character in characters.items():
        shown = json.dumps(character, ensure_ascii=False)
        if character is None:
            continue
        if name in ("quoteChar", "escapeChar") and len(character) != 1:
            raise PackageError(f"{place}: dialect: {name} must be one character, not {shown}")
        if not character or set(character) & set("\r\n"):
            raise PackageError(f"{place}: dialect: {name} cannot be {shown}")
        if given.count(character) > 1:
            raise PackageError(f"{place}: dialect: {name} {character} has another meaning too")
    if dialect.line_terminator == "":
        raise PackageError(f"{place}: dialect: lineTerminator cannot be empty")
    return dialect


def _hash(declared: str | None, place: str) -> tuple[str, str] | None:
    """Algorithm and digest; MD5 when no algorithm is named.

    Source: Data Package 2.0, Data Resource, "hash": others go by their names in lower case.
    """
    if declared is None:
        return None
    algorithm, _, digest = declared.rpartition(":")
    algorithm = (algorithm or "md5").lower()
    size = digest_size(algorithm)
    digits = set(digest.lower())
    if size is not None and (len(digest) != 2 * size or not digits <= set("0123456789abcdef")):
        raise PackageError(f'{place}: hash: "{declared}" is no {algorithm} digest')
    return algorithm, digest.lower()


def _table_rule(properties: Mapping[str, Any], package_file: Path) -> TableRule:
    location = properties["query"]
    place = f'{package_file.name}: rule "{properties["name"]}"'
    try:
        query = safe_path(location, package_file.parent, place).read_text("utf-8")
    except UnicodeDecodeError as error:
        raise PackageError(f"{location}: not UTF-8 at byte {error.start}") from None
    except OSError as error:
        raise PackageError(f"{location}: cannot be read: {error.strerror}") from None
    return TableRule(
        name=properties["name"],
        resource=properties["resource"],
        query=query,
        message=properties["message"],
        location=location,
        severity=properties.get("severity", ERROR),
    )


def _anchors(properties: Mapping[str, Any] | None) -> Anchors | None:
    if properties is None:
        return None
    return Anchors(
        sources=Sources(**properties["sources"]),
        segments=Segments(**properties["segments"]),
        spans=Spans(**properties["spans"]),
        accountable=tuple(Accountable(**kind) for kind in properties.get("accountable", ())),
        exempt=tuple(properties.get("exempt", ())),
    )
