"""The tables, fields and vocabularies of a package as Markdown, for people who code or read."""

from collections.abc import Iterator

from validate._src.words.model import Package, TabularResource
from validate._src.words.printing import printable
from validate._src.words.schema import Field, ForeignKey


def render(package: Package) -> str:
    """A section a table: what a row is, its fields, its rules, its vocabularies."""
    sections = ("\n".join(_table(resource)) for resource in package.tables.values())
    rules = "\n".join(_table_rules(package))
    text = "\n".join([*sections, *([rules] if rules else [])])
    return "\n".join(map(printable, text.split("\n"))) + "\n"


def _table(resource: TabularResource) -> Iterator[str]:
    schema = resource.schema
    yield f"## `{resource.name}`"
    yield ""
    yield resource.description or resource.title
    yield ""
    yield "| field | type | may be empty | what it holds | example |"
    yield "|---|---|---|---|---|"
    yield from (_field(field, resource) for field in schema.fields)
    yield ""
    if schema.primary_key:
        yield f"Primary key: {', '.join(f'`{name}`' for name in schema.primary_key)}."
        yield ""
    if schema.rules:
        yield "Every row:"
        yield ""
        yield from (f"- {rule.message} (`{rule.name}`)" for rule in schema.rules)
        yield ""
    for field in schema.fields:
        yield from _vocabulary(field)


def _field(field: Field, resource: TabularResource) -> str:
    holds = " ".join([_text(field, "description"), *_references(field, resource)])
    example = _text(field, "example")
    cells = (
        f"`{field.name}`",
        field.type + (", EDTF" if field.edtf else ""),
        "no" if resource.schema.requires(field) else "yes",
        holds,
        f"`{example}`" if example else "",
    )
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _text(field: Field, name: str) -> str:
    return str(field.properties.get(name, ""))


def _references(field: Field, resource: TabularResource) -> Iterator[str]:
    for key in resource.schema.foreign_keys:
        if field.name == key.fields[-1]:
            yield f"→ {_target(key, resource)}"


def _target(key: ForeignKey, resource: TabularResource) -> str:
    table = "this table" if key.resource == resource.name else f"`{key.resource}`"
    together = f" with `{'`, `'.join(key.fields[:-1])}`" if len(key.fields) > 1 else ""
    return f"{table}{together}"


def _vocabulary(field: Field) -> Iterator[str]:
    if field.categories is None:
        return
    yield f"Values of `{field.name}`:"
    yield ""
    for category in field.categories:
        meaning = ": ".join(part for part in (category.label, category.description) if part)
        yield f"- `{category.value}`" + (f": {meaning}" if meaning else "")
    yield ""


def _table_rules(package: Package) -> Iterator[str]:
    if not package.rules:
        return
    yield "## Rules between rows and tables"
    yield ""
    yield from (f"- `{rule.resource}`: {rule.message} (`{rule.name}`)" for rule in package.rules)
