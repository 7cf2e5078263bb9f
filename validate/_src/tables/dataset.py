"""What the checks look at: a package, its tables as read, and the source texts at hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import polars as pl

from validate._src.package.textfiles import unmarked_text
from validate._src.tables.reading import read_table
from validate._src.tables.sourcetext import SourceText
from validate._src.tables.table import Table
from validate._src.words.anchors import Sources, Spans
from validate._src.words.codes import ANCHOR_CODES, ERROR, FILE_CODES
from validate._src.words.errors import PackageError, UnreadableError
from validate._src.words.finding import WITHHELD
from validate._src.words.model import Package, TableRule, TabularResource
from validate._src.words.schema import ForeignKey


@dataclass(frozen=True)
class Dataset:
    """A package with everything read.

    Attributes:
        tables: by resource name, in the order of the descriptor.
        texts: source texts by the source's key; None when no folder of texts was given.
    """

    package: Package
    tables: Mapping[str, Table]
    texts: Mapping[str, SourceText] | None = None

    def proving_keys(self, spans: Spans) -> tuple[ForeignKey, ...]:
        """The foreign keys by which spans refer to what they prove."""
        keys = self.tables[spans.resource].schema.foreign_keys
        return tuple(key for key in keys if spans.source not in key.fields)


def read_dataset(package: Package, sources: Path | None = None) -> Dataset:
    """Reads the tables of a package, and the texts of its sources from a folder.

    Args:
        package: the package.
        sources: folder that holds `<source>.txt` in UTF-8 for each source at hand.

    Raises:
        PackageError: a file cannot be read to its end; `sources` is no folder or holds none of
            the texts; the package declares no anchors.
    """
    check_sources(package, sources)
    tables = {name: _read(resource) for name, resource in package.tables.items()}
    return Dataset(package, tables, read_texts(package, tables, sources))


def _read(resource: TabularResource) -> Table:
    try:
        table = read_table(resource)
    except UnreadableError as error:
        raise error.unusable(resource.location) from None
    if not table.complete:
        found = chain.from_iterable(table.findings)
        fault = next(one for one in found if one.code in FILE_CODES and one.severity == ERROR)
        raise PackageError(f"{fault.place}: {fault.message}")
    return table


def check_sources(package: Package, folder: Path | None) -> None:
    """Checks that texts can be asked for, before anything is read.

    Raises:
        PackageError: the package declares no anchors, not even some that cannot be used, or
            there is no such folder.
    """
    if folder is None:
        return
    are_lost = any(part.codes >= ANCHOR_CODES for part in package.not_checked)
    if package.anchors is None and not are_lost:
        raise PackageError(f"--sources {folder}: the package declares no text anchors")
    if not folder.is_dir():
        raise PackageError(f"--sources {folder}: no such folder")


def resources_needed_whole(package: Package) -> set[str]:
    """The resources whose rows are looked at all together, by rules, views, anchors, keys."""
    names: set[str] = set()
    if package.anchors is not None:
        anchors = package.anchors
        names |= {part.resource for part in anchors.parts}
        names |= {*anchors.markers.resources} if anchors.markers else set[str]()
        names |= {anchors.absences.resource} if anchors.absences else set[str]()
    if package.verifications is not None:
        names |= {*package.verifications.resources}
    for rule in package.rules:
        names |= tables_named_in(rule, package)
    for view in package.views.pages if package.views else ():
        names |= tables_queried(view.query, package)
    return names | {
        name
        for name, resource in package.tables.items()
        if any(key.acyclic for key in resource.schema.foreign_keys)
    }


def tables_named_in(rule: TableRule, package: Package) -> set[str]:
    """The resources that a table rule may look at: its own, and all that its query may."""
    return tables_queried(rule.query, package) | {rule.resource}


def tables_queried(query: str, package: Package) -> set[str]:
    """The resources that a query may look at: all whose names stand in it."""
    query = query.lower()
    return {name for name in package.resources if name.lower() in query}


def anchored_rows(dataset: Dataset, declared: Sources | Spans) -> pl.DataFrame:
    """The rows of a resource of the anchors, for commands that need them whole.

    Raises:
        PackageError: a declared column is absent, or a cell of it is empty or of the wrong type.
    """
    table = dataset.tables[declared.resource]
    names = [
        name
        for role, name in vars(declared).items()
        if role not in ("resource", "reason", "section") and name is not None
    ]
    return sound_rows(table, names)


def sound_rows(table: Table, filled: Sequence[str], others: Sequence[str] = ()) -> pl.DataFrame:
    """The rows of a table, for commands that need some of its columns.

    Raises:
        PackageError: a column is absent, or a cell of a `filled` one is empty or of the wrong type.
    """
    if not table.has([*filled, *others]) or any(table.values[name].null_count() for name in filled):
        raise PackageError(f"{table.resource.location}: has findings; run `validate run` first")
    return table.values


def read_texts(
    package: Package, tables: Mapping[str, Table], folder: Path | None
) -> dict[str, SourceText] | None:
    """The texts of the sources that a folder holds, by the source's key.

    Args:
        package: the package.
        tables: its tables, that of the sources among them.
        folder: folder that `check_sources` has let pass.

    Raises:
        PackageError: the folder holds none of the texts, or one cannot be read.
    """
    if folder is None or package.anchors is None:
        return None
    declared = package.anchors.sources
    table = tables[declared.resource]
    names = table.text[declared.source].drop_nulls() if table.has([declared.source]) else []
    found = {name: text_of(folder, name) for name in names}
    texts = {name: text for name, text in found.items() if text is not None}
    if not texts:
        hidden = declared.source in table.withheld
        wanted = ", ".join(f"{WITHHELD if hidden else name}.txt" for name in names)
        raise PackageError(f"--sources {folder}: holds none of the texts {wanted}")
    return texts


def text_of(folder: Path, source: str) -> SourceText | None:
    """The text of a source that a folder holds, if it does, without a byte order mark.

    Raises:
        PackageError: it cannot be read.
    """
    file = _file_in(folder, f"{source}.txt")
    return None if file is None else SourceText(unmarked_text(file, str(file)))


def _file_in(folder: Path, name: str) -> Path | None:
    """The file of that name directly in the folder, if there is one."""
    return next((file for file in folder.iterdir() if file.name == name and file.is_file()), None)
