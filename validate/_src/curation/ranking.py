"""In what order rows that are found are listed: which tables come first, and which rows.

Tables come by the best of their rows, then by what they are, then as the descriptor has them; the
rows of a table by what they have, then as the table has them. `site/assets/lookup.js` does the same
in the browser; a test holds the two together.
"""

from collections.abc import Iterable
from enum import IntEnum

import polars as pl

from validate._src.words.model import Package
from validate._src.words.schema import Field, ForeignKey, Schema

LONG_TOKEN = 24  # characters without a space from which on a text is no word
SAMPLE = 200  # cells by which it is told whether a column can stand for its rows


class Rank(IntEnum):
    """What a row has of what is looked for, the best first."""

    KEY = 0
    LIKE_KEY = 1
    LABEL = 2
    OTHER = 3


class Kind(IntEnum):
    """What a table is, those first whose rows say something by themselves."""

    ANCHORED = 0
    LABELLED = 1
    OTHER = 2


def kind_of(name: str, label: str | None, anchored: Iterable[str]) -> Kind:
    """What a table is.

    Args:
        name: its name.
        label: the field that says what its rows are about, if one does: without one they only tie
            others together, or count them.
        anchored: the tables whose rows rest on passages.
    """
    if label is None:
        return Kind.OTHER
    return Kind.ANCHORED if name in anchored else Kind.LABELLED


def anchored_tables(package: Package) -> frozenset[str]:
    """The tables whose rows rest on passages of texts.

    Those to which spans refer as what they prove, and those whose key refers to the key of such a
    table, as where a register lists the rows of several.
    """
    spans = () if package.anchors is None else package.anchors.spans
    found = {
        key.resource
        for one in spans
        if one.resource in package.tables
        for key in package.tables[one.resource].schema.foreign_keys
        if one.source not in key.fields
    }
    while more := {*_kin_of(package, found)} - found:
        found |= more
    return frozenset(found)


def _kin_of(package: Package, found: Iterable[str]) -> Iterable[str]:
    """The tables whose key refers to the key of one of some tables."""
    for name, resource in package.tables.items():
        own = {*resource.schema.primary_key}
        for key in resource.schema.foreign_keys:
            if key.resource in found and own == {*key.fields} and _is_of_key(key, package):
                yield name


def _is_of_key(key: ForeignKey, package: Package) -> bool:
    target = package.tables.get(key.resource)
    return target is not None and {*key.reference_fields} == {*target.schema.primary_key}


def label_of(schema: Schema, columns: Iterable[tuple[Field, pl.Series]]) -> str | None:
    """The field that says best what a row is about, if one does.

    The first that holds texts which are no key, no reference, no category and no digest, and
    mostly differ from row to row. Most of its cells have a value.

    Args:
        schema: the schema of a table.
        columns: its fields that may be shown, each with the n texts of its cells; null where
            missing.
    """
    others = {*schema.primary_key}
    others |= {name for key in schema.foreign_keys for name in key.fields}
    named = ((field, texts) for field, texts in columns if field.name not in others)
    return next((field.name for field, texts in named if _says_something(field, texts)), None)


def titles_of(label: str, known: Iterable[str], package: Package) -> tuple[str, ...]:
    """The fields that say what a row is about, in each of the languages of the package.

    Args:
        label: the one that says it best.
        known: the fields that may be shown.
        package: the package, whose views say how the names of such fields end.
    """
    views = package.views
    for ending in () if views is None else views.languages.values():
        if views and label.endswith(ending):
            names = views.spoken(label.removesuffix(ending), tuple(known)).values()
            return tuple(names) if label in names else (label,)
    return (label,)


def _says_something(field: Field, column: pl.Series) -> bool:
    if field.type != "string" or field.categories or field.edtf or field.numeral:
        return False
    if field.format not in ("default", ""):
        return False
    if column.null_count() * 2 > len(column):
        return False
    texts = column.drop_nulls().head(SAMPLE)
    are_many = texts.n_unique() * 2 > len(texts)
    return len(texts) > 0 and are_many and not are_tokens(texts).any()


def are_tokens(texts: pl.Series) -> pl.Series:
    """Which of n texts are digests and the like, and no words."""
    return texts.str.contains(rf"^[!-~]{{{LONG_TOKEN},}}$")
