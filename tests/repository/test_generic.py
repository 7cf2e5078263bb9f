"""The validator knows the standard and its extensions, and nothing of this dataset."""

import ast
import json
from importlib.resources import files

from support.places import ROOT

from validate._src.fields.types import FIELD_TYPES
from validate._src.package.descriptor import load_package

PACKAGE = load_package(ROOT)
MODULES = {
    file.relative_to(ROOT): ast.parse(file.read_text("utf-8"))
    for file in (ROOT / "validate").rglob("*.py")
}


def names_of_the_dataset():
    """Names of its tables, their fields and its rules."""
    for resource in PACKAGE.resources.values():
        yield resource.name
        yield from resource.schema.names
        yield from (rule.name for rule in resource.schema.rules)
    yield from (rule.name for rule in PACKAGE.rules)


def properties(schema):
    """Names of the properties that a JSON Schema speaks of."""
    if isinstance(schema, dict):
        if isinstance(schema.get("properties"), dict):
            yield from schema["properties"]
        schema = list(schema.values())
    if isinstance(schema, list):
        for part in schema:
            yield from properties(part)


def words_of_the_standard():
    """What descriptors may say by the standard and its extensions, and its field types."""
    profiles = [
        files("validate._src.package") / "extensions.json",
        files("dplib") / "profiles" / "2.0" / "datapackage.json",
        files("dplib") / "profiles" / "2.0" / "tabledialect.json",
    ]
    yield from FIELD_TYPES
    yield "kind"  # of a place or a suppression in SARIF
    yield "url"  # of a resource in version 0 of the standard
    yield "field"  # of a finding, in every report
    yield "publisher"  # a role of contributors
    yield from ("authors", "identifier", "rights")  # of CITATION.cff, Zenodo and DataCite
    for profile in profiles:
        yield from properties(json.loads(profile.read_text("utf-8")))


def documentation(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                yield first.value


def strings_in(tree):
    documented = set(map(id, documentation(tree)))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in documented:
            yield node.value


def identifiers_in(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.arg):
            yield node.arg


def found_in_modules(names, words_in):
    """Which of some names stand in which module."""
    found = {file: names.intersection(words_in(tree)) for file, tree in MODULES.items()}
    return {file: names for file, names in found.items() if names}


def test_no_string_is_a_name_of_the_dataset():
    foreign = set(names_of_the_dataset()) - set(words_of_the_standard())
    assert found_in_modules(foreign, strings_in) == {}


def test_no_identifier_is_a_compound_name_of_the_dataset():
    compound = {name for name in names_of_the_dataset() if "_" in name or "-" in name}
    assert found_in_modules(compound, identifiers_in) == {}
