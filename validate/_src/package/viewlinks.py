"""Whether what views name exists and fits, as far as that can be told without their rows."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from validate._src.package.ledger import Ledger
from validate._src.package.naming import absent, why_unreadable
from validate._src.package.viewpages import lost_view
from validate._src.words.model import Package, TabularResource
from validate._src.words.place import Place, Steps
from validate._src.words.printing import no_such
from validate._src.words.schema import Field
from validate._src.words.views import SHAPES, Phrase, Roles, View, ViewColumn, Views

LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ROLES = tuple(dict.fromkeys(role for roles in SHAPES.values() for role in roles.all))


def good_views(package: Package, place: Place, ledger: Ledger) -> Views | None:
    """The views of a package without those that name what is not there.

    Args:
        package: the package.
        place: where its views stand.
        ledger: takes what is wrong and what cannot be shown.
    """
    views = package.views
    if views is None:
        return None
    problems = [*_language_problems(views.languages)]
    for steps, message in problems:
        ledger.fault(place.at(*steps), message)
    if problems:
        ledger.lost("views", place.at("languages"))
        return None
    labels = {
        name: field
        for name, field in views.labels.items()
        if _is_good_label(name, views, package, place.at("labels", name), ledger)
    }
    counts = Counter(view.name for view in views.pages)
    pages = [view for view in views.pages if _is_good(view, views, package, counts, ledger)]
    return replace(views, labels=labels, pages=tuple(pages))


def _language_problems(languages: Mapping[str, str]) -> Iterator[tuple[Steps, str]]:
    counts = Counter(languages.values())
    for language, ending in languages.items():
        steps: Steps = ("languages", language)
        if not LANGUAGE.fullmatch(language):
            yield steps, f'"{language}" is no language of BCP 47, such as "en" or "zh-Hant"'
        elif counts[ending] > 1:
            yield steps, f'"{ending}" is the ending of another language too'


def _is_good_label(name: str, views: Views, package: Package, place: Place, ledger: Ledger) -> bool:
    """Whether rows of a resource can be called as the views say; else they are by their keys."""
    problems = [*why_unreadable(package, name)]
    table = package.tables.get(name)
    if table is not None:
        problems += _no_text(table, views.labels[name], views)
    for message in problems:
        ledger.fault(place, message)
    return not problems and table is not None


def _no_text(table: TabularResource, name: str, views: Views) -> Iterator[str]:
    """Why a name stands for no field of a table, and for none in each language."""
    if views.spoken(name, table.schema.names):
        return
    also = f", nor {_ended(name, views)}" if views.languages else ""
    yield from (f"{message}{also}" for message in absent(table.name, table.schema, [name]))


def _ended(name: str, views: Views) -> str:
    return " and ".join(f'"{name}{ending}"' for ending in views.languages.values())


def _is_good(
    view: View, views: Views, package: Package, counts: Mapping[str, int], ledger: Ledger
) -> bool:
    problems = [*_problems(view, views, package)]
    if counts[view.name] > 1:
        problems.append((("name",), f'two views have the name "{view.name}"'))
    for steps, message in problems:
        lost_view(view.name, view.place, view.place.at(*steps), message, ledger)
    return not problems


def _problems(view: View, views: Views, package: Package) -> Iterator[tuple[Steps, str]]:
    """What is wrong with a view, without its rows."""
    if not NAME.fullmatch(view.name):
        message = "is part of an address: lower-case letters, digits and single hyphens"
        yield ("name",), message
    for member in ("title", "description"):
        yield from _phrase_problems((member,), getattr(view, member), views)
    yield from _role_problems(view, SHAPES[view.show])
    if view.resource is not None:
        yield from ((("resource",), each) for each in why_unreadable(package, view.resource))
    for steps, column in view.declared:
        yield from _phrase_problems((*steps, "title"), column.title, views)
        yield from _column_problems(steps, column, view, views, package)
    yield from _listed_twice("columns", (column.name for column in view.columns or ()))
    yield from _listed_twice("filters", (column.name for column in view.filters))
    yield from _listed_twice("counted", view.counted)
    yield from _also_problems(view, views)


def _phrase_problems(steps: Steps, phrase: Phrase, views: Views) -> Iterator[tuple[Steps, str]]:
    """The languages that a text has too many or lacks, if it says them at all."""
    if not phrase.keys() - {""}:
        return
    for language in phrase:
        if language not in views.languages:
            yield (*steps, language), f'"{language}" is not among the languages of the views'
    for language in views.languages:
        if language not in phrase:
            yield (*steps, language), "is missing"


def _role_problems(view: View, roles: Roles) -> Iterator[tuple[Steps, str]]:
    """The members that a view lacks, or that another shape would need."""
    for role in roles.required:
        if not getattr(view, role):
            yield (role,), f'is missing, and goes with "{view.show}"'
    for role in ROLES:
        if role not in roles.all and getattr(view, role):
            yield (role,), f'does not go with "{view.show}"'


def _column_problems(
    steps: Steps, column: ViewColumn, view: View, views: Views, package: Package
) -> Iterator[tuple[Steps, str]]:
    """What is wrong with the field whose values a column is said to have."""
    resource = column.resource or view.resource
    table = package.tables.get(resource or "")
    if column.resource is not None:
        for message in why_unreadable(package, column.resource):
            yield (*steps, "resource"), message
    if column.resource_column is not None and (column.resource or column.field):
        yield (*steps, "resourceColumn"), "says of what the values are, as resource and field do"
    if column.field is not None and resource is None:
        yield (*steps, "field"), "is a field of no resource; name the resource"
    elif column.field is not None and table is not None:
        yield from (((*steps, "field"), each) for each in _no_text(table, column.field, views))
    elif column.resource is not None and table is not None:
        for message in _no_text(table, column.name, views):
            yield (*steps, "resource"), f"{message}; name the field"
    if column.broader is not None and (table is not None or resource is None):
        at = (*steps, "broader")
        problems = _broader_problems(steps[0], column, view, table, package)
        yield from ((at, each) for each in problems)


def _broader_problems(
    member: str | int,
    column: ViewColumn,
    view: View,
    table: TabularResource | None,
    package: Package,
) -> Iterator[str]:
    """Why the values that a column refers to do not lead to wider ones by a field."""
    if member != "filters" and column.name not in view.headings:
        yield "goes with filters, and with the column of part, group or rows"
        return
    if table is None:
        yield "goes with a resource, whose field the values are of"
        return
    name = column.field or column.name
    resource, _ = referred_to(table, name)
    target = package.tables.get(resource)
    if target is None:
        yield f'"{table.name}.{name}" leads to no rows that could have wider ones'
        return
    keys = target.schema.foreign_keys
    if not any(key.fields == (column.broader,) and key.resource == target.name for key in keys):
        yield f'"{target.name}.{column.broader}" is no foreign key to its own table'


def _also_problems(view: View, views: Views) -> Iterator[tuple[Steps, str]]:
    """What is wrong with the views to which a view leads, and with what is picked of them."""
    known = {one.name: one for one in views.pages}
    for number, related in enumerate(view.also):
        other = known.get(related.view)
        if other is None:
            yield ("also", number, "view"), no_such("view", related.view, known)
            continue
        names = {column.name for column in other.filters}
        for name in related.where:
            if name not in names:
                yield ("also", number, "where", name), f'is no filter of "{other.name}"'
        if related.where and other.part is not None:
            message = f'"{other.name}" has a page for each part, none of which has all its rows'
            yield ("also", number, "where"), message


def referred_to(table: TabularResource, name: str) -> tuple[str, str]:
    """The resource and the field there whose value a value of a field is.

    Args:
        table: the resource of the field.
        name: the field. The primary key is that of its own row; another field is what its
            foreign key refers to.

    Returns:
        Two names, both empty if a value leads to no row.
    """
    if table.schema.primary_key == (name,):
        return table.name, name
    keys = (key for key in table.schema.foreign_keys if key.fields == (name,))
    return next(((key.resource, key.reference_fields[0]) for key in keys), ("", ""))


def field_meant(
    column: ViewColumn, view: View, views: Views, package: Package, language: str
) -> tuple[TabularResource, Field] | None:
    """The field whose values a column has, and its resource, if it is known.

    Args:
        column: the column.
        view: its view, whose resource it goes by if it names none.
        views: all of them.
        package: the package.
        language: which of several columns is meant, if it stands for one a language; or `""`.
    """
    table = package.tables.get(column.resource or view.resource or "")
    if table is None or column.resource_column is not None:
        return None
    fields = views.spoken(column.field or column.name, table.schema.names)
    name = fields.get(language) or fields.get("")
    return None if name is None else (table, table.schema.field(name))


def _listed_twice(member: str, names: Iterable[str]) -> Iterator[tuple[Steps, str]]:
    seen = set[str]()
    for number, name in enumerate(names):
        if name in seen:
            yield (member, number), f'"{name}" is listed already'
        seen.add(name)
