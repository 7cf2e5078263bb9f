"""Tables that are folders: Delta and Iceberg, whose logs say which files make the table now."""

import re
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from validate._src.words.errors import FileError
from validate._src.words.model import Partition
from validate._src.words.printing import said_by

if TYPE_CHECKING:
    from validate._src.package.evolved import Column

DELTA, ICEBERG = "Delta", "Iceberg"
LOG, METADATA, METADATA_FILE = "_delta_log", "metadata", ".metadata.json"
LAST_CHECKPOINT = "_last_checkpoint"  # in the log of Delta
VERSION_HINT = "version-hint.text"  # among the metadata of Iceberg
DATA = "data"  # where writers of Iceberg put files, beside the metadata
MANIFESTS = re.compile(r"(?:snap-|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}).*\.avro", re.DOTALL)
"""How writers call lists of manifests and these, beside what says which counts, be that lost."""
LONGEST = 300  # characters that a library says: some print all that they know

BROKEN = (OSError, ValueError, ArithmeticError, RecursionError, SystemError)
"""What libraries raise of content that is damaged: lengths below zero, nesting without an end."""


@dataclass(frozen=True)
class LakeFile:
    """A file of a table, as the log of the table names it.

    Attributes:
        path: relative to the folder of the table, with `/` between its parts; or as the log has
            it, where it lies elsewhere.
        partition: what all of its rows have in columns that it does not have.
        fallbacks: what its rows have in a column that it may not have, by the number of the column.
        size: how many bytes the log says that it has; 0 if it does not say.
        rows: how many rows the log says that it has; None if it does not say.
        refused: why it is not read, if it is not.
    """

    path: str
    partition: Partition = ()
    fallbacks: Mapping[int, Any] = field(default_factory=dict[int, Any])
    size: int = 0
    rows: int | None = None
    refused: str = ""


@dataclass(frozen=True)
class LakeTable:
    """A table as it is now.

    Attributes:
        columns: its columns, without those that only partitions have.
        partitions: the names of these.
        files: its files, in whatever order.
    """

    columns: "Sequence[Column]"
    partitions: Sequence[str]
    files: Sequence[LakeFile]


class TableFolder(Protocol):
    """A folder of a table, here or in a store, outside of which nothing is read.

    Attributes:
        called: what messages call it.
        prefix: what stands before the paths of its files in findings.
    """

    called: str
    prefix: str

    def names(self, folder: str) -> Sequence[str]:
        """The names of the files in a folder of it, not deeper; none if there is no such folder.

        Raises:
            PackageError: it cannot be listed.
        """
        ...

    def file(self, path: str) -> Path:
        """A file in it, by its path relative to it.

        Raises:
            PackageError: there is no such file, or the path leads out of it.
        """
        ...

    def with_log(self) -> Path:
        """A folder here in which all files are that a log of Delta has.

        Raises:
            PackageError: one of them cannot be had.
        """
        ...

    def told(self, text: str) -> str:
        """What a library says of files here, with the folder as messages call it."""
        ...

    def prepare(self, files: Sequence[LakeFile]) -> None:
        """Is told which files will be asked for, so that they can be fetched at once.

        Raises:
            PackageError: there is no room for them.
        """
        ...


def commit_name(version: int) -> str:
    """What the commit of a version is called in the log of a table of Delta."""
    return f"{version:020}.json"


def kind_of_lake(folder: TableFolder) -> str:
    """What kind of table a folder is; empty if it is none.

    Raises:
        PackageError: it cannot be listed.
    """
    if folder.names(LOG):
        return DELTA
    return ICEBERG if any(map(is_metadata, folder.names(METADATA))) else ""


def is_metadata(name: str) -> bool:
    """Whether a file among the metadata of a table is one of Iceberg, by its name."""
    return name.endswith(METADATA_FILE) or bool(MANIFESTS.fullmatch(name))


@contextmanager
def errors_told(folder: TableFolder, kind: str, *others: type[Exception]) -> Generator[None]:
    """Says in one line that the log of a table, or its metadata and manifests, cannot be read.

    Args:
        folder: the folder of the table.
        kind: what kind of table it is.
        others: what its library raises beside `BROKEN`.

    Raises:
        FileError: they cannot.
    """
    try:
        yield
    except (*BROKEN, *others) as error:
        said = folder.told(said_by(error))
        if len(said) > LONGEST:
            said = f"{said[:LONGEST]}…"
        raise FileError(folder.called, f"not a table of {kind} that is whole: {said}") from None
