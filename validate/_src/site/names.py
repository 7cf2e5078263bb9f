"""Names of files for keys, which differ wherever the keys do, whatever the file system.

A key of small letters, digits, `_`, `-` and inner dots is its own name; of any other the name is
what can be read of it, and a digest of the whole. So no name has a folder in it, two names never
differ by case alone, and a name never depends on which other keys there are.
"""

import json
import re
from collections.abc import Sequence
from hashlib import sha256

import polars as pl

LONGEST = 80  # characters; file systems allow 255 bytes, archives and Windows less in a whole path
PLAIN_PART = "[a-z0-9](?:[a-z0-9_.-]*[a-z0-9_-])?"
PLAIN = re.compile(PLAIN_PART)
UNFIT = re.compile("[^a-z0-9]+")
READABLE = 40  # characters of a key that its name shows beside the digest
DIGITS = 16  # of the digest: 64 bits, so that of a million keys two share one once in 37 million
OWN = re.compile("index|(?:part|row)-[0-9]+")
"""Names that pages have which are of no key."""
RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?")
"""Names that Windows keeps for devices, whatever their endings.

Source: Naming Files, Paths, and Namespaces (Windows).
"""
MARK = "~"
"""What stands before a digest, or before what is told apart of a key: no plain name has it."""


def file_name(key: Sequence[str]) -> str:
    """The name of a file for a key, without its ending: the same for no other key.

    Args:
        key: the texts of its parts, as many for all keys that are to differ.
    """
    if all(map(PLAIN.fullmatch, key)) and _is_free(name := ",".join(key)):
        return name
    # As JSON, in which no two keys are alike; lone surrogates, which JSON may hold, are escaped.
    digest = sha256(json.dumps([*key]).encode()).hexdigest()[:DIGITS]
    readable = UNFIT.sub("-", "-".join(key).lower()).strip("-")[:READABLE].strip("-")
    return f"{readable}{MARK}{digest}" if readable else f"key{MARK}{digest}"


def _is_free(name: str) -> bool:
    if not 0 < len(name) <= LONGEST:
        return False
    return not (OWN.fullmatch(name) or RESERVED.fullmatch(name))


def row_names(keys: pl.DataFrame, numbers: pl.Series) -> pl.Series:
    """Names of the rows of a table, of which no two are equal.

    Args:
        keys: n rows of texts, a column a part of the primary key; no column without one.
        numbers: their n record numbers.

    Returns:
        n names: that of the key; where a part of it is missing, or an earlier row has the same,
        `row-` and the record number.
    """
    by_number = numbers.cast(pl.String).rename("name")
    by_number = pl.select(pl.format("row-{}", by_number).alias("name")).to_series()
    if not keys.width or not keys.height:
        return by_number
    parts = keys.rename({name: str(at) for at, name in enumerate(keys.columns)})
    is_plain = pl.all_horizontal(
        pl.col(name).str.contains(f"^(?:{PLAIN_PART})$") for name in parts.columns
    )
    joined = pl.concat_str(parts.columns, separator=",")
    is_free = (
        (joined.str.len_bytes() <= LONGEST)
        & ~joined.str.contains(f"^(?:{OWN.pattern})$")
        & ~joined.str.contains(f"^(?:{RESERVED.pattern})$")
    )
    found = parts.select(
        joined.alias("name"),
        is_whole=pl.all_horizontal(pl.all().is_not_null()),
        is_first=pl.struct(pl.all()).is_first_distinct(),
        is_name=is_plain & is_free,
    )
    has_key = found["is_whole"] & found["is_first"]
    others = (has_key & ~found["is_name"]).arg_true()
    made = [file_name(parts.row(at)) for at in others]
    names = found["name"].zip_with(has_key, by_number)
    return names.scatter(others, made) if made else names
