"""Whether the names that a package uses exist, and fit what they are used for."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from validate._src.words.errors import PackageError
from validate._src.words.model import Package, Resource, TabularResource
from validate._src.words.schema import Schema

WAIVER_FIELDS = ("resource", "key", "field", "code", "reason", "expires")
ROW = "_row"
INTEGER_ROLES = {"characters", "segment", "start", "end"}


def check_schema(schema: Schema, place: str) -> None:
    """Checks the names within a schema.

    Raises:
        PackageError: a key, rule or property names a field that does not exist or does
            not fit, or a name stands twice.
    """
    for name in schema.names:
        if name == "*" or (name.startswith("^") and name.endswith("$")):
            raise PackageError(
                f'{place}: the field name "{name}" cannot be used; Polars expands it'
            )
    if "" in schema.names:
        raise PackageError(f"{place}: fields[{schema.names.index('')}]: a field has no name")
    keys = [("primaryKey", schema.primary_key)]
    keys += [("uniqueKeys", key) for key in schema.unique_keys]
    foreign_keys = (*schema.foreign_keys, *schema.outside_keys)
    keys += [("foreignKeys", key.fields) for key in foreign_keys]
    keys += [
        (f'field "{field.name}": edtf', tuple(field.edtf.named_fields()))
        for field in schema.fields
        if field.edtf
    ]
    for what, names in keys:
        for name in names:
            if name not in schema.names:
                raise PackageError(f'{place}: {what}: there is no field "{name}"')
    _check_edtf(schema, place)
    for key in foreign_keys:
        if len(key.fields) != len(key.reference_fields):
            raise PackageError(
                f"{place}: foreignKeys: {list(key.fields)} and {list(key.reference_fields)} "
                "differ in length"
            )
    for field in schema.fields:
        if field.type != "number":
            continue
        group, decimal = field.options.group_char, field.options.decimal_char
        if decimal == "" or group in ("", decimal):
            where = f'{place}: field "{field.name}"'
            raise PackageError(f"{where}: groupChar and decimalChar must be two characters")
    for rule_name in repeated(rule.name for rule in schema.rules):
        raise PackageError(f'{place}: rules: two rules have the name "{rule_name}"')


def _check_edtf(schema: Schema, place: str) -> None:
    """Every field that an EDTF date names is of the type that its value needs."""
    by_name = {field.name: field for field in schema.fields}
    for field in schema.fields:
        if field.edtf is None:
            continue
        wanted = (
            (field.name, "string"),
            (field.edtf.earliest, "date"),
            (field.edtf.latest, "date"),
            (field.edtf.precision, "string"),
        )
        for name, type_name in wanted:
            if name is not None and by_name[name].type != type_name:
                where = f'{place}: field "{field.name}": edtf'
                raise PackageError(f'{where}: field "{name}" must be of type {type_name}')
        not_before = field.edtf.not_before
        if not_before is not None and by_name[not_before].edtf is None:
            where = f'{place}: field "{field.name}": edtf'
            raise PackageError(f'{where}: notBefore: "{not_before}" is no EDTF field')


def repeated(names: Iterable[str]) -> list[str]:
    """The names that an earlier one is equal to."""
    seen: set[str] = set()
    return [name for name in names if name in seen or seen.add(name)]


def keys_at_hand(resource: Resource, others: Sequence[Resource]) -> Resource:
    """A resource whose foreign keys to resources that are not at hand are set apart."""
    if resource.schema is None:
        return resource
    keys, names = resource.schema.foreign_keys, {other.name for other in others}
    schema = replace(
        resource.schema,
        foreign_keys=tuple(key for key in keys if key.resource in names),
        outside_keys=(
            *resource.schema.outside_keys,
            *(key for key in keys if key.resource not in names),
        ),
    )
    return replace(resource, schema=schema)


def check_package(package: Package) -> None:
    """Checks the names that lead from one part of a package to another.

    Raises:
        PackageError: a foreign key, table rule, anchor or waiver names a resource or field that
            does not exist or does not fit.
    """
    _check_foreign_keys(package)
    _check_table_rules(package)
    _check_anchors(package)
    _check_waivers(package)


def _check_foreign_keys(package: Package) -> None:
    for resource in package.tables.values():
        for key in resource.schema.foreign_keys:
            place = f'{package.file.name}: resource "{resource.name}": foreignKeys'
            target = _resource(package, key.resource, place)
            if target.schema is not None:
                _check_named(target.name, target.schema, key.reference_fields, place)
            if key.acyclic and (key.resource != resource.name or len(key.fields) != 1):
                raise PackageError(f"{place}: acyclic goes with a self-reference of one field")


def _resource(package: Package, name: str, place: str) -> Resource:
    resource = package.resources.get(name)
    if resource is None:
        raise PackageError(f'{place}: there is no resource "{name}"')
    return resource


def _table(package: Package, name: str, place: str) -> TabularResource:
    resource = _resource(package, name, place)
    if not isinstance(resource, TabularResource):
        raise PackageError(f'{place}: resource "{name}" has no rows to read: {resource.unreadable}')
    return resource


def _check_named(resource: str, schema: Schema, names: Iterable[str], place: str) -> None:
    for name in names:
        if name not in schema.names:
            raise PackageError(f'{place}: resource "{resource}" has no field "{name}"')


def _check_table_rules(package: Package) -> None:
    for name in repeated(rule.name for rule in package.rules):
        raise PackageError(f'{package.file.name}: rules: two rules have the name "{name}"')
    for rule in package.rules:
        _table(package, rule.resource, f'{package.file.name}: rule "{rule.name}"')
    if not package.rules:
        return
    for resource in package.tables.values():
        if ROW in resource.schema.names:
            place = f'{package.file.name}: resource "{resource.name}"'
            raise PackageError(f'{place}: a field named "{ROW}" cannot go with table rules')


def _check_anchors(package: Package) -> None:
    if package.anchors is None:
        return
    place = f"{package.file.name}: anchors"
    accountable = [kind.pattern for kind in package.anchors.accountable]
    for pattern in (*accountable, *package.anchors.exempt):
        try:
            re.compile(pattern)
        except re.error as error:
            raise PackageError(f'{place}: invalid pattern "{pattern}": {error}') from None
    for declared in (package.anchors.sources, package.anchors.segments, package.anchors.spans):
        table = _table(package, declared.resource, place)
        for role, name in vars(declared).items():
            if role == "resource" or name is None:
                continue
            _check_named(table.name, table.schema, [name], place)
            wanted = "integer" if role in INTEGER_ROLES else "string"
            if table.schema.field(name).type != wanted:
                raise PackageError(f'{place}: "{table.name}.{name}" must be of type {wanted}')


def _check_waivers(package: Package) -> None:
    if package.waivers is None:
        return
    place = f"{package.file.name}: waivers"
    table = _table(package, package.waivers, place)
    _check_named(table.name, table.schema, WAIVER_FIELDS, place)
    for name in WAIVER_FIELDS:
        wanted = "date" if name == "expires" else "string"
        if table.schema.field(name).type != wanted:
            raise PackageError(f'{place}: "{table.name}.{name}" must be of type {wanted}')
