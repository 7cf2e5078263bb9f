"""Whether what a package translates is in languages that it names.

Source: docs/extensions.md, "Translations".
"""

from collections.abc import Iterator, Mapping

from validate._src.package.ledger import Ledger
from validate._src.words.model import Package
from validate._src.words.place import Place

TRANSLATIONS = "translations"


def check_translations(package: Package, place: Place, ledger: Ledger) -> None:
    """Takes down what is translated into a language in which no page shows it.

    That is one which the views do not name, or the first of theirs, in which the descriptor itself
    is. Where they name no languages, translations are for others to read.

    Args:
        package: the package.
        place: the top of its descriptor.
        ledger: takes what is wrong.
    """
    languages = [*package.views.languages] if package.views else []
    if not languages:
        return
    own = package.properties.get(TRANSLATIONS, {})
    for at, resource, field, translations in [(place, "", "", own), *_of_tables(package)]:
        for language in translations:
            if language not in languages:
                message = f'"{language}" is not among the languages of the views'
            elif language == languages[0]:
                message = f'"{language}" is the language of the descriptor itself'
            else:
                continue
            ledger.fault(at.at(TRANSLATIONS, language), message, resource, field or None)


def _of_tables(
    package: Package,
) -> Iterator[tuple[Place, str, str, Mapping[str, Mapping[str, str]]]]:
    """What resources, fields and values of vocabularies translate: place, resource and field."""
    for resource in package.resources.values():
        yield resource.place, resource.name, "", resource.translations
    for table in package.tables.values():
        for field in table.schema.fields:
            yield field.place, table.name, field.name, field.translations
            for number, category in enumerate(field.categories or ()):
                at = field.place.at("categories", number)
                yield at, table.name, field.name, category.translations
