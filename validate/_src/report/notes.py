"""Notes on findings: that a value looks like another that would do, and by which characters."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import partial

import polars as pl

from validate._src.fields._comparisons import Condition
from validate._src.fields._letters import are_all, are_of
from validate._src.fields.constraints import CONSTRAINTS
from validate._src.fields.types import FIELD_TYPES, OF_DIGITS
from validate._src.tables.reading import read_batches
from validate._src.words.finding import LONGEST_VALUE
from validate._src.words.findingframe import FindingFrame, are_alike
from validate._src.words.lookalikes import (
    HAS_LETTER,
    ODD,
    SUSPICIOUS,
    as_digits,
    letters_named,
    named,
    plain,
)
from validate._src.words.model import Package, TabularResource
from validate._src.words.schema import Field, ForeignKey

DIGITS = r"^[-+0-9.,:/TZ ]*[OoIl|][-+0-9OoIl|.,:/TZ ]*$"
"""What might be a number or a day, were it not for letters that look like digits."""

PRINTABLE = bytes(range(ord(" "), 0x7F))
"""Characters of ASCII, none of which looks like another but for a space at an end."""

PARTED = ", "
"""What parts the values of several fields in a finding."""
PART_SUSPICIOUS = f"{SUSPICIOUS}| {PARTED}|{PARTED} "
"""The same in values of several fields, of which each may begin or end with a space."""


@dataclass(frozen=True)
class _About:
    """What findings are about: the field and the constraint of a resource."""

    package: Package
    resource: TabularResource
    name: str | None
    rule: str | None

    @property
    def field(self) -> Field | None:
        """The field, if it is one of the schema."""
        names = self.resource.schema.names
        return self.resource.schema.field(self.name) if self.name in names else None


def noted(found: FindingFrame, package: Package) -> FindingFrame:
    """The findings of a code, with a note on each value that looks like another which would do."""
    make, resource = NOTES.get(found.code), package.tables.get(found.resource)
    if make is None or resource is None:
        return found
    rows = found.rows.select("field", "rule", "value").with_row_index("index").drop_nulls("value")
    rows = rows.with_columns(_uncut(rows["value"]))
    made: list[pl.DataFrame] = []
    for (name, rule), alike in _by_field_and_rule(rows):
        notes = make(_About(package, resource, name, rule), alike["value"])
        if notes.null_count() < len(notes):
            made.append(alike.select("index", notes.alias("note")))
    if not made:
        return found
    notes = pl.concat(made).drop_nulls()
    column = found.rows["note"].scatter(notes["index"], notes["note"])
    return replace(found, rows=found.rows.with_columns(column))


def _uncut(values: pl.Series) -> pl.Series:
    """Values without the mark of those that are cut."""
    is_cut = values.str.len_bytes() >= LONGEST_VALUE
    if not is_cut.any():
        return values
    value = pl.col("value")
    uncut = pl.when(value.str.len_chars() == LONGEST_VALUE).then(value.str.strip_suffix("…"))
    return values.to_frame().select(uncut.otherwise(value)).to_series()


def _by_field_and_rule(
    rows: pl.DataFrame,
) -> Iterable[tuple[tuple[str | None, ...], pl.DataFrame]]:
    """Rows by their fields and rules; where all have the same, these are not grouped."""
    names = ("field", "rule")
    if not rows.is_empty() and are_alike(rows.select(names)):
        return [(rows.select(names).row(0), rows)]
    return rows.group_by(names)


def _of_type(about: _About, values: pl.Series) -> pl.Series:
    """Notes on values that are not of the type of their field."""
    field = about.field
    if field is None:
        return _none(values)
    would_do = _parses(field)
    # In values of other types what looks like something else may stand by right: there it is
    # named only where a value would do without it.
    if field.type not in OF_DIGITS:
        return _each(values, SUSPICIOUS, lambda texts: _named_if(would_do, texts))
    # By the characters alone, since a column may hold a million of such values.
    may_be = values.str.contains(f"{SUSPICIOUS}|{DIGITS}").arg_true()
    notes = _of_odd(values.gather(may_be), would_do)
    return _none(values).scatter(may_be, notes)


def _of_odd(values: pl.Series, would_do: "_Judge") -> pl.Series:
    """Notes on values of a type of digits in which something may look like something else."""
    odd = values.str.extract_all(ODD).list.join("")
    ends = [
        pl.when(values.str.contains(end)).then(pl.lit(" ")).otherwise(pl.lit("."))
        for end in ("^ ", " $")
    ]
    only = pl.select(pl.concat_str([ends[0], pl.lit(odd), ends[1]])).to_series()
    by_letters = _each(values, f"{HAS_LETTER}|{DIGITS}", lambda texts: _of_digits(texts, would_do))
    by_others = _each(only, SUSPICIOUS, partial(map, named))
    return pl.select(pl.coalesce(by_letters, by_others)).to_series()


def _of_digits(texts: Sequence[str], would_do: "_Judge") -> Iterator[str | None]:
    """Notes on texts that would do with digits, or Latin letters, for the letters in them."""
    seen = [*map(plain, texts)]
    does, does_with_digits = would_do(seen), would_do([*map(as_digits, seen)])
    for text, is_value, is_digits in zip(texts, does, does_with_digits, strict=True):
        if is_value:
            yield named(text, letters=True)
        else:
            yield letters_named(text) if is_digits else None


def _of_constraint(about: _About, values: pl.Series) -> pl.Series:
    """Notes on values that do not meet a constraint, and would if they were what they look like."""
    field, rule = about.field, about.rule
    if field is None or field.type != "string" or rule is None:
        return _none(values)
    if rule not in (*field.constraints, "categories"):  # which `--fast` leaves out of fields
        return _none(values)
    allowed = _allowed(field, rule)
    if allowed is not None:
        return _like_one_of(allowed, values)
    if rule not in ("pattern", "maxLength"):
        return _none(values)
    return _each(values, SUSPICIOUS, partial(_named_if, _meets(field, rule)))


def _allowed(field: Field, rule: str) -> Sequence[str] | None:
    if rule == "categories":
        return [str(category.value) for category in field.categories or ()]
    return [str(one) for one in field.constraints["enum"]] if rule == "enum" else None


def _meets(field: Field, rule: str) -> "_Judge":
    """Whether texts meet a constraint of a field."""
    condition = CONSTRAINTS[rule].condition
    assert condition is not None
    return _judged_by(condition(field, field.constraints[rule], field.name))


def _of_label(about: _About, values: pl.Series) -> pl.Series:
    """Notes on labels that look like the name of a field."""
    return _like_one_of(about.resource.schema.names, values)


def _of_reference(about: _About, values: pl.Series) -> pl.Series:
    """Notes on references that look like the values of a row, of one field or of several."""
    schema, is_single = about.resource.schema, about.name is not None
    keys = [
        key
        for key in schema.foreign_keys
        if (key.fields == (about.name,) if is_single else len(key.fields) > 1)
    ]
    pattern, look = (SUSPICIOUS, plain) if is_single else (PART_SUSPICIOUS, _plain_parts)
    wanted = values.filter(values.str.contains(pattern)).unique()
    if not keys or wanted.is_empty():
        return _none(values)
    looked_for = {look(text) for text in wanted}
    known = {seen for key in keys for seen in _known(about.package, key, looked_for, look)}
    name = partial(named, letters=True) if is_single else _named_parts

    def note(text: str) -> str | None:
        return name(text) if look(text) in known else None

    return _each(values, pattern, partial(map, note))


def _known(
    package: Package, key: ForeignKey, wanted: Set[str], look: Callable[[str], str]
) -> Iterator[str]:
    """Those of some plain texts that rows have in the fields that a key refers to."""
    parent, names = package.tables.get(key.resource), key.reference_fields
    for table in read_batches(parent, only={*names}) if parent is not None else ():
        if table.has(names):
            parts = [pl.lit(table.text[name].alias(name)) for name in names]
            texts = pl.select(pl.concat_str(parts, separator=PARTED)).to_series().drop_nulls()
            yield from texts.filter(texts.is_in([*wanted]))
            yield from map(look, texts.filter(texts.str.contains(PART_SUSPICIOUS)))


def _plain_parts(text: str) -> str:
    """The values of several fields, as they look."""
    return PARTED.join(map(plain, text.split(PARTED)))


def _named_parts(text: str) -> str:
    """What of the values of several fields looks like something else."""
    found = (named(part, letters=True) for part in text.split(PARTED))
    return ", ".join(dict.fromkeys(filter(None, found)))


def _of_edtf(about: _About, values: pl.Series) -> pl.Series:
    return _each(values, SUSPICIOUS, partial(map, named)) if about.rule == "edtf" else _none(values)


def _like_one_of(known: Sequence[str], values: pl.Series) -> pl.Series:
    """Notes on values that look like one of some texts; which of the two is odd, they say."""
    by_look = {plain(text): text for text in known}
    odd_ones = any(named(text) for text in known)

    def note(text: str) -> str | None:
        other = by_look.get(plain(text))
        if other is None or other == text:
            return None
        own = named(text, letters=True)
        return own or f'looks like "{other}", which {named(other, letters=True)}'

    return _each(values, "" if odd_ones else SUSPICIOUS, partial(map, note))


_Judge = Callable[[Sequence[str]], Sequence[bool]]
_Make = Callable[[_About, pl.Series], pl.Series]


def _parses(field: Field) -> _Judge:
    """Whether texts are values of a field."""
    parser = FIELD_TYPES[field.type].parser(field.format)
    assert parser is not None
    return _judged_by(lambda text, _: parser(text, field).is_not_null())


def _judged_by(condition: Condition) -> _Judge:
    """What a condition says of texts, in one query, as a column may hold a million of them."""
    text = pl.col("text")

    def judge(texts: Sequence[str]) -> Sequence[bool]:
        frame = pl.DataFrame({"text": texts}, schema={"text": pl.String})
        return frame.select(condition(text, text).fill_null(value=False)).to_series().to_list()

    return judge


def _named_if(would_do: _Judge, texts: Sequence[str]) -> Iterator[str | None]:
    """What of each text looks like something else, where it would do as what it looks like."""
    for text, does in zip(texts, would_do([*map(plain, texts)]), strict=True):
        yield named(text, letters=True) if does else None


def _each(
    values: pl.Series, pattern: str, notes: Callable[[Sequence[str]], Iterable[str | None]]
) -> pl.Series:
    """Notes on the texts that match a pattern, made once for each that is distinct."""
    if pattern == SUSPICIOUS and are_all(values, _are_plain):
        return _none(values)
    distinct = values.filter(values.str.contains(pattern)).unique()
    if distinct.is_empty():
        return _none(values)
    made = [note or None for note in notes(distinct.to_list())]
    return values.replace_strict(distinct, made, default=None, return_dtype=pl.String)


def _are_plain(texts: pl.Series) -> bool:
    """Whether nothing in texts looks like anything else: a fifth of the time of a pattern."""
    at_ends = pl.col(texts.name).str.starts_with(" ") | pl.col(texts.name).str.ends_with(" ")
    return are_of(texts, PRINTABLE) and not texts.to_frame().select(at_ends.any()).item()


def _none(values: pl.Series) -> pl.Series:
    return pl.repeat(None, len(values), dtype=pl.String, eager=True)


NOTES: Mapping[str, _Make] = {
    "type-error": _of_type,
    "constraint-error": _of_constraint,
    "incorrect-label": _of_label,
    "extra-label": _of_label,
    "foreign-key": _of_reference,
    "edtf-error": _of_edtf,
}
"""What makes the notes on findings, by code."""
