"""In what order rows that are found are listed: which tables come first, and which rows.

Tables come by the best of their rows, then by what they are, then as the descriptor has them; the
rows of a table by what they have, then as the table has them. Tables that only tie rows together or
say how these were coded are told after all others, unless it is a key that was looked for.
`site/assets/lookup.js` does the same in the browser; a test holds the two together.
"""

from collections.abc import Iterable, Mapping
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
    NAME = 2
    LABEL = 3
    OTHER = 4


class Kind(IntEnum):
    """What a table is, those first that lead to most, or whose rows say something by themselves."""

    NAMED = 0
    ANCHORED = 1
    LABELLED = 2
    OTHER = 3
    CODING = 4
    TIE = 5

    @property
    def is_aside(self) -> bool:
        """Whether its rows are not what a reader looks for, unless by their keys."""
        return self >= Kind.CODING


def kinds_of(package: Package, labels: Mapping[str, str | None]) -> dict[str, Kind]:
    """What the tables of a package are.

    Those that only tie rows together are known by their keys, those that say how rows were coded
    by the reliability extension. Others are named, as topics and persons are, where rows of
    tables refer to them that are neither; but for those that rest on passages themselves.

    Args:
        package: the package.
        labels: for each table the field that says what its rows are about, if one does.
    """
    anchored = anchored_tables(package)
    coding = frozenset[str]() if package.reliability is None else package.reliability.resources
    named = {
        key.resource
        for name, resource in package.tables.items()
        for key in resource.schema.foreign_keys
        if name not in coding and key.resource != name
    }

    def kind(name: str, label: str | None) -> Kind:
        if name in coding:
            return Kind.CODING
        if label is None:
            table = package.tables.get(name)
            return Kind.TIE if table and ties_rows(table.schema) else Kind.OTHER
        if name in anchored:
            return Kind.ANCHORED
        return Kind.NAMED if name in named else Kind.LABELLED

    return {name: kind(name, label) for name, label in labels.items()}


def ties_rows(schema: Schema) -> bool:
    """Whether the rows of a table join those of others: its key consists of several foreign keys.

    Such is a table of members, which joins persons and groups.
    """
    key = {*schema.primary_key}
    within = [{*one.fields} for one in schema.foreign_keys if {*one.fields} <= key]
    return len(within) > 1 and set[str]().union(*within) == key


def those_aside(kinds: Mapping[str, Kind], best: Mapping[str, Rank]) -> frozenset[str]:
    """The tables with hits that are told after the others, and not listed with them.

    Args:
        kinds: what the tables are.
        best: for each table with hits the best rank of these.

    Returns:
        None where all would be aside.
    """
    aside = {name for name, rank in best.items() if kinds[name].is_aside and rank >= Rank.NAME}
    return frozenset(aside if len(aside) < len(best) else ())


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
        for key in resource.schema.foreign_keys:
            target = package.tables.get(key.resource) if key.resource in found else None
            if target is not None and joins_keys(key, resource.schema, target.schema):
                yield name


def joins_keys(key: ForeignKey, child: Schema, parent: Schema) -> bool:
    """Whether a foreign key leads from the primary key of one table to that of another.

    Args:
        key: the foreign key.
        child: the schema of the table that has it.
        parent: that of the table to which it refers.
    """
    own, others = {*child.primary_key}, {*parent.primary_key}
    return own == {*key.fields} and others == {*key.reference_fields}


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


def titles_of(label: str | None, known: Iterable[str], package: Package) -> Mapping[str, str]:
    """The fields that say what a row is about, by the languages of the package.

    Args:
        label: the one that says it best, if one does.
        known: the fields that may be shown.
        package: the package, whose views say how the names of such fields end.

    Returns:
        The names of fields; one that is in no language that the package names stands under `""`.
    """
    names, views = tuple(known), package.views
    if label is None or label not in names:
        return {}
    if views is None:
        return {"": label}
    return views.spoken(views.stem(label, names), names)


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
