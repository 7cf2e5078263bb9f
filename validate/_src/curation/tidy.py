"""Canonical files: the same values, written in one way only."""

import json
import re
from itertools import chain
from pathlib import Path
from typing import Any

import polars as pl

from validate._src.curation.csvfile import write_records
from validate._src.fields._length import MOST_DIGITS, json_value
from validate._src.package.textfiles import read_json, unmarked_text
from validate._src.package.yamltext import is_yaml
from validate._src.reading import open_table
from validate._src.reading.files import digest, of_path, size
from validate._src.tables.reading import read_table
from validate._src.tables.table import Table
from validate._src.words.errors import PackageError
from validate._src.words.finding import STARTS_WITH_MARK
from validate._src.words.model import Dialect, Package, TabularResource
from validate._src.words.replacing import replace_file


def tidy(package: Package) -> list[Path]:
    """Rewrites the data files in canonical form and brings `bytes` and `hash` up to date.

    Canonical form: UTF-8 without byte order mark, LF, final newline, comma, quotes only
    where needed, rows sorted by primary key. No cell changes. Files are replaced whole.

    Returns:
        The files that were rewritten, the descriptor last.

    Raises:
        PackageError: the package is in no folder, or the descriptor is in YAML; a table has
            faults of structure, or declares another encoding or dialect; nothing is written then.
            Or a file cannot be written.
    """
    if package.origin:
        raise PackageError(f"{package.location}: tidy rewrites files in folders; unpack it")
    if is_yaml(package.file.name):
        raise PackageError(f"{package.file}: tidy writes a descriptor in JSON, not in YAML")
    contents: dict[Path, bytes] = {}
    for resource in package.tables.values():
        resource.check()
        contents |= {file: canonical_csv(resource) for file in resource.files[:1]}
    changed = [file for file, content in contents.items() if file.read_bytes() != content]
    for file in changed:
        replace_file(file, contents[file])
    descriptor = _described(package)
    if package.file.read_bytes() != descriptor:
        replace_file(package.file, descriptor)
        changed.append(package.file)
    return changed


def canonical_csv(resource: TabularResource) -> bytes:
    """The bytes of a table in canonical form.

    Raises:
        PackageError: the table has faults of structure, or declares another encoding
            or dialect than the default.
    """
    canonical = Path(resource.location).suffix == ".csv" and len(resource.parts) == 1
    if not canonical or resource.encoding != "utf-8" or resource.dialect != Dialect():
        raise PackageError(
            f"{resource.location}: canonical files are CSV files in UTF-8 and the default dialect; "
            "this table declares another"
        )
    table = read_table(resource)
    for fault in chain.from_iterable(table.findings):
        if fault.message != STARTS_WITH_MARK:
            place = resource.location if fault.line is None else f"{resource.location}:{fault.line}"
            raise PackageError(f"{place}: {fault.code}: {fault.message}; fix that first")
    reader = open_table(resource)
    header = reader.labels or []
    cells = pl.concat(batch.cells for batch in reader.batches(len(header))).fill_null("")
    return write_records([header, *cells[_order(table)].iter_rows()]).encode()


def _order(table: Table) -> list[int]:
    """Indexes of the rows in the order of the primary key; as they are without one."""
    # Python has no dates after the year 9999; as numbers they have the same order.
    key = [table.values[name].to_physical() for name in table.schema.primary_key]
    indexes = range(len(table.rows))
    return sorted(indexes, key=lambda index: [_sortable(column[index]) for column in key])


def _sortable(value: Any) -> tuple[bool, Any]:
    """A value that sorts after others when it is null."""
    return (value is None, 0 if value is None else value)


def _described(package: Package) -> bytes:
    """The descriptor with the size and digest that each file has now, where it declares them."""
    descriptor = read_json(package.file, str(package.file))
    for properties in descriptor["resources"]:
        resource = package.resources[properties["name"]]
        if resource.bytes is not None:
            properties["bytes"] = size(of_path(resource))
        if resource.hash is not None:
            algorithm = resource.hash[0]
            prefix = "" if algorithm == "md5" else f"{algorithm}:"
            properties["hash"] = prefix + digest(of_path(resource), algorithm)
    return _as_written(descriptor, package.file)


def _as_written(descriptor: dict[str, Any], file: Path) -> bytes:
    """JSON, indented as the file is; the file's own bytes when nothing in it changes."""
    written = unmarked_text(file, str(file))
    if json_value(written) == descriptor:
        return file.read_bytes()
    if re.search(rf"[0-9]{{{MOST_DIGITS + 1}}}", written):
        raise PackageError(
            f"{file}: has a number of more than {MOST_DIGITS:,} digits: write it as a text"
        )
    indent = re.match(r"\{\s*?\n([ \t]+)", written)
    text = json.dumps(descriptor, ensure_ascii=False, indent=indent[1] if indent else 2)
    return (text + "\n").encode()
