"""Readings: the types and forms that the texts of a column may be meant in."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

import polars as pl

from validate._src.fields.types import FIELD_TYPES
from validate._src.package.declared import declared
from validate._src.words.schema import Field, Options

TEXT, INTEGER, NUMBER, STRING, ANY = "text", "integer", "number", "string", "any"
NEVER = r"[^\s\S]"
"""A pattern that no text matches."""
NOUNS = {
    "array": "JSON arrays",
    "geojson": "GeoJSON",
    "object": "JSON objects",
    "yearmonth": "months",
}
"""What the values of a type are called in a sentence, if not by its name with an s."""


@dataclass(frozen=True)
class Reading:
    """A way to read the texts of a column.

    Attributes:
        properties: the properties of a field that is read in this way, without its name.
        shape: a pattern that its texts match, besides being of the type; empty if all do.
        lost: a pattern of texts that are of the type and would lose something in it.
        telling: a pattern of texts that cannot be meant in another way. Empty if there is no
            other way.
        doubt: what cannot be told where no cell tells.
        ambiguous: a pattern of texts that may be meant in another way if none tells. Where nearly
            all are such, a few cells that tell may be faults themselves; where it matches
            nothing, one cell tells for the whole column.
        told: what a cell tells.
    """

    properties: Mapping[str, Any]
    shape: str = ""
    lost: str = NEVER
    telling: str = ""
    doubt: str = ""
    ambiguous: str = NEVER
    told: str = ""

    @property
    def type(self) -> str:
        """The type of the field."""
        return self.properties["type"]

    @property
    def noun(self) -> str:
        """What its values are called in a sentence."""
        form = self.properties.get("format", "")
        noun = NOUNS.get(self.type, f"{self.type}s")
        others = ", ".join(
            f"{name} {json.dumps(value, ensure_ascii=False)}"
            for name, value in self.properties.items()
            if name not in ("type", "format")
        )
        written = form or (f"with {others}" if others else "")
        return f"{noun} written {written}" if written else noun

    @cached_property
    def _first_sight(self) -> re.Pattern[str]:
        return re.compile(self.shape)

    def may_fit(self, text: str) -> bool:
        """Whether a text has the shape, which is seen faster than whether it has the type."""
        return bool(self._first_sight.search(text))

    def fits(self, texts: pl.Series, values: pl.Series) -> pl.Series:
        """Which texts are meant in this way, by their values in a field that is so read."""
        fitting = values.is_not_null() & ~texts.str.contains(self.lost)
        return fitting & texts.str.contains(self.shape) if self.shape else fitting

    def fits_texts(self, texts: pl.Series) -> pl.Series:
        """Which texts are meant in this way, by themselves."""
        field = Field(
            name=texts.name,
            type=self.type,
            format=self.properties.get("format", "default"),
            properties=self.properties,
            missing_values=(),
            constraints={},
            options=declared(Options, self.properties),
        )
        parser = FIELD_TYPES[field.type].parser(field.format)
        assert parser is not None
        values = texts.to_frame().select(parser(pl.col(texts.name), field)).to_series()
        return self.fits(texts, values)


DIRECTIVES = {
    "%Y": "[0-9]{4}",
    "%y": "[0-9]{2}",
    "%m": "[0-9]{1,2}",
    "%d": "[0-9]{1,2}",
    "%a": "[A-Za-z]{3}",
    "%b": "[A-Za-z]{3}",
    "%B": "[A-Za-z]{3,9}",
    "%H": "[0-9]{1,2}",
    "%I": "[0-9]{1,2}",
    "%M": "[0-9]{2}",
    "%S": "[0-9]{2}",
    "%f": "[0-9]{1,6}",
    "%p": "[AaPp][Mm]",
    "%z": r"([+-][0-9]{2}:?[0-9]{2}|Z)",
}
"""What people write for the directives of strptime; Python takes more."""
LATE_DAY = "(1[3-9]|2[0-9]|3[01])"
"""A day that can be no month."""
DAY_OR_MONTH = "no day is above 12, so days and months cannot be told apart"
CENTURY = "the years do not say their century"


@lru_cache
def pattern_of(form: str, **others: str) -> str:
    """What dates and times of a format of strptime look like.

    Args:
        form: the format.
        others: patterns for single directives, such as `d`, in place of the usual ones.
    """
    parts = re.split("(%.)", form)
    known = DIRECTIVES | {f"%{name}": pattern for name, pattern in others.items()}
    return f"^{''.join(known.get(part) or re.escape(part) for part in parts)}$"


@lru_cache
def dated(name: str, form: str) -> Reading:
    """The reading of dates and times in a format of strptime."""
    properties, shape = {"type": name, "format": form}, pattern_of(form)
    if "%y" in form:
        return Reading(properties, shape, telling=NEVER, doubt=CENTURY)
    if re.search("%[dm].%[dm].%Y", form):
        telling = pattern_of(form, d=LATE_DAY)
        return Reading(properties, shape, NEVER, telling, DAY_OR_MONTH, shape, "days from months")
    return Reading(properties, shape)


DAY_OF_DIGITS = "((19|20)[0-9]{2}|2100)(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])"
OF_DIGITS = tuple(
    Reading({"type": name, "format": form}, shape, doubt="so few numbers may look so by chance")
    for name, form, shape in (
        ("date", "%Y%m%d", f"^{DAY_OF_DIGITS}$"),
        ("datetime", "%Y%m%d%H%M%S", f"^{DAY_OF_DIGITS}([01][0-9]|2[0-3])([0-5][0-9]){{2}}$"),
    )
)
"""Days from 1900 to 2100 and moments on them without marks: integers unless there are many, or
the label says so."""
YEAR_FIRST = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d")
DAY_OR_MONTH_FIRST = tuple(
    f"{first}{mark}{second}{mark}%Y"
    for mark in ("/", ".", "-")
    for first, second in (("%d", "%m"), ("%m", "%d"))
)
WITH_NAMES = ("%d-%b-%Y", "%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y", "%d. %B %Y")
SHORT_YEARS = tuple(
    form.replace("%Y", "%y") for form in (*DAY_OR_MONTH_FIRST, *YEAR_FIRST, "%d-%b-%Y")
)
DECIMALS = "decimals from thousands"


def grouped(mark: str) -> str:
    """What numbers look like in which a mark may stand before decimals or thousands."""
    return f"(^|[^0-9])[1-9][0-9]{{0,2}}{re.escape(mark)}[0-9]{{3}}([^0-9]|$)"


CODE = r"^\s*[+-]?0[0-9]|^\s*\+[0-9]{7,}\s*$"
"""Texts that are codes rather than integers: as numbers they lose a zero, or are telephones."""
INEXACT = r"^\s*[+-]?[0-9]{16,}\s*$|^\s*[0-9]+[eE][0-9]+\s*$"
"""Texts that a double does not keep, or that are codes with an E in them."""
INTEGERS = Reading({"type": INTEGER}, r"^\s*[+-]?[0-9]{1,18}\s*$", lost=CODE)
NUMBERS = Reading(
    {"type": NUMBER},
    r"^\s*[+-]?(\.?[0-9]|(?i:inf\s*$))",
    f"{CODE}|{INEXACT}",
    telling=r"(^|[^0-9])(0?\.|[0-9]{4,})|\.([0-9]{0,2}|[0-9]{4,})([^0-9]|$)|[0-9][eE]",
    doubt='"." may stand before decimals or thousands',
    ambiguous=grouped("."),
    told=DECIMALS,
)
SHORTENED = r"\s*[+-]?[0-9]\.[0-9]+[eE]\+?[0-9]+\s*"
"""Long integers as spreadsheets shorten them, which lose digits by it."""
WITH_ZEROS = r"\s*[+-]?[0-9]+\.0+\s*"
"""Integers as programs write them that take them for numbers with decimals."""
PLAIN_NUMBERS = replace(NUMBERS, telling="", doubt="", ambiguous=NEVER, told="")
"""Numbers with a decimal point for sure."""
NUMERIC = (INTEGERS, NUMBERS, Reading({"type": "boolean"}, "^(?i:true|false|[01])$"))
# Without `geopoint`, which takes decimal commas for two numbers.
READINGS = (
    *NUMERIC,
    Reading({"type": "date"}, "^[0-9]{4,}-[0-9]{2}-"),
    Reading({"type": "datetime"}, "^[0-9]{4,}-[0-9]{2}-[0-9]{2}T"),
    Reading({"type": "time"}, "^[0-9]{2}:[0-9]{2}:"),
    Reading({"type": "yearmonth"}, "^[0-9]{4,}-[0-9]{2}$"),
    *(dated("date", form) for form in (*YEAR_FIRST, *DAY_OR_MONTH_FIRST, *WITH_NAMES)),
    *(dated("date", form) for form in SHORT_YEARS),
    Reading({"type": "duration"}, "^-?P"),
    Reading({"type": "geojson"}, r"^\s*\{"),
    Reading({"type": "object"}, r"^\s*\{"),
    Reading({"type": "array"}, r"^\s*\["),
)
"""All readings that do not depend on the column, the plainest first."""
