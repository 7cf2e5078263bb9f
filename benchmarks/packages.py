"""The packages that tools are run on: made once, and then found again."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from measuring import MIB, say
from results import Case
from tools import DATASET

HERE = Path(__file__).parent
GENERATOR = HERE / "generate.py"
MAKERS = (
    "breaking.py", "claims.py", "drawing.py", "faults.py", "forms.py", "generate.py", "native.py",
    "shape.py", "shapes.py",
)  # fmt: skip
BLOCK = 2**24


@dataclass(frozen=True)
class Package:
    """What a package is made of.

    Attributes:
        table: its table, or the dataset of the repository.
        form: the format of it.
        rows: how many it has.
        variant: what is wrong in it.
        files: in how many files it is.
    """

    table: str
    form: str
    rows: int
    variant: str
    files: int = 1

    def case(self, tool: str) -> Case:
        """What a tool on it is called among results."""
        return Case(self.table, self.form, self.rows, self.variant, tool, self.files)

    def folder(self, parent: Path) -> Path:
        """Where it is; a digest of the generator in its name keeps those of older ones apart."""
        if self.table == DATASET:
            return HERE.parent
        digest = sha256(b"".join((HERE / name).read_bytes() for name in MAKERS)).hexdigest()[:8]
        parts = (self.table, self.rows, self.files, self.form, self.variant, digest)
        return parent / "-".join(map(str, parts))

    def made(self, parent: Path) -> Path:
        """Its folder, with the package in it."""
        folder = self.folder(parent)
        if not (folder / "datapackage.json").exists():
            say(f"generating {folder}")
            options = {
                "--table": self.table,
                "--format": self.form,
                "--rows": self.rows,
                "--variant": self.variant,
                "--files": self.files,
            }
            command = [sys.executable, GENERATOR, folder, *flattened(options)]
            subprocess.run(command, check=True)  # noqa: S603
        return folder


def flattened(options: dict[str, object]) -> Iterator[str]:
    """Options as arguments of a command."""
    for name, value in options.items():
        yield from (name, str(value))


def files_of(folder: Path, table: str) -> list[Path]:
    """The files of a table; the dataset has many tables, and is small enough to be passed over."""
    return [file for file in folder.glob(f"{table}*") if file.is_file()]


def size(folder: Path, table: str) -> float:
    """The MiB of the files of a table."""
    return sum(file.stat().st_size for file in files_of(folder, table)) / MIB


def read_through(folder: Path, table: str) -> None:
    """Reads the files of a table once, so that no tool has to fetch them from the disk."""
    for file in files_of(folder, table):
        with file.open("rb") as stream:
            while stream.read(BLOCK):
                pass
